/* SPDX-License-Identifier: MIT */
/* A member puts the body's topics in order; the last order counts. */
#include "council/deed.h"

#include "store/ranking.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);

	(void)end;
	if (body == NULL || action->order == NULL)
		return fail(err, RC_PARK, "no body, or no order");
	return ranking_set(act->council->store, &(struct ranking){
	    .body = body->slug, .email = action->person != NULL ?
	    action->person : act->sender.email, .letters = action->order,
	    .at = act->council->now_at, .journal_id = journal_id }, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return ranking_undo(act->council->store, journal_id, err);
}

const struct deed deed_ranking = {
	.action = ACTION_RANKING,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
};
