/* SPDX-License-Identifier: MIT */
/* From the plan to the released minutes, or called off on the way. */
#include "rules/meeting.h"

#include <stddef.h>

static const struct {
	enum meeting_state from, to;
} life[] = {
	{ MEETING_PLANNED,          MEETING_CALLED },	/* invitations go */
	{ MEETING_PLANNED,          MEETING_CANCELLED },
	{ MEETING_PLANNED,          MEETING_HELD },	/* called by others */
	{ MEETING_CALLED,           MEETING_CANCELLED },
	{ MEETING_CALLED,           MEETING_HELD },	/* its end is over */
	/* «STOP», before anybody was told that it is off */
	{ MEETING_CANCELLED,        MEETING_PLANNED },
	{ MEETING_CANCELLED,        MEETING_CALLED },
	{ MEETING_HELD,             MEETING_MINUTES_DRAFT },
	{ MEETING_MINUTES_DRAFT,    MEETING_HELD },	/* taken back */
	{ MEETING_MINUTES_DRAFT,    MEETING_MINUTES_RELEASED },
};

bool
meeting_may_move(enum meeting_state from, enum meeting_state to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to)
			return true;
	return false;
}

bool
meeting_is_ahead(enum meeting_state state)
{
	return state == MEETING_PLANNED || state == MEETING_CALLED;
}

bool
meeting_may_plan(const struct world_body *body, enum role role)
{
	return role == ROLE_SECRETARY || (body->chair_plans &&
	    (role == ROLE_CHAIR || role == ROLE_VICE_CHAIR));
}
