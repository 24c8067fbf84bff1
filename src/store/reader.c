/* SPDX-License-Identifier: MIT */
/* Choices of readers. */
#include "store/reader.h"

#include "base/arena.h"
#include "store/db.h"

enum { LOAD, REPLACE, ADD, LATER, DROP, REVIVE, FORGET, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT text_only, large, language FROM reader"
	" WHERE email = :email AND replaced_by IS NULL",
[REPLACE] =
	"UPDATE reader SET replaced_by = :journal"
	" WHERE email = :email AND replaced_by IS NULL",
[ADD] =
	"INSERT INTO reader (email, text_only, large, language, at,"
	" journal_id) VALUES (:email, :text, :large, :language, :at,"
	" :journal)",
[LATER] =
	"SELECT replaced_by FROM reader WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM reader WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE reader SET replaced_by = :later"
	" WHERE replaced_by = :journal",
[FORGET] =
	"DELETE FROM reader WHERE reader_id IN (SELECT reader_id FROM reader"
	" WHERE at < :before AND (replaced_by IS NOT NULL OR (NOT EXISTS"
	" (SELECT 1 FROM person JOIN place USING (person_id)"
	" WHERE person.email = reader.email AND until_day IS NULL)"
	" AND NOT EXISTS (SELECT 1 FROM subscription"
	" WHERE subscription.email = reader.email"
	" AND subscription.replaced_by IS NULL))) LIMIT :limit)",
};
const struct statements reader_statements = { sql, N_STATEMENTS };

enum rc
reader_load(struct store *store, struct arena *arena, const char *email,
    struct reader_choice *choice, struct err *err)
{
	struct query q = query_open(store, OF_READER, LOAD);
	enum rc rc;

	query_text(&q, ":email", email);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*choice = (struct reader_choice){ column_int(&q, 0) != 0,
		column_int(&q, 1) != 0, column_text(arena, &q, 2) };
	query_end(&q);
	return RC_OK;
}

enum rc
reader_set(struct store *store, const char *email,
    const struct reader_choice *choice, int64_t at, int64_t journal_id,
    struct err *err)
{
	struct query q = query_open(store, OF_READER, REPLACE);
	enum rc rc;

	query_text(&q, ":email", email);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_READER, ADD);
	query_text(&q, ":email", email);
	query_int(&q, ":text", choice->text_only);
	query_int(&q, ":large", choice->large);
	query_text(&q, ":language", choice->language);
	query_int(&q, ":at", at);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
reader_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_READER, LATER, DROP,
	    REVIVE }, journal_id, err);
}

enum rc
reader_forget(struct store *store, int64_t before_at, size_t limit, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_READER, FORGET);
	enum rc rc;

	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = query_run(&q, err)) == RC_OK)
		*n = (size_t)sqlite3_changes(store->db);
	return rc;
}
