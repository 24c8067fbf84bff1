/* SPDX-License-Identifier: MIT */
/* store/find.h: agendas, minutes and hearings' answers by a word of them.
 *
 * Shapes   in the bodies of `inside` everything that was sent, elsewhere what
 *          the pages show; the newest first
 * Units    at in UTC seconds
 * Errors   RC_NONE (find_load): no such passage, or not for that reader
 * Owner    rows live in the arena
 * Source   SQLite FTS5 §3; THREATS 21
 */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct find_wish {
	const char *match;	/* FTS5 §3: words in quotation marks */
	int64_t from_at, to_at;	/* of the meeting; to_at not counted */
	const char *inside;	/* slugs, a space before and behind each:
				 * where the reader may see what is closed */
	size_t limit;
};

struct find_row {
	int64_t number;		/* by which its text is asked for */
	const char *kind;	/* "agenda", "minutes", "hearing" */
	const char *body, *meeting, *hearing;	/* slug; id; id, or NULL */
	int64_t item, at;
	bool closed;
	const char *title;
	const char *line;	/* around the words that were found; NULL: they
				 * stand in the title */
	const char *words, *decision;	/* whole, of find_load alone; NULL */
};

/* *all counts those beyond the limit, too. */
enum rc find_search(struct store *store, struct arena *arena,
	const struct find_wish *wish, struct find_row **rows, size_t *n,
	size_t *all, struct err *err);
/* One by its number, for a reader who may see it. */
enum rc find_load(struct store *store, struct arena *arena, int64_t number,
	const char *inside, struct find_row *row, struct err *err);

#endif
