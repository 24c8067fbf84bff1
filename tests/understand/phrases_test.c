/* SPDX-License-Identifier: MIT */
/* The lists of phrases: each has an example that needs it, each example its
 * phrase; and how they match. */
#include "test.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "understand/phrases.h"

static const char *const files[] = { "quote", "silence", "bounce",
	"address", "member", "reader_choice", "person_matter", "workshop" };

static const char *
file_read(struct arena *arena, const char *name)
{
	struct buf buf = buf_open(arena);
	char part[4096];
	size_t n;
	FILE *file = fopen(arena_printf(arena,
	    "tests/understand/phrases/%s.txt", name), "r");

	assert_non_null(file);
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		buf_add_n(&buf, part, n);
	(void)fclose(file);
	return buf_text(&buf);
}

struct walk {
	const char *const *lines;
	size_t n, at;
	const char *section;
};

/* The next line that is neither empty nor a comment; a section's line is
 * taken over. NULL at the end. */
static const char *
walk_next(struct arena *arena, struct walk *w)
{
	while (w->at < w->n) {
		const char *line = text_trim(arena, arena_strndup(arena,
		    w->lines[w->at], strcspn(w->lines[w->at], "#")));

		w->at++;
		if (*line == '\0')
			continue;
		if (*line != '[' || !text_ends(line, "]"))
			return line;
		w->section = arena_strndup(arena, line + 1,
		    strlen(line) - 2);
	}
	return NULL;
}

static void
each_phrase_has_an_example_that_needs_it(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
		const char *name = arena_printf(arena,
		    "src/understand/%s.lexicon", files[f]);
		struct walk lexicon = { 0 }, examples = { 0 };
		const char *phrase, *example;

		lexicon.lines = text_lines(arena,
		    embedded_find(name)->data, &lexicon.n);
		examples.lines = text_lines(arena, file_read(arena,
		    files[f]), &examples.n);
		while ((phrase = walk_next(arena, &lexicon)) != NULL) {
			size_t n = strlen(phrase), got = 0;
			const struct phrases *list;
			const char *at;

			n -= phrase[n - 1] == '*';
			example = walk_next(arena, &examples);
			assert_non_null(example);
			assert_string_equal(lexicon.section,
			    examples.section);
			list = phrases_section(name, lexicon.section);
			/* a shorter phrase may begin earlier in the line */
			for (at = example; (at = phrases_in(list, at, &got))
			    != NULL && got != n; at++)
				;
			if (at == NULL || strncmp(at, phrase, n) != 0)
				print_message("%s [%s] %s: %s\n", files[f],
				    lexicon.section, phrase, example);
			assert_non_null(at);
			assert_memory_equal(at, phrase, n);
		}
		assert_null(walk_next(arena, &examples));
	}
	arena_close(&arena);
}

static void
phrases_match_whole_words(void **state)
{
	const struct phrases *footer = phrases_section(
	    "src/understand/quote.lexicon", "footer");
	const struct phrases *lead = phrases_section(
	    "src/understand/quote.lexicon", "greeting-lead");
	size_t n;

	(void)state;
	assert_int_equal(phrases_at(footer, "sendt fra min iphone"),
	    strlen("sendt fra min"));
	assert_int_equal(phrases_at(footer, "sendt fra mine venner"), 0);
	assert_int_equal(phrases_at(lead, "kærligste"), strlen("kærlig"));
	assert_null(phrases_in(footer, "absendt fra min", &n));
	assert_non_null(phrases_in(footer, "«sendt fra min»", &n));
	assert_true(phrases_is(footer, "sendt via"));
	assert_false(phrases_is(footer, "sendt via x"));
	assert_int_equal(phrases_at(footer, ""), 0);
	assert_null(phrases_section("src/understand/quote.lexicon", "none"));
}

/* Any mark may stand between the words; letters alone count. */
static void
the_words_of_a_text_are_those_of_any_marks(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_string_equal(phrases_text(arena, "  E-post: KUN tekst!\n"),
	    "e post kun tekst");
	assert_string_equal(phrases_text(arena, "Større, tak (2)."),
	    "større tak");
	assert_string_equal(phrases_text(arena, " ?! "), "");
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_phrase_has_an_example_that_needs_it),
		cmocka_unit_test(phrases_match_whole_words),
		cmocka_unit_test(the_words_of_a_text_are_those_of_any_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
