/* SPDX-License-Identifier: MIT */
/* Sentences against the forms of agenda.lexicon. */
#include "understand/agenda_words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"

#define WORDS_MOST 60		/* of a sentence that can be a form */
#define SPLITS_MOST 300		/* of one sentence: «tilføj punkt a og …» can be
				 * cut in more ways than anybody waits for */
#define LIST_LEAST 2		/* numbered lines that make a list */

/* One word of a sentence: how it reads, and where it stood. */
struct word {
	const char *low;
	const char *at;		/* in the sentence as written */
};

struct sentence {
	struct word words[WORDS_MOST];
	size_t n;
	const char *text;
};

/* --- the forms ------------------------------------------------------------ */

struct forms {
	const char **list;
	size_t n;
};

/* The lexicon never changes: it is read once and kept. */
static const struct forms *
forms_all(void)
{
	static struct arena *kept;
	static struct forms all;
	const struct embedded *file = embedded_find(
	    "src/understand/agenda.lexicon");
	const char **lines;
	size_t n_lines;

	if (all.n > 0)
		return &all;
	assert(file != NULL);
	kept = arena_open();
	lines = text_lines(kept, arena_strndup(kept, file->data, file->n),
	    &n_lines);
	all.list = arena_array(kept, n_lines + 1, sizeof *all.list);
	for (size_t i = 0; i < n_lines; i++)
		if (lines[i][0] != '#' && lines[i][0] != '[' &&
		    lines[i][0] != '\0')
			all.list[all.n++] = lines[i];
	return &all;
}

/* --- sentences -------------------------------------------------------------- */

static bool
is_mark(char c)
{
	return strchr(" \t,:;!.\"()*", c) != NULL && c != '\0';
}

static bool
sentence_read(struct arena *arena, const char *text, struct sentence *s)
{
	*s = (struct sentence){ .text = text };
	for (const char *p = text; *p != '\0';) {
		size_t n = 0;

		while (is_mark(*p))
			p++;
		while (p[n] != '\0' && !is_mark(p[n]))
			n++;
		if (n == 0)
			break;
		if (s->n == WORDS_MOST)
			return false;
		s->words[s->n++] = (struct word){ text_lower(arena,
		    arena_strndup(arena, p, n)), p };
		p += n;
	}
	return s->n > 0;
}

static bool
number_read(const char *word, size_t *number)
{
	char *end;
	long n = strtol(word, &end, 10);

	if (end == word || *end != '\0' || n < 1 || n > 999)
		return false;
	*number = (size_t)n;
	return true;
}

/* Whether `word` is one of «a/b/c». */
static bool
is_one_of(const char *choices, size_t n, const char *word)
{
	size_t have = strlen(word);

	while (n > 0) {
		size_t k = 0;

		while (k < n && choices[k] != '/')
			k++;
		if (k == have && strncmp(choices, word, k) == 0)
			return true;
		if (k == n)
			break;
		choices += k + 1;
		n -= k + 1;
	}
	return false;
}

/* The words from `at` on, as they were written, without their quotation
 * marks. */
static const char *
title_of(struct arena *arena, const char *at)
{
	const char *title = text_squeeze(arena, at);
	static const char *const open[] = { "\"", "»", "«", "”", "“", "'" };
	size_t n;

	for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
		if (text_starts(title, open[i]))
			title += strlen(open[i]);
	n = strlen(title);
	while (n > 0 && (title[n - 1] == '.' || title[n - 1] == '"' ||
	    title[n - 1] == '\''))
		n--;
	title = arena_strndup(arena, title, n);
	for (size_t i = 1; i < 5; i++)
		if (text_ends(title, open[i]))
			title = arena_strndup(arena, title, strlen(title) -
			    strlen(open[i]));
	return text_trim(arena, title);
}

/* «luk punkt 5: personsag», «luk punkt 5 (personsag)»: a mark stands before
 * the word, so that «luk punkt 5 og slet punkt 3» gives no reason. */
