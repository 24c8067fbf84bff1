/* SPDX-License-Identifier: MIT */
/* The year of one council, day by day, on a real database. */
#include "test.h"

#include "../council/house.h"
#include "base/date.h"
#include "calendar/calendar.h"
#include "rules/year.h"
#include "store/attendance.h"
#include "store/due.h"
#include "store/journal.h"

#define MEETING "udsatteraad/2026-12-17"

static struct house *
year_open(void)
{
	static const struct file_meeting meetings[] = {
		{ .id = MEETING, .place = "Centret", .kind = MEETING_ORDINARY,
		    .state = MEETING_PLANNED },
	};
	static const struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.committee = "socialudvalg", .takes_applications = true,
		.n_meetings = 1 };
	struct file_meeting m = meetings[0];
	struct file_body b = body;
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	m.start_at = date_at((struct date){ 2026, 12, 17 }, 16, 0);
	m.end_at = m.start_at + 7200;
	b.meetings = &m;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &b, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	return h;
}

/* The engine calls at that hour; how many due dates were carried out. */
static size_t
at(struct house *h, struct date day, int hour, int64_t *next_at)
{
	int64_t ignored, now_at = date_at(day, hour, 0);
	struct err err = { "" };
	size_t n = 0;
	enum rc rc;

	h->council.now_at = h->outbox.now_at = now_at;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, now_at, &h->world,
	    &err), RC_OK);
	rc = calendar_run(&h->council, h->arena, next_at == NULL ? &ignored :
	    next_at, &n, &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return n;
}

static void
says(struct house *h, const char *email, enum reply reply)
{
	struct err err = { "" };
	int64_t journal_id;

	assert_int_equal(journal_add(h->store, &(struct journal_row){
	    .at = h->council.now_at, .deed = "attendance",
	    .body = "udsatteraad", .by = email, .by_what = "dmarc=pass",
	    .about = MEETING }, &journal_id, &err), RC_OK);
	assert_int_equal(attendance_set(h->store, &(struct attendance){
	    .meeting = MEETING, .email = email, .reply = reply,
	    .at = h->council.now_at, .journal_id = journal_id }, &err),
	    RC_OK);
}

static long
letters(struct house *h, const char *like)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " WHERE key LIKE '%s%%'", like));
}

#define ABOUT "/" MEETING "/"

static void
the_invitation_goes_once_on_its_day(void **state)
{
	struct house *h = year_open();
	int64_t next_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 7, &next_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	assert_true(next_at <= date_at((struct date){ 2026, 11, 5 }, 8, 0));
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE slug ="
	    " '" MEETING "' AND state = 'called'"), 1);
	assert_int_equal(at(h, (struct date){ 2026, 11, 5 }, 9, NULL), 0);
	/* the clock goes back a month: nothing again */
	assert_int_equal(at(h, (struct date){ 2026, 10, 5 }, 9, NULL), 0);
	assert_int_equal(at(h, (struct date){ 2026, 11, 5 }, 9, NULL), 0);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_non_null(strstr(letter(h, "invitation" ABOUT
	    "mb@center.example"), "torsdag den 17. december 2026"));
	house_close(h);
}

static void
those_who_are_silent_are_asked_again(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	says(h, "mb@center.example", REPLY_COMES);
	says(h, "aase@mail.example", REPLY_ABSENT);
	(void)at(h, (struct date){ 2026, 12, 1 }, 8, NULL);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 1);
	assert_string_not_equal(letter(h, "answer-reminder" ABOUT
	    "kirsten@mail.example"), "");
	house_close(h);
}

static void
two_days_before_all_but_the_absent_are_reminded(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	says(h, "mb@center.example", REPLY_COMES);
	says(h, "aase@mail.example", REPLY_ABSENT);
	(void)at(h, (struct date){ 2026, 12, 15 }, 8, NULL);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 2);
	assert_string_equal(letter(h, "meeting-reminder" ABOUT
	    "aase@mail.example"), "");
	assert_non_null(strstr(letter(h, "meeting-reminder" ABOUT
	    "mb@center.example"), "Du har svaret, at du kommer"));
	assert_non_null(strstr(letter(h, "meeting-reminder" ABOUT
	    "kirsten@mail.example"), "Vi ved ikke endnu"));
	house_close(h);
}

static void
after_a_stop_it_is_caught_up_or_passed(void **state)
{
	struct house *h = year_open();

	(void)state;
	/* Asleep until the day before: invited late, reminded, but nobody is
	 * asked for points that are over. */
	(void)at(h, (struct date){ 2026, 12, 16 }, 10, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 3);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 0);
	/* Asleep until it is over: no letter at all. */
	house_close(h);
	h = year_open();
	(void)at(h, (struct date){ 2026, 12, 18 }, 10, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE ref ="
	    " '" MEETING "'"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE slug ="
	    " '" MEETING "' AND state = 'held'"), 1);
	assert_true(number(h, "SELECT count(*) FROM due_done WHERE"
	    " outcome = 'passed'") >= 3);
	house_close(h);
}

static void
nobody_is_woken_at_night(void **state)
{
	struct house *h = year_open();
	int64_t next_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 8 }, 23, &next_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	assert_true(next_at == date_at((struct date){ 2026, 11, 9 }, 7, 0));
	(void)at(h, (struct date){ 2026, 11, 9 }, 7, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	house_close(h);
}

static void
the_body_sets_its_own_days(void **state)
{
	static const struct file_rule rules[] = {
		{ "invitation-days", "-20 working days" },
		{ "meeting-reminder-days", "nonsense" } };
	struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.takes_applications = true, .rules = rules, .n_rules = 2 };
	struct house *h = year_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	(void)state;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	(void)at(h, (struct date){ 2026, 11, 18 }, 12, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	(void)at(h, (struct date){ 2026, 11, 19 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	/* a slip in a rule: the usual day */
	(void)at(h, (struct date){ 2026, 12, 15 }, 8, NULL);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 3);
	house_close(h);
}

/* Called each hour that it asks for, or each hour of the year: the same. */
static void
calling_when_it_asks_is_enough(void **state)
{
	struct house *h = year_open();
	int64_t next_at = date_at((struct date){ 2026, 11, 1 }, 0, 0);
	char *keys;
	int turns = 0;

	(void)state;
	while (next_at != CALENDAR_NEVER && turns++ < 200) {
		struct local l = date_local(next_at);

		assert_int_equal(l.minute, 0);
		(void)at(h, l.day, l.hour, &next_at);
	}
	assert_true(turns < 100);
	keys = strdup(look(h, "SELECT group_concat(key) FROM (SELECT key FROM"
	    " letter WHERE ref = '" MEETING "' ORDER BY key)"));
	house_close(h);
	h = year_open();
	for (int i = 0; i < 50 * 24; i++)
		(void)at(h, date_add_days((struct date){ 2026, 11, 1 },
		    i / 24), i % 24, NULL);
	assert_string_equal(look(h, "SELECT group_concat(key) FROM (SELECT"
	    " key FROM letter WHERE ref = '" MEETING "' ORDER BY key)"),
	    keys);
	free(keys);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_invitation_goes_once_on_its_day),
		cmocka_unit_test(those_who_are_silent_are_asked_again),
		cmocka_unit_test(
		    two_days_before_all_but_the_absent_are_reminded),
		cmocka_unit_test(after_a_stop_it_is_caught_up_or_passed),
		cmocka_unit_test(nobody_is_woken_at_night),
		cmocka_unit_test(the_body_sets_its_own_days),
		cmocka_unit_test(calling_when_it_asks_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
