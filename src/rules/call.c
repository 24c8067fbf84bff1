/* SPDX-License-Identifier: MIT */
/* The life of a call for members. */
#include "rules/call.h"

#include <stddef.h>
#include <string.h>

static const struct {
	enum call_state from;
	enum call_act act;
	enum call_state to;
} life[] = {
	{ CALL_ANNOUNCED, CALL_SEND,         CALL_OPEN },
	{ CALL_OPEN,      CALL_CLOSE,        CALL_CLOSED },
	{ CALL_CLOSED,    CALL_APPOINT,      CALL_DECIDED },
	{ CALL_DECIDED,   CALL_TAKE_BACK,    CALL_CLOSED },
	/* those of whom she said nothing wait for another word of hers */
	{ CALL_DECIDED,   CALL_DELIVER_SOME, CALL_CLOSED },
	{ CALL_DECIDED,   CALL_DELIVER,      CALL_ENDED },
};

static const char *const words[CALL_STATES] = {
	[CALL_ANNOUNCED] = "announced",
	[CALL_OPEN] = "open",
	[CALL_CLOSED] = "closed",
	[CALL_DECIDED] = "decided",
	[CALL_ENDED] = "ended",
};

bool
call_may(enum call_state from, enum call_act act, enum call_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
call_state_word(enum call_state state)
{
	return words[state];
}

bool
call_state_read(const char *word, enum call_state *state)
{
	for (int i = 0; word != NULL && i < CALL_STATES; i++)
		if (strcmp(words[i], word) == 0) {
			*state = (enum call_state)i;
			return true;
		}
	return false;
}

bool
call_is_open(enum call_state state)
{
	return state == CALL_ANNOUNCED || state == CALL_OPEN;
}
