/* SPDX-License-Identifier: MIT */
/* A closed point's words, where they may not stand. */
#include "test.h"

#include "base/arena.h"
#include "rules/closed.h"

static const struct {
	const char *says, *secret, *text;
	bool leaks;
} cases[] = {
	{ "a title", "Klage over en leder",
	    "1. Velkommen\n2. Klage over en leder", true },
	{ "a part of it", "Klage over en leder på centret",
	    "Noget: over en LEDER!", true },
	{ "through HTML", "Klage over en leder",
	    "<li>klage</li> over&nbsp;x, Klage over, en leder", true },
	{ "a single word", "Kanariefugl", "der er en kanariefugl.", true },
	{ "two words", "Per Holm", "Holm, Per og Per Holm", true },
	{ "in another order", "Per Holm", "Holm, Per", false },
	{ "part of a word", "Kanarie", "Kanariefugl", false },
	{ "only two of its words", "Klage over en leder",
	    "klage over x en leder", false },
	{ "nothing closed", NULL, "x", false },
	{ "marks alone", "...", "...", false },
	{ "its end", "a b c d", "x b c d", true },
	{ "small words of a long text",
	    "Der blev sagt noget om den leder som rådet ikke kan enes om",
	    "Der blev sagt noget om bussen.", false },
	{ "four words of a long text, one of them its own",
	    "Der blev sagt noget om den leder, som rådet vil opsige straks",
	    "og rådet vil opsige straks, blev det sagt", true },
};

static void
words_of_a_closed_point_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_open();

		if (closed_leaks(arena, cases[i].secret, cases[i].text) !=
		    cases[i].leaks)
			print_error("%s\n", cases[i].says);
		assert_int_equal(closed_leaks(arena, cases[i].secret,
		    cases[i].text), cases[i].leaks);
		arena_close(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_closed_point_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
