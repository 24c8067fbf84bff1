/* SPDX-License-Identifier: MIT */
/* Dates: civil days, the zone's clocks, and the two nights that differ. */
#include "test.h"

#include <stdlib.h>
#include <time.h>

#include "base/date.h"

static void
days_count_from_1970(void **state)
{
	struct date d = { 2026, 11, 26 };
	struct date back = date_from_days(date_to_days(d));

	(void)state;
	assert_int_equal(date_to_days((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(date_compare(d, back), 0);
	assert_int_equal(date_weekday(d), 4);
	assert_int_equal(date_week(d), 48);
	assert_int_equal(date_week((struct date){ 2027, 1, 1 }), 53);
	assert_false(date_is_valid((struct date){ 2027, 2, 29 }));
	assert_true(date_is_valid((struct date){ 2028, 2, 29 }));
}

static void
easter_moves(void **state)
{
	(void)state;
	assert_int_equal(date_compare(date_easter(2026),
	    (struct date){ 2026, 4, 5 }), 0);
	assert_int_equal(date_compare(date_easter(2027),
	    (struct date){ 2027, 3, 28 }), 0);
}

static void
instants_know_summer_time(void **state)
{
	char text[DATE_TEXT_BYTES];
	int64_t at;

	(void)state;
	assert_true(date_parse_instant("2026-11-05T09:00:00+01:00", &at));
	date_format_instant(at, text);
	assert_string_equal(text, "2026-11-05T09:00:00+01:00");
	assert_int_equal(date_at((struct date){ 2026, 6, 1 }, 16, 0) % 86400,
	    14 * 3600);
	assert_int_equal(date_at((struct date){ 2026, 12, 1 }, 16, 0) % 86400,
	    15 * 3600);
	/* 25 October 2026 02:30 comes twice: the first, in summer time. */
	assert_int_equal(date_at((struct date){ 2026, 10, 25 }, 2, 30) % 86400,
	    30 * 60);
	/* 28 March 2027 02:30 is left out: the one an hour later. */
	at = date_at((struct date){ 2027, 3, 28 }, 2, 30);
	assert_int_equal(date_local(at).hour, 3);
	assert_false(date_parse_instant("2026-13-05T09:00", &at));
	assert_false(date_parse_instant("2026-11-05T09:00+1", &at));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_from_1970),
		cmocka_unit_test(easter_moves),
		cmocka_unit_test(instants_know_summer_time),
	};

	(void)setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
