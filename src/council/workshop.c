/* SPDX-License-Identifier: MIT */
/* What all letters and deeds of a workshop share. */
#include "council/workshop.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/meeting.h"

#define OFFER_BEFORE_S (12 * 3600)	/* nobody is asked in the last hours */
#define OFFER_LEAST_S 3600

enum rc
workshop_open(struct council *council, struct arena *arena,
    const struct workshop_row *row, struct workshop_work *w, struct err *err)
{
	const struct world_body *body = world_body(council->world, row->body);
	const struct world_meeting *m = world_meeting(council->world,
	    row->meeting, NULL);
	struct world_meeting *old;

	if (body == NULL)
		return RC_NONE;
	*w = (struct workshop_work){ .council = council, .arena = arena,
		.row = *row };
	if (m == NULL) {
		/* held long since: what its letters say of it */
		old = arena_alloc(arena, sizeof *old);
		*old = (struct world_meeting){ .id = row->meeting,
			.day = date_local(row->start_at).day,
			.start_at = row->start_at, .end_at = row->end_at,
			.kind = MEETING_WORKSHOP, .state = MEETING_HELD };
		m = old;
	}
	return gathering_open(council, arena, body, m, &w->g, err);
}

enum rc
workshop_open_meeting(struct council *council, struct arena *arena,
    const char *meeting, struct workshop_work *w, struct err *err)
{
	struct workshop_row row;
	enum rc rc = meeting == NULL ? RC_NONE : workshop_by_meeting(
	    council->store, arena, meeting, &row, err);

	return rc != RC_OK ? rc : workshop_open(council, arena, &row, w, err);
}

static void
lines_fields(struct arena *arena, struct json_fields *fields,
    const char *list, const char *lines)
{
	size_t n;
	const char **all = text_lines(arena, lines, &n);

	for (size_t i = 0; i < n; i++)
		if (all[i][0] != '\0')
			fields_text(fields_item(fields, list), "line",
			    all[i]);
}

struct json_fields *
workshop_fields(const struct workshop_work *w)
{
	struct json_fields *fields = fields_open(w->arena);

	gathering_fields(&w->g, fields);
	fields_text(fields, "process", w->row.process);
	fields_number(fields, "places", w->row.places);
	lines_fields(w->arena, fields, "themes", w->row.themes);
	lines_fields(w->arena, fields, "principles", w->row.principles);
	fields_text(fields, "way", w->row.way);
	fields_text(fields, "contact", w->row.contact);
	fields_text(fields, "address", w->g.body->address != NULL ?
	    w->g.body->address : w->council->outbox->mailbox);
	return fields;
}

enum rc
workshop_letter(const struct workshop_work *w, struct outbox_draft draft,
    struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	draft.language = w->g.language;
	draft.body = w->g.body;
	if (draft.ref == NULL)
		draft.ref = w->row.meeting;
	rc = outbox_queue(w->council->outbox, w->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_PARK)
		log_warning("workshop=%s: a letter cannot leave: %s",
		    w->row.meeting, why.text);
	return rc == RC_NONE || rc == RC_PARK || rc == RC_OK ? RC_OK :
	    fail(err, rc, "%s", why.text);
}

enum rc
workshop_calendar(const struct workshop_work *w, const char *email,
    const char *name, bool cancel, struct outbox_draft *draft,
    struct err *err)
{
	struct guest guest = { email, name, true };

	if (w->g.meeting->uid == NULL)
		return RC_OK;
	draft->calendar_method = cancel ? "CANCEL" : "REQUEST";
	return gathering_calendar(&w->g, &guest, cancel, &draft->calendar,
	    err);
}

enum rc
workshop_rule(const struct workshop_work *w, const char *name, int otherwise,
    int *number, struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(w->council->store, w->arena, w->row.body, name,
	    &value, err);

	*number = rc == RC_OK && atoi(value) > 0 ? atoi(value) : otherwise;
	return rc == RC_NONE ? RC_OK : rc;
}

/* --- free places --------------------------------------------------------- */

static enum rc
offer_one(const struct workshop_work *w, struct registration_row *r,
    int64_t until_at, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);
	enum rc rc = registration_move(w->council->store, r,
	    REGISTRATION_OFFER, w->council->now_at, until_at, 0, err);

	if (rc != RC_OK)
		return rc;
	fields_text(fields, "until", day_words_at(w->arena, w->g.language,
	    until_at));
	fields_text(fields, "companion", r->companion[0] == '\0' ? NULL :
	    r->companion);
	return workshop_letter(w, (struct outbox_draft){
	    .key = arena_printf(w->arena, "workshop-offer/%lld/%lld",
	    (long long)r->registration_id, (long long)until_at),
	    .template = "workshop-offer", .kind = LETTER_WORKSHOP_OFFER,
	    .class = LETTER_ANSWER, .to = r->email, .to_name = r->name,
	    .fields = fields, .wants_token = true,
	    .due_at = year_is_quiet(w->council->now_at) ?
	    year_awake(w->council->now_at) : 0 }, err);
}

enum rc
workshop_offer(const struct workshop_work *w, struct err *err)
{
	int64_t now_at = w->council->now_at, taken, until_at;
	int64_t last_at = w->row.start_at - OFFER_BEFORE_S;
	struct registration_row *rows;
	size_t n;
	int hours;
	enum rc rc = workshop_rule(w, "offer-hours", WORKSHOP_OFFER_HOURS,
	    &hours, err);

	if (rc != RC_OK || (w->row.state != WORKSHOP_OPEN &&
	    w->row.state != WORKSHOP_ANNOUNCED) || w->row.meeting_cancelled)
		return rc;
	until_at = now_at + (int64_t)hours * 3600;
	if (until_at > last_at)
		until_at = last_at;
	if (until_at - now_at < OFFER_LEAST_S)
		return RC_OK;
	if ((rc = registration_taken(w->council->store, w->row.workshop_id,
	    &taken, err)) != RC_OK || (rc = registration_list(
	    w->council->store, w->arena, w->row.workshop_id, NULL, &rows, &n,
	    err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && taken < w->row.places && rc == RC_OK; i++)
		if (rows[i].state == REGISTRATION_WAITING) {
			rc = offer_one(w, &rows[i], until_at, err);
			taken++;
		}
	return rc;
}

/* --- answers ------------------------------------------------------------- */

enum rc
workshop_answer(struct act *act, const struct workshop_work *w,
    struct deed_end *end, const char *template, struct json_fields *fields,
    struct outbox_draft draft, struct err *err)
{
	bool sent;

	draft.key = arena_printf(w->arena, "%s/mail/%lld/%lld", template,
	    (long long)act->mail_id, (long long)end->journal_id);
	draft.template = template;
	draft.kind = LETTER_WORKSHOP;
	draft.class = LETTER_ANSWER;
	draft.language = w->g.language;
	draft.body = w->g.body;
	draft.ref = w->row.meeting;
	draft.fields = fields;
	fields_flag(fields, "cpr", act->cpr);
	end->answers = true;
	return answer_queue(act, &draft, &sent, NULL, err);
}
