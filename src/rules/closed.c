/* SPDX-License-Identifier: MIT */
/* Runs of words, the marks between them gone. */
#include "rules/closed.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define RUN 3		/* of a title or a name */
#define LONG_TEXT 9	/* words: more are somebody's prose, … */
#define LONG_RUN 4	/* … where «der blev sagt» stands in every other text, */
#define RARE_BYTES 6	/* and four words of which none is as long as this */

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

static size_t
count_words(const char *words)
{
	size_t n = 0;

	for (const char *at = words + 1; *at != '\0'; at++)
		n += *at == ' ';
	return n;
}

static bool
has_rare_word(const char *run)
{
	for (const char *at = run + 1; *at != '\0'; ) {
		size_t n = strcspn(at, " ");

		if (n >= RARE_BYTES)
			return true;
		at += n + 1;
	}
	return false;
}

bool
closed_leaks(struct arena *arena, const char *secret, const char *text)
{
	const char *at, *where, *run;
	bool is_prose;

	if (secret == NULL || text == NULL)
		return false;
	at = words_of(arena, secret);
	where = words_of(arena, text);
	if (strcmp(at, " ") == 0)
		return false;
	is_prose = count_words(at) >= LONG_TEXT;
	for (;;) {
		const char *end = at;
		int n = 0;

		while (n < (is_prose ? LONG_RUN : RUN) && end[1] != '\0') {
			end = strchr(end + 1, ' ');
			n++;
		}
		run = arena_strndup(arena, at, (size_t)(end - at) + 1);
		if ((!is_prose || has_rare_word(run)) &&
		    strstr(where, run) != NULL)
			return true;
		if (end[1] == '\0')
			return false;
		at = strchr(at + 1, ' ');
	}
}
