/* SPDX-License-Identifier: MIT */
/* Lines of a mail, for the files that sort them: whose they are, how they end,
 * whether somebody speaks of himself. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

static const struct phrases *
section(const char *name)
{
	return phrases_section(QUOTE_LEXICON, name);
}

bool
line_is_own(const struct lines *l, size_t i)
{
	return l->at[i].kind == WORDS_OWN && !l->at[i].blank;
}

void
lines_take(struct lines *l, size_t from, size_t to, enum words_kind kind,
    const char *sign)
{
	for (size_t i = from; i < to; i++)
		if (l->at[i].kind == WORDS_OWN)
			l->at[i].kind = kind;
	lines_sign(l, sign);
}

/* The end of the paragraph that begins at `i`. */
size_t
lines_paragraph(const struct lines *l, size_t i, size_t to)
{
	while (i < to && line_is_own(l, i))
		i++;
	return i;
}

bool
line_ends_sentence(const char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" )\"*_", text[n - 1]) != NULL)
		n--;
	return n > 0 && strchr(".!?", text[n - 1]) != NULL;
}

size_t
line_words(const char *low)
{
	size_t n = 0;

	for (bool in = false; *low != '\0'; low++) {
		bool space = *low == ' ' || *low == '\t';

		n += !space && !in;
		in = !space;
	}
	return n;
}

/* Somebody speaks of himself, not inside «…» or "…": a motto may. */
bool
line_says_self(struct arena *arena, const char *low)
{
	char *copy = arena_strdup(arena, low);
	bool in = false;

	for (char *p = copy; *p != '\0'; p++) {
		unsigned char a = (unsigned char)p[0];
		unsigned char b = (unsigned char)p[1];

		if (a == '"')
			in = !in;
		else if (a == 0xC2 && (b == 0xAB || b == 0xBB))
			in = b == 0xAB;
		else if (a == 0xE2 && b == 0x80 && (p[2] == '\x9c' ||
		    p[2] == '\x9d' || p[2] == '\x9e'))
			in = p[2] != '\x9d' && !in;
		else if (in)
			*p = ' ';
	}
	return phrases_in(section("self"), copy, NULL) != NULL;
}

bool
line_is_rule(const char *low)
{
	size_t n = strspn(low, "-_=*~#+ \t");

	return low[n] == '\0' && n >= 3;
}
