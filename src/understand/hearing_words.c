/* SPDX-License-Identifier: MIT */
/* The words of hearings against the phrases of hearing.lexicon. */
#include "understand/hearing_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "mail/address.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/hearing.lexicon"
#define HEADING_BYTES 80	/* a longer line with a colon is a sentence */
#define ADDRESSES_MOST 60
#define HOUR_NEAR 60		/* bytes between a deadline and its hour */
#define NUMBERS_MOST 40

static const char *
find(const char *section, const char *low, size_t *n)
{
	return phrases_in(phrases_section(LEXICON, section), low, n);
}

static bool
says(struct arena *arena, const char *section, const char *text)
{
	return text != NULL && find(section, text_lower(arena, text), NULL) !=
	    NULL;
}

/* --- forms with a number ------------------------------------------------------ */

/* «slet afsnit 3» by «slet afsnit <n>»; *used bytes of `low` are the form. */
static bool
line_fits(const char *section, const char *low, size_t *number, size_t *used)
{
	const struct phrases *forms = phrases_section(LEXICON, section);
	size_t digits = strcspn(low, "0123456789\n:"), n;
	struct arena *arena;
	char *end;

	*number = 0;
	*used = phrases_at(forms, low);
	if (low[digits] < '0' || low[digits] > '9')
		return *used > 0;
	*number = strtoul(low + digits, &end, 10);
	arena = arena_open();
	n = phrases_at(forms, arena_printf(arena, "%.*s<n>%s", (int)digits,
	    low, end));
	arena_close(&arena);
	if (n > digits)		/* the number is within the form */
		*used = n - strlen("<n>") + (size_t)(end - low) - digits;
	return n > 0;
}

/* --- the authority's mail --------------------------------------------------- */

static bool
is_case_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.' ||
	    c == '-' || c == '/';
}

/* KLE: 00.22.00-A00-1-22; the subject group, the facet, a number, a year. */
static bool
is_kle(const char *p)
{
	static const char form[] = "##.##.##-@##-#";

	for (size_t i = 0; form[i] != '\0'; i++) {
		bool digit = p[i] >= '0' && p[i] <= '9';

		if (form[i] == '#' ? !digit : form[i] == '@' ?
		    !(p[i] >= 'A' && p[i] <= 'Z') : p[i] != form[i])
			return false;
	}
	return true;
}

const char *
hearing_case_number(struct arena *arena, const char *text)
{
	const char *low, *at;
	size_t used, n = 0;

	if (text == NULL)
		return NULL;
	for (const char *p = text; *p != '\0'; p++)
		if ((p == text || !is_case_char(p[-1])) && is_kle(p)) {
			while (is_case_char(p[n]))
				n++;
			while (p[n - 1] == '.' || p[n - 1] == '-')
				n--;
			return arena_strndup(arena, p, n);
		}
	low = text_lower(arena, text);
	at = find("case", low, &used);
	if (at == NULL || strlen(low) != strlen(text))
		return NULL;	/* none, or folding moved the places */
	at = text + (at - low) + used;
	at += strspn(at, ".: \t");
	while (is_case_char(at[n]))
		n++;
	while (n > 0 && at[n - 1] == '.')
		n--;
	at = arena_strndup(arena, at, n);
	return n >= 3 && strpbrk(at, "0123456789") != NULL ? at : NULL;
}

bool
hearing_is_statutory(struct arena *arena, const char *text)
{
	return says(arena, "statutory", text);
}

/* «kl. 12», «kl. 12.30», «kl 24:00» at `at`; -1 none. */
static int
hour_at(const char *at)
{
	char *end;
	long hour, minute = 0;

	at += strspn(at, ". ");
	hour = strtol(at, &end, 10);
	if (end == at || end - at > 2 || hour < 0 || hour > 24)
		return -1;
	if ((*end == '.' || *end == ':') && end[1] >= '0' && end[1] <= '5' &&
	    end[2] >= '0' && end[2] <= '9')
		minute = (end[1] - '0') * 10 + end[2] - '0';
	/* «kl. 0.00» is the day's beginning, and nobody means that */
	return hour == 0 && minute == 0 ? 1440 : hour == 24 ? 1440 :
	    (int)(hour * 60 + minute);
}

