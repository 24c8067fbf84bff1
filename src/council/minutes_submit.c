/* SPDX-License-Identifier: MIT */
/* The secretary or the chair hands in minutes, changes them, or says who
 * really came. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/files.h"
#include "council/minutes_deed.h"
#include "council/minutes_letter.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/meeting.h"
#include "rules/year.h"
#include "store/file.h"
#include "store/letter.h"
#include "store/meeting.h"

/* The sender hears why they were not taken; nothing else happens. */
static enum rc
refuse(struct act *act, const struct gathering *g, const char *why,
    struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "minutes-refused/mail/%lld",
		    (long long)act->mail_id),
		.template = "minutes-refused", .language = g->language,
		.kind = LETTER_MINUTES_FORM, .class = LETTER_ANSWER,
		.ref = g->meeting->id, .body = g->body, .fields = fields,
		.wants_token = true };
	bool sent;
	enum rc rc;

	gathering_fields(g, fields);
	fields_flag(fields, why, true);
	if ((rc = answer_queue(act, &draft, &sent, NULL, err)) != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, "minutes are not taken: %s", why);
}

/* Only who came: the form again, or a new draft. */
static enum rc
correct(struct act *act, struct gathering *g, const struct minutes_row *row,
    const struct minutes_reading *r, struct minutes_row *new,
    struct deed_end *end, struct err *err)
{
	enum rc rc;

	end->answers = true;
	new->state = MINUTES_FORM;
	new->case_worker = row->case_worker;
	rc = minutes_add(act->council->store, g->meeting->id, &r->minutes,
	    NULL, act->council->now_at, new, err);
	return rc != RC_OK ? rc : minutes_form_send(g, &(struct minutes_form){
	    .row = new, .corrected = true, .unknown = r->unknown,
	    .mail_id = act->mail_id, .only = act->sender.email }, err);
}

/* In the life of minutes the new version is where the old one's step leads. */
static enum rc
state_of(struct act *act, const struct gathering *g,
    const struct minutes_row *row, const struct minutes_reading *r,
    struct minutes_row *new, struct err *err)
{
	bool first = row->version == 0 || row->state == MINUTES_FORM;
	/* nobody but the speakers has seen it */
	bool fresh = first || row->state == MINUTES_CHECK;
	bool check = false;
	enum minutes_state from = row->version == 0 ? MINUTES_FORM :
	    row->state;
	size_t quoted = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < r->minutes.n; i++)
		quoted += r->minutes.items[i].n_speeches;
	if (first && quoted > 0 && (rc = minutes_rule(g,
	    "minutes-speakers-first", &check, err)) != RC_OK)
		return rc;
	if (!minutes_may(from, check ? MINUTES_ASK : MINUTES_SUBMIT,
	    &new->state))
		return fail(err, RC_STOP, "minutes: no such step from %s",
		    minutes_state_word(from));
	(void)act;
	return check ? minutes_until(g, "minutes-speaker-days",
	    MINUTES_SPEAKER_DAYS, &new->until_at, err) : fresh ?
	    minutes_until(g, "minutes-days", MINUTES_DAYS, &new->until_at,
	    err) : minutes_until(g, "minutes-again-days", MINUTES_AGAIN_DAYS,
	    &new->until_at, err);
}

/* A file that is not what it says is no minutes. */
static enum rc
file_take(struct act *act, const struct gathering *g,
    const struct action *action, const struct minutes_row *new,
    int64_t journal_id, bool *fit, struct err *err)
{
	struct files_taken taken;
	enum rc rc = files_take(act, FILE_OF_MINUTES, new->minutes_id,
	    journal_id, action->part, &taken, err);

	(void)g;
	*fit = rc == RC_OK && taken.n > taken.held;
	return rc;
}

static enum rc
receipt(struct act *act, const struct gathering *g,
    const struct action *action, const struct minutes_row *row,
    const struct minutes_row *new,
    const struct minutes_reading *r, int64_t due_at, struct deed_end *end,
    struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	struct guest *readers;
	size_t n, whole = 0, speakers = 0;
	bool closed = false;
	enum rc rc = RC_OK;

	if (new->state == MINUTES_CHECK)
		rc = minutes_speakers_ask(g, new, false, 0, 0, &speakers,
		    err);
	if (rc != RC_OK)
		return rc;
	readers = minutes_readers(g, &r->minutes, &n);
	for (size_t i = 0; i < n; i++)
		whole += readers[i].answers;
	for (size_t i = 0; i < r->minutes.n; i++)
		closed = closed || r->minutes.items[i].closed;
	fields_text(fields, "sends", day_words_at(act->arena, g->language,
	    due_at));
	fields_text(fields, "until", minutes_until_words(g, new->until_at));
	fields_number(fields, "members", (long)whole);
	fields_number(fields, "others", (long)(n - whole));
	fields_text(fields, "speakers", speakers == 0 ? NULL :
	    arena_printf(act->arena, "%zu", speakers));
	fields_flag(fields, "changed", row->version > 0 &&
	    row->state != MINUTES_FORM);
	fields_flag(fields, "file", r->file);
	fields_flag(fields, "file_closed", r->file && closed);
	fields_flag(fields, "no_decisions", !r->file && !r->decides);
	fields_text(fields, "extra", r->extra);
	fields_text(fields, "leaks", r->leaking);
	fields_text(fields, "unknown", r->unknown);
	fields_text(fields, "strangers", r->strangers);
	fields_flag(fields, "cpr", act->cpr);
	deed_fields(act, fields, "done", action, act->sender.email);
	end->template = "receipt-minutes-submit";
	end->fields = fields;
	return RC_OK;
}

