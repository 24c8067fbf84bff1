/* SPDX-License-Identifier: MIT */
/* What was good this year is proposed again. */
#include "rules/year_plan.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/year.h"

#define YEAR_DAYS 364		/* 52 weeks: the weekday stays */
#define WEEKS_MOST 8		/* that a meeting gives way to holidays */
#define DIALOGUE_MINUTES 60
#define DIALOGUE_MONTH 11	/* after the budget, before Christmas */

bool
year_is_school_holiday(struct date day)
{
	int week = date_week(day);

	return week == 7 || week == 8 || week == 42 || day.month == 7;
}

size_t
year_meetings(const struct world_body *body, int year, bool *dialogue)
{
	size_t n = 0;

	*dialogue = false;
	for (size_t i = 0; i < body->n_meetings; i++) {
		const struct world_meeting *m = &body->meetings[i];

		if (m->day.year != year || m->state == MEETING_CANCELLED)
			continue;
		n++;
		*dialogue = *dialogue || m->kind == MEETING_DIALOGUE;
	}
	return n;
}

static bool
is_taken(const struct meeting_facts *list, size_t n, struct date day)
{
	for (size_t i = 0; i < n; i++)
		if (date_compare(list[i].day, day) == 0)
			return true;
	return false;
}

/* That day or the same weekday of a later week. */
static bool
free_day(const struct meeting_facts *list, size_t n, int year,
    struct date day, struct date *found)
{
	if (day.year < year)
		day = date_add_days(day, 7);
	for (int i = 0; i < WEEKS_MOST; i++, day = date_add_days(day, 7))
		if (day.year == year && year_is_working(day) &&
		    !year_is_school_holiday(day) && !is_taken(list, n, day)) {
			*found = day;
			return true;
		}
	return false;
}

static struct meeting_facts
facts_of(const struct world_meeting *m, struct date day)
{
	struct meeting_facts f = meeting_facts_none();
	struct local start = date_local(m->start_at);
	struct local end = date_local(m->end_at);

	f.day = day;
	f.start_min = start.hour * 60 + start.minute;
	f.end_min = end.hour * 60 + end.minute;
	f.kind = (int)m->kind;
	f.with = m->with_body;
	f.place = m->place;
	return f;
}

/* The places in turn: each meeting goes to where the one after it was. */
static void
places_turn(struct meeting_facts *list, size_t n)
{
	const char *first = NULL;
	struct meeting_facts *last = NULL;

	for (size_t i = 0; i < n; i++) {
		if (list[i].kind != MEETING_ORDINARY)
			continue;
		if (last == NULL)
			first = list[i].place;
		else
			last->place = list[i].place;
		last = &list[i];
	}
	if (last != NULL)
		last->place = first;
}

/* The committee's meeting, that nobody can forget: in November, on the weekday
 * and at the hour of the others. */
static size_t
dialogue_add(const struct world_body *body, int year,
    struct meeting_facts *list, size_t n)
{
	struct date day = { year, DIALOGUE_MONTH, 1 };
	struct meeting_facts f = meeting_facts_none();

	if (body->committee == NULL || n == 0 || n == YEAR_PLAN_MOST)
		return n;
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == MEETING_DIALOGUE)
			return n;
	while (date_weekday(day) != date_weekday(list[n - 1].day))
		day = date_add_days(day, 1);
	if (!free_day(list, n, year, day, &f.day))
		return n;
	f.kind = MEETING_DIALOGUE;
	f.with = body->committee;
	f.start_min = list[n - 1].start_min;
	f.end_min = f.start_min + DIALOGUE_MINUTES;
	f.place = list[n - 1].place;
	list[n] = f;
	return n + 1;
}

static void
sort(struct meeting_facts *list, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && date_compare(list[k].day,
		    list[k - 1].day) < 0; k--) {
			struct meeting_facts swap = list[k];

			list[k] = list[k - 1];
			list[k - 1] = swap;
		}
}

struct meeting_facts *
year_plan_make(struct arena *arena, const struct world_body *body, int year,
    size_t *n)
{
	struct meeting_facts *list = arena_array(arena, YEAR_PLAN_MOST + 1,
	    sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < body->n_meetings && count < YEAR_PLAN_MOST;
	    i++) {
		const struct world_meeting *m = &body->meetings[i];
		struct date day;

		if (m->day.year != year - 1 || m->host != NULL ||
		    m->state == MEETING_CANCELLED || (m->kind !=
		    MEETING_ORDINARY && m->kind != MEETING_DIALOGUE))
			continue;	/* what was once is not yearly */
		if (free_day(list, count, year, date_add_days(m->day,
		    YEAR_DAYS), &day))
			list[count++] = facts_of(m, day);
	}
	places_turn(list, count);
	count = dialogue_add(body, year, list, count);
	sort(list, count);
	*n = count;
	return list;
}

const char *
year_plan_write(struct arena *arena, const struct meeting_facts *meetings,
    size_t n)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%s", i > 0 ? "\n" : "",
		    meeting_facts_write(arena, &meetings[i]));
	return buf_text(&out);
}

struct meeting_facts *
year_plan_read(struct arena *arena, const char *text, size_t *n)
{
	struct meeting_facts *list = arena_array(arena, YEAR_PLAN_MOST + 1,
	    sizeof *list);

	*n = 0;
	while (*text != '\0' && *n < YEAR_PLAN_MOST) {
		const char *end = strstr(text, "\n\n");
		size_t length = end == NULL ? strlen(text) :
		    (size_t)(end - text);

		if (length > 0 && meeting_facts_read(arena, arena_strndup(
		    arena, text, length), &list[*n]))
			(*n)++;
		text += length;
		text += strspn(text, "\n");
	}
	return list;
}
