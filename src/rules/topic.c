/* SPDX-License-Identifier: MIT */
/* Three lives, each a table. */
#include "rules/topic.h"

#include <stddef.h>
#include <string.h>

struct step {
	int from, act, to;
};

static const struct step topic_life[] = {
	{ TOPIC_OPEN,   TOPIC_NAME,    TOPIC_OPEN },
	{ TOPIC_OPEN,   TOPIC_ASK,     TOPIC_ASKED },
	{ TOPIC_OPEN,   TOPIC_END,     TOPIC_ENDED },
	/* what people are ranking just now keeps its name and its letter */
	{ TOPIC_ASKED,  TOPIC_COUNT,   TOPIC_RANKED },
	{ TOPIC_ASKED,  TOPIC_RELEASE, TOPIC_OPEN },
	{ TOPIC_RANKED, TOPIC_NAME,    TOPIC_RANKED },
	{ TOPIC_RANKED, TOPIC_ASK,     TOPIC_ASKED },
	{ TOPIC_RANKED, TOPIC_END,     TOPIC_ENDED },
};

static const struct step round_life[] = {
	{ ROUND_OPEN, ROUND_MOVE,    ROUND_OPEN },
	{ ROUND_OPEN, ROUND_COUNT,   ROUND_COUNTED },
	{ ROUND_OPEN, ROUND_GIVE_UP, ROUND_FEW },
	{ ROUND_OPEN, ROUND_STOP,    ROUND_STOPPED },
};

static const struct step group_life[] = {
	{ GROUP_ACTIVE, GROUP_JOIN,   GROUP_ACTIVE },
	{ GROUP_ACTIVE, GROUP_LEAVE,  GROUP_ACTIVE },
	{ GROUP_ACTIVE, GROUP_POST,   GROUP_ACTIVE },
	{ GROUP_ACTIVE, GROUP_REPORT, GROUP_ACTIVE },
	{ GROUP_ACTIVE, GROUP_END,    GROUP_ENDED },
};

static const char *const topic_words[] = {
	[TOPIC_OPEN] = "open", [TOPIC_ASKED] = "asked",
	[TOPIC_RANKED] = "ranked", [TOPIC_ENDED] = "ended",
};
static const char *const round_words[] = {
	[ROUND_OPEN] = "open", [ROUND_COUNTED] = "counted",
	[ROUND_FEW] = "few", [ROUND_STOPPED] = "stopped",
};
static const char *const group_words[] = {
	[GROUP_ACTIVE] = "active", [GROUP_ENDED] = "ended",
};

static const struct step *
step_of(const struct step *life, size_t n, int from, int act)
{
	for (size_t i = 0; i < n; i++)
		if (life[i].from == from && life[i].act == act)
			return &life[i];
	return NULL;
}

static int
word_at(const char *const *words, int n, const char *word)
{
	for (int i = 0; word != NULL && i < n; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

/* The three functions of each life are alike but for their types. */
#define LIFE(noun, STATES)						\
bool									\
noun##_may(enum noun##_state from, enum noun##_act act,			\
    enum noun##_state *to)						\
{									\
	const struct step *step = step_of(noun##_life,			\
	    sizeof noun##_life / sizeof noun##_life[0], (int)from,	\
	    (int)act);							\
									\
	if (step == NULL)						\
		return false;						\
	*to = (enum noun##_state)step->to;				\
	return true;							\
}									\
									\
const char *								\
noun##_state_word(enum noun##_state state)				\
{									\
	return noun##_words[state];					\
}									\
									\
bool									\
noun##_state_read(const char *word, enum noun##_state *state)		\
{									\
	int at = word_at(noun##_words, STATES, word);			\
									\
	if (at < 0)							\
		return false;						\
	*state = (enum noun##_state)at;					\
	return true;							\
}

LIFE(topic, TOPIC_STATES)

LIFE(round, ROUND_STATES)

LIFE(group, GROUP_STATES)
