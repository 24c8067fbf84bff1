/* SPDX-License-Identifier: MIT */
/* Markdown to steps: one walk over cmark's tree, never by recursion. */
#include "render/paper_steps.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define LISTS_MOST 8	/* deeper ones stay at this indent */
#define COLUMNS_MOST 12
#define INDENT_PT 18.0
#define GAP_PT 7.0	/* between paragraphs */

struct walk {
	struct arena *arena;
	struct step *list;
	size_t n, cap;
	int numbers[LISTS_MOST];	/* 0: bullets */
	bool tight[LISTS_MOST];
	size_t lists;		/* may be deeper than LISTS_MOST */
	size_t quotes;
	bool item_starts;
};

static struct step *
step_add(struct walk *w, enum step_kind kind, const char *tag)
{
	struct step *more;

	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 256 : w->cap * 2;
		more = arena_array(w->arena, w->cap, sizeof *more);
		if (w->n > 0)
			memcpy(more, w->list, w->n * sizeof *more);
		w->list = more;
	}
	more = &w->list[w->n++];
	*more = (struct step){ .kind = kind, .tag = tag };
	return more;
}

/* --- words ------------------------------------------------------------------ */

struct marks {
	struct arena *arena;
	struct mark *list;
	size_t n, cap;
	struct mark open[16];	/* deeper marks are left out */
	size_t n_open, too_deep;
};

static void
mark_add(struct marks *m, struct mark mark)
{
	struct mark *more;

	if (mark.from == mark.to)
		return;
	if (m->n == m->cap) {
		m->cap = m->cap == 0 ? 8 : m->cap * 2;
		more = arena_array(m->arena, m->cap, sizeof *more);
		if (m->n > 0)
			memcpy(more, m->list, m->n * sizeof *more);
		m->list = more;
	}
	m->list[m->n++] = mark;
}

static bool
link_is_safe(const char *url)
{
	return text_starts(url, "https://") || text_starts(url, "http://") ||
	    text_starts(url, "mailto:") || text_starts(url, "tel:");
}

static void
mark_open(struct marks *m, struct mark mark)
{
	if (m->n_open == sizeof m->open / sizeof m->open[0])
		m->too_deep++;
	else
		m->open[m->n_open++] = mark;
}

static void
mark_close(struct marks *m, size_t at)
{
	if (m->too_deep > 0) {
		m->too_deep--;
	} else if (m->n_open > 0) {
		struct mark mark = m->open[--m->n_open];

		mark.to = at;
		if (mark.kind != MARK_LINK || link_is_safe(mark.url))
			mark_add(m, mark);
	}
}

/* A paper cannot be clicked: an address that the words do not say follows
 * them. */
static void
link_leave(struct marks *m, struct buf *text)
{
	const struct mark *mark = m->too_deep > 0 || m->n_open == 0 ? NULL :
	    &m->open[m->n_open - 1];
	const char *shown = mark == NULL ? NULL : mark->url;
	size_t from = mark == NULL ? 0 : mark->from;

	mark_close(m, text->n);
	if (shown == NULL || !link_is_safe(shown))
		return;
	if (text_starts(shown, "mailto:"))
		shown += strlen("mailto:");
	else if (text_starts(shown, "tel:"))
		shown += strlen("tel:");
	if (!text_ends(buf_text(text), shown) && text->n > from)
		buf_addf(text, " (%s)", shown);
}

/* U+2028 is a line, not a paragraph; the space is for those who hear it. */
static void
line_break(struct buf *text)
{
	buf_add_char(text, ' ');
	buf_add_code(text, 0x2028);
}

