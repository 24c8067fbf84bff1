/* SPDX-License-Identifier: MIT */
/* The Danish year, against days that stand in printed calendars. */
#include "test.h"

#include "rules/year.h"

static const struct {
	const char *says;
	struct date day;
	bool holiday, working;
} days[] = {
	{ "New Year's Day", { 2027, 1, 1 }, true, false },
	{ "Maundy Thursday", { 2022, 4, 14 }, true, false },
	{ "Good Friday", { 2022, 4, 15 }, true, false },
	{ "Easter Saturday", { 2022, 4, 16 }, false, false },
	{ "Easter Monday", { 2022, 4, 18 }, true, false },
	{ "Store bededag 2022", { 2022, 5, 13 }, true, false },
	{ "Store bededag 2023, the last", { 2023, 5, 5 }, true, false },
	{ "what was Store bededag, 2024", { 2024, 4, 26 }, false, true },
	{ "Ascension Day 2022", { 2022, 5, 26 }, true, false },
	{ "the Friday after it", { 2022, 5, 27 }, false, true },
	{ "Whit Monday 2022", { 2022, 6, 6 }, true, false },
	{ "Constitution Day", { 2023, 6, 5 }, false, false },
	{ "Christmas Eve", { 2026, 12, 24 }, false, false },
	{ "Christmas Day", { 2026, 12, 25 }, true, false },
	{ "Boxing Day", { 2026, 12, 26 }, true, false },
	{ "New Year's Eve", { 2026, 12, 31 }, false, false },
	{ "Easter 2038, the latest", { 2038, 4, 25 }, true, false },
	{ "a Thursday in November", { 2026, 11, 26 }, false, true },
	{ "a Sunday", { 2026, 11, 22 }, false, false },
	{ "29 February", { 2028, 2, 29 }, false, true },
};

static void
holidays_are_those_of_the_printed_calendar(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		if (year_is_holiday(days[i].day) != days[i].holiday ||
		    year_is_working(days[i].day) != days[i].working)
			print_error("%s\n", days[i].says);
		assert_int_equal(year_is_holiday(days[i].day),
		    days[i].holiday);
		assert_int_equal(year_is_working(days[i].day),
		    days[i].working);
	}
}

static const struct {
	const char *says, *rule;
	struct date from, want;
} sums[] = {
	{ "42 days before", "-42", { 2022, 9, 8 }, { 2022, 7, 28 } },
	{ "a week after", "7", { 2022, 9, 8 }, { 2022, 9, 15 } },
	{ "working days step over Whit and the weekend",
	    "-3 working days", { 2022, 6, 9 }, { 2022, 6, 3 } },
	{ "over Easter", "-5 working days", { 2022, 4, 20 },
	    { 2022, 4, 8 } },
	{ "forward over Christmas", "2 working days", { 2026, 12, 23 },
	    { 2026, 12, 29 } },
};

static void
days_are_counted_as_the_rule_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
		struct year_days by;

		assert_true(year_days_read(sums[i].rule, &by));
		if (date_compare(year_add(sums[i].from, by),
		    sums[i].want) != 0)
			print_error("%s\n", sums[i].says);
		assert_int_equal(date_compare(year_add(sums[i].from, by),
		    sums[i].want), 0);
	}
}

static void
what_is_no_rule_is_refused(void **state)
{
	static const char *const bad[] = { "", "x", "-14 x", "-1400",
		"14 working", "99999999999999999999" };
	struct year_days by;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(year_days_read(bad[i], &by));
	assert_false(year_days_read(NULL, &by));
}

static void
nobody_is_woken(void **state)
{
	static const struct {
		struct date day;
		int hour, minute;
		struct date want;
		int want_hour;
	} at[] = {
		{ { 2022, 5, 25 }, 20, 59, { 2022, 5, 25 }, 20 },
		{ { 2022, 5, 24 }, 21, 0, { 2022, 5, 25 }, 7 },
		{ { 2022, 5, 25 }, 21, 0, { 2022, 5, 27 }, 7 },
		{ { 2022, 5, 26 }, 12, 0, { 2022, 5, 27 }, 7 },
		{ { 2022, 5, 27 }, 6, 59, { 2022, 5, 27 }, 7 },
		{ { 2022, 4, 13 }, 22, 0, { 2022, 4, 16 }, 7 },
		{ { 2026, 12, 31 }, 23, 0, { 2027, 1, 2 }, 7 },
		{ { 2026, 10, 25 }, 2, 30, { 2026, 10, 25 }, 7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
		int64_t when = date_at(at[i].day, at[i].hour, at[i].minute);
		struct local got = date_local(year_awake(when));

		assert_int_equal(date_compare(got.day, at[i].want), 0);
		assert_int_equal(got.hour, at[i].want_hour);
		assert_false(year_is_quiet(year_awake(when)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holidays_are_those_of_the_printed_calendar),
		cmocka_unit_test(days_are_counted_as_the_rule_says),
		cmocka_unit_test(what_is_no_rule_is_refused),
		cmocka_unit_test(nobody_is_woken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
