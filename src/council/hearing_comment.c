/* SPDX-License-Identifier: MIT */
/* A member's contribution to the answer to a hearing. */
#include "council/deed.h"

#include "rules/cpr.h"
#include "store/contribution.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	return contribution_add(act->council->store, &(struct contribution){
	    .hearing = action->hearing, .role = CONTRIBUTION_MEMBER,
	    .email = action->person != NULL ? action->person :
	    act->sender.email, .verified = act->sender.verified,
	    .words = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL),
	    .at = act->council->now_at, .mail_id = act->mail_id,
	    .journal_id = journal_id }, NULL, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return contribution_undo(act->council->store, journal_id, err);
}

const struct deed deed_hearing_comment = {
	.action = ACTION_HEARING_COMMENT,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
