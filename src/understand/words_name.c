/* SPDX-License-Identifier: MIT */
/* The lines that end a letter: a closing formula, the name of the sender, a
 * telephone number or address. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

#define MAX_NAME_WORDS 6

static const struct phrases *
section(const char *name)
{
	return phrases_section(QUOTE_LEXICON, name);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_sender_word(const struct lines *l, const char *low, size_t n)
{
	for (size_t i = 0; i < l->n_names; i++)
		if (strlen(l->names[i]) == n &&
		    memcmp(l->names[i], low, n) == 0)
			return true;
	return false;
}

static bool
is_initial(const struct lines *l, const char *low, size_t n)
{
	for (size_t i = 0; n > 0 && i < l->n_names; i++)
		if (strncmp(l->names[i], low, n) == 0 &&
		    (n == 1 || (unsigned char)low[0] >= 0xC3) && n <= 2)
			return true;
	return false;
}

/* A word that begins with a capital: its lower case is another. */
static bool
is_capital(const char *text, const char *low)
{
	return *text != *low || ((unsigned char)*text >= 0xC3 &&
	    text[1] != low[1]);
}

/* No letter in it: a smiley, a heart, a dash. */
static bool
is_sign(const char *low, size_t n)
{
	if ((unsigned char)*low >= 0xE2)
		return true;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)low[i] >= 0x80 || is_digit(low[i]) ||
		    (low[i] >= 'a' && low[i] <= 'z'))
			return low[0] == '<' && n == 2;
	return true;
}

/*
 * Words that may stand behind a formula or on a name's line: capitals, the
 * sender's names, «fra», and after a comma his title. `loose` also takes two
 * small words («hilsen jimmy»).
 */
bool
name_fits(const struct lines *l, const char *text, const char *low, bool loose,
    bool need_sender)
{
	size_t words = 0, small = 0, known = 0, allowed = loose ? 2 : 0;
	bool title = false;

	if (strlen(text) != strlen(low) || strlen(low) > MAX_SIGNATURE_LINE)
		return false;
	while (*low != '\0') {
		size_t skip = strspn(low, " \t/,.*_~-()|"), n;

		title = title || (known > 1 &&
		    memchr(low, ',', skip) != NULL);
		low += skip;
		text += skip;
		n = strcspn(low, " \t,.*_~()|/-");
		if (n == 0)
			break;
		if ((is_digit(*low) && !loose) || low[n - 1] == '?' ||
		    (low[n - 1] == ':' && n > 1))
			return false;
		if (is_sign(low, n)) {	/* «Linda :)», «Linda <3» */
			low += n;
			text += n;
			continue;
		}
		/* «hilsen på vegne af bestyrelsen» */
		if (words++ == 0 && loose && phrases_at(section("behalf"),
		    low) != 0)
			allowed = MAX_NAME_WORDS;
		if (is_sender_word(l, low, n - (low[n - 1] == '!')) ||
		    (words == 1 &&
		    is_initial(l, low, n)))
			known++;
		else if (need_sender && words == 1)
			return false;
		else if (!is_capital(text, low) && !title &&
		    !(n == 3 && memcmp(low, "fra", 3) == 0) &&
		    !(n == 1 && *low == 'v') &&
		    !(n <= 3 && (memcmp(low, "og", 2) == 0 ||
		    memcmp(low, "af", 2) == 0 || memcmp(low, "&", 1) == 0)))
			small++;
		low += n;
		text += n;
	}
	if (words == 0)
		return !need_sender;
	return words <= MAX_NAME_WORDS && small <= allowed;
}

bool
line_is_name(const struct lines *l, size_t i)
{
	return name_fits(l, l->at[i].text, l->at[i].low, false, true);
}

/* Eight digits or more with spaces between at most: no date, no CPR number. */
static bool
has_phone(const char *low)
{
	size_t digits = 0;

	for (; *low != '\0'; low++) {
		if (is_digit(*low)) {
			if (++digits >= 8 && low[1] != '-' && low[1] != '/' &&
			    !is_digit(low[1]))
				return true;
		} else if (*low != ' ' && *low != '+' && *low != '(' &&
		    *low != ')')
			digits = 0;
	}
	return false;
}

bool
line_is_contact(const char *low)
{
	const char *p = low + strspn(low, " \t*|");
	size_t n = phrases_at(section("contact"), p);

	if (n != 0 && (p[n] == ' ' || p[n] == ':' || p[n - 1] == ':' ||
	    p[n - 1] == '.') && (strpbrk(p + n, "0123456789@") != NULL ||
	    strstr(p + n, "www") != NULL))
		return line_words(low) <= 12;
	if (n != 0 && (text_starts(p, "www.") || text_starts(p, "http")))
		return line_words(low) <= 3;
	if (strchr(low, '@') != NULL)
		return line_words(low) <= 4;
	return has_phone(low) && line_words(low) <= 12 &&
	    !line_ends_sentence(low);
}

/* The bytes that a formula takes at the start of a line; 0. */
size_t
closing_at(const char *low, bool *strict)
{
	size_t n = phrases_at(section("closing"), low), at = 0;

	*strict = false;
	if (n != 0)
		return n;
	n = phrases_at(section("closing-strict"), low);
	if (n != 0) {
		*strict = true;
		return n;
	}
	for (int words = 0; words < 4; words++) {
		if ((n = phrases_at(section("greeting-noun"), low + at)) != 0)
			return words > 0 ? at + n : 0;
		if ((n = phrases_at(section("greeting-lead"), low + at)) == 0)
			return 0;
		at += n;
		at += strcspn(low + at, " ");
		at += strspn(low + at, " ");
	}
	return 0;
}

bool
line_is_closing(const struct lines *l, size_t i)
{
	const struct line *line = &l->at[i];
	size_t skip = strspn(line->low, " \t*_"), n;
	bool strict;

	if (strlen(line->low) > MAX_SIGNATURE_LINE ||
	    strlen(line->low) != strlen(line->text))
		return false;
	n = closing_at(line->low + skip, &strict);
	if (n == 0)
		return false;
	n += skip;
	n += strspn(line->low + n, " ,.!*_-");
	return line->low[n] == '\0' || name_fits(l, line->text + n,
	    line->low + n, !strict, false);
}
