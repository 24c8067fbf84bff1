/* SPDX-License-Identifier: MIT */
/* What stands in a mail about a workshop, line by line. */
#include "understand/workshop_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/workshop.lexicon"
#define NUMBERS_MOST 200

static const struct phrases *
section_of(const char *section)
{
	return phrases_section(LEXICON, section);
}

bool
workshop_says(struct arena *arena, const char *section, const char *text)
{
	return text != NULL && phrases_in(section_of(section),
	    text_lower(arena, text), NULL) != NULL;
}

/* --- labels -------------------------------------------------------------- */

/* Bytes of «Temaer:» where the line begins so; 0. */
static size_t
label_at(struct arena *arena, const char *section, const char *line)
{
	size_t n = phrases_at(section_of(section), text_lower(arena, line));

	return n > 0 && line[n] == ':' ? n + 1 : 0;
}

const char *
workshop_label(struct arena *arena, const char *section, const char *text)
{
	size_t n;
	const char **lines = text_lines(arena, text, &n);

	for (size_t i = 0; i < n; i++) {
		const char *line = text_trim(arena, lines[i]);
		size_t label = label_at(arena, section, line);

		if (label > 0)
			return text_trim(arena, line + label);
	}
	return NULL;
}

static void
items_add(struct arena *arena, struct buf *out, const char *value)
{
	while (*value != '\0') {
		size_t n = strcspn(value, ",;");
		const char *item = text_trim(arena, arena_strndup(arena,
		    value, n));

		n += value[n] != '\0';
		value += n;
		if (item[0] != '\0')
			buf_addf(out, "%s%.*s", out->n > 0 ? "\n" : "",
			    (int)strcspn(item, "\n"), item);
	}
}

/* Behind the label, or each on a line of its own with a dash. */
static const char *
items_of(struct arena *arena, const char *section, const char *text)
{
	struct buf out = buf_open(arena);
	size_t n;
	const char **lines = text_lines(arena, text, &n);
	bool inside = false;

	for (size_t i = 0; i < n; i++) {
		const char *line = text_trim(arena, lines[i]);
		size_t label = label_at(arena, section, line);

		if (label > 0) {
			items_add(arena, &out, line + label);
			inside = true;
		} else if (inside && (line[0] == '-' || line[0] == '*')) {
			buf_addf(&out, "%s%s", out.n > 0 ? "\n" : "",
			    text_trim(arena, line + 1));
		} else {
			inside = false;
		}
	}
	return out.n > 0 ? buf_text(&out) : NULL;
}

/* The number before a phrase: «40 pladser»; 0. */
static size_t
number_before(struct arena *arena, const char *section, const char *text)
{
	const char *low = text_lower(arena, text), *at = low;
	size_t n, found = 0;

	while ((at = phrases_in(section_of(section), at, &n)) != NULL) {
		const char *end = at;

		while (end > low && end[-1] == ' ')
			end--;
		while (end > low && isdigit((unsigned char)end[-1]))
			end--;
		if (isdigit((unsigned char)*end) && (end == low ||
		    end[-1] == ' ' || end[-1] == '\n'))
			found = strtoul(end, NULL, 10);
		at += n;
	}
	return found;
}

void
workshop_facts_find(struct arena *arena, const char *text,
    struct workshop_facts *facts)
{
	const char *to = workshop_label(arena, "report-to", text);
	size_t places = number_before(arena, "places", text);

	facts->places = places > WORKSHOP_PLACES_MOST ? 0 : (int)places;
	facts->process = workshop_label(arena, "process", text);
	facts->themes = items_of(arena, "themes", text);
	facts->principles = items_of(arena, "principles", text);
	facts->way = workshop_label(arena, "way", text);
	facts->contact = workshop_label(arena, "contact", text);
	facts->report_to = to != NULL && strchr(to, '@') != NULL &&
	    strpbrk(to, " ,;") == NULL ? text_lower(arena, to) : NULL;
}

/* --- somebody who comes ------------------------------------------------------ */

const char *
workshop_needs(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);

	while (*text != '\0') {
		size_t n = strcspn(text, ".!\n");
		const char *one = text_trim(arena, arena_strndup(arena, text,
		    n));

		if (workshop_says(arena, "need", one))
			buf_addf(&out, "%s%s.", out.n > 0 ? " " : "", one);
		text += n + (text[n] != '\0');
	}
	return out.n > 0 ? buf_text(&out) : NULL;
}

size_t
workshop_persons(struct arena *arena, const char *text)
{
	return number_before(arena, "persons", text);
}

static bool
is_name_line(const char *line)
{
	size_t words = 0;

	line += strspn(line, "-*0123456789. \t");
	while (*line != '\0') {
		size_t n = strcspn(line, " ");

		/* a capital, also of two bytes: Æ Ø Å */
		if (!isupper((unsigned char)line[0]) && !(line[0] == '\xc3' &&
		    (unsigned char)line[1] < 0xa0))
			return false;
		words++;
		line += n + strspn(line + n, " ");
	}
	return words >= 2 && words <= 5;
}

size_t
workshop_names(struct arena *arena, const char *text)
{
	size_t n, names = 0;
	const char **lines = text_lines(arena, text, &n);

	for (size_t i = 0; i < n; i++)
		names += is_name_line(text_trim(arena, lines[i]));
	return names;
}

/* --- the secretary's order of ideas ----------------------------------------- */

/* «12 og 15: Mad»; a line with other words before the colon is none. */
static bool
group_add(struct arena *arena, struct buf *out, const char *line)
{
	const char *colon = strchr(line, ':'), *theme;
	struct buf numbers = buf_open(arena);
	size_t n = 0;

	if (colon == NULL)
		return false;
	for (const char *at = line; at < colon;) {
		if (isdigit((unsigned char)*at) && n < NUMBERS_MOST) {
			char *end;
			unsigned long number = strtoul(at, &end, 10);

			buf_addf(&numbers, "%s%lu", n++ > 0 ? " " : "",
			    number);
			at = end;
		} else if (*at == ' ' || *at == ',') {
			at++;
		} else if (text_starts(at, "og ") || text_starts(at, "and ")) {
			at += strcspn(at, " ");
		} else {
			return false;
		}
	}
	theme = text_trim(arena, colon + 1);
	if (n == 0 || theme[0] == '\0')
		return false;
	buf_addf(out, "%s%s: %s", out->n > 0 ? "\n" : "", buf_text(&numbers),
	    theme);
	return true;
}

const char *
workshop_groups(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	size_t n;
	const char **lines = text_lines(arena, text, &n);

	for (size_t i = 0; i < n; i++)
		(void)group_add(arena, &out, text_trim(arena, lines[i]));
	return out.n > 0 ? buf_text(&out) : NULL;
}
