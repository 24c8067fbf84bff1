/* SPDX-License-Identifier: MIT */
/* rules/follow_up.h: the life of what somebody promised at a meeting.
 *
 * Shapes   the table in follow_up.c; what is not in it cannot happen
 * Errors   none: false
 * Owner    the words are the program's own
 * Source   FIELD: Gladsaxe, «follow-up of promises»; STYLE 10
 */
#ifndef RULES_FOLLOW_UP_H
#define RULES_FOLLOW_UP_H

#include <stdbool.h>

enum follow_up_state {
	FOLLOW_UP_PROPOSED,	/* stands in the minutes, not yet accepted */
	FOLLOW_UP_OPEN,
	FOLLOW_UP_MOVED,	/* open, with another day */
	FOLLOW_UP_DONE,
	FOLLOW_UP_DROPPED,
	FOLLOW_UP_STATES
};
enum follow_up_act {
	FOLLOW_UP_ACCEPT,
	FOLLOW_UP_FINISH,	/* «gjort» */
	FOLLOW_UP_MOVE,		/* a new day */
	FOLLOW_UP_DROP,
	FOLLOW_UP_ACTS
};

bool follow_up_may(enum follow_up_state from, enum follow_up_act act,
	enum follow_up_state *to);
bool follow_up_is_open(enum follow_up_state state);
const char *follow_up_state_word(enum follow_up_state state);
bool follow_up_state_read(const char *word, enum follow_up_state *state);

#endif
