/* SPDX-License-Identifier: MIT */
/* Whether the two forms of a mail say the same, and in which set the HTML
 * is written. */
#include <string.h>

#include "base/arena.h"
#include "mail/html_text.h"

#define META_BYTES 1024	/* HTML standard §13.2.3.2: where <meta> must be */
#define WINDOW 60	/* words looked ahead to find the common ones again */
#define AGREE 2		/* words in a row that are alike again */

/* --- the words of a text ----------------------------------------------- */

struct word {
	const char *at;	/* borrowed, as written */
	size_t n;
	uint64_t hash;	/* of the lower case letters */
	bool is_mark;	/* may be a list's, drawn by the browser */
};

struct words {
	struct word *list;
	size_t n;
};

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Links and addresses stand in one form and not in the other; so do the
 * names of pictures, "[cid:…]", "[Logo]". Gives the length to skip. */
static size_t
noise_length(const char *p)
{
	size_t n;

	switch (*p) {
	case 'h': case 'H': case 'm': case 'M': case 't': case 'T':
	case 'w': case 'W': case '[':
		break;
	default:
		return 0;
	}
	if (text_starts_nocase(p, "http://")
	    || text_starts_nocase(p, "https://")
	    || text_starts_nocase(p, "mailto:")
	    || text_starts_nocase(p, "tel:")
	    || text_starts_nocase(p, "www."))
		return strcspn(p, " \n\t<>\"");
	if (*p == '[') {
		n = strcspn(p, "]\n");
		if (p[n] == ']' && n < 80)
			return n + 1;
	}
	return 0;
}

/* At least as many as there are: each begins behind a sign, or at one beyond
 * ASCII. */
static size_t
count_words(const char *text)
{
	size_t n = 1;
	bool inside = false;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		bool is_word = c >= 0x80 || is_digit(c)
		    || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		n += (is_word && !inside) || c >= 0xC0;
		inside = is_word;
	}
	return n;
}

/* The letter that a program writes where its set lacks the right one. */
static uint32_t
fold(uint32_t c)
{
	static const char latin[] = /* U+0100 to U+017F */
	    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
	    "llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuu"
	    "wwyyyzzzzzzs";

	c = text_lower_code(c);
	return c >= 0x100 && c < 0x100 + sizeof latin - 1
	    ? (unsigned char)latin[c - 0x100] : c;
}

/* "1. ", "a) ", "o  " at a line's beginning: a list's mark, which a browser
 * draws and a text writes; or a date where the line was wrapped. */
static bool
is_mark(const char *p)
{
	size_t n = 0;

	while (is_digit((unsigned char)p[n]) && n < 3)
		n++;
	if (n == 0 && ((p[0] >= 'a' && p[0] <= 'z')
	    || (p[0] >= 'A' && p[0] <= 'Z')))
		n = 1;
	if (n > 0 && (p[n] == '.' || p[n] == ')') && (p[n + 1] == ' '
	    || p[n + 1] == '\t'))
		return true;
	return p[0] == 'o' && (p[1] == '\t' || (p[1] == ' ' && p[2] == ' '));
}

static struct words
words_read(struct arena *arena, const char *text)
{
	size_t cap = count_words(text);
	struct words w = { .list = arena_array(arena, cap, sizeof *w.list) };
	const char *p = text;
	bool at_start = true;

	while (*p != '\0' && w.n < cap) {
		struct word word = { .at = p, .hash = 0xcbf29ce484222325u,
			.is_mark = at_start && is_mark(p) };
		size_t skip = noise_length(p);

		at_start = *p == '\n' || (at_start
		    && (*p == ' ' || *p == '>' || *p == '\t'));

		if (skip > 0) {
			p += skip;
			continue;
		}
		for (;;) {
			const char *next = p + 1;
			uint32_t c = (unsigned char)*p;

			if (c >= 'A' && c <= 'Z')
				c += 32;
			else if (c >= 0x80) {
				next = p;
				c = text_next(&next);
				if (!text_is_letter(c))
					break;
				c = fold(c);
			} else if (!(c >= 'a' && c <= 'z') && !is_digit(c))
				break;
			word.hash = (word.hash ^ c) * 0x100000001b3u;
			p = next;
		}
		word.n = (size_t)(p - word.at);
		if (word.n == 0)
			(void)text_next(&p);
		else
			w.list[w.n++] = word;
	}
	return w;
}

