/* SPDX-License-Identifier: MIT */
/* A member sends somebody else: an absence with a name beside it. */
#include "council/coming.h"
#include "council/deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return coming_set(act, action, REPLY_ABSENT, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return coming_undo(act, journal_id, err);
}

const struct deed deed_substitute = {
	.action = ACTION_SUBSTITUTE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
