/* SPDX-License-Identifier: MIT */
/* mail/html_lines.h: words put into lines, as a browser would.
 *
 * Shapes   UTF-8; each line of a quotation behind its marks; at most one
 *          empty line in a row
 * Errors   none
 * Owner    the two buffers live in the arena
 */
#ifndef MAIL_HTML_LINES_H
#define MAIL_HTML_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct html_lines {
	struct buf out, hidden;
	int level;		/* marks of the quotation; set by the caller */
	int breaks;		/* line ends owed before the next word */
	bool at_start;		/* of a line */
	bool space;		/* a blank owed before the next word */
	bool fresh;		/* in a cell or item: no line end at once */
	int blank_lines;	/* in a row, at the end of `out` */
	size_t line_from;	/* where the words of this line begin */
	int line_level;		/* marks of the last line with words */
};

struct html_lines html_lines(struct arena *arena);

/* Line ends before the next word: 1, or 2 for an empty line between. */
void html_lines_owe(struct html_lines *h, int n);

/* A line end at once. */
void html_lines_break(struct html_lines *h);

/* What is owed, and at a line's start the marks of the quotation: before
 * anything is written to `out` by hand. */
void html_lines_begin(struct html_lines *h);

/* Text as it stands in the HTML; `pre` keeps its white space. */
void html_lines_add(struct html_lines *h, const char *at, size_t n, bool pre);

/* Text that is not seen. */
void html_lines_hide(struct html_lines *h, const char *at, size_t n);

/* Neither a control nor of no width. */
bool html_is_seen(uint32_t c);

/* The last line ended, empty ones behind it gone. */
const char *html_lines_close(struct html_lines *h);

#endif
