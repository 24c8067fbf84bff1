/* SPDX-License-Identifier: MIT */
/* The form, the draft, and what whoever releases them must see. */
#include "council/minutes_letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/minutes_text.h"
#include "council/minutes_words.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/agenda.h"
#include "store/file.h"
#include "store/meeting.h"

#define LETTER_TEXT_BYTES 40000	/* of a letter; TEMPLATE_OUT_BYTES holds it
				 * with all escapes of usual prose */

/* --- rules ---------------------------------------------------------------- */

enum rc
minutes_rule(const struct gathering *g, const char *name, bool *yes,
    struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(g->council->store, g->arena, g->body->slug,
	    name, &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	*yes = rc == RC_OK && (text_equal_nocase(value, "yes") ||
	    text_equal_nocase(value, "ja"));
	return RC_OK;
}

enum rc
minutes_until(const struct gathering *g, const char *name,
    const char *otherwise, int64_t *until_at, struct err *err)
{
	const char *value = NULL;
	struct year_days days = { 0, false };
	struct date today = date_local(g->council->now_at).day;
	enum rc rc = rule_load(g->council->store, g->arena, g->body->slug,
	    name, &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE || !year_days_read(value, &days) || days.days < 0)
		(void)year_days_read(otherwise, &days);
	/* the whole of the last day is theirs */
	*until_at = date_at(date_add_days(year_add(today, days), 1),
	    GATHERING_HOUR, 0);
	return RC_OK;
}

const char *
minutes_until_words(const struct gathering *g, int64_t until_at)
{
	return day_words(g->arena, g->language, date_add_days(date_local(
	    until_at).day, -1));
}

/* --- one letter ----------------------------------------------------------- */

enum rc
minutes_letter_queue(const struct gathering *g, const struct minutes_row *row,
    const struct guest *guest, const char *because,
    struct outbox_draft draft, struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	draft.key = arena_printf(g->arena, "%s/%s/v%lld-%lld/%s%s%s",
	    draft.template, g->meeting->id, (long long)row->version,
	    (long long)row->minutes_id, because, because[0] != '\0' ? "/" :
	    "", guest->email);
	draft.language = g->language;
	draft.ref = g->meeting->id;
	draft.body = g->body;
	draft.to = guest->email;
	draft.to_name = guest->name;
	draft.wants_token = true;
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_PARK) {
		log_warning("minutes meeting=%s: a letter cannot leave: %s",
		    g->meeting->id, why.text);
		return RC_OK;
	}
	return rc == RC_OK || rc == RC_NONE ? RC_OK : fail(err, rc, "%s",
	    why.text);
}

/* Who writes and releases minutes: the secretary; where the body has none,
 * whoever leads. */
struct guest *
minutes_writers(const struct gathering *g, size_t *n)
{
	struct guest *leads = gathering_leads(g, n);
	size_t count = 0;

	for (size_t i = 0; i < *n; i++)
		for (size_t k = 0; k < g->body->n_people; k++)
			if (g->body->people[k].role == ROLE_SECRETARY &&
			    text_equal_nocase(g->body->people[k].email,
			    leads[i].email)) {
				leads[count++] = leads[i];
				break;
			}
	if (count > 0)
		*n = count;
	return leads;
}

const char *
minutes_because(const struct gathering *g, const char *why, int64_t mail_id)
{
	return mail_id == 0 ? why : arena_printf(g->arena, "%s-%lld", why,
	    (long long)mail_id);
}

/* --- the form ------------------------------------------------------------- */

static const char *
silent_names(const struct gathering *g)
{
	const char **names = arena_array(g->arena, g->roll.n + 1,
	    sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < g->roll.n; i++)
		if (g->roll.lines[i].reply == SEAT_SILENT ||
		    g->roll.lines[i].reply == SEAT_TENTATIVE)
			names[n++] = g->roll.lines[i].name != NULL ?
			    g->roll.lines[i].name : g->roll.lines[i].email;
	return n == 0 ? NULL : words_join(g->arena, g->language, names, n);
}

/* The items of the agenda that people have; without one, those of the newest
 * draft. */
static enum rc
form_points(const struct gathering *g, struct json_fields *fields,
    struct err *err)
{
	struct store *store = g->council->store;
	struct agenda agenda = { NULL, 0 };
	struct agenda_row row;
	enum rc rc = agenda_load_mailed(store, g->arena, g->meeting->id,
	    &row, err);

