/* SPDX-License-Identifier: MIT */
/* The public lists. */
#include "store/subscription.h"

#include "base/arena.h"
#include "store/db.h"

enum { BODY, ADD, END, LIST, LATER, DROP, REVIVE, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[ADD] =
	"INSERT INTO subscription (body_id, email, at, journal_id)"
	" SELECT :body, :email, :at, :journal WHERE NOT EXISTS (SELECT 1"
	" FROM subscription WHERE body_id = :body AND email = :email"
	" AND replaced_by IS NULL)",
[END] =
	"UPDATE subscription SET replaced_by = :journal"
	" WHERE body_id = :body AND email = :email AND replaced_by IS NULL",
[LIST] =
	"SELECT email, at, journal_id FROM subscription"
	" JOIN body USING (body_id) WHERE slug = :body"
	" AND replaced_by IS NULL ORDER BY email LIMIT :limit",
[LATER] =
	"SELECT replaced_by FROM subscription WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM subscription WHERE journal_id = :journal",
[REVIVE] =	/* unless the address is on the list again by now */
	"UPDATE subscription AS s SET replaced_by = :later"
	" WHERE replaced_by = :journal AND NOT EXISTS (SELECT 1"
	" FROM subscription AS o WHERE o.body_id = s.body_id"
	" AND o.email = s.email AND o.replaced_by IS NULL)",
};
const struct statements subscription_statements = { sql, N_STATEMENTS };

static enum rc
change(struct store *store, int which, const struct subscription *row,
    struct err *err)
{
	struct query q = query_open(store, OF_SUBSCRIPTION, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no such body");
	q = query_open(store, OF_SUBSCRIPTION, which);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	query_int(&q, ":journal", row->journal_id);
	if (which == ADD)
		query_int(&q, ":at", row->at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) == 0 ? RC_NONE : RC_OK;
}

enum rc
subscription_start(struct store *store, const struct subscription *row,
    struct err *err)
{
	return change(store, ADD, row, err);
}

enum rc
subscription_end(struct store *store, const struct subscription *row,
    struct err *err)
{
	return change(store, END, row, err);
}

enum rc
subscription_list(struct store *store, struct arena *arena, const char *body,
    size_t limit, struct subscription **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_SUBSCRIPTION, LIST);
	struct subscription *list = arena_array(arena, limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct subscription){
			.body = body,
			.email = column_text(arena, &q, 0),
			.at = column_int(&q, 1),
			.journal_id = column_int(&q, 2),
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
subscription_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_SUBSCRIPTION, LATER, DROP,
	    REVIVE }, journal_id, err);
}
