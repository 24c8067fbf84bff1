/* SPDX-License-Identifier: MIT */
/* Reads a search: its command, its words, its year. */
#include "understand/find_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/find.lexicon"
#define WORDS_MOST 8		/* more is a sentence, not a search */
#define STEM_LETTERS 4		/* «huse» stays: «hus» would find «husk» */
#define NUMBER_DIGITS 9

static bool
is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

/* The words in lower case, letters and digits alone. */
static const char **
words_of(struct arena *arena, const char *text, size_t *n)
{
	const char **list = arena_array(arena, strlen(text) / 2 + 2,
	    sizeof *list);
	const char *at = text_lower(arena, text);
	struct buf word = buf_open(arena);

	*n = 0;
	for (;;) {
		uint32_t code = text_next(&at);

		if (code != 0 && (text_is_letter(code) || is_digit(code))) {
			buf_add_code(&word, code);
			continue;
		}
		if (word.n > 0)
			list[(*n)++] = buf_text(&word);
		word = buf_open(arena);
		if (code == 0)
			return list;
	}
}

static size_t
letters_in(const char *word)
{
	size_t n = 0;

	while (text_next(&word) != 0)
		n++;
	return n;
}

/* «boligerne» is looked for as «bolig…». */
static const char *
stem_of(struct arena *arena, const char *word)
{
	const struct phrases *endings = phrases_section(LEXICON, "ending");
	size_t length = strlen(word);

	for (size_t i = 1; i < length; i++) {
		const char *head = arena_strndup(arena, word, i);

		if (text_is_utf8(head, i) && letters_in(head) >= STEM_LETTERS
		    && phrases_is(endings, word + i))
			return head;
	}
	return word;
}

static int
year_of(const char *word)
{
	int year = strlen(word) == 4 && strspn(word, "0123456789") == 4 ?
	    atoi(word) : 0;

	return year >= 1970 && year < 2100 ? year : 0;
}

bool
find_words_read(struct arena *arena, const char *words,
    struct find_words *find)
{
	struct buf match = buf_open(arena);
	size_t n;
	const char **list = words_of(arena, words, &n);
	int year = 0;

	for (size_t i = 0; i < n; i++) {
		if (n > 1 && year == 0 && (year = year_of(list[i])) != 0)
			continue;
		buf_addf(&match, "%s\"%s\" *", match.n > 0 ? " AND " : "",
		    stem_of(arena, list[i]));
	}
	*find = (struct find_words){ buf_text(&match), year };
	return match.n > 0;
}

int
find_number_read(struct arena *arena, const char *words)
{
	size_t n;
	const char **list = words_of(arena, words, &n);

	return n == 2 && phrases_is(phrases_section(LEXICON, "number"),
	    list[0]) && strspn(list[1], "0123456789") == strlen(list[1]) &&
	    strlen(list[1]) <= NUMBER_DIGITS ? atoi(list[1]) : 0;
}

const char *
find_command_read(struct arena *arena, const char *line)
{
	const char *at = text_squeeze(arena, line);
	size_t length = phrases_at(phrases_section(LEXICON, "command"),
	    text_lower(arena, at)), n;
	const char *rest;

	if (length == 0)
		return NULL;
	rest = text_trim(arena, at + length + strspn(at + length, " :«\""));
	words_of(arena, rest, &n);
	if (n == 0 || n > WORDS_MOST || strpbrk(rest, "?!@") != NULL ||
	    phrases_at(phrases_section(LEXICON, "none"), text_lower(arena,
	    rest)) > 0)
		return NULL;
	return rest;
}
