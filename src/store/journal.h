/* SPDX-License-Identifier: MIT */
/* store/journal.h: what was carried out, and whether it was taken back.
 *
 * Shapes   a line per deed; the rows that it made name it
 * Units    at in UTC seconds
 * Errors   RC_NONE where said; RC_LATER, RC_STOP as store.h
 * Owner    rows live in the arena
 * Source   DESIGN 3: every change has a line, with who, which mail, and how
 *          to undo it
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct journal_row {
	int64_t journal_id, at, mail_id;
	const char *deed;	/* word of the action */
	const char *body;	/* slug; NULL */
	const char *by;		/* address */
	const char *by_what;	/* "dmarc=pass", "token", "nothing" */
	const char *about;	/* id of a meeting or hearing; NULL */
	const char *label;	/* a title or name; NULL */
	bool undone;
};

/* journal_id and undone are not read. */
enum rc journal_add(struct store *store, const struct journal_row *row,
	int64_t *journal_id, struct err *err);
/* A deed that in the end wrote nothing leaves no line. */
enum rc journal_drop(struct store *store, int64_t journal_id,
	struct err *err);
/* What it was about, where that is found out on the way. */
enum rc journal_about(struct store *store, int64_t journal_id,
	const char *body, const char *about, const char *label,
	struct err *err);
/* The lines of a mail, last first. */
enum rc journal_of_mail(struct store *store, struct arena *arena,
	int64_t mail_id, struct journal_row **rows, size_t *n,
	struct err *err);
/* One line; RC_NONE. */
enum rc journal_load(struct store *store, struct arena *arena,
	int64_t journal_id, struct journal_row *row, struct err *err);
/* Newest first, for `raadspost list journal`. */
enum rc journal_list(struct store *store, struct arena *arena, size_t limit,
	struct journal_row **rows, size_t *n, struct err *err);
enum rc journal_undone(struct store *store, int64_t journal_id, int64_t at,
	int64_t by_mail_id, struct err *err);

#endif
