/* SPDX-License-Identifier: MIT */
/* rules/meeting.h: the life of a meeting.
 *
 * Shapes   the table in meeting.c; what is not in it cannot happen
 * Errors   none: false
 * Source   STYLE 10; FIELD «A year of one council»
 */
#ifndef RULES_MEETING_H
#define RULES_MEETING_H

#include <stdbool.h>

#include "rules/world.h"

#define MEETING_STATES (MEETING_CANCELLED + 1)

bool meeting_may_move(enum meeting_state from, enum meeting_state to);

/* Members may still be asked to it. */
bool meeting_is_ahead(enum meeting_state state);

/* Who plans, moves and calls off the body's meetings: the secretary; the chair
 * where the body says so («chair-plans» = yes). */
bool meeting_may_plan(const struct world_body *body, enum role role);

#endif
