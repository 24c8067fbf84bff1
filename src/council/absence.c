/* SPDX-License-Identifier: MIT */
/* A member, or the secretary for one, says that the seat will be empty. */
#include "council/coming.h"
#include "council/deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);

	/* the secretary who wrote it herself knows */
	end->tell = end->urgent = coming_is_soon(act, action) &&
	    !text_equal_nocase(secretary_of(act, body), act->sender.email);
	return coming_set(act, action, REPLY_ABSENT, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return coming_undo(act, journal_id, err);
}

const struct deed deed_absence = {
	.action = ACTION_ABSENCE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
