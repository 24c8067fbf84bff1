/* SPDX-License-Identifier: MIT */
/* Runs of words, the marks between them gone. */
#include "rules/closed.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define RUN 3

/* « a b c »: lower case, one space around each word; HTML's tags are words
 * like others, its escapes marks. */
static const char *
words_of(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	const char *at = text_lower(arena, text);
	bool in_word = false;

	buf_add_char(&out, ' ');
	while (*at != '\0') {
		uint32_t code = text_next(&at);
		bool is = text_is_letter(code) || (code >= '0' &&
		    code <= '9');

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

bool
closed_leaks(struct arena *arena, const char *secret, const char *text)
{
	const char *at, *where;

	if (secret == NULL || text == NULL)
		return false;
	at = words_of(arena, secret);
	where = words_of(arena, text);
	if (strcmp(at, " ") == 0)
		return false;
	for (;;) {
		const char *end = at;
		int n = 0;

		while (n < RUN && end[1] != '\0') {
			end = strchr(end + 1, ' ');
			n++;
		}
		if (strstr(where, arena_strndup(arena, at,
		    (size_t)(end - at) + 1)) != NULL)
			return true;
		if (end[1] == '\0')
			return false;
		at = strchr(at + 1, ' ');
	}
}
