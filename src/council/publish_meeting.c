/* SPDX-License-Identifier: MIT */
/* The page of one meeting: when and where, its agenda, its minutes. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "council/publish.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/page_text.h"
#include "store/minutes.h"

struct telling {
	const struct published *council;
	const struct public_meeting *meeting;
	struct arena *arena;
	const char *language;
	struct json_fields *fields;
};

static const char *
day_of(const struct telling *t, int64_t at)
{
	return day_words(t->arena, t->language, date_local(at).day);
}

/* What a text replaced: each earlier one with its own day and the day on
 * which the next took its place. */
static void
older_fields(const struct telling *t, const char *list,
    const struct public_text *texts, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct json_fields *item = fields_item(t->fields, list);

		fields_text(item, "sent", day_of(t, texts[i].sent_at));
		fields_text(item, "replaced", day_of(t,
		    texts[i - 1].sent_at));
	}
}

static enum rc
agenda_fields(const struct telling *t, struct err *err)
{
	struct store *store = t->council->publish->council->store;
	struct public_text *texts;
	struct agenda agenda;
	bool *gone;
	size_t n = 0;
	enum rc rc = public_agendas(store, t->arena, t->meeting->id, &texts,
	    &n, err);

	fields_flag(t->fields, "tells_agenda", n > 0 ||
	    (t->meeting->state != MEETING_CANCELLED && t->meeting->end_at >
	    t->council->publish->council->now_at));
	if (rc != RC_OK || n == 0)
		return rc;
	if ((rc = public_points(store, t->arena, t->meeting->id, texts[0].id,
	    &agenda, &gone, err)) != RC_OK)
		return rc;
	fields_text(t->fields, "agenda", day_of(t, texts[0].sent_at));
	older_fields(t, "agendas", texts, n);
	for (size_t i = 0; i < agenda.n; i++) {
		const struct agenda_point *p = &agenda.points[i];
		struct json_fields *item = fields_item(t->fields, "points");
		bool open = !p->closed && !gone[i];

		fields_text(item, "title", open ? p->title : NULL);
		fields_flag(item, "closed", p->closed);
		fields_flag(item, "gone", gone[i]);
	}
	return RC_OK;
}

/* --- minutes ---------------------------------------------------------------- */

static void
people_fields(const struct telling *t, const struct minutes *m)
{
	const char **names = arena_array(t->arena, m->n_people + 1,
	    sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < m->n_people; i++)
		if (m->people[i].came == CAME_PRESENT)
			names[n++] = m->people[i].name;
	if (n == 0)
		return;
	fields_number(t->fields, "present", (long)n);
	fields_text(t->fields, "present_names",
	    t->council->names != NAMES_ALL ? NULL :
	    words_join(t->arena, t->language, names, n));
}

static void
line_fields(const struct telling *t, struct json_fields *item,
    const struct minutes_item *m)
{
	bool named = t->council->names == NAMES_ALL;

	for (size_t i = 0; i < m->n_speeches; i++) {
		struct json_fields *line = fields_item(item, "speeches");

		fields_text(line, "who", named ? m->speeches[i].who : NULL);
		fields_text(line, "words", m->speeches[i].words);
	}
	for (size_t i = 0; i < m->n_promises; i++) {
		struct json_fields *line = fields_item(item, "promises");

		fields_text(line, "who", named ? m->promises[i].who : NULL);
		fields_text(line, "task", m->promises[i].task);
		fields_text(line, "due", m->promises[i].due_day.year == 0 ?
		    NULL : day_words(t->arena, t->language,
		    m->promises[i].due_day));
	}
}

static const char *
words_or_null(struct arena *arena, const char *words)
{
	return words == NULL ? NULL : page_markdown(arena, words, 4);
}

/* Open in what was sent, and still there and open in what is newest. */
static bool
is_open(const struct minutes *newest, const struct minutes_item *m)
{
	for (size_t i = 0; i < newest->n; i++)
		if (!newest->items[i].closed &&
		    strcmp(newest->items[i].title, m->title) == 0)
			return !m->closed;
	return false;
}

