/* SPDX-License-Identifier: MIT */
/* understand/meeting_words.h: the hour, place, theme and guest that a
 * sentence about a meeting tells.
 *
 * Shapes   plain forms by meeting.lexicon («kl. 16-18», «på biblioteket»,
 *          «tema: børn»); what fits none is left untold
 * Units    bytes of the text; linear in the sentence
 * Errors   none: what is not told stays as it was
 * Owner    the arena
 * Source   FIELD «A year of one council»: the secretary decides by replying
 */
#ifndef UNDERSTAND_MEETING_WORDS_H
#define UNDERSTAND_MEETING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/meeting_facts.h"

struct arena;

/* Whether a phrase of that section stands in `low` (lower case). */
bool meeting_says(const char *section, const char *low);

/* Fills what the sentence tells and `facts` does not know yet. `loose`: a
 * place may be told by «på …» alone. */
void meeting_words_read(struct arena *arena, const char *sentence,
	bool loose, struct meeting_facts *facts);
/* Name, point and matter of a guest; the address is a token's. */
void meeting_guest_read(struct arena *arena, const char *sentence,
	struct meeting_facts *facts);
/* What stands behind «titel:»; NULL where nothing does. */
const char *meeting_title_read(struct arena *arena, const char *text);

#endif
