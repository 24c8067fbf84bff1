/* SPDX-License-Identifier: MIT */
/* store/decision.h: what waits for a person, once under its key, and under
 * which number it stood in which letter.
 *
 * Shapes   its life is the table in rules/decision.c
 * Units    *_at in UTC seconds
 * Errors   RC_NONE: the key is there already, or there is no such row;
 *          RC_STOP for a step that is not in its life
 * Owner    rows live in the arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/decision.h"

struct arena;
struct store;

#define DECISIONS_MOST 200	/* that one letter shows; more is a fault */

struct decision_row {
	int64_t decision_id;
	const char *key, *kind;
	const char *body;	/* slug; NULL: of the whole house */
	const char *ref;	/* meeting, hearing, "mail:N"; NULL */
	int64_t row_id;		/* of the kind's own table; 0 */
	const char *label;	/* one line */
	const char *words;	/* what more there is to read; NULL */
	int64_t made_at;
	int64_t until_at;	/* the first second that is too late; 0 none */
	bool urgent;
	enum decision_state state;
	const char *choice;	/* canonical word; NULL: not answered */
	int64_t answered_at, journal_id; /* 0 likewise */
	const char *by;		/* address of the one who answered; NULL */
};

/* RC_NONE: asked before under that key. */
enum rc decision_add(struct store *store, const struct decision_row *row,
	int64_t *decision_id, struct err *err);
enum rc decision_load(struct store *store, struct arena *arena,
	int64_t decision_id, struct decision_row *row, struct err *err);
enum rc decision_by_key(struct store *store, struct arena *arena,
	const char *key, struct decision_row *row, struct err *err);
enum rc decision_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct decision_row *row, struct err *err);
/* Those that wait; body NULL: of the whole house. Oldest first. */
enum rc decision_open(struct store *store, struct arena *arena,
	const char *body, struct decision_row **rows, size_t *n,
	struct err *err);
/* Along its life; choice, at and journal_id are of an answer. What needs no
 * answer any more keeps no words. */
enum rc decision_move(struct store *store, const struct decision_row *row,
	enum decision_act act, const char *choice, int64_t at,
	int64_t journal_id, struct err *err);

/* A line of the journal made a point and was undone: what waits because of it
 * is moot, and its words are gone. */
enum rc decision_forget_item(struct store *store, int64_t journal_id,
	struct err *err);

/* In that letter the decision stands under that number. */
enum rc decision_show(struct store *store, int64_t letter_id, size_t number,
	int64_t decision_id, struct err *err);
/* RC_NONE: the letter has no such number. */
enum rc decision_shown(struct store *store, struct arena *arena,
	int64_t letter_id, int64_t number, struct decision_row *row,
	struct err *err);
/* How many it showed. */
enum rc decision_shown_count(struct store *store, int64_t letter_id,
	int64_t *n, struct err *err);

#endif
