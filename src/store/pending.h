/* SPDX-License-Identifier: MIT */
/* store/pending.h: what was asked, of whom, and what «ja» would carry out.
 *
 * Shapes   known by the letter that asks; good once, until expires_at
 * Errors   RC_NONE: that letter asks nothing, or was answered
 * Owner    rows live in the arena
 * Source   DESIGN «Nobody fooled»: a one-time word to the address on file
 */
#ifndef STORE_PENDING_H
#define STORE_PENDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/purpose.h"

struct arena;
struct store;

#define PENDING_GOOD_S (7 * 86400) /* a week: holidays, and no longer */

struct pending_row {
	int64_t pending_id, mail_id, letter_id;
	const char *email;		/* who was asked */
	const char *reason;
	const char *choices;		/* a line each; NULL */
	int64_t asked_at, expires_at;
	int64_t answered_at;		/* 0: not yet */
	const struct action *actions;
	size_t n_actions;
};

/* pending_id is set by it, answered_at not read. */
enum rc pending_add(struct store *store, const struct pending_row *row,
	int64_t *pending_id, struct err *err);
enum rc pending_by_letter(struct store *store, struct arena *arena,
	int64_t letter_id, struct pending_row *row, struct err *err);
/* It was answered by that mail: it cannot be used again. */
enum rc pending_answered(struct store *store, int64_t pending_id,
	int64_t mail_id, int64_t at, struct err *err);
/* A question that nobody may answer any more: its mail was undone. */
enum rc pending_close_mail(struct store *store, int64_t mail_id, int64_t at,
	struct err *err);

#endif
