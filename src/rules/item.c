/* SPDX-License-Identifier: MIT */
/* The life of a point. */
#include "rules/item.h"

#include <stddef.h>
#include <string.h>

static const struct {
	enum item_state from;
	enum item_act act;
	enum item_state to;
} life[] = {
	{ ITEM_PROPOSED,  ITEM_ACCEPT,   ITEM_ACCEPTED },
	/* «næste møde» is no yes yet: it waits there again */
	{ ITEM_PROPOSED,  ITEM_POSTPONE, ITEM_POSTPONED },
	/* the release of an agenda with it is the yes */
	{ ITEM_PROPOSED,  ITEM_PLACE,    ITEM_AGENDA },
	{ ITEM_PROPOSED,  ITEM_REJECT,   ITEM_REJECTED },
	{ ITEM_PROPOSED,  ITEM_WITHDRAW, ITEM_WITHDRAWN },
	{ ITEM_ACCEPTED,  ITEM_PLACE,    ITEM_AGENDA },
	{ ITEM_ACCEPTED,  ITEM_POSTPONE, ITEM_POSTPONED },
	{ ITEM_ACCEPTED,  ITEM_REJECT,   ITEM_REJECTED },
	{ ITEM_ACCEPTED,  ITEM_WITHDRAW, ITEM_WITHDRAWN },
	/* a later version of the agenda, or the meeting itself */
	{ ITEM_AGENDA,    ITEM_PLACE,    ITEM_AGENDA },
	{ ITEM_AGENDA,    ITEM_POSTPONE, ITEM_POSTPONED },
	{ ITEM_AGENDA,    ITEM_TREAT,    ITEM_TREATED },
	{ ITEM_AGENDA,    ITEM_REJECT,   ITEM_REJECTED },
	{ ITEM_AGENDA,    ITEM_WITHDRAW, ITEM_WITHDRAWN },
	{ ITEM_POSTPONED, ITEM_ACCEPT,   ITEM_ACCEPTED },
	{ ITEM_POSTPONED, ITEM_PLACE,    ITEM_AGENDA },
	{ ITEM_POSTPONED, ITEM_POSTPONE, ITEM_POSTPONED },
	{ ITEM_POSTPONED, ITEM_REJECT,   ITEM_REJECTED },
	{ ITEM_POSTPONED, ITEM_WITHDRAW, ITEM_WITHDRAWN },
};

static const char *const words[] = {
	[ITEM_PROPOSED] = "proposed",
	[ITEM_ACCEPTED] = "accepted",
	[ITEM_AGENDA] = "agenda",
	[ITEM_POSTPONED] = "postponed",
	[ITEM_TREATED] = "treated",
	[ITEM_REJECTED] = "rejected",
	[ITEM_WITHDRAWN] = "withdrawn",
};

bool
item_may(enum item_state from, enum item_act act, enum item_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
item_state_word(enum item_state state)
{
	return words[state];
}

bool
item_state_read(const char *word, enum item_state *state)
{
	for (int i = 0; word != NULL && i < ITEM_STATES; i++)
		if (strcmp(words[i], word) == 0) {
			*state = (enum item_state)i;
			return true;
		}
	return false;
}
