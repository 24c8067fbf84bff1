/* SPDX-License-Identifier: MIT */
/* Due dates that are over. */
#include "store/due.h"

#include "store/db.h"

enum { HAS, WHEN, SET, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[HAS] =
	"SELECT count(*) FROM due_done WHERE key = :key",
[WHEN] =
	"SELECT at FROM due_done WHERE key = :key AND outcome = 'done'",
[SET] =
	"INSERT INTO due_done (key, at, outcome) VALUES (:key, :at,"
	" :outcome)",
};
const struct statements due_statements = { sql, N_STATEMENTS };

enum rc
due_is_done(struct store *store, const char *key, bool *done,
    struct err *err)
{
	struct query q = query_open(store, OF_DUE, HAS);
	int64_t n;
	enum rc rc;

	query_text(&q, ":key", key);
	if ((rc = query_number(&q, &n, 0, err)) == RC_OK)
		*done = n > 0;
	return rc;
}

enum rc
due_done_at(struct store *store, const char *key, int64_t *at,
    struct err *err)
{
	struct query q = query_open(store, OF_DUE, WHEN);
	int64_t when;
	enum rc rc;

	query_text(&q, ":key", key);
	if ((rc = query_number(&q, &when, 0, err)) != RC_OK)
		return rc;
	if (when == 0)
		return RC_NONE;
	*at = when;
	return RC_OK;
}

enum rc
due_set(struct store *store, const char *key, int64_t at,
    enum due_outcome outcome, struct err *err)
{
	static const char *const words[] = { [DUE_DONE] = "done",
		[DUE_PASSED] = "passed", [DUE_FAILED] = "failed" };
	struct query q = query_open(store, OF_DUE, SET);

	query_text(&q, ":key", key);
	query_int(&q, ":at", at);
	query_text(&q, ":outcome", words[outcome]);
	return query_run(&q, err);
}
