/* SPDX-License-Identifier: MIT */
/* store/application.h: who applied for a seat. Sensitive: a seat as user or
 * relative says something of health.
 *
 * Shapes   a later application by the same address to the same body replaces
 *          the first, which stays as history; its life is the table in
 *          application.c
 * Errors   RC_NONE: no such number
 * Owner    rows live in the arena
 * Source   FIELD, Glostrup; THREATS, law 1 and 2
 */
#ifndef STORE_APPLICATION_H
#define STORE_APPLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

enum application_state {
	APPLICATION_RECEIVED,
	APPLICATION_LATE,	/* after the deadline: not on the list, until he
				 * says that it may be kept */
	APPLICATION_RESERVE,	/* a person decided: asked when a seat falls
				 * vacant */
	APPLICATION_ACCEPTED,	/* a person decided: never the program */
	APPLICATION_REJECTED,
	APPLICATION_WITHDRAWN,	/* by the applicant, when it was too late for
				 * an undo */
	APPLICATION_STATES
};

struct application {
	int64_t number;		/* set by application_add */
	const char *body;	/* slug */
	const char *email, *name, *words;
	const char *groups;	/* that he said he is of; NULL */
	bool resident;		/* said that he lives here */
	const char *asks;	/* what he was asked for: "residence words";
				 * NULL */
	bool verified;
	enum application_state state;
	int64_t came_at, journal_id;
	bool replaced;		/* there is a later one */
	/* not read by application_add: */
	size_t n_notes;		/* answers to what was asked, in `words` */
	int64_t kept_at;	/* 0 */
	int64_t mail_id;	/* that it came with */
};

const char *application_state_word(enum application_state state);
bool application_may_move(enum application_state from,
	enum application_state to);

/* RC_PARK: there is no such body. */
enum rc application_add(struct store *store, const struct application *row,
	int64_t *number, struct err *err);
enum rc application_load(struct store *store, struct arena *arena,
	int64_t number, struct application *row, struct err *err);
/* RC_STOP for a step that is not in its life. */
enum rc application_move(struct store *store, int64_t number,
	enum application_state to, struct err *err);
/* Applications that count: not replaced, not withdrawn. */
enum rc application_count(struct store *store, const char *body,
	int64_t *n, struct err *err);
/* Those of a body (NULL: of all), by number. */
enum rc application_list(struct store *store, struct arena *arena,
	const char *body, size_t limit, struct application **rows, size_t *n,
	struct err *err);
/* The one that waits for an answer; RC_NONE. */
enum rc application_by_email(struct store *store, struct arena *arena,
	const char *body, const char *email, struct application *row,
	struct err *err);
/* What was missing comes: words, groups, resident and journal_id of `note`. */
enum rc application_note_add(struct store *store, int64_t number,
	const struct application *note, struct err *err);
enum rc application_note_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* Too late, and kept by the applicant's word. RC_STOP as application_move. */
enum rc application_keep(struct store *store, int64_t number,
	int64_t journal_id, int64_t at, struct err *err);
enum rc application_keep_undo(struct store *store, int64_t journal_id,
	struct err *err);
enum rc application_withdraw(struct store *store, int64_t number,
	int64_t journal_id, struct err *err);
enum rc application_withdraw_undo(struct store *store, int64_t journal_id,
	struct err *err);
enum rc application_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* The one that a line of the journal made; RC_NONE. */
enum rc application_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct application *row, struct err *err);

#endif
