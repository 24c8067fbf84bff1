/* SPDX-License-Identifier: MIT */
/* Released minutes to those they are for: the council, the committee, and
 * whoever gets the open part. */
#include "council/minutes_letter.h"
#include "council/minutes_paper.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/minutes_text.h"
#include "render/fields.h"
#include "store/meeting.h"

struct send {
	const struct gathering *g;
	const struct minutes_row *row;
	struct minutes members, public;
	struct minutes_files in_files, out_files;
	const char **secrets;
	size_t n_secrets, stopped;
	bool changed;
	const struct guest **done;	/* who has a copy */
	size_t n_done;
};

/* The body that the meeting was held with, guests and observers, the
 * committee's politicians and secretary, and subscribers. */
static enum rc
outsiders(const struct send *s, struct guest **list, size_t *n,
    struct err *err)
{
	const struct gathering *g = s->g;
	struct guest *public, *asked, *there, *all;
	size_t n_public, n_asked, n_there, count = 0;
	enum rc rc = gathering_public(g, &public, &n_public, err);

	if (rc != RC_OK)
		return rc;
	asked = gathering_members(g, &n_asked);
	there = minutes_readers(g, &s->members, &n_there);
	all = arena_array(g->arena, n_public + n_asked + n_there + 1,
	    sizeof *all);
	for (size_t i = 0; i < n_asked; i++)
		all[count++] = asked[i];
	for (size_t i = 0; i < n_there; i++)
		all[count++] = there[i];
	for (size_t i = 0; i < n_public; i++)
		all[count++] = public[i];
	*list = all;
	*n = count;
	return RC_OK;
}

static bool
is_done(const struct send *s, const struct guest *guest)
{
	for (size_t i = 0; i < s->n_done; i++)
		if (text_equal_nocase(s->done[i]->email, guest->email))
			return true;
	return false;
}

static enum rc
send_one(struct send *s, const struct guest *guest, bool inside,
    struct err *err)
{
	const struct gathering *g = s->g;
	const struct minutes_files *files = inside ? &s->in_files :
	    &s->out_files;
	struct json_fields *fields = fields_open(g->arena);
	struct outbox_draft draft = {
		.key = arena_printf(g->arena, "minutes/%s/v%lld/%s",
		    g->meeting->id, (long long)s->row->version,
		    guest->email),
		.template = "minutes", .language = g->language,
		.kind = LETTER_MINUTES, .class = LETTER_BULK,
		.ref = g->meeting->id, .body = g->body, .to = guest->email,
		.to_name = guest->name, .fields = fields, .is_list = !inside,
		.files = files->list, .n_files = files->n,
		.secrets = s->secrets,
		.n_secrets = inside ? 0 : s->n_secrets,
	};
	struct err why = { "" };
	enum rc rc;

	minutes_head_fields(g, s->row, &s->members, fields);
	fields_flag(fields, "changed", s->changed);
	fields_flag(fields, "file", files->file);
	fields_flag(fields, "held", !inside && s->in_files.file &&
	    !files->file);
	fields_flag(fields, "long", files->is_long);
	if (!files->is_long)
		minutes_point_fields(g, inside ? &s->members : &s->public,
		    fields);
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_PARK) {
		log_warning("minutes meeting=%s: a copy is held back",
		    g->meeting->id);
		s->stopped++;
		return RC_OK;
	}
	return rc == RC_NONE || rc == RC_OK ? RC_OK : fail(err, rc, "%s",
	    why.text);
}

static enum rc
send_all(struct send *s, const struct guest *list, size_t n, bool inside,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		if (is_done(s, &list[i]))
			continue;
		s->done[s->n_done++] = &list[i];
		rc = send_one(s, &list[i], inside, err);
	}
	return rc;
}

static enum rc
stopped_tell(const struct send *s, struct err *err)
{
	const struct gathering *g = s->g;
	struct json_fields *fields = fields_open(g->arena);
	struct guest *leads;
	size_t n;
	enum rc rc = RC_OK;

	gathering_fields(g, fields);
	fields_number(fields, "copies", (long)s->stopped);
	leads = gathering_leads(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = outbox_queue(g->council->outbox, g->arena,
		    &(struct outbox_draft){
		    .key = arena_printf(g->arena, "minutes-stopped/%s/v%lld/"
		    "%s", g->meeting->id, (long long)s->row->version,
		    leads[i].email),
		    .template = "notice-minutes-stopped",
		    .language = g->language, .kind = LETTER_NOTICE,
		    .class = LETTER_URGENT, .ref = g->meeting->id,
		    .body = g->body, .to = leads[i].email,
		    .to_name = leads[i].name, .fields = fields }, NULL, NULL,
		    err);
		/* One who cannot be told must not stop the minutes. */
		if (rc == RC_NONE || rc == RC_PARK)
			rc = RC_OK;
	}
	return rc;
}

