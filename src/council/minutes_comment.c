/* SPDX-License-Identifier: MIT */
/* A member objects to the draft of the minutes, or corrects it. */
#include "council/deed.h"

#include "rules/cpr.h"
#include "store/comment.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return comment_add(act->council->store, &(struct comment){
	    .kind = COMMENT_MINUTES, .about = action->meeting,
	    .email = action->person != NULL ? action->person :
	    act->sender.email,
	    .words = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL),
	    .at = act->council->now_at, .journal_id = journal_id }, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return comment_undo(act->council->store, journal_id, err);
}

const struct deed deed_minutes_comment = {
	.action = ACTION_MINUTES_COMMENT,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
