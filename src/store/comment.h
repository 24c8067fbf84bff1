/* SPDX-License-Identifier: MIT */
/* store/comment.h: what members say about minutes.
 *
 * Shapes   comments add up; a plain approval has no words
 * Errors   RC_PARK: no such meeting
 * Source   FIELD «a year of one council»
 */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum comment_kind { COMMENT_MINUTES_APPROVE, COMMENT_MINUTES };

struct comment {
	enum comment_kind kind;
	const char *about;		/* id of the meeting */
	const char *email;
	const char *words;		/* NULL for an approval */
	bool late;			/* for the next meeting */
	int64_t at, journal_id;
};

enum rc comment_add(struct store *store, const struct comment *row,
	struct err *err);
/* All about one meeting, as they came. */
enum rc comment_list(struct store *store, struct arena *arena,
	const char *about, size_t limit, struct comment **rows, size_t *n,
	struct err *err);
/* Which meeting a line of the journal commented on; RC_NONE: none. */
enum rc comment_meeting(struct store *store, struct arena *arena,
	int64_t journal_id, const char **meeting, struct err *err);
enum rc comment_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
