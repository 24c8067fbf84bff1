/* SPDX-License-Identifier: MIT */
/* The life of what waits for a person, and the words of its answers. */
#include "rules/decision.h"

#include <stddef.h>
#include <string.h>

static const struct {
	enum decision_state from;
	enum decision_act act;
	enum decision_state to;
} life[] = {
	{ DECISION_OPEN,     DECISION_ANSWER, DECISION_ANSWERED },
	{ DECISION_OPEN,     DECISION_LAPSE,  DECISION_MOOT },
	{ DECISION_ANSWERED, DECISION_REOPEN, DECISION_OPEN },
};

static const char *const states[] = {
	[DECISION_OPEN] = "open",
	[DECISION_ANSWERED] = "answered",
	[DECISION_MOOT] = "moot",
};

static const char *const words[] = {
	[CHOICE_ACCEPT] = "accept",
	[CHOICE_REJECT] = "reject",
	[CHOICE_NEXT] = "next",
	[CHOICE_ASK_CHAIR] = "ask-chair",
	[CHOICE_YES] = "yes",
	[CHOICE_NO] = "no",
	[CHOICE_DONE] = "done",
	[CHOICE_DATE] = "date",
	[CHOICE_OTHER] = "other",
};

/* What people say instead, where it is not offered itself; the first that is
 * offered counts. «Ok» to a mail that waits means that it is dealt with. */
static const struct {
	enum choice said, meant;
} kin[] = {
	{ CHOICE_ACCEPT, CHOICE_YES },
	{ CHOICE_ACCEPT, CHOICE_DONE },
	{ CHOICE_YES, CHOICE_ACCEPT },
	{ CHOICE_NO, CHOICE_REJECT },
	{ CHOICE_REJECT, CHOICE_NO },
	{ CHOICE_DATE, CHOICE_OTHER },
};

bool
decision_may(enum decision_state from, enum decision_act act,
    enum decision_state *to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].act == act) {
			*to = life[i].to;
			return true;
		}
	return false;
}

const char *
decision_state_word(enum decision_state state)
{
	return states[state];
}

bool
decision_state_read(const char *word, enum decision_state *state)
{
	for (int i = 0; word != NULL && i < DECISION_STATES; i++)
		if (strcmp(states[i], word) == 0) {
			*state = (enum decision_state)i;
			return true;
		}
	return false;
}

const char *
choice_word(enum choice choice)
{
	return words[choice];
}

bool
choice_read(const char *word, enum choice *choice)
{
	for (int i = 0; word != NULL && i < CHOICES; i++)
		if (strcmp(words[i], word) == 0) {
			*choice = (enum choice)i;
			return true;
		}
	return false;
}

bool
choice_is_among(const char *choices, enum choice choice)
{
	const char *word = words[choice];
	size_t n = strlen(word);

	for (const char *at = choices; at != NULL && *at != '\0';
	    at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");

		if (len == n && memcmp(at, word, n) == 0)
			return true;
		at += len;
	}
	return false;
}

bool
choice_fit(const char *choices, enum choice said, enum choice *choice)
{
	if (choice_is_among(choices, said)) {
		*choice = said;
		return true;
	}
	for (size_t i = 0; i < sizeof kin / sizeof kin[0]; i++)
		if (kin[i].said == said &&
		    choice_is_among(choices, kin[i].meant)) {
			*choice = kin[i].meant;
			return true;
		}
	return false;
}
