/* SPDX-License-Identifier: MIT */
/* understand/agenda_words.h: what a person wants changed in a draft agenda.
 *
 * Shapes   plain forms, a sentence each («flyt punkt 4 op som punkt 2»), by
 *          agenda.lexicon; or a whole list, numbered from 1. What fits no
 *          form is given back as it was written: nobody guesses
 * Units    at most AGENDA_EDITS_MOST changes; a sentence is cut in some hundred
 *          ways at most, so that the time grows with the text alone
 * Errors   none: not to understand is no error
 * Owner    the arena
 * Source   FIELD «A year of one council»: the secretary edits by reply
 */
#ifndef UNDERSTAND_AGENDA_WORDS_H
#define UNDERSTAND_AGENDA_WORDS_H

#include <stddef.h>

#include "rules/agenda.h"

struct arena;

#define AGENDA_EDITS_MOST 60

struct agenda_words {
	struct agenda_edit *edits;	/* in the order of the text */
	const char **said;		/* the words of each */
	size_t n;
	const char *rest;		/* not understood, a sentence a line;
					 * NULL: all was */
};

/* `n_points` is how many the draft has. */
struct agenda_words agenda_words_read(struct arena *arena, const char *text,
	size_t n_points);

#endif
