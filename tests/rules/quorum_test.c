/* SPDX-License-Identifier: MIT */
/* Whether a meeting can decide, and which group is not there. */
#include "test.h"

#include "rules/quorum.h"

#define LINES 7

/* c comes, a absent, t tentative, . silent, f filled by a substitute; the
 * last line is an appointee without a vote. Groups: u u r r s s, s. */
static const struct {
	const char *says, *replies;
	size_t rule;
	bool has, can;
	const char *empty;	/* groups with nobody */
} rolls[] = {
	{ "all come", "ccccccc", 0, true, true, "" },
	{ "nobody has said a word", ".......", 0, false, true, "" },
	{ "four of six are more than half", "ccccaaa", 0, true, true, "s" },
	{ "three of six are not", "cccaaaa", 0, false, false, "s" },
	{ "an appointee has no vote", "cccaaac", 0, false, false, "" },
	{ "a substitute fills the seat", "cccafaa", 0, true, true, "" },
	{ "perhaps is not enough", "ccctaaa", 0, false, true, "s" },
	{ "the body's own number", "ccaaaaa", 2, true, true, "rs" },
	{ "no user comes", "aaccccc", 0, true, true, "u" },
	{ "a silent user may come", "a.ccccc", 0, true, true, "" },
	{ "all have said no", "aaaaaaa", 0, false, false, "urs" },
};

static enum seat_reply
reply_of(char c)
{
	return c == 'c' ? SEAT_COMES : c == 'a' ? SEAT_ABSENT : c == 't' ?
	    SEAT_TENTATIVE : c == 'f' ? SEAT_FILLED : SEAT_SILENT;
}

static void
seats_are_counted(void **state)
{
	static const char *const groups[LINES] = { "u", "u", "r", "r", "s",
		"s", "s" };

	(void)state;
	for (size_t i = 0; i < sizeof rolls / sizeof rolls[0]; i++) {
		struct roll_line lines[LINES];
		struct roll roll = { lines, LINES };
		char empty[LINES + 1] = "";
		size_t n = 0;

		for (size_t k = 0; k < LINES; k++)
			lines[k] = (struct roll_line){ .group = groups[k],
				.votes = k < LINES - 1,
				.reply = reply_of(rolls[i].replies[k]) };
		for (size_t at = roll_empty_group(&roll, roll.n); at < roll.n;
		    at = roll_empty_group(&roll, at))
			empty[n++] = lines[at].group[0];
		empty[n] = '\0';
		if (roll_has_quorum(&roll, rolls[i].rule) != rolls[i].has ||
		    strcmp(empty, rolls[i].empty) != 0)
			print_error("%s: %s\n", rolls[i].says, empty);
		assert_int_equal(roll_votes(&roll), 6);
		assert_int_equal(roll_has_quorum(&roll, rolls[i].rule),
		    rolls[i].has);
		assert_int_equal(roll_can_have_quorum(&roll, rolls[i].rule),
		    rolls[i].can);
		assert_string_equal(empty, rolls[i].empty);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seats_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
