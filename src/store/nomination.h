/* SPDX-License-Identifier: MIT */
/* store/nomination.h: who proposed whom for a seat, and whether that one
 * agreed. Sensitive.
 *
 * Shapes   the nominee is asked first; a refusal empties the row of what it
 *          said of the nominee, at once. A second proposal of the same
 *          person by the same sender replaces the first. Its life is the
 *          table in nomination.c
 * Errors   RC_NONE: no such number or letter
 * Owner    rows live in the arena
 * Source   FIELD, Glostrup; GDPR art. 14: the one concerned is told
 */
#ifndef STORE_NOMINATION_H
#define STORE_NOMINATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum nomination_state {
	NOMINATION_ASKED,
	NOMINATION_NO_ADDRESS,	/* the secretary makes contact */
	NOMINATION_CONSENTED,
	NOMINATION_REFUSED,	/* nothing of the nominee is left */
	NOMINATION_ENDED,	/* nobody answered in time: likewise */
	NOMINATION_RESERVE,	/* a person decided */
	NOMINATION_ACCEPTED,	/* a person decided */
	NOMINATION_REJECTED,
	NOMINATION_STATES
};

struct nomination {
	int64_t number;
	const char *body;
	const char *email, *name, *words;	/* of the nominee */
	const char *own_words;			/* that came with the yes */
	const char *groups;			/* as he himself said; NULL */
	bool resident;				/* likewise */
	const char *by, *by_name;		/* who proposes */
	bool verified;
	enum nomination_state state;
	int64_t came_at, letter_id, journal_id;
	bool replaced;
	int64_t counts_at;		/* its period counts from here */
};

const char *nomination_state_word(enum nomination_state state);
bool nomination_may_move(enum nomination_state from,
	enum nomination_state to);

/* RC_PARK: there is no such body. The state is by whether there is an
 * address. */
enum rc nomination_add(struct store *store, const struct nomination *row,
	int64_t *number, struct err *err);
/* The letter that asks for consent. */
enum rc nomination_set_letter(struct store *store, int64_t number,
	int64_t letter_id, struct err *err);
/* What the nominee wrote of himself with his yes: own_words, groups,
 * resident. */
enum rc nomination_set_own(struct store *store, int64_t number,
	const struct nomination *own, struct err *err);
enum rc nomination_load(struct store *store, struct arena *arena,
	int64_t number, struct nomination *row, struct err *err);
enum rc nomination_by_letter(struct store *store, struct arena *arena,
	int64_t letter_id, struct nomination *row, struct err *err);
enum rc nomination_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct nomination *row, struct err *err);
/* The one whose answer a line of the journal is. */
enum rc nomination_by_answer(struct store *store, struct arena *arena,
	int64_t journal_id, struct nomination *row, struct err *err);
/* RC_STOP for a step that is not in its life. `journal_id` is the line of the
 * answer, 0 for none. NOMINATION_REFUSED and _ENDED empty the row; the mail
 * that proposed goes the night after (store/retention.h). */
enum rc nomination_move(struct store *store, int64_t number,
	enum nomination_state to, int64_t journal_id, int64_t at,
	struct err *err);
/* To where a person decided: the answer of the nominee stays as it is. */
enum rc nomination_step(struct store *store, int64_t number,
	enum nomination_state to, struct err *err);
enum rc nomination_list(struct store *store, struct arena *arena,
	const char *body, size_t limit, struct nomination **rows, size_t *n,
	struct err *err);
enum rc nomination_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
