/* SPDX-License-Identifier: MIT */
/* store/letter.h: the outbox: finished letters and how far they have come.
 *
 * Shapes   a letter is made once under its key, its bytes, Date and
 *          Message-ID frozen; its life is the table in letter.c:
 *          queued → sending → dot → sent | deferred | failed | uncertain,
 *          queued → withdrawn, deferred → queued, uncertain → queued
 * Units    *_at in UTC seconds
 * Errors   RC_NONE: the key is there already, and nothing was written
 * Owner    rows live in the arena
 * Source   DESIGN 4 and 5; THREATS failures 1, 2
 */
#ifndef STORE_LETTER_H
#define STORE_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "rules/world.h"

struct arena;
struct store;

enum letter_state {
	LETTER_QUEUED,
	LETTER_SENDING,		/* handed to the sender */
	LETTER_DOT,		/* the final dot may be out */
	LETTER_SENT,
	LETTER_DEFERRED,	/* again at due_at */
	LETTER_FAILED,
	LETTER_UNCERTAIN,	/* nobody knows; see THREATS failure 2 */
	LETTER_WITHDRAWN,
	LETTER_STATES
};

/* Receipts go before bulk. */
enum letter_class {
	LETTER_URGENT,		/* regrets in the last two days, distress */
	LETTER_ANSWER,		/* a receipt, a question */
	LETTER_BULK,		/* agendas, minutes, invitations */
};

struct letter_new {
	const char *key;	/* unique for ever */
	enum letter_kind kind;
	enum letter_class class;
	const char *ref;	/* meeting id, hearing id, mail:N …; NULL */
	const char *body;	/* slug; NULL */
	int64_t mail_id;	/* that it answers; 0 */
	const char *from;	/* envelope sender, "" the null sender */
	const char *to;		/* one address */
	const char *message_id;	/* with <> */
	const char *token;	/* NULL */
	const char *subject;	/* UTF-8, for `list letters` */
	const char *text;	/* plain text as sent; quotes of it are known
				 * again by it; NULL is not kept */
	struct bytes raw;	/* RFC 5322, CRLF, 7-bit */
	int64_t made_at, due_at;/* not before due_at */
};

struct letter_row {
	int64_t letter_id, mail_id;
	const char *key, *ref, *body, *from, *to, *message_id, *subject;
	const char *answer;	/* the server's last words; NULL */
	const char *token;	/* one-time word that went with it; NULL */
	struct bytes raw;	/* only from letter_due */
	int64_t made_at, due_at, first_at, last_at;
	int32_t attempts;
	enum letter_kind kind;
	enum letter_class class;
	enum letter_state state;
};

const char *letter_state_word(enum letter_state state);
/* Whether the life of a letter has this step. */
bool letter_may_move(enum letter_state from, enum letter_state to);

/* Whether a letter of this key was ever made, before it is rendered: one look
 * into the index of keys. RC_NONE: none; *letter_id may be NULL. */
enum rc letter_by_key(struct store *store, const char *key,
	int64_t *letter_id, struct err *err);

enum rc letter_add(struct store *store, const struct letter_new *letter,
	int64_t *letter_id, struct err *err);

/* Queued letters and deferred ones whose time has come, urgent first, then
 * answers, then bulk, oldest first; at most `limit`. With their bytes. */
enum rc letter_due(struct store *store, struct arena *arena, int64_t now_at,
	size_t limit, struct letter_row **rows, size_t *n, struct err *err);
/* When the next one falls due; RC_NONE where none waits. */
enum rc letter_next_due(struct store *store, int64_t *at, struct err *err);

/* Moves a letter along its life; RC_STOP for a step that is not in it.
 * `answer` is kept where it is not NULL; due_at 0 leaves it. */
enum rc letter_move(struct store *store, int64_t letter_id,
	enum letter_state to, int64_t now_at, int64_t due_at,
	const char *answer, struct err *err);

/* The server is there again: what was deferred because it was away is due
 * now. What it deferred itself, with a code, keeps its pause (greylisting).
 * *n: how many. */
enum rc letter_retry_now(struct store *store, int64_t now_at, size_t *n,
	struct err *err);

/* After a crash: `sending` becomes queued (no dot was allowed), `dot` becomes
 * uncertain. Gives how many of each. */
enum rc letter_recover(struct store *store, int64_t now_at, size_t *queued,
	size_t *uncertain, struct err *err);

enum rc letter_load(struct store *store, struct arena *arena,
	int64_t letter_id, struct letter_row *row, struct err *err);
/* state LETTER_STATES: all; newest first. */
enum rc letter_list(struct store *store, struct arena *arena,
	enum letter_state state, size_t limit, struct letter_row **rows,
	size_t *n, struct err *err);
/* All of one kind about one thing, oldest first. */
enum rc letter_of_ref(struct store *store, struct arena *arena,
	const char *ref, enum letter_kind kind, size_t limit,
	struct letter_row **rows, size_t *n, struct err *err);
/* The receipt that a mail got, for undo; RC_NONE where it got none. */
enum rc letter_by_message_id(struct store *store, struct arena *arena,
	const char *message_id, struct letter_row *row, struct err *err);
/* The letter whose one-time word this is, any case; RC_NONE. */
enum rc letter_by_token(struct store *store, struct arena *arena,
	const char *token, struct letter_row *row, struct err *err);
/* Withdraws what is queued or deferred for a mail's deeds; gives how many
 * have left the house. */
enum rc letter_withdraw(struct store *store, int64_t mail_id,
	enum letter_kind kind, int64_t now_at, size_t *withdrawn,
	size_t *gone, struct err *err);
/* Which row a draft's letter showed, by the «/vVERSION-ROW/» in its key,
 * where the key begins with `kind`; 0: none. */
int64_t letter_key_row(const char *key, const char *kind);
/* How many letters are in each state, for `status`. */
enum rc letter_count(struct store *store, size_t n[LETTER_STATES],
	struct err *err);

/* Those for an address that waited too long to be of use are withdrawn. */
enum rc letter_stale(struct store *store, const char *to, int64_t before_at,
	struct err *err);

#endif
