/* SPDX-License-Identifier: MIT */
/* Nominations for a seat, and their life. */
#include "store/nomination.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

static const struct life {
	enum nomination_state from, to;
} life[] = {
	{ NOMINATION_ASKED,      NOMINATION_CONSENTED },
	{ NOMINATION_ASKED,      NOMINATION_REFUSED },
	{ NOMINATION_ASKED,      NOMINATION_ENDED },	 /* 30 days */
	{ NOMINATION_NO_ADDRESS, NOMINATION_ENDED },
	{ NOMINATION_NO_ADDRESS, NOMINATION_CONSENTED }, /* the secretary … */
	{ NOMINATION_NO_ADDRESS, NOMINATION_REFUSED },	 /* … asked */
	{ NOMINATION_CONSENTED,  NOMINATION_ASKED },	 /* the yes undone */
	{ NOMINATION_CONSENTED,  NOMINATION_REFUSED },	 /* changed his mind */
	{ NOMINATION_CONSENTED,  NOMINATION_ACCEPTED },	 /* a person decided */
	{ NOMINATION_CONSENTED,  NOMINATION_REJECTED },	 /* a person decided */
	{ NOMINATION_CONSENTED,  NOMINATION_RESERVE },	 /* a person decided */
	{ NOMINATION_RESERVE,    NOMINATION_ACCEPTED },
	{ NOMINATION_RESERVE,    NOMINATION_REJECTED },
	{ NOMINATION_RESERVE,    NOMINATION_REFUSED },	 /* changed his mind */
};

static const char *const state_words[NOMINATION_STATES] = {
	[NOMINATION_ASKED] = "asked",
	[NOMINATION_NO_ADDRESS] = "no-address",
	[NOMINATION_CONSENTED] = "consented",
	[NOMINATION_REFUSED] = "refused",
	[NOMINATION_ENDED] = "ended",
	[NOMINATION_RESERVE] = "reserve",
	[NOMINATION_ACCEPTED] = "accepted",
	[NOMINATION_REJECTED] = "rejected",
};

enum {
	BODY, REPLACE, ADD, SET_LETTER, SET_OWN, LOAD, BY_LETTER, BY_JOURNAL,
	BY_ANSWER, MOVE, STEP, FORGET, LIST, LATER, DROP, REVIVE, N_STATEMENTS
};
#define ROW "SELECT nomination_id, slug, email, nomination.name, words," \
	" by_email, by_name, verified, state, came_at, letter_id, journal_id," \
	" replaced_by IS NOT NULL, own_words, seat, resident," \
	" coalesce(kept_at, answered_at, came_at)" \
	" FROM nomination JOIN body USING (body_id)"
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[REPLACE] =
	"UPDATE nomination SET replaced_by = :journal WHERE body_id = :body"
	" AND by_email = :by AND replaced_by IS NULL"
	" AND state IN ('asked', 'no-address')"
	" AND (name = :name OR (email IS NOT NULL AND email IS :email))",
[ADD] =
	"INSERT INTO nomination (body_id, email, name, words, by_email,"
	" by_name, verified, state, came_at, journal_id) VALUES (:body,"
	" :email, :name, :words, :by, :byname, :verified,"
	" CASE WHEN :email IS NULL THEN 'no-address' ELSE 'asked' END,"
	" :at, :journal)",
[SET_LETTER] =
	"UPDATE nomination SET letter_id = :letter"
	" WHERE nomination_id = :number",
[SET_OWN] =
	"UPDATE nomination SET own_words = :words, seat = :seat,"
	" resident = :resident WHERE nomination_id = :number",
[LOAD] =
	ROW " WHERE nomination_id = :number",
[BY_LETTER] =
	ROW " WHERE letter_id = :letter",
[BY_JOURNAL] =
	ROW " WHERE journal_id = :journal",
[BY_ANSWER] =
	ROW " WHERE answered_by = :journal",
[MOVE] =
	"UPDATE nomination SET state = :state, answered_at = :at,"
	" answered_by = :journal,"
	" name = CASE WHEN :state IN ('refused', 'ended') THEN NULL"
	" ELSE name END,"
	" email = CASE WHEN :state IN ('refused', 'ended') THEN NULL"
	" ELSE email END,"
	" words = CASE WHEN :state IN ('refused', 'ended') THEN NULL"
	" ELSE words END,"
	" own_words = CASE WHEN :state IN ('refused', 'ended', 'asked')"
	" THEN NULL ELSE own_words END,"
	" seat = CASE WHEN :state IN ('refused', 'ended', 'asked')"
	" THEN NULL ELSE seat END"
	" WHERE nomination_id = :number",
[STEP] =
	"UPDATE nomination SET state = :state WHERE nomination_id = :number",
[FORGET] =
	"UPDATE journal SET label = NULL WHERE journal_id ="
	" (SELECT journal_id FROM nomination WHERE nomination_id = :number)",
[LIST] =
	ROW " WHERE :body IS NULL OR slug = :body"
	" ORDER BY nomination_id LIMIT :limit",
[LATER] =
	"SELECT replaced_by FROM nomination WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM nomination WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE nomination SET replaced_by = :later"
	" WHERE replaced_by = :journal",
};
const struct statements nomination_statements = { sql, N_STATEMENTS };

const char *
nomination_state_word(enum nomination_state state)
{
	return state_words[state];
}

bool
nomination_may_move(enum nomination_state from, enum nomination_state to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to)
			return true;
	return false;
}

