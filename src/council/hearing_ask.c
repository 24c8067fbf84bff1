/* SPDX-License-Identifier: MIT */
/* The question of a hearing: to the members, to others who are heard, and once
 * more to those who are silent. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/hearing.h"
#include "mail/ical_day.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/file.h"
#include "store/pending.h"

#define WORDS_BYTES 6000	/* of the authority's mail that are quoted */

bool
hearing_has_said(const struct contribution *said, size_t n,
    const char *email)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(said[i].email, email))
			return true;
	return false;
}

/* The authority's files that may go on, and the day for the calendar. */
static enum rc
files_load(const struct hearing_work *w, struct outbox_file **files,
    size_t *n, struct err *err)
{
	struct file_row *rows;
	struct outbox_file *list;
	size_t n_rows, count = 0;
	const char *day;
	enum rc rc = file_list(w->council->store, w->arena, FILE_OF_HEARING,
	    w->row.hearing_id, &rows, &n_rows, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE)
		n_rows = 0;
	list = arena_array(w->arena, n_rows + 1, sizeof *list);
	for (size_t i = 0; i < n_rows; i++) {
		struct bytes bytes;

		if (!rows[i].open)
			continue;
		if ((rc = file_bytes(w->council->store, w->arena,
		    rows[i].file_id, &bytes, err)) != RC_OK)
			return rc;
		list[count++] = (struct outbox_file){ rows[i].name,
			rows[i].type, bytes };
	}
	/* No title: what stands in a calendar is read over the shoulder. */
	day = ical_day(w->arena, arena_printf(w->arena, "hearing-%lld@%s",
	    (long long)w->row.hearing_id, w->council->outbox->domain),
	    w->days.members, w->council->now_at, arena_printf(w->arena,
	    "%s: %s", w->body->name, hearing_word(w, "hearing-event")));
	list[count++] = (struct outbox_file){ hearing_word(w,
	    "hearing-event-file"), "text/calendar", {
	    (const unsigned char *)day, strlen(day) } };
	*files = list;
	*n = count;
	return RC_OK;
}

static struct json_fields *
question_fields(const struct hearing_work *w, size_t n_files)
{
	struct json_fields *fields = fields_open(w->arena);

	hearing_fields(w, fields);
	fields_text(fields, "words", text_cut(w->arena, w->request.words ==
	    NULL ? "" : w->request.words, WORDS_BYTES));
	fields_flag(fields, "material", n_files > 1);
	return fields;
}

static enum rc
parties_ask(struct hearing_work *w, const struct outbox_file *files,
    size_t n_files, struct err *err)
{
	struct hearing_party *parties;
	struct json_fields *fields = question_fields(w, n_files);
	size_t n;
	enum rc rc;

	if (w->row.request_id == 0)
		return RC_OK;
	rc = hearing_parties(w->council->store, w->arena, w->row.request_id,
	    &parties, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (parties[i].asked_at != 0)
			continue;
		/* In the house's name: which council asks is of no concern
		 * to somebody who answers the authority. */
		rc = hearing_letter(w, parties[i].email, parties[i].name,
		    (struct outbox_draft){
		    .key = arena_printf(w->arena, "hearing-party/%lld/%s",
		    (long long)w->row.request_id, parties[i].email),
		    .template = "hearing-ask-party", .kind = LETTER_HEARING,
		    .class = LETTER_BULK, .fields = fields, .files = files,
		    .n_files = n_files }, NULL, err);
		if (rc == RC_OK)
			rc = hearing_party_asked(w->council->store,
			    parties[i].party_id, w->row.hearing_id,
			    w->council->now_at, err);
	}
	return rc;
}

