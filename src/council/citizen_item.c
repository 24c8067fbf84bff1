/* SPDX-License-Identifier: MIT */
/* A point from outside the council: the secretary takes it up, puts it off
 * or turns it down. Without her word it goes along with the release of an
 * agenda that it stands on. */
#include <string.h>

#include "base/arena.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/item_decision.h"
#include "council/trail.h"

enum rc
citizen_item_ask(struct act *act, const struct item *item, struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    item->body);
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, item->meeting, NULL);
	enum rc rc = decision_ask(act->council, act->arena,
	    &(struct decision_draft){ .kind = "citizen-item",
	    .key = arena_printf(act->arena, "citizen-item/%lld",
	    (long long)item->number), .body = body, .ref = item->meeting,
	    .row_id = item->number, .label = item->title,
	    .words = item->words == NULL || strcmp(item->words,
	    item->title) == 0 ? NULL : item->words,
	    .until_at = meeting == NULL || meeting->points_until_at <=
	    act->council->now_at ? 0 : meeting->points_until_at }, err);

	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
waits(struct council *council, struct arena *arena,
    const struct decision_row *row, bool *waits, struct err *err)
{
	struct item item;
	enum rc rc = item_load(council->store, arena, row->row_id, &item,
	    err);

	*waits = rc == RC_OK && (item.state == ITEM_PROPOSED ||
	    item.state == ITEM_POSTPONED);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	enum item_act step = strcmp(choice, "accept") == 0 ? ITEM_ACCEPT :
	    strcmp(choice, "next") == 0 ? ITEM_POSTPONE : ITEM_REJECT;
	struct item item;
	enum rc rc = item_load(act->council->store, act->arena, row->row_id,
	    &item, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no such point") :
		    rc;
	if (step != ITEM_ACCEPT && (rc = item_draft_drop(act, &item,
	    journal_id, err)) != RC_OK)
		return rc;
	rc = step == ITEM_POSTPONE ? item_put_off(act, &item, journal_id,
	    err) : item_move(act->council->store, item.number, step, NULL,
	    act->council->now_at, journal_id, err);
	if (rc == RC_PARK && step == ITEM_POSTPONE)
		end->fault = "no_next";
	if (rc != RC_OK)
		return rc;
	if (step == ITEM_ACCEPT)
		return RC_OK;
	return trail_tell(act->council, act->arena, item.number,
	    step == ITEM_REJECT ? TRAIL_REJECTED : TRAIL_NEXT, words,
	    act->mail_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = trail_withdraw(act->council, journal_id, err);

	if (rc == RC_OK)
		rc = item_draft_undo(act, journal_id, err);
	if (rc == RC_OK)
		rc = item_undo(act->council->store, journal_id, err);
	return rc;
}

const struct decision_kind decision_citizen_item = {
	.name = "citizen-item",
	.choices = "accept next reject",
	.words = true,
	.waits = waits,
	.run = run,
	.undo = undo,
	.gone = item_draft_gone,
};
