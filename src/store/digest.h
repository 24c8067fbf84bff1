/* SPDX-License-Identifier: MIT */
/* store/digest.h: what happened since an hour, counted for the letter that
 * tells of it.
 *
 * Shapes   of one body; body NULL: what belongs to none
 * Units    UTC seconds; `since_at` itself not counted
 * Errors   as store.h
 * Owner    rows live in the arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef STORE_DIGEST_H
#define STORE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/letter.h"

struct arena;
struct store;

#define DIGEST_MOST 400		/* rows of one kind; a letter names a few */

struct digest_row {
	const char *what;	/* deed; key of a due date; reason of a
				 * question */
	const char *who;	/* address; NULL */
	const char *label;	/* NULL */
	int64_t at;
};

struct digest_letters {
	enum letter_kind kind;
	int64_t n;
};

struct digest_trouble {
	int64_t letter_id;
	const char *to, *subject;
	enum letter_state state;
};

/* The last daily letter of the body, and when it was made. RC_NONE: none. */
enum rc digest_last(struct store *store, const char *body,
	int64_t *letter_id, int64_t *at, struct err *err);
/* Deeds that were not taken back, in their order. */
enum rc digest_deeds(struct store *store, struct arena *arena,
	const char *body, int64_t since_at, struct digest_row **rows,
	size_t *n, struct err *err);
/* Keys of due dates that were done. */
enum rc digest_dues(struct store *store, struct arena *arena,
	int64_t since_at, struct digest_row **rows, size_t *n,
	struct err *err);
/* Letters made after that one that have left or are about to, by kind. By
 * their number and not by the hour at which the server took them: those of
 * the same minute are told once, whichever came first. */
enum rc digest_sent(struct store *store, struct arena *arena,
	const char *body, int64_t after_id, int64_t since_at,
	struct digest_letters **rows, size_t *n, struct err *err);
/* Letters that failed since; all that are uncertain or wait to be tried
 * again. */
enum rc digest_trouble(struct store *store, struct arena *arena,
	const char *body, int64_t since_at, struct digest_trouble **rows,
	size_t *n, struct err *err);
/* Questions asked before `before_at` that are still good and that nobody has
 * answered. */
enum rc digest_unanswered(struct store *store, struct arena *arena,
	const char *body, int64_t before_at, int64_t now_at,
	struct digest_row **rows, size_t *n, struct err *err);

#endif
