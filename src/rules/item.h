/* SPDX-License-Identifier: MIT */
/* rules/item.h: the life of a point, from the mail that proposed it to what
 * came of it.
 *
 * Shapes   what is not in the table cannot happen; the last three are ends
 * Errors   false: there is no such step
 * Owner    nothing here allocates
 * Source   FIELD «dagsordenspunkt», «A year of one council»; STYLE 10
 */
#ifndef RULES_ITEM_H
#define RULES_ITEM_H

#include <stdbool.h>

enum item_state {
	ITEM_PROPOSED,		/* by somebody outside: waits for a yes */
	ITEM_ACCEPTED,		/* to stand on the next agenda */
	ITEM_AGENDA,		/* on the agenda that people have */
	ITEM_POSTPONED,		/* comes back by itself */
	ITEM_TREATED,		/* the meeting has spoken of it */
	ITEM_REJECTED,
	ITEM_WITHDRAWN,		/* by the one who proposed it */
	ITEM_STATES
};

enum item_act {
	ITEM_ACCEPT,		/* by the secretary */
	ITEM_PLACE,		/* an agenda with it was sent */
	ITEM_POSTPONE,		/* «udsæt», or the meeting had no time */
	ITEM_TREAT,		/* by the minutes */
	ITEM_REJECT,
	ITEM_WITHDRAW,
	ITEM_ACTS
};

bool item_may(enum item_state from, enum item_act act, enum item_state *to);
const char *item_state_word(enum item_state state);
bool item_state_read(const char *word, enum item_state *state);

#endif
