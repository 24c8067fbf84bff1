/* SPDX-License-Identifier: MIT */
/* store/call.h: calls for members, whom they are sent to, and the list that
 * comes of them.
 *
 * Shapes   the newest call of a body counts. A candidate has a number on the
 *          list of its call, which stays his
 * Units    *_at in UTC seconds; *_day civil days
 * Errors   RC_NONE: no such call; RC_STOP: a step that is not in its life
 *          (rules/call.h)
 * Owner    rows live in the arena
 * Source   FIELD, Glostrup
 */
#ifndef STORE_CALL_H
#define STORE_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "rules/call.h"

struct arena;
struct store;

struct call_row {
	int64_t call_id, made_at;
	const char *body;		/* slug */
	enum call_state state;
	struct date deadline_day;	/* the last on which one may apply */
	struct date answer_day;		/* by which an answer is promised */
	int64_t send_at;		/* of what waits; 0 */
	int64_t journal_id, decided_by;	/* 0 */
};
struct call_seat {
	const char *group;
	size_t number;
};

/* call_id and state are set by it. RC_PARK: no such body. */
enum rc call_add(struct store *store, struct call_row *row,
	const struct call_seat *seats, size_t n_seats,
	const char *const *addresses, size_t n_addresses, struct err *err);
enum rc call_load(struct store *store, struct arena *arena, int64_t call_id,
	struct call_row *row, struct err *err);
/* The newest of a body. */
enum rc call_newest(struct store *store, struct arena *arena,
	const char *body, struct call_row *row, struct err *err);
/* The one that a line of the journal opened or decided. */
enum rc call_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct call_row *row, struct err *err);
/* Those that have not ended, oldest first. */
enum rc call_list(struct store *store, struct arena *arena,
	struct call_row **rows, size_t *n, struct err *err);
/* send_at and decided_by for CALL_APPOINT, else 0; row->state is set. At
 * CALL_CLOSE its addresses go. */
enum rc call_move(struct store *store, struct call_row *row,
	enum call_act act, int64_t send_at, int64_t decided_by,
	struct err *err);
/* The call that a line of the journal opened goes. */
enum rc call_undo(struct store *store, int64_t journal_id, struct err *err);
enum rc call_addresses(struct store *store, struct arena *arena,
	int64_t call_id, const char ***list, size_t *n, struct err *err);
enum rc call_seats(struct store *store, struct arena *arena, int64_t call_id,
	struct call_seat **list, size_t *n, struct err *err);

/* --- the list ------------------------------------------------------------ */

enum candidate_outcome { CANDIDATE_OPEN, CANDIDATE_APPOINTED,
	CANDIDATE_RESERVE, CANDIDATE_REJECTED };

struct candidate {
	int64_t number;
	int64_t application_id, nomination_id;	/* one of them; the other 0 */
	const char *name, *email;
	const char *words;		/* as written */
	const char *own_words;		/* of one proposed; NULL */
	const char *by_name;		/* who proposed; NULL */
	const char *groups;		/* NULL: not said */
	bool resident;
	bool on_reserve;		/* from an earlier list */
	enum candidate_outcome outcome;
	const char *seat;		/* that a person decided on; NULL */
	int64_t counts_at;		/* his period counts from here */
	int64_t rank;			/* on the reserve list; 0 */
	bool told;
};

/* Those of the body who count and have no number yet get one, in the order in
 * which they came. */
enum rc candidates_make(struct store *store, const struct call_row *call,
	struct err *err);
/* By number; those who withdrew since are left out. */
enum rc candidates_load(struct store *store, struct arena *arena,
	int64_t call_id, struct candidate **list, size_t *n,
	struct err *err);
enum rc candidate_decide(struct store *store, int64_t call_id,
	int64_t number, enum candidate_outcome outcome, const char *seat,
	int64_t rank, int64_t journal_id, struct err *err);
/* What a line of the journal decided is open again. */
enum rc candidates_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* His letter is written: the application or nomination is moved, and an
 * application on the reserve list is kept from now on. */
enum rc candidate_tell(struct store *store, int64_t call_id,
	const struct candidate *row, int64_t now_at, struct err *err);

#endif
