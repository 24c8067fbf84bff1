/* SPDX-License-Identifier: MIT */
/* A point that comes when the agenda is a draft already: the next meeting has
 * it, unless its proposer has the chair asked and the chair says yes. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/item_decision.h"
#include "council/trail.h"
#include "rules/meeting.h"
#include "store/agenda.h"

static const struct world_meeting *
meeting_after(const struct world_body *body, const struct world_meeting *m)
{
	for (size_t i = 0; i < body->n_meetings; i++)
		if (body->meetings[i].start_at > m->start_at &&
		    meeting_is_ahead(body->meetings[i].state))
			return &body->meetings[i];
	return NULL;
}

enum rc
item_put_off(struct act *act, const struct item *item, int64_t journal_id,
    struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *m = world_meeting(act->council->world,
	    item->meeting, &body), *next = m == NULL ? NULL :
	    meeting_after(body, m);
	struct agenda_row row;
	enum rc rc = RC_OK;

	/* Without a draft and a next meeting it would come back to this one. */
	if (m != NULL && next == NULL)
		rc = agenda_load(act->council->store, act->arena, m->id, &row,
		    err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no next meeting is planned");
	return rc != RC_OK ? rc : item_move(act->council->store,
	    item->number, ITEM_POSTPONE, next == NULL ? NULL : next->id,
	    act->council->now_at, journal_id, err);
}

static bool
is_lead(const struct world_body *body, const char *email)
{
	const struct world_person *p = world_person(body, email);

	return p != NULL && (p->role == ROLE_SECRETARY ||
	    p->role == ROLE_CHAIR || p->role == ROLE_VICE_CHAIR);
}

enum rc
late_item_take(struct act *act, const struct item *item,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *m = world_meeting(act->council->world,
	    item->meeting, &body);
	struct agenda_row row;
	enum rc rc;

	if (m == NULL || act->council->now_at < m->points_until_at ||
	    (act->sender.verified && is_lead(body, act->sender.email)))
		return RC_OK;
	rc = agenda_load(act->council->store, act->arena, m->id, &row, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	/* It comes back by itself for the next agenda (store/item.h). */
	end->late_item = true;
	return RC_OK;
}

/* The meeting that it came too late for. */
static const struct world_meeting *
meeting_wanted(struct act *act, const struct letter_row *letter,
    const struct world_body **body)
{
	const char *at = letter->ref == NULL ? NULL :
	    strchr(letter->ref, '@');

	return at == NULL ? NULL : world_meeting(act->council->world, at + 1,
	    body);
}

enum rc
late_item_answer(struct act *act, const struct letter_row *letter,
    const char *choice, struct deed_end *end, struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *m = meeting_wanted(act, letter, &body);
	struct action *told = arena_array(act->arena, 1, sizeof *told);
	struct item item;
	enum rc rc = m == NULL || !text_starts(letter->ref, "item:") ||
	    !text_equal_nocase(letter->to, act->sender.email) ? RC_NONE :
	    item_load(act->council->store, act->arena,
	    strtoll(letter->ref + 5, NULL, 10), &item, err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no letter that the sender got");
	if (rc != RC_OK)
		return rc;
	*told = *end->action;
	told->title = item.title;
	end->action = told;
	end->body = body;
	end->decision = "late-answer";
	end->no_line = true;
	if (choice == NULL || strcmp(choice, "ask-chair") != 0) {
		told->choice = "next";
		return RC_OK;
	}
	told->choice = choice;
	if (m->start_at <= act->council->now_at ||
	    !meeting_is_ahead(m->state)) {
		end->fault = "late";
		return RC_OK;
	}
	rc = decision_ask(act->council, act->arena, &(struct decision_draft){
	    .kind = "late-item", .key = arena_printf(act->arena,
	    "late-item/%lld", (long long)item.number), .body = body,
	    .ref = m->id, .row_id = item.number, .label = item.title,
	    .words = strcmp(item.words, item.title) == 0 ? NULL : item.words,
	    .until_at = m->start_at, .urgent = true, .to_chair = true }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
waits(struct council *council, struct arena *arena,
    const struct decision_row *row, bool *waits, struct err *err)
{
	const struct world_meeting *m = world_meeting(council->world,
	    row->ref, NULL);
	struct item item;
	enum rc rc = item_load(council->store, arena, row->row_id, &item,
	    err);

	*waits = rc == RC_OK && (item.state == ITEM_ACCEPTED ||
	    item.state == ITEM_PROPOSED || item.state == ITEM_POSTPONED) &&
	    m != NULL &&
	    m->start_at > council->now_at && meeting_is_ahead(m->state);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	struct item item;
	enum rc rc = item_load(act->council->store, act->arena, row->row_id,
	    &item, err);

	(void)end;
	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no such point") :
		    rc;
	if (strcmp(choice, "yes") != 0)
		return (rc = item_put_off(act, &item, journal_id, err)) !=
		    RC_OK ? rc : trail_tell(act->council, act->arena,
		    item.number, TRAIL_NEXT, words, act->mail_id, err);
	if (item.state != ITEM_ACCEPTED && (rc = item_move(
	    act->council->store, item.number, ITEM_ACCEPT, row->ref,
	    act->council->now_at, journal_id, err)) != RC_OK)
		return rc;
	item.meeting = row->ref;
	item.state = ITEM_ACCEPTED;
	return item_draft_add(act, &item, journal_id, err);
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

const struct decision_kind decision_late_item = {
	.name = "late-item",
	.choices = "yes no",
	.words = true,
	.waits = waits,
	.run = run,
	.undo = undo,
	.gone = item_draft_gone,
};
