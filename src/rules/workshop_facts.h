/* SPDX-License-Identifier: MIT */
/* rules/workshop_facts.h: what the secretary says of a workshop that outsiders
 * come to.
 *
 * Shapes   what is not told is NULL, 0 or a day of year 0. As text a line
 *          each, «places: 40», so that it can wait for a «ja» in one column
 * Errors   workshop_facts_read: false without places
 * Owner    the arena
 * Source   FIELD, København
 */
#ifndef RULES_WORKSHOP_FACTS_H
#define RULES_WORKSHOP_FACTS_H

#include <stdbool.h>

#include "base/date.h"

struct arena;

#define WORKSHOP_PLACES_MOST 2000

struct workshop_facts {
	int places;
	const char *process;
	const char *themes, *principles;	/* one a line */
	const char *way, *contact;
	struct date report_day;
	const char *report_to;
	const char *to;			/* addresses, a space between */
};

const char *workshop_facts_write(struct arena *arena,
	const struct workshop_facts *facts);
bool workshop_facts_read(struct arena *arena, const char *text,
	struct workshop_facts *facts);

#endif