enum rc
hearing_ask(struct hearing_work *w, struct err *err)
{
	struct outbox_file *files;
	struct guest *list;
	struct json_fields *fields;
	size_t n, n_files;
	enum rc rc;

	w->row.members_day = w->days.members;
	if ((rc = hearing_move(w->council->store, &w->row, HEARING_ASK,
	    w->council->now_at, err)) != RC_OK ||
	    (rc = files_load(w, &files, &n_files, err)) != RC_OK)
		return rc;
	fields = question_fields(w, n_files);
	list = hearing_members(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = hearing_letter(w, list[i].email, list[i].name,
		    (struct outbox_draft){
		    .key = arena_printf(w->arena, "hearing-ask/%s/%s",
		    w->row.slug, list[i].email),
		    .template = "hearing-ask", .kind = LETTER_HEARING,
		    .class = LETTER_BULK, .body = w->body, .fields = fields,
		    .files = files, .n_files = n_files }, NULL, err);
	return rc != RC_OK ? rc : parties_ask(w, files, n_files, err);
}

/* --- reminders ---------------------------------------------------------------- */

static enum rc
one_remind(struct hearing_work *w, int number, const char *template,
    const struct world_body *body, const char *email, const char *name,
    struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);

	hearing_fields(w, fields);
	fields_flag(fields, "last", number > 0);
	return hearing_letter(w, email, name, (struct outbox_draft){
	    .key = arena_printf(w->arena, "hearing-remind/%s/%d/%s",
	    w->row.slug, number, email), .template = template,
	    .kind = LETTER_HEARING, .class = LETTER_BULK, .body = body,
	    .fields = fields }, NULL, err);
}

enum rc
hearing_remind(struct hearing_work *w, int number, struct err *err)
{
	struct store *store = w->council->store;
	struct contribution *said;
	struct hearing_party *parties;
	struct guest *list;
	size_t n, n_said, n_parties = 0;
	enum rc rc = contribution_list(store, w->arena, w->row.slug,
	    HEARING_SAID_MOST, &said, &n_said, err);

	if (rc == RC_OK && w->row.request_id != 0)
		rc = hearing_parties(store, w->arena, w->row.request_id,
		    &parties, &n_parties, err);
	if (rc != RC_OK)
		return rc;
	list = hearing_members(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (!hearing_has_said(said, n_said, list[i].email))
			rc = one_remind(w, number, "hearing-remind", w->body,
			    list[i].email, list[i].name, err);
	for (size_t i = 0; i < n_parties && rc == RC_OK; i++)
		if (parties[i].hearing_id == w->row.hearing_id &&
		    !parties[i].answered)
			rc = one_remind(w, number, "hearing-remind-party",
			    NULL, parties[i].email, parties[i].name, err);
	return rc;
}

/* --- too little time ---------------------------------------------------------- */

static enum rc
short_one(struct hearing_work *w, const struct world_person *p,
    int64_t mail_id, const struct json_fields *fields, struct err *err)
{
	struct action action = { .kind = ACTION_HEARING_TIME, .part = -1,
		.hearing = w->row.slug, .body = w->body->slug,
		.person = p->email, .title = w->row.title };
	int64_t letter_id = 0, id;
	enum rc rc = hearing_letter(w, p->email, p->name,
	    (struct outbox_draft){
	    .key = arena_printf(w->arena, "hearing-short/%s/%s", w->row.slug,
	    p->email), .template = "hearing-short", .kind = LETTER_CONFIRM,
	    .class = LETTER_URGENT, .body = w->body, .fields = fields,
	    .wants_token = true }, &letter_id, err);

	if (rc != RC_OK || letter_id == 0)
		return rc;
	return pending_add(w->council->store, &(struct pending_row){
	    .mail_id = mail_id, .letter_id = letter_id, .email = p->email,
	    .reason = "hearing-time", .asked_at = w->council->now_at,
	    .expires_at = w->council->now_at + PENDING_GOOD_S,
	    .actions = &action, .n_actions = 1 }, &id, err);
}

enum rc
hearing_short_tell(struct hearing_work *w, int64_t mail_id, struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	enum rc rc = RC_OK;

	hearing_fields(w, fields);
	fields_text(fields, "better", day_words(w->arena, w->language,
	    w->days.better));
	fields_text(fields, "valid_until", day_words(w->arena, w->language,
	    date_add_days(date_local(w->council->now_at).day,
	    PENDING_GOOD_S / 86400)));
	for (size_t i = 0; i < w->body->n_people && rc == RC_OK; i++) {
		const struct world_person *p = &w->body->people[i];

		if (p->role == ROLE_CHAIR || p->role == ROLE_VICE_CHAIR)
			rc = short_one(w, p, mail_id, fields, err);
	}
	return rc;
}
