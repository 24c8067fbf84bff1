/* SPDX-License-Identifier: MIT */
/* rules/closed.h: whether words of a closed point stand where they may not.
 *
 * Shapes   any three words in a row of a closed title or name, in any case
 *          and with any marks between; all of them where there are fewer. Of
 *          a longer text any four of which one is no small word, or every
 *          «der blev sagt» of open minutes would hold them back. What leaks
 *          by accident all the same is held back too: a person looks
 * Units    linear in the text for each run of three
 * Errors   none
 * Owner    the arena
 * Source   THREATS 21; kommunestyrelsesloven § 10
 */
#ifndef RULES_CLOSED_H
#define RULES_CLOSED_H

#include <stdbool.h>

struct arena;

bool closed_leaks(struct arena *arena, const char *secret,
	const char *text);

#endif