int
hearing_deadline_minute(struct arena *arena, const char *text)
{
	const char *low = text == NULL ? "" : text_lower(arena, text), *at;
	size_t n;

	for (at = find("deadline", low, &n); at != NULL;
	    at = find("deadline", at + n, &n)) {
		const char *line = arena_strndup(arena, at,
		    strcspn(at, "\n"));
		size_t used = 0;
		const char *hour = find("hour", line, &used);

		if (hour != NULL && hour - line < HOUR_NEAR) {
			int minute = hour_at(hour + used);

			if (minute >= 0)
				return minute;
		}
	}
	return 1440;
}

/* «2. Boliger», «2) Boliger»: 2 and what follows. */
static long
number_head(const char *line, const char **rest)
{
	char *end;
	long n;

	line += strspn(line, " \t");
	n = strtol(line, &end, 10);
	if (end == line || n < 1 || n > NUMBERS_MOST ||
	    (*end != '.' && *end != ')') || (end[1] != ' ' && end[1] != '\t'))
		return 0;
	*rest = end + 1 + strspn(end + 1, " \t");
	return **rest == '\0' ? 0 : n;
}

const char **
hearing_questions(struct arena *arena, const char *text, size_t *n)
{
	const char **list = arena_array(arena, NUMBERS_MOST + 1,
	    sizeof *list), **lines;
	size_t n_lines, count = 0;

	lines = text_lines(arena, text == NULL ? "" : text, &n_lines);
	for (size_t i = 0; i < n_lines && count < NUMBERS_MOST; i++) {
		const char *rest;

		if (number_head(lines[i], &rest) == (long)count + 1)
			list[count++] = text_squeeze(arena, rest);
	}
	*n = count < 2 ? 0 : count;
	return list;
}

static bool
is_address_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    strchr(".-_+@", c) != NULL;
}

/* The words of the sentence before an address: is it to be left out? */
static bool
is_dropped(struct arena *arena, const char *from, const char *to)
{
	const char *head = arena_strndup(arena, from, (size_t)(to - from));

	return find("not-party", head, NULL) != NULL;
}

struct hearing_address *
hearing_addresses(struct arena *arena, const char *text, bool near, size_t *n)
{
	struct hearing_address *list = arena_array(arena, ADDRESSES_MOST + 1,
	    sizeof *list);
	size_t n_parts, count = 0;
	const char **parts = hearing_parts(arena, text == NULL ? "" :
	    text_lower(arena, text), &n_parts);

	for (size_t i = 0; i < n_parts; i++) {
		const char *from = parts[i];
		const char *at;

		if (near && find("parties", parts[i], NULL) == NULL)
			continue;
		for (at = strchr(parts[i], '@'); at != NULL &&
		    count < ADDRESSES_MOST; at = strchr(at + 1, '@')) {
			const char *begin = at, *end = at, *email;

			while (begin > parts[i] && begin[-1] != '\0' &&
			    is_address_char(begin[-1]))
				begin--;
			while (*end != '\0' && is_address_char(*end))
				end++;
			while (end > at && (end[-1] == '.' || end[-1] == '-'))
				end--;
			email = arena_strndup(arena, begin,
			    (size_t)(end - begin));
			if (!address_is_valid(email))
				continue;
			list[count++] = (struct hearing_address){ email,
				is_dropped(arena, from, begin) };
			/* «ikke a@ og b@» leaves both out; «, men b@» not */
			if (strcspn(end, ",.;") < strcspn(end, "@"))
				from = end;
			at = end - 1;
		}
	}
	*n = count;
	return list;
}

/* --- a member's ------------------------------------------------------------- */

bool
hearing_replaces(struct arena *arena, const char *text)
{
	return says(arena, "replace", text);
}

bool
hearing_asks_status(struct arena *arena, const char *text)
{
	return says(arena, "status", text);
}

