/* SPDX-License-Identifier: MIT */
/* The counting rule against the examples that Markus Schulze gives of his
 * method (examples 1 to 4 of his page of examples, as in Wikipedia's article
 * «Schulze method»), and small councils with partial ballots by hand. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "rules/count.h"

#define VOTERS_MOST 60

struct votes {
	size_t n;
	const char *ballot;
};

/* «1E 2A 3C»: places and letters in the order found. */
static const char *
told(const struct count *c)
{
	static char text[COUNT_TOPICS * 4];
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%zu%c",
		    i > 0 ? " " : "", c->lines[i].place, c->lines[i].letter);
	return text;
}

static void
counted(const char *letters, const struct votes *votes, struct count *c)
{
	const char *ballots[VOTERS_MOST];
	size_t n = 0;

	for (; votes->n > 0; votes++)
		for (size_t i = 0; i < votes->n; i++) {
			assert_true(n < VOTERS_MOST);
			ballots[n++] = votes->ballot;
		}
	count_ballots(letters, ballots, n, c);
}

static void
schulzes_first_example_has_his_pairs_paths_and_order(void **state)
{
	static const struct votes votes[] = { { 5, "ACBED" }, { 5, "ADECB" },
		{ 8, "BEDAC" }, { 3, "CABED" }, { 7, "CAEBD" },
		{ 2, "CBADE" }, { 7, "DCEBA" }, { 8, "EBADC" }, { 0, NULL } };
	static const size_t pairs[5][5] = {
		{ 0, 20, 26, 30, 22 }, { 25, 0, 16, 33, 18 },
		{ 19, 29, 0, 17, 24 }, { 15, 12, 28, 0, 14 },
		{ 23, 27, 21, 31, 0 } };
	static const size_t paths[5][5] = {
		{ 0, 28, 28, 30, 24 }, { 25, 0, 28, 33, 24 },
		{ 25, 29, 0, 29, 24 }, { 25, 28, 28, 0, 24 },
		{ 25, 28, 28, 31, 0 } };
	struct count c;

	(void)state;
	counted("ABCDE", votes, &c);
	for (size_t x = 0; x < 5; x++)
		for (size_t y = 0; y < 5; y++) {
			assert_int_equal(c.pairs[x][y], pairs[x][y]);
			assert_int_equal(c.paths[x][y], paths[x][y]);
		}
	assert_int_equal(c.ballots, 45);
	assert_string_equal(told(&c), "1E 2A 3C 4B 5D");
	assert_false(c.tied);
}

static void
schulzes_other_examples_come_out_as_he_says(void **state)
{
	static const struct votes two[] = { { 5, "ACBD" }, { 2, "ACDB" },
		{ 3, "ADCB" }, { 4, "BACD" }, { 3, "CBDA" }, { 3, "CDBA" },
		{ 1, "DACB" }, { 5, "DBAC" }, { 4, "DCBA" }, { 0, NULL } };
	static const struct votes three[] = { { 3, "ABDEC" }, { 5, "ADEBC" },
		{ 1, "ADECB" }, { 2, "BADEC" }, { 2, "BDECA" },
		{ 4, "CABDE" }, { 6, "CBADE" }, { 2, "DBECA" },
		{ 5, "DECAB" }, { 0, NULL } };
	struct count c;

	(void)state;
	counted("ABCD", two, &c);
	assert_string_equal(told(&c), "1D 2A 3C 4B");
	counted("ABCDE", three, &c);
	assert_string_equal(told(&c), "1B 2A 3D 4E 5C");
}

/* His fourth example has two potential winners, B and D, with B better than C
 * and D better than A, and nothing between the two pairs. */
static void
where_the_method_leaves_a_tie_first_places_decide(void **state)
{
	static const struct votes four[] = { { 3, "ABCD" }, { 2, "DABC" },
		{ 2, "DBCA" }, { 2, "CBDA" }, { 0, NULL } };
	struct count c;

	(void)state;
	counted("ABCD", four, &c);
	assert_true(c.paths[1][2] > c.paths[2][1]);
	assert_true(c.paths[3][0] > c.paths[0][3]);
	assert_int_equal(c.paths[1][3], c.paths[3][1]);
	/* D is first of four ballots, B of none; A of three, C of two */
	assert_string_equal(told(&c), "1D 2B 3A 4C");
}

static void
a_topic_that_is_not_named_stands_behind_those_that_are(void **state)
{
	static const struct votes votes[] = { { 3, "DA" }, { 1, "B" },
		{ 1, "ABCDE" }, { 0, NULL } };
	struct count c;

	(void)state;
	counted("ABCDE", votes, &c);
	/* D before A in three of four that name either; A before B in four;
	 * of C and E nobody but one says anything */
	assert_int_equal(c.pairs[3][0], 3);
	assert_int_equal(c.pairs[0][3], 1);
	assert_int_equal(c.pairs[0][1], 4);
	assert_int_equal(c.pairs[4][2], 0);
	assert_int_equal(c.pairs[2][4], 1);
	assert_string_equal(told(&c), "1D 2A 3B 4C 5E");
}

static void
topics_that_nothing_tells_apart_share_a_place(void **state)
{
	static const struct votes votes[] = { { 2, "AB" }, { 2, "BA" },
		{ 0, NULL } };
	struct count c;

	(void)state;
	counted("ABCD", votes, &c);
	assert_string_equal(told(&c), "1A 1B 3C 3D");
	assert_true(c.tied && c.lines[0].shared && c.lines[3].shared);
	count_ballots("AB", NULL, 0, &c);
	assert_string_equal(told(&c), "1A 1B");
	assert_int_equal(c.ballots, 0);
}

static void
letters_that_are_no_topic_or_come_twice_say_nothing(void **state)
{
	static const struct votes votes[] = { { 1, "XBBA" }, { 1, "X" },
		{ 1, "" }, { 0, NULL } };
	struct count c;

	(void)state;
	counted("AB", votes, &c);
	assert_int_equal(c.ballots, 1);
	assert_string_equal(told(&c), "1B 2A");
	assert_int_equal(c.pairs[1][0], 1);
	assert_int_equal(c.lines[0].firsts, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    schulzes_first_example_has_his_pairs_paths_and_order),
		cmocka_unit_test(schulzes_other_examples_come_out_as_he_says),
		cmocka_unit_test(
		    where_the_method_leaves_a_tie_first_places_decide),
		cmocka_unit_test(
		    a_topic_that_is_not_named_stands_behind_those_that_are),
		cmocka_unit_test(
		    topics_that_nothing_tells_apart_share_a_place),
		cmocka_unit_test(
		    letters_that_are_no_topic_or_come_twice_say_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
