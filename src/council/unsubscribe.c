/* SPDX-License-Identifier: MIT */
/* Somebody no longer wants a body's agendas and minutes. */
#include "council/deed.h"

#include "base/text.h"
#include "store/subscription.h"

/* The list is changed for the sender's own, verified address; for another one
 * that address was asked before, and is the sender here (THREATS 19). */
static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	enum rc rc;

	(void)end;
	if (body == NULL || !act->sender.verified ||
	    !text_equal_nocase(action->email, act->sender.email))
		return fail(err, RC_PARK, "not his own address");
	rc = subscription_end(act->council->store, &(struct subscription){
	    .body = body->slug, .email = action->email,
	    .at = act->council->now_at, .journal_id = journal_id }, err);
	/* As it was already: the receipt says the same. */
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return subscription_undo(act->council->store, journal_id, err);
}

const struct deed deed_unsubscribe = {
	.action = ACTION_UNSUBSCRIBE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
