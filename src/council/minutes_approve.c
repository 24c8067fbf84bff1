/* SPDX-License-Identifier: MIT */
/* A member has no objection to the draft of the minutes; the secretary
 * releases them. */
#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/minutes_deed.h"
#include "council/minutes_letter.h"
#include "render/day_words.h"
#include "rules/year.h"
#include "store/comment.h"

/* --- the secretary -------------------------------------------------------- */

/* She gets what counts, and can say it of that. */
static enum rc
not_now(struct act *act, const struct gathering *g,
    const struct minutes_row *row, const char *why, struct err *err)
{
	enum rc rc = minutes_lead_send(g, &(struct minutes_lead){ .row = row,
	    .why = why, .mail_id = act->mail_id, .only = act->sender.email },
	    err);

	if (rc != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, "not released: %s", why);
}

static enum rc
release(struct act *act, const struct gathering *g,
    const struct minutes_row *row, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	int64_t minutes_id, send_at = year_awake(act->council->now_at +
	    MINUTES_STOP_S);
	enum minutes_state to;
	enum rc rc = minutes_deed_answers(act, &minutes_id, err);

	if (rc != RC_OK)
		return rc;
	if (row->state == MINUTES_RELEASED || row->state == MINUTES_MAILED)
		return not_now(act, g, row, "released", err);
	/* A release must name what it releases (THREATS 1). */
	if (minutes_id != row->minutes_id)
		return not_now(act, g, row, "stale", err);
	if (!minutes_may(row->state, MINUTES_RELEASE, &to))
		return not_now(act, g, row, "early", err);
	if ((rc = minutes_count(g, row, &end->members, &end->others,
	    err)) != RC_OK)
		return rc;
	end->sends = day_words_at(act->arena, g->language, send_at);
	return minutes_move(act->council->store, row, &(struct minutes_step){
	    .act = MINUTES_RELEASE, .send_at = send_at,
	    .journal_id = journal_id }, err);
}

/* --- a member ------------------------------------------------------------- */

static enum rc
agree(struct act *act, const struct gathering *g,
    const struct minutes_row *row, struct err *err)
{
	struct minutes_row ended;
	bool all;
	enum rc rc;

	if (row->state != MINUTES_DRAFT)
		return RC_OK;
	if ((rc = minutes_all_agreed(g, row, &all, err)) != RC_OK || !all ||
	    (rc = minutes_move(act->council->store, row,
	    &(struct minutes_step){ .act = MINUTES_END }, err)) != RC_OK ||
	    (rc = minutes_load_id(act->council->store, act->arena,
	    row->minutes_id, &ended, err)) != RC_OK)
		return rc;
	return minutes_lead_send(g, &(struct minutes_lead){ .row = &ended,
	    .why = "all" }, err);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct gathering g;
	struct minutes_row row;
	struct err why = { "" };
	enum rc opened = minutes_deed_open(act, action, &g, &row, &why), rc;

	if (opened != RC_OK && opened != RC_PARK)
		return fail(err, opened, "%s", why.text);
	if (opened == RC_OK && row.version > 0 &&
	    row.state != MINUTES_FORM && minutes_deed_writes(act, &g))
		return release(act, &g, &row, journal_id, end, err);
	rc = comment_add(act->council->store, &(struct comment){
	    .kind = COMMENT_MINUTES_APPROVE, .about = action->meeting,
	    .email = action->person != NULL ? action->person :
	    act->sender.email,
	    .at = act->council->now_at, .journal_id = journal_id }, err);
	if (rc != RC_OK || opened != RC_OK || row.version == 0)
		return rc;
	return agree(act, &g, &row, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_OK && row.state == MINUTES_RELEASED)
		return minutes_move(act->council->store, &row,
		    &(struct minutes_step){ .act = MINUTES_TAKE_BACK }, err);
	return rc != RC_OK && rc != RC_NONE ? rc :
	    comment_undo(act->council->store, journal_id, err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc == RC_OK && row.moved_by == journal_id &&
	    row.state == MINUTES_MAILED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_minutes_approve = {
	.action = ACTION_MINUTES_APPROVE,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
	.gone = gone,
};
