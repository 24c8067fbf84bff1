/* SPDX-License-Identifier: MIT */
/* store/item.h: points for an agenda, and ideas that are tied to no meeting.
 *
 * Shapes   a citizen's waits for the secretary (accepted false)
 * Errors   RC_PARK: no such body or meeting
 * Source   FIELD «dagsordenspunkt»; corpus/README 7
 */
#ifndef STORE_ITEM_H
#define STORE_ITEM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct item {
	int64_t number;			/* set by item_add */
	const char *body;
	const char *meeting;		/* NULL: an idea */
	const char *title, *words, *by;
	int accepted;
	int64_t at, journal_id;
};

enum rc item_add(struct store *store, const struct item *row,
	int64_t *number, struct err *err);
/* Of a meeting; with meeting NULL the ideas of a body. By number. */
enum rc item_list(struct store *store, struct arena *arena, const char *body,
	const char *meeting, size_t limit, struct item **rows, size_t *n,
	struct err *err);
enum rc item_undo(struct store *store, int64_t journal_id, struct err *err);

#endif
