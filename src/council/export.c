/* SPDX-License-Identifier: MIT */
/* Gathers the files of one meeting. */
#include "council/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "council/agenda_files.h"
#include "council/agenda_paper.h"
#include "council/minutes_letter.h"
#include "council/minutes_paper.h"
#include "council/minutes_text.h"
#include "render/day_words.h"
#include "rules/closed.h"
#include "store/export.h"
#include "store/file.h"

#define LETTERS_MOST 2000	/* of one meeting; each is in memory at once */
#define SECRETS_MOST 400

struct folder {
	const struct gathering *g;
	enum audience audience;
	struct export *export;
	const char *secrets[SECRETS_MOST];
	size_t n_secrets;
};

static void
file_put(struct folder *f, struct export_file file)
{
	struct export *e = f->export;

	if (e->n == e->cap) {
		size_t cap = e->cap == 0 ? 64 : 2 * e->cap;
		struct export_file *list = arena_array(f->g->arena, cap,
		    sizeof *list);

		if (e->n > 0)
			memcpy(list, e->files, e->n * sizeof *list);
		e->files = list;
		e->cap = cap;
	}
	e->files[e->n++] = file;
}

static struct bytes
bytes_of(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, strlen(text) };
}

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

static void
secret_add(struct folder *f, const char *text)
{
	if (text != NULL && text[0] != '\0' && f->n_secrets < SECRETS_MOST)
		f->secrets[f->n_secrets++] = text;
}

static bool
is_closed(const struct folder *f, const char *text)
{
	for (size_t i = 0; i < f->n_secrets; i++)
		if (closed_leaks(f->g->arena, f->secrets[i], text))
			return true;
	return false;
}

/* A name of somebody else's as one of ours: «03-kort-over-bænke.pdf» would
 * do, but a document system takes few letters for granted. */
static const char *
plain_name(struct arena *arena, const char *head, size_t number,
    const char *name)
{
	const char *dot = strrchr(name, '.');
	struct buf out = buf_open(arena);

	buf_addf(&out, "%s-%02zu", head, number);
	if (dot != NULL && strlen(dot) <= 6 && strspn(dot + 1,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
	    == strlen(dot + 1))
		buf_add(&out, text_lower(arena, dot));
	return buf_text(&out);
}

/* --- agenda ------------------------------------------------------------------- */

static const char *
agenda_markdown(const struct gathering *g, const struct agenda *a, bool inside)
{
	struct buf out = buf_open(g->arena);

	buf_addf(&out, "# %s, %s, %s\n", word(g, "found-agenda"),
	    g->body->name, day_words(g->arena, g->language, g->meeting->day));
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_point *p = &a->points[i];

		buf_addf(&out, "\n## %zu. %s\n", i + 1, p->title[0] != '\0' ?
		    p->title : word(g, "closed-point"));
		if (inside && p->words != NULL)
			buf_addf(&out, "\n%s\n", p->words);
	}
	return buf_text(&out);
}

static enum rc
point_files_put(struct folder *f, const struct agenda *full, struct err *err)
{
	struct agenda_files files;
	enum rc rc = agenda_files_load(f->g, full, f->audience, &files, err);

	for (size_t i = 0; rc == RC_OK && i < files.n; i++) {
		const struct agenda_file *one = &files.list[i];
		struct bytes bytes;

		if (one->closed && f->audience != AUDIENCE_MEMBERS)
			continue;
		rc = file_bytes(f->g->council->store, f->g->arena,
		    one->row.file_id, &bytes, err);
		if (rc == RC_OK)
			file_put(f, (struct export_file){
			    .name = plain_name(f->g->arena, arena_printf(
			    f->g->arena, "point-%zu-file", one->number),
			    one->row.position, one->row.name),
			    .direction = "in", .title = word(f->g,
			    one->closed ? "closed-point" : "export-file"),
			    .at = f->g->meeting->start_at,
			    .closed = one->closed, .bytes = bytes });
	}
	return rc;
}

