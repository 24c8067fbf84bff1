/* SPDX-License-Identifier: MIT */
/* Cuts minutes at the headings of their items and at the words of the form. */
#include "rules/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "rules/minutes_inside.h"

#define HEADING_BYTES 300	/* no title is longer */
#define PEOPLE_MOST 200
#define FORM_LINES 2000
#define LINES_MOST 10000	/* of 200 pages; each costs some memory */

/* --- lines ---------------------------------------------------------------- */

/* Without the marks of a quotation («> >», «|») and of Markdown headings and
 * bold type, which programs put in and take away. */
static const char *
line_bare(struct arena *arena, const char *line, bool *heading)
{
	char *text, *end;

	while (*line == '>' || *line == '|' || *line == ' ' || *line == '\t' ||
	    strncmp(line, "\302\240", 2) == 0)
		line++;
	*heading = *line == '#';
	while (*line == '#' || *line == ' ')
		line++;
	if (strncmp(line, "**", 2) == 0)
		line += 2;
	text = text_squeeze(arena, line);
	/* «**Tid:** 16.00»: the marks in the middle go, too */
	for (char *at = strstr(text, "**"); at != NULL;
	    at = strstr(at, "**"))
		memmove(at, at + 2, strlen(at + 2) + 1);
	end = text + strlen(text);
	while (end > text && (end[-1] == ' ' || end[-1] == '\\'))
		*--end = '\0';
	return text;
}

/* The text behind `word` (one of a list with `;`) and a colon; NULL. */
static const char *
behind_word(struct arena *arena, const char *list, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *low;

	if (list == NULL || colon == NULL || colon - line > NAME_BYTES)
		return NULL;
	low = text_trim(arena, text_lower(arena, arena_strndup(arena, line,
	    (size_t)(colon - line))));
	for (const char *at = list; *at != '\0';) {
		size_t n = strcspn(at, ";");
		const char *word = text_trim(arena, text_lower(arena,
		    arena_strndup(arena, at, n)));

		at += n + (at[n] != '\0');
		if (strcmp(word, low) == 0)
			return text_trim(arena, colon + 1);
	}
	return NULL;
}

static bool
has_word(struct arena *arena, const char *list, const char *text)
{
	const char *low = text_lower(arena, text);

	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, ";");
		const char *word = text_trim(arena, text_lower(arena,
		    arena_strndup(arena, at, n)));

		at += n + (at[n] != '\0');
		if (word[0] != '\0' && strcmp(word, low) == 0)
			return true;
	}
	return false;
}

static int
line_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The form's lines, sorted, to be known again. */
static void
form_read(struct parse *p)
{
	const char **lines;
	size_t n;

	if (p->source->form == NULL)
		return;
	lines = text_lines(p->arena, p->source->form, &n);
	n = n > FORM_LINES ? FORM_LINES : n;
	p->form = arena_array(p->arena, n + 1, sizeof *p->form);
	for (size_t i = 0; i < n; i++) {
		bool heading;
		const char *line = line_bare(p->arena, lines[i], &heading);

		if (line[0] != '\0')
			p->form[p->n_form++] = line;
	}
	qsort(p->form, p->n_form, sizeof *p->form, line_compare);
}

static bool
is_of_form(const struct parse *p, const char *line)
{
	return p->n_form > 0 && bsearch(&line, p->form, p->n_form,
	    sizeof *p->form, line_compare) != NULL;
}

/* --- headings of items ---------------------------------------------------- */

/* Letters and digits alone, lower case: a program that wraps or corrects
 * marks does not make another title of it. */
static const char *
title_key(struct arena *arena, const char *title)
{
	const char *low = text_lower(arena, title);
	struct buf out = buf_open(arena);

	while (*low != '\0') {
		uint32_t code = text_next(&low);

		if (text_is_letter(code) || (code >= '0' && code <= '9'))
			buf_add_code(&out, code);
	}
	return out.n > 0 ? buf_text(&out) : "";
}

