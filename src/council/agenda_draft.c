/* SPDX-License-Identifier: MIT */
/* The draft of an agenda, to those who release it. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/agenda_files.h"
#include "council/agenda_letter.h"
#include "council/agenda_show.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

enum rc
agenda_send_at(const struct gathering *g, int64_t *at, struct err *err)
{
	int64_t stop_at = g->council->now_at + AGENDA_STOP_S;
	enum rc rc = gathering_day(g, "agenda-days", AGENDA_DAYS, at, err);

	if (rc == RC_OK)
		*at = year_awake(*at > stop_at ? *at : stop_at);
	return rc;
}

static enum rc
draft_one(const struct gathering *g, const struct draft_letter *letter,
    const struct guest *guest, struct json_fields *mine,
    const struct outbox_file *files, size_t n_files, struct err *err)
{
	const struct agenda_row *row = letter->row;
	const char *because = letter->day != NULL ? letter->day :
	    letter->only != NULL ? arena_printf(g->arena, "mail-%lld",
	    (long long)letter->mail_id) : "new";
	enum rc rc = outbox_queue(g->council->outbox, g->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(g->arena, "agenda-draft/%s/v%lld-%lld/%s/%s",
	    g->meeting->id, (long long)row->version,
	    (long long)row->agenda_id, because, guest->email),
	    .template = "agenda-draft", .language = g->language,
	    .kind = LETTER_AGENDA_DRAFT, .class = LETTER_ANSWER,
	    .ref = g->meeting->id, .body = g->body, .to = guest->email,
	    .to_name = guest->name, .mail_id = letter->mail_id,
	    .fields = mine, .files = files, .n_files = n_files,
	    .wants_token = true }, NULL, NULL, err);

	if (rc == RC_PARK) {
		log_warning("meeting=%s: a draft cannot leave: %s",
		    g->meeting->id, err->text);
		return RC_OK;
	}
	return rc == RC_NONE ? RC_OK : rc;
}

/* The points as a file that she may change and send back. */
static struct outbox_file
draft_file(const struct gathering *g, const struct agenda *a)
{
	struct buf text = buf_open(g->arena);
	const char *slash = strrchr(g->meeting->id, '/');

	buf_addf(&text, "# %s, %s, %s\n\n", word(g, "agenda-file-title"),
	    g->body->name, day_words(g->arena, g->language,
	    g->meeting->day));
	for (size_t i = 0; i < a->n; i++)
		buf_addf(&text, "%zu. %s%s%s\n", i + 1, a->points[i].title,
		    a->points[i].closed ? " " : "", a->points[i].closed ?
		    word(g, "agenda-file-closed") : "");
	return (struct outbox_file){ .name = arena_printf(g->arena,
	    "%s-%s.md", word(g, "agenda-file"), slash != NULL ? slash + 1 :
	    "1"), .type = "text/markdown", .data = { (const unsigned char *)
	    buf_text(&text), text.n } };
}

static struct json_fields *
fields_for(const struct gathering *g, const struct draft_letter *letter,
    const struct guest *guest, const struct agenda *agenda)
{
	struct json_fields *fields = fields_open(g->arena);

	gathering_fields(g, fields);
	gathering_roll_fields(g, fields);
	agenda_point_fields(g, agenda, fields, true);
	if (letter->before != NULL)
		agenda_change_fields(g, letter->before, agenda, agenda,
		    fields);
	fields_text(fields, "note", letter->row->note);
	fields_flag(fields, "remind", letter->day != NULL);
	fields_flag(fields, "stale", letter->stale);
	fields_flag(fields, "released", letter->released);
	fields_number(fields, "missing", (long)letter->missing);
	fields_flag(fields, "locked", letter->locked);
	fields_number(fields, "recalled", (long)letter->recalled);
	fields_number(fields, "too_late", (long)letter->too_late);
	fields_flag(fields, "undo", text_equal_nocase(letter->undo,
	    guest->email));
	return fields;
}

enum rc
agenda_draft_send(const struct gathering *g,
    const struct draft_letter *letter, struct err *err)
{
	struct agenda_files files;
	struct outbox_file file;
	struct agenda agenda;
	struct guest *leads;
	size_t n, members, others;
	int64_t at;
	enum rc rc;

	if ((rc = agenda_points(g->council->store, g->arena,
	    letter->row->agenda_id, AUDIENCE_MEMBERS, &agenda,
	    err)) != RC_OK ||
	    (rc = agenda_files_load(g, &agenda, AUDIENCE_NONE, &files,
	    err)) != RC_OK ||
	    (rc = agenda_send_at(g, &at, err)) != RC_OK ||
	    (rc = agenda_count(g, &members, &others, err)) != RC_OK)
		return rc;
	file = draft_file(g, &agenda);
	leads = gathering_leads(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields = fields_for(g, letter, &leads[i],
		    &agenda);

		if ((letter->only != NULL && !text_equal_nocase(leads[i].email,
		    letter->only)) || text_equal_nocase(leads[i].email,
		    letter->skip))
			continue;
		agenda_files_fields(g, &files, fields);
		fields_text(fields, "sends", day_words_at(g->arena,
		    g->language, letter->released ? letter->row->send_at :
		    at));
		fields_number(fields, "members", (long)members);
		fields_number(fields, "others", (long)others);
		rc = draft_one(g, letter, &leads[i], fields, &file, 1, err);
	}
	return rc;
}
