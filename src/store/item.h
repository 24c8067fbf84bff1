/* SPDX-License-Identifier: MIT */
/* store/item.h: points for an agenda, and ideas that are tied to no meeting.
 *
 * Shapes   a citizen's waits for the secretary (ITEM_PROPOSED); each step of
 *          its life is kept, so that a line of the journal can be taken back
 * Errors   RC_PARK: no such body or meeting, or a step that is not in its
 *          life; RC_NONE: no such point
 * Source   FIELD «dagsordenspunkt»; corpus/README 7
 */
#ifndef STORE_ITEM_H
#define STORE_ITEM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/item.h"

struct arena;
struct store;

struct item {
	int64_t number;			/* set by item_add */
	const char *body;
	const char *meeting;		/* NULL: an idea */
	const char *title, *words, *by;
	const char *closed;		/* reason that it is; NULL: open */
	enum item_state state;
	int64_t at, journal_id;
};

enum rc item_add(struct store *store, const struct item *row,
	int64_t *number, struct err *err);
/* Of a meeting; with meeting NULL the ideas of a body. By number. */
enum rc item_list(struct store *store, struct arena *arena, const char *body,
	const char *meeting, size_t limit, struct item **rows, size_t *n,
	struct err *err);
enum rc item_load(struct store *store, struct arena *arena, int64_t number,
	struct item *row, struct err *err);
/* What comes back by itself: postponed, or proposed for an earlier meeting
 * and never on an agenda that was sent. Oldest first. */
enum rc item_back(struct store *store, struct arena *arena, const char *body,
	const char *meeting, size_t limit, struct item **rows, size_t *n,
	struct err *err);
/* One step of its life; `meeting` where it belongs to another one from now
 * on, else NULL; journal_id 0 for the clock. */
enum rc item_move(struct store *store, int64_t number, enum item_act act,
	const char *meeting, int64_t at, int64_t journal_id, struct err *err);
/* Closed with that reason, or open again (NULL). */
enum rc item_close(struct store *store, int64_t number, const char *reason,
	int64_t at, int64_t journal_id, struct err *err);
/* Takes back what a line of the journal made or moved. */
enum rc item_undo(struct store *store, int64_t journal_id, struct err *err);

#endif