/* «(lukket punkt)» at the end, cut off. */
static char *
mark_cut(struct parse *p, char *title, bool *closed, bool *open)
{
	char *paren = strrchr(title, '(');
	size_t n = strlen(title);
	const char *inside;

	if (paren == NULL || title[n - 1] != ')')
		return title;
	inside = arena_strndup(p->arena, paren + 1, (size_t)(title + n - 1 -
	    (paren + 1)));
	if (has_word(p->arena, p->source->words->of[WORD_CLOSED], inside))
		*closed = true;
	else if (has_word(p->arena, p->source->words->of[WORD_OPEN], inside))
		*open = true;
	else
		return title;
	*paren = '\0';
	return text_trim(p->arena, title);
}

/* A title of the agenda that the words are: whole, or one within the other
 * where a line was wrapped or a person shortened it. 0: none. */
static size_t
on_agenda(struct parse *p, const char *title, size_t number, bool whole)
{
	const struct agenda *a = p->source->agenda;
	const char *key = title_key(p->arena, title);
	size_t n = strlen(key);

	for (size_t i = 0; a != NULL && n > 0 && i < a->n; i++) {
		const char *have = p->keys[i];
		size_t m = strlen(have);

		if (strcmp(have, key) == 0 && (number == 0 ||
		    number == i + 1 || whole))
			return i + 1;
		if (!whole && number == i + 1 && n >= 4 && m >= 4 &&
		    (strncmp(have, key, n < m ? n : m) == 0 ||
		    strstr(have, key) != NULL || strstr(key, have) != NULL))
			return i + 1;
	}
	return 0;
}

/* «3.», «3)», «Punkt 3:», «Pkt. 3»; gives the number, and what stands behind
 * it. 0: none. */
static size_t
number_read(struct parse *p, const char *line, const char **rest,
    bool *said)
{
	const char *list = p->source->words->of[WORD_POINT];
	char *end;
	unsigned long number;

	*said = false;
	for (const char *at = list; at != NULL && *at != '\0' && !*said;) {
		size_t n = strcspn(at, ";");
		const char *word = text_trim(p->arena, arena_strndup(
		    p->arena, at, n));
		size_t len = strlen(word);

		at += n + (at[n] != '\0');
		if (len > 0 && strlen(line) > len && text_starts_nocase(line,
		    word) && line[len] == ' ') {
			line += len + 1;
			*said = true;
		}
	}
	if (*line < '1' || *line > '9')
		return 0;
	number = strtoul(line, &end, 10);
	if (number == 0 || number > MINUTES_ITEMS || end - line > 3)
		return 0;
	if (*end != '.' && *end != ')' && *end != ':' && !(*said &&
	    (*end == ' ' || *end == '\0')))
		return 0;
	if (*end == ' ')
		*said = false;	/* «Punkt 5 er forkert» speaks of it */
	if (*end != '\0')
		end++;
	/* «3.500 kr.» is no point 3 */
	if (*end != ' ' && *end != '\0')
		return 0;
	while (*end == ' ' || *end == '-')
		end++;
	*rest = end;
	return (size_t)number;
}

static struct reading *
item_open(struct parse *p, size_t number, const char *title, bool closed,
    bool open)
{
	const struct agenda *a = p->source->agenda;
	struct reading *r = &p->items[number - 1];
	const struct agenda_point *point = a != NULL && number <= a->n ?
	    &a->points[number - 1] : NULL;

	if (!r->seen) {
		r->seen = true;
		for (int i = 0; i < PARTS; i++)
			r->words[i] = buf_open(p->arena);
		r->item.number = number;
		r->item.title = point != NULL && point->title[0] != '\0' ?
		    point->title : title;
		r->item.closed = point != NULL && point->closed;
		r->item.extra = a != NULL && a->n > 0 && point == NULL;
	}
	if (closed)
		r->item.closed = true;
	if (open) {
		r->item.closed = false;
		r->item.opened = true;
	}
	if (number > p->n)
		p->n = number;
	p->last = number;
	p->part = PART_TEXT;
	p->in_head = false;
	p->ended = false;
	p->head_at = -1;
	p->title_left = NULL;
	p->wrapped = false;
	if (point != NULL) {
		const char *have = p->keys[number - 1];
		const char *key = title_key(p->arena, title);

		if (text_starts(have, key) && have[strlen(key)] != '\0')
			p->title_left = have + strlen(key);
	}
	return r;
}

