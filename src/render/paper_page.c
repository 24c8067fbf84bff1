/* SPDX-License-Identifier: MIT */
/* Pages: the letterhead, the words from top to bottom, and what stands at
 * the edges of each page. */
#include "render/paper_press.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"

#define TEXT_SIZE 9.5
#define TEXT_LINE 13.8
#define SIDE_WIDTH 165.0	/* the letterhead's right column */

static const struct type text_type = { TEXT_SIZE, TEXT_LINE, false, false };
static const struct type heading_types[] = {
	{ TEXT_SIZE, TEXT_LINE, false, false },
	{ 16, 20, true, false }, { 11.5, 16, true, false },
	{ 10, 14.5, true, false }, { TEXT_SIZE, TEXT_LINE, true, false },
	{ TEXT_SIZE, TEXT_LINE, true, false },
	{ TEXT_SIZE, TEXT_LINE, true, false } };
static const struct type code_type = { 8.5, 12, false, true };
static const struct type small_type = { 8, 11, false, false };

/* --- tags ------------------------------------------------------------------- */

void
tag_open(struct press *press, const char *tag)
{
	if (press->depth == TAGS_DEEP) {
		press->too_deep++;
		return;
	}
	press->depth++;
	if (press->draws)
		cairo_tag_begin(press->cr, tag, NULL);
}

void
tag_close(struct press *press, const char *tag)
{
	if (press->too_deep > 0) {
		press->too_deep--;
		return;
	}
	press->depth--;
	if (press->draws)
		cairo_tag_end(press->cr, tag);
}

void
ink(struct press *press, double grey)
{
	cairo_set_source_rgb(press->cr, grey, grey, grey);
}

/* --- the edges of a page ---------------------------------------------------- */

/* One line, no tag: what stands on every page is no part of the text. */
static void
edge_draw(struct press *press, const char *text, double y, bool right)
{
	struct words words = { .text = text };
	PangoLayout *layout;
	bool span = false;

	if (text[0] == '\0' || !press->draws)
		return;
	layout = type_layout(press, &words, &small_type, -1);
	pango_layout_set_single_paragraph_mode(layout, TRUE);
	pango_layout_set_width(layout, (int)((PAGE_RIGHT - PAGE_LEFT -
	    (right ? 0 : 90)) * PANGO_SCALE));
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	type_draw(press, layout, 0, &words, PAGE_LEFT, y, PAGE_RIGHT -
	    PAGE_LEFT, right, false, &span);
	g_object_unref(layout);
}

static void
line_draw(struct press *press, double y, double width)
{
	cairo_set_line_width(press->cr, width);
	cairo_move_to(press->cr, PAGE_LEFT, y);
	cairo_line_to(press->cr, PAGE_RIGHT, y);
	cairo_stroke(press->cr);
}

/* «Side $p af $n» */
static const char *
page_words(const struct press *press)
{
	struct buf out = buf_open(press->arena);

	for (const char *p = press->paper->page_words; *p != '\0'; p++)
		if (p[0] == '$' && (p[1] == 'p' || p[1] == 'n'))
			buf_addf(&out, "%d", *++p == 'p' ? press->page :
			    press->pages);
		else
			buf_add_char(&out, *p);
	return buf_text(&out);
}

static void
edges_draw(struct press *press)
{
	if (!press->draws)
		return;
	ink(press, 0.3);
	if (press->page > 1)
		edge_draw(press, press->paper->title, 46, false);
	edge_draw(press, press->paper->footer, PAGE_HEIGHT - 42, false);
	edge_draw(press, page_words(press), PAGE_HEIGHT - 42, true);
	ink(press, 0.6);
	if (press->page > 1)
		line_draw(press, 53, 0.5);
	line_draw(press, PAGE_HEIGHT - 56, 0.5);
	ink(press, 0);
}

static void
page_open(struct press *press)
{
	press->page++;
	press->y = press->page == 1 ? PAGE_TOP : PAGE_TOP_NEXT;
	press->first = true;
	edges_draw(press);
}

void
page_break(struct press *press)
{
	if (press->draws)
		cairo_show_page(press->cr);
	if (press->page >= PAGES_MOST)
		press->failed = "too many pages";
	page_open(press);
}

void
page_reserve(struct press *press, double height)
{
	if (!press->first && press->y + height > PAGE_BOTTOM)
		page_break(press);
}

/* --- the letterhead --------------------------------------------------------- */

static double
head_line(struct press *press, const char *text, const struct type *type,
    double x, double y, double width)
{
	struct words words = { .text = text };
	PangoLayout *layout = type_layout(press, &words, type, width);
	int n = type_lines(layout);
	bool span = false;

	if (press->draws)
		cairo_tag_begin(press->cr, "P", NULL);
	for (int i = 0; i < n; i++)
		type_draw(press, layout, i, &words, x, y + type->size + i *
		    type->line, width, false, false, &span);
	if (press->draws)
		cairo_tag_end(press->cr, "P");
	g_object_unref(layout);
	return y + n * type->line;
}

