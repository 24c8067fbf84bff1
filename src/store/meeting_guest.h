/* SPDX-License-Identifier: MIT */
/* store/meeting_guest.h: guests and speakers of a meeting.
 *
 * Shapes   one row per person and meeting counts; a new word of the secretary
 *          or of the guest replaces it
 * Errors   RC_NONE: no such guest or meeting
 * Owner    the arena
 * Source   FIELD «oplægsholder»: the own item and time
 */
#ifndef STORE_MEETING_GUEST_H
#define STORE_MEETING_GUEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct meeting_guest {
	int64_t guest_id, journal_id;
	const char *meeting, *email;
	const char *name, *matter;	/* NULL */
	const char *reply, *title;	/* "yes", "no"; NULL not yet */
	int64_t point;			/* 0 none */
	int64_t from_at;		/* 0: the whole meeting */
	int64_t invited_at;		/* 0: no letter went */
};

/* Under its journal_id, in place of what was known of that address. */
enum rc meeting_guest_put(struct store *store,
	const struct meeting_guest *guest, struct err *err);
enum rc meeting_guest_list(struct store *store, struct arena *arena,
	const char *meeting, struct meeting_guest **rows, size_t *n,
	struct err *err);
enum rc meeting_guest_invited(struct store *store, int64_t guest_id,
	int64_t at, struct err *err);
/* The meeting is at another time: the guest answers again. */
enum rc meeting_guest_moved(struct store *store, int64_t guest_id,
	int64_t from_at, struct err *err);
/* Whether the letter went for what that line of the journal wrote. */
enum rc meeting_guest_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct meeting_guest *guest, struct err *err);
enum rc meeting_guest_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
