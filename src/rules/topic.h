/* SPDX-License-Identifier: MIT */
/* rules/topic.h: the lives of a topic, of a round in which the members put
 * the topics in order, and of a working group.
 *
 * Shapes   what is not in the tables cannot happen
 * Errors   false: there is no such step
 * Owner    nothing here allocates
 * Source   FIELD: Gladsaxe, topics A-E; STYLE 10
 */
#ifndef RULES_TOPIC_H
#define RULES_TOPIC_H

#include <stdbool.h>

enum topic_state {
	TOPIC_OPEN,		/* named, with a letter */
	TOPIC_ASKED,		/* in a round that runs */
	TOPIC_RANKED,		/* has a place from the last round */
	TOPIC_ENDED,		/* its letter is free again */
	TOPIC_STATES
};
enum topic_act {
	TOPIC_NAME,		/* another name, or another idea under it */
	TOPIC_ASK,		/* a round begins */
	TOPIC_COUNT,
	TOPIC_RELEASE,		/* the round came to nothing */
	TOPIC_END,
	TOPIC_ACTS
};

enum round_state {
	ROUND_OPEN,
	ROUND_COUNTED,
	ROUND_FEW,		/* too few answered to be counted */
	ROUND_STOPPED,		/* by the secretary */
	ROUND_STATES
};
enum round_act {
	ROUND_MOVE,		/* another deadline */
	ROUND_COUNT,
	ROUND_GIVE_UP,		/* too few at the deadline */
	ROUND_STOP,
	ROUND_ACTS
};

enum group_state {
	GROUP_ACTIVE,
	GROUP_ENDED,
	GROUP_STATES
};
enum group_act {
	GROUP_JOIN,
	GROUP_LEAVE,
	GROUP_POST,		/* a mail to all of it */
	GROUP_REPORT,		/* its status, for a meeting */
	GROUP_END,
	GROUP_ACTS
};

bool topic_may(enum topic_state from, enum topic_act act,
	enum topic_state *to);
const char *topic_state_word(enum topic_state state);
bool topic_state_read(const char *word, enum topic_state *state);

bool round_may(enum round_state from, enum round_act act,
	enum round_state *to);
const char *round_state_word(enum round_state state);
bool round_state_read(const char *word, enum round_state *state);

bool group_may(enum group_state from, enum group_act act,
	enum group_state *to);
const char *group_state_word(enum group_state state);
bool group_state_read(const char *word, enum group_state *state);

#endif