/* Whether the next line that says something is a word of the form: then a
 * numbered line above it is a heading, also where the agenda lacks it. */
static bool
form_follows(struct parse *p, const char *const *lines, size_t n, size_t at)
{
	for (size_t i = at + 1; i < n && i < at + 4; i++) {
		bool heading;
		const char *line = line_bare(p->arena, lines[i], &heading);

		if (line[0] == '\0')
			continue;
		for (int w = WORD_TEXT; w <= WORD_PROMISES; w++)
			if (behind_word(p->arena, p->source->words->of[w],
			    line) != NULL)
				return true;
		return false;
	}
	return false;
}

static void line_take(struct parse *p, const char *line);

static bool
item_heading(struct parse *p, const char *const *lines, size_t n, size_t at,
    const char *line, bool marked)
{
	const struct agenda *a = p->source->agenda;
	size_t known = a == NULL ? 0 : a->n, number, found;
	bool closed = false, open = false, said = false;
	const char *rest = line;
	char *title;

	number = number_read(p, line, &rest, &said);
	if (strlen(line) > HEADING_BYTES && !said)
		return false;
	title = mark_cut(p, arena_strdup(p->arena, rest), &closed, &open);
	if (title[0] == '\0' && !said)
		return false;
	if (number == 0) {
		/* a title alone in its line, as minutes of one's own have it */
		found = marked || p->blank ? on_agenda(p, title, 0, true) : 0;
		if (found == 0)
			return false;
		(void)item_open(p, found, title, closed, open);
		return true;
	}
	found = on_agenda(p, title, number, false);
	if (found == 0)
		found = on_agenda(p, title, number, true);
	if (found == 0 && known > 0 && number <= known && (closed || open) &&
	    a->points[number - 1].closed)
		found = number;
	if (found != 0) {
		(void)item_open(p, found, title, closed, open);
		return true;
	}
	if (said && number <= known) {
		/* «Punkt 3: Ny tekst» */
		(void)item_open(p, number, "", closed, open);
		if (title[0] != '\0')
			line_take(p, title);
		return true;
	}
	if (title[0] == '\0')
		return false;
	if (known == 0 ? number != p->last + 1 || !(p->blank || marked) :
	    number <= known || number > p->n + 1 + (p->n < known ?
	    known - p->n : 0) || !(marked || (p->blank && strlen(title) <
	    100) || form_follows(p, lines, n, at)))
		return false;
	(void)item_open(p, number, title, closed, open);
	return true;
}

/* --- the head ------------------------------------------------------------- */

static bool
head_line(struct parse *p, const char *line)
{
	if (p->last > 0 && !p->ended && !is_of_form(p, line))
		return false;
	for (int w = WORD_FORUM; w <= WORD_CASE_WORKER; w++) {
		const char *rest = behind_word(p->arena,
		    p->source->words->of[w], line);

		if (rest == NULL)
			continue;
		/* The first that says it counts: below stands the form's. */
		p->head_at = p->head_seen[w] ? -1 : w;
		if (!p->head_seen[w])
			buf_add(&p->head[w], rest);
		p->head_seen[w] = true;
		p->in_head = true;
		return true;
	}
	return false;
}

static void
people_add(struct parse *p, struct minutes_person *list, size_t *n,
    const char *text, enum minutes_came came)
{
	const char *and = arena_printf(p->arena, " %s ",
	    p->source->words->of[WORD_AND]);
	size_t step = strlen(and);

	while (*text != '\0' && *n < PEOPLE_MOST) {
		size_t len = strcspn(text, ",;\n"), skip = 1;
		const char *at = strstr(text, and);
		const char *name;

		if (at != NULL && (size_t)(at - text) < len) {
			len = (size_t)(at - text);
			skip = step;
		}
		name = text_squeeze(p->arena, arena_strndup(p->arena, text,
		    len));
		text += len;
		text += *text == '\0' ? 0 : skip;
		if (name[0] == '\0' || strlen(name) > 2 * NAME_BYTES ||
		    has_word(p->arena, p->source->words->of[WORD_NOBODY],
		    name))
			continue;
		list[(*n)++] = (struct minutes_person){ name, NULL, came };
	}
}

