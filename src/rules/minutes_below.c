/* SPDX-License-Identifier: MIT */
/* What stands under the heading of an item: who said what, and who promised
 * what until when. */
#include "rules/minutes_inside.h"

#include <string.h>

#include "base/arena.h"

/* «Navn: ord», the name short and no address of the web. */
static const char *
name_cut(struct arena *arena, const char *line, const char **rest)
{
	const char *colon = strchr(line, ':');
	size_t words = 1;

	if (strncmp(line, "- ", 2) == 0)
		line += 2;
	if (colon == NULL || colon <= line || colon - line > NAME_BYTES ||
	    colon[1] == '/')
		return NULL;
	for (const char *at = line; at < colon; at++)
		words += *at == ' ';
	if (words > 7)
		return NULL;
	*rest = text_trim(arena, colon + 1);
	return text_trim(arena, arena_strndup(arena, line,
	    (size_t)(colon - line)));
}

#define WRAP_BYTES 40

bool
minutes_goes_on(struct parse *p, const char *line)
{
	struct date day;

	return strlen(line) >= WRAP_BYTES && line[strlen(line) - 1] != '.' &&
	    !minutes_day_cut(p->arena, p->source->words, p->source->day,
	    &line, &day);
}

const char *
minutes_part_text(struct parse *p, struct reading *r, enum part part)
{
	const char *text;

	if (r->words[part].n == 0)
		return NULL;
	text = text_trim(p->arena, buf_text(&r->words[part]));
	return text[0] == '\0' ? NULL : text;
}

/* A wrapped line goes on with the speaker above it. */
void
minutes_speeches_read(struct parse *p, struct reading *r)
{
	const char *text = minutes_part_text(p, r, PART_SPEECHES);
	struct minutes_speech *list = arena_array(p->arena, MINUTES_LINES + 1,
	    sizeof *list);
	const char **lines;
	size_t n, count = 0;

	if (text == NULL)
		return;
	lines = text_lines(p->arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		const char *rest = NULL;
		const char *who = name_cut(p->arena, lines[i], &rest);

		if (lines[i][0] == '\0')
			continue;
		if (who != NULL && count < MINUTES_LINES)
			list[count++] = (struct minutes_speech){ who, rest };
		else if (who != NULL)
			p->out->cut = true;
		else if (count > 0)
			list[count - 1].words = arena_printf(p->arena,
			    "%s %s", list[count - 1].words, lines[i]);
		else	/* nobody's: it is text */
			buf_addf(&r->words[PART_TEXT], "%s%s",
			    r->words[PART_TEXT].n > 0 ? "\n" : "", lines[i]);
	}
	r->item.speeches = list;
	r->item.n_speeches = count;
}

static void
promise_add(struct parse *p, struct minutes_promise *list, size_t *n,
    const char *line)
{
	const char *task = NULL;
	const char *who = name_cut(p->arena, line, &task);

	if (who == NULL || task == NULL || task[0] == '\0')
		return;
	if (*n == MINUTES_LINES) {
		p->out->cut = true;
		return;
	}
	list[*n] = (struct minutes_promise){ who, task, { 0, 0, 0 } };
	(void)minutes_day_cut(p->arena, p->source->words, p->source->day,
	    &list[*n].task, &list[*n].due_day);
	(*n)++;
}

void
minutes_promises_read(struct parse *p, struct reading *r)
{
	const char *text = minutes_part_text(p, r, PART_PROMISES);
	struct minutes_promise *list = arena_array(p->arena, MINUTES_LINES + 1,
	    sizeof *list);
	const char **lines, *one = NULL;
	size_t n, count = 0;

	if (text == NULL)
		return;
	lines = text_lines(p->arena, text, &n);
	for (size_t i = 0; i <= n; i++) {
		const char *line = i == n ? "" : lines[i], *rest;
		bool arrow = line[0] == '\001';

		line += arrow;
		if (i < n && line[0] != '\0' && !arrow && one != NULL &&
		    name_cut(p->arena, line, &rest) == NULL &&
		    minutes_goes_on(p, one)) {
			one = arena_printf(p->arena, "%s %s", one, line);
			continue;
		}
		if (one != NULL)
			promise_add(p, list, &count, one);
		one = line[0] == '\0' ? NULL : line;
		/* what nobody promised is text, and is not lost */
		if (one != NULL && name_cut(p->arena, one, &rest) == NULL) {
			buf_addf(&r->words[PART_TEXT], "%s%s",
			    r->words[PART_TEXT].n > 0 ? "\n" : "", one);
			one = NULL;
		}
	}
	r->item.promises = list;
	r->item.n_promises = count;
}
