/* SPDX-License-Identifier: MIT */
/* A member puts the body's topics in order; the last order counts. */
#include "council/deed.h"

#include "council/topics.h"
#include "store/ranking.h"

/* Whether a round takes it; without any round it is kept as a wish. */
static enum rc
round_check(struct act *act, const struct world_body *body, struct err *err)
{
	struct topics_work w = topics_open(act->council, act->arena, body);
	struct round round;
	enum rc rc = round_newest(act->council->store, act->arena,
	    body->slug, &round, err);

	if (rc == RC_NONE || (rc == RC_OK && round.state == ROUND_OPEN &&
	    act->council->now_at < round.deadline_at))
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if ((rc = round_late_tell(&w, &round, act->sender.email,
	    act->mail_id, err)) != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, "no round is open");
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	enum rc rc;

	(void)end;
	if (body == NULL || action->order == NULL)
		return fail(err, RC_PARK, "no body, or no order");
	if ((rc = round_check(act, body, err)) != RC_OK)
		return rc;
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

/* It was counted. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	return ranking_counted(act->council->store, journal_id, gone, err);
}

const struct deed deed_ranking = {
	.action = ACTION_RANKING,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
	.gone = gone,
};
