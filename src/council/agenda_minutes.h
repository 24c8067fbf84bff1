/* SPDX-License-Identifier: MIT */
/* council/agenda_minutes.h: what earlier minutes bring onto a new agenda.
 *
 * Shapes   the approval of the last minutes, with what was said too late; the
 *          promises that are open; the money of the year on the point about
 *          economy; the theme that was planned, with whom to invite
 * Errors   as store.h
 * Owner    the arena of the gathering
 * Source   FIELD: Albertslund, «godkendelse af referat», items 4 and 5
 */
#ifndef COUNCIL_AGENDA_MINUTES_H
#define COUNCIL_AGENDA_MINUTES_H

#include <stddef.h>

#include "base/err.h"
#include "council/gathering.h"
#include "rules/agenda.h"

/* Changes an agenda that was put together; its list has room for `most`. */
enum rc agenda_minutes(const struct gathering *g, struct agenda *agenda,
	size_t most, struct err *err);

/* The newest meeting of the body before this one whose minutes were sent, and
 * they; RC_NONE: none. */
struct minutes_row;
enum rc minutes_before(const struct gathering *g, struct minutes_row *row,
	struct err *err);
/* Whether a title asks for the approval of minutes. */
bool title_approves(const struct gathering *g, const char *title);

#endif
