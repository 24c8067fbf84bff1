/* SPDX-License-Identifier: MIT */
/* rules/registration.h: a place at a workshop, and the workshop itself, from
 * the first word to the last.
 *
 * Shapes   their lives are the tables in registration.c
 * Errors   false: that cannot happen in this state
 * Owner    nothing here allocates
 * Source   FIELD, København
 */
#ifndef RULES_REGISTRATION_H
#define RULES_REGISTRATION_H

#include <stdbool.h>

enum registration_state {
	REGISTRATION_WAITING,	/* on the waiting list */
	REGISTRATION_REGISTERED,
	REGISTRATION_OFFERED,	/* a place was offered, and is held */
	REGISTRATION_CANCELLED,	/* by the person */
	REGISTRATION_LAPSED,	/* the offer was not answered */
	REGISTRATION_CAME,	/* had a place when it was held */
	REGISTRATION_MISSED,	/* there was never a place */
	REGISTRATION_STATES
};
enum registration_act {
	REGISTRATION_OFFER,	/* a place became free */
	REGISTRATION_TAKE,	/* yes to the offer, or comes anew */
	REGISTRATION_WAIT,	/* comes anew, and it is full */
	REGISTRATION_CANCEL,
	REGISTRATION_LAPSE,	/* the time of the offer is over */
	REGISTRATION_HOLD,	/* the workshop is over */
	REGISTRATION_ACTS
};

bool registration_may(enum registration_state from, enum registration_act act,
	enum registration_state *to);
const char *registration_word(enum registration_state state);
bool registration_read(const char *word, enum registration_state *state);
/* A place is his, or held for him. */
bool registration_has_place(enum registration_state state);

enum workshop_state {
	WORKSHOP_ANNOUNCED,	/* within its stop window */
	WORKSHOP_OPEN,		/* the invitation went */
	WORKSHOP_HELD,		/* ideas come, and are grouped */
	WORKSHOP_REPORTED,	/* the secretary has the report */
	WORKSHOP_RELEASED,	/* … and released it; its stop window */
	WORKSHOP_SENT,		/* the committee's secretary has it */
	WORKSHOP_DECIDED,	/* what was decided is written; stop window */
	WORKSHOP_TOLD,		/* everybody knows */
	WORKSHOP_CANCELLED,	/* and everybody was told */
	WORKSHOP_STATES
};
enum workshop_act {
	WORKSHOP_SEND,
	WORKSHOP_HOLD,
	WORKSHOP_REPORT,
	WORKSHOP_RELEASE,
	WORKSHOP_DELIVER,
	WORKSHOP_DECIDE,
	WORKSHOP_TAKE_BACK,	/* «STOP» in time */
	WORKSHOP_TELL,
	WORKSHOP_CANCEL,
	WORKSHOP_ACTS
};

bool workshop_may(enum workshop_state from, enum workshop_act act,
	enum workshop_state *to);
const char *workshop_word(enum workshop_state state);
bool workshop_read(const char *word, enum workshop_state *state);

#endif
