/* SPDX-License-Identifier: MIT */
/* The lives of a place at a workshop, and of the workshop. */
#include "rules/registration.h"

#include <stddef.h>
#include <string.h>

struct step { int from, act, to; };

static const struct step place_life[] = {
	{ REGISTRATION_WAITING, REGISTRATION_OFFER, REGISTRATION_OFFERED },
	{ REGISTRATION_WAITING, REGISTRATION_TAKE, REGISTRATION_REGISTERED },
	{ REGISTRATION_WAITING, REGISTRATION_CANCEL, REGISTRATION_CANCELLED },
	{ REGISTRATION_WAITING, REGISTRATION_HOLD, REGISTRATION_MISSED },
	{ REGISTRATION_REGISTERED, REGISTRATION_CANCEL,
	    REGISTRATION_CANCELLED },
	{ REGISTRATION_REGISTERED, REGISTRATION_HOLD, REGISTRATION_CAME },
	{ REGISTRATION_OFFERED, REGISTRATION_TAKE, REGISTRATION_REGISTERED },
	{ REGISTRATION_OFFERED, REGISTRATION_CANCEL, REGISTRATION_CANCELLED },
	{ REGISTRATION_OFFERED, REGISTRATION_LAPSE, REGISTRATION_LAPSED },
	{ REGISTRATION_OFFERED, REGISTRATION_HOLD, REGISTRATION_MISSED },
	{ REGISTRATION_CANCELLED, REGISTRATION_TAKE,
	    REGISTRATION_REGISTERED },
	{ REGISTRATION_CANCELLED, REGISTRATION_WAIT, REGISTRATION_WAITING },
	{ REGISTRATION_LAPSED, REGISTRATION_TAKE, REGISTRATION_REGISTERED },
	{ REGISTRATION_LAPSED, REGISTRATION_WAIT, REGISTRATION_WAITING },
};
static const struct step life[] = {
	{ WORKSHOP_ANNOUNCED, WORKSHOP_SEND, WORKSHOP_OPEN },
	{ WORKSHOP_ANNOUNCED, WORKSHOP_CANCEL, WORKSHOP_CANCELLED },
	{ WORKSHOP_OPEN, WORKSHOP_HOLD, WORKSHOP_HELD },
	{ WORKSHOP_OPEN, WORKSHOP_CANCEL, WORKSHOP_CANCELLED },
	{ WORKSHOP_HELD, WORKSHOP_REPORT, WORKSHOP_REPORTED },
	/* she grouped anew: the report is made again */
	{ WORKSHOP_REPORTED, WORKSHOP_REPORT, WORKSHOP_REPORTED },
	{ WORKSHOP_REPORTED, WORKSHOP_RELEASE, WORKSHOP_RELEASED },
	{ WORKSHOP_RELEASED, WORKSHOP_TAKE_BACK, WORKSHOP_REPORTED },
	{ WORKSHOP_RELEASED, WORKSHOP_DELIVER, WORKSHOP_SENT },
	{ WORKSHOP_SENT, WORKSHOP_DECIDE, WORKSHOP_DECIDED },
	{ WORKSHOP_DECIDED, WORKSHOP_TAKE_BACK, WORKSHOP_SENT },
	{ WORKSHOP_DECIDED, WORKSHOP_TELL, WORKSHOP_TOLD },
};
static const char *const place_words[REGISTRATION_STATES] = { "waiting",
	"registered", "offered", "cancelled", "lapsed", "came", "missed" };
static const char *const words[WORKSHOP_STATES] = { "announced", "open",
	"held", "reported", "released", "sent", "decided", "told",
	"cancelled" };

static bool
may(const struct step *steps, size_t n, int from, int act, int *to)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].from == from && steps[i].act == act) {
			*to = steps[i].to;
			return true;
		}
	return false;
}

static bool
read_word(const char *const *list, int n, const char *word, int *at)
{
	for (int i = 0; word != NULL && i < n; i++)
		if (strcmp(list[i], word) == 0) {
			*at = i;
			return true;
		}
	return false;
}

bool
registration_may(enum registration_state from, enum registration_act act,
    enum registration_state *to)
{
	int next = 0;
	bool can = may(place_life, sizeof place_life / sizeof place_life[0],
	    (int)from, (int)act, &next);

	if (can)
		*to = (enum registration_state)next;
	return can;
}

const char *
registration_word(enum registration_state state)
{
	return place_words[state];
}

bool
registration_read(const char *word, enum registration_state *state)
{
	int at = 0;
	bool found = read_word(place_words, REGISTRATION_STATES, word, &at);

	if (found)
		*state = (enum registration_state)at;
	return found;
}

bool
registration_has_place(enum registration_state state)
{
	return state == REGISTRATION_REGISTERED ||
	    state == REGISTRATION_OFFERED;
}

bool
workshop_may(enum workshop_state from, enum workshop_act act,
    enum workshop_state *to)
{
	int next = 0;
	bool can = may(life, sizeof life / sizeof life[0], (int)from,
	    (int)act, &next);

	if (can)
		*to = (enum workshop_state)next;
	return can;
}

const char *
workshop_word(enum workshop_state state)
{
	return words[state];
}

bool
workshop_read(const char *word, enum workshop_state *state)
{
	int at = 0;
	bool found = read_word(words, WORKSHOP_STATES, word, &at);

	if (found)
		*state = (enum workshop_state)at;
	return found;
}
