/* SPDX-License-Identifier: MIT */
/* The server's pace and its health, without a server or a clock. */
#include "test.h"

#include "dispatch/sender_pace.h"

#define NOW ((int64_t)5000000)

/* Letters as fast as the pace lets them: when each goes. */
static void
run(uint32_t per_minute, int64_t *times, size_t n)
{
	struct pace pace;
	int64_t now = NOW;

	pace_open(&pace, per_minute, now);
	for (size_t i = 0; i < n; i++) {
		int64_t wait = pace_wait_ms(&pace, now);

		now += wait;
		assert_int_equal(pace_wait_ms(&pace, now), 0);
		pace_take(&pace, now);
		times[i] = now;
	}
	pace_close(&pace);
}

static void
no_minute_ever_sees_more_than_the_pace(void **state)
{
	static const uint32_t paces[] = { 1, 2, 3, 7, 30, 600 };
	static int64_t times[3000];

	(void)state;
	for (size_t p = 0; p < sizeof paces / sizeof paces[0]; p++) {
		size_t n = paces[p] * 5;

		run(paces[p], times, n);
		for (size_t i = paces[p]; i < n; i++)
			assert_true(times[i] - times[i - paces[p]] > 60000);
		/* and it is used: four minutes and a bit for five of them */
		assert_true(times[n - 1] - times[0] < 5 * 62000);
	}
}

static void
a_receipt_behind_an_agenda_waits_a_third_of_a_minute_at_most(void **state)
{
	int64_t times[300];

	(void)state;
	run(30, times, 300);
	assert_true(times[9] == times[0]);
	assert_true(times[10] > times[0]);
	for (size_t i = 1; i < 300; i++)
		assert_in_range(times[i] - times[i - 1], 0, 22000);
}

static void
no_pace_never_waits(void **state)
{
	struct pace pace;

	(void)state;
	pace_open(&pace, 0, NOW);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(pace_wait_ms(&pace, NOW), 0);
		pace_take(&pace, NOW);
	}
	pace_close(&pace);
}

static void
one_connection_looks_first_and_then_all_may_go(void **state)
{
	struct link link;

	(void)state;
	link_open(&link, 4);
	assert_int_equal(link_allowed(&link, NOW), 1);
	assert_true(link_up(&link));
	assert_false(link_up(&link));
	assert_int_equal(link_allowed(&link, NOW), 4);
}

static void
a_server_that_is_away_is_looked_for_at_least_once_a_minute(void **state)
{
	struct link link;
	int64_t now = NOW, last = 0;

	(void)state;
	link_open(&link, 4);
	(void)link_up(&link);
	for (int i = 0; i < 12; i++) {
		assert_true(link_down(&link, SMTP_FAULT_AWAY, now));
		/* the other connections fail at the same time */
		assert_false(link_down(&link, SMTP_FAULT_AWAY, now));
		assert_int_equal(link_allowed(&link, now), 0);
		assert_true(link.again_ms - now >= last);
		last = link.again_ms - now;
		assert_in_range(last, 1000, 60000);
		now = link.again_ms;
	}
	assert_int_equal(last, 60000);
	(void)link_up(&link);
	assert_true(link_down(&link, SMTP_FAULT_AWAY, now));
	assert_int_equal(link.again_ms - now, 1000);
}

static void
a_refused_log_in_is_tried_at_most_six_times_an_hour(void **state)
{
	struct link link;

	(void)state;
	link_open(&link, 4);
	assert_true(link_down(&link, SMTP_FAULT_LOGIN, NOW));
	assert_true(link.again_ms - NOW > 600000);
}

static void
a_crowded_server_gets_fewer_connections_for_a_while(void **state)
{
	struct link link;

	(void)state;
	link_open(&link, 3);
	(void)link_up(&link);
	assert_true(link_crowded(&link, NOW));
	assert_int_equal(link_allowed(&link, NOW), 2);
	assert_true(link_crowded(&link, NOW));
	assert_int_equal(link_allowed(&link, NOW + 59999), 1);
	assert_false(link_crowded(&link, NOW));
	assert_int_equal(link_allowed(&link, NOW + 60000), 2);
	assert_int_equal(link_allowed(&link, NOW + 60001), 2);
	assert_int_equal(link_allowed(&link, NOW + 120000), 3);
	assert_int_equal(link_allowed(&link, NOW + 900000), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_minute_ever_sees_more_than_the_pace),
		cmocka_unit_test(
		    a_receipt_behind_an_agenda_waits_a_third_of_a_minute_at_most
		    ),
		cmocka_unit_test(no_pace_never_waits),
		cmocka_unit_test(
		    one_connection_looks_first_and_then_all_may_go),
		cmocka_unit_test(
		    a_server_that_is_away_is_looked_for_at_least_once_a_minute),
		cmocka_unit_test(
		    a_refused_log_in_is_tried_at_most_six_times_an_hour),
		cmocka_unit_test(
		    a_crowded_server_gets_fewer_connections_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
