/* SPDX-License-Identifier: MIT */
/* store/trail.h: whom a point's trail is told, and who wants no more of it.
 *
 * Shapes   a trail hangs on the point; to stop it is a deed of its own, undone
 *          by its line of the journal
 * Errors   RC_NONE: no such point
 * Owner    texts live in the arena
 * Source   FIELD «dagsordenspunkt»: who proposes hears what came of it
 */
#ifndef STORE_TRAIL_H
#define STORE_TRAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/world.h"

struct arena;
struct store;

struct trail {
	const char *by_what;	/* "dmarc=pass", "token", "nothing": what
				 * vouched for the one who proposed it */
	bool stopped;
	bool undone;		/* he took it back */
};

enum rc trail_load(struct store *store, struct arena *arena, int64_t item_id,
	struct trail *trail, struct err *err);
enum rc trail_stop(struct store *store, int64_t item_id, int64_t at,
	int64_t journal_id, struct err *err);
enum rc trail_stop_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* How many letters of that kind have left for the mail behind it. */
enum rc trail_left(struct store *store, int64_t journal_id,
	enum letter_kind kind, int64_t *n, struct err *err);
/* The mail behind a line of the journal; RC_NONE: none. */
enum rc trail_mail(struct store *store, int64_t journal_id, int64_t *mail_id,
	struct err *err);

#endif
