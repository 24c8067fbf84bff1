/* SPDX-License-Identifier: MIT */
/* store/membership.h: the places of people in a body, changed step by step, so
 * that each line of the journal can be taken back.
 *
 * Shapes   a place is never deleted by a change: it gets a last day, and what
 *          follows it is a place of its own
 * Units    days of the body's zone, year 0 where there is none
 * Errors   RC_NONE: no such place, or person
 * Owner    the arena
 * Source   FIELD; schema.sql, «place», «place_step», «person_step»
 */
#ifndef STORE_MEMBERSHIP_H
#define STORE_MEMBERSHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "rules/world.h"

struct arena;
struct store;

struct place_row {
	int64_t place_id, person_id;
	const char *email, *name, *phone;
	const char *seat, *substitute_for;	/* NULL */
	enum role role;
	struct date from_day, until_day;
	bool paused;			/* mail does not reach him */
};

/* One line of the journal, and when. */
struct step {
	int64_t journal_id, at;
};

/* Those of a body that have not ended on that day, also those that begin
 * later, in the order in which they were made. */
enum rc place_list(struct store *store, struct arena *arena,
	const char *body, struct date day, struct place_row **rows, size_t *n,
	struct err *err);
/* The same of one address. */
enum rc place_of(struct store *store, struct arena *arena, const char *body,
	const char *email, struct date day, struct place_row **rows, size_t *n,
	struct err *err);
/* A new one, of a person who is made where there is none of that address. */
enum rc place_add(struct store *store, const char *body,
	const struct place_row *place, struct step step, int64_t *place_id,
	struct err *err);
/* Its last day; a place that would end before it begins never was. */
enum rc place_end(struct store *store, int64_t place_id, struct date last,
	struct step step, struct err *err);
/* The seat that a line of the journal made vacant: from_day is the first day
 * without its member, until_day the end of the term. */
enum rc place_left(struct store *store, struct arena *arena,
	int64_t journal_id, struct place_row *row, struct err *err);
/* As it was before that line of the journal. */
enum rc place_undo(struct store *store, int64_t journal_id, struct err *err);

/* A person's address becomes another one, wherever it is that person's and
 * not a line of what was said: places, subscriptions, choices of the reader,
 * whom a substitute stands in for, open questions and promises. */
enum rc person_move(struct store *store, const char *from, const char *to,
	struct step step, struct err *err);
/* RC_NONE: that line moved nobody. */
enum rc person_moved(struct store *store, struct arena *arena,
	int64_t journal_id, const char **from, const char **to,
	struct err *err);
enum rc person_move_undo(struct store *store, struct arena *arena,
	int64_t journal_id, int64_t at, struct err *err);
/* Whether somebody on file, or on a list, has that address. */
enum rc address_taken(struct store *store, const char *email, bool *taken,
	struct err *err);

#endif
