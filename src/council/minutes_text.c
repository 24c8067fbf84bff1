/* SPDX-License-Identifier: MIT */
/* Minutes as words: lines for letters, Markdown for everything else. */
#include "council/minutes_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/minutes_words.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "outbox/facts.h"

/* --- who came ------------------------------------------------------------- */

/* A member's seat that somebody else took: he sent regrets, the other came. */
static void
person_add(struct minutes_person *list, size_t *n, const char *name,
    const char *email, enum minutes_came came)
{
	list[(*n)++] = (struct minutes_person){ name != NULL ? name : email,
		email, came };
}

static const char *
address_of(const struct gathering *g, const char *name)
{
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].name != NULL && strcmp(
		    g->body->people[i].name, name) == 0)
			return g->body->people[i].email;
	return strchr(name, '@') != NULL ? name : NULL;
}

void
minutes_people_of(const struct gathering *g, struct minutes *minutes)
{
	struct guest *asked;
	size_t n = 0, n_asked;
	struct minutes_person *list;

	asked = gathering_members(g, &n_asked);
	list = arena_array(g->arena, 2 * g->roll.n + n_asked +
	    g->body->n_people + 2, sizeof *list);

	for (size_t i = 0; i < g->roll.n; i++) {
		const struct roll_line *line = &g->roll.lines[i];

		if (line->reply == SEAT_FILLED) {
			const char *email = address_of(g, line->stand_in);

			person_add(list, &n, email == NULL ? line->stand_in :
			    facts_name(g->council->world, email), email,
			    CAME_PRESENT);
		}
		/* Who said nothing stands as present; the form says so. */
		person_add(list, &n, line->name, line->email,
		    line->reply == SEAT_ABSENT || line->reply ==
		    SEAT_FILLED ? CAME_REGRETS : CAME_PRESENT);
	}
	/* of the body that it was held with, those who answered */
	for (size_t i = g->roll.n; i < n_asked; i++)
		if (gathering_is_coming(g, asked[i].email) ||
		    gathering_is_absent(g, asked[i].email))
			person_add(list, &n, asked[i].name, asked[i].email,
			    gathering_is_coming(g, asked[i].email) ?
			    CAME_PRESENT : CAME_REGRETS);
	for (size_t i = 0; i < g->body->n_people; i++)
		if (g->body->people[i].role == ROLE_SECRETARY)
			person_add(list, &n, g->body->people[i].name,
			    g->body->people[i].email, CAME_WRITER);
	minutes->people = list;
	minutes->n_people = n;
	minutes->has_people = true;
}

const char *
minutes_names(const struct gathering *g, const struct minutes *minutes,
    enum minutes_came came)
{
	const char **names = arena_array(g->arena, minutes->n_people + 1,
	    sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < minutes->n_people; i++)
		if (minutes->people[i].came == came)
			names[n++] = minutes->people[i].name;
	return n == 0 ? NULL : words_join(g->arena, g->language, names, n);
}

static size_t
count(const struct minutes *minutes, enum minutes_came came)
{
	size_t n = 0;

	for (size_t i = 0; i < minutes->n_people; i++)
		n += minutes->people[i].came == came;
	return n;
}

/* --- the head ------------------------------------------------------------- */

void
minutes_head_fields(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *minutes, struct json_fields *fields)
{
	static const struct {
		enum minutes_came came;
		const char *name, *number;
	} lists[] = {
		{ CAME_PRESENT, "present", "n_present" },
		{ CAME_REGRETS, "regrets", "n_regrets" },
		{ CAME_MISSING, "missing", "n_missing" },
		{ CAME_GUEST, "guests", "n_guests" },
		{ CAME_OBSERVER, "observers", "n_observers" },
		{ CAME_WRITER, "writer", "n_writers" },
	};

	gathering_fields(g, fields);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		fields_text(fields, lists[i].name, minutes_names(g, minutes,
		    lists[i].came));
		fields_number(fields, lists[i].number, (long)count(minutes,
		    lists[i].came));
	}
	fields_text(fields, "case_worker", row->case_worker);
	fields_flag(fields, "form", row->state == MINUTES_FORM);
	/* the day on which they were handed in */
	fields_text(fields, "date", row->state == MINUTES_FORM ? NULL :
	    day_words(g->arena, g->language, date_local(row->made_at).day));
	fields_text(fields, "approved", row->approved_in == NULL ? NULL :
	    facts_meeting(g->arena, g->language, g->council->world,
	    row->approved_in));
	fields_text(fields, "approved_words", row->approved_words);
}

/* --- items ---------------------------------------------------------------- */

struct line {
	enum { LINE_TEXT, LINE_HEADING, LINE_BULLET, LINE_DECISION,
		LINE_SPEECH, LINE_PROMISE } kind;
	const char *who, *text;
};

struct lines {
	struct line *list;
	size_t n, cap;
};

static void
line_add(struct gathering const *g, struct lines *lines, struct line line)
{
	if (lines->n == lines->cap) {
		size_t cap = lines->cap == 0 ? 64 : 2 * lines->cap;
		struct line *list = arena_array(g->arena, cap, sizeof *list);

		if (lines->n > 0)
			memcpy(list, lines->list, lines->n * sizeof *list);
		lines->list = list;
		lines->cap = cap;
	}
	lines->list[lines->n++] = line;
}

