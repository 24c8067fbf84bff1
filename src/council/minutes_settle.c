/* SPDX-License-Identifier: MIT */
/* What follows from minutes that have gone: promises, what a point waits for,
 * money, themes, and that earlier minutes were approved. */
#include "council/minutes_letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/agenda_minutes.h"
#include "council/decision.h"
#include "council/minutes_words.h"
#include "council/promise.h"
#include "council/trail.h"
#include "render/day_words.h"
#include "store/agenda.h"
#include "store/follow_up.h"

#define BUDGETS_MOST 40	/* of one item */
#define THEMES_MOST 50

struct settle {
	const struct gathering *g;
	const struct minutes_row *row;
	const struct minutes_words *words;
	size_t n_themes;
};

/* --- promises ------------------------------------------------------------- */

static enum rc
promise_take(const struct settle *s, const struct minutes_item *item,
    const struct minutes_promise *p, bool awaits, struct err *err)
{
	return promise_ask(s->g, &(struct follow_up){
	    .meeting = s->g->meeting->id, .number = (int64_t)item->number,
	    .name = p->who, .task = p->task, .due_day = p->due_day,
	    .minutes_id = s->row->minutes_id, .closed = item->closed,
	    .awaits = awaits }, err);
}

/* «afventer KB den 21. juni»: whom the point waits for, and until when. */
static enum rc
awaits_find(const struct settle *s, const struct minutes_item *item,
    const char *text, struct err *err)
{
	const struct gathering *g = s->g;
	const char *list = words_get(g->arena, g->language,
	    "follow-up-awaits"), *low;
	enum rc rc = RC_OK;

	if (text == NULL)
		return RC_OK;
	low = text_lower(g->arena, text);
	/* a case that changes a text's length is read as it stands */
	if (strlen(low) != strlen(text))
		low = text;
	while (list != NULL && *list != '\0' && rc == RC_OK) {
		size_t n = strcspn(list, ";");
		const char *one = arena_printf(g->arena, "%s ", text_trim(
		    g->arena, arena_strndup(g->arena, list, n)));

		list += n + (list[n] != '\0');
		for (const char *at = strstr(low, one); at != NULL &&
		    rc == RC_OK; at = strstr(at + 1, one)) {
			size_t begin = (size_t)(at - low) + strlen(one);
			/* Without its day it is a manner of speaking. */
			const char *who = NULL;
			struct date day;

			for (size_t end = begin; end <= begin + 120; end++) {
				char c = text[end];
				const char *cut;

				if (c != '\0' && strchr(" .,;\n)", c) ==
				    NULL)
					continue;
				cut = arena_strndup(g->arena, text + begin,
				    end - begin);
				if (minutes_day_cut(g->arena, s->words,
				    g->meeting->day, &cut, &day) &&
				    cut[0] != '\0')
					who = cut;
				if (c == '\0' || c == '\n' || c == ';')
					break;
			}
			if (who != NULL && strlen(who) <= 60)
				rc = promise_take(s, item,
				    &(struct minutes_promise){ who,
				    item->title, day }, true, err);
		}
	}
	return rc;
}

/* --- money and themes ----------------------------------------------------- */

static enum rc
money_find(const struct settle *s, const struct minutes_item *item,
    struct err *err)
{
	const struct gathering *g = s->g;
	struct budget_words words = budget_words_load(g->arena, g->language);
	const char *texts[] = { item->text, item->decision };
	struct budget_line lines[BUDGETS_MOST];
	size_t count = 0;
	enum rc rc = RC_OK;

	/* What is said twice, in the text and as the decision, counts once. */
	for (size_t t = 0; t < 2; t++) {
		size_t before = count, n = budget_read(g->arena, &words,
		    texts[t], g->meeting->day.year, lines + before,
		    BUDGETS_MOST - before);

		for (size_t i = before; i < before + n; i++) {
			bool twice = false;

			for (size_t k = 0; k < before; k++)
				twice = twice || (lines[k].kind ==
				    lines[i].kind && lines[k].amount_ore ==
				    lines[i].amount_ore && lines[k].year ==
				    lines[i].year);
			if (!twice)
				lines[count++] = lines[i];
		}
	}
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = budget_line_add(g->council->store, s->row->minutes_id,
		    (int64_t)item->number, i + 1, &lines[i], item->closed,
		    err);
	return rc;
}

/* Behind one of the words of a list at the start of a line; NULL. */
static const char *
behind(const struct gathering *g, const char *name, const char *line)
{
	const char *list = words_get(g->arena, g->language, name);

	while (list != NULL && *list != '\0') {
		size_t n = strcspn(list, ";");
		const char *one = text_trim(g->arena, arena_strndup(g->arena,
		    list, n));

		list += n + (list[n] != '\0');
		if (text_starts_nocase(line, one) && (line[strlen(one)] ==
		    ' ' || line[strlen(one)] == ':'))
			return line + strlen(one);
	}
	return NULL;
}

