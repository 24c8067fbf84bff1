/* SPDX-License-Identifier: MIT */
/* The life of a promise, and money in words. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"
#include "rules/budget.h"
#include "rules/follow_up.h"

/* Every pair: what is not in the table cannot happen. */
static void
a_promise_lives_as_its_table_says(void **state)
{
	enum { O = FOLLOW_UP_OPEN, M = FOLLOW_UP_MOVED, D = FOLLOW_UP_DONE,
		X = FOLLOW_UP_DROPPED };
	/* accept, finish, move, drop */
	static const int table[FOLLOW_UP_STATES][FOLLOW_UP_ACTS] = {
		[FOLLOW_UP_PROPOSED] = { O, D, -1, X },
		[FOLLOW_UP_OPEN] = { -1, D, M, X },
		[FOLLOW_UP_MOVED] = { -1, D, M, X },
		[FOLLOW_UP_DONE] = { -1, -1, -1, -1 },
		[FOLLOW_UP_DROPPED] = { -1, -1, -1, -1 },
	};

	(void)state;
	for (int from = 0; from < FOLLOW_UP_STATES; from++) {
		enum follow_up_state read;

		assert_true(follow_up_state_read(follow_up_state_word(
		    (enum follow_up_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < FOLLOW_UP_ACTS; act++) {
			enum follow_up_state to;
			bool may = follow_up_may((enum follow_up_state)from,
			    (enum follow_up_act)act, &to);

			assert_int_equal(may, table[from][act] >= 0);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
}

static const struct {
	const char *text, *want;
} money[] = {
	{ "Der er bevilget op til 5.000 kr. i år.", "+500000/2022 " },
	{ "Sidste år blev 4.900 kr. brugt på madpakker.", "-490000/2021 " },
	{ "4.900 kr. brugt sidste år. Op til 5.000 kr. bevilget i år",
	    "-490000/2021 +500000/2022 " },
	{ "Brugt: kr. 120,50", "-12050/2022 " },
	{ "Vi talte om 5.000 kr.", "" },
	{ "Der er bevilget penge.", "" },
	{ "12 medlemmer brugte 3 timer", "" },
	{ "bevilget 99999999999999999999 kr.", "" },
	{ "Bevilget 1.234.567 kr., brugt 3 kr.", "" },
};

static void
money_is_read_where_the_words_are_plain(void **state)
{
	static const struct budget_words words = { .granted = "bevilg",
		.used = "brugt; brugte", .unit = "kr; kroner",
		.last_year = "sidste år" };

	(void)state;
	for (size_t i = 0; i < sizeof money / sizeof money[0]; i++) {
		struct arena *arena = arena_open();
		struct budget_line lines[8];
		struct buf out = buf_open(arena);
		size_t n = budget_read(arena, &words, money[i].text, 2022,
		    lines, 8);

		for (size_t k = 0; k < n; k++)
			buf_addf(&out, "%c%lld/%d ", lines[k].kind ==
			    BUDGET_GRANTED ? '+' : '-',
			    (long long)lines[k].amount_ore, lines[k].year);
		assert_string_equal(out.n > 0 ? buf_text(&out) : "",
		    money[i].want);
		arena_close(&arena);
	}
}

static void
a_year_is_added_up(void **state)
{
	static const struct budget_line lines[] = {
		{ BUDGET_GRANTED, 500000, 2022, "" },
		{ BUDGET_USED, 490000, 2021, "" },
		{ BUDGET_USED, 12050, 2022, "" },
	};
	struct arena *arena = arena_open();
	struct budget_sum sum = budget_add_up(lines, 3, 2022);

	(void)state;
	assert_true(sum.any);
	assert_string_equal(budget_amount(arena, sum.granted_ore), "5.000");
	assert_string_equal(budget_amount(arena, sum.used_ore), "120,50");
	assert_string_equal(budget_amount(arena, sum.granted_ore -
	    sum.used_ore), "4.879,50");
	assert_string_equal(budget_amount(arena, -123456700), "-1.234.567");
	assert_false(budget_add_up(lines, 3, 2020).any);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_promise_lives_as_its_table_says),
		cmocka_unit_test(money_is_read_where_the_words_are_plain),
		cmocka_unit_test(a_year_is_added_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
