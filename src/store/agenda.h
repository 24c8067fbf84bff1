/* SPDX-License-Identifier: MIT */
/* store/agenda.h: the agendas of a meeting, a row for each version.
 *
 * Shapes   the highest version counts; its points are read for an audience
 *          that the caller must name (THREATS 21)
 * Errors   RC_NONE: the meeting has no agenda yet; RC_PARK: no such meeting;
 *          RC_STOP: a step that is not in its life, or no audience
 * Owner    rows live in the arena
 * Source   rules/agenda.h
 */
#ifndef STORE_AGENDA_H
#define STORE_AGENDA_H

#include <stdint.h>

#include "base/err.h"
#include "rules/agenda.h"

struct arena;
struct store;

struct agenda_row {
	int64_t agenda_id, version, made_at;
	int64_t send_at;		/* 0: not released */
	int64_t journal_id, mail_id;	/* that made it; 0 the clock */
	int64_t released_by;		/* line of the journal; 0 */
	int64_t recalled;		/* copies that it stopped */
	const char *note;		/* NULL */
	enum agenda_state state;
};

/* The version that counts. */
enum rc agenda_load(struct store *store, struct arena *arena,
	const char *meeting, struct agenda_row *row, struct err *err);
/* The last one that people have. */
enum rc agenda_load_mailed(struct store *store, struct arena *arena,
	const char *meeting, struct agenda_row *row, struct err *err);
enum rc agenda_points(struct store *store, struct arena *arena,
	int64_t agenda_id, enum audience audience, struct agenda *agenda,
	struct err *err);
/* So many copies of earlier versions were stopped by this one. */
enum rc agenda_recalled(struct store *store, int64_t agenda_id, size_t n,
	struct err *err);
/* The items that any version of the meeting's agenda showed. */
enum rc agenda_items_seen(struct store *store, struct arena *arena,
	const char *meeting, size_t limit, int64_t **items, size_t *n,
	struct err *err);
/* A version of one more than there are; row's note and journal_id are taken,
 * the others set. */
enum rc agenda_add(struct store *store, const char *meeting,
	const struct agenda *agenda, int64_t now_at, struct agenda_row *row,
	struct err *err);
/* send_at and journal_id for AGENDA_RELEASE, else 0. */
enum rc agenda_move(struct store *store, const struct agenda_row *row,
	enum agenda_act act, int64_t send_at, int64_t journal_id,
	struct err *err);
/* The version that a line of the journal made goes. */
enum rc agenda_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* Which meeting and row a line of the journal made or released. */
enum rc agenda_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, const char **meeting, struct agenda_row *row,
	struct err *err);

#endif