/* «Tema den 8. september: Børn; oplægsholdere: familiehuset» */
static enum rc
theme_find(struct settle *s, const char *line, struct err *err)
{
	const struct gathering *g = s->g;
	struct theme_row row = { .title = NULL };
	const char *rest, *colon, *when, *semi;

	if (text_starts(line, "- "))
		line += 2;
	rest = behind(g, "themes-word", line);
	if (rest == NULL || (colon = strchr(rest, ':')) == NULL ||
	    s->n_themes == THEMES_MOST)
		return RC_OK;
	when = text_trim(g->arena, arena_strndup(g->arena, rest,
	    (size_t)(colon - rest)));
	if (when[0] != '\0' && !minutes_day_cut(g->arena, s->words,
	    g->meeting->day, &when, &row.day) && behind(g, "themes-next",
	    arena_printf(g->arena, "%s ", when)) == NULL)
		return RC_OK;	/* «Tema i dag var svært: …» */
	semi = strchr(colon, ';');
	row.title = text_trim(g->arena, semi == NULL ? colon + 1 :
	    arena_strndup(g->arena, colon + 1, (size_t)(semi - colon - 1)));
	if (semi != NULL) {
		const char *to = behind(g, "themes-speakers", text_trim(
		    g->arena, semi + 1));

		if (to != NULL && *to == ':')
			row.speakers = text_trim(g->arena, to + 1);
	}
	if (row.title[0] == '\0')
		return RC_OK;
	return theme_add(g->council->store, s->row->minutes_id,
	    ++s->n_themes, &row, err);
}

static enum rc
themes_find(struct settle *s, const struct minutes_item *item,
    struct err *err)
{
	const char **lines;
	size_t n;
	enum rc rc = RC_OK;

	/* a closed item plans nothing that others may read */
	if (item->closed || item->text == NULL)
		return RC_OK;
	lines = text_lines(s->g->arena, item->text, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = theme_find(s, lines[i], err);
	return rc;
}

/* --- earlier minutes ------------------------------------------------------ */

/* What was said under «Godkendelse af referat» belongs to the minutes that
 * were approved. */
static enum rc
approval_find(const struct settle *s, const struct minutes_item *item,
    struct err *err)
{
	struct minutes_row before;
	struct buf said = buf_open(s->g->arena);
	enum rc rc;

	if (item->closed || minutes_item_is_empty(item) ||
	    !title_approves(s->g, item->title))
		return RC_OK;
	rc = minutes_before(s->g, &before, err);
	if (rc != RC_OK || (before.approved_in != NULL && strcmp(
	    before.approved_in, s->g->meeting->id) != 0))
		return rc == RC_NONE ? RC_OK : rc;
	if (item->text != NULL)
		buf_addf(&said, "%s\n", item->text);
	for (size_t i = 0; i < item->n_speeches; i++)
		buf_addf(&said, "%s: %s\n", item->speeches[i].who,
		    item->speeches[i].words);
	if (item->decision != NULL)
		buf_add(&said, item->decision);
	return minutes_approved(s->g->council->store, before.minutes_id,
	    s->g->meeting->id, text_trim(s->g->arena, said.n == 0 ? "" :
	    buf_text(&said)), err);
}

/* --- who proposed it ------------------------------------------------------ */

#define RESULT_BYTES 1000	/* of what was said, where nothing was decided */

/* What became of a point goes back to the one who proposed it. */
static enum rc
result_tell(const struct settle *s, const struct agenda *agenda,
    const struct minutes_item *item, struct err *err)
{
	const struct gathering *g = s->g;
	const struct agenda_point *point;

	if (item->closed || item->number > agenda->n ||
	    minutes_item_is_empty(item))
		return RC_OK;
	point = &agenda->points[item->number - 1];
	if (point->item_id == 0 || point->closed)
		return RC_OK;
	return trail_tell(g->council, g->arena, point->item_id, TRAIL_RESULT,
	    item->decision != NULL ? item->decision : item->text == NULL ?
	    NULL : text_cut(g->arena, item->text, RESULT_BYTES), 0, err);
}

static enum rc
agenda_of(const struct gathering *g, struct agenda *agenda, struct err *err)
{
	struct agenda_row row;
	enum rc rc = agenda_load_mailed(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	*agenda = (struct agenda){ NULL, 0 };
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return agenda_points(g->council->store, g->arena, row.agenda_id,
	    AUDIENCE_MEMBERS, agenda, err);
}

enum rc
minutes_settle(const struct gathering *g, const struct minutes_row *row,
    struct err *err)
{
	struct settle s = { .g = g, .row = row,
		.words = minutes_words_load(g->arena, g->language) };
	struct agenda agenda;
	struct minutes m;
	enum rc rc = minutes_text_load(g->council->store, g->arena,
	    row->minutes_id, AUDIENCE_MEMBERS, &m, err);

	if (rc != RC_OK || (rc = agenda_of(g, &agenda, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < m.n && rc == RC_OK; i++) {
		const struct minutes_item *item = &m.items[i];

		for (size_t k = 0; k < item->n_promises && rc == RC_OK; k++)
			rc = promise_take(&s, item, &item->promises[k],
			    false, err);
		if (rc != RC_OK ||
		    (rc = awaits_find(&s, item, item->text, err)) != RC_OK ||
		    (rc = awaits_find(&s, item, item->decision,
		    err)) != RC_OK ||
		    (rc = money_find(&s, item, err)) != RC_OK ||
		    (rc = themes_find(&s, item, err)) != RC_OK ||
		    (rc = result_tell(&s, &agenda, item, err)) != RC_OK)
			return rc;
		rc = approval_find(&s, item, err);
	}
	return rc;
}
