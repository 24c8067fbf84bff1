/* SPDX-License-Identifier: MIT */
/* store/hearing.h: hearings: what an authority asked, each council's part of
 * it, and others who are heard.
 *
 * Shapes   a request has a hearing for each council and a party for each
 *          other; a hearing that was imported has no request
 * Units    *_at in UTC seconds, *_day civil days
 * Errors   RC_NONE where there is no such row; RC_STOP for a step that the
 *          life of a hearing does not have
 * Owner    rows live in the arena
 * Source   FIELD: Rødovre; rules/hearing.h
 */
#ifndef STORE_HEARING_H
#define STORE_HEARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/hearing.h"

struct arena;
struct store;

#define HEARING_PARTIES_MOST 40	/* of one request: more is a mailing list */

struct hearing_request {
	int64_t request_id, mail_id;
	const char *title, *from, *from_name, *case_number, *words;
	int64_t asked_at, deadline_at;
	bool statutory;
};

struct hearing_row {
	int64_t hearing_id, request_id;	/* 0: imported */
	const char *slug, *body, *title, *from;
	struct date deadline_day;
	struct date members_day;	/* year 0: not asked yet */
	enum hearing_state state;
	int64_t send_at, answered_at, letter_id, proof_at;
	const char *proof;
	int64_t journal_id, approved_by;
};

struct hearing_party {
	int64_t party_id, hearing_id;	/* that asked it; 0: not yet */
	const char *email, *name;
	int64_t asked_at;
	bool answered;			/* has said something */
};

enum rc hearing_request_add(struct store *store,
	const struct hearing_request *row, int64_t *request_id,
	struct err *err);
enum rc hearing_request_load(struct store *store, struct arena *arena,
	int64_t request_id, struct hearing_request *row, struct err *err);
/* The one that this mail made; RC_NONE. */
enum rc hearing_request_of_mail(struct store *store, int64_t mail_id,
	int64_t *request_id, struct err *err);
enum rc hearing_request_deadline(struct store *store, int64_t request_id,
	int64_t deadline_at, struct err *err);

/* row->slug is the wished name behind «/h/»; it gets a number where it is
 * taken. Sets hearing_id and slug. */
enum rc hearing_add(struct store *store, struct arena *arena,
	struct hearing_row *row, int64_t now_at, struct err *err);
enum rc hearing_load(struct store *store, struct arena *arena,
	const char *slug, struct hearing_row *row, struct err *err);
/* By number, or by the line of the journal that made or approved it. */
enum rc hearing_load_id(struct store *store, struct arena *arena,
	int64_t hearing_id, struct hearing_row *row, struct err *err);
enum rc hearing_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct hearing_row *row, struct err *err);
/* Of one request, in the order in which the mail named the councils. */
enum rc hearing_of_request(struct store *store, struct arena *arena,
	int64_t request_id, struct hearing_row **rows, size_t *n,
	struct err *err);
/* Those that a day may ask something for: all with a request that are not
 * closed. */
enum rc hearing_live(struct store *store, struct arena *arena, size_t limit,
	struct hearing_row **rows, size_t *n, struct err *err);
/* Newest first, for `raadspost list hearings`. */
enum rc hearing_list(struct store *store, struct arena *arena, size_t limit,
	struct hearing_row **rows, size_t *n, struct err *err);

/* One step of its life; row->state and what goes with it (send_at,
 * approved_by, members_day, answered_at, letter_id) are written and kept in
 * the row. */
enum rc hearing_move(struct store *store, struct hearing_row *row,
	enum hearing_act act, int64_t now_at, struct err *err);
/* The mail server took the answer, and said so. */
enum rc hearing_proof(struct store *store, struct hearing_row *row,
	int64_t at, const char *words, struct err *err);
/* A new deadline for all of a request. */
enum rc hearing_deadline(struct store *store, int64_t request_id,
	struct date day, int64_t at, int64_t now_at, struct err *err);
/* Takes away what one line made: the hearing, and the request with its
 * parties when it was the last. */
enum rc hearing_undo(struct store *store, int64_t journal_id,
	struct err *err);

/* RC_NONE: it is there already. */
enum rc hearing_party_add(struct store *store, int64_t request_id,
	const char *email, const char *name, struct err *err);
enum rc hearing_party_drop(struct store *store, int64_t request_id,
	const char *email, struct err *err);
enum rc hearing_party_asked(struct store *store, int64_t party_id,
	int64_t hearing_id, int64_t at, struct err *err);
enum rc hearing_parties(struct store *store, struct arena *arena,
	int64_t request_id, struct hearing_party **rows, size_t *n,
	struct err *err);

/* For the yearly report of one council: what was asked from `from_at` on and
 * before `to_at`. */
struct hearing_count {
	int64_t asked, answered, in_time, declined;
	int64_t statutory, statutory_answered, statutory_in_time;
};
enum rc hearing_count(struct store *store, const char *body,
	int64_t from_at, int64_t to_at, struct hearing_count *count,
	struct err *err);

#endif
