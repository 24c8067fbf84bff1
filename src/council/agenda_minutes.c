/* SPDX-License-Identifier: MIT */
/* Approval, promises, money and themes: what the last minutes ask for. */
#include "council/agenda_minutes.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/minutes_words.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "store/comment.h"
#include "store/follow_up.h"
#include "store/minutes.h"

#define COMMENTS_MOST 200

static const char *
word(const struct gathering *g, const char *name)
{
	const char *found = words_get(g->arena, g->language, name);

	return found != NULL ? found : name;
}

/* Whether one of the words of a list stands in the title. */
static bool
title_has(const struct gathering *g, const char *list_name, const char *title)
{
	const char *low = text_lower(g->arena, title);

	for (const char *at = word(g, list_name); *at != '\0';) {
		size_t n = strcspn(at, ";");
		const char *one = text_trim(g->arena, arena_strndup(g->arena,
		    at, n));

		at += n + (at[n] != '\0');
		if (one[0] != '\0' && strstr(low, one) != NULL)
			return true;
	}
	return false;
}

bool
title_approves(const struct gathering *g, const char *title)
{
	return title_has(g, "approval-verb", title) &&
	    title_has(g, "approval-noun", title);
}

/* A sentence of words.txt with $1, $2 … filled in. */
static const char *
fill(const struct gathering *g, const char *name, const char *const *values,
    size_t n)
{
	struct buf out = buf_open(g->arena);

	for (const char *at = word(g, name); *at != '\0'; at++)
		if (*at == '$' && at[1] >= '1' && at[1] < (char)('1' + n))
			buf_add(&out, values[*++at - '1']);
		else
			buf_add_char(&out, *at);
	return buf_text(&out);
}

static void
put_in(struct agenda *agenda, size_t most, size_t at,
    struct agenda_point point)
{
	if (agenda->n >= most)
		return;
	if (at > agenda->n)
		at = agenda->n;
	memmove(&agenda->points[at + 1], &agenda->points[at],
	    (agenda->n - at) * sizeof *agenda->points);
	agenda->points[at] = point;
	agenda->n++;
}

static void
words_add(const struct gathering *g, struct agenda_point *p,
    const char *words)
{
	p->words = p->words == NULL ? words : arena_printf(g->arena,
	    "%s\n%s", p->words, words);
}

/* --- the last minutes ----------------------------------------------------- */

enum rc
minutes_before(const struct gathering *g, struct minutes_row *row,
    struct err *err)
{
	for (size_t i = g->body->n_meetings; i-- > 0;) {
		const struct world_meeting *m = &g->body->meetings[i];
		enum rc rc;

		if (m->start_at >= g->meeting->start_at)
			continue;
		rc = minutes_load_mailed(g->council->store, g->arena, m->id,
		    row, err);
		if (rc != RC_NONE)
			return rc;
	}
	return RC_NONE;
}

