/* SPDX-License-Identifier: MIT */
/* Applications for a seat, and their life. */
#include "store/application.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

static const struct life {
	enum application_state from, to;
} life[] = {
	{ APPLICATION_RECEIVED, APPLICATION_ACCEPTED },	 /* a person decided */
	{ APPLICATION_RECEIVED, APPLICATION_REJECTED },	 /* a person decided */
	{ APPLICATION_RECEIVED, APPLICATION_WITHDRAWN }, /* by the applicant */
	{ APPLICATION_ACCEPTED, APPLICATION_WITHDRAWN },
};

static const char *const state_words[APPLICATION_STATES] = {
	[APPLICATION_RECEIVED] = "received",
	[APPLICATION_ACCEPTED] = "accepted",
	[APPLICATION_REJECTED] = "rejected",
	[APPLICATION_WITHDRAWN] = "withdrawn",
};

enum {
	BODY, REPLACE, ADD, LOAD, BY_JOURNAL, MOVE, COUNT, LIST, LATER, DROP,
	REVIVE, N_STATEMENTS
};
#define ROW "SELECT application_id, slug, email, application.name, words," \
	" verified, state, came_at, journal_id, replaced_by IS NOT NULL" \
	" FROM application JOIN body USING (body_id)"
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[REPLACE] =
	"UPDATE application SET replaced_by = :journal WHERE body_id = :body"
	" AND email = :email AND replaced_by IS NULL AND state = 'received'",
[ADD] =
	"INSERT INTO application (body_id, email, name, words, verified,"
	" came_at, journal_id) VALUES (:body, :email, :name, :words,"
	" :verified, :at, :journal)",
[LOAD] =
	ROW " WHERE application_id = :number",
[BY_JOURNAL] =
	ROW " WHERE journal_id = :journal",
[MOVE] =
	"UPDATE application SET state = :state WHERE application_id = :number",
[COUNT] =
	"SELECT n FROM application_count JOIN body USING (body_id)"
	" WHERE slug = :body",
[LIST] =
	ROW " WHERE :body IS NULL OR slug = :body"
	" ORDER BY application_id LIMIT :limit",
[LATER] =
	"SELECT replaced_by FROM application WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM application WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE application SET replaced_by = :later"
	" WHERE replaced_by = :journal",
};
const struct statements application_statements = { sql, N_STATEMENTS };

const char *
application_state_word(enum application_state state)
{
	return state_words[state];
}

bool
application_may_move(enum application_state from, enum application_state to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to)
			return true;
	return false;
}

enum rc
application_add(struct store *store, const struct application *row,
    int64_t *number, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no body %s", row->body);
	q = query_open(store, OF_APPLICATION, REPLACE);
	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_APPLICATION, ADD);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":name", row->name);
	query_text(&q, ":words", row->words);
	query_int(&q, ":verified", row->verified);
	query_int(&q, ":at", row->came_at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		*number = sqlite3_last_insert_rowid(store->db);
	return rc;
}

static struct application
row_read(struct arena *arena, const struct query *q)
{
	struct application row = {
		.number = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.email = column_text(arena, q, 2),
		.name = column_text(arena, q, 3),
		.words = column_text(arena, q, 4),
		.verified = column_int(q, 5) != 0,
		.came_at = column_int(q, 7),
		.journal_id = column_int(q, 8),
		.replaced = column_int(q, 9) != 0,
	};
	const char *word = column_text(arena, q, 6);

	for (int i = 0; i < APPLICATION_STATES; i++)
		if (strcmp(word, state_words[i]) == 0)
			row.state = (enum application_state)i;
	return row;
}

static enum rc
row_load(struct arena *arena, struct query *q, struct application *row,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = row_read(arena, q);
	query_end(q);
	return RC_OK;
}

enum rc
application_load(struct store *store, struct arena *arena, int64_t number,
    struct application *row, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, LOAD);

	query_int(&q, ":number", number);
	return row_load(arena, &q, row, err);
}

enum rc
application_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct application *row, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_load(arena, &q, row, err);
}

enum rc
application_move(struct store *store, int64_t number,
    enum application_state to, struct err *err)
{
	struct arena *arena = arena_open();
	struct application row;
	struct query q;
	enum rc rc = application_load(store, arena, number, &row, err);

	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (!application_may_move(row.state, to))
		return fail(err, RC_STOP, "application %lld: cannot go from "
		    "%s to %s", (long long)number, state_words[row.state],
		    state_words[to]);
	q = query_open(store, OF_APPLICATION, MOVE);
	query_int(&q, ":number", number);
	query_text(&q, ":state", state_words[to]);
	return query_run(&q, err);
}

enum rc
application_count(struct store *store, const char *body, int64_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, COUNT);

	query_text(&q, ":body", body);
	return query_number(&q, n, 0, err);
}

enum rc
application_list(struct store *store, struct arena *arena, const char *body,
    size_t limit, struct application **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, LIST);
	struct application *list = arena_array(arena, limit + 1, sizeof *list);
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
application_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_APPLICATION, LATER, DROP,
	    REVIVE }, journal_id, err);
}
