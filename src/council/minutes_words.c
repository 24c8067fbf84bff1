/* SPDX-License-Identifier: MIT */
/* Which entry of words.txt is which word of the form. */
#include "council/minutes_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/day_words.h"

static const char *const names[MINUTES_WORDS] = {
	[WORD_FORUM] = "minutes-forum",
	[WORD_WHEN] = "minutes-when",
	[WORD_PLACE] = "minutes-place",
	[WORD_PRESENT] = "minutes-present",
	[WORD_REGRETS] = "minutes-regrets",
	[WORD_MISSING] = "minutes-missing",
	[WORD_GUESTS] = "minutes-guests",
	[WORD_OBSERVERS] = "minutes-observers",
	[WORD_WRITER] = "minutes-writer",
	[WORD_DATE] = "minutes-date",
	[WORD_CASE] = "minutes-case",
	[WORD_CASE_WORKER] = "minutes-case-worker",
	[WORD_TEXT] = "minutes-text",
	[WORD_DECISION] = "minutes-decision",
	[WORD_SPEECHES] = "minutes-speeches",
	[WORD_PROMISES] = "minutes-promises",
	[WORD_END] = "minutes-end",
	[WORD_QUOTED] = "minutes-quoted",
	[WORD_POINT] = "minutes-point",
	[WORD_CLOSED] = "minutes-closed",
	[WORD_OPEN] = "minutes-open",
	[WORD_NOBODY] = "minutes-nobody",
	[WORD_AND] = "and",
	[WORD_MONTHS] = "months",
	[WORD_BY] = "minutes-by",
	[WORD_SAYS_PRESENT] = "minutes-says-present",
	[WORD_SAYS_REGRETS] = "minutes-says-regrets",
	[WORD_SAYS_MISSING] = "minutes-says-missing",
	[WORD_SAYS_GUEST] = "minutes-says-guest",
	[WORD_SAYS_OBSERVER] = "minutes-says-observer",
};

const struct minutes_words *
minutes_words_load(struct arena *arena, const char *language)
{
	struct minutes_words *words = arena_alloc(arena, sizeof *words);

	for (int i = 0; i < MINUTES_WORDS; i++)
		words->of[i] = words_get(arena, language, names[i]);
	return words;
}

struct budget_words
budget_words_load(struct arena *arena, const char *language)
{
	return (struct budget_words){
		.granted = words_get(arena, language, "budget-granted"),
		.used = words_get(arena, language, "budget-used"),
		.unit = words_get(arena, language, "budget-unit"),
		.last_year = words_get(arena, language, "budget-last-year"),
	};
}

const char *
minutes_word_first(struct arena *arena, const struct minutes_words *words,
    enum minutes_word word)
{
	const char *list = words->of[word];

	return list == NULL ? "" : text_trim(arena, arena_strndup(arena,
	    list, strcspn(list, ";")));
}