static void
head_end(struct parse *p)
{
	static const struct {
		enum minutes_word word;
		enum minutes_came came;
	} lists[] = {
		{ WORD_PRESENT, CAME_PRESENT }, { WORD_REGRETS, CAME_REGRETS },
		{ WORD_MISSING, CAME_MISSING }, { WORD_GUESTS, CAME_GUEST },
		{ WORD_OBSERVERS, CAME_OBSERVER },
		{ WORD_WRITER, CAME_WRITER },
	};
	struct minutes_person *list = arena_array(p->arena, PEOPLE_MOST + 1,
	    sizeof *list);
	const char *when;
	size_t n = 0;

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (p->head[lists[i].word].n > 0)
			people_add(p, list, &n, buf_text(&p->head[
			    lists[i].word]), lists[i].came);
	p->out->people = list;
	p->out->n_people = n;
	p->out->has_people = p->head_seen[WORD_PRESENT];
	if (p->head[WORD_CASE_WORKER].n > 0)
		p->out->case_worker = text_trim(p->arena, buf_text(
		    &p->head[WORD_CASE_WORKER]));
	if (p->head[WORD_WHEN].n == 0)
		return;
	/* «torsdag den 9. juni 2022 kl. 16.00–18.00» */
	when = buf_text(&p->head[WORD_WHEN]);
	for (const char *at = strchr(when, ' '); at != NULL;
	    at = strchr(at + 1, ' ')) {
		const char *cut = arena_strndup(p->arena, when,
		    (size_t)(at - when));

		if (minutes_day_cut(p->arena, p->source->words,
		    date_add_days(p->source->day, -180), &cut, &p->out->day) &&
		    strstr(cut, "20") == NULL)
			continue;	/* look for a longer one, with a year */
	}
	(void)minutes_day_cut(p->arena, p->source->words, date_add_days(
	    p->source->day, -180), &when, &p->out->day);
}

/* --- below a heading ------------------------------------------------------ */

/* Behind an arrow; NULL: there is none. */
static const char *
behind_arrow(const char *line)
{
	static const char *const arrows[] = { "\342\206\222", "->", "=>",
		"\342\200\223>", "\342\207\222", "- \342\206\222", "- ->" };

	for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
		if (text_starts(line, arrows[i])) {
			line += strlen(arrows[i]);
			while (*line == ' ')
				line++;
			return line;
		}
	return NULL;
}

static void
line_take(struct parse *p, const char *line)
{
	struct reading *r = &p->items[p->last - 1];
	const char *promise = behind_arrow(line);
	bool wrapped = p->wrapped && promise == NULL && line[0] != '\0';
	enum part part = promise != NULL || wrapped ? PART_PROMISES : p->part;
	struct buf *to = &r->words[part];

	if (part == PART_PROMISES && promise == NULL &&
	    strncmp(line, "- ", 2) == 0)
		line += 2;
	/* An arrow begins another, whatever went before. */
	if (promise != NULL)
		buf_add(to, to->n > 0 ? "\n\001" : "\001");
	else if (to->n > 0)
		buf_add_char(to, '\n');
	buf_add(to, promise != NULL ? promise : line);
	p->wrapped = (promise != NULL || wrapped) && minutes_goes_on(p,
	    promise != NULL ? promise : line);
}

static bool
part_heading(struct parse *p, const char *line)
{
	static const enum part parts[] = { PART_TEXT, PART_DECISION,
		PART_SPEECHES, PART_PROMISES };

	for (int w = WORD_TEXT; w <= WORD_PROMISES; w++) {
		const char *rest = behind_word(p->arena,
		    p->source->words->of[w], line);

		if (rest == NULL)
			continue;
		p->part = parts[w - WORD_TEXT];
		if (rest[0] != '\0')
			line_take(p, rest);
		return true;
	}
	return false;
}

/* What a mail program writes above the mail that it quotes: «Den 9. juni skrev
 * Rådspost:» before marks, «Fra:» and «Sendt:», or a rule. */
