/* SPDX-License-Identifier: MIT */
/* Calendar answers in the shapes that programs send. */
#include "test.h"

#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "mail/ical_read.h"

#define OPEN "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
#define CLOSE "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define A "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	(void)setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	arena = arena_open();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void
add(const char *text, const char *charset, const char *method,
    struct ical_list *list)
{
	ical_read(arena, charset, (struct bytes){
	    (const unsigned char *)text, strlen(text) }, method, list, NULL);
}

static struct mail_calendar
only(const char *text)
{
	struct ical_list list = { .n = 0 };

	add(text, "utf-8", "REPLY", &list);
	assert_int_equal(list.n, 1);
	return list.list[0];
}

static void
an_answer_has_all_its_fields(void **state)
{
	struct mail_calendar c = only(OPEN "UID:u@v\r\nDTSTART:"
	    "20261126T150000Z\r\nDTSTAMP:20261103T201407Z\r\nSEQUENCE:2\r\n"
	    "RECURRENCE-ID:20261126T150000Z\r\nORGANIZER;CN=\"R: x\":MAILTO:"
	    "R@b.example\r\nSUMMARY;LANGUAGE=da-DK:M\xc3\xb8""de\\, nr. 1\r\n"
	    "COMMENT:Jeg er syg\\;\\nbeklager\r\nATTENDEE;CN=\"A; B\";"
	    "SENT-BY=\"mailto:s@b.example\";PARTSTAT=declined:mailto:"
	    "A@b.example\r\n" CLOSE);

	(void)state;
	assert_string_equal(c.method, "REPLY");
	assert_string_equal(c.type_method, "REPLY");
	assert_string_equal(c.uid, "u@v");
	assert_int_equal(c.start_at, 1795705200);
	assert_int_equal(c.stamp_at, 1793736847);
	assert_int_equal(c.recurrence_at, 1795705200);
	assert_int_equal(c.sequence, 2);
	assert_string_equal(c.organizer, "r@b.example");
	assert_string_equal(c.attendee, "a@b.example");
	assert_string_equal(c.sent_by, "s@b.example");
	assert_string_equal(c.partstat, "DECLINED");
	assert_string_equal(c.comment, "Jeg er syg;\nbeklager");
	assert_string_equal(c.summary, "Møde, nr. 1");
	assert_false(c.counter_proposed);
}

static void
a_local_time_is_ours_whatever_its_zone_is_called(void **state)
{
	static const struct { const char *line; int64_t at; } rows[] = {
		{ "DTSTART;TZID=Romance Standard Time:20261126T160000",
		  1795705200 },
		{ "DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin\":"
		  "20261126T160000", 1795705200 },
		{ "DTSTART;TZID=Europe/Copenhagen:20260610T160000",
		  1781100000 },
		{ "DTSTART;TZID=/freeassociation/Europe/Oslo:"
		  "20260610T160000", 1781100000 },
		{ "DTSTART:20261126T160000", 1795705200 },
		{ "DTSTART;TZID=GMT Standard Time:20261126T150000",
		  1795705200 },
		{ "DTSTART;TZID=Europe/Helsinki:20261126T170000",
		  1795705200 },
		{ "DTSTART;TZID=UTC:20261126T150000", 1795705200 },
		{ "DTSTART:20261126T150000Z", 1795705200 },
		{ "DTSTART;VALUE=DATE:20261126", 1795647600 },
		{ "DTSTART:20261332T160000", -1 },
		{ "DTSTART:20261126T250000", -1 },
		{ "DTSTART:tomorrow", -1 },
		{ "DTSTART:", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mail_calendar c = only(arena_printf(arena,
		    OPEN "%s\r\n" A CLOSE, rows[i].line));

		assert_int_equal(c.start_at, rows[i].at);
	}
}

static void
google_sends_its_answer_twice(void **state)
{
	static const char answer[] = OPEN "UID:u@v\r\n" A CLOSE;
	struct ical_list list = { .n = 0 };

	(void)state;
	add(answer, "utf-8", "REPLY", &list);
	add(answer, NULL, NULL, &list);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.list[0].type_method, "REPLY");
	add(OPEN "UID:other@v\r\n" A CLOSE, NULL, NULL, &list);
	assert_int_equal(list.n, 2);
}

