/* SPDX-License-Identifier: MIT */
/* store/store.h: the database: one writer, every statement prepared.
 *
 * Shapes   one SQLite file in WAL mode with synchronous=FULL; each
 *          aggregate's statements are prepared when the store opens
 * Errors   RC_STOP: the file is broken, of a newer schema, of another owner,
 *          or read-only; RC_LATER: the disk is full or somebody else holds
 *          the lock. Both name the file and the cure.
 * Owner    the store's statements are its own; rows are copied into an arena
 * Source   DESIGN «Rules that hold everywhere»; THREATS «One writer», failures
 *          6-13; sqlite.org/wal.html, sqlite.org/pragma.html
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

enum store_mode {
	STORE_WRITE,	/* takes the lock beside the file; makes and migrates */
	STORE_READ,	/* looks only */
};

enum rc store_open(const char *path, enum store_mode mode,
	struct store **store, struct err *err);
void store_close(struct store **store);

/* One transaction at a time. What is done between begin and commit is there
 * as a whole or not at all. store_rollback has no error: what was open is
 * gone. */
enum rc store_begin(struct store *store, struct err *err);
enum rc store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);
bool store_is_open(const struct store *store);	/* within a transaction */

/* A place to go back to inside the transaction: one mail of a batch, whose
 * failure must not cost the others. Not nested. */
enum rc store_mark(struct store *store, struct err *err);
enum rc store_keep(struct store *store, struct err *err);	/* fine */
enum rc store_drop(struct store *store, struct err *err);	/* back */

/* Nothing to do for a while: writes the log back, and gives the page cache to
 * the system. */
void store_rest(struct store *store);

/* After an erasure: writes the log back and empties it, so that no old page
 * is left in it. RC_LATER: somebody reads; try again. */
enum rc store_scrub(struct store *store, struct err *err);
/* Rows that were written since the store was opened: a number that stands
 * still while there is nothing to do. */
int64_t store_changes(const struct store *store);

/* sqlite's quick_check and our own books: every mail accounted for, every
 * letter with a state, no deed twice. Prints nothing; RC_STOP names the first
 * fault. */
enum rc store_verify(struct store *store, struct err *err);
/* An online copy, whole at one instant, mode 0600. */
enum rc store_backup(struct store *store, const char *path, struct err *err);

#endif
