/* SPDX-License-Identifier: MIT */
/* A member, or the secretary for one, says that the seat will be empty. */
#include "council/coming.h"
#include "council/deed.h"
#include "store/attendance.h"

#define SOON_S (2 * 86400)	/* regrets in the last two days go at once */

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, action->meeting, NULL);

	end->tell = end->urgent = meeting != NULL &&
	    meeting->start_at - act->council->now_at < SOON_S;
	return coming_set(act, action, REPLY_ABSENT, NULL, journal_id,
	    err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return attendance_undo(act->council->store, journal_id, err);
}

const struct deed deed_absence = {
	.action = ACTION_ABSENCE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