static void
letterhead_draw(struct press *press)
{
	static const struct type house = { 14, 18, true, false };
	static const struct type council = { 10.5, 15, false, false };
	const struct paper *paper = press->paper;
	double width = PAGE_RIGHT - PAGE_LEFT - SIDE_WIDTH - 16;
	double left = PAGE_TOP, right = PAGE_TOP + 3;
	size_t n;
	const char **lines;

	if (press->draws)
		cairo_set_source_rgb(press->cr, 0.09, 0.22, 0.38);
	if (paper->municipality[0] != '\0')
		left = head_line(press, paper->municipality, &house,
		    PAGE_LEFT, left, width);
	if (press->draws)
		ink(press, 0);
	if (paper->sender[0] != '\0')
		left = head_line(press, paper->sender, &council, PAGE_LEFT,
		    left + 1, width);
	lines = text_lines(press->arena, paper->letterhead, &n);
	for (size_t i = 0; i < n && i < 8; i++)
		if (lines[i][0] != '\0')
			right = head_line(press, lines[i], &small_type,
			    PAGE_RIGHT - SIDE_WIDTH, right, SIDE_WIDTH);
	press->y = (left > right ? left : right) + 8;
	if (press->draws) {
		cairo_set_source_rgb(press->cr, 0.09, 0.22, 0.38);
		line_draw(press, press->y, 1.2);
		ink(press, 0);
	}
	press->y += 26;
}

/* --- words ------------------------------------------------------------------ */

static void
outline_add(struct press *press, const struct step *s)
{
	const char *where;
	int parent = CAIRO_PDF_OUTLINE_ROOT;

	for (int level = s->level - 1; level > 0; level--)
		if (press->outline[level] >= 0) {
			parent = press->outline[level];
			break;
		}
	where = arena_printf(press->arena, "page=%d pos=[%d %d]",
	    press->page, (int)PAGE_LEFT, (int)press->y);
	press->outline[s->level] = cairo_pdf_surface_add_outline(
	    press->surface, parent, s->words.text, where,
	    CAIRO_PDF_OUTLINE_FLAG_OPEN);
	for (int level = s->level + 1; level < 7; level++)
		press->outline[level] = -1;
}

/* How many of the `left` lines go on this page: never one alone at either
 * edge, where that can be helped. */
static int
lines_fit(const struct press *press, double line, int left, bool is_start)
{
	int fit = (int)((PAGE_BOTTOM - press->y) / line + 0.001);

	if (fit >= left)
		return left;
	if (left - fit == 1 && fit > 1)
		fit--;
	if (is_start && fit < 2 && !press->first && !press->label_open)
		return 0;
	return fit < 0 ? 0 : fit;
}

static void
quote_bar(struct press *press, double x, double from, double to)
{
	if (!press->draws)
		return;
	ink(press, 0.6);
	cairo_set_line_width(press->cr, 1.5);
	cairo_move_to(press->cr, x - 9, from);
	cairo_line_to(press->cr, x - 9, to);
	cairo_stroke(press->cr);
	ink(press, 0);
}

/* The lines of one paragraph, over as many pages as they need. */
static void
lines_draw(struct press *press, const struct step *s, PangoLayout *layout,
    const struct type *type, bool split)
{
	double x = PAGE_LEFT + s->indent, width = PAGE_RIGHT - x;
	int n = type_lines(layout);
	bool span = false;

	for (int at = 0; at < n && press->failed == NULL;) {
		int fit = lines_fit(press, type->line, n - at, at == 0);

		if (s->quote)
			quote_bar(press, x, press->y, press->y + fit *
			    type->line);
		for (int i = 0; i < fit; i++)
			type_draw(press, layout, at + i, &s->words, x,
			    press->y + type->size * 1.05 + i * type->line,
			    width, false, split, &span);
		if (span && press->draws)
			cairo_tag_end(press->cr, "Span");
		span = false;
		press->y += fit * type->line;
		press->first = press->first && fit == 0;
		at += fit;
		if (at < n)
			page_break(press);
	}
}

static void
words_draw(struct press *press, const struct step *s, bool at_table)
{
	const struct type *type = s->code ? &code_type :
	    &heading_types[s->level];
	PangoLayout *layout = type_layout(press, &s->words, type,
	    PAGE_RIGHT - PAGE_LEFT - s->indent);
	int n = type_lines(layout);
	bool split;

	if (!press->first && !press->label_open)
		press->y += s->gap;
	/* a heading stays with what it is the heading of */
	if (!press->label_open)
		page_reserve(press, s->level > 0 ? n * type->line +
		    (at_table ? 8 : 3) * TEXT_LINE : type->line);
	if (lines_fit(press, type->line, n, true) == 0)
		page_break(press);
	split = words_have_link(&s->words) ||
	    lines_fit(press, type->line, n, true) < n;
	if (s->level > 0 && press->draws)
		outline_add(press, s);
	tag_open(press, s->tag);
	lines_draw(press, s, layout, type, split && press->too_deep == 0);
	tag_close(press, s->tag);
	if (s->level > 0)
		press->y += 3;
	press->label_open = false;
	g_object_unref(layout);
}

