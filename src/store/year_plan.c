/* SPDX-License-Identifier: MIT */
/* A proposal per body and year. */
#include "store/year_plan.h"

#include "base/arena.h"
#include "store/db.h"

enum { LOAD, PUT, TAKEN, N_STATEMENTS };
#define BODY_ID "(SELECT body_id FROM body WHERE slug = :body)"
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT words, made_at, taken_by FROM year_plan"
	" WHERE body_id = " BODY_ID " AND year = :year",
[PUT] =
	"INSERT INTO year_plan (body_id, year, words, made_at)"
	" VALUES (" BODY_ID ", :year, :words, :now)"
	" ON CONFLICT (body_id, year) DO UPDATE SET words = excluded.words,"
	" made_at = excluded.made_at",
[TAKEN] =
	"UPDATE year_plan SET taken_by = nullif(:journal, 0)"
	" WHERE body_id = " BODY_ID " AND year = :year",
};
const struct statements year_plan_statements = { sql, N_STATEMENTS };

enum rc
year_plan_load(struct store *store, struct arena *arena, const char *body,
    int year, struct year_plan_row *row, struct err *err)
{
	struct query q = query_open(store, OF_YEAR_PLAN, LOAD);
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":year", year);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = (struct year_plan_row){ column_text(arena, &q, 0),
		column_int(&q, 1), column_int(&q, 2) };
	query_end(&q);
	return RC_OK;
}

enum rc
year_plan_put(struct store *store, const char *body, int year,
    const char *words, int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_YEAR_PLAN, PUT);

	query_text(&q, ":body", body);
	query_int(&q, ":year", year);
	query_text(&q, ":words", words);
	query_int(&q, ":now", now_at);
	return query_run(&q, err);
}

enum rc
year_plan_taken(struct store *store, const char *body, int year,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_YEAR_PLAN, TAKEN);

	query_text(&q, ":body", body);
	query_int(&q, ":year", year);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
