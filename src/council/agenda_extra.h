/* SPDX-License-Identifier: MIT */
/* council/agenda_extra.h: points that come by themselves onto an agenda that
 * is put together: nobody wrote a mail for this meeting about them.
 *
 * Shapes   a point and where it comes from; more sources are one function
 *          each, listed at the foot of agenda_extra.c
 * Units    at most AGENDA_EXTRAS_MOST in all
 * Errors   as store.h
 * Owner    the arena of the gathering
 * Source   FIELD «A year of one council»: what was put off comes back
 */
#ifndef COUNCIL_AGENDA_EXTRA_H
#define COUNCIL_AGENDA_EXTRA_H

#include <stddef.h>

#include "base/err.h"
#include "council/gathering.h"
#include "rules/agenda.h"

#define AGENDA_EXTRAS_MOST 100

struct agenda_extras {
	struct agenda_point *points;
	size_t n;
};

/* point.origin is a line for the secretary: «udsat fra mødet 26. november». */
void agenda_extra_add(struct agenda_extras *extras,
	struct agenda_point point);
enum rc agenda_extra(const struct gathering *g,
	struct agenda_extras *extras, struct err *err);

/* The point of an item, as an agenda shows it. */
struct item;
struct agenda_point agenda_point_of_item(const struct gathering *g,
	const struct item *item);

#endif
