/* SPDX-License-Identifier: MIT */
/* Minutes' facts for the paper. */
#include "council/minutes_paper.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "council/agenda_paper.h"
#include "council/minutes_letter.h"
#include "outbox/paper_make.h"
#include "render/day_words.h"
#include "render/fields.h"

/* «Aase Lind, Mogens Bæk»: a list in a head, without the «og» of a text. */
static const char *
names_of(const struct gathering *g, const struct minutes *m,
    enum minutes_came came)
{
	struct buf out = buf_open(g->arena);

	for (size_t i = 0; i < m->n_people; i++)
		if (m->people[i].came == came) {
			buf_add(&out, out.n > 0 ? ", " : "");
			buf_add(&out, m->people[i].name);
		}
	return out.n == 0 ? NULL : buf_text(&out);
}

static void
head_fields(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *m, struct json_fields *fields)
{
	gathering_fields(g, fields);
	fields_text(fields, "present", names_of(g, m, CAME_PRESENT));
	fields_text(fields, "regrets", names_of(g, m, CAME_REGRETS));
	fields_text(fields, "missing", names_of(g, m, CAME_MISSING));
	fields_text(fields, "guests", names_of(g, m, CAME_GUEST));
	fields_text(fields, "observers", names_of(g, m, CAME_OBSERVER));
	fields_text(fields, "writer", names_of(g, m, CAME_WRITER));
	fields_text(fields, "case_worker", row->case_worker);
	fields_text(fields, "made", day_words(g->arena, g->language,
	    date_local(row->made_at).day));
	fields_flag(fields, "is_draft", row->state != MINUTES_RELEASED &&
	    row->state != MINUTES_MAILED);
}

/* What a line is: the words behind its mark, and which mark that was. */
enum line_kind { LINE_NONE, LINE_PLAIN, LINE_BULLET, LINE_STRONG };

static enum line_kind
line_read(struct arena *arena, const char *line, const char **words)
{
	size_t n;

	line = text_squeeze(arena, line);
	n = strspn(line, "#");
	*words = line;
	if (line[0] == '\0')
		return LINE_NONE;
	if (n > 0 && line[n] == ' ') {
		*words = line + n + 1;
		return LINE_STRONG;
	}
	if (text_starts(line, "- ") || text_starts(line, "* ") ||
	    text_starts(line, "• ")) {
		*words = strchr(line, ' ') + 1;
		return LINE_BULLET;
	}
	return LINE_PLAIN;
}

/* The secretary's words line by line: her lists are lists, a heading stands
 * by itself; an empty line parts what else would run into one. */
static void
lines_add(const struct gathering *g, struct json_fields *item,
    const char *text)
{
	size_t n;
	const char **lines = text_lines(g->arena, text, &n);
	enum line_kind kind, last = LINE_NONE;
	struct json_fields *plain = NULL;

	for (size_t i = 0; i < n; i++) {
		struct json_fields *line;
		const char *words;

		kind = line_read(g->arena, lines[i], &words);
		if (kind == LINE_PLAIN && last == LINE_PLAIN)
			fields_flag(plain, "more", true);
		else if (last != LINE_NONE && (kind != last ||
		    kind == LINE_STRONG))
			fields_flag(fields_item(item, "lines"), "gap", true);
		last = kind;
		if (kind == LINE_NONE)
			continue;
		line = fields_item(item, "lines");
		fields_text(line, "text", words);
		fields_flag(line, "bullet", kind == LINE_BULLET);
		fields_flag(line, "plain", kind == LINE_PLAIN);
		fields_flag(line, "strong", kind == LINE_STRONG);
		plain = kind == LINE_PLAIN ? line : NULL;
	}
}

static void
item_add(const struct gathering *g, const struct minutes_item *m,
    struct json_fields *fields)
{
	struct json_fields *item = fields_item(fields, "items"), *line;
	const char *closed = words_get(g->arena, g->language, "closed-point");

	fields_number(item, "number", (long)m->number);
	fields_text(item, "title", m->title[0] != '\0' ? m->title : closed);
	fields_flag(item, "closed", m->closed && m->title[0] != '\0');
	if (m->text != NULL)
		lines_add(g, item, m->text);
	fields_text(item, "decision", m->decision);
	for (size_t i = 0; i < m->n_speeches; i++) {
		line = fields_item(item, "speeches");
		fields_text(line, "who", m->speeches[i].who);
		fields_text(line, "said", m->speeches[i].words);
	}
	for (size_t i = 0; i < m->n_promises; i++) {
		line = fields_item(item, "promises");
		fields_text(line, "who", m->promises[i].who);
		fields_text(line, "task", m->promises[i].task);
		fields_text(line, "due", m->promises[i].due_day.year == 0 ?
		    NULL : day_words_short(g->arena, g->language,
		    m->promises[i].due_day));
	}
}

static enum rc
secrets_of(const struct gathering *g, const struct minutes_row *row,
    struct paper_draft *draft, struct err *err)
{
	struct minutes all;
	const char **secrets;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &all, err);

	if (rc != RC_OK)
		return rc;
	draft->n_secrets = minutes_secrets(g, &all, &secrets);
	draft->secrets = secrets;
	return RC_OK;
}

enum rc
minutes_paper(const struct gathering *g, const struct minutes_row *row,
    enum audience audience, struct bytes *pdf, struct err *err)
{
	struct json_fields *fields = fields_open(g->arena);
	struct paper_draft draft = { .template = "paper-minutes",
		.language = g->language, .body = g->body,
		.ref = g->meeting->id, .fields = fields,
		.made_at = row->made_at };
	struct minutes minutes;
	enum rc rc;

	if ((rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, audience, &minutes, err)) != RC_OK ||
	    (audience != AUDIENCE_MEMBERS && (rc = secrets_of(g, row, &draft,
	    err)) != RC_OK))
		return rc;
	if (minutes.n == 0)
		return fail(err, RC_NONE, "%s: there is no text of the "
		    "minutes", g->meeting->id);
	head_fields(g, row, &minutes, fields);
	for (size_t i = 0; i < minutes.n; i++)
		item_add(g, &minutes.items[i], fields);
	return paper_make(g->council->outbox, g->arena, &draft, pdf, err);
}

enum rc
minutes_paper_file(const struct gathering *g, const struct minutes_row *row,
    enum audience audience, struct outbox_file *file, struct err *err)
{
	struct bytes pdf;
	enum rc rc = paper_is_wanted(g, err);

	if (rc != RC_OK)
		return rc;
	rc = minutes_paper(g, row, audience, &pdf, err);
	if (rc == RC_PARK) {
		log_warning("minutes meeting=%s: their paper is held back",
		    g->meeting->id);
		return RC_NONE;
	}
	if (rc != RC_OK)
		return rc;
	*file = (struct outbox_file){ .name = paper_name(g, "file-minutes"),
		.type = "application/pdf", .data = pdf };
	return RC_OK;
}