static bool
is_quote_head(struct parse *p, const char *const *lines, size_t n, size_t at,
    const char *line)
{
	const char *list = p->source->words->of[WORD_QUOTED];
	const char *next = "";
	bool heading;

	if (text_starts(line, "-----") || text_starts(line, "_____"))
		return true;
	for (size_t i = at + 1; i < n && i < at + 3; i++) {
		next = line_bare(p->arena, lines[i], &heading);
		if (next[0] != '\0')
			break;
	}
	if (behind_word(p->arena, list, line) != NULL &&
	    behind_word(p->arena, list, next) != NULL)
		return true;
	if (line[strlen(line) - 1] != ':' || lines[at][0] == '>')
		return false;
	for (size_t i = at + 1; i < n && i < at + 3; i++)
		if (lines[i][0] == '>')
			return true;
	return false;
}

/* Only the line right below a heading can go on with it. */
static bool
is_title_left(struct parse *p, const char *line)
{
	const char *left = p->title_left;

	p->title_left = NULL;
	return left != NULL && strcmp(title_key(p->arena, line), left) == 0;
}

/* --- the whole ------------------------------------------------------------ */

static void
line_read(struct parse *p, const char *const *lines, size_t n, size_t at)
{
	bool heading;
	const char *line = line_bare(p->arena, lines[at], &heading);
	bool blank = line[0] == '\0';

	if (blank) {
		/* A paragraph ends; the head goes on. */
		if (p->last > 0 && !p->ended)
			line_take(p, "");
		p->head_at = -1;
	} else if (is_title_left(p, line)) {
		/* the rest of a wrapped title */
	} else if (item_heading(p, lines, n, at, line, heading)) {
		/* opened */
	} else if (has_word(p->arena, p->source->words->of[WORD_END], line) ||
	    (p->last > 0 && is_quote_head(p, lines, n, at, line))) {
		p->ended = true;
	} else if (head_line(p, line)) {
		/* taken */
	} else if (p->last > 0 && !p->ended) {
		if (!part_heading(p, line) && !is_of_form(p, line) &&
		    title_key(p->arena, line)[0] != '\0')
			line_take(p, line);	/* «…» alone is nothing */
	} else if (p->head_at >= 0) {
		buf_addf(&p->head[p->head_at], " %s", line);
	} else if (p->last == 0 && !p->in_head && !is_of_form(p, line)) {
		buf_addf(&p->above, "%s\n", line);
	}
	p->blank = blank;
}

void
minutes_parse(struct arena *arena, const struct minutes_source *source,
    const char *text, struct minutes *minutes)
{
	struct parse p = { .arena = arena, .source = source, .out = minutes,
		.head_at = -1, .blank = true };
	struct minutes_item *items;
	const char **lines;
	size_t n;

	*minutes = (struct minutes){ .items = NULL };
	minutes->cut = strlen(text) > MINUTES_BYTES;
	p.items = arena_array(arena, MINUTES_ITEMS + 1, sizeof *p.items);
	if (source->agenda != NULL)
		p.keys = arena_array(arena, source->agenda->n + 1,
		    sizeof *p.keys);
	for (size_t i = 0; source->agenda != NULL && i < source->agenda->n;
	    i++)
		p.keys[i] = title_key(arena, source->agenda->points[i].title);
	p.above = buf_open(arena);
	for (int w = 0; w <= WORD_CASE_WORKER; w++)
		p.head[w] = buf_open(arena);
	form_read(&p);
	lines = text_lines(arena, text_cut(arena, text, MINUTES_BYTES), &n);
	minutes->cut = minutes->cut || n > LINES_MOST;
	for (size_t i = 0; i < n && i < LINES_MOST; i++)
		line_read(&p, lines, n, i);
	head_end(&p);
	items = arena_array(arena, p.n + 1, sizeof *items);
	for (size_t i = 0; i < p.n; i++) {
		struct reading *r = &p.items[i];

		if (!r->seen)
			continue;
		minutes_speeches_read(&p, r);
		minutes_promises_read(&p, r);
		r->item.text = minutes_part_text(&p, r, PART_TEXT);
		r->item.decision = minutes_part_text(&p, r, PART_DECISION);
		items[minutes->n++] = r->item;
	}
	minutes->items = items;
	if (p.above.n > 0)
		minutes->above = text_trim(arena, buf_text(&p.above));
}
