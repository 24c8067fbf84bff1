/* SPDX-License-Identifier: MIT */
/* rules/meeting_facts.h: what somebody says of a meeting that is planned,
 * moved or changed, and whether it can be.
 *
 * Shapes   what is not told is NULL, MEETING_UNTOLD or a day of year 0. As
 *          text a line each, «day: 2027-02-25», so that it can wait for a
 *          «ja» in one column, and stand in a test
 * Units    minutes since midnight in the body's zone
 * Errors   meeting_facts_read: false for a text that is none
 * Owner    the arena
 * Source   FIELD «A year of one council»; the bad input of the meetings' issue
 */
#ifndef RULES_MEETING_FACTS_H
#define RULES_MEETING_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "rules/world.h"

struct arena;

#define MEETING_UNTOLD (-1)
#define MEETING_PLACE_LETTERS 200 /* longer, and it is no place */
#define MEETING_MINUTES 120	/* a meeting whose end nobody told */
#define MEETING_HOURS_MOST 12

struct meeting_facts {
	struct date day;
	int weekday;		/* as told, 1 Monday; 0 not */
	int start_min, end_min;
	const char *place, *theme;
	const char *with;	/* slugs, a space between */
	int kind;		/* enum meeting_kind */
	bool again;		/* yes, although there is one that day */
	/* of a guest */
	const char *name, *email, *matter;
	int point;
};

enum meeting_fault {
	MEETING_RIGHT,
	MEETING_NO_WHEN,	/* no day, or no hour */
	MEETING_NO_SUCH_DAY,	/* 29 February of a common year */
	MEETING_WEEKDAY,	/* does not fit its date */
	MEETING_PAST,
	MEETING_END,		/* before the start, or a night later */
	MEETING_PLACE,		/* a line break, or too long */
	MEETING_SAME_DAY,	/* the body has another that day */
	MEETING_NOTHING,	/* nothing would change */
	MEETING_FAULTS
};

struct meeting_facts meeting_facts_none(void);
const char *meeting_facts_write(struct arena *arena,
	const struct meeting_facts *facts);
bool meeting_facts_read(struct arena *arena, const char *text,
	struct meeting_facts *facts);

/* "past", "weekday" … */
const char *meeting_fault_word(enum meeting_fault fault);

/* Of a new meeting of the body (`old` NULL), or of a change of `old`. */
enum meeting_fault meeting_facts_check(const struct meeting_facts *facts,
	const struct world_body *body, const struct world_meeting *old,
	int64_t now_at);

/* The times that the facts give, with what they leave open from `old`. */
void meeting_facts_times(const struct meeting_facts *facts,
	const struct world_meeting *old, int64_t *start_at, int64_t *end_at);

#endif