static enum rc
letters(struct act *act, const struct gathering *g,
    const struct minutes_row *row, const struct minutes_row *new,
    int64_t due_at, struct err *err)
{
	bool first = row->version == 0 || row->state == MINUTES_FORM ||
	    row->state == MINUTES_CHECK;
	struct minutes old;
	size_t n;
	enum rc rc;

	if (new->state == MINUTES_CHECK)
		return minutes_speakers_ask(g, new, true, due_at,
		    act->mail_id, &n, err);
	if (first)
		return minutes_draft_send(g, new, NULL, due_at, act->mail_id,
		    err);
	if ((rc = minutes_text_load(act->council->store, act->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &old, err)) != RC_OK)
		return rc;
	return minutes_draft_send(g, new, &old, due_at, act->mail_id, err);
}

enum rc
minutes_take(struct act *act, const struct action *action,
    int64_t journal_id, struct deed_end *end, struct err *err)
{
	struct store *store = act->council->store;
	struct minutes_reading r;
	struct gathering g;
	struct minutes_row row, new;
	int64_t due_at = year_awake(act->council->now_at + MINUTES_STOP_S);
	bool fit = true;
	enum rc rc = minutes_deed_open(act, action, &g, &row, err);

	if (rc != RC_OK || (rc = minutes_read(act, &g, &row, action, &r,
	    err)) != RC_OK)
		return rc;
	if (r.refused != NULL)
		return refuse(act, &g, r.refused, err);
	new = (struct minutes_row){ .journal_id = journal_id,
		.case_worker = r.minutes.case_worker != NULL ?
		r.minutes.case_worker : row.case_worker };
	memcpy(new.content, r.content, sizeof new.content);
	if (r.only_people && (row.version == 0 ||
	    row.state == MINUTES_FORM))
		return correct(act, &g, &row, &r, &new, end, err);
	if ((rc = state_of(act, &g, &row, &r, &new, err)) != RC_OK ||
	    (rc = minutes_add(store, g.meeting->id, &r.minutes, r.leaks,
	    act->council->now_at, &new, err)) != RC_OK ||
	    (r.file && (rc = file_take(act, &g, action, &new, journal_id,
	    &fit, err)) != RC_OK))
		return rc;
	if (!fit) {
		if ((rc = minutes_take_undo(act, journal_id, err)) != RC_OK)
			return rc;
		return refuse(act, &g, "no_file", err);
	}
	/* handed in within the hour: it is over, then */
	if ((meeting_is_ahead(g.meeting->state) && (rc = meeting_move(store,
	    g.meeting->id, MEETING_HELD, act->council->now_at, err)) !=
	    RC_OK) || (g.meeting->state != MEETING_MINUTES_DRAFT &&
	    g.meeting->state != MEETING_MINUTES_RELEASED &&
	    (rc = meeting_move(store, g.meeting->id, MEETING_MINUTES_DRAFT,
	    act->council->now_at, err)) != RC_OK))
		return rc;
	if ((rc = letters(act, &g, &row, &new, due_at, err)) != RC_OK)
		return rc;
	return receipt(act, &g, action, &row, &new, &r, due_at, end, err);
}

enum rc
minutes_take_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct store *store = act->council->store;
	const struct world_meeting *meeting;
	struct minutes_row row, before;
	size_t withdrawn, gone;
	enum rc rc = minutes_by_journal(store, act->arena, journal_id, &row,
	    err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = file_undo(store, journal_id, err)) != RC_OK ||
	    (rc = minutes_undo(store, journal_id, err)) != RC_OK ||
	    (rc = letter_withdraw(store, row.mail_id, LETTER_MINUTES_DRAFT,
	    act->council->now_at, &withdrawn, &gone, err)) != RC_OK)
		return rc;
	rc = minutes_load(store, act->arena, row.meeting, &before, err);
	meeting = world_meeting(act->council->world, row.meeting, NULL);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	/* none but the form is left */
	if (meeting != NULL && meeting->state == MEETING_MINUTES_DRAFT &&
	    (rc == RC_NONE || before.state == MINUTES_FORM))
		return meeting_move(store, row.meeting, MEETING_HELD,
		    act->council->now_at, err);
	return RC_OK;
}

/* The draft has gone to those who were there. */
enum rc
minutes_take_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc == RC_OK && row.state != MINUTES_FORM &&
	    act->council->now_at >= year_awake(row.made_at +
	    MINUTES_STOP_S);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_minutes_submit = {
	.action = ACTION_MINUTES_SUBMIT,
	.who = MAY_SECRETARY,
	.run = minutes_take,
	.undo = minutes_take_undo,
	.gone = minutes_take_gone,
};
