/* SPDX-License-Identifier: MIT */
/* store/import.h: what a council file would change, and changing it.
 *
 * Shapes   the same walk tells and does; nothing is deleted: who is not in a
 *          file that lists people, has a place that ends yesterday. Meetings
 *          and hearings that a file leaves out stay as they are
 * Units    now_at in UTC seconds
 * Errors   RC_STOP: the file says what the tables cannot hold (`err` names
 *          the thing), nothing was changed
 * Owner    changes live in the arena
 * Source   rules/council_file.h; DESIGN «import shows the difference, asks,
 *          applies»
 */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/council_file.h"

struct arena;
struct store;

enum import_what { IMPORT_ADDED, IMPORT_CHANGED, IMPORT_ENDED };

struct import_change {
	enum import_what what;
	const char *thing;	/* "udsatteraad: place mb@… chair" */
	const char *from, *to;	/* as words; NULL where it was or is nothing */
};

enum rc import_difference(struct store *store, struct arena *arena,
	const struct council_file *file, int64_t now_at,
	struct import_change **changes, size_t *n, struct err *err);

/* Applies it, in the caller's transaction or one of its own. */
enum rc import_apply(struct store *store, struct arena *arena,
	const struct council_file *file, int64_t now_at,
	struct import_change **changes, size_t *n, struct err *err);

#endif
