/* SPDX-License-Identifier: MIT */
/* base/csv.h: what a spreadsheet saves, and what it may open again.
 *
 * Shapes   rows of cells, each with the line it begins on; `;`, `,` or TAB
 *          between cells, whichever the first row has most of
 * Units    lines from 1, as an editor counts them
 * Errors   RC_PARK: it is no CSV; `err` says «line N: what, and the cure»
 * Owner    the arena
 * Source   RFC 4180; windows-1252 as WHATWG Encoding §9 has it; THREATS 20
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

#define CSV_CELLS 40	/* of a row; a list of members has eight */
#define CSV_ROWS 5000	/* more is another kind of file */

struct csv_row {
	const char **cells;	/* UTF-8, trimmed */
	size_t n, line;
};

struct csv {
	struct csv_row *rows;	/* none that is empty */
	size_t n;
};

enum rc csv_read(struct arena *arena, struct bytes file, struct csv *csv,
	struct err *err);
/* One cell in quotes; what a spreadsheet would take for a formula gets a «'»
 * before it. */
void csv_cell(struct buf *out, const char *text);

#endif
