/* SPDX-License-Identifier: MIT */
/* store/meeting_change.h: meetings that are planned, moved, changed, called
 * off; and taken back as long as nobody was told.
 *
 * Shapes   a meeting's image is all that a change can change. A line of the
 *          journal may change several meetings: each body's part of a joint
 *          one. What waits is told when its stop window is over
 * Units    instants in UTC seconds
 * Errors   RC_NONE: no such meeting or change; RC_STOP: a step that is not in
 *          the life of a meeting
 * Owner    the arena
 * Source   DESIGN «Undo works, until the effect has left the house»
 */
#ifndef STORE_MEETING_CHANGE_H
#define STORE_MEETING_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/world.h"

struct arena;
struct store;

enum meeting_what { MEETING_DID_PLAN, MEETING_DID_MOVE, MEETING_DID_CANCEL,
	MEETING_DID_CHANGE, MEETING_DID_GUEST };

struct meeting_image {
	enum meeting_state state;
	int64_t start_at, end_at, points_until_at;
	int64_t round;
	const char *place, *theme;	/* NULL */
};

struct meeting_change {
	int64_t change_id, journal_id, send_at, sent_at;
	const char *meeting;
	enum meeting_what what;
	struct meeting_image was;
};

struct meeting_new {
	const char *id, *body, *with, *host, *uid;
	enum meeting_kind kind;
	struct meeting_image image;
};

enum rc meeting_image_load(struct store *store, struct arena *arena,
	const char *meeting, struct meeting_image *image, struct err *err);
enum rc meeting_add(struct store *store, const struct meeting_new *meeting,
	int64_t now_at, struct err *err);

/* The meeting becomes `image` under that line of the journal; waits until
 * send_at. */
enum rc meeting_change_add(struct store *store, struct arena *arena,
	const char *meeting, enum meeting_what what,
	const struct meeting_image *image, int64_t send_at,
	int64_t journal_id, int64_t now_at, struct err *err);

/* Those that nobody was told of yet, by meeting, oldest first. */
enum rc meeting_changes_waiting(struct store *store, struct arena *arena,
	struct meeting_change **rows, size_t *n, struct err *err);
/* All of one line of the journal. */
enum rc meeting_changes_of(struct store *store, struct arena *arena,
	int64_t journal_id, struct meeting_change **rows, size_t *n,
	struct err *err);
/* They were told: the calendar's SEQUENCE grows where `published`. */
enum rc meeting_changes_sent(struct store *store, const char *meeting,
	bool published, int64_t now_at, struct err *err);
/* After a move everybody is asked again: the answers are history. */
enum rc meeting_answers_end(struct store *store, const char *meeting,
	int64_t journal_id, struct err *err);
/* The last line of the journal that moved it; 0 none. */
enum rc meeting_moved_by(struct store *store, const char *meeting,
	int64_t *journal_id, struct err *err);

/* Takes back what that line changed; what came later stays as it is. A
 * meeting that it planned goes. */
enum rc meeting_change_undo(struct store *store, struct arena *arena,
	int64_t journal_id, int64_t now_at, struct err *err);
/* True where it is too late: it was told, or a planned one is in use. */
enum rc meeting_change_gone(struct store *store, struct arena *arena,
	int64_t journal_id, bool *gone, struct err *err);

#endif
