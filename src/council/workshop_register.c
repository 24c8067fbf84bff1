/* SPDX-License-Identifier: MIT */
/* Somebody comes to a workshop, or does not; a free place is offered to the
 * first who waits. What he needs is kept beside him, and said to nobody but
 * the secretary. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/workshop.h"
#include "render/fields.h"

/* Over, called off, or no such: the answer says which. */
static enum rc
closed_answer(struct act *act, const struct workshop_work *w,
    struct deed_end *end, const char *why, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);

	fields_flag(fields, why, true);
	end->no_line = true;
	return workshop_answer(act, w, end, "workshop-closed", fields,
	    (struct outbox_draft){ .key = NULL }, err);
}

/* NULL: it is open. */
static const char *
closed_why(const struct workshop_work *w)
{
	return w->row.meeting_cancelled ? "off" :
	    w->row.start_at <= w->council->now_at ? "past" : NULL;
}

static enum rc
work_open(struct act *act, const struct action *action,
    struct workshop_work *w, struct err *err)
{
	enum rc rc;

	if (act->sender.email == NULL)
		return fail(err, RC_PARK, "nobody can be answered");
	rc = workshop_open_meeting(act->council, act->arena, action->meeting,
	    w, err);
	return rc == RC_NONE ? fail(err, RC_PARK, "no such workshop") : rc;
}

/* --- comes ----------------------------------------------------------------- */

static enum rc
row_find(struct act *act, const struct workshop_work *w,
    const char *companion, struct registration_row **row, struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(act->council->store, act->arena,
	    w->row.workshop_id, act->sender.email, &rows, &n, err);

	*row = NULL;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (text_equal_nocase(rows[i].companion, companion))
			*row = &rows[i];
	return rc;
}

static enum rc
place_answer(struct act *act, const struct workshop_work *w,
    const struct registration_row *r, bool before, bool needs,
    struct deed_end *end, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);
	struct outbox_draft draft = { .wants_token = true };
	bool place = r->state == REGISTRATION_REGISTERED;
	enum rc rc = RC_OK;

	fields_flag(fields, "has_place", place);
	fields_flag(fields, "before", before);
	fields_flag(fields, "needs", needs);
	/* the words of somebody whom nobody vouches for go nowhere */
	fields_text(fields, "companion", r->companion[0] == '\0' ||
	    !act->sender.verified ? NULL : r->companion);
	if (place && r->companion[0] == '\0')
		rc = workshop_calendar(w, act->sender.email,
		    act->sender.verified ? act->sender.name : NULL, false,
		    &draft, err);
	end->no_line = before;
	return rc != RC_OK ? rc : workshop_answer(act, w, end,
	    "workshop-place", fields, draft, err);
}

/* New, or comes again after a no. */
static enum rc
row_take(struct act *act, const struct workshop_work *w,
    struct registration_row **row, const char *companion, bool full,
    int64_t journal_id, struct err *err)
{
	struct registration_row *r = *row;

	if (r != NULL)
		return registration_move(act->council->store, r, full ?
		    REGISTRATION_WAIT : REGISTRATION_TAKE,
		    act->council->now_at, 0, journal_id, err);
	r = *row = arena_alloc(act->arena, sizeof *r);
	*r = (struct registration_row){ .workshop_id = w->row.workshop_id,
		.email = act->sender.email, .companion = companion,
		.name = companion[0] != '\0' ? NULL : act->sender.person !=
		    NULL ? act->sender.person : act->sender.name,
		.state = full ? REGISTRATION_WAITING :
		    REGISTRATION_REGISTERED,
		.at = act->council->now_at };
	return registration_add(act->council->store, r, journal_id, err);
}