static void
words_event(struct marks *m, struct buf *text, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		if (enter)
			buf_add(text, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_CODE:
		if (enter) {
			size_t from = text->n;

			buf_add(text, cmark_node_get_literal(node));
			mark_add(m, (struct mark){ .kind = MARK_CODE,
			    .from = from, .to = text->n });
		}
		break;
	case CMARK_NODE_SOFTBREAK:
		if (enter)
			buf_add_char(text, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		if (enter)
			line_break(text);
		break;
	case CMARK_NODE_STRONG:
	case CMARK_NODE_EMPH:
		if (enter)
			mark_open(m, (struct mark){ .from = text->n,
			    .kind = cmark_node_get_type(node) ==
			    CMARK_NODE_STRONG ? MARK_STRONG : MARK_EMPH });
		else
			mark_close(m, text->n);
		break;
	case CMARK_NODE_LINK:
		if (enter)
			mark_open(m, (struct mark){ .kind = MARK_LINK,
			    .from = text->n, .url = arena_strdup(m->arena,
			    cmark_node_get_url(node)) });
		else
			link_leave(m, text);
		break;
	default:	/* raw HTML and pictures: their words at most */
		break;
	}
}

/* What stands inside one paragraph or heading. */
static struct words
words_of(struct arena *arena, cmark_node *block)
{
	struct marks m = { .arena = arena };
	struct buf text = buf_open(arena);
	cmark_iter *iter = cmark_iter_new(block);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (node != block)
			words_event(&m, &text, node,
			    event == CMARK_EVENT_ENTER);
	}
	cmark_iter_free(iter);
	return (struct words){ .text = buf_text(&text), .marks = m.list,
		.n_marks = m.n };
}

/* --- our own blocks --------------------------------------------------------- */

static struct words
cell_words(struct arena *arena, const char *text, size_t n)
{
	char *cell = text_trim(arena, arena_strndup(arena, text, n));
	cmark_node *document = cmark_parse_document(cell, strlen(cell),
	    CMARK_OPT_DEFAULT);
	cmark_node *first = cmark_node_first_child(document);
	struct words words = { .text = cell };

	if (first == NULL)
		words.text = "";
	else if (cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH)
		words = words_of(arena, first);
	cmark_node_free(document);
	return words;
}

/* Up to the next «|» that is not escaped. */
static size_t
cell_length(const char *at)
{
	size_t n = 0;

	while (at[n] != '\0' && at[n] != '|')
		n += at[n] == '\\' && at[n + 1] != '\0' ? 2 : 1;
	return n;
}

static size_t
cells_count(const char *line)
{
	size_t n = 1;

	for (line += cell_length(line); *line != '\0';
	    line += cell_length(line)) {
		n++;
		line++;
	}
	return n < COLUMNS_MOST ? n : COLUMNS_MOST;
}

static void
row_add(struct walk *w, const char *line, const struct step *table,
    bool is_head)
{
	size_t columns = table->columns;
	struct words *cells = arena_array(w->arena, columns, sizeof *cells);
	enum table_kind kind = table->table;
	struct step *row;

	for (size_t i = 0; i < columns; i++) {
		size_t n = cell_length(line);
		size_t skip = is_head && line[strspn(line, " ")] == '>' ?
		    strspn(line, " ") + 1 : 0;

		/* what is too much for the columns stays in the last */
		if (i + 1 == columns)
			n = strlen(line);
		cells[i] = cell_words(w->arena, line + skip, n - skip);
		line += n + (line[n] == '|');
	}
	row = step_add(w, STEP_ROW, "TR");
	row->cells = cells;
	row->columns = columns;
	row->table = kind;
	row->is_head = is_head;
}

/* As many columns as the first row has. */
static void
table_add(struct walk *w, const char *text, enum table_kind kind)
{
	bool *right = arena_array(w->arena, COLUMNS_MOST, sizeof *right);
	size_t n, at, first = 0;
	const char **lines = text_lines(w->arena, text, &n);
	const char *cell;

	while (first < n && lines[first][strspn(lines[first], " ")] == '\0')
		first++;
	if (first == n)
		return;
	at = w->n;
	(void)step_add(w, STEP_TABLE, "Table");
	w->list[at].table = kind;
	w->list[at].columns = kind == TABLE_HEAD ? 2 :
	    cells_count(lines[first]);
	w->list[at].gap = kind == TABLE_HEAD ? 4 : GAP_PT + 3;
	w->list[at].right = right;
	cell = lines[first];
	for (size_t i = 0; kind == TABLE_DATA && i < w->list[at].columns;
	    i++) {
		right[i] = cell[strspn(cell, " ")] == '>';
		cell += cell_length(cell);
		cell += *cell == '|';
	}
	for (size_t i = first; i < n; i++)
		if (lines[i][strspn(lines[i], " ")] != '\0') {
			struct step table = w->list[at];

			row_add(w, lines[i], &table, kind == TABLE_DATA &&
			    i == first);
		}
	step_add(w, STEP_TABLE_END, "Table");
}