static void
text_lines_add(const struct gathering *g, struct lines *lines,
    const char *text, bool decision)
{
	const char **list;
	size_t n;

	if (text == NULL)
		return;
	list = text_lines(g->arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		const char *one = list[i];
		struct line line = { LINE_TEXT, NULL, one };

		if (one[0] == '\0')
			continue;
		if (decision)
			line.kind = LINE_DECISION;
		else if (text_starts(one, "- ") || text_starts(one, "* "))
			line = (struct line){ LINE_BULLET, NULL, one + 2 };
		else if (text_starts(one, "\342\200\242 "))
			line = (struct line){ LINE_BULLET, NULL, one + 4 };
		decision = false;	/* the word stands once */
		line_add(g, lines, line);
	}
}

static struct lines
lines_of(const struct gathering *g, const struct minutes_item *item)
{
	struct lines lines = { NULL, 0, 0 };

	text_lines_add(g, &lines, item->text, false);
	for (size_t i = 0; i < item->n_speeches; i++)
		line_add(g, &lines, (struct line){ LINE_SPEECH,
		    item->speeches[i].who, item->speeches[i].words });
	text_lines_add(g, &lines, item->decision, true);
	for (size_t i = 0; i < item->n_promises; i++) {
		const struct minutes_promise *p = &item->promises[i];

		line_add(g, &lines, (struct line){ LINE_PROMISE, p->who,
		    p->due_day.year == 0 ? p->task : arena_printf(g->arena,
		    "%s, %s", p->task, day_words_short(g->arena, g->language,
		    p->due_day)) });
	}
	return lines;
}

static bool
line_is_in(const struct lines *lines, const struct line *line)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->list[i].kind == line->kind &&
		    strcmp(lines->list[i].text, line->text) == 0 &&
		    (line->who == NULL || strcmp(lines->list[i].who,
		    line->who) == 0))
			return true;
	return false;
}

void
minutes_item_fields(const struct gathering *g,
    const struct minutes_item *item, const struct minutes_item *old,
    struct json_fields *fields, const char *name)
{
	static const char *const flags[] = { [LINE_TEXT] = "plain",
		[LINE_HEADING] = "heading", [LINE_BULLET] = "bullet",
		[LINE_DECISION] = "decision", [LINE_SPEECH] = "speech",
		[LINE_PROMISE] = "promise" };
	struct lines lines = lines_of(g, item), before = { NULL, 0, 0 };

	if (old != NULL)
		before = lines_of(g, old);
	for (size_t i = 0; i < lines.n; i++) {
		struct json_fields *one = fields_item(fields, name);

		fields_flag(one, flags[lines.list[i].kind], true);
		fields_text(one, "who", lines.list[i].who);
		fields_text(one, "text", lines.list[i].text);
		fields_flag(one, "fresh", old != NULL && !line_is_in(&before,
		    &lines.list[i]));
	}
}

void
minutes_point_fields(const struct gathering *g, const struct minutes *minutes,
    struct json_fields *fields)
{
	const char *closed = words_get(g->arena, g->language, "closed-point");

	for (size_t i = 0; i < minutes->n; i++) {
		const struct minutes_item *it = &minutes->items[i];
		struct json_fields *point = fields_item(fields, "points");

		fields_number(point, "number", (long)it->number);
		fields_text(point, "title", it->title[0] != '\0' ?
		    it->title : closed);
		fields_flag(point, "closed", it->closed &&
		    it->title[0] != '\0');
		fields_flag(point, "extra", it->extra);
		minutes_item_fields(g, it, NULL, point, "lines");
	}
}

size_t
minutes_bytes(const struct minutes *minutes)
{
	size_t n = 0;

	for (size_t i = 0; i < minutes->n; i++) {
		const struct minutes_item *it = &minutes->items[i];

		n += it->text == NULL ? 0 : strlen(it->text);
		n += it->decision == NULL ? 0 : strlen(it->decision);
		for (size_t k = 0; k < it->n_speeches; k++)
			n += strlen(it->speeches[k].words);
	}
	return n;
}

/* --- Markdown ------------------------------------------------------------- */

/* CommonMark 0.30 §2.4: any ASCII punctuation may be escaped. Only what could
 * begin something is, so that a person can still read the source. */
static void
add_escaped(struct buf *out, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		bool begins = at == text && strchr("-+#>=~", *at) != NULL;
		const char *digits = text;

		/* «3. » at the start of a line is a list */
		while (*digits >= '0' && *digits <= '9')
			digits++;
		if (begins || strchr("\\`*_[]<&|!", *at) != NULL ||
		    ((*at == '.' || *at == ')') && at == digits &&
		    at > text))
			buf_add_char(out, '\\');
		buf_add_char(out, *at);
	}
}

