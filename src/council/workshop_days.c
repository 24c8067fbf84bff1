/* SPDX-License-Identifier: MIT */
/* Before a workshop: the invitation, offers that nobody answered, the letters
 * of the day before, and where it is called off. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/workshop.h"
#include "render/fields.h"

enum rc
council_workshop_invite(struct workshop_work *w, struct err *err)
{
	struct json_fields *fields = workshop_fields(w);
	struct workshop_person *list;
	size_t n;
	enum rc rc = workshop_invited(w->council->store, w->arena, &w->row,
	    &list, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = workshop_letter(w, (struct outbox_draft){
		    .key = arena_printf(w->arena, "workshop/%lld/%s",
		    (long long)w->row.workshop_id, list[i].email),
		    .template = "workshop-invitation",
		    .kind = LETTER_WORKSHOP, .class = LETTER_BULK,
		    .to = list[i].email, .to_name = list[i].name,
		    .fields = fields, .wants_token = true }, err);
	return rc != RC_OK ? rc : workshop_move(w->council->store, &w->row,
	    WORKSHOP_SEND, 0, 0, NULL, err);
}

/* --- offers ---------------------------------------------------------------- */

enum rc
council_workshop_lapse_at(const struct workshop_work *w, int64_t *at,
    struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	*at = 0;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (rows[i].state == REGISTRATION_OFFERED && (*at == 0 ||
		    rows[i].offer_until_at < *at))
			*at = rows[i].offer_until_at;
	return rc;
}

enum rc
council_workshop_lapse(struct workshop_work *w, struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (rows[i].state == REGISTRATION_OFFERED &&
		    rows[i].offer_until_at <= w->council->now_at)
			rc = registration_move(w->council->store, &rows[i],
			    REGISTRATION_LAPSE, w->council->now_at, 0, 0,
			    err);
	return rc != RC_OK ? rc : workshop_offer(w, err);
}

/* --- the day before --------------------------------------------------------- */

/* Who comes and what they need: the only letter that says it. */
static enum rc
needs_send(const struct workshop_work *w, const struct registration_row *rows,
    size_t n, struct err *err)
{
	struct act act = { .council = w->council, .arena = w->arena,
		.why = buf_open(w->arena) };
	struct json_fields *fields = workshop_fields(w), *item;
	const char *to = secretary_of(&act, w->g.body);
	bool trusted = secretary_is_trusted(&act, to);
	long coming = 0, waiting = 0;

	if (to == NULL)
		return RC_OK;
	for (size_t i = 0; i < n; i++) {
		const struct registration_row *r = &rows[i];

		waiting += r->state == REGISTRATION_WAITING;
		if (r->state != REGISTRATION_REGISTERED)
			continue;
		coming++;
		if (!trusted)
			continue;
		item = fields_item(fields, "people");
		fields_text(item, "who", r->companion[0] != '\0' ?
		    arena_printf(w->arena, "%s (%s)", r->companion,
		    r->email) : r->name != NULL ? arena_printf(w->arena,
		    "%s, %s", r->name, r->email) : r->email);
		fields_text(item, "needs", r->needs);
	}
	fields_number(fields, "coming", coming);
	fields_number(fields, "waiting", waiting);
	return workshop_letter(w, (struct outbox_draft){
	    .key = arena_printf(w->arena, "workshop-list/%lld/%d",
	    (long long)w->row.workshop_id, w->g.meeting->round),
	    .template = "workshop-list", .kind = LETTER_NOTICE,
	    .class = LETTER_ANSWER, .to = to, .fields = fields }, err);
}

enum rc
council_workshop_practical(struct workshop_work *w, struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (rows[i].state == REGISTRATION_REGISTERED)
			rc = workshop_letter(w, (struct outbox_draft){
			    .key = arena_printf(w->arena,
			    "workshop-practical/%lld/%d/%s",
			    (long long)w->row.workshop_id,
			    w->g.meeting->round, rows[i].email),
			    .template = "workshop-practical",
			    .kind = LETTER_WORKSHOP, .class = LETTER_BULK,
			    .to = rows[i].email, .to_name =
			    rows[i].companion[0] == '\0' ? rows[i].name :
			    NULL, .fields = workshop_fields(w),
			    .wants_token = true }, err);
	return rc != RC_OK ? rc : needs_send(w, rows, n, err);
}

/* --- held, called off ---------------------------------------------------------- */

enum rc
council_workshop_hold(struct workshop_work *w, struct err *err)
{
	struct registration_row *rows;
	enum registration_state to;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (registration_may(rows[i].state, REGISTRATION_HOLD, &to))
			rc = registration_move(w->council->store, &rows[i],
			    REGISTRATION_HOLD, w->council->now_at, 0, 0, err);
	return rc != RC_OK ? rc : workshop_move(w->council->store, &w->row,
	    WORKSHOP_HOLD, 0, 0, NULL, err);
}

enum rc
council_workshop_cancel(struct workshop_work *w, struct err *err)
{
	struct registration_row *rows;
	size_t n;
	enum rc rc = registration_list(w->council->store, w->arena,
	    w->row.workshop_id, NULL, &rows, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct outbox_draft draft = { .template = "workshop-off",
			.key = arena_printf(w->arena, "workshop-off/%lld/%s",
			    (long long)w->row.workshop_id, rows[i].email),
			.kind = LETTER_OTHER, .class = LETTER_URGENT,
			.to = rows[i].email, .to_name =
			    rows[i].companion[0] == '\0' ? rows[i].name :
			    NULL, .fields = workshop_fields(w) };

		if (rows[i].state == REGISTRATION_CANCELLED ||
		    rows[i].state == REGISTRATION_LAPSED)
			continue;
		rc = workshop_calendar(w, rows[i].email, draft.to_name, true,
		    &draft, err);
		if (rc == RC_OK)
			rc = workshop_letter(w, draft, err);
	}
	return rc != RC_OK ? rc : workshop_move(w->council->store, &w->row,
	    WORKSHOP_CANCEL, 0, 0, NULL, err);
}