static enum rc
agenda_put(struct folder *f, struct err *err)
{
	const struct gathering *g = f->g;
	struct store *store = g->council->store;
	struct export_file file = { .direction = "out",
		.title = word(g, "found-agenda") };
	struct agenda full, seen;
	struct agenda_row row;
	enum rc rc = agenda_load_mailed(store, g->arena, g->meeting->id, &row,
	    err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = agenda_points(store, g->arena, row.agenda_id,
	    AUDIENCE_MEMBERS, &full, err)) != RC_OK ||
	    (rc = agenda_points(store, g->arena, row.agenda_id, f->audience,
	    &seen, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < full.n; i++)
		if (full.points[i].closed) {
			secret_add(f, full.points[i].title);
			secret_add(f, full.points[i].words);
			file.closed = f->audience == AUDIENCE_MEMBERS;
		}
	file.at = row.made_at;
	file.name = "agenda.md";
	file.bytes = bytes_of(agenda_markdown(g, &seen, f->audience ==
	    AUDIENCE_MEMBERS));
	file_put(f, file);
	rc = agenda_paper(g, &row, f->audience, &file.bytes, err);
	file.name = "agenda.pdf";
	if (rc == RC_OK)
		file_put(f, file);
	return rc == RC_OK || rc == RC_NONE ? point_files_put(f, &full, err) :
	    rc;
}

/* --- minutes ------------------------------------------------------------------ */

/* A file that came as the minutes may hold anything: for members alone. */
static enum rc
minutes_files_put(struct folder *f, const struct minutes_row *row,
    struct err *err)
{
	const struct gathering *g = f->g;
	struct file_row *rows;
	size_t n;
	enum rc rc = file_list(g->council->store, g->arena, FILE_OF_MINUTES,
	    row->minutes_id, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n &&
	    f->audience == AUDIENCE_MEMBERS; i++) {
		struct bytes bytes;

		rc = file_bytes(g->council->store, g->arena, rows[i].file_id,
		    &bytes, err);
		if (rc == RC_OK)
			file_put(f, (struct export_file){
			    .name = plain_name(g->arena, "minutes-file",
			    rows[i].position, rows[i].name),
			    .direction = "in", .title = word(g,
			    "export-file"), .at = row->made_at,
			    .closed = true, .bytes = bytes });
	}
	return rc;
}

static enum rc
minutes_put(struct folder *f, struct err *err)
{
	const struct gathering *g = f->g;
	struct export_file file = { .direction = "out",
		.title = word(g, "found-minutes"), .name = "minutes.md" };
	const char *markdown, **secrets;
	struct minutes_row row;
	struct minutes all;
	size_t n;
	enum rc rc = minutes_load_mailed(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = minutes_text_load(g->council->store, g->arena,
	    row.minutes_id, AUDIENCE_MEMBERS, &all, err)) != RC_OK ||
	    (rc = minutes_markdown(g, &row, f->audience, &markdown, err)) !=
	    RC_OK)
		return rc;
	n = minutes_secrets(g, &all, &secrets);
	for (size_t i = 0; i < n; i++)
		secret_add(f, secrets[i]);
	file.closed = n > 0 && f->audience == AUDIENCE_MEMBERS;
	file.at = row.made_at;
	file.bytes = bytes_of(markdown);
	file_put(f, file);
	rc = minutes_paper(g, &row, f->audience, &file.bytes, err);
	file.name = "minutes.pdf";
	if (rc == RC_OK)
		file_put(f, file);
	return rc == RC_OK || rc == RC_NONE ? minutes_files_put(f, &row,
	    err) : rc;
}

/* --- letters and mails -------------------------------------------------------- */

/* Which theme a letter has; never its subject, which somebody may have
 * written. */
static const char *
letter_title(const struct gathering *g, const char *kind)
{
	const char *name = arena_printf(g->arena, "letters-%s",
	    world_letter_kind_word((enum letter_kind)strtol(kind, NULL, 10)));
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : word(g, "letters-other");
}

static enum rc
letters_put(struct folder *f, struct err *err)
{
	const struct gathering *g = f->g;
	struct export_row *rows;
	size_t n;
	enum rc rc = export_letters(g->council->store, g->arena,
	    g->meeting->id, LETTERS_MOST, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		file_put(f, (struct export_file){ .name = arena_printf(
		    g->arena, "letter-%06lld.eml", (long long)rows[i].id),
		    .direction = "out", .title = letter_title(g,
		    rows[i].what), .at = rows[i].at, .closed = is_closed(f,
		    rows[i].text) || is_closed(f, rows[i].subject),
		    .bytes = rows[i].raw });
	if (rc != RC_OK)
		return rc;
	rc = export_mails(g->council->store, g->arena, g->meeting->id,
	    LETTERS_MOST, &rows, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		file_put(f, (struct export_file){ .name = arena_printf(
		    g->arena, "mail-%06lld.eml", (long long)rows[i].id),
		    .direction = "in", .title = word(g, arena_printf(
		    g->arena, "did-%s", rows[i].what)), .at = rows[i].at,
		    .closed = f->n_secrets > 0, .bytes = rows[i].raw });
	return rc;
}

enum rc
export_meeting(const struct gathering *g, enum audience audience,
    struct export *export, struct err *err)
{
	struct folder f = { .g = g, .audience = audience, .export = export };
	enum rc rc;

	*export = (struct export){ .n = 0 };
	if ((rc = agenda_put(&f, err)) != RC_OK || (rc = minutes_put(&f, err)) != RC_OK)
		return rc;
	/* they name people, and what members alone may read */
	if (audience == AUDIENCE_MEMBERS)
		rc = letters_put(&f, err);
	return rc != RC_OK || export->n > 0 ? rc : fail(err, RC_STOP,
	    "%s: nothing has been sent yet", g->meeting->id);
}