static void
label_draw(struct press *press, const struct step *s)
{
	PangoLayout *layout = type_layout(press, &s->words, &text_type, -1);
	double x = PAGE_LEFT + s->indent - 6 - type_width(layout);
	bool span = false;

	tag_open(press, s->tag);
	type_draw(press, layout, 0, &s->words, x, press->y + TEXT_SIZE *
	    1.05, 0, false, false, &span);
	tag_close(press, s->tag);
	press->label_open = true;
	press->first = false;
	g_object_unref(layout);
}

static void
rule_draw(struct press *press)
{
	page_reserve(press, TEXT_LINE);
	press->y += TEXT_LINE / 2;
	if (press->draws) {
		ink(press, 0.6);
		line_draw(press, press->y, 0.5);
		ink(press, 0);
	}
	press->y += TEXT_LINE / 2;
}

/* Before a list's item opens its tags, there is room for its first lines. */
static void
open_draw(struct press *press, const struct steps *steps, size_t at)
{
	const struct step *next = at + 1 < steps->n ? &steps->list[at + 1] :
	    NULL;

	if (next != NULL && next->kind == STEP_LABEL) {
		if (press->label_open)
			press->y += TEXT_LINE;
		press->label_open = false;
		if (!press->first)
			press->y += next->gap;
		page_reserve(press, 3 * TEXT_LINE);
	} else if (!press->label_open) {
		page_reserve(press, 4 * TEXT_LINE);
	}
	tag_open(press, steps->list[at].tag);
}

static void
steps_draw(struct press *press, const struct steps *steps)
{
	for (size_t i = 0; i < steps->n && press->failed == NULL; i++) {
		const struct step *s = &steps->list[i];

		switch (s->kind) {
		case STEP_OPEN:
			open_draw(press, steps, i);
			break;
		case STEP_CLOSE:
			if (press->label_open && strcmp(s->tag, "LI") == 0) {
				press->y += TEXT_LINE;
				press->label_open = false;
			}
			tag_close(press, s->tag);
			break;
		case STEP_WORDS:
			words_draw(press, s, i + 1 < steps->n &&
			    steps->list[i + 1].kind == STEP_TABLE);
			break;
		case STEP_LABEL:
			label_draw(press, s);
			break;
		case STEP_TABLE:
			i = grid_draw(press, steps, i) - 1;
			press->label_open = false;
			break;
		case STEP_RULE:
			rule_draw(press);
			break;
		case STEP_ROW:
		case STEP_TABLE_END:
			break;
		}
	}
}

static void
pass(struct press *press, const struct steps *steps)
{
	press->page = 0;
	press->depth = press->too_deep = 0;
	press->label_open = false;
	for (size_t i = 0; i < 7; i++)
		press->outline[i] = -1;
	page_open(press);
	tag_open(press, "Document");
	letterhead_draw(press);
	steps_draw(press, steps);
	tag_close(press, "Document");
	if (press->draws)
		cairo_show_page(press->cr);
}

static void
facts_set(struct press *press)
{
	char at[DATE_TEXT_BYTES];
	struct date day = date_from_days(press->paper->made_at / 86400);
	int64_t s = press->paper->made_at % 86400;

	(void)snprintf(at, sizeof at, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    day.year, day.month, day.day, (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60));
	cairo_pdf_surface_set_metadata(press->surface,
	    CAIRO_PDF_METADATA_TITLE, press->paper->title);
	cairo_pdf_surface_set_metadata(press->surface,
	    CAIRO_PDF_METADATA_AUTHOR, press->paper->municipality);
	cairo_pdf_surface_set_metadata(press->surface,
	    CAIRO_PDF_METADATA_CREATOR, "Rådspost");
	cairo_pdf_surface_set_metadata(press->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, at);
	cairo_pdf_surface_set_metadata(press->surface,
	    CAIRO_PDF_METADATA_MOD_DATE, at);
}

enum rc
press_print(struct press *press, const struct paper *paper,
    struct bytes *pdf, struct err *err)
{
	struct steps steps;
	cairo_status_t status;

	press->paper = paper;
	pango_context_set_language(press->context,
	    pango_language_from_string(paper->language));
	paper_steps(press->arena, paper->markdown, &steps);
	pass(press, &steps);
	press->pages = press->page;
	press->draws = true;
	if (press->failed == NULL) {
		facts_set(press);
		pass(press, &steps);
	}
	cairo_surface_finish(press->surface);
	if (press->failed != NULL)
		return fail(err, RC_PARK, "paper: %s", press->failed);
	if ((status = cairo_status(press->cr)) != CAIRO_STATUS_SUCCESS ||
	    (status = cairo_surface_status(press->surface)) !=
	    CAIRO_STATUS_SUCCESS)
		return fail(err, RC_STOP, "cairo: %s",
		    cairo_status_to_string(status));
	*pdf = (struct bytes){ (const unsigned char *)press->pdf.data,
		press->pdf.n };
	return paper_mend(press->arena, paper, buf_text(&press->scopes), pdf,
	    err);
}
