/* SPDX-License-Identifier: MIT */
/* store/erasure.h: one person's data erased, table by table, and the hash
 * that keeps it erased.
 *
 * Shapes   an erasure waits for its time (until then it is taken back), runs,
 *          and is done when its last letter has left. It is known by address
 *          until then, afterwards by a salted hash alone
 * Units    *_at in UTC seconds
 * Errors   RC_NONE where said; as store.h
 * Owner    rows live in the arena
 * Source   GDPR art. 17; THREATS, law 6; store/personal.h
 */
#ifndef STORE_ERASURE_H
#define STORE_ERASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct erasure {
	int64_t erasure_id;
	const char *email;	/* lower case; NULL: done */
	int64_t run_at, erased_at, done_at;	/* 0: not yet */
	int64_t letter_id;	/* the last letter; 0 none */
};

/* RC_NONE: one of that address waits already. */
enum rc erasure_add(struct store *store, const char *email, int64_t run_at,
	int64_t journal_id, int64_t *erasure_id, struct err *err);
/* Those that are not done, oldest first. */
enum rc erasure_open(struct store *store, struct arena *arena,
	struct erasure **rows, size_t *n, struct err *err);
enum rc erasure_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct erasure *row, struct err *err);
/* Takes back one that has not run. */
enum rc erasure_undo(struct store *store, int64_t journal_id,
	struct err *err);
enum rc erasure_drop(struct store *store, int64_t erasure_id,
	struct err *err);

/* All rows of that address, and those of others that name it, by
 * store/personal.h; but not the letter `row->letter_id`. May be run again. */
enum rc erasure_run(struct store *store, struct arena *arena,
	const struct erasure *row, int64_t now_at, struct err *err);
/* Its last letter is queued … */
enum rc erasure_told(struct store *store, int64_t erasure_id,
	int64_t letter_id, struct err *err);
/* … has left, and the address goes with it. */
enum rc erasure_done(struct store *store, int64_t erasure_id, int64_t now_at,
	struct err *err);

/* Whether this address was erased and is nobody on file since. */
enum rc erasure_is(struct store *store, const char *email, bool *is,
	struct err *err);

/* How many documents of a kind name him. */
struct erasure_kept {
	const char *thing;	/* "minutes", "agenda", "hearing" */
	int64_t n;
};
/* What of the person is in documents that stay. */
enum rc erasure_stays(struct store *store, struct arena *arena,
	const char *email, struct erasure_kept **rows, size_t *n,
	struct err *err);

#endif
