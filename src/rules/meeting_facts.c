/* SPDX-License-Identifier: MIT */
/* The facts of a meeting as lines, and what cannot be. */
#include "rules/meeting_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/meeting.h"

#define DAY_MINUTES (24 * 60)

struct meeting_facts
meeting_facts_none(void)
{
	return (struct meeting_facts){ .start_min = MEETING_UNTOLD,
		.end_min = MEETING_UNTOLD, .kind = MEETING_UNTOLD,
		.point = MEETING_UNTOLD };
}

/* --- as text ---------------------------------------------------------------- */

static void
text_put(struct buf *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_addf(out, "%s: ", name);
	for (; *value != '\0'; value++)
		if (*value == '\n')
			buf_add(out, "\\n");
		else
			buf_add_char(out, *value);
	buf_add_char(out, '\n');
}

static void
minutes_put(struct buf *out, const char *name, int minutes)
{
	if (minutes != MEETING_UNTOLD)
		buf_addf(out, "%s: %02d:%02d\n", name, minutes / 60,
		    minutes % 60);
}

const char *
meeting_facts_write(struct arena *arena, const struct meeting_facts *f)
{
	struct buf out = buf_open(arena);

	/* also a day that no calendar has: the answer says so */
	if (f->day.year != 0)
		buf_addf(&out, "day: %04d-%02d-%02d\n", f->day.year,
		    f->day.month, f->day.day);
	if (f->weekday != 0)
		buf_addf(&out, "weekday: %d\n", f->weekday);
	minutes_put(&out, "start", f->start_min);
	minutes_put(&out, "end", f->end_min);
	if (f->kind != MEETING_UNTOLD)
		text_put(&out, "kind", world_meeting_kind_word(
		    (enum meeting_kind)f->kind));
	text_put(&out, "with", f->with);
	text_put(&out, "place", f->place);
	text_put(&out, "theme", f->theme);
	text_put(&out, "name", f->name);
	text_put(&out, "email", f->email);
	if (f->point != MEETING_UNTOLD)
		buf_addf(&out, "point: %d\n", f->point);
	text_put(&out, "matter", f->matter);
	if (f->again)
		buf_add(&out, "again: yes\n");
	return buf_text(&out);
}

static bool
number_read(const char *text, int most, int *number)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < 0 || n > most)
		return false;
	*number = (int)n;
	return true;
}

/* «16:30», «16.30» or «16». */
static bool
minutes_read(const char *text, int *minutes)
{
	char *end;
	long hour = strtol(text, &end, 10), minute = 0;

	if (end == text || hour < 0 || hour > 24)
		return false;
	if (*end == ':' || *end == '.') {
		text = end + 1;
		minute = strtol(text, &end, 10);
		if (end != text + 2)
			return false;
	}
	if (*end != '\0' || minute < 0 || minute > 59)
		return false;
	*minutes = (int)(hour * 60 + minute);
	return *minutes <= DAY_MINUTES;
}

static bool
day_read(const char *text, struct date *day)
{
	char *end;

	day->year = (int)strtol(text, &end, 10);
	if (end == text || *end != '-')
		return false;
	day->month = (int)strtol(end + 1, &end, 10);
	if (*end != '-')
		return false;
	day->day = (int)strtol(end + 1, &end, 10);
	return *end == '\0' && day->year > 0 && day->year <= 9999;
}

static const char *
text_get(struct arena *arena, const char *value)
{
	struct buf out = buf_open(arena);

	for (; *value != '\0'; value++)
		if (value[0] == '\\' && value[1] == 'n') {
			buf_add_char(&out, '\n');
			value++;
		} else
			buf_add_char(&out, *value);
	return buf_text(&out);
}

static bool
line_read(struct arena *arena, const char *name, const char *value,
    struct meeting_facts *f)
{
	const struct { const char *name; const char **to; } texts[] = {
		{ "with", &f->with }, { "place", &f->place },
		{ "theme", &f->theme }, { "name", &f->name },
		{ "email", &f->email }, { "matter", &f->matter },
	};
	enum meeting_kind kind;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(texts[i].name, name) == 0) {
			*texts[i].to = text_get(arena, value);
			return true;
		}
	if (strcmp(name, "day") == 0)
		return day_read(value, &f->day);
	if (strcmp(name, "weekday") == 0)
		return number_read(value, 7, &f->weekday);
	if (strcmp(name, "start") == 0)
		return minutes_read(value, &f->start_min);
	if (strcmp(name, "end") == 0)
		return minutes_read(value, &f->end_min);
	if (strcmp(name, "point") == 0)
		return number_read(value, 99, &f->point);
	if (strcmp(name, "again") == 0)
		return f->again = true;
	if (strcmp(name, "kind") != 0 || !world_meeting_kind_read(value,
	    &kind))
		return false;
	f->kind = (int)kind;
	return true;
}

