/* SPDX-License-Identifier: MIT */
/* render/paper_press.h: pages of A4 by pango and cairo, for raadspost-paper
 * alone.
 *
 * Shapes   the steps are gone through twice: first to count the pages, for
 *          «side 2 af 5», then to draw them
 * Units    points of 1/72 inch, from the upper left corner of the page
 * Errors   RC_STOP: no fonts, or cairo refuses; RC_PARK: too many pages
 * Owner    the press holds pango's and cairo's objects until press_close
 * Source   LIBRARIES P1; ISO 32000-1 14.8.4 (standard structure types)
 */
#ifndef RENDER_PAPER_PRESS_H
#define RENDER_PAPER_PRESS_H

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "render/paper.h"
#include "render/paper_steps.h"

#define PAGE_WIDTH 595.28	/* A4, ISO 216 */
#define PAGE_HEIGHT 841.89
#define PAGE_LEFT 65.0
#define PAGE_RIGHT (PAGE_WIDTH - 65.0)
#define PAGE_TOP 57.0
#define PAGE_TOP_NEXT 72.0	/* below the running head */
#define PAGE_BOTTOM (PAGE_HEIGHT - 78.0)
#define PAGES_MOST 600
#define TAGS_DEEP 24		/* cairo writes the structure by recursion */

struct type {			/* how words look */
	double size, line;	/* line: from one baseline to the next */
	bool bold, mono;
};

struct press {
	struct arena *arena;
	const struct paper *paper;
	PangoFontMap *map;
	PangoContext *context;
	cairo_surface_t *surface;
	cairo_t *cr;
	struct buf pdf;
	bool draws;
	int page, pages;
	double y;
	bool first;		/* nothing stands on this page yet */
	bool label_open;	/* a list's mark waits for its words */
	size_t depth, too_deep;	/* of tags */
	int outline[7];		/* ids by level, -1 none */
	struct buf scopes;	/* 'c' or 'r' for each TH, in order */
	const char *failed;	/* NULL */
};

/* paper_type.c: with one's own fonts, so that the same bytes come out on
 * every machine, and nothing is read after the jail is closed. */
enum rc press_open(struct press *press, struct arena *arena, struct err *err);
void press_close(struct press *press);
PangoLayout *type_layout(struct press *press, const struct words *words,
	const struct type *type, double width);
int type_lines(PangoLayout *layout);
/* One line with its baseline at y. `links` splits it into Span and Link
 * under the paragraph's tag; `span` says whether one is open. */
void type_draw(struct press *press, PangoLayout *layout, int line,
	const struct words *words, double x, double y, double width,
	bool right, bool links, bool *span);
double type_width(PangoLayout *layout);
bool words_have_link(const struct words *words);

/* paper_page.c */
enum rc press_print(struct press *press, const struct paper *paper,
	struct bytes *pdf, struct err *err);
void page_break(struct press *press);
/* A new page where less than this is left. */
void page_reserve(struct press *press, double height);
void tag_open(struct press *press, const char *tag);
void tag_close(struct press *press, const char *tag);
void ink(struct press *press, double grey);

/* paper_grid.c: from a STEP_TABLE to its end; gives the step after it. */
size_t grid_draw(struct press *press, const struct steps *steps, size_t at);

/* paper_mend.c: what cairo 1.16 leaves out of a tagged file. */
enum rc paper_mend(struct arena *arena, const struct paper *paper,
	const char *scopes, struct bytes *pdf, struct err *err);

#endif