static enum rc
register_run(struct act *act, const struct action *action,
    int64_t journal_id, struct deed_end *end, struct err *err)
{
	const char *companion = action->name != NULL ? action->name : "";
	struct registration_row *row;
	struct workshop_work w;
	int64_t taken;
	bool before, full;
	enum rc rc = work_open(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (companion[0] != '\0' && !act->sender.verified)
		return fail(err, RC_PARK, "nobody vouches for the sender");
	if (closed_why(&w) != NULL)
		return closed_answer(act, &w, end, closed_why(&w), err);
	if ((rc = row_find(act, &w, companion, &row, err)) != RC_OK ||
	    (rc = registration_taken(act->council->store, w.row.workshop_id,
	    &taken, err)) != RC_OK)
		return rc;
	before = row != NULL && (row->state == REGISTRATION_REGISTERED ||
	    row->state == REGISTRATION_WAITING);
	full = taken >= w.row.places && !(row != NULL &&
	    row->state == REGISTRATION_OFFERED);
	if (!before && (rc = row_take(act, &w, &row, companion, full,
	    journal_id, err)) != RC_OK)
		return rc;
	if (action->text != NULL && (rc = registration_needs(
	    act->council->store, row->registration_id, action->text, err)) !=
	    RC_OK)
		return rc;
	return place_answer(act, &w, row, before, action->text != NULL, end,
	    err);
}

/* What a line did to places is taken back; what is free then is offered. */
static enum rc
place_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct workshop_work w;
	struct workshop_row row;
	int64_t workshop_id;
	enum rc rc = registration_workshop(act->council->store, journal_id,
	    &workshop_id, err);

	if (rc != RC_OK || workshop_id == 0)
		return rc;
	if ((rc = workshop_load(act->council->store, act->arena, workshop_id,
	    &row, err)) != RC_OK || (rc = registration_undo(
	    act->council->store, journal_id, &row, err)) != RC_OK ||
	    (rc = workshop_open(act->council, act->arena, &row, &w, err)) !=
	    RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return workshop_offer(&w, err);
}

const struct deed deed_register = {
	.action = ACTION_REGISTER,
	.who = MAY_ANYONE,
	.run = register_run,
	.undo = place_undo,
};

/* --- does not --------------------------------------------------------------- */

/* All that came with that address. */
static enum rc
cancel_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct json_fields *fields;
	struct outbox_draft draft = { .wants_token = true };
	struct registration_row *rows;
	struct workshop_work w;
	enum registration_state to;
	size_t n, done = 0;
	enum rc rc = work_open(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (!act->sender.verified)
		return fail(err, RC_PARK, "nobody vouches for the sender");
	if (closed_why(&w) != NULL)
		return closed_answer(act, &w, end, closed_why(&w), err);
	if ((rc = registration_list(act->council->store, act->arena,
	    w.row.workshop_id, act->sender.email, &rows, &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (registration_may(rows[i].state, REGISTRATION_CANCEL,
		    &to)) {
			rc = registration_move(act->council->store, &rows[i],
			    REGISTRATION_CANCEL, act->council->now_at, 0,
			    journal_id, err);
			done++;
		}
	if (rc != RC_OK)
		return rc;
	if (done == 0)
		return closed_answer(act, &w, end, "unknown", err);
	fields = workshop_fields(&w);
	fields_flag(fields, "several", done > 1);
	if ((rc = workshop_calendar(&w, act->sender.email, act->sender.name,
	    true, &draft, err)) != RC_OK || (rc = workshop_answer(act, &w,
	    end, "workshop-left", fields, draft, err)) != RC_OK)
		return rc;
	return workshop_offer(&w, err);
}

const struct deed deed_register_cancel = {
	.action = ACTION_REGISTER_CANCEL,
	.who = MAY_ANYONE,
	.run = cancel_run,
	.undo = place_undo,
};

/* --- what somebody thinks of, and «stop» -------------------------------------- */

/* The first of the workshop's themes that his words name; NULL. */
static const char *
theme_of(struct act *act, const struct workshop_work *w, const char *words)
{
	size_t n;
	const char **themes = text_lines(act->arena, w->row.themes, &n);

	for (size_t i = 0; i < n; i++)
		if (themes[i][0] != '\0' && text_find_nocase(words,
		    themes[i]) != NULL)
			return themes[i];
	return NULL;
}

static enum rc
idea_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct json_fields *fields;
	struct workshop_idea idea;
	struct workshop_work w;
	enum rc rc = work_open(act, action, &w, err);

	if (rc != RC_OK)
		return rc;
	if (w.row.meeting_cancelled)
		return closed_answer(act, &w, end, "off", err);
	idea = (struct workshop_idea){ .workshop_id = w.row.workshop_id,
		.email = act->sender.email, .words = action->text,
		.theme = action->title != NULL ? action->title :
		    theme_of(act, &w, action->text),
		.at = act->council->now_at, .journal_id = journal_id };
	if ((rc = workshop_idea_add(act->council->store, &idea, err)) !=
	    RC_OK)
		return rc;
	fields = workshop_fields(&w);
	fields_text(fields, "idea_theme", idea.theme);
	fields_flag(fields, "late", w.row.state >= WORKSHOP_RELEASED);
	return workshop_answer(act, &w, end, "workshop-idea", fields,
	    (struct outbox_draft){ .wants_token = true }, err);
}

static enum rc
idea_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return workshop_idea_undo(act->council->store, journal_id, err);
}

const struct deed deed_workshop_idea = {
	.action = ACTION_WORKSHOP_IDEA,
	.who = MAY_ANYONE,
	.run = idea_run,
	.undo = idea_undo,
};

static enum rc
stop_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct workshop_work w;
	enum rc rc = work_open(act, action, &w, err);

	(void)end;
	if (rc != RC_OK)
		return rc;
	if (!act->sender.verified)
		return fail(err, RC_PARK, "nobody vouches for the sender");
	return workshop_stop(act->council->store, &w.row, act->sender.email,
	    journal_id, err);
}

static enum rc
stop_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return workshop_stop_undo(act->council->store, journal_id, err);
}

const struct deed deed_workshop_stop = {
	.action = ACTION_WORKSHOP_STOP,
	.who = MAY_ANYONE,
	.run = stop_run,
	.undo = stop_undo,
};
