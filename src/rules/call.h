/* SPDX-License-Identifier: MIT */
/* rules/call.h: a call for members, from the secretary's word to the letters
 * that say who was appointed.
 *
 * Shapes   its life is the table in call.c
 * Errors   false: that cannot happen to a call in this state
 * Owner    nothing here allocates
 * Source   FIELD, Glostrup: a call, applications and nominations, the list
 *          for the appointing body, a decision mail to each; STYLE 10
 */
#ifndef RULES_CALL_H
#define RULES_CALL_H

#include <stdbool.h>

enum call_state {
	CALL_ANNOUNCED,		/* within its stop window: nobody knows yet */
	CALL_OPEN,		/* the letters went; people apply */
	CALL_CLOSED,		/* the deadline is over, the list is made */
	CALL_DECIDED,		/* a person appointed; the letters wait */
	CALL_ENDED,		/* everybody has an answer */
	CALL_STATES
};
enum call_act {
	CALL_SEND,		/* its stop window is over */
	CALL_CLOSE,		/* the day after the deadline */
	CALL_APPOINT,		/* «udpeg 1, 3 og 4» */
	CALL_TAKE_BACK,		/* «STOP», before the letters leave */
	CALL_DELIVER_SOME,	/* the letters leave, some still wait */
	CALL_DELIVER,		/* the letters leave, all are decided */
	CALL_ACTS
};

bool call_may(enum call_state from, enum call_act act, enum call_state *to);
const char *call_state_word(enum call_state state);
bool call_state_read(const char *word, enum call_state *state);
/* Applications that come now are on its list. */
bool call_is_open(enum call_state state);

#endif
