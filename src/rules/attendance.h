/* SPDX-License-Identifier: MIT */
/* rules/attendance.h: the life of one seat at one meeting, from the
 * invitation to the meeting, and what each step asks of the house.
 *
 * Shapes   every answer may be changed until the meeting is over; what is
 *          not in the table changes nothing
 * Errors   false: there is no such step
 * Owner    nothing here allocates
 * Source   FIELD «afbud», «suppleant»; STYLE 10
 */
#ifndef RULES_ATTENDANCE_H
#define RULES_ATTENDANCE_H

#include <stdbool.h>

#include "rules/quorum.h"

#define SEAT_REPLIES (SEAT_FILLED + 1)

enum seat_follow {
	SEAT_GOES_ON,		/* nobody else needs to know */
	SEAT_IS_EMPTY,		/* its substitutes are asked */
	SEAT_IS_TAKEN,		/* who steps in gets the agenda, the others
				 * are told that they need not come */
	SEAT_IS_BACK,		/* the member's again: all who were asked are
				 * told so */
	SEAT_HAS_ANOTHER,	/* the next who had said yes is needed now */
};

bool seat_may(enum seat_reply from, enum seat_reply to,
	enum seat_follow *follow);

#endif
