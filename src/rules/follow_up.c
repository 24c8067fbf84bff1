/* SPDX-License-Identifier: MIT */
/* From a line of the minutes to done, or let go. */
#include "rules/follow_up.h"

#include <stddef.h>
#include <string.h>

static const struct {
	enum follow_up_state from;
	enum follow_up_act act;
	enum follow_up_state to;
} life[] = {
	{ FOLLOW_UP_PROPOSED, FOLLOW_UP_ACCEPT, FOLLOW_UP_OPEN },
	{ FOLLOW_UP_PROPOSED, FOLLOW_UP_DROP,   FOLLOW_UP_DROPPED },
	/* kept before anybody had accepted it */
	{ FOLLOW_UP_PROPOSED, FOLLOW_UP_FINISH, FOLLOW_UP_DONE },
	{ FOLLOW_UP_OPEN,     FOLLOW_UP_FINISH, FOLLOW_UP_DONE },
	{ FOLLOW_UP_OPEN,     FOLLOW_UP_MOVE,   FOLLOW_UP_MOVED },
	{ FOLLOW_UP_OPEN,     FOLLOW_UP_DROP,   FOLLOW_UP_DROPPED },
	{ FOLLOW_UP_MOVED,    FOLLOW_UP_FINISH, FOLLOW_UP_DONE },
	{ FOLLOW_UP_MOVED,    FOLLOW_UP_MOVE,   FOLLOW_UP_MOVED },
	{ FOLLOW_UP_MOVED,    FOLLOW_UP_DROP,   FOLLOW_UP_DROPPED },
};

static const char *const words[] = {
	[FOLLOW_UP_PROPOSED] = "proposed",
	[FOLLOW_UP_OPEN] = "open",
	[FOLLOW_UP_MOVED] = "moved",
	[FOLLOW_UP_DONE] = "done",
	[FOLLOW_UP_DROPPED] = "dropped",
};

bool
follow_up_may(enum follow_up_state from, enum follow_up_act act,
    enum follow_up_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

bool
follow_up_is_open(enum follow_up_state state)
{
	return state == FOLLOW_UP_OPEN || state == FOLLOW_UP_MOVED;
}

const char *
follow_up_state_word(enum follow_up_state state)
{
	return words[state];
}

bool
follow_up_state_read(const char *word, enum follow_up_state *state)
{
	for (int i = 0; word != NULL && i < FOLLOW_UP_STATES; i++)
		if (strcmp(words[i], word) == 0) {
			*state = (enum follow_up_state)i;
			return true;
		}
	return false;
}
