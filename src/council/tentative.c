/* SPDX-License-Identifier: MIT */
/* A member may come, and may not. */
#include "council/coming.h"
#include "council/deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return coming_set(act, action, REPLY_TENTATIVE, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return coming_undo(act, journal_id, err);
}

const struct deed deed_tentative = {
	.action = ACTION_TENTATIVE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