static void
the_method_is_the_data_s_and_a_counter_is_seen(void **state)
{
	struct mail_calendar c = only("BEGIN:VCALENDAR\nMETHOD:counter\n"
	    "BEGIN:VEVENT\n" A CLOSE);

	(void)state;
	assert_string_equal(c.method, "COUNTER");
	assert_string_equal(c.type_method, "REPLY");
	assert_true(c.counter_proposed);
	/* the method behind the event */
	c = only("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" A "END:VEVENT\n"
	    "METHOD:REPLY\nEND:VCALENDAR\n");
	assert_string_equal(c.method, "REPLY");
	c = only(OPEN A "X-MS-OLK-ORIGINALSTART:20261126T150000Z\n" CLOSE);
	assert_true(c.counter_proposed);
	c = only("BEGIN:VEVENT\n" A);
	assert_null(c.method);
}

static void
an_alarm_s_attendee_is_nobody_s_answer(void **state)
{
	struct mail_calendar c = only(OPEN A "BEGIN:VALARM\r\nATTENDEE:mailto:"
	    "evil@b.example\r\nUID:x\r\nEND:VALARM\r\nUID:u\r\n" CLOSE);

	(void)state;
	assert_string_equal(c.attendee, "a@b.example");
	assert_string_equal(c.uid, "u");
}

static void
each_attendee_has_an_entry_and_none_has_one_too(void **state)
{
	struct ical_list list = { .n = 0 };

	(void)state;
	add(OPEN A "ATTENDEE;PARTSTAT=DECLINED:mailto:c@d.example\r\n" CLOSE,
	    NULL, "REPLY", &list);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.list[1].attendee, "c@d.example");
	assert_null(only(OPEN "UID:u\r\n" CLOSE).attendee);
	list.n = 0;
	add("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:x\nEND:VTODO\nEND:VCALENDAR",
	    NULL, NULL, &list);
	assert_int_equal(list.n, 0);
	add("hej", NULL, NULL, &list);
	assert_int_equal(list.n, 0);
}

static void
folds_may_cut_a_letter_and_sets_may_be_missing(void **state)
{
	struct ical_list list = { .n = 0 };

	(void)state;
	assert_string_equal(only(OPEN "SUMMARY:M\xc3\r\n \xb8""de\r\n" A
	    CLOSE).summary, "Møde");
	add(OPEN "SUMMARY:M\xc3\xb8""de\r\n" A CLOSE, NULL, "REPLY", &list);
	assert_string_equal(list.list[0].summary, "Møde");
	list.n = 0;
	add(OPEN "SUMMARY:M\xf8""de\r\n" A CLOSE, "us-ascii", "REPLY", &list);
	assert_string_equal(list.list[0].summary, "Møde");
}

static void
what_is_cut_off_counts_as_far_as_it_goes(void **state)
{
	struct mail_calendar c = only(OPEN "UID:u\r\nATTENDEE;PARTSTAT="
	    "TENTATIVE;X-RESPONSE-COMMENT=\"M^'aa^nske\":mailto:a@b.example");

	(void)state;
	assert_string_equal(c.partstat, "TENTATIVE");
	assert_string_equal(c.comment, "M\"aa\nske");
}

static void
no_more_than_the_limit(void **state)
{
	struct ical_list list = { .n = 0 };

	(void)state;
	for (int i = 0; i < ICAL_MAX_ENTRIES + 5; i++)
		add(arena_printf(arena, OPEN "UID:%d\n" A CLOSE, i), NULL,
		    NULL, &list);
	assert_int_equal(list.n, ICAL_MAX_ENTRIES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_has_all_its_fields),
		cmocka_unit_test(
		    a_local_time_is_ours_whatever_its_zone_is_called),
		cmocka_unit_test(google_sends_its_answer_twice),
		cmocka_unit_test(
		    the_method_is_the_data_s_and_a_counter_is_seen),
		cmocka_unit_test(an_alarm_s_attendee_is_nobody_s_answer),
		cmocka_unit_test(
		    each_attendee_has_an_entry_and_none_has_one_too),
		cmocka_unit_test(
		    folds_may_cut_a_letter_and_sets_may_be_missing),
		cmocka_unit_test(what_is_cut_off_counts_as_far_as_it_goes),
		cmocka_unit_test(no_more_than_the_limit),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
