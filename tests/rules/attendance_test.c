/* SPDX-License-Identifier: MIT */
/* A seat's life at a meeting: every pair of answers. */
#include "test.h"

#include "rules/attendance.h"

static void
a_seat_lives_as_its_table_says(void **state)
{
	enum { ON = SEAT_GOES_ON, EMPTY = SEAT_IS_EMPTY,
		TAKEN = SEAT_IS_TAKEN, BACK = SEAT_IS_BACK,
		OTHER = SEAT_HAS_ANOTHER };
	/* to: silent, comes, tentative, absent, filled */
	static const int table[SEAT_REPLIES][SEAT_REPLIES] = {
		[SEAT_SILENT] =    { -1,   ON,   ON, EMPTY, TAKEN },
		[SEAT_COMES] =     { ON,   -1,   ON, EMPTY, TAKEN },
		[SEAT_TENTATIVE] = { ON,   ON,   -1, EMPTY, TAKEN },
		[SEAT_ABSENT] =    { BACK, BACK, ON, -1,    TAKEN },
		[SEAT_FILLED] =    { BACK, BACK, ON, EMPTY, OTHER },
	};

	(void)state;
	for (int from = 0; from < SEAT_REPLIES; from++)
		for (int to = 0; to < SEAT_REPLIES; to++) {
			enum seat_follow follow = SEAT_GOES_ON;
			bool may = seat_may((enum seat_reply)from,
			    (enum seat_reply)to, &follow);

			assert_int_equal(may, table[from][to] >= 0);
			if (may)
				assert_int_equal(follow, table[from][to]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seat_lives_as_its_table_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