static bool
is_behind_mark(const struct sentence *s, size_t w)
{
	const char *at = s->words[w].at;

	while (at > s->text && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at > s->text && (at[-1] == ':' || at[-1] == '(');
}

/* True where the whole sentence fits the form's words. */
static bool
fits(struct arena *arena, const char *form, const struct sentence *s,
    struct agenda_edit *e)
{
	size_t w = 0;

	while (*form != '\0') {
		size_t n;

		form += strspn(form, " ");
		n = strcspn(form, " ");
		if (w == s->n)
			return false;
		if (n == 3 && strncmp(form, "<t>", 3) == 0) {
			e->text = title_of(arena, s->words[w].at);
			return e->text[0] != '\0';
		}
		if (n == 3 && strncmp(form, "<r>", 3) == 0) {
			if (!is_behind_mark(s, w))
				return false;
			e->text = title_of(arena, s->words[w].at);
			if (text_ends(e->text, ")") &&
			    strchr(e->text, '(') == NULL)
				e->text = arena_strndup(arena, e->text,
				    strlen(e->text) - 1);
			return e->text[0] != '\0';
		}
		if (n == 3 && strncmp(form, "<n>", 3) == 0) {
			if (!number_read(s->words[w].low, &e->from))
				return false;
		} else if (n == 3 && strncmp(form, "<m>", 3) == 0) {
			if (!number_read(s->words[w].low, &e->to))
				return false;
		} else if (!is_one_of(form, n, s->words[w].low)) {
			return false;
		}
		form += n;
		w++;
	}
	return w == s->n;
}

/* What the form's kind asks for; several changes for a swap. */
static size_t
edits_of(const char *kind, size_t n, size_t n_points, struct agenda_edit e,
    struct agenda_edit out[2])
{
	static const struct {
		const char *word;
		enum agenda_edit_kind kind;
	} kinds[] = {
		{ "move", EDIT_MOVE }, { "drop", EDIT_DROP },
		{ "rename", EDIT_RENAME }, { "add", EDIT_ADD },
		{ "add-at", EDIT_ADD }, { "close", EDIT_CLOSE },
		{ "open", EDIT_OPEN }, { "first", EDIT_MOVE },
		{ "last", EDIT_MOVE }, { "swap", EDIT_MOVE },
		{ "postpone", EDIT_POSTPONE },
	};
	size_t low = e.from < e.to ? e.from : e.to;
	size_t high = e.from < e.to ? e.to : e.from;

	out[0] = e;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strlen(kinds[i].word) == n &&
		    strncmp(kinds[i].word, kind, n) == 0)
			out[0].kind = kinds[i].kind;
	if (strncmp(kind, "first", n) == 0)
		out[0].to = 1;
	if (strncmp(kind, "last", n) == 0)
		out[0].to = n_points;
	if (strncmp(kind, "swap", n) != 0)
		return 1;
	out[0].from = high;
	out[0].to = low;
	out[1] = (struct agenda_edit){ .kind = EDIT_MOVE, .from = low,
		.to = high };
	return high == low + 1 ? 1 : 2;
}

/* A change, something that changes nothing, or not understood (false). */
static bool
sentence_take(struct arena *arena, const char *text, size_t n_points,
    struct agenda_words *out)
{
	const struct forms *forms = forms_all();
	struct sentence s;

	if (!sentence_read(arena, text, &s))
		return *text == '\0' || strspn(text, " \t.,;:!-") ==
		    strlen(text);
	for (size_t i = 0; i < forms->n; i++) {
		struct agenda_edit e = { .from = 0 }, edits[2];
		const char *form = forms->list[i];
		size_t kind = strcspn(form, " "), n;

		if (!fits(arena, form + kind, &s, &e))
			continue;
		if (strncmp(form, "skip", kind) == 0)
			return true;
		n = edits_of(form, kind, n_points, e, edits);
		if (out->n + n > AGENDA_EDITS_MOST)
			return false;
		for (size_t k = 0; k < n; k++) {
			out->said[out->n] = text;
			out->edits[out->n++] = edits[k];
		}
		return true;
	}
	return false;
}

/* «Slet punkt 3 og flyt punkt 5 op som punkt 2»: two, where both are. */
static bool
take_halves(struct arena *arena, const char *text, size_t n_points,
    size_t *splits, struct agenda_words *out)
{
	static const char *const joints[] = { " og ", ", ", " and ", "; ",
		" samt ", ". " };
	size_t before = out->n;

	for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
		for (const char *at = strstr(text, joints[i]); at != NULL;
		    at = strstr(at + 1, joints[i])) {
			const char *first = arena_strndup(arena, text,
			    (size_t)(at - text));
			const char *next = at + strlen(joints[i]);

			if (++*splits > SPLITS_MOST)
				return false;
			if (sentence_take(arena, first, n_points, out) &&
			    (sentence_take(arena, next, n_points, out) ||
			    take_halves(arena, next, n_points, splits, out)))
				return true;
			out->n = before;
		}
	return false;
}