bool
hearing_same_theme(struct arena *arena, const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(text_lower(arena, text_squeeze(arena, a)),
	    text_lower(arena, text_squeeze(arena, b))) == 0;
}

/* «Hej Mette», «Kære råd,»: a greeting and no more on its line. */
static bool
is_greeting(struct arena *arena, const char *line)
{
	const char *low = text_lower(arena, text_trim(arena, line));
	size_t words = 1;

	if (phrases_at(phrases_section(LEXICON, "greeting"), low) == 0 ||
	    strpbrk(low, ".:?") != NULL)
		return false;
	for (const char *p = low; *p != '\0'; p++)
		words += *p == ' ';
	return words <= 5;
}

/* «Her er mit bidrag til høringen:», alone on its line. */
static bool
is_preface(struct arena *arena, const char *line)
{
	const char *low = text_lower(arena, text_trim(arena, line));

	return strlen(low) <= HEADING_BYTES && phrases_at(phrases_section(
	    LEXICON, "preface"), low) > 0 && (text_ends(low, ":") ||
	    text_ends(low, ".") || strchr(low, ' ') == NULL) &&
	    strstr(low, ". ") == NULL;
}

/* «Boliger:», «## Boliger»: the heading alone; NULL. */
static const char *
heading(struct arena *arena, const char *line)
{
	const char *text = text_trim(arena, line);
	size_t n = strlen(text);

	if (n == 0 || n > HEADING_BYTES)
		return NULL;
	if (*text == '#')
		return text_trim(arena, text + strspn(text, "#"));
	if (text[n - 1] != ':' || n < 3 || strpbrk(text, ".!?") != NULL)
		return NULL;
	return text_trim(arena, arena_strndup(arena, text, n - 1));
}

/* «2. Ja tak», «Ad 2: …», «Til spørgsmål 2»: the question of that number. */
static const char *
answered(struct arena *arena, const char *line,
    const char *const *questions, size_t n)
{
	const char *low = text_lower(arena, text_trim(arena, line)), *rest;
	size_t number = (size_t)number_head(low, &rest), used;

	if (number == 0 && !line_fits("question", low, &number, &used))
		return NULL;
	return number >= 1 && number <= n ? questions[number - 1] : NULL;
}

static void
piece_add(struct arena *arena, struct hearing_piece *list, size_t *n,
    const char *theme, const char *words)
{
	bool dissent = says(arena, "dissent", words);
	struct hearing_piece *last = *n > 0 ? &list[*n - 1] : NULL;

	words = text_trim(arena, words);
	if (words[0] == '\0')
		return;
	if (last != NULL && last->dissent == dissent &&
	    hearing_same_theme(arena, last->theme, theme))
		last->words = arena_printf(arena, "%s\n%s", last->words,
		    words);
	else
		list[(*n)++] = (struct hearing_piece){ theme, words,
			dissent };
}

struct hearing_piece *
hearing_pieces(struct arena *arena, const char *text,
    const char *const *questions, size_t n_questions, size_t *n)
{
	size_t n_parts, count = 0;
	const char **parts = hearing_parts(arena, text, &n_parts);
	struct hearing_piece *list = arena_array(arena, n_parts + 1,
	    sizeof *list);
	const char *theme = NULL;

	for (size_t i = 0; i < n_parts; i++) {
		const char *part = parts[i], *line, *named;

		/* at its head: a greeting, «her er mit bidrag», a heading */
		for (;;) {
			size_t end = strcspn(part, "\n");

			line = arena_strndup(arena, part, end);
			if (count == 0 && (is_greeting(arena, line) ||
			    is_preface(arena, line)))
				;
			else if ((named = heading(arena, line)) != NULL)
				theme = named;
			else
				break;
			part += end + (part[end] != '\0');
			if (*part == '\0')
				break;
		}
		named = answered(arena, line, questions, n_questions);
		if (*part != '\0')
			piece_add(arena, list, &count, named != NULL ? named :
			    theme, part);
	}
	*n = count;
	return list;
}

