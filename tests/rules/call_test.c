/* SPDX-License-Identifier: MIT */
/* Every pair of a state and an act of a call: what is not written here cannot
 * be. */
#include "test.h"

#include <string.h>

#include "rules/call.h"

static void
a_call_lives_as_written(void **state)
{
	/* The state that each act leads to, '.' where it cannot be done: send,
	 * close, appoint, take back, deliver some, deliver. */
	static const char *const to[CALL_STATES] = {
		[CALL_ANNOUNCED] = "o.....",
		[CALL_OPEN] =      ".c....",
		[CALL_CLOSED] =    "..d...",
		[CALL_DECIDED] =   "...cce",
		[CALL_ENDED] =     "......",
	};
	static const char letters[CALL_STATES] = { 'a', 'o', 'c', 'd', 'e' };

	(void)state;
	for (int from = 0; from < CALL_STATES; from++)
		for (int act = 0; act < CALL_ACTS; act++) {
			enum call_state got = CALL_STATES;
			bool may = call_may((enum call_state)from,
			    (enum call_act)act, &got);

			assert_int_equal(may, to[from][act] != '.');
			if (may)
				assert_int_equal(letters[got],
				    to[from][act]);
		}
}

static void
each_state_is_read_by_its_word(void **state)
{
	enum call_state got;

	(void)state;
	for (int i = 0; i < CALL_STATES; i++) {
		assert_true(call_state_read(call_state_word(
		    (enum call_state)i), &got));
		assert_int_equal(got, i);
	}
	assert_false(call_state_read("draft", &got));
	assert_false(call_state_read(NULL, &got));
	assert_true(call_is_open(CALL_ANNOUNCED) && call_is_open(CALL_OPEN));
	assert_false(call_is_open(CALL_CLOSED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_lives_as_written),
		cmocka_unit_test(each_state_is_read_by_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
