/* SPDX-License-Identifier: MIT */
/* store/public.h: what everybody may know, for the pages.
 *
 * Shapes   read through the views …_for_public alone. A change of a meeting
 *          that nobody was told of yet is not in them; an agenda or minutes
 *          count when they were sent
 * Units    UTC seconds; days since 1970
 * Errors   as store.h
 * Owner    the arena
 * Source   THREATS 21; issue of the body's rule `pages`
 */
#ifndef STORE_PUBLIC_H
#define STORE_PUBLIC_H

#include <stdint.h>

#include "base/err.h"
#include "rules/agenda.h"
#include "rules/world.h"

struct arena;
struct store;

struct public_meeting {
	const char *id;			/* "udsatteraad/2022-06-09" */
	const char *place, *theme, *with_body;	/* NULL */
	const char *uid;
	int64_t start_at, end_at, points_until_at, changed_at, sequence;
	enum meeting_kind kind;
	enum meeting_state state;
};

/* One text that was sent, and stands for the public. */
struct public_text {
	int64_t id;		/* of the agenda or minutes */
	int64_t version, sent_at;
};

struct public_call {
	int64_t deadline_day;
	const char *seats;	/* groups, a space between; NULL */
};

/* By start, the last first. */
enum rc public_meetings(struct store *store, struct arena *arena,
	const char *body, struct public_meeting **list, size_t *n,
	struct err *err);
/* The versions that were sent, the newest first. */
enum rc public_agendas(struct store *store, struct arena *arena,
	const char *meeting, struct public_text **list, size_t *n,
	struct err *err);
enum rc public_minutes(struct store *store, struct arena *arena,
	const char *meeting, struct public_text **list, size_t *n,
	struct err *err);
/* The points of a version that was sent, as they may be shown now: one that
 * was closed or taken off since has gone from a newer version, sent or not,
 * and says nothing any more (*gone is set for it). */
enum rc public_points(struct store *store, struct arena *arena,
	const char *meeting, int64_t agenda_id, struct agenda *agenda,
	bool **gone, struct err *err);
/* The open call for members. RC_NONE: there is none. */
enum rc public_call_open(struct store *store, struct arena *arena,
	const char *body, struct public_call *call, struct err *err);

#endif
