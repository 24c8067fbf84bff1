/* SPDX-License-Identifier: MIT */
/* A clock that leaps must not send a month's reminders. */
#include "test.h"

#include "cli/days.h"

static void
a_leap_forward_holds_and_a_slow_hour_does_not(void **state)
{
	struct days d = { 0 };

	(void)state;
	assert_false(days_clock_jumped(&d, 1000000, 5000));
	/* an hour later by both clocks */
	assert_false(days_clock_jumped(&d, 1003600, 3605000));
	/* a correction of a minute */
	assert_false(days_clock_jumped(&d, 1003660, 3605000));
	assert_int_equal(d.held_until_ms, 0);
	/* a month within a second */
	assert_true(days_clock_jumped(&d, 1003660 + 30 * 86400, 3606000));
	assert_int_equal(d.held_until_ms, 3606000 + 3600000);
	/* still there a minute later: no second leap, still held */
	assert_false(days_clock_jumped(&d, 1003720 + 30 * 86400, 3666000));
	assert_true(d.held_until_ms > 3666000);
	/* set right again: believed at once */
	assert_false(days_clock_jumped(&d, 1003780, 3726000));
	assert_int_equal(d.held_until_ms, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_leap_forward_holds_and_a_slow_hour_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
