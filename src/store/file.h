/* SPDX-License-Identifier: MIT */
/* store/file.h: files beside the things they belong to.
 *
 * Shapes   an owner is a kind of thing and its row: FILE_OF_ITEM with an
 *          item's number, FILE_OF_MINUTES with a meeting's …
 * Units    positions from 1; bytes decoded
 * Errors   RC_NONE: no such file; RC_LATER, RC_STOP as store.h
 * Owner    rows and bytes live in the arena
 * Source   THREATS 13, law 1
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct store;

#define FILE_OF_ITEM "item"
#define FILE_OF_MINUTES "minutes"
#define FILE_OF_HEARING "hearing"
#define FILE_OF_FOLLOW_UP "follow-up"
#define FILES_MOST 100	/* of one owner that are listed */

struct file_row {
	int64_t file_id, owner_id, size_bytes, journal_id;
	const char *owner;		/* one of the above */
	size_t position;		/* set by file_add */
	const char *name, *type;
	uint8_t sha256[32];
	bool open;			/* may go on to others */
};

/* Behind those that the owner has. file_id and position are set; the hash and
 * the size are those of `bytes`. */
enum rc file_add(struct store *store, struct file_row *row,
	struct bytes bytes, struct err *err);
enum rc file_list(struct store *store, struct arena *arena,
	const char *owner, int64_t owner_id, struct file_row **rows,
	size_t *n, struct err *err);
enum rc file_bytes(struct store *store, struct arena *arena, int64_t file_id,
	struct bytes *bytes, struct err *err);
/* Those that a line of the journal brought; all of an owner. */
enum rc file_undo(struct store *store, int64_t journal_id, struct err *err);
enum rc file_drop(struct store *store, const char *owner, int64_t owner_id,
	struct err *err);

#endif