	if (rc == RC_NONE)
		rc = agenda_load(store, g->arena, g->meeting->id, &row, err);
	if (rc == RC_OK)
		rc = agenda_points(store, g->arena, row.agenda_id,
		    AUDIENCE_MEMBERS, &agenda, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	for (size_t i = 0; i < agenda.n; i++) {
		struct json_fields *point = fields_item(fields, "points");

		fields_number(point, "number", (long)i + 1);
		fields_text(point, "title", agenda.points[i].title);
		fields_flag(point, "closed", agenda.points[i].closed);
	}
	return RC_OK;
}

enum rc
minutes_form_send(const struct gathering *g, const struct minutes_form *form,
    struct err *err)
{
	struct json_fields *fields = fields_open(g->arena);
	struct minutes m;
	struct guest *list;
	size_t n;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    form->row->minutes_id, AUDIENCE_MEMBERS, &m, err);

	if (rc != RC_OK)
		return rc;
	minutes_head_fields(g, form->row, &m, fields);
	fields_flag(fields, "remind", form->remind);
	fields_flag(fields, "corrected", form->corrected);
	fields_text(fields, "unknown", form->unknown);
	/* once somebody has looked at the list, it is right */
	fields_text(fields, "silent", form->row->version > 1 ? NULL :
	    silent_names(g));
	if ((rc = form_points(g, fields, err)) != RC_OK)
		return rc;
	list = minutes_writers(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (form->only == NULL || text_equal_nocase(form->only,
		    list[i].email))
			rc = minutes_letter_queue(g, form->row, &list[i],
			    minutes_because(g, form->remind ? "remind" :
			    "new", form->mail_id),
			    (struct outbox_draft){ .template =
			    "minutes-form", .kind = LETTER_MINUTES_FORM,
			    .class = LETTER_ANSWER, .fields = fields,
			    .mail_id = form->mail_id }, err);
	return rc;
}

/* --- files ---------------------------------------------------------------- */

enum rc
minutes_files_load(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *minutes, enum audience audience,
    struct minutes_files *files, struct err *err)
{
	struct store *store = g->council->store;
	bool closed = false;
	struct file_row *rows;
	const char *text;
	size_t n;
	enum rc rc = file_list(store, g->arena, FILE_OF_MINUTES,
	    row->minutes_id, &rows, &n, err);

	*files = (struct minutes_files){ .n = 0 };
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < minutes->n; i++)
		closed = closed || minutes->items[i].closed;
	/* the last place is the paper's (minutes_send.c) */
	files->list = arena_array(g->arena, n + 3, sizeof *files->list);
	/* A file is all or nothing: with a closed item it stays inside. */
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct outbox_file *file = &files->list[files->n];

		if (!rows[i].open || (closed && audience !=
		    AUDIENCE_MEMBERS))
			continue;
		rc = file_bytes(store, g->arena, rows[i].file_id,
		    &file->data, err);
		file->name = rows[i].name;
		file->type = rows[i].type;
		files->n++;
		files->file = true;
	}
	if (rc != RC_OK || minutes_bytes(minutes) < LETTER_TEXT_BYTES)
		return rc;
	if ((rc = minutes_markdown(g, row, audience, &text, err)) != RC_OK)
		return rc;
	files->is_long = true;
	files->list[files->n++] = (struct outbox_file){ "referat.md",
		"text/markdown", { (const unsigned char *)text,
		strlen(text) } };
	return RC_OK;
}

/* --- the draft ------------------------------------------------------------ */

static bool
may_see_closed(const struct gathering *g, const char *email)
{
	struct guest *stand_ins;
	size_t n;

	for (size_t i = 0; i < g->roll.n; i++)
		if (text_equal_nocase(g->roll.lines[i].email, email))
			return true;
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_SECRETARY &&
		    text_equal_nocase(g->body->people[i].email, email))
			return true;
	stand_ins = gathering_stand_ins(g, &n);
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(stand_ins[i].email, email))
			return true;
	return false;
}

bool
minutes_listed(const struct guest *list, size_t n, const char *email)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(list[i].email, email))
			return true;
	return false;
}

struct guest *
minutes_readers(const struct gathering *g, const struct minutes *minutes,
    size_t *n)
{
	size_t n_writers, count = 0;
	struct guest *own = minutes_writers(g, &n_writers);
	struct guest *list = arena_array(g->arena, minutes->n_people +
	    n_writers + 1, sizeof *list);

	for (size_t i = 0; i < n_writers; i++)
		list[count++] = (struct guest){ own[i].email, own[i].name,
			true };
	for (size_t i = 0; i < minutes->n_people; i++) {
		const struct minutes_person *p = &minutes->people[i];

		if (p->email == NULL || p->came == CAME_REGRETS ||
		    p->came == CAME_MISSING || minutes_listed(list, count,
		    p->email))
			continue;
		list[count++] = (struct guest){ p->email, p->name,
			may_see_closed(g, p->email) };
	}
	*n = count;
	return list;
}

