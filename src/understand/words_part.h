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
/* A longer line of a signature is prose. */
#define MAX_SIGNATURE_LINE 100
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

/* Lines [from, to) of one run of own words. */
struct words_part {
	size_t from, to;
};

/* words_line.c */
bool line_is_own(const struct lines *lines, size_t i);
void lines_take(struct lines *lines, size_t from, size_t to,
	enum words_kind kind, const char *sign);
/* The end of the paragraph of own lines that begins at `i`. */
size_t lines_paragraph(const struct lines *lines, size_t i, size_t to);
bool line_ends_sentence(const char *text);
size_t line_words(const char *low);
/* Somebody speaks of himself, not inside «…» or "…": a motto may. */
bool line_says_self(struct arena *arena, const char *low);
bool line_is_rule(const char *low);

/* words_name.c: `loose` takes two small words, too («hilsen jimmy»);
 * `need_sender` wants his name first. */
bool name_fits(const struct lines *lines, const char *text, const char *low,
	bool loose, bool need_sender);
bool line_is_name(const struct lines *lines, size_t i);
bool line_is_contact(const char *low);
/* The bytes that a closing formula takes at the start of `low`; 0. `strict`
 * is one that may also begin a sentence: only his name may follow. */
size_t closing_at(const char *low, bool *strict);
bool line_is_closing(const struct lines *lines, size_t i);

/* words_machine.c */
void words_banner(struct lines *lines, struct words_part part);
void words_footer(struct lines *lines, struct words_part part);
void words_rules(struct lines *lines, struct words_part part);
void words_calendar(struct lines *lines);
void words_armour(struct lines *lines);

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
