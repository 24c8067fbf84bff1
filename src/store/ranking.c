/* SPDX-License-Identifier: MIT */
/* The members' orders of a body's topics. */
#include "store/ranking.h"

#include "base/arena.h"
#include "store/db.h"

enum { BODY, REPLACE, ADD, LIST, OF_THE_ROUND, LATER, DROP, REVIVE, COUNTED,
	FORGET,
	N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[REPLACE] =
	"UPDATE ranking SET replaced_by = :journal WHERE body_id = :body"
	" AND email = :email AND replaced_by IS NULL",
[ADD] =
	"INSERT INTO ranking (body_id, email, letters, at, journal_id,"
	" round_id) VALUES (:body, :email, :letters, :at, :journal,"
	" (SELECT round_id FROM ranking_round AS r WHERE r.body_id = :body"
	" AND r.state = 'open'))",
[LIST] =
	"SELECT email, letters, at, journal_id FROM ranking"
	" JOIN body USING (body_id) WHERE slug = :body"
	" AND replaced_by IS NULL ORDER BY email LIMIT :limit",
[OF_THE_ROUND] =
	"SELECT email, letters, at, journal_id FROM ranking"
	" WHERE round_id = :round AND replaced_by IS NULL ORDER BY email"
	" LIMIT :limit",
[LATER] =
	"SELECT replaced_by FROM ranking WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM ranking WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE ranking SET replaced_by = :later WHERE replaced_by = :journal",
[COUNTED] =
	"SELECT count(*) FROM ranking JOIN ranking_round USING (round_id)"
	" WHERE ranking.journal_id = :journal AND state = 'counted'",
[FORGET] =
	"DELETE FROM ranking WHERE ranking_id IN (SELECT ranking_id"
	" FROM ranking LEFT JOIN ranking_round USING (round_id)"
	" WHERE (ended_at < :ended) OR (round_id IS NULL AND at < :loose)"
	" LIMIT :limit)",
};
const struct statements ranking_statements = { sql, N_STATEMENTS };

enum rc
ranking_set(struct store *store, const struct ranking *row, struct err *err)
{
	struct query q = query_open(store, OF_RANKING, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no such body");
	q = query_open(store, OF_RANKING, REPLACE);
	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_RANKING, ADD);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":letters", row->letters);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	return query_run(&q, err);
}

static enum rc
rows_read(struct arena *arena, struct query *q, size_t limit,
    struct ranking **rows, size_t *n, struct err *err)
{
	struct ranking *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", (int64_t)limit);
	while ((rc = query_row(q, err)) == RC_OK)
		list[count++] = (struct ranking){
			.email = column_text(arena, q, 0),
			.letters = column_text(arena, q, 1),
			.at = column_int(q, 2),
			.journal_id = column_int(q, 3),
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
ranking_list(struct store *store, struct arena *arena, const char *body,
    size_t limit, struct ranking **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RANKING, LIST);

	query_text(&q, ":body", body);
	return rows_read(arena, &q, limit, rows, n, err);
}

enum rc
ranking_of_round(struct store *store, struct arena *arena, int64_t round_id,
    size_t limit, struct ranking **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RANKING, OF_THE_ROUND);

	query_int(&q, ":round", round_id);
	return rows_read(arena, &q, limit, rows, n, err);
}

enum rc
ranking_counted(struct store *store, int64_t journal_id, bool *counted,
    struct err *err)
{
	struct query q = query_open(store, OF_RANKING, COUNTED);
	int64_t n = 0;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_number(&q, &n, 0, err)) == RC_OK)
		*counted = n > 0;
	return rc;
}

enum rc
ranking_forget(struct store *store, int64_t ended_before_at,
    int64_t loose_before_at, size_t limit, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RANKING, FORGET);
	enum rc rc;

	query_int(&q, ":ended", ended_before_at);
	query_int(&q, ":loose", loose_before_at);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = query_run(&q, err)) == RC_OK)
		*n = (size_t)sqlite3_changes(store->db);
	return rc;
}

enum rc
ranking_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_RANKING, LATER, DROP,
	    REVIVE }, journal_id, err);
}
