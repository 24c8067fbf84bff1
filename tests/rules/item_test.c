/* SPDX-License-Identifier: MIT */
/* A point's life: every pair of state and step. */
#include "test.h"

#include "rules/item.h"

static void
a_point_lives_as_its_table_says(void **state)
{
	/* acts: accept, place, postpone, treat, reject, withdraw */
	static const int table[ITEM_STATES][ITEM_ACTS] = {
		[ITEM_PROPOSED] = { ITEM_ACCEPTED, ITEM_AGENDA,
		    ITEM_POSTPONED, -1, ITEM_REJECTED, ITEM_WITHDRAWN },
		[ITEM_ACCEPTED] = { -1, ITEM_AGENDA, ITEM_POSTPONED, -1,
		    ITEM_REJECTED, ITEM_WITHDRAWN },
		[ITEM_AGENDA] = { -1, ITEM_AGENDA, ITEM_POSTPONED,
		    ITEM_TREATED, ITEM_REJECTED, ITEM_WITHDRAWN },
		[ITEM_POSTPONED] = { ITEM_ACCEPTED, ITEM_AGENDA,
		    ITEM_POSTPONED, -1, ITEM_REJECTED, ITEM_WITHDRAWN },
		[ITEM_TREATED] = { -1, -1, -1, -1, -1, -1 },
		[ITEM_REJECTED] = { -1, -1, -1, -1, -1, -1 },
		[ITEM_WITHDRAWN] = { -1, -1, -1, -1, -1, -1 },
	};

	(void)state;
	for (int from = 0; from < ITEM_STATES; from++) {
		enum item_state read;

		assert_true(item_state_read(item_state_word(
		    (enum item_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < ITEM_ACTS; act++) {
			enum item_state to;
			bool may = item_may((enum item_state)from,
			    (enum item_act)act, &to);

			assert_int_equal(may, table[from][act] >= 0);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
	assert_false(item_state_read("closed", &(enum item_state){ 0 }));
	assert_false(item_state_read(NULL, &(enum item_state){ 0 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_point_lives_as_its_table_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
