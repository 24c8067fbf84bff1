/* SPDX-License-Identifier: MIT */
/* Every pair of states of every life: what is not written here cannot be. */
#include "test.h"

#include "store/application.h"
#include "store/letter.h"
#include "store/nomination.h"

/* A row of marks for each state one comes from, a column for each one goes
 * to: 'x' may, '.' may not. */
static void
a_letter_lives_as_written(void **state)
{
	/*    queued sending dot sent deferred failed uncertain withdrawn */
	static const char *const may[LETTER_STATES] = {
		[LETTER_QUEUED] =    ".x.....x",
		[LETTER_SENDING] =   "x.x.xx.x",
		[LETTER_DOT] =       "...xxxx.",
		[LETTER_SENT] =      "........",
		[LETTER_DEFERRED] =  ".x...x.x",
		[LETTER_FAILED] =    "........",
		[LETTER_UNCERTAIN] = "x..x.x..",
		[LETTER_WITHDRAWN] = "........",
	};

	(void)state;
	for (int from = 0; from < LETTER_STATES; from++)
		for (int to = 0; to < LETTER_STATES; to++)
			assert_int_equal(letter_may_move(
			    (enum letter_state)from, (enum letter_state)to),
			    may[from][to] == 'x');
}

static void
an_application_lives_as_written(void **state)
{
	/*    received late reserve accepted rejected withdrawn */
	static const char *const may[APPLICATION_STATES] = {
		[APPLICATION_RECEIVED] =  ".xxxxx",
		[APPLICATION_LATE] =      "x....x",
		[APPLICATION_RESERVE] =   "...xxx",
		[APPLICATION_ACCEPTED] =  ".....x",
		[APPLICATION_REJECTED] =  "......",
		[APPLICATION_WITHDRAWN] = "xxx...",
	};

	(void)state;
	for (int from = 0; from < APPLICATION_STATES; from++)
		for (int to = 0; to < APPLICATION_STATES; to++)
			assert_int_equal(application_may_move(
			    (enum application_state)from,
			    (enum application_state)to),
			    may[from][to] == 'x');
}

static void
a_nomination_lives_as_written(void **state)
{
	/*  asked no-address consented refused ended reserve accepted
	 *  rejected */
	static const char *const may[NOMINATION_STATES] = {
		[NOMINATION_ASKED] =      "..xxx...",
		[NOMINATION_NO_ADDRESS] = "..xxx...",
		[NOMINATION_CONSENTED] =  "x..x.xxx",
		[NOMINATION_REFUSED] =    "........",
		[NOMINATION_ENDED] =      "........",
		[NOMINATION_RESERVE] =    "...x..xx",
		[NOMINATION_ACCEPTED] =   "........",
		[NOMINATION_REJECTED] =   "........",
	};

	(void)state;
	for (int from = 0; from < NOMINATION_STATES; from++)
		for (int to = 0; to < NOMINATION_STATES; to++)
			assert_int_equal(nomination_may_move(
			    (enum nomination_state)from,
			    (enum nomination_state)to),
			    may[from][to] == 'x');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_lives_as_written),
		cmocka_unit_test(an_application_lives_as_written),
		cmocka_unit_test(a_nomination_lives_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
