/* SPDX-License-Identifier: MIT */
/* People on file, by address. */
#include "store/person.h"

#include "base/arena.h"
#include "store/db.h"

enum { LOAD, UNREACHABLE, PAUSE, REACHED, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT person_id, email, name, phone, unreachable_at, unreachable_n,"
	" unreachable_told_at FROM person WHERE email = :email",
[UNREACHABLE] =
	"UPDATE person SET unreachable_n = unreachable_n + 1,"
	" unreachable_at = coalesce(unreachable_at, :at)"
	" WHERE email = :email",
[PAUSE] =
	"UPDATE person SET unreachable_told_at = :at"
	" WHERE email = :email AND unreachable_told_at IS NULL"
	" AND unreachable_n >= 2 AND unreachable_at <= :before",
[REACHED] =
	"UPDATE person SET unreachable_n = 0, unreachable_at = NULL,"
	" unreachable_told_at = NULL"
	" WHERE email = :email AND unreachable_n > 0",
};
const struct statements person_statements = { sql, N_STATEMENTS };

enum rc
person_load(struct store *store, struct arena *arena, const char *email,
    struct person *row, struct err *err)
{
	struct query q = query_open(store, OF_PERSON, LOAD);
	enum rc rc;

	query_text(&q, ":email", email);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = (struct person){
		.person_id = column_int(&q, 0),
		.email = column_text(arena, &q, 1),
		.name = column_text(arena, &q, 2),
		.phone = column_text(arena, &q, 3),
		.unreachable_at = column_int(&q, 4),
		.unreachable_n = column_int(&q, 5),
		.paused_at = column_int(&q, 6),
	};
	query_end(&q);
	return RC_OK;
}

enum rc
person_unreachable(struct store *store, const char *email, int64_t at,
    struct err *err)
{
	struct query q = query_open(store, OF_PERSON, UNREACHABLE);
	enum rc rc;

	query_text(&q, ":email", email);
	query_int(&q, ":at", at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) == 0 ? RC_NONE : RC_OK;
}

enum rc
person_pause(struct store *store, const char *email, int64_t at,
    struct err *err)
{
	struct query q = query_open(store, OF_PERSON, PAUSE);
	enum rc rc;

	query_text(&q, ":email", email);
	query_int(&q, ":at", at);
	query_int(&q, ":before", at - PERSON_PAUSE_S);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) == 0 ? RC_NONE : RC_OK;
}

enum rc
person_reached(struct store *store, const char *email, struct err *err)
{
	struct query q = query_open(store, OF_PERSON, REACHED);

	enum rc rc;

	query_text(&q, ":email", email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) == 0 ? RC_NONE : RC_OK;
}
