/* SPDX-License-Identifier: MIT */
/* The hour of the decision mail, its heartbeat, and what the body says. */
#include "test.h"

#include "year.h"
#include "council/decision.h"

#define SECRETARY "mekr@fjordby.example"

/* A council whose only rules are these. */
static struct house *
ruled(const struct file_rule *rules, size_t n)
{
	struct house *h = year_open();
	struct file_body b = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.takes_applications = true, .rules = rules, .n_rules = n };
	struct import_change *changes;
	struct err err = { "" };
	size_t count;

	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &b, .n_bodies = 1 }, NOW,
	    &changes, &count, &err), RC_OK);
	h->council.read_at = date_at((struct date){ 2026, 11, 9 }, 7, 59);
	return h;
}

static const struct file_rule plain[] = { { "decision-mail", "yes" } };

static long
mails(struct house *h)
{
	return letters(h, "decision/udsatteraad/");
}

static void
waits(struct house *h, const char *key)
{
	struct err err = { "" };

	assert_int_equal(decision_ask(&h->council, h->arena,
	    &(struct decision_draft){ .kind = "mail-waiting", .key = key,
	    .body = &h->world.bodies[0], .label = "Mail 1" }, &err), RC_OK);
}

static void
silence_is_trouble(void **state)
{
	struct house *h = ruled(plain, 1);
	struct err err = { "" };
	const char *text;

	(void)state;
	/* Sunday, then Monday before its hour */
	(void)at(h, (struct date){ 2026, 11, 8 }, 12, NULL);
	(void)at(h, (struct date){ 2026, 11, 9 }, 7, NULL);
	assert_int_equal(mails(h), 0);
	(void)at(h, (struct date){ 2026, 11, 9 }, 8, NULL);
	assert_int_equal(mails(h), 1);
	text = letter(h, "decision/udsatteraad/2026-11-09/" SECRETARY);
	assert_string_not_equal(text, "");
	assert_non_null(strstr(text, "sidst l\xc3\xa6st mandag den 9. november"
	    " 2026 kl. 07.59"));
	/* what the year asked in November is out of the way */
	assert_int_equal(decision_moot(&h->council, look(h, "SELECT key FROM"
	    " decision"), &err), RC_OK);
	/* once a day, and nothing on a day without anything */
	(void)at(h, (struct date){ 2026, 11, 9 }, 9, NULL);
	for (int day = 10; day <= 15; day++)
		(void)at(h, (struct date){ 2026, 11, day }, 9, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-11-1"), 0);
	(void)at(h, (struct date){ 2026, 11, 16 }, 8, NULL);
	assert_non_null(strstr(letter(h, "decision/udsatteraad/2026-11-16/"
	    SECRETARY), "Intet venter p\xc3\xa5 dig"));
	house_close(h);
}

/* Easter Monday is no working day: Tuesday has the heartbeat. */
static void
a_holiday_puts_it_off(void **state)
{
	struct house *h = ruled(plain, 1);

	(void)state;
	(void)at(h, (struct date){ 2027, 3, 29 }, 9, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2027-03-29"), 0);
	(void)at(h, (struct date){ 2027, 3, 30 }, 9, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2027-03-30"), 1);
	/* 5 June: closed offices */
	(void)at(h, (struct date){ 2026, 6, 5 }, 9, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-06-05"), 0);
	house_close(h);
}

static void
what_waits_comes_on_any_working_day(void **state)
{
	struct house *h = ruled(plain, 1);

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 9 }, 8, NULL);
	(void)at(h, (struct date){ 2026, 11, 10 }, 12, NULL);
	waits(h, "a");
	(void)at(h, (struct date){ 2026, 11, 11 }, 8, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-11-11"), 1);
	/* caught up later that day, but not at night */
	(void)at(h, (struct date){ 2026, 11, 12 }, 22, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-11-12"), 0);
	(void)at(h, (struct date){ 2026, 11, 13 }, 15, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-11-13"), 1);
	house_close(h);
}

static void
the_body_sets_hour_chair_and_heartbeat(void **state)
{
	static const struct file_rule rules[] = { { "decision-hour", "7" },
		{ "decision-chair", "yes" },
		{ "decision-heartbeat", "daily" },
		{ "decision-mail", "yes" } };
	static const struct file_rule never[] = {
		{ "decision-mail", "never" } };
	static const struct file_rule wrong[] = {
		{ "decision-mail", "yes" }, { "decision-hour", "kl. 25" } };
	struct house *h = ruled(rules, 4);

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 10 }, 7, NULL);
	assert_int_equal(letters(h, "decision/udsatteraad/2026-11-10"), 2);
	assert_string_not_equal(letter(h, "decision/udsatteraad/2026-11-10/"
	    "kirsten@mail.example"), "");
	house_close(h);
	h = ruled(never, 1);
	waits(h, "a");
	(void)at(h, (struct date){ 2026, 11, 9 }, 9, NULL);
	assert_int_equal(mails(h), 0);
	house_close(h);
	h = ruled(wrong, 2);
	(void)at(h, (struct date){ 2026, 11, 9 }, 8, NULL);
	assert_int_equal(mails(h), 1);
	house_close(h);
}

/* Two councils: what belongs to neither goes to the installation's. */
static void
what_belongs_to_no_body_goes_to_the_house(void **state)
{
	struct house *h = ruled(plain, 1);
	struct err err = { "" };

	(void)state;
	assert_int_equal(decision_ask(&h->council, h->arena,
	    &(struct decision_draft){ .kind = "mail-waiting", .key = "k",
	    .label = "Mail 9" }, &err), RC_OK);
	(void)at(h, (struct date){ 2026, 11, 10 }, 9, NULL);
	assert_non_null(strstr(letter(h, "decision/-/2026-11-10/"
	    "sekretariat@fjordby.example"), "Mail 9"));
	assert_int_equal(number(h, "SELECT count(*) FROM decision_shown JOIN"
	    " decision USING (decision_id) WHERE key = 'k'"), 1);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silence_is_trouble),
		cmocka_unit_test(a_holiday_puts_it_off),
		cmocka_unit_test(what_waits_comes_on_any_working_day),
		cmocka_unit_test(the_body_sets_hour_chair_and_heartbeat),
		cmocka_unit_test(what_belongs_to_no_body_goes_to_the_house),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
