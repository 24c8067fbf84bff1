/* SPDX-License-Identifier: MIT */
/* The lives of topics, rounds and working groups: every pair. */
#include "test.h"

#include "rules/topic.h"

#define NO (-1)

static void
a_topic_lives_as_its_table_says(void **state)
{
	/* acts: name, ask, count, release, end */
	static const int table[TOPIC_STATES][TOPIC_ACTS] = {
		[TOPIC_OPEN] = { TOPIC_OPEN, TOPIC_ASKED, NO, NO,
		    TOPIC_ENDED },
		[TOPIC_ASKED] = { NO, NO, TOPIC_RANKED, TOPIC_OPEN, NO },
		[TOPIC_RANKED] = { TOPIC_RANKED, TOPIC_ASKED, NO, NO,
		    TOPIC_ENDED },
		[TOPIC_ENDED] = { NO, NO, NO, NO, NO },
	};

	(void)state;
	for (int from = 0; from < TOPIC_STATES; from++) {
		enum topic_state to;

		assert_true(topic_state_read(topic_state_word(
		    (enum topic_state)from), &to));
		assert_int_equal(to, from);
		for (int act = 0; act < TOPIC_ACTS; act++) {
			bool may = topic_may((enum topic_state)from,
			    (enum topic_act)act, &to);

			assert_int_equal(may ? (int)to : NO,
			    table[from][act]);
		}
	}
	assert_false(topic_state_read("new", &(enum topic_state){ 0 }));
	assert_false(topic_state_read(NULL, &(enum topic_state){ 0 }));
}

static void
a_round_ends_once(void **state)
{
	/* acts: move, count, give up, stop */
	static const int table[ROUND_STATES][ROUND_ACTS] = {
		[ROUND_OPEN] = { ROUND_OPEN, ROUND_COUNTED, ROUND_FEW,
		    ROUND_STOPPED },
		[ROUND_COUNTED] = { NO, NO, NO, NO },
		[ROUND_FEW] = { NO, NO, NO, NO },
		[ROUND_STOPPED] = { NO, NO, NO, NO },
	};

	(void)state;
	for (int from = 0; from < ROUND_STATES; from++) {
		enum round_state to;

		assert_true(round_state_read(round_state_word(
		    (enum round_state)from), &to));
		assert_int_equal(to, from);
		for (int act = 0; act < ROUND_ACTS; act++) {
			bool may = round_may((enum round_state)from,
			    (enum round_act)act, &to);

			assert_int_equal(may ? (int)to : NO,
			    table[from][act]);
		}
	}
	assert_false(round_state_read("closed", &(enum round_state){ 0 }));
}

static void
a_group_that_has_ended_does_nothing_more(void **state)
{
	(void)state;
	for (int from = 0; from < GROUP_STATES; from++) {
		enum group_state to;

		assert_true(group_state_read(group_state_word(
		    (enum group_state)from), &to));
		assert_int_equal(to, from);
		for (int act = 0; act < GROUP_ACTS; act++) {
			bool may = group_may((enum group_state)from,
			    (enum group_act)act, &to);

			assert_int_equal(may, from == GROUP_ACTIVE);
			if (may)
				assert_int_equal(to, act == GROUP_END ?
				    GROUP_ENDED : GROUP_ACTIVE);
		}
	}
	assert_false(group_state_read("new", &(enum group_state){ 0 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_topic_lives_as_its_table_says),
		cmocka_unit_test(a_round_ends_once),
		cmocka_unit_test(a_group_that_has_ended_does_nothing_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
