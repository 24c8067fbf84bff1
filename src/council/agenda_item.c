/* SPDX-License-Identifier: MIT */
/* Anybody proposes a point for the agenda of a meeting. */
#include "council/deed.h"

#include "council/files.h"
#include "council/item_decision.h"
#include "rules/cpr.h"
#include "store/decision.h"
#include "store/item.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	const struct world_person *person = body == NULL ? NULL :
	    world_person(body, act->sender.email);
	bool member = act->sender.verified && person != NULL;
	const char *title = action->title != NULL ? action->title : "";
	const char *words = action->text != NULL ? action->text : title;
	struct files_taken files;
	struct item item;
	enum rc rc;

	if (body == NULL || act->sender.email == NULL)
		return fail(err, RC_PARK, "no body, or nobody to thank");
	item = (struct item){
	    .body = body->slug, .meeting = action->meeting,
	    .title = cpr_mask(act->arena, title, CPR_POSSIBLE, NULL),
	    .words = cpr_mask(act->arena, words, CPR_POSSIBLE, NULL),
	    .by = act->sender.email,
	    .state = member ? ITEM_ACCEPTED : ITEM_PROPOSED,
	    .at = act->council->now_at, .journal_id = journal_id };
	if ((rc = item_add(act->council->store, &item, &item.number,
	    err)) != RC_OK ||
	    (rc = late_item_take(act, &item, end, err)) != RC_OK)
		return rc;
	end->number = item.number;
	/* A citizen's waits until the secretary takes it up: she finds it in
	 * her decision mail. */
	if (!member && (rc = citizen_item_ask(act, &item, err)) != RC_OK)
		return rc;
	rc = rc != RC_OK ? rc : files_take(act, FILE_OF_ITEM,
	    end->number, journal_id, FILES_ALL, &files, err);
	end->files_left = rc == RC_OK ? files.left : 0;
	return rc;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = decision_forget_item(act->council->store, journal_id,
	    err);

	if (rc == RC_OK)
		rc = file_undo(act->council->store, journal_id, err);
	return rc != RC_OK ? rc : item_undo(act->council->store, journal_id, err);
}

const struct deed deed_agenda_item = {
	.action = ACTION_AGENDA_ITEM,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