/* Where the body wants it, and they did not come as a file of their own; what
 * cannot be printed stops no letter. The list has room (minutes_letter.c). */
static enum rc
paper_add(struct send *s, enum audience audience,
    struct minutes_files *files, struct err *err)
{
	enum rc rc = files->file ? RC_NONE : minutes_paper_file(s->g, s->row,
	    audience, &files->list[files->n], err);

	files->n += rc == RC_OK;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
texts_load(struct send *s, struct err *err)
{
	const struct gathering *g = s->g;
	struct store *store = g->council->store;
	struct minutes_row had;
	enum rc rc;

	if ((rc = minutes_text_load(store, g->arena, s->row->minutes_id,
	    AUDIENCE_MEMBERS, &s->members, err)) != RC_OK ||
	    (rc = minutes_text_load(store, g->arena, s->row->minutes_id,
	    AUDIENCE_PUBLIC, &s->public, err)) != RC_OK ||
	    (rc = minutes_files_load(g, s->row, &s->members,
	    AUDIENCE_MEMBERS, &s->in_files, err)) != RC_OK ||
	    (rc = minutes_files_load(g, s->row, &s->public, AUDIENCE_PUBLIC,
	    &s->out_files, err)) != RC_OK ||
	    (rc = paper_add(s, AUDIENCE_MEMBERS, &s->in_files, err)) != RC_OK
	    || (rc = paper_add(s, AUDIENCE_PUBLIC, &s->out_files,
	    err)) != RC_OK)
		return rc;
	rc = minutes_load_mailed(store, g->arena, g->meeting->id, &had, err);
	s->changed = rc == RC_OK;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
minutes_send(const struct gathering *g, const struct minutes_row *row,
    struct err *err)
{
	struct store *store = g->council->store;
	struct send s = { .g = g, .row = row };
	struct guest *inside, *outside;
	size_t n_inside, n_outside;
	enum rc rc = texts_load(&s, err);

	if (rc != RC_OK || (rc = outsiders(&s, &outside, &n_outside,
	    err)) != RC_OK)
		return rc;
	inside = gathering_insiders(g, &n_inside);
	s.done = arena_array(g->arena, n_inside + n_outside + 1,
	    sizeof *s.done);
	s.n_secrets = minutes_secrets(g, &s.members, &s.secrets);
	if ((rc = send_all(&s, inside, n_inside, true, err)) != RC_OK ||
	    (rc = send_all(&s, outside, n_outside, false, err)) != RC_OK ||
	    (s.stopped > 0 && (rc = stopped_tell(&s, err)) != RC_OK) ||
	    (rc = minutes_move(store, row, &(struct minutes_step){
	    .act = MINUTES_MAIL }, err)) != RC_OK)
		return rc;
	if (g->meeting->state == MEETING_MINUTES_DRAFT && (rc = meeting_move(
	    store, g->meeting->id, MEETING_MINUTES_RELEASED,
	    g->council->now_at, err)) != RC_OK)
		return rc;
	return minutes_settle(g, row, err);
}

enum rc
minutes_count(const struct gathering *g, const struct minutes_row *row,
    size_t *members, size_t *others, struct err *err)
{
	struct guest *inside, *outside;
	size_t n_inside, n_outside, n = 0, m = 0;
	struct send s = { .g = g, .row = row };
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &s.members, err);

	if (rc != RC_OK || (rc = outsiders(&s, &outside, &n_outside,
	    err)) != RC_OK)
		return rc;
	inside = gathering_insiders(g, &n_inside);
	s.done = arena_array(g->arena, n_inside + n_outside + 1,
	    sizeof *s.done);
	for (size_t i = 0; i < n_inside + n_outside; i++) {
		const struct guest *guest = i < n_inside ? &inside[i] :
		    &outside[i - n_inside];

		if (is_done(&s, guest))
			continue;
		s.done[s.n_done++] = guest;
		n += i < n_inside;
		m += i >= n_inside;
	}
	*members = n;
	*others = m;
	return RC_OK;
}
