/* SPDX-License-Identifier: MIT */
/* The life of a seat at a meeting. */
#include "rules/attendance.h"

#include <stddef.h>

static const struct {
	enum seat_reply from, to;
	enum seat_follow follow;
} life[] = {
	{ SEAT_SILENT,    SEAT_COMES,     SEAT_GOES_ON },
	{ SEAT_SILENT,    SEAT_TENTATIVE, SEAT_GOES_ON },
	{ SEAT_SILENT,    SEAT_ABSENT,    SEAT_IS_EMPTY },
	{ SEAT_SILENT,    SEAT_FILLED,    SEAT_IS_TAKEN },
	/* back to silence: taken back, or the meeting was moved */
	{ SEAT_COMES,     SEAT_SILENT,    SEAT_GOES_ON },
	{ SEAT_COMES,     SEAT_TENTATIVE, SEAT_GOES_ON },
	{ SEAT_COMES,     SEAT_ABSENT,    SEAT_IS_EMPTY },
	{ SEAT_COMES,     SEAT_FILLED,    SEAT_IS_TAKEN },
	{ SEAT_TENTATIVE, SEAT_SILENT,    SEAT_GOES_ON },
	{ SEAT_TENTATIVE, SEAT_COMES,     SEAT_GOES_ON },
	{ SEAT_TENTATIVE, SEAT_ABSENT,    SEAT_IS_EMPTY },
	{ SEAT_TENTATIVE, SEAT_FILLED,    SEAT_IS_TAKEN },
	{ SEAT_ABSENT,    SEAT_SILENT,    SEAT_IS_BACK },
	{ SEAT_ABSENT,    SEAT_COMES,     SEAT_IS_BACK },
	/* a «måske» takes nobody's place away: who was asked may still say */
	{ SEAT_ABSENT,    SEAT_TENTATIVE, SEAT_GOES_ON },
	{ SEAT_ABSENT,    SEAT_FILLED,    SEAT_IS_TAKEN },
	{ SEAT_FILLED,    SEAT_SILENT,    SEAT_IS_BACK },
	{ SEAT_FILLED,    SEAT_COMES,     SEAT_IS_BACK },
	{ SEAT_FILLED,    SEAT_TENTATIVE, SEAT_GOES_ON },
	/* who stepped in says no, and nobody else had said yes … */
	{ SEAT_FILLED,    SEAT_ABSENT,    SEAT_IS_EMPTY },
	/* … or somebody had, and was told to stay at home */
	{ SEAT_FILLED,    SEAT_FILLED,    SEAT_HAS_ANOTHER },
};

bool
seat_may(enum seat_reply from, enum seat_reply to, enum seat_follow *follow)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to) {
			*follow = life[i].follow;
			return true;
		}
	return false;
}
