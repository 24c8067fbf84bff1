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

#endif
