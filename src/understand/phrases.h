/* SPDX-License-Identifier: MIT */
/* understand/phrases.h: lists of phrases, and where one stands in a text.
 *
 * Shapes   a file of sections `[name]` with a phrase a line, `#` begins a
 *          comment; lower case UTF-8. A phrase matches whole words, one that
 *          ends in `*` also the beginning of a longer word
 * Units    the cost of a search grows with the text, not with the list
 * Errors   a file that is not built in is a mistake of ours (assert)
 * Owner    the program's own: read once, kept for ever
 */
#ifndef UNDERSTAND_PHRASES_H
#define UNDERSTAND_PHRASES_H

#include <stddef.h>

struct arena;
struct phrases;

/* The words of a text for phrases that any mark may stand within: «E-post:
 * kun tekst!» gives "e post kun tekst". */
const char *phrases_text(struct arena *arena, const char *text);

/* The section of a file that is built in; NULL where it has none. */
const struct phrases *phrases_section(const char *file, const char *section);

/* The number of bytes that the longest phrase takes at the start of `low`
 * (a lower case text), 0 where none does. */
size_t phrases_at(const struct phrases *phrases, const char *low);

/* The first place in `low` where a phrase stands, at a word's start; NULL.
 * *n, where not NULL, is its length. */
const char *phrases_in(const struct phrases *phrases, const char *low,
	size_t *n);

/* True where `low` is a phrase and nothing else. */
int phrases_is(const struct phrases *phrases, const char *low);

#endif