static const struct minutes_item *
item_of(const struct minutes *m, size_t number)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->items[i].number == number)
			return &m->items[i];
	return NULL;
}

/* Old and new of what is not as it was. */
static void
change_fields(const struct gathering *g, const struct minutes *old,
    const struct minutes *new, struct json_fields *fields)
{
	static const struct minutes_item nothing = { .title = "" };

	for (size_t i = 0; old != NULL && i < new->n; i++) {
		const struct minutes_item *is = &new->items[i];
		const struct minutes_item *was = item_of(old, is->number);
		struct json_fields *change;

		/* closed on either side: an outsider is shown neither */
		if (is->title[0] == '\0' || (was != NULL &&
		    (was->title[0] == '\0' || minutes_item_is_same(was,
		    is))) || (was == NULL && minutes_item_is_empty(is)))
			continue;
		was = was == NULL ? &nothing : was;
		change = fields_item(fields, "changes");
		fields_number(change, "number", (long)is->number);
		fields_text(change, "title", is->title);
		minutes_item_fields(g, was, NULL, change, "was");
		minutes_item_fields(g, is, was, change, "is");
	}
}

/* Closed titles and words, for the last look at an open letter. */
size_t
minutes_secrets(const struct gathering *g, const struct minutes *m,
    const char ***secrets)
{
	const char **list;
	size_t n = 0, most = 1;

	for (size_t i = 0; i < m->n; i++)
		most += 3 + m->items[i].n_speeches + m->items[i].n_promises;
	list = arena_array(g->arena, most, sizeof *list);
	for (size_t i = 0; i < m->n; i++) {
		const struct minutes_item *it = &m->items[i];

		if (!it->closed)
			continue;
		list[n++] = it->title;
		if (it->text != NULL)
			list[n++] = it->text;
		if (it->decision != NULL)
			list[n++] = it->decision;
		for (size_t k = 0; k < it->n_speeches; k++)
			list[n++] = it->speeches[k].words;
		for (size_t k = 0; k < it->n_promises; k++)
			list[n++] = it->promises[k].task;
	}
	*secrets = list;
	return n;
}

/* What was closed since: the reader saw it, but is not told again. */
static struct minutes
old_for(const struct gathering *g, const struct minutes *old,
    const struct minutes *now)
{
	struct minutes copy = *old;
	struct minutes_item *items = arena_array(g->arena, old->n + 1,
	    sizeof *items);

	for (size_t i = 0; i < old->n; i++) {
		const struct minutes_item *it = item_of(now,
		    old->items[i].number);

		items[i] = old->items[i];
		if (items[i].closed || (it != NULL && it->closed))
			items[i] = (struct minutes_item){ .number =
				items[i].number, .title = "", .closed = true };
	}
	copy.items = items;
	return copy;
}

struct draft {
	const struct minutes_row *row;
	const struct minutes *old;
	const struct minutes *whole;
	int64_t due_at, mail_id;
	bool silence;
};

static enum rc
draft_one(const struct gathering *g, const struct draft *d,
    const struct guest *guest, bool writes, struct err *err)
{
	struct json_fields *fields = fields_open(g->arena);
	enum audience audience = guest->answers ? AUDIENCE_MEMBERS :
	    AUDIENCE_PUBLIC;
	struct outbox_draft letter = { .template = "minutes-draft",
		.kind = LETTER_MINUTES_DRAFT, .class = LETTER_ANSWER,
		.fields = fields, .mail_id = d->mail_id,
		.due_at = d->due_at };
	struct minutes_files files;
	const char **secrets;
	struct minutes m, old;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    d->row->minutes_id, audience, &m, err);

	if (rc != RC_OK || (rc = minutes_files_load(g, d->row, &m, audience,
	    &files, err)) != RC_OK)
		return rc;
	minutes_head_fields(g, d->row, &m, fields);
	fields_text(fields, "until", minutes_until_words(g,
	    d->row->until_at));
	fields_flag(fields, "silence", d->silence);
	fields_flag(fields, "secretary", writes);
	fields_flag(fields, "again", d->old != NULL);
	fields_flag(fields, "file", files.file);
	fields_flag(fields, "long", files.is_long);
	if (d->old != NULL && !files.is_long) {
		old = audience == AUDIENCE_MEMBERS ? *d->old : old_for(g,
		    d->old, d->whole);
		change_fields(g, &old, &m, fields);
	}
	if (!files.is_long)
		minutes_point_fields(g, &m, fields);
	letter.files = files.list;
	letter.n_files = files.n;
	letter.n_secrets = minutes_secrets(g, d->whole, &secrets);
	letter.secrets = secrets;
	if (guest->answers)
		letter.n_secrets = 0;	/* he may see them */
	return minutes_letter_queue(g, d->row, guest, "", letter, err);
}