static void
head_add(const struct gathering *g, const struct minutes_words *words,
    struct buf *out, enum minutes_word word, const char *text, size_t n)
{
	if (text == NULL)
		return;
	buf_addf(out, "**%s:** ", minutes_word_first(g->arena, words, word));
	if (n > 0)
		buf_addf(out, "%zu: ", n);
	add_escaped(out, text);
	buf_add(out, "\\\n");
}

static void
markdown_head(const struct gathering *g, const struct minutes_row *row,
    const struct minutes *m, struct buf *out)
{
	const struct minutes_words *words = minutes_words_load(g->arena,
	    g->language);
	const char *nobody = minutes_word_first(g->arena, words,
	    WORD_NOBODY), *regrets = minutes_names(g, m, CAME_REGRETS);
	const char *missing = minutes_names(g, m, CAME_MISSING);

	head_add(g, words, out, WORD_FORUM, g->body->name, 0);
	head_add(g, words, out, WORD_WHEN, day_words_span(g->arena,
	    g->language, g->meeting->start_at, g->meeting->end_at), 0);
	head_add(g, words, out, WORD_PLACE, g->meeting->place, 0);
	head_add(g, words, out, WORD_PRESENT, minutes_names(g, m,
	    CAME_PRESENT), 0);
	head_add(g, words, out, WORD_REGRETS, regrets == NULL ? nobody :
	    regrets, 0);
	head_add(g, words, out, WORD_MISSING, missing == NULL ? nobody :
	    missing, 0);
	head_add(g, words, out, WORD_GUESTS, minutes_names(g, m, CAME_GUEST),
	    0);
	head_add(g, words, out, WORD_OBSERVERS, minutes_names(g, m,
	    CAME_OBSERVER), 0);
	head_add(g, words, out, WORD_WRITER, minutes_names(g, m,
	    CAME_WRITER), 0);
	head_add(g, words, out, WORD_DATE, day_words(g->arena, g->language,
	    date_local(row->made_at).day), 0);
	head_add(g, words, out, WORD_CASE, g->body->case_number, 0);
	head_add(g, words, out, WORD_CASE_WORKER, row->case_worker, 0);
	/* the last line breaks nothing */
	if (out->n >= 2 && out->data[out->n - 2] == '\\') {
		out->data[out->n - 2] = '\n';
		out->data[--out->n] = '\0';
	}
}

static void
markdown_item(const struct gathering *g, const struct minutes_item *item,
    struct buf *out)
{
	const struct minutes_words *words = minutes_words_load(g->arena,
	    g->language);
	struct lines lines = lines_of(g, item);
	bool listed = false;

	buf_addf(out, "\n## %zu\\. ", item->number);
	add_escaped(out, item->title[0] != '\0' ? item->title :
	    words_get(g->arena, g->language, "closed-point"));
	if (item->closed && item->title[0] != '\0')
		buf_addf(out, " (%s)", minutes_word_first(g->arena, words,
		    WORD_CLOSED));
	buf_add(out, "\n");
	for (size_t i = 0; i < lines.n; i++) {
		const struct line *line = &lines.list[i];
		bool list = line->kind == LINE_BULLET ||
		    line->kind == LINE_PROMISE || line->kind == LINE_SPEECH;

		buf_add(out, list && listed ? "" : "\n");
		listed = list;
		if (list)
			buf_add(out, "- ");
		if (line->kind == LINE_DECISION)
			buf_addf(out, "**%s:** ", minutes_word_first(g->arena,
			    words, WORD_DECISION));
		if (line->kind == LINE_PROMISE)
			buf_add(out, "\342\206\222 ");
		if (line->who != NULL) {
			buf_add(out, "**");
			add_escaped(out, line->who);
			buf_add(out, ":** ");
		}
		add_escaped(out, line->text);
		buf_add(out, "\n");
	}
}

enum rc
minutes_markdown(const struct gathering *g, const struct minutes_row *row,
    enum audience audience, const char **markdown, struct err *err)
{
	struct buf out = buf_open(g->arena);
	const char *title = words_get(g->arena, g->language, "minutes-title");
	struct minutes m;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, audience, &m, err);

	if (rc != RC_OK)
		return rc;
	buf_addf(&out, "# %s, ", title == NULL ? "Minutes" : title);
	add_escaped(&out, g->body->name);
	buf_addf(&out, ", %s\n\n", day_words(g->arena, g->language,
	    g->meeting->day));
	markdown_head(g, row, &m, &out);
	for (size_t i = 0; i < m.n; i++)
		markdown_item(g, &m.items[i], &out);
	*markdown = buf_text(&out);
	return RC_OK;
}

enum rc
minutes_markdown_load(struct council *council, struct arena *arena,
    const char *meeting, enum audience audience, const char **markdown,
    struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *m = world_meeting(council->world, meeting,
	    &body);
	struct gathering g;
	struct minutes_row row;
	enum rc rc;

	if (m == NULL)
		return RC_NONE;
	if ((rc = minutes_load_mailed(council->store, arena, meeting, &row,
	    err)) != RC_OK || (rc = gathering_open(council, arena, body, m,
	    &g, err)) != RC_OK)
		return rc;
	return minutes_markdown(&g, &row, audience, markdown, err);
}
