/* SPDX-License-Identifier: MIT */
/* A member, or the secretary for one, says that the seat will be taken. */
#include "council/coming.h"
#include "council/deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return coming_set(act, action, REPLY_COMES, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return coming_undo(act, journal_id, err);
}

const struct deed deed_attendance = {
	.action = ACTION_ATTENDANCE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
