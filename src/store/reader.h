/* SPDX-License-Identifier: MIT */
/* store/reader.h: how somebody wants our letters.
 *
 * Shapes   one choice an address; a new one replaces it, and is what undo
 *          takes away again
 * Errors   RC_NONE: nothing was chosen
 * Owner    rows live in the arena
 */
#ifndef STORE_READER_H
#define STORE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct reader_choice {
	bool text_only;		/* no HTML part */
	bool large;		/* bigger type in the HTML */
	const char *language;	/* "en"; NULL: that of the body */
};

enum rc reader_load(struct store *store, struct arena *arena,
	const char *email, struct reader_choice *choice, struct err *err);
enum rc reader_set(struct store *store, const char *email,
	const struct reader_choice *choice, int64_t at, int64_t journal_id,
	struct err *err);
enum rc reader_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* Of addresses that have no place and no subscription any more; and those
 * that were replaced before then. */
enum rc reader_forget(struct store *store, int64_t before_at, size_t limit,
	size_t *n, struct err *err);

#endif
