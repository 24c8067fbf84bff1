/* SPDX-License-Identifier: MIT */
/* store/journal_copy.h: what the municipality's journal is to have, and has
 * not got.
 *
 * Shapes   letters that were sent with an agenda, minutes, or an answer to a
 *          hearing, each text once and not for each reader; mails that
 *          carried something, but for who comes and who does not, lists and
 *          how letters look. What has a letter of the key journal/… is done
 * Units    UTC seconds
 * Errors   as store.h
 * Owner    rows live in the arena
 * Source   offentlighedsloven § 15; THREATS law 8
 */
#ifndef STORE_JOURNAL_COPY_H
#define STORE_JOURNAL_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct store;

struct journal_copy {
	const char *key;	/* of the letter that carries the copy */
	const char *body;	/* slug; NULL */
	const char *what;	/* a letter's kind as a number; a deed */
	int64_t at;
	bool is_mail;
	struct bytes raw;
};

/* Those since `from_at` that have no copy yet; mails first. */
enum rc journal_copy_due(struct store *store, struct arena *arena,
	int64_t from_at, size_t limit, struct journal_copy **rows, size_t *n,
	struct err *err);
/* Since when copies are kept; RC_NONE: they are not. */
enum rc journal_copy_start(struct store *store, int64_t *at,
	struct err *err);
/* How many from before `before_at` have not arrived there. */
enum rc journal_copy_late(struct store *store, int64_t before_at, size_t *n,
	struct err *err);

#endif
