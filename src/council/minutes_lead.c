/* SPDX-License-Identifier: MIT */
/* What whoever releases the minutes must see: who agrees, who says nothing,
 * and each comment beside the item that it is about. */
#include "council/minutes_letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/minutes_text.h"
#include "council/minutes_words.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/meeting.h"
#include "store/comment.h"

#define COMMENTS_MOST 200

static const struct minutes_item *
item_of(const struct minutes *m, size_t number)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->items[i].number == number)
			return &m->items[i];
	return NULL;
}

/* The item that a comment names: «punkt 4»; 0 none. */
static size_t
number_in(const struct gathering *g, const char *words)
{
	const struct minutes_words *w = minutes_words_load(g->arena,
	    g->language);
	const char *low = text_lower(g->arena, words);

	for (const char *list = w->of[WORD_POINT]; list != NULL &&
	    *list != '\0';) {
		size_t n = strcspn(list, ";");
		const char *word = arena_printf(g->arena, "%s ", text_trim(
		    g->arena, text_lower(g->arena, arena_strndup(g->arena,
		    list, n))));

		list += n + (list[n] != '\0');
		for (const char *at = strstr(low, word); at != NULL;
		    at = strstr(at + 1, word)) {
			long number = strtol(at + strlen(word), NULL, 10);

			if (number > 0 && number <= MINUTES_ITEMS)
				return (size_t)number;
		}
	}
	return 0;
}

static bool
said(const struct comment *rows, size_t n, const char *email, int64_t since)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].at >= since && text_equal_nocase(rows[i].email,
		    email))
			return true;
	return false;
}

static void
comment_fields(const struct gathering *g, const struct minutes *m,
    const struct comment *row, struct json_fields *fields)
{
	struct json_fields *one = fields_item(fields, "comments");
	size_t number = number_in(g, row->words);
	const struct minutes_item *item = number == 0 ? NULL : item_of(m,
	    number);

	fields_text(one, "who", facts_name(g->council->world, row->email));
	fields_text(one, "words", row->words);
	if (item == NULL)
		return;
	fields_number(one, "number", (long)number);
	fields_text(one, "title", item->title);
	minutes_item_fields(g, item, NULL, one, "lines");
}

static enum rc
round_fields(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *m, struct json_fields *fields, struct err *err)
{
	struct comment *rows;
	size_t n, n_readers, n_own, n_yes = 0, n_no = 0;
	struct guest *readers = minutes_readers(g, m, &n_readers);
	struct guest *own = minutes_writers(g, &n_own);
	const char **yes = arena_array(g->arena, n_readers + 1, sizeof *yes);
	const char **no = arena_array(g->arena, n_readers + 1, sizeof *no);
	enum rc rc = comment_list(g->council->store, g->arena, g->meeting->id,
	    COMMENTS_MOST, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind == COMMENT_MINUTES && rows[i].at >=
		    row->made_at)
			comment_fields(g, m, &rows[i], fields);
	for (size_t i = 0; i < n_readers; i++) {
		const char *name = readers[i].name != NULL ?
		    readers[i].name : readers[i].email;
		bool agrees = false;

		if (minutes_listed(own, n_own, readers[i].email))
			continue;
		for (size_t k = 0; k < n; k++)
			agrees = agrees || (rows[k].at >= row->made_at &&
			    rows[k].kind == COMMENT_MINUTES_APPROVE &&
			    text_equal_nocase(rows[k].email,
			    readers[i].email));
		if (agrees)
			yes[n_yes++] = name;
		else if (!said(rows, n, readers[i].email, row->made_at))
			no[n_no++] = name;
	}
	fields_text(fields, "agreed", n_yes == 0 ? NULL : words_join(g->arena,
	    g->language, yes, n_yes));
	fields_text(fields, "silent", n_no == 0 ? NULL : words_join(g->arena,
	    g->language, no, n_no));
	return RC_OK;
}

static const char *
committee_day(const struct gathering *g)
{
	const struct world_body *committee = world_body(g->council->world,
	    g->body->committee);

	for (size_t i = 0; committee != NULL && i < committee->n_meetings;
	    i++)
		if (committee->meetings[i].start_at > g->council->now_at &&
		    meeting_is_ahead(committee->meetings[i].state))
			return day_words(g->arena, g->language,
			    committee->meetings[i].day);
	return NULL;
}

enum rc
minutes_lead_send(const struct gathering *g, const struct minutes_lead *lead,
    struct err *err)
{
	const struct minutes_row *row = lead->row;
	struct json_fields *fields = fields_open(g->arena);
	struct minutes_files files;
	struct minutes m;
	bool silence;
	struct guest *list;
	size_t n;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &m, err);

	if (rc != RC_OK || (rc = minutes_rule(g, "minutes-silence", &silence,
	    err)) != RC_OK || (rc = minutes_files_load(g, row, &m,
	    AUDIENCE_MEMBERS, &files, err)) != RC_OK ||
	    (rc = round_fields(g, row, &m, fields, err)) != RC_OK)
		return rc;
	minutes_head_fields(g, row, &m, fields);
	fields_flag(fields, lead->why, true);
	fields_flag(fields, "silence", silence);
	fields_text(fields, "until", row->until_at == 0 ? NULL :
	    minutes_until_words(g, row->until_at));
	fields_text(fields, "sends", row->send_at == 0 ? NULL : day_words_at(
	    g->arena, g->language, row->send_at));
	fields_text(fields, "committee_day", committee_day(g));
	if (!files.is_long)
		minutes_point_fields(g, &m, fields);
	list = minutes_writers(g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (lead->only == NULL || text_equal_nocase(lead->only,
		    list[i].email))
			rc = minutes_letter_queue(g, row, &list[i],
			    minutes_because(g, lead->why, lead->mail_id),
			    (struct outbox_draft){
			    .template = "minutes-lead", .fields = fields,
			    .kind = LETTER_MINUTES_DRAFT, .class =
			    LETTER_ANSWER, .mail_id = lead->mail_id,
			    .files = files.list, .n_files = files.n }, err);
	return rc;
}

enum rc
minutes_all_agreed(const struct gathering *g, const struct minutes_row *row,
    bool *all, struct err *err)
{
	struct comment *rows;
	struct minutes m;
	struct guest *readers, *own;
	size_t n, n_readers, n_own, asked = 0;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &m, err);

	if (rc != RC_OK || (rc = comment_list(g->council->store, g->arena,
	    g->meeting->id, COMMENTS_MOST, &rows, &n, err)) != RC_OK)
		return rc;
	readers = minutes_readers(g, &m, &n_readers);
	own = minutes_writers(g, &n_own);
	*all = true;
	for (size_t i = 0; i < n_readers; i++) {
		if (minutes_listed(own, n_own, readers[i].email))
			continue;
		asked++;
		*all = *all && said(rows, n, readers[i].email, row->made_at);
	}
	*all = *all && asked > 0;
	return RC_OK;
}
