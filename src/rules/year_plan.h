/* SPDX-License-Identifier: MIT */
/* rules/year_plan.h: next year's meetings after this year's pattern.
 *
 * Shapes   the same weekday of the same week, at the same hours; the places
 *          in turn; the yearly dialogue meeting among them where the body
 *          advises a committee. No holiday, no school holiday (weeks 7, 8 and
 *          42, July), no two on one day. As text the facts of each meeting,
 *          an empty line between
 * Units    years of the calendar
 * Errors   no meeting this year gives no plan
 * Owner    the arena
 * Source   FIELD «yearly», Gladsaxe: the dialogue meeting happens each year,
 *          each meeting at another of the municipality's centres
 */
#ifndef RULES_YEAR_PLAN_H
#define RULES_YEAR_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/meeting_facts.h"
#include "rules/world.h"

struct arena;

#define YEAR_PLAN_MOST 40	/* meetings of one body in a year */

/* The proposal for `year`, by date. */
struct meeting_facts *year_plan_make(struct arena *arena,
	const struct world_body *body, int year, size_t *n);
const char *year_plan_write(struct arena *arena,
	const struct meeting_facts *meetings, size_t n);
struct meeting_facts *year_plan_read(struct arena *arena, const char *text,
	size_t *n);

/* Children and most staff are away. */
bool year_is_school_holiday(struct date day);
/* How many meetings the body has in that year, without those called off; and
 * whether a dialogue meeting is among them. */
size_t year_meetings(const struct world_body *body, int year,
	bool *dialogue);

#endif
