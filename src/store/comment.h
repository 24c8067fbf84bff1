/* SPDX-License-Identifier: MIT */
/* store/comment.h: what members say about minutes and to hearings.
 *
 * Shapes   comments add up; a plain approval has no words
 * Errors   RC_PARK: no such meeting or hearing
 * Source   FIELD «a year of one council»; «høringssvar»
 */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum comment_kind { COMMENT_MINUTES_APPROVE, COMMENT_MINUTES, COMMENT_HEARING };

struct comment {
	enum comment_kind kind;
	const char *about;		/* id of the meeting, or hearing */
	const char *email;
	const char *words;		/* NULL for an approval */
	int64_t at, journal_id;
};

enum rc comment_add(struct store *store, const struct comment *row,
	struct err *err);
/* All about one meeting or hearing, as they came. */
enum rc comment_list(struct store *store, struct arena *arena,
	const char *about, size_t limit, struct comment **rows, size_t *n,
	struct err *err);
enum rc comment_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
