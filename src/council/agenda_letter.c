/* SPDX-License-Identifier: MIT */
/* A released agenda goes to everybody whom it is for. */
#include "council/agenda_letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/trail.h"
#include "council/agenda_files.h"
#include "council/agenda_items.h"
#include "council/agenda_paper.h"
#include "council/agenda_show.h"
#include "outbox/outbox.h"
#include "render/fields.h"

struct send {
	const struct gathering *g;
	const struct agenda_row *row;
	struct agenda members, public;
	bool is_new;			/* than one that people have: */
	struct agenda had_members, had_public;
	const char **secrets;
	size_t n_secrets;
	struct agenda_files files_members, files_public;
	const struct outbox_file *inside_files, *outside_files;
	size_t n_inside_files, n_outside_files;
	const struct guest **done;	/* who has a copy */
	size_t n_done, stopped;
};

/* The body that the meeting is held with, the committee, and subscribers. */
static enum rc
outsiders(const struct gathering *g, struct guest **list, size_t *n,
    struct err *err)
{
	struct guest *public, *all, *asked;
	size_t n_public, n_asked, count = 0;
	enum rc rc = gathering_public(g, &public, &n_public, err);

	if (rc != RC_OK)
		return rc;
	asked = gathering_members(g, &n_asked);
	all = arena_array(g->arena, n_public + n_asked + 1, sizeof *all);
	for (size_t i = 0; i < n_asked; i++)
		all[count++] = asked[i];
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
	struct json_fields *fields = fields_open(g->arena);
	struct outbox_draft draft = {
		.key = arena_printf(g->arena, "agenda/%s/v%lld/%s",
		    g->meeting->id, (long long)s->row->version,
		    guest->email),
		.template = "agenda", .language = g->language,
		.kind = LETTER_AGENDA, .class = LETTER_BULK,
		.ref = g->meeting->id, .body = g->body, .to = guest->email,
		.to_name = guest->name, .fields = fields, .is_list = !inside,
		.files = inside ? s->inside_files : s->outside_files,
		.n_files = inside ? s->n_inside_files : s->n_outside_files,
		/* none for those who may see them */
		.secrets = s->secrets,
		.n_secrets = inside ? 0 : s->n_secrets,
	};
	enum rc rc;

	gathering_fields(g, fields);
	agenda_point_fields(g, inside ? &s->members : &s->public, fields, inside);
	if (s->is_new)
		agenda_change_fields(g, inside ? &s->had_members : &s->had_public,
		    inside ? &s->members : &s->public, &s->members, fields);
	agenda_files_fields(g, inside ? &s->files_members :
	    &s->files_public, fields);
	fields_flag(fields, "changed", s->is_new);
	fields_flag(fields, "asks", inside && guest->answers &&
	    gathering_is_silent(g, guest->email));
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    err);
	if (rc == RC_PARK) {
		log_warning("agenda meeting=%s: a copy is held back",
		    g->meeting->id);
		s->stopped++;
		return RC_OK;
	}
	return rc == RC_NONE ? RC_OK : rc;
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
		    .key = arena_printf(g->arena, "agenda-stopped/%s/v%lld/"
		    "%s", g->meeting->id, (long long)s->row->version,
		    leads[i].email),
		    .template = "notice-agenda-stopped",
		    .language = g->language, .kind = LETTER_NOTICE,
		    .class = LETTER_URGENT, .ref = g->meeting->id,
		    .body = g->body, .to = leads[i].email,
		    .to_name = leads[i].name, .fields = fields }, NULL, NULL,
		    err);
		/* One who cannot be told must not stop the agenda. */
		if (rc == RC_NONE || rc == RC_PARK)
			rc = RC_OK;
	}
	return rc;
}

/* A name that an open point's file has, too, is no secret. */
static bool
is_open_name(const struct send *s, const char *name)
{
	for (size_t i = 0; i < s->files_public.n; i++)
		if (strcmp(s->files_public.list[i].row.name, name) == 0)
			return true;
	return false;
}

static void
secrets_take(struct send *s)
{
	const struct agenda *a = &s->members;

	s->secrets = arena_array(s->g->arena, 3 * a->n + s->files_members.n +
	    1, sizeof *s->secrets);
	for (size_t i = 0; i < a->n; i++) {
		if (!a->points[i].closed)
			continue;
		s->secrets[s->n_secrets++] = a->points[i].title;
		if (a->points[i].words != NULL)
			s->secrets[s->n_secrets++] = a->points[i].words;
	}
	for (size_t i = 0; i < s->files_members.n; i++) {
		const struct agenda_file *f = &s->files_members.list[i];

		if (f->closed && !is_open_name(s, f->row.name))
			s->secrets[s->n_secrets++] = f->row.name;
	}
}

