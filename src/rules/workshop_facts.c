/* SPDX-License-Identifier: MIT */
/* What was said of a workshop, as lines and back. */
#include "rules/workshop_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static void
lines_add(struct arena *arena, struct buf *out, const char *key,
    const char *value)
{
	size_t n = 0;
	const char **lines = value == NULL ? NULL : text_lines(arena, value,
	    &n);

	for (size_t i = 0; i < n; i++)
		if (lines[i][0] != '\0')
			buf_addf(out, "%s: %s\n", key, lines[i]);
}

const char *
workshop_facts_write(struct arena *arena, const struct workshop_facts *f)
{
	struct buf out = buf_open(arena);
	char day[DATE_TEXT_BYTES];

	buf_addf(&out, "places: %d\n", f->places);
	lines_add(arena, &out, "process", f->process);
	lines_add(arena, &out, "theme", f->themes);
	lines_add(arena, &out, "principle", f->principles);
	lines_add(arena, &out, "way", f->way);
	lines_add(arena, &out, "contact", f->contact);
	if (f->report_day.year != 0) {
		date_format(f->report_day, day);
		lines_add(arena, &out, "report", day);
	}
	lines_add(arena, &out, "report-to", f->report_to);
	lines_add(arena, &out, "to", f->to);
	return buf_text(&out);
}

static const char *
joined(struct arena *arena, const char *before, const char *line,
    const char *between)
{
	return before == NULL ? line : arena_printf(arena, "%s%s%s", before,
	    between, line);
}

bool
workshop_facts_read(struct arena *arena, const char *text,
    struct workshop_facts *f)
{
	size_t n = 0;
	const char **lines = text == NULL ? NULL : text_lines(arena, text,
	    &n);

	*f = (struct workshop_facts){ 0 };
	for (size_t i = 0; i < n; i++) {
		const char *colon = strstr(lines[i], ": ");
		const char *key, *value;

		if (colon == NULL)
			continue;
		key = arena_strndup(arena, lines[i], (size_t)(colon -
		    lines[i]));
		value = colon + 2;
		if (strcmp(key, "places") == 0)
			f->places = atoi(value);
		else if (strcmp(key, "process") == 0)
			f->process = value;
		else if (strcmp(key, "theme") == 0)
			f->themes = joined(arena, f->themes, value, "\n");
		else if (strcmp(key, "principle") == 0)
			f->principles = joined(arena, f->principles, value,
			    "\n");
		else if (strcmp(key, "way") == 0)
			f->way = joined(arena, f->way, value, " ");
		else if (strcmp(key, "contact") == 0)
			f->contact = joined(arena, f->contact, value, " ");
		else if (strcmp(key, "report") == 0)
			(void)date_parse(value, &f->report_day);
		else if (strcmp(key, "report-to") == 0)
			f->report_to = value;
		else if (strcmp(key, "to") == 0)
			f->to = joined(arena, f->to, value, " ");
	}
	return f->places > 0 && f->places <= WORKSHOP_PLACES_MOST;
}