static void
code_add(struct walk *w, cmark_node *node)
{
	const char *info = cmark_node_get_fence_info(node);
	const char *text = cmark_node_get_literal(node);
	struct buf out = buf_open(w->arena);
	struct step *s;
	size_t n;
	const char **lines;

	if (info != NULL && strcmp(info, "head") == 0) {
		table_add(w, text, TABLE_HEAD);
		return;
	}
	if (info != NULL && strcmp(info, "table") == 0) {
		table_add(w, text, TABLE_DATA);
		return;
	}
	lines = text_lines(w->arena, text, &n);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			line_break(&out);
		buf_add(&out, lines[i]);
	}
	s = step_add(w, STEP_WORDS, "P");
	s->words.text = buf_text(&out);
	s->gap = GAP_PT;
	s->indent = INDENT_PT;
	s->code = true;
}

/* --- the walk --------------------------------------------------------------- */

static double
indent_of(const struct walk *w)
{
	size_t deep = w->lists < LISTS_MOST ? w->lists : LISTS_MOST;
	size_t quotes = w->quotes < 4 ? w->quotes : 4;

	return INDENT_PT * (double)(deep + quotes);
}

static void
item_open(struct walk *w)
{
	size_t at = w->lists < LISTS_MOST ? w->lists : LISTS_MOST;
	int *number = &w->numbers[at - 1];
	struct step *s;

	step_add(w, STEP_OPEN, "LI");
	s = step_add(w, STEP_LABEL, "Lbl");
	s->words.text = *number > 0 ? arena_printf(w->arena, "%d.",
	    (*number)++) : "•";
	s->indent = indent_of(w);
	s->gap = w->tight[at - 1] ? 2.5 : GAP_PT;
	step_add(w, STEP_OPEN, "LBody");
	w->item_starts = true;
}

static void
list_open(struct walk *w, cmark_node *node)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = ordered ? cmark_node_get_list_start(node) : 0;

	step_add(w, STEP_OPEN, "L");
	w->item_starts = false;
	if (w->lists++ < LISTS_MOST) {
		w->numbers[w->lists - 1] = start;
		w->tight[w->lists - 1] = cmark_node_get_list_tight(node) != 0;
	}
}

static void
words_add(struct walk *w, cmark_node *node, int level)
{
	static const char *const tags[] = { "P", "H1", "H2", "H3", "H4",
		"H5", "H6" };
	struct words words = words_of(w->arena, node);
	struct step *s;

	s = step_add(w, STEP_WORDS, tags[level]);
	s->words = words;
	s->level = level;
	s->indent = indent_of(w);
	s->quote = w->quotes > 0;
	s->gap = w->item_starts ? 0 : level == 0 ? GAP_PT : level == 1 ? 14 :
	    level == 2 ? 14 : 10;
	w->item_starts = false;
}

static void
enter(struct walk *w, cmark_node *node)
{
	struct step *s;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		words_add(w, node, 0);
		break;
	case CMARK_NODE_HEADING:
		words_add(w, node, cmark_node_get_heading_level(node));
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_add(w, node);
		w->item_starts = false;
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		s = step_add(w, STEP_RULE, NULL);
		s->gap = GAP_PT;
		break;
	case CMARK_NODE_LIST:
		list_open(w, node);
		break;
	case CMARK_NODE_ITEM:
		item_open(w);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		step_add(w, STEP_OPEN, "BlockQuote");
		w->quotes++;
		break;
	default:
		break;
	}
}

static void
leave(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_LIST:
		w->lists--;
		step_add(w, STEP_CLOSE, "L");
		break;
	case CMARK_NODE_ITEM:
		w->item_starts = false;
		step_add(w, STEP_CLOSE, "LBody");
		step_add(w, STEP_CLOSE, "LI");
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		w->quotes--;
		step_add(w, STEP_CLOSE, "BlockQuote");
		break;
	default:
		break;
	}
}

void
paper_steps(struct arena *arena, const char *markdown, struct steps *steps)
{
	struct walk w = { .arena = arena };
	cmark_node *document = cmark_parse_document(markdown,
	    strlen(markdown), CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_ENTER)
			enter(&w, node);
		else
			leave(&w, node);
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
	steps->list = w.list;
	steps->n = w.n;
}