/* The agenda itself as a paper, before its files, where the body wants it. */
static enum rc
paper_load(struct send *s, bool inside, const struct outbox_file **files,
    size_t *n, struct err *err)
{
	struct outbox_file paper, *list;
	enum rc rc = agenda_paper_file(s->g, s->row, inside ?
	    AUDIENCE_MEMBERS : AUDIENCE_PUBLIC, &paper, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	list = arena_array(s->g->arena, *n + 1, sizeof *list);
	list[0] = paper;
	for (size_t i = 0; i < *n; i++)
		list[i + 1] = (*files)[i];
	*files = list;
	(*n)++;
	return RC_OK;
}

static enum rc
files_load(struct send *s, bool public, struct err *err)
{
	const struct gathering *g = s->g;
	enum rc rc = agenda_files_load(g, &s->members, AUDIENCE_MEMBERS,
	    &s->files_members, err);

	if (rc != RC_OK || (rc = agenda_files_letter(g, &s->files_members,
	    &s->inside_files, &s->n_inside_files, err)) != RC_OK ||
	    (rc = paper_load(s, true, &s->inside_files, &s->n_inside_files,
	    err)) != RC_OK || !public)
		return rc;
	if ((rc = agenda_files_load(g, &s->members, AUDIENCE_PUBLIC,
	    &s->files_public, err)) != RC_OK ||
	    (rc = agenda_files_letter(g, &s->files_public, &s->outside_files,
	    &s->n_outside_files, err)) != RC_OK)
		return rc;
	return paper_load(s, false, &s->outside_files, &s->n_outside_files,
	    err);
}

static enum rc
had_load(struct send *s, struct err *err)
{
	const struct gathering *g = s->g;
	struct agenda_row had;
	enum rc rc = agenda_load_mailed(g->council->store, g->arena,
	    g->meeting->id, &had, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	s->is_new = true;
	if ((rc = agenda_points(g->council->store, g->arena, had.agenda_id,
	    AUDIENCE_MEMBERS, &s->had_members, err)) != RC_OK)
		return rc;
	return agenda_points(g->council->store, g->arena, had.agenda_id,
	    AUDIENCE_PUBLIC, &s->had_public, err);
}

enum rc
agenda_send(const struct gathering *g, const struct agenda_row *row,
    struct err *err)
{
	struct store *store = g->council->store;
	struct send s = { .g = g, .row = row };
	struct guest *inside, *outside;
	size_t n_inside, n_outside;
	enum rc rc;

	if ((rc = agenda_points(store, g->arena, row->agenda_id,
	    AUDIENCE_MEMBERS, &s.members, err)) != RC_OK ||
	    (rc = agenda_points(store, g->arena, row->agenda_id,
	    AUDIENCE_PUBLIC, &s.public, err)) != RC_OK ||
	    (rc = had_load(&s, err)) != RC_OK ||
	    (rc = files_load(&s, true, err)) != RC_OK ||
	    (rc = outsiders(g, &outside, &n_outside, err)) != RC_OK)
		return rc;
	inside = gathering_insiders(g, &n_inside);
	s.done = arena_array(g->arena, n_inside + n_outside + 1,
	    sizeof *s.done);
	secrets_take(&s);
	if ((rc = send_all(&s, inside, n_inside, true, err)) != RC_OK ||
	    (rc = send_all(&s, outside, n_outside, false, err)) != RC_OK ||
	    (s.stopped > 0 && (rc = stopped_tell(&s, err)) != RC_OK))
		return rc;
	if ((rc = agenda_items_settle(g, row, &s.members, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < s.members.n && rc == RC_OK; i++)
		if (s.members.points[i].item_id != 0)
			rc = trail_tell(g->council, g->arena,
			    s.members.points[i].item_id, TRAIL_AGENDA, NULL,
			    0, err);
	if (rc != RC_OK)
		return rc;
	return agenda_move(store, row, AGENDA_MAIL, 0, 0, err);
}

enum rc
agenda_send_member(const struct gathering *g, const struct agenda_row *row,
    const struct guest *guest, struct err *err)
{
	struct send s = { .g = g, .row = row };
	enum rc rc = agenda_points(g->council->store, g->arena,
	    row->agenda_id, AUDIENCE_MEMBERS, &s.members, err);

	if (rc != RC_OK || (rc = files_load(&s, false, err)) != RC_OK)
		return rc;
	return send_one(&s, guest, true, err);
}

enum rc
agenda_count(const struct gathering *g, size_t *members, size_t *others,
    struct err *err)
{
	struct guest *inside, *outside;
	size_t n_inside, n_outside, n = 0, m = 0;
	struct send s = { .g = g };
	enum rc rc = outsiders(g, &outside, &n_outside, err);

	if (rc != RC_OK)
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
