/* SPDX-License-Identifier: MIT */
/* understand/hearing_words.h: what stands in the words of a hearing: in those
 * of the authority, of a member, and of whoever changes the answer.
 *
 * Shapes   plain forms by hearing.lexicon; what fits none is left as it is
 * Units    linear in the text; minutes of the day
 * Errors   none: not to understand is no error
 * Owner    the arena
 * Source   FIELD: Rødovre, Albertslund
 */
#ifndef UNDERSTAND_HEARING_WORDS_H
#define UNDERSTAND_HEARING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/hearing.h"

struct arena;

/* --- the authority's mail --------------------------------------------------- */

/* «00.22.00-A00-1-19», «sagsnr. 2019-4711»; NULL. */
const char *hearing_case_number(struct arena *arena, const char *text);
/* The law says that the council must be heard. */
bool hearing_is_statutory(struct arena *arena, const char *text);
/* «senest kl. 12»: 720; the end of the day, 1440, where no hour is told. */
int hearing_deadline_minute(struct arena *arena, const char *text);
/* The numbered lines of a text, where there are at least two. */
const char **hearing_questions(struct arena *arena, const char *text,
	size_t *n);

struct hearing_address {
	const char *email;
	bool drop;		/* «men ikke b@…» */
};
/* Addresses in `text`; with `near`, only those of a paragraph that speaks of
 * others who are heard. */
struct hearing_address *hearing_addresses(struct arena *arena,
	const char *text, bool near, size_t *n);

/* --- a member's ------------------------------------------------------------- */

/* Takes the place of what she said before. */
bool hearing_replaces(struct arena *arena, const char *text);

/* A paragraph of a contribution, as it was written. */
struct hearing_piece {
	const char *theme;	/* a heading of her own, or the question that
				 * it answers; NULL: in general */
	const char *words;
	bool dissent;
};
/* Without a greeting and «her er mit bidrag». Paragraphs of one theme that
 * follow each other are one piece. */
struct hearing_piece *hearing_pieces(struct arena *arena, const char *text,
	const char *const *questions, size_t n_questions, size_t *n);
/* Whether two headings are the same theme. */
bool hearing_same_theme(struct arena *arena, const char *a, const char *b);

/* --- the authority's «status på høringen?» --------------------------------- */

bool hearing_asks_status(struct arena *arena, const char *text);

/* --- a change to the answer -------------------------------------------------- */

#define HEARING_EDITS_MOST 60

struct hearing_edits {
	struct hearing_edit *list;
	const char **said;	/* the words of each */
	size_t n;
	size_t *take;		/* numbers of contributions that came late and
				 * shall come in */
	const char **take_said;
	size_t n_take;
	const char *rest;	/* not understood, a line each; NULL */
};
struct hearing_edits hearing_edits_read(struct arena *arena,
	const char *text);

#endif