bool
meeting_facts_read(struct arena *arena, const char *text,
    struct meeting_facts *facts)
{
	size_t n;
	const char **lines = text_lines(arena, text == NULL ? "" : text, &n);

	*facts = meeting_facts_none();
	for (size_t i = 0; i < n; i++) {
		const char *colon = strstr(lines[i], ": ");

		if (lines[i][0] == '\0')
			continue;
		if (colon == NULL || !line_read(arena, arena_strndup(arena,
		    lines[i], (size_t)(colon - lines[i])), colon + 2, facts))
			return false;
	}
	return true;
}

/* --- what cannot be --------------------------------------------------------- */

const char *
meeting_fault_word(enum meeting_fault fault)
{
	static const char *const words[MEETING_FAULTS] = {
		[MEETING_RIGHT] = "right",
		[MEETING_NO_WHEN] = "no-when",
		[MEETING_NO_SUCH_DAY] = "no-such-day",
		[MEETING_WEEKDAY] = "weekday",
		[MEETING_PAST] = "past",
		[MEETING_END] = "end",
		[MEETING_PLACE] = "place",
		[MEETING_SAME_DAY] = "same-day",
		[MEETING_NOTHING] = "nothing",
	};

	return words[fault];
}

void
meeting_facts_times(const struct meeting_facts *f,
    const struct world_meeting *old, int64_t *start_at, int64_t *end_at)
{
	struct local start = { .hour = 0 }, end = { .hour = 0 };
	struct date day = f->day;
	int from, to, length = MEETING_MINUTES;

	if (old != NULL) {
		start = date_local(old->start_at);
		end = date_local(old->end_at);
		if (day.year == 0)
			day = old->day;
		length = (int)((old->end_at - old->start_at) / 60);
	}
	from = f->start_min != MEETING_UNTOLD ? f->start_min :
	    start.hour * 60 + start.minute;
	/* Who moves the beginning moves the end, too. */
	to = f->end_min != MEETING_UNTOLD ? f->end_min : old == NULL ||
	    f->start_min != MEETING_UNTOLD ? from + length :
	    end.hour * 60 + end.minute;
	*start_at = date_at(day, from / 60, from % 60);
	*end_at = to < DAY_MINUTES ? date_at(day, to / 60, to % 60) :
	    date_at(date_add_days(day, 1), to / 60 - 24, to % 60);
}

static bool
is_place(const char *place)
{
	size_t n = 0;

	while (*place != '\0') {
		uint32_t code = text_next(&place);

		if (code < ' ' || code == 0x2028 || code == 0x2029 ||
		    ++n > MEETING_PLACE_LETTERS)
			return false;
	}
	return n > 0;
}

static bool
is_taken(const struct world_body *body, const struct world_meeting *old,
    struct date day)
{
	for (size_t i = 0; body != NULL && i < body->n_meetings; i++) {
		const struct world_meeting *m = &body->meetings[i];

		if (m != old && m->state != MEETING_CANCELLED &&
		    (old == NULL || strcmp(m->id, old->id) != 0) &&
		    date_compare(m->day, day) == 0)
			return true;
	}
	return false;
}

static bool
is_same(const char *told, const char *old)
{
	return told == NULL || (old != NULL && strcmp(told, old) == 0);
}

static bool
changes_nothing(const struct meeting_facts *f,
    const struct world_meeting *old, int64_t start_at, int64_t end_at)
{
	return start_at == old->start_at && end_at == old->end_at &&
	    is_same(f->place, old->place) && is_same(f->theme, old->theme);
}

enum meeting_fault
meeting_facts_check(const struct meeting_facts *f,
    const struct world_body *body, const struct world_meeting *old,
    int64_t now_at)
{
	int64_t start_at, end_at;

	if ((f->place != NULL && !is_place(f->place)) ||
	    (f->theme != NULL && !is_place(f->theme)))
		return MEETING_PLACE;
	if (old == NULL && (f->day.year == 0 ||
	    f->start_min == MEETING_UNTOLD))
		return MEETING_NO_WHEN;
	if (f->day.year != 0 && !date_is_valid(f->day))
		return MEETING_NO_SUCH_DAY;
	if (f->day.year != 0 && f->weekday != 0 &&
	    date_weekday(f->day) != f->weekday)
		return MEETING_WEEKDAY;
	if (f->start_min != MEETING_UNTOLD && f->end_min != MEETING_UNTOLD &&
	    f->end_min <= f->start_min)
		return MEETING_END;
	meeting_facts_times(f, old, &start_at, &end_at);
	if (start_at <= now_at)
		return MEETING_PAST;
	if (end_at <= start_at || end_at - start_at >
	    MEETING_HOURS_MOST * 3600)
		return MEETING_END;
	if (!f->again && f->day.year != 0 && is_taken(body, old, f->day))
		return MEETING_SAME_DAY;
	return old != NULL && changes_nothing(f, old, start_at, end_at) ?
	    MEETING_NOTHING : MEETING_RIGHT;
}
