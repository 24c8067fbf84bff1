/* SPDX-License-Identifier: MIT */
/* A point comes into the draft of its meeting, or leaves it, by a decision. */
#include "base/arena.h"
#include "council/agenda_extra.h"
#include "council/agenda_letter.h"
#include "council/deed.h"
#include "council/item_decision.h"
#include "council/trail.h"
#include "rules/meeting.h"

/* RC_NONE: no meeting ahead, or no draft yet; then it is put together without
 * the point, or with it, in its time. */
static enum rc
draft_open(struct act *act, const struct item *item, struct gathering *g,
    struct agenda_row *row, struct agenda *agenda, struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, item->meeting, &body);
	enum rc rc;

	if (meeting == NULL || !meeting_is_ahead(meeting->state))
		return RC_NONE;
	if ((rc = gathering_open(act->council, act->arena, body, meeting, g,
	    err)) != RC_OK ||
	    (rc = agenda_load(act->council->store, act->arena, meeting->id,
	    row, err)) != RC_OK)
		return rc;
	return agenda_points(act->council->store, act->arena, row->agenda_id,
	    AUDIENCE_MEMBERS, agenda, err);
}

static size_t
point_of(const struct agenda *agenda, int64_t item_id)
{
	size_t i = 0;

	while (i < agenda->n && agenda->points[i].item_id != item_id)
		i++;
	return i;
}

static enum rc
draft_change(struct act *act, const struct gathering *g,
    const struct agenda *before, const struct agenda *after,
    int64_t journal_id, struct err *err)
{
	struct agenda_row new = { .journal_id = journal_id };
	enum rc rc = agenda_add(act->council->store, g->meeting->id, after,
	    act->council->now_at, &new, err);

	new.mail_id = act->mail_id;
	return rc != RC_OK ? rc : agenda_draft_send(g, &(struct draft_letter){
	    .row = &new, .before = before, .mail_id = act->mail_id }, err);
}

/* Before the last point, «Eventuelt», as a change in words does. */
enum rc
item_draft_add(struct act *act, const struct item *item, int64_t journal_id,
    struct err *err)
{
	struct gathering g;
	struct agenda_row row;
	struct agenda before, after;
	size_t at;
	enum rc rc = draft_open(act, item, &g, &row, &before, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if (point_of(&before, item->number) < before.n)
		return RC_OK;
	after.points = arena_array(act->arena, before.n + 2,
	    sizeof *after.points);
	after.n = before.n + 1;
	at = before.n > 0 ? before.n - 1 : 0;
	for (size_t i = 0; i < after.n; i++)
		after.points[i] = i == at ? agenda_point_of_item(&g, item) :
		    before.points[i > at ? i - 1 : i];
	return draft_change(act, &g, &before, &after, journal_id, err);
}

enum rc
item_draft_drop(struct act *act, const struct item *item, int64_t journal_id,
    struct err *err)
{
	struct gathering g;
	struct agenda_row row;
	struct agenda before, after;
	size_t at;
	enum rc rc = draft_open(act, item, &g, &row, &before, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if ((at = point_of(&before, item->number)) == before.n)
		return RC_OK;
	if (row.state != AGENDA_DRAFT)
		return fail(err, RC_PARK, "the agenda is released");
	after.points = arena_array(act->arena, before.n + 1,
	    sizeof *after.points);
	after.n = before.n - 1;
	for (size_t i = 0; i < after.n; i++)
		after.points[i] = before.points[i >= at ? i + 1 : i];
	return draft_change(act, &g, &before, &after, journal_id, err);
}

enum rc
item_draft_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return agenda_undo(act->council->store, journal_id, err);
}

enum rc
item_draft_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	struct agenda_row row, now;
	const char *meeting;
	enum rc rc = agenda_by_journal(act->council->store, act->arena,
	    journal_id, &meeting, &row, err);

	*gone = false;
	if (rc == RC_OK)
		rc = agenda_load(act->council->store, act->arena, meeting,
		    &now, err);
	if (rc == RC_OK)
		*gone = now.agenda_id != row.agenda_id ||
		    row.state == AGENDA_MAILED;
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	return *gone ? RC_OK : trail_gone(act->council, journal_id, gone,
	    err);
}
