/* SPDX-License-Identifier: MIT */
/* understand/words_part.h: the lines of a mail while words.c sorts them; for
 * the files of that name alone.
 *
 * Shapes   a line is without its LF, its quote marks and the white space at
 *          its end; `low` is its lower case
 * Owner    the arena
 */
#ifndef UNDERSTAND_WORDS_PART_H
#define UNDERSTAND_WORDS_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/world.h"
#include "understand/words.h"

struct arena;

#define QUOTE_LEXICON "src/understand/quote.lexicon"

/* Nobody types more lines than this; what is beyond is not read. */
#define MAX_LINES 10000
/* A longer line is a machine's: it is read to here. */
#define MAX_LINE_BYTES 20000

struct line {
	const char *text;
	const char *low;
	int depth;		/* quote marks before it */
	enum words_kind kind;
	bool blank;
	bool is_dash;		/* "-- ", RFC 3676 §4.3 */
};

struct lines {
	struct arena *arena;	/* borrowed */
	struct line *at;
	size_t n;
	const char *const *names;	/* of the sender, lower case words */
	size_t n_names;
	bool is_forward;	/* by the subject */
	bool has_calendar;	/* the mail answers an invitation */
	const char *forwarded_subject;
	const char *signs[12];	/* what was left out, for explain */
	size_t n_signs;
};

void lines_open(struct lines *lines, struct arena *arena, const char *text);

/* Notes a sign once. */
void lines_sign(struct lines *lines, const char *sign);

/* The next line at or after `i` that is not blank; lines->n. */
size_t lines_next(const struct lines *lines, size_t i);

/* words_quote.c: marks, attribution lines, separators, header blocks. */
void words_quote(struct lines *lines);

/* words_letter.c: lines of our own letters that come back without marks, and
 * answers between them. */
void words_letter(struct lines *lines, const struct world *world);

/* words_signature.c: banners, closing formulas, names, contact lines,
 * footers and disclaimers in what is still WORDS_OWN. */
void words_signature(struct lines *lines);

/* words_subject.c */
const char *words_subject(struct arena *arena, const char *subject,
	bool *is_reply, bool *is_forward, bool *is_auto);

#endif