/* --- a change to the answer -------------------------------------------------- */

/* What stands behind a form: on its line, or all lines to the next form. */
static bool
is_form(struct arena *arena, const char *line)
{
	static const char *const sections[] = { "whole", "set", "drop", "add",
		"take" };
	const char *low = text_lower(arena, text_trim(arena, line));
	size_t number, used;

	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
		if (line_fits(sections[i], low, &number, &used))
			return true;
	return false;
}

struct reader {
	struct arena *arena;
	const char **lines;
	size_t n_lines, at;
	struct hearing_edits *out;
};

/* The words of an edit: the rest of its line, and the lines to the next edit
 * or an empty line; of the whole answer, all lines. */
static const char *
text_take(struct reader *r, const char *rest, bool all)
{
	struct buf out = buf_open(r->arena);

	rest += strspn(rest, ": \t");
	buf_add(&out, rest);
	while (r->at < r->n_lines && (all || (!is_form(r->arena,
	    r->lines[r->at]) && (out.n == 0 || text_trim(r->arena,
	    r->lines[r->at])[0] != '\0'))))
		buf_addf(&out, "\n%s", r->lines[r->at++]);
	return text_trim(r->arena, buf_text(&out));
}

static void
edit_add(struct reader *r, const char *said, struct hearing_edit edit)
{
	if (r->out->n == HEARING_EDITS_MOST)
		return;
	r->out->said[r->out->n] = said;
	r->out->list[r->out->n++] = edit;
}

static bool
line_take(struct reader *r, const char *line)
{
	const char *low = text_lower(r->arena, line);
	size_t number, used;

	if (line_fits("whole", low, &number, &used))
		edit_add(r, line, (struct hearing_edit){ HEARING_EDIT_ALL, 0,
		    text_take(r, line + used, true) });
	else if (line_fits("set", low, &number, &used) && number > 0)
		edit_add(r, line, (struct hearing_edit){ HEARING_EDIT_SET,
		    number, text_take(r, line + used, false) });
	else if (line_fits("drop", low, &number, &used) && number > 0)
		edit_add(r, line, (struct hearing_edit){ HEARING_EDIT_DROP,
		    number, NULL });
	else if (line_fits("take", low, &number, &used) && number > 0 &&
	    r->out->n_take < HEARING_EDITS_MOST) {
		r->out->take_said[r->out->n_take] = line;
		r->out->take[r->out->n_take++] = number;
	} else if (line_fits("add", low, &number, &used))
		edit_add(r, line, (struct hearing_edit){ HEARING_EDIT_ADD, 0,
		    text_take(r, line + used, false) });
	else
		return false;
	return true;
}

struct hearing_edits
hearing_edits_read(struct arena *arena, const char *text)
{
	struct hearing_edits out = {
		.list = arena_array(arena, HEARING_EDITS_MOST + 1,
		    sizeof *out.list),
		.said = arena_array(arena, HEARING_EDITS_MOST + 1,
		    sizeof *out.said),
		.take = arena_array(arena, HEARING_EDITS_MOST + 1,
		    sizeof *out.take),
		.take_said = arena_array(arena, HEARING_EDITS_MOST + 1,
		    sizeof *out.take_said),
	};
	struct reader r = { .arena = arena, .out = &out };
	struct buf rest = buf_open(arena);

	r.lines = text_lines(arena, text, &r.n_lines);
	while (r.at < r.n_lines) {
		const char *line = text_trim(arena, r.lines[r.at++]);

		line += strspn(line, "-* ");
		if (line[0] == '\0' || is_greeting(arena, line) ||
		    line_take(&r, line))
			continue;
		if (phrases_is(phrases_section(LEXICON, "skip"),
		    arena_strndup(arena, text_lower(arena, line),
		    strcspn(line, ".!,"))))
			continue;
		buf_addf(&rest, "%s%s", rest.n > 0 ? "\n" : "", line);
	}
	out.rest = rest.n > 0 ? buf_text(&rest) : NULL;
	return out;
}
