/* SPDX-License-Identifier: MIT */
/* Every pair of a state and an act, of a place and of a workshop: what is not
 * written here cannot be. */
#include "test.h"

#include <string.h>

#include "rules/registration.h"

static void
a_place_lives_as_written(void **state)
{
	/* offer, take, wait, cancel, lapse, hold */
	static const char *const to[REGISTRATION_STATES] = {
		[REGISTRATION_WAITING] =    "or.x.m",
		[REGISTRATION_REGISTERED] = "...x.c",
		[REGISTRATION_OFFERED] =    ".r.xlm",
		[REGISTRATION_CANCELLED] =  ".rw...",
		[REGISTRATION_LAPSED] =     ".rw...",
		[REGISTRATION_CAME] =       "......",
		[REGISTRATION_MISSED] =     "......",
	};
	static const char letters[] = "wroxlcm";

	(void)state;
	for (int from = 0; from < REGISTRATION_STATES; from++)
		for (int act = 0; act < REGISTRATION_ACTS; act++) {
			enum registration_state got = REGISTRATION_STATES;
			bool may = registration_may(
			    (enum registration_state)from,
			    (enum registration_act)act, &got);

			assert_int_equal(may, to[from][act] != '.');
			if (may)
				assert_int_equal(letters[got],
				    to[from][act]);
		}
}

static void
a_workshop_lives_as_written(void **state)
{
	/* send, hold, report, release, deliver, decide, back, tell, cancel */
	static const char *const to[WORKSHOP_STATES] = {
		[WORKSHOP_ANNOUNCED] = "o.......x",
		[WORKSHOP_OPEN] =      ".h......x",
		[WORKSHOP_HELD] =      "..r......",
		[WORKSHOP_REPORTED] =  "..rl.....",
		[WORKSHOP_RELEASED] =  "....s.r..",
		[WORKSHOP_SENT] =      ".....d...",
		[WORKSHOP_DECIDED] =   "......st.",
		[WORKSHOP_TOLD] =      ".........",
		[WORKSHOP_CANCELLED] = ".........",
	};
	static const char letters[] = "aohrlsdtx";

	(void)state;
	for (int from = 0; from < WORKSHOP_STATES; from++)
		for (int act = 0; act < WORKSHOP_ACTS; act++) {
			enum workshop_state got = WORKSHOP_STATES;
			bool may = workshop_may((enum workshop_state)from,
			    (enum workshop_act)act, &got);

			assert_int_equal(may, to[from][act] != '.');
			if (may)
				assert_int_equal(letters[got],
				    to[from][act]);
		}
}

static void
each_state_is_read_by_its_word(void **state)
{
	enum registration_state place;
	enum workshop_state got;

	(void)state;
	for (int i = 0; i < REGISTRATION_STATES; i++) {
		assert_true(registration_read(registration_word(
		    (enum registration_state)i), &place));
		assert_int_equal(place, i);
	}
	for (int i = 0; i < WORKSHOP_STATES; i++) {
		assert_true(workshop_read(workshop_word(
		    (enum workshop_state)i), &got));
		assert_int_equal(got, i);
	}
	assert_false(registration_read(NULL, &place));
	assert_false(workshop_read("draft", &got));
	assert_true(registration_has_place(REGISTRATION_OFFERED));
	assert_false(registration_has_place(REGISTRATION_WAITING));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_lives_as_written),
		cmocka_unit_test(a_workshop_lives_as_written),
		cmocka_unit_test(each_state_is_read_by_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
