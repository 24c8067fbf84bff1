/* SPDX-License-Identifier: MIT */
/* understand/decide_words.h: how people answer a numbered letter.
 *
 * Shapes   «1 ok, 2 næste møde, 3 afvis: ikke rådets område», «1-3 ja», «ja
 *          til 1 og 2, nej til 3», one a line, «ok til det hele», «resten
 *          ok», or a word alone where there is one point only; the phrases
 *          are in decide.lexicon. A condition or a question is no answer: it
 *          comes back as unclear, and nobody guesses
 * Units    numbers as they stand in the letter, from 1; linear in the text
 * Errors   none: not to understand is no error
 * Owner    the arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef UNDERSTAND_DECIDE_WORDS_H
#define UNDERSTAND_DECIDE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/decision.h"

struct arena;

#define DECIDE_ANSWERS_MOST 60 /* of one mail; more is a slip, or an attack */

enum { DECIDE_ALL = 0, DECIDE_ONLY = -1, DECIDE_REST = -2 };

struct decide_answer {
	int point;		/* its number; DECIDE_ALL: those that no other
				 * answer names; DECIDE_ONLY: the one there is;
				 * DECIDE_REST: words that are no answer */
	enum choice choice;
	bool unclear;		/* on a condition, or asked back */
	const char *words;	/* that follow; NULL */
};

struct decide_words {
	struct decide_answer *list;	/* in the order of the text */
	size_t n;
	bool cut;			/* there were more */
};

/* None where the text answers nothing. */
struct decide_words decide_words_read(struct arena *arena, const char *text);

#endif