enum rc
minutes_draft_send(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *old, int64_t due_at, int64_t mail_id,
    struct err *err)
{
	struct minutes whole;
	struct draft d = { .row = row, .old = old, .whole = &whole,
		.due_at = due_at, .mail_id = mail_id };
	struct guest *list, *own;
	size_t n, n_own;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &whole, err);

	if (rc != RC_OK || (rc = minutes_rule(g, "minutes-silence",
	    &d.silence, err)) != RC_OK)
		return rc;
	own = minutes_writers(g, &n_own);
	list = minutes_readers(g, &whole, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = draft_one(g, &d, &list[i], minutes_listed(own, n_own,
		    list[i].email), err);
	return rc;
}

/* --- the speakers --------------------------------------------------------- */

/* The one person, of all that the body and its committee have, whose name
 * begins so. */
static const struct world_person *
person_named(const struct gathering *g, const char *who)
{
	const struct world *world = g->council->world;
	const struct world_body *bodies[] = { g->body, world_body(world,
	    g->meeting->with_body), world_body(world, g->body->committee) };
	const struct world_person *found = NULL;
	const char *low = text_lower(g->arena, who);
	size_t n = strlen(low);

	for (size_t b = 0; b < 3; b++)
		for (size_t i = 0; bodies[b] != NULL &&
		    i < bodies[b]->n_people; i++) {
			const struct world_person *p = &bodies[b]->people[i];
			const char *name = p->name == NULL ? "" : text_lower(
			    g->arena, p->name);

			if (strncmp(name, low, n) != 0 || (name[n] != '\0' &&
			    name[n] != ' '))
				continue;
			if (found != NULL && !text_equal_nocase(found->email,
			    p->email))
				return NULL;
			found = p;
		}
	return found;
}

static bool
quotes_take(const struct gathering *g, const struct minutes *m,
    const struct world_person *person, struct json_fields *fields)
{
	bool any = false;

	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < m->items[i].n_speeches; k++) {
			const struct minutes_speech *s =
			    &m->items[i].speeches[k];
			const struct world_person *p = person_named(g, s->who);
			struct json_fields *quote;

			if (p == NULL || !text_equal_nocase(p->email,
			    person->email))
				continue;
			quote = fields_item(fields, "quotes");
			fields_number(quote, "number",
			    (long)m->items[i].number);
			/* of a closed item the words alone: they are his own */
			fields_text(quote, "title", m->items[i].closed ?
			    words_get(g->arena, g->language, "closed-point") :
			    m->items[i].title);
			fields_text(quote, "text", s->words);
			any = true;
		}
	return any;
}

enum rc
minutes_speakers_ask(const struct gathering *g, const struct minutes_row *row,
    bool send, int64_t due_at, int64_t mail_id, size_t *n, struct err *err)
{
	const struct world_person *done[MINUTES_LINES];
	struct minutes m;
	size_t count = 0;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &m, err);

	for (size_t i = 0; i < m.n && rc == RC_OK; i++)
		for (size_t k = 0; k < m.items[i].n_speeches && rc == RC_OK;
		    k++) {
			const struct world_person *p = person_named(g,
			    m.items[i].speeches[k].who);
			struct json_fields *fields = fields_open(g->arena);
			bool before = p == NULL || count == MINUTES_LINES;

			for (size_t j = 0; j < count && !before; j++)
				before = text_equal_nocase(done[j]->email,
				    p->email);
			if (before)
				continue;
			done[count++] = p;
			if (!send || !quotes_take(g, &m, p, fields))
				continue;
			gathering_fields(g, fields);
			fields_text(fields, "until", minutes_until_words(g,
			    row->until_at));
			rc = minutes_letter_queue(g, row, &(struct guest){
			    p->email, p->name, true }, "", (struct outbox_draft){ .template =
			    "minutes-own-lines", .kind = LETTER_MINUTES_DRAFT,
			    .class = LETTER_ANSWER, .fields = fields,
			    .mail_id = mail_id, .due_at = due_at }, err);
		}
	*n = count;
	return rc;
}
