/* SPDX-License-Identifier: MIT */
/* A member objects to the draft of the minutes, or corrects it; the secretary
 * changes it. */
#include "base/arena.h"
#include "council/deed.h"
#include "council/minutes_deed.h"
#include "council/minutes_letter.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/cpr.h"
#include "rules/meeting.h"
#include "store/comment.h"

/* The next meeting that can take up what came too late. */
static const char *
next_day(const struct act *act, const struct gathering *g)
{
	for (size_t i = 0; i < g->body->n_meetings; i++)
		if (meeting_is_ahead(g->body->meetings[i].state) &&
		    g->body->meetings[i].start_at > act->council->now_at)
			return day_words(act->arena, g->language,
			    g->body->meetings[i].day);
	return NULL;
}

/* The clock stands, and she sees the item beside what is said of it. */
static enum rc
object(struct act *act, const struct gathering *g,
    const struct action *action, const struct minutes_row *row,
    int64_t journal_id, struct deed_end *end, struct err *err)
{
	enum minutes_state to;
	enum rc rc;

	if (row->state == MINUTES_CHECK || minutes_may(row->state,
	    MINUTES_OBJECT, &to)) {
		if (row->state != MINUTES_CHECK && (rc = minutes_move(
		    act->council->store, row, &(struct minutes_step){
		    .act = MINUTES_OBJECT, .journal_id = journal_id },
		    err)) != RC_OK)
			return rc;
		end->told = true;
		return minutes_lead_send(g, &(struct minutes_lead){
		    .row = row, .why = "objection",
		    .mail_id = act->mail_id }, err);
	}
	end->tell = true;
	end->template = "receipt-minutes-late";
	end->fields = fields_open(act->arena);
	fields_text(end->fields, "next", next_day(act, g));
	fields_flag(end->fields, "cpr", act->cpr);
	deed_fields(act, end->fields, "done", action, act->sender.email);
	return RC_OK;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct gathering g;
	struct minutes_row row;
	struct minutes old = { .n = 0 };
	struct err why = { "" };
	enum rc opened = minutes_deed_open(act, action, &g, &row, &why), rc;
	bool round, late;

	if (opened != RC_OK && opened != RC_PARK)
		return fail(err, opened, "%s", why.text);
	if (opened == RC_OK && row.version > 0 &&
	    (rc = minutes_text_load(act->council->store, act->arena,
	    row.minutes_id, AUDIENCE_MEMBERS, &old, err)) != RC_OK)
		return rc;
	if (opened == RC_OK && minutes_deed_writes(act, &g) &&
	    minutes_deed_has_points(act, &g, &old, action->text))
		return minutes_take(act, action, journal_id, end, err);
	round = opened == RC_OK && row.version > 0 &&
	    row.state != MINUTES_FORM;
	late = round && row.state != MINUTES_CHECK &&
	    row.state != MINUTES_DRAFT && row.state != MINUTES_STOPPED;
	rc = comment_add(act->council->store, &(struct comment){
	    .kind = COMMENT_MINUTES, .about = action->meeting,
	    .email = action->person != NULL ? action->person :
	    act->sender.email,
	    .words = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL), .late = late,
	    .at = act->council->now_at, .journal_id = journal_id }, err);
	return rc != RC_OK || !round ? rc : object(act, &g, action, &row,
	    journal_id, end, err);
}

/* The last objection that goes lets the clock go on. */
static enum rc
settle(struct act *act, const char *meeting, struct err *err)
{
	struct minutes_row row;
	struct comment *rows;
	size_t n;
	enum rc rc = minutes_load(act->council->store, act->arena, meeting,
	    &row, err);

	if (rc != RC_OK || row.state != MINUTES_STOPPED)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = comment_list(act->council->store, act->arena, meeting, 1000,
	    &rows, &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind == COMMENT_MINUTES &&
		    rows[i].at >= row.made_at)
			return RC_OK;
	return minutes_move(act->council->store, &row, &(struct minutes_step){
	    .act = MINUTES_SETTLE }, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	const char *meeting;
	enum rc rc = comment_meeting(act->council->store, act->arena,
	    journal_id, &meeting, err);

	if (rc == RC_NONE)	/* it was a change of the text */
		return minutes_take_undo(act, journal_id, err);
	if (rc != RC_OK || (rc = comment_undo(act->council->store, journal_id,
	    err)) != RC_OK)
		return rc;
	return settle(act, meeting, err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	const char *meeting;
	enum rc rc = comment_meeting(act->council->store, act->arena,
	    journal_id, &meeting, err);

	*gone = false;
	return rc == RC_NONE ? minutes_take_gone(act, journal_id, gone, err) :
	    rc;
}

const struct deed deed_minutes_comment = {
	.action = ACTION_MINUTES_COMMENT,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
	.gone = gone,
};
