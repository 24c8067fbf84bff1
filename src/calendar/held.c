/* SPDX-License-Identifier: MIT */
/* The meeting is over: it takes no regrets and no points any more. */
#include "calendar/calendar.h"

#include "store/meeting.h"

#define AFTER_S 3600	/* a meeting runs late */

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	(void)err;
	*at = g->meeting->end_at + AFTER_S;
	return RC_OK;
}

static enum rc
run(struct day *day, struct err *err)
{
	return meeting_move(day->g.council->store, day->g.meeting->id,
	    MEETING_HELD, day->g.council->now_at, err);
}

const struct due due_held = {
	.name = "held",
	.parts = true,
	.silent = true,
	.at = at,
	.run = run,
};
