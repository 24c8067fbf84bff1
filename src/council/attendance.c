/* SPDX-License-Identifier: MIT */
/* A member, or the secretary for one, says that the seat will be taken. */
#include "council/deed.h"

#include "store/attendance.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return attendance_set(act->council->store, &(struct attendance){
	    .meeting = action->meeting, .email = action->person,
	    .reply = REPLY_COMES,
	    .at = act->council->now_at, .journal_id = journal_id }, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return attendance_undo(act->council->store, journal_id, err);
}

const struct deed deed_attendance = {
	.action = ACTION_ATTENDANCE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