static void
item_fields(const struct telling *t, const struct minutes_item *m, bool open)
{
	struct json_fields *item = fields_item(t->fields, "items");

	fields_number(item, "number", (long)m->number);
	fields_flag(item, "open", open);
	if (!open)
		return;
	fields_text(item, "title", m->title);
	fields_text(item, "words", words_or_null(t->arena, m->text));
	fields_text(item, "decision", words_or_null(t->arena, m->decision));
	line_fields(t, item, m);
}

static enum rc
minutes_fields(const struct telling *t, struct err *err)
{
	struct store *store = t->council->publish->council->store;
	struct minutes_row row, newest_row;
	struct minutes minutes, newest;
	struct public_text *texts;
	size_t n;
	enum rc rc = public_minutes(store, t->arena, t->meeting->id, &texts,
	    &n, err);

	if (rc != RC_OK || n == 0)
		return rc;
	if ((rc = minutes_load_id(store, t->arena, texts[0].id, &row,
	    err)) != RC_OK ||
	    (rc = minutes_load(store, t->arena, t->meeting->id, &newest_row,
	    err)) != RC_OK ||
	    (rc = minutes_text_load(store, t->arena, row.minutes_id,
	    AUDIENCE_PUBLIC, &minutes, err)) != RC_OK ||
	    (rc = minutes_text_load(store, t->arena, newest_row.minutes_id,
	    AUDIENCE_PUBLIC, &newest, err)) != RC_OK)
		return rc;
	fields_text(t->fields, "minutes", day_of(t, texts[0].sent_at));
	older_fields(t, "minutes_olds", texts, n);
	fields_flag(t->fields, "approved", row.approved_in != NULL);
	people_fields(t, &minutes);
	fields_flag(t->fields, "is_file", minutes.n == 0);
	for (size_t i = 0; i < minutes.n; i++)
		item_fields(t, &minutes.items[i], is_open(&newest,
		    &minutes.items[i]));
	return RC_OK;
}

/* --- the page --------------------------------------------------------------- */

enum rc
meeting_publish(const struct published *council,
    const struct public_meeting *meeting, struct err *err)
{
	const struct publish *p = council->publish;
	const struct outbox *outbox = p->council->outbox;
	const struct world_body *with = meeting->with_body == NULL ? NULL :
	    world_body(p->council->world, meeting->with_body);
	struct telling t = { council, meeting, p->arena,
		council->body->language, fields_open(p->arena) };
	enum rc rc;

	fields_text(t.fields, "body", council->body->name);
	fields_text(t.fields, "day", day_of(&t, meeting->start_at));
	fields_text(t.fields, "when", day_words_span(p->arena, t.language,
	    meeting->start_at, meeting->end_at));
	fields_text(t.fields, "place", meeting->place);
	fields_text(t.fields, "theme", meeting->theme);
	fields_text(t.fields, "with_body", with == NULL ? NULL : with->name);
	fields_flag(t.fields, "cancelled", meeting->state ==
	    MEETING_CANCELLED);
	fields_text(t.fields, "points_until", meeting->points_until_at <=
	    p->council->now_at || meeting->state == MEETING_CANCELLED ?
	    NULL : day_of(&t, meeting->points_until_at));
	fields_text(t.fields, "mailbox", council->body->address != NULL ?
	    council->body->address : outbox->mailbox);
	if ((rc = agenda_fields(&t, err)) != RC_OK ||
	    (rc = minutes_fields(&t, err)) != RC_OK)
		return rc;
	return page_publish(p, &(struct page_draft){
	    .path = arena_printf(p->arena, "%s/%s/index.html",
	    council->body->slug, meeting_folder(meeting)),
	    .root = "../../", .language = t.language,
	    .template = "page-meeting.html", .body = council->body,
	    .municipality = outbox->municipality, .fields = t.fields }, err);
}
