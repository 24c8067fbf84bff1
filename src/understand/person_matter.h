/* SPDX-License-Identifier: MIT */
/* understand/person_matter.h: whether words are about a named person's own
 * matter, so that a point is better closed until somebody opens it.
 *
 * Shapes   by person_matter.lexicon alone: one phrase a line
 * Errors   none; a miss is mended by «luk punkt 5», a false hit by «åbn»
 * Owner    the arena, during the call
 * Source   THREATS, law 9; forvaltningsloven 27
 */
#ifndef UNDERSTAND_PERSON_MATTER_H
#define UNDERSTAND_PERSON_MATTER_H

#include <stdbool.h>

struct arena;

/* NULL is about nobody. */
bool person_matter_is(struct arena *arena, const char *text);

#endif
