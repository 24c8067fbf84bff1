/* SPDX-License-Identifier: MIT */
/* understand/workshop_words.h: the words of workshops, against the phrases of
 * workshop.lexicon.
 *
 * Errors   NULL, false: it does not say so
 * Owner    the arena
 * Source   FIELD, København
 */
#ifndef UNDERSTAND_WORKSHOP_WORDS_H
#define UNDERSTAND_WORKSHOP_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/workshop_facts.h"

struct arena;

bool workshop_says(struct arena *arena, const char *section,
	const char *text);
/* Labels a line, «Temaer: mad, åbningstider», and «40 pladser». Days and
 * addresses of the list are the caller's. */
void workshop_facts_find(struct arena *arena, const char *text,
	struct workshop_facts *facts);
/* The rest of the line behind that label; NULL. */
const char *workshop_label(struct arena *arena, const char *section,
	const char *text);
/* The sentences that say what somebody needs; NULL. */
const char *workshop_needs(struct arena *arena, const char *text);
/* «3 personer»: 3; 0. */
size_t workshop_persons(struct arena *arena, const char *text);
/* How many lines are a name and nothing else. */
size_t workshop_names(struct arena *arena, const char *text);
/* «12 og 15: Mad» as «12 15: Mad», a line each; NULL. */
const char *workshop_groups(struct arena *arena, const char *text);

#endif
