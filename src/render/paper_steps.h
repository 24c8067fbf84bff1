/* SPDX-License-Identifier: MIT */
/* render/paper_steps.h: a document as steps from top to bottom, for
 * raadspost-paper alone.
 *
 * Shapes   cmark's tree made flat: words with their marks, rows of tables,
 *          and the tags of the PDF's structure that open and close around
 *          them, in the order in which a reader meets them
 * Units    bytes within a text; points of 1/72 inch for indents and gaps
 * Errors   none: what is unknown gives no step
 * Owner    the arena
 */
#ifndef RENDER_PAPER_STEPS_H
#define RENDER_PAPER_STEPS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum mark_kind { MARK_STRONG, MARK_EMPH, MARK_CODE, MARK_LINK };

struct mark {
	enum mark_kind kind;
	size_t from, to;	/* bytes of the text */
	const char *url;	/* of a link */
};

struct words {
	const char *text;
	struct mark *marks;
	size_t n_marks;
};

enum step_kind {
	STEP_OPEN, STEP_CLOSE,	/* a tag */
	STEP_WORDS,		/* a paragraph or heading */
	STEP_LABEL,		/* the mark of a list's item; the words that
				 * follow stand beside it */
	STEP_TABLE, STEP_TABLE_END, STEP_ROW,
	STEP_RULE,
};

enum table_kind { TABLE_HEAD, TABLE_DATA };

struct step {
	enum step_kind kind;
	const char *tag;	/* "P", "H2", "L" … */
	struct words words;
	double indent, gap;	/* gap: above, if it is not first on a page */
	int level;		/* of a heading; 0 */
	bool quote, code;
	/* tables */
	enum table_kind table;
	size_t columns;		/* of STEP_TABLE */
	const bool *right;	/* by column */
	struct words *cells;	/* of STEP_ROW, `columns` of them */
	bool is_head;
};

struct steps {
	struct step *list;
	size_t n;
};

void paper_steps(struct arena *arena, const char *markdown,
	struct steps *steps);

#endif
