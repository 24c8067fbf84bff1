/* SPDX-License-Identifier: MIT */
/* store/minutes.h: the minutes of a meeting, a row for each version.
 *
 * Shapes   the highest version counts; its items are read for an audience
 *          that the caller must name (THREATS 21)
 * Errors   RC_NONE: the meeting has no minutes yet; RC_PARK: no such meeting;
 *          RC_STOP: a step that is not in their life, or no audience
 * Owner    rows live in the arena
 * Source   rules/minutes.h
 */
#ifndef STORE_MINUTES_H
#define STORE_MINUTES_H

#include <stdint.h>

#include "base/err.h"
#include "rules/minutes.h"

struct arena;
struct store;

struct minutes_row {
	int64_t minutes_id, version, made_at;
	int64_t until_at, send_at;	/* 0 */
	int64_t journal_id, mail_id;	/* that made it; 0 the clock */
	int64_t moved_by;		/* line of the journal; 0 */
	const char *meeting;		/* id */
	const char *case_worker;	/* NULL */
	const char *approved_in;	/* id of the meeting; NULL */
	const char *approved_words;	/* what was said there; NULL */
	uint8_t content[32];
	enum minutes_state state;
};

/* The version that counts. */
enum rc minutes_load(struct store *store, struct arena *arena,
	const char *meeting, struct minutes_row *row, struct err *err);
/* The last one that was sent. */
enum rc minutes_load_mailed(struct store *store, struct arena *arena,
	const char *meeting, struct minutes_row *row, struct err *err);
enum rc minutes_load_id(struct store *store, struct arena *arena,
	int64_t minutes_id, struct minutes_row *row, struct err *err);
/* Which row a line of the journal made or moved. */
enum rc minutes_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct minutes_row *row, struct err *err);

/* Who came, and the items as that audience may see them. */
enum rc minutes_text_load(struct store *store, struct arena *arena,
	int64_t minutes_id, enum audience audience, struct minutes *minutes,
	struct err *err);

/* A version of one more than there are; row's state, until_at, content,
 * case_worker and journal_id are taken, the others set. `leaks` tells for each
 * item whether it was closed by us; NULL: none. */
enum rc minutes_add(struct store *store, const char *meeting,
	const struct minutes *minutes, const bool *leaks, int64_t now_at,
	struct minutes_row *row, struct err *err);
/* The items of a version that were closed by us. */
enum rc minutes_leaks(struct store *store, int64_t minutes_id, bool *leaks,
	size_t most, struct err *err);

/* Along its life. until_at: for what goes out; send_at: for a release. */
struct minutes_step {
	enum minutes_act act;
	int64_t until_at, send_at, journal_id;
};
enum rc minutes_move(struct store *store, const struct minutes_row *row,
	const struct minutes_step *step, struct err *err);
/* The version that a line of the journal made goes. */
enum rc minutes_undo(struct store *store, int64_t journal_id,
	struct err *err);

/* The minutes of `meeting` were approved in another. */
enum rc minutes_approved(struct store *store, int64_t minutes_id,
	const char *in_meeting, const char *words, struct err *err);

#endif
