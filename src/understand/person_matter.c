/* SPDX-License-Identifier: MIT */
/* Phrases of matters about persons. */
#include "understand/person_matter.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"

/* « klage over en leder »: lower case, one space around each word. */
static const char *
words_of(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	const char *at = text_lower(arena, text);
	bool in_word = false;

	buf_add_char(&out, ' ');
	while (*at != '\0') {
		uint32_t code = text_next(&at);
		bool is = text_is_letter(code) || code == '*';

		if (is)
			buf_add_code(&out, code);
		else if (in_word)
			buf_add_char(&out, ' ');
		in_word = is;
	}
	if (in_word)
		buf_add_char(&out, ' ');
	return buf_text(&out);
}

/* A phrase that ends in `*` may go on within its last word. */
static bool
is_there(struct arena *arena, const char *words, const char *phrase)
{
	const char *want = words_of(arena, phrase);
	size_t n = strlen(want);

	if (n >= 3 && want[n - 2] == '*')
		want = arena_strndup(arena, want, n - 2);
	return want[1] != '\0' && strstr(words, want) != NULL;
}

bool
person_matter_is(struct arena *arena, const char *text)
{
	const struct embedded *file = embedded_find(
	    "src/understand/person_matter.lexicon");
	const char **lines, *words;
	size_t n;

	assert(file != NULL);
	if (text == NULL)
		return false;
	words = words_of(arena, text);
	lines = text_lines(arena, arena_strndup(arena, file->data, file->n),
	    &n);
	for (size_t i = 0; i < n; i++)
		if (lines[i][0] != '#' && lines[i][0] != '[' &&
		    is_there(arena, words, lines[i]))
			return true;
	return false;
}
