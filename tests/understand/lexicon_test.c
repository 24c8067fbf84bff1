/* SPDX-License-Identifier: MIT */
/* The lexicon: every rule is shown by the sentence that taught it, and a file
 * that is none is refused with its line. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "understand/lexicon.h"
#include "understand/person.h"
#include "understand/understand.h"
#include "understand/when.h"

static struct lexicon *lexicon;

/* Says which row it was; the test goes on, to tell them all. */
#define print_bad(...) (print_message(__VA_ARGS__), print_message("\n"), 1)

static int
open_all(void **state)
{
	struct err err;

	(void)state;
	return lexicon_open(NULL, &lexicon, &err) == RC_OK ? 0 : 1;
}

static int
close_all(void **state)
{
	(void)state;
	lexicon_close(&lexicon);
	return lexicon == NULL ? 0 : 1;
}

static bool
shows(struct arena *arena, const char *text, enum meaning meaning)
{
	struct tokens tokens;
	struct world world = { 0 };
	struct date sent = { 2026, 11, 4 };
	const struct match *list;
	size_t n;

	tokens_read(arena, "", false, text, &tokens);
	lexicon_know(lexicon, arena, &tokens);
	(void)when_find(lexicon, arena, &tokens, sent, &n);
	(void)person_find(lexicon, arena, &tokens, &world, NULL, &n);
	list = lexicon_find(lexicon, arena, &tokens, &n);
	for (size_t i = 0; i < n; i++)
		if (list[i].meaning == meaning)
			return true;
	return false;
}

static void
every_rule_is_shown_by_its_example(void **state)
{
	struct arena *arena = arena_open();
	int bad = 0;

	(void)state;
	assert_true(lexicon_rules(lexicon) > 400);
	for (size_t i = 0; i < lexicon_rules(lexicon); i++) {
		arena_reset(arena);
		if (!shows(arena, lexicon_rule_example(lexicon, i),
		    lexicon_rule_meaning(lexicon, i)))
			bad += print_bad("%s: «%s»", lexicon_rule_place(lexicon, i),
			    lexicon_rule_example(lexicon, i));
	}
	assert_int_equal(bad, 0);
	arena_close(&arena);
}

static void
a_phrase_is_found_in_any_spelling(void **state)
{
	static const struct { const char *text; enum meaning meaning; bool is; }
	rows[] = {
		{ "Jeg kan desværre ikke komme", MEANS_ABSENCE, true },
		{ "JEG KAN IKKE KOMME", MEANS_ABSENCE, true },
		{ "Jeg kan desvaerre ikke vaere med", MEANS_ABSENCE, true },
		{ "Jeg kan desvarre ikke vare med", MEANS_ABSENCE, true },
		{ "jeg ka ik komme", MEANS_ABSENCE, true },
		{ "Jeg delttager den 26.", MEANS_ATTENDANCE, true },
		{ "Vi havde en dejlig sommer", MEANS_ATTENDANCE, false },
		{ "Jeg kommer ikke udenom det", MEANS_ABSENCE, false },
		{ "Jeg kommer ikke med bemærkninger", MEANS_ABSENCE, false },
		{ "Jeg kan næsten ikke vente til den 26.", MEANS_ABSENCE,
		    false },
		{ "Jeg melder ikke afbud", MEANS_ABSENCE, false },
		{ "Jeg melder ikke afbud", MEANS_ATTENDANCE, true },
		{ "Kommer ikke, mindst", MEANS_ABSENCE, true },
	};
	int bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *arena = arena_open();

		if (shows(arena, rows[i].text, rows[i].meaning) != rows[i].is)
			bad += print_bad("«%s»", rows[i].text);
		arena_close(&arena);
	}
	assert_int_equal(bad, 0);
}

static void
a_rule_that_is_none_names_its_line(void **state)
{
	static const struct { const char *file, *says; } rows[] = {
		{ "absence kan ikke\n", "da.lexicon:1: a rule needs" },
		{ "\nabsens kan ikke ; x\n", "da.lexicon:2: «absens»" },
		{ "absence @hvad ; x\n", "da.lexicon:1: a set that" },
		{ "absence kan ..99 ikke ; x\n", "da.lexicon:1: a gap" },
		{ "absence <what> ; x\n", "da.lexicon:1: no such unit" },
		{ "value month\n", "da.lexicon:1: value KIND" },
	};
	char folder[] = "/tmp/raadspost-lexicon.XXXXXX";
	char path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/da.lexicon", folder);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lexicon *bad = NULL;
		struct err err = { "" };
		FILE *f = fopen(path, "we");

		assert_non_null(f);
		(void)fputs(rows[i].file, f);
		(void)fclose(f);
		assert_int_equal(lexicon_open(folder, &bad, &err), RC_STOP);
		assert_null(bad);
		assert_non_null(strstr(err.text, rows[i].says));
	}
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
a_text_of_fillers_costs_no_more_than_another(void **state)
{
	struct arena *arena = arena_open();
	const size_t words = 200000;
	char *text = arena_alloc(arena, words * 4 + 1);
	struct tokens tokens;
	size_t n;

	(void)state;
	for (size_t i = 0; i < words; i++)
		memcpy(text + i * 4, i % 3 == 0 ? "kan " : i % 3 == 1
		    ? "nok " : "jeg ", 4);
	tokens_read(arena, "", false, text, &tokens);
	assert_true(tokens.cut);
	assert_true(tokens.n <= TOKENS_MAX);
	lexicon_know(lexicon, arena, &tokens);
	(void)lexicon_find(lexicon, arena, &tokens, &n);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_is_shown_by_its_example),
		cmocka_unit_test(a_phrase_is_found_in_any_spelling),
		cmocka_unit_test(a_rule_that_is_none_names_its_line),
		cmocka_unit_test(a_text_of_fillers_costs_no_more_than_another),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
