/* SPDX-License-Identifier: MIT */
/* Tables: widths by what the cells hold, rows over pages, the head drawn
 * again on each. */
#include "render/paper_press.h"

#include "base/arena.h"

#define LABEL_WIDTH 96.0	/* of the head of a letter: «Sagsbehandler» */
#define PAD_X 5.0
#define COLUMN_LEAST 24.0

struct grid {
	struct press *press;
	const struct step *table;
	size_t columns;
	double *x, *width;		/* inner, without the padding */
	double pad_y;
	const struct step *head;	/* NULL: none */
};

struct cell {
	PangoLayout *layout;
	int lines, drawn;
};

static const struct type cell_type = { 9, 12.6, false, false };
static const struct type cell_head = { 9, 12.6, true, false };

static const struct type *
type_of(const struct grid *g, const struct step *row, size_t column)
{
	return row->is_head || (g->table->table == TABLE_HEAD && column == 0)
	    ? &cell_head : &cell_type;
}

/* --- widths ----------------------------------------------------------------- */

/* What a column would like, and what it needs: its longest word. */
static void
column_measure(const struct grid *g, const struct steps *steps, size_t from,
    size_t to, size_t column, double *likes, double *needs)
{
	*likes = *needs = COLUMN_LEAST;
	for (size_t i = from; i < to; i++) {
		const struct step *row = &steps->list[i];
		const struct words *cell;
		PangoLayout *layout;
		double width;

		if (row->kind != STEP_ROW)
			continue;
		cell = &row->cells[column];
		layout = type_layout(g->press, cell, type_of(g, row, column),
		    -1);
		width = type_width(layout);
		*likes = width > *likes ? width : *likes;
		/* set as narrow as can be, it is as wide as its widest word */
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
		pango_layout_set_width(layout, 0);
		width = type_width(layout) + 1;
		*needs = width > *needs ? width : *needs;
		g_object_unref(layout);
	}
}

static void
columns_share(struct grid *g, const double *likes, const double *needs,
    double room)
{
	double like = 0, need = 0;

	for (size_t i = 0; i < g->columns; i++) {
		like += likes[i];
		need += needs[i];
	}
	for (size_t i = 0; i < g->columns; i++)
		if (like <= room)
			g->width[i] = likes[i] + (room - like) *
			    likes[i] / like;
		else if (need <= room)
			g->width[i] = needs[i] + (room - need) *
			    (likes[i] - needs[i]) / (like - need);
		else
			g->width[i] = room * needs[i] / need;
}

static void
columns_set(struct grid *g, const struct steps *steps, size_t from,
    size_t to)
{
	double all = PAGE_RIGHT - PAGE_LEFT - g->table->indent;
	double room = all - 2 * PAD_X * (double)g->columns;
	double likes[64], needs[64], x = PAGE_LEFT + g->table->indent;

	if (g->table->table == TABLE_HEAD) {
		g->x[0] = PAGE_LEFT;
		g->width[0] = LABEL_WIDTH;
		g->x[1] = PAGE_LEFT + LABEL_WIDTH + PAD_X;
		g->width[1] = PAGE_RIGHT - g->x[1];
		return;
	}
	for (size_t i = 0; i < g->columns; i++) {
		column_measure(g, steps, from, to, i, &likes[i], &needs[i]);
		if (needs[i] > room / 2)
			needs[i] = room / 2;
		if (likes[i] > room)
			likes[i] = room;
	}
	columns_share(g, likes, needs, room);
	for (size_t i = 0; i < g->columns; i++) {
		g->x[i] = x + PAD_X;
		x += g->width[i] + 2 * PAD_X;
	}
}

/* --- rows ------------------------------------------------------------------- */

static struct cell *
cells_set(const struct grid *g, const struct step *row, int *most)
{
	struct cell *cells = arena_array(g->press->arena, g->columns,
	    sizeof *cells);

	*most = 1;
	for (size_t i = 0; i < g->columns; i++) {
		cells[i].layout = type_layout(g->press, &row->cells[i],
		    type_of(g, row, i), g->width[i]);
		cells[i].lines = type_lines(cells[i].layout);
		if (cells[i].lines > *most)
			*most = cells[i].lines;
	}
	return cells;
}

static void
cell_draw(const struct grid *g, const struct step *row, size_t column,
    struct cell *cell, int lines, bool is_artifact)
{
	struct press *press = g->press;
	const struct type *type = type_of(g, row, column);
	bool is_head = type == &cell_head, span = false;
	const char *tag = is_head ? "TH" : "TD";
	bool links = words_have_link(&row->cells[column]) && !is_artifact &&
	    press->too_deep == 0;
	int left = cell->lines - cell->drawn;

