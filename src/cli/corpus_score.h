/* SPDX-License-Identifier: MIT */
/* cli/corpus_score.h: one purpose held against one expectation.
 *
 * Shapes   an expectation is the JSON of the corpus's README
 * Errors   none
 * Owner    the caller's
 * Source   the corpus's README, «Score»
 */
#ifndef CLI_CORPUS_SCORE_H
#define CLI_CORPUS_SCORE_H

#include <jansson.h>
#include <stdbool.h>

#include "rules/purpose.h"
#include "rules/world.h"

struct arena;

enum verdict {
	VERDICT_RIGHT,
	VERDICT_MISSED,		/* asked or passed on where it could act */
	VERDICT_WRONG_ACTION,	/* carried out what nobody wanted */
	VERDICT_LOOP,		/* answered what is to stay unanswered */
	VERDICT_OTHER,		/* the outcome is another, none the worse */
	VERDICTS
};

struct score {
	enum verdict verdict;
	bool has_pending, pending_right;
};

struct score corpus_score(struct arena *arena, const struct world *world,
	const json_t *expected, const struct purpose *purpose);

#endif
