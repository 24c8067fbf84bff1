/* SPDX-License-Identifier: MIT */
/* The year of one council, day by day, on a real database. */
#include "test.h"

#include "year.h"

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
	/* Asleep until it is over: no letter but the form for its minutes. */
	house_close(h);
	h = year_open();
	(void)at(h, (struct date){ 2026, 12, 18 }, 10, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE ref ="
	    " '" MEETING "'"), 1);
	assert_int_equal(letters(h, "minutes-form" ABOUT), 1);
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
		{ "decision-mail", "never" },
		{ "invitation-days", "-20 working days" },
		{ "meeting-reminder-days", "nonsense" } };
	struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.takes_applications = true, .rules = rules, .n_rules = 3 };
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

static void
whoever_was_invited_late_is_not_asked_at_once(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 12, 2 }, 8, NULL);
	(void)at(h, (struct date){ 2026, 12, 3 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 0);
	house_close(h);
}

/* Two days before Sunday, 3 January 2027, is New Year's Day. */
static void
a_day_that_is_a_holiday_counts_as_the_one_before(void **state)
{
	struct house *h = year_open();
	struct world_meeting meeting = { .id = MEETING,
		.day = { 2027, 1, 3 } };
	struct gathering g;
	struct err err = { "" };
	int64_t at = 0;

	(void)state;
	assert_int_equal(gathering_open(&h->council, h->arena,
	    &h->world.bodies[0], &meeting, &g, &err), RC_OK);
	assert_int_equal(gathering_day(&g, "meeting-reminder-days", "-2", &at,
	    &err), RC_OK);
	assert_true(at == date_at((struct date){ 2026, 12, 31 }, 8, 0));
	house_close(h);
}

/* To look does nothing. */
static void
asking_when_is_not_doing(void **state)
{
	struct house *h = year_open();
	struct err err = { "" };
	int64_t next_at = 0, told_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 7, &told_at);
	assert_int_equal(calendar_next(&h->council, h->arena, &next_at,
	    &err), RC_OK);
	assert_true(next_at == told_at);
	h->council.now_at = date_at((struct date){ 2026, 11, 5 }, 8, 0);
	assert_int_equal(calendar_next(&h->council, h->arena, &next_at,
	    &err), RC_OK);
	assert_true(next_at == h->council.now_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
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
	for (int i = 0; i < 60 * 24; i++)
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
		cmocka_unit_test(whoever_was_invited_late_is_not_asked_at_once),
		cmocka_unit_test(
		    a_day_that_is_a_holiday_counts_as_the_one_before),
		cmocka_unit_test(asking_when_is_not_doing),
		cmocka_unit_test(calling_when_it_asks_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