	if (!is_artifact) {
		tag_open(press, tag);
		if (is_head && press->draws && press->too_deep == 0)
			buf_add_char(&press->scopes, row->is_head ? 'c' :
			    'r');
	}
	for (int i = 0; i < lines && i < left; i++)
		type_draw(press, cell->layout, cell->drawn + i,
		    &row->cells[column], g->x[column], press->y + g->pad_y +
		    type->size * 1.08 + i * type->line, g->width[column],
		    g->table->right != NULL && g->table->right[column],
		    links, &span);
	if (span && press->draws)
		cairo_tag_end(press->cr, "Span");
	if (!is_artifact)
		tag_close(press, tag);
	cell->drawn += lines < left ? lines : left;
}

static void
row_lines(const struct grid *g, const struct step *row, double height)
{
	struct press *press = g->press;

	if (!press->draws || g->table->table == TABLE_HEAD)
		return;
	if (row->is_head) {
		ink(press, 0.92);
		cairo_rectangle(press->cr, PAGE_LEFT, press->y, PAGE_RIGHT -
		    PAGE_LEFT, height);
		cairo_fill(press->cr);
	}
	ink(press, row->is_head ? 0.25 : 0.7);
	cairo_set_line_width(press->cr, row->is_head ? 0.8 : 0.5);
	cairo_move_to(press->cr, PAGE_LEFT, press->y + height);
	cairo_line_to(press->cr, PAGE_RIGHT, press->y + height);
	cairo_stroke(press->cr);
	ink(press, 0);
}

/* `lines` of each cell, as a row of its own. */
static void
row_part(const struct grid *g, const struct step *row, struct cell *cells,
    int lines, bool is_artifact)
{
	struct press *press = g->press;
	double height = lines * cell_type.line + 2 * g->pad_y;

	row_lines(g, row, height);
	if (!is_artifact)
		tag_open(press, "TR");
	for (size_t i = 0; i < g->columns; i++)
		cell_draw(g, row, i, &cells[i], lines, is_artifact);
	if (!is_artifact)
		tag_close(press, "TR");
	press->y += height;
	press->first = false;
}

static double
row_height(const struct grid *g, const struct step *row)
{
	int most;
	struct cell *cells = cells_set(g, row, &most);

	for (size_t i = 0; i < g->columns; i++)
		g_object_unref(cells[i].layout);
	return most * cell_type.line + 2 * g->pad_y;
}

/* On every page after the first the head stands there for the eye alone: a
 * screen reader has heard it. */
static void
head_again(const struct grid *g)
{
	struct cell *cells;
	int most;

	page_break(g->press);
	if (g->head == NULL)
		return;
	cells = cells_set(g, g->head, &most);
	row_part(g, g->head, cells, most, true);
	for (size_t i = 0; i < g->columns; i++)
		g_object_unref(cells[i].layout);
}

static void
row_draw(const struct grid *g, const struct step *row)
{
	struct press *press = g->press;
	double page = PAGE_BOTTOM - PAGE_TOP_NEXT -
	    (g->head == NULL ? 0 : row_height(g, g->head));
	int most, drawn = 0;
	struct cell *cells = cells_set(g, row, &most);
	double height = most * cell_type.line + 2 * g->pad_y;

	/* A row goes to the next page whole, unless it is as long as one. */
	if (press->y + height > PAGE_BOTTOM && (height < page / 2 ||
	    press->y + 3 * cell_type.line + 2 * g->pad_y > PAGE_BOTTOM))
		head_again(g);
	while (drawn < most && press->failed == NULL) {
		int fit = (int)((PAGE_BOTTOM - press->y - 2 * g->pad_y) /
		    cell_type.line + 0.001);

		if (fit < 1)
			fit = 1;
		if (fit > most - drawn)
			fit = most - drawn;
		row_part(g, row, cells, fit, false);
		drawn += fit;
		if (drawn < most)
			head_again(g);
	}
	for (size_t i = 0; i < g->columns; i++)
		g_object_unref(cells[i].layout);
}

size_t
grid_draw(struct press *press, const struct steps *steps, size_t at)
{
	const struct step *table = &steps->list[at];
	struct grid g = { .press = press, .table = table,
		.columns = table->columns,
		.pad_y = table->table == TABLE_HEAD ? 1.5 : 3.5 };
	size_t from = at + 1, to = from;

	while (to < steps->n && steps->list[to].kind != STEP_TABLE_END)
		to++;
	g.x = arena_array(press->arena, g.columns, sizeof *g.x);
	g.width = arena_array(press->arena, g.columns, sizeof *g.width);
	columns_set(&g, steps, from, to);
	if (steps->list[from].is_head)
		g.head = &steps->list[from];
	if (!press->first)
		press->y += table->gap;
	page_reserve(press, row_height(&g, &steps->list[from]) +
	    (to > from + 1 ? row_height(&g, &steps->list[from + 1]) : 0));
	tag_open(press, "Table");
	for (size_t i = from; i < to && press->failed == NULL; i++)
		row_draw(&g, &steps->list[i]);
	tag_close(press, "Table");
	press->y += table->table == TABLE_HEAD ? 8 : 6;
	return to + 1;
}