static enum rc
replace(struct store *store, int64_t body_id, const struct nomination *row,
    struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, REPLACE);

	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":body", body_id);
	query_text(&q, ":by", row->by);
	query_text(&q, ":name", row->name);
	query_text(&q, ":email", row->email);
	return query_run(&q, err);
}

enum rc
nomination_add(struct store *store, const struct nomination *row,
    int64_t *number, struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no body %s", row->body);
	if ((rc = replace(store, body_id, row, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_NOMINATION, ADD);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":name", row->name);
	query_text(&q, ":words", row->words);
	query_text(&q, ":by", row->by);
	query_text(&q, ":byname", row->by_name);
	query_int(&q, ":verified", row->verified);
	query_int(&q, ":at", row->came_at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		*number = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
nomination_set_letter(struct store *store, int64_t number, int64_t letter_id,
    struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, SET_LETTER);

	query_int(&q, ":number", number);
	query_int(&q, ":letter", letter_id);
	return query_run(&q, err);
}

enum rc
nomination_set_own(struct store *store, int64_t number,
    const struct nomination *own, struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, SET_OWN);

	query_int(&q, ":number", number);
	query_text(&q, ":words", own->own_words);
	query_text(&q, ":seat", own->groups);
	query_int(&q, ":resident", own->resident);
	return query_run(&q, err);
}

static struct nomination
row_read(struct arena *arena, const struct query *q)
{
	struct nomination row = {
		.number = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.email = column_text(arena, q, 2),
		.name = column_text(arena, q, 3),
		.words = column_text(arena, q, 4),
		.by = column_text(arena, q, 5),
		.by_name = column_text(arena, q, 6),
		.verified = column_int(q, 7) != 0,
		.came_at = column_int(q, 9),
		.letter_id = column_int(q, 10),
		.journal_id = column_int(q, 11),
		.replaced = column_int(q, 12) != 0,
		.own_words = column_text(arena, q, 13),
		.groups = column_text(arena, q, 14),
		.resident = column_int(q, 15) != 0,
		.counts_at = column_int(q, 16),
	};
	const char *word = column_text(arena, q, 8);

	for (int i = 0; i < NOMINATION_STATES; i++)
		if (strcmp(word, state_words[i]) == 0)
			row.state = (enum nomination_state)i;
	return row;
}

static enum rc
row_by(struct store *store, struct arena *arena, int which, const char *name,
    int64_t value, struct nomination *row, struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, which);
	enum rc rc;

	query_int(&q, name, value);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = row_read(arena, &q);
	query_end(&q);
	return RC_OK;
}

enum rc
nomination_load(struct store *store, struct arena *arena, int64_t number,
    struct nomination *row, struct err *err)
{
	return row_by(store, arena, LOAD, ":number", number, row, err);
}

enum rc
nomination_by_letter(struct store *store, struct arena *arena,
    int64_t letter_id, struct nomination *row, struct err *err)
{
	return row_by(store, arena, BY_LETTER, ":letter", letter_id, row, err);
}

enum rc
nomination_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct nomination *row, struct err *err)
{
	return row_by(store, arena, BY_JOURNAL, ":journal", journal_id, row,
	    err);
}

enum rc
nomination_by_answer(struct store *store, struct arena *arena,
    int64_t journal_id, struct nomination *row, struct err *err)
{
	return row_by(store, arena, BY_ANSWER, ":journal", journal_id, row,
	    err);
}

enum rc
nomination_move(struct store *store, int64_t number, enum nomination_state to,
    int64_t journal_id, int64_t at, struct err *err)
{
	struct arena *arena = arena_open();
	struct nomination row;
	struct query q;
	enum rc rc = nomination_load(store, arena, number, &row, err);

	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (!nomination_may_move(row.state, to))
		return fail(err, RC_STOP, "nomination %lld: cannot go from %s "
		    "to %s", (long long)number, state_words[row.state],
		    state_words[to]);
	q = query_open(store, OF_NOMINATION, MOVE);
	query_int(&q, ":number", number);
	query_text(&q, ":state", state_words[to]);
	if (at != 0)
		query_int(&q, ":at", at);
	if (journal_id != 0)
		query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK ||
	    (to != NOMINATION_REFUSED && to != NOMINATION_ENDED))
		return rc;
	q = query_open(store, OF_NOMINATION, FORGET);
	query_int(&q, ":number", number);
	return query_run(&q, err);
}

enum rc
nomination_step(struct store *store, int64_t number,
    enum nomination_state to, struct err *err)
{
	struct arena *arena = arena_open();
	struct nomination row;
	struct query q;
	enum rc rc = nomination_load(store, arena, number, &row, err);

	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (!nomination_may_move(row.state, to))
		return fail(err, RC_STOP, "nomination %lld: cannot go from %s "
		    "to %s", (long long)number, state_words[row.state],
		    state_words[to]);
	q = query_open(store, OF_NOMINATION, STEP);
	query_int(&q, ":number", number);
	query_text(&q, ":state", state_words[to]);
	return query_run(&q, err);
}

enum rc
nomination_list(struct store *store, struct arena *arena, const char *body,
    size_t limit, struct nomination **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_NOMINATION, LIST);
	struct nomination *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = row_read(arena, &q);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
nomination_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_NOMINATION, LATER, DROP,
	    REVIVE }, journal_id, err);
}