/* --- the same words? --------------------------------------------------- */

/* What one form may have alone: single letters, what a program writes for a
 * picture. */
static bool
is_meaningful(const struct words *w, size_t from, size_t to)
{
	static const char *const nothing[] = { "image", "billede", "logo",
		"cid", "png", "jpg", "gif", "emoji" };

	for (size_t i = from; i < to; i++) {
		const struct word *word = &w->list[i];
		bool is_nothing = word->n < 2 && !is_digit(
		    (unsigned char)*word->at);

		for (size_t k = 0; k < sizeof nothing / sizeof *nothing
		    && !is_nothing; k++)
			is_nothing = strlen(nothing[k]) == word->n
			    && text_starts_nocase(word->at, nothing[k]);
		if (!is_nothing)
			return true;
	}
	return false;
}

static bool
agrees(const struct words *a, size_t i, const struct words *b, size_t j)
{
	for (size_t k = 0; k < AGREE; k++) {
		if (i + k >= a->n || j + k >= b->n)
			return i + k >= a->n && j + k >= b->n;
		if (a->list[i + k].hash != b->list[j + k].hash)
			return false;
	}
	return true;
}

/* A list's mark in one form, and both go on alike behind it. */
static bool
skips_mark(const struct words *a, size_t i, const struct words *b, size_t j)
{
	return i + 1 < a->n && j < b->n && a->list[i].is_mark
	    && a->list[i + 1].hash == b->list[j].hash;
}

/* The nearest place where both go on alike. */
static bool
meet_again(const struct words *a, size_t *i, const struct words *b, size_t *j)
{
	for (size_t sum = 1; sum <= WINDOW; sum++)
		for (size_t k = 0; k <= sum; k++)
			if (agrees(a, *i + k, b, *j + sum - k)) {
				*i += k;
				*j += sum - k;
				return true;
			}
	return false;
}

bool
html_text_differs(struct arena *arena, const char *text,
    const char *html_text)
{
	struct words a = words_read(arena, text);
	struct words b = words_read(arena, html_text);
	size_t i = 0, j = 0;

	while (i < a.n || j < b.n) {
		size_t from_a = i, from_b = j;

		if (i < a.n && j < b.n
		    && a.list[i].hash == b.list[j].hash) {
			i++;
			j++;
			continue;
		}
		if (skips_mark(&a, i, &b, j)) {
			i++;
			continue;
		}
		if (skips_mark(&b, j, &a, i)) {
			j++;
			continue;
		}
		if (!meet_again(&a, &i, &b, &j)) {
			i = a.n;
			j = b.n;
		}
		if (is_meaningful(&a, from_a, i < a.n ? i : a.n)
		    || is_meaningful(&b, from_b, j < b.n ? j : b.n))
			return true;
	}
	return false;
}

/* --- the set ----------------------------------------------------------- */

/* A part that names no set may do so within (Outlook's fragments do). */
const char *
html_charset(struct arena *arena, const char *named, struct bytes html)
{
	const char *head, *at;
	size_t n;

	if (named != NULL && !text_equal_nocase(named, "us-ascii"))
		return named;
	head = text_repair(arena, html.n == 0 ? "" : (const char *)html.data,
	    html.n < META_BYTES ? html.n : META_BYTES);
	at = text_find_nocase(head, "charset=");
	if (at == NULL)
		return named;
	at += strlen("charset=");
	at += *at == '"' || *at == '\'';
	n = strcspn(at, "\"' ;>/\n");
	return n == 0 ? named : arena_strndup(arena, at, n);
}