/* The end of the sentence that begins at `text`: a full stop before a capital
 * letter, or the line's end; not the one of «pkt. 5», «v. lederen», «1.». */
static size_t
sentence_end(const char *text)
{
	size_t digits = strspn(text, "0123456789"), n;

	for (n = 0; text[n] != '\0'; n++) {
		const char *next = &text[n + 1];

		if ((text[n] != '.' && text[n] != '!') || n == digits)
			continue;
		if (*next == '\0' || (*next == ' ' && ((next[1] >= 'A' &&
		    next[1] <= 'Z') || (unsigned char)next[1] == 0xc3)))
			return n + 1;
	}
	return n;
}

/* --- a whole list --------------------------------------------------------- */

/* «3. Økonomi» or «3) Økonomi»: the title, where the line has that number. */
static const char *
numbered(struct arena *arena, const char *line, size_t number)
{
	char *end;
	long n;

	line += strspn(line, " \t*");
	n = strtol(line, &end, 10);
	if (end == line || n != (long)number || (*end != '.' && *end != ')'))
		return NULL;
	return text_trim(arena, end + 1);
}

/* «1. Slet punkt 3  2. Luk punkt 4» is a list of changes, no agenda. */
static bool
is_change(struct arena *arena, const char *title)
{
	struct agenda_words scratch = { arena_array(arena,
	    AGENDA_EDITS_MOST + 2, sizeof *scratch.edits), arena_array(arena,
	    AGENDA_EDITS_MOST + 2, sizeof *scratch.said), 0, NULL };

	return sentence_take(arena, title, 1, &scratch) && scratch.n > 0;
}

static size_t
list_take(struct arena *arena, const char **lines, size_t n_lines, size_t at,
    struct agenda_words *out)
{
	const char **titles = arena_array(arena, n_lines + 1,
	    sizeof *titles);
	size_t n = 0, i;

	for (i = at; i < n_lines; i++) {
		const char *title = numbered(arena, lines[i], n + 1);

		if (title != NULL && n == 0 && is_change(arena, title))
			return 0;
		if (title != NULL && title[0] != '\0')
			titles[n++] = title;
		else if (text_trim(arena, lines[i])[0] != '\0')
			break;
	}
	if (n < LIST_LEAST || out->n == AGENDA_EDITS_MOST)
		return 0;
	out->said[out->n] = titles[0];
	out->edits[out->n++] = (struct agenda_edit){ .kind = EDIT_LIST,
		.titles = titles, .n_titles = n };
	return i - at;
}

struct agenda_words
agenda_words_read(struct arena *arena, const char *text, size_t n_points)
{
	struct agenda_words out = { arena_array(arena, AGENDA_EDITS_MOST + 2,
	    sizeof *out.edits), arena_array(arena, AGENDA_EDITS_MOST + 2,
	    sizeof *out.said), 0, NULL };
	size_t n_lines;
	const char **lines = text_lines(arena, text, &n_lines);
	struct buf rest = buf_open(arena);

	for (size_t i = 0; i < n_lines;) {
		size_t took = list_take(arena, lines, n_lines, i, &out);
		const char *at = lines[i];

		if (took > 0) {
			i += took;
			continue;
		}
		at += strspn(at, " \t-*");
		/* the number of a list of changes */
		if (strspn(at, "0123456789") > 0 &&
		    strchr(".)", at[strspn(at, "0123456789")]) != NULL &&
		    at[strspn(at, "0123456789")] != '\0' && is_change(arena,
		    text_trim(arena, at + strspn(at, "0123456789") + 1)))
			at += strspn(at, "0123456789") + 1;
		at += strspn(at, " \t");
		for (; *at != '\0';) {
			size_t n = sentence_end(at), splits = 0;
			const char *one = text_trim(arena, arena_strndup(
			    arena, at, n));

			at += n;
			at += strspn(at, " ");
			if (!sentence_take(arena, one, n_points, &out) &&
			    !take_halves(arena, one, n_points, &splits,
			    &out))
				buf_addf(&rest, "%s%s", rest.n > 0 ? "\n" :
				    "", one);
		}
		i++;
	}
	out.rest = rest.n > 0 ? buf_text(&rest) : NULL;
	return out;
}