static enum rc
approval_words(const struct gathering *g, const struct minutes_row *row,
    const char **words, struct err *err)
{
	const struct world_meeting *m = world_meeting(g->council->world,
	    row->meeting, NULL);
	const char *day = m == NULL ? row->meeting : day_words(g->arena,
	    g->language, m->day);
	struct buf out = buf_open(g->arena);
	struct comment *rows;
	size_t n;
	enum rc rc = comment_list(g->council->store, g->arena, row->meeting,
	    COMMENTS_MOST, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	buf_add(&out, fill(g, "approval-of", &day, 1));
	for (size_t i = 0; i < n; i++)
		if (rows[i].late && rows[i].kind == COMMENT_MINUTES)
			buf_addf(&out, "\n%s: %s", facts_name(
			    g->council->world, rows[i].email),
			    rows[i].words);
	*words = buf_text(&out);
	return RC_OK;
}

static enum rc
approval_add(const struct gathering *g, struct agenda *agenda, size_t most,
    struct err *err)
{
	struct minutes_row row;
	const char *words;
	enum rc rc = minutes_before(g, &row, err);

	if (rc != RC_OK || row.approved_in != NULL)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = approval_words(g, &row, &words, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < agenda->n; i++)
		if (title_approves(g, agenda->points[i].title)) {
			words_add(g, &agenda->points[i], words);
			return RC_OK;
		}
	put_in(agenda, most, 0, (struct agenda_point){
	    .title = word(g, "approval-title"), .words = words });
	return RC_OK;
}

/* --- promises ------------------------------------------------------------- */

static const char *
promise_line(const struct gathering *g, const struct follow_up *f)
{
	const char *day = f->due_day.year == 0 ? "" : day_words_short(
	    g->arena, g->language, f->due_day);
	const char *values[] = { f->name, f->task, f->due_day.year == 0 ||
	    f->due_day.year == g->meeting->day.year ? day : arena_printf(
	    g->arena, "%s %d", day, f->due_day.year) };
	const char *name = f->awaits ? f->due_day.year == 0 ?
	    "follow-up-awaits-line" : "follow-up-awaits-day" :
	    f->state == FOLLOW_UP_MOVED ? "follow-up-moved-line" :
	    f->due_day.year == 0 ? "follow-up-line" : "follow-up-day";

	return fill(g, name, values, 3);
}

/* Closed promises stand on a point of their own, for members. */
static enum rc
promises_add(const struct gathering *g, struct agenda *agenda, size_t most,
    struct err *err)
{
	struct agenda_point points[2] = {
		{ .title = word(g, "follow-up-title") },
		{ .title = word(g, "follow-up-closed-title"), .closed = true,
		    .reason = word(g, "follow-up-closed-title") },
	};
	struct follow_up *rows;
	size_t n, at = agenda->n > 0 && title_approves(g,
	    agenda->points[0].title);
	enum rc rc = follow_up_list(g->council->store, g->arena,
	    g->body->slug, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		words_add(g, &points[rows[i].closed], promise_line(g,
		    &rows[i]));
	for (size_t i = 2; i-- > 0;)
		if (points[i].words != NULL)
			put_in(agenda, most, at, points[i]);
	return RC_OK;
}

/* --- money ---------------------------------------------------------------- */

static enum rc
money_add(const struct gathering *g, struct agenda *agenda, struct err *err)
{
	int year = g->meeting->day.year;
	struct budget_line *lines;
	struct budget_sum sum, last;
	size_t n;
	enum rc rc = budget_list(g->council->store, g->arena, g->body->slug,
	    false, &lines, &n, err);

	if (rc != RC_OK)
		return rc;
	sum = budget_add_up(lines, n, year);
	last = budget_add_up(lines, n, year - 1);
	for (size_t i = 0; i < agenda->n; i++) {
		const char *values[] = { arena_printf(g->arena, "%d", year),
			budget_amount(g->arena, sum.granted_ore),
			budget_amount(g->arena, sum.used_ore),
			budget_amount(g->arena, sum.granted_ore -
			    sum.used_ore) };
		const char *before[] = { arena_printf(g->arena, "%d",
			year - 1), budget_amount(g->arena, last.granted_ore),
			budget_amount(g->arena, last.used_ore) };

		if (agenda->points[i].closed || !title_has(g, "budget-item",
		    agenda->points[i].title))
			continue;
		if (sum.any)
			words_add(g, &agenda->points[i], fill(g,
			    "budget-total", values, 4));
		if (last.any)
			words_add(g, &agenda->points[i], fill(g,
			    "budget-last", before, 3));
		break;
	}
	return RC_OK;
}

/* --- themes --------------------------------------------------------------- */

/* The theme of this meeting, with whom to invite; and those that follow. */
static enum rc
themes_add(const struct gathering *g, struct agenda *agenda, size_t most,
    struct err *err)
{
	struct theme_row *rows;
	struct agenda_point *theme = NULL;
	struct agenda_point plan = { .title = word(g, "themes-title") };
	size_t n;
	enum rc rc = theme_list(g->council->store, g->arena, g->body->slug,
	    g->meeting->start_at, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	for (size_t k = 0; k < agenda->n; k++)
		if (text_starts(agenda->points[k].title, arena_printf(
		    g->arena, "%s: ", word(g, "theme"))))
			theme = &agenda->points[k];
	for (size_t i = 0; i < n; i++) {
		bool mine = rows[i].day.year == 0 ? i == 0 : date_compare(
		    rows[i].day, g->meeting->day) == 0;
		const char *values[] = { rows[i].title,
			rows[i].speakers == NULL ? "" : rows[i].speakers,
			rows[i].day.year == 0 ? "" : day_words_short(
			    g->arena, g->language, rows[i].day) };
		const char *invite = rows[i].speakers == NULL ? NULL :
		    fill(g, "themes-invite", values, 2);

		if (mine && theme != NULL && theme->origin == NULL) {
			theme->origin = invite;
		} else if (mine && theme == NULL) {
			put_in(agenda, most, agenda->n > 0 && title_approves(
			    g, agenda->points[0].title),
			    (struct agenda_point){ .title = arena_printf(
			    g->arena, "%s: %s", word(g, "theme"),
			    rows[i].title), .origin = invite });
		} else if (!mine && (rows[i].day.year == 0 || date_compare(
		    rows[i].day, g->meeting->day) > 0)) {
			words_add(g, &plan, fill(g, rows[i].day.year == 0 ?
			    "themes-line" : "themes-day", values, 3));
			if (invite != NULL)
				words_add(g, &plan, invite);
		}
	}
	if (plan.words != NULL)
		put_in(agenda, most, agenda->n > 0 ? agenda->n - 1 : 0, plan);
	return RC_OK;
}

enum rc
agenda_minutes(const struct gathering *g, struct agenda *agenda, size_t most,
    struct err *err)
{
	enum rc rc;

	if ((rc = approval_add(g, agenda, most, err)) != RC_OK ||
	    (rc = themes_add(g, agenda, most, err)) != RC_OK ||
	    (rc = promises_add(g, agenda, most, err)) != RC_OK)
		return rc;
	return money_add(g, agenda, err);
}
