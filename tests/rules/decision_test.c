/* SPDX-License-Identifier: MIT */
/* The life of what waits for a person, and what counts as an answer. */
#include "test.h"

#include "rules/decision.h"

/* Every pair: what is not in the table cannot happen. */
static void
a_decision_lives_as_its_table_says(void **state)
{
	/* acts: answer, lapse, reopen */
	static const int table[DECISION_STATES][DECISION_ACTS] = {
		[DECISION_OPEN] = { DECISION_ANSWERED, DECISION_MOOT, -1 },
		[DECISION_ANSWERED] = { -1, -1, DECISION_OPEN },
		[DECISION_MOOT] = { -1, -1, -1 },
	};

	(void)state;
	for (int from = 0; from < DECISION_STATES; from++) {
		enum decision_state read;

		assert_true(decision_state_read(decision_state_word(
		    (enum decision_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < DECISION_ACTS; act++) {
			enum decision_state to;
			bool may = decision_may((enum decision_state)from,
			    (enum decision_act)act, &to);

			assert_int_equal(may, table[from][act] >= 0);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
}

static void
a_choice_is_read_as_it_is_written(void **state)
{
	enum choice read;

	(void)state;
	for (int i = 0; i < CHOICES; i++) {
		assert_true(choice_read(choice_word((enum choice)i), &read));
		assert_int_equal(read, i);
	}
	assert_false(choice_read("perhaps", &read));
	assert_false(choice_read(NULL, &read));
}

static const struct {
	const char *choices;
	enum choice said;
	int want;		/* -1: not to be chosen */
} fits[] = {
	{ "accept next reject", CHOICE_NEXT, CHOICE_NEXT },
	{ "accept next reject", CHOICE_YES, CHOICE_ACCEPT },
	{ "accept next reject", CHOICE_NO, CHOICE_REJECT },
	{ "accept next reject", CHOICE_DONE, -1 },
	{ "accept next reject", CHOICE_OTHER, -1 },
	{ "yes no", CHOICE_ACCEPT, CHOICE_YES },
	{ "yes no", CHOICE_REJECT, CHOICE_NO },
	{ "yes no", CHOICE_NEXT, -1 },
	{ "accept yes", CHOICE_YES, CHOICE_YES },
	{ "done", CHOICE_ACCEPT, CHOICE_DONE },
	{ "done", CHOICE_NO, -1 },
	{ "date other", CHOICE_DATE, CHOICE_DATE },
	{ "other", CHOICE_DATE, CHOICE_OTHER },
	/* a word within another is none of them */
	{ "ask-chair", CHOICE_OTHER, -1 },
	{ "not-yes", CHOICE_YES, -1 },
	{ "", CHOICE_YES, -1 },
	{ NULL, CHOICE_YES, -1 },
};

static void
what_is_said_becomes_what_is_offered(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
		enum choice choice;
		bool fit = choice_fit(fits[i].choices, fits[i].said, &choice);

		assert_int_equal(fit, fits[i].want >= 0);
		if (fit)
			assert_int_equal(choice, fits[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_decision_lives_as_its_table_says),
		cmocka_unit_test(a_choice_is_read_as_it_is_written),
		cmocka_unit_test(what_is_said_becomes_what_is_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
