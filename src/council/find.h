/* SPDX-License-Identifier: MIT */
/* council/find.h: where a reader may look, and what he looks for.
 *
 * Shapes   a year without a hit is looked for as a word, too
 * Errors   RC_NONE: no word in it; else as store.h
 * Owner    the arena
 * Source   THREATS 21
 */
#ifndef COUNCIL_FIND_H
#define COUNCIL_FIND_H

#include "base/err.h"
#include "council/council.h"
#include "store/find.h"

/* The bodies whose closed points that address may see: those in which it has
 * a seat, or is the secretary. NULL email: all of them. */
const char *find_inside(struct arena *arena, const struct world *world,
	const char *email);

/* Every word of `words`, the newest first. */
enum rc find_run(struct council *council, struct arena *arena,
	const char *words, const char *inside, size_t limit,
	struct find_row **rows, size_t *n, size_t *all, struct err *err);

#endif
