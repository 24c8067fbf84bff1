/* SPDX-License-Identifier: MIT */
/* What people say to hearings. */
#include "store/contribution.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

static const char *const role_words[] = {
	[CONTRIBUTION_MEMBER] = "member",
	[CONTRIBUTION_PARTY] = "party",
	[CONTRIBUTION_OTHER] = "other",
};

#define COLUMNS "contribution_id, role, email, name, words, at, mail_id," \
	" journal_id, verified, late"
#define HEARING_ID "(SELECT hearing_id FROM hearing WHERE slug = :hearing)"

enum { HEARING, ADD, REPLACE, LIST, OF_LINE, DROP, REVIVE, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[HEARING] =
	"SELECT count(*) FROM hearing WHERE slug = :hearing",
[ADD] =
	"INSERT INTO contribution (hearing_id, role, email, name, words,"
	" verified, late, at, mail_id, journal_id) VALUES (" HEARING_ID
	", :role, :email, :name, :words, :verified, :late, :at, :mail,"
	" :journal)",
[REPLACE] =
	"UPDATE contribution SET replaced_by = :journal WHERE hearing_id = "
	HEARING_ID " AND email = :email AND replaced_by IS NULL"
	" AND journal_id IS NOT :journal",
[LIST] =
	"SELECT " COLUMNS " FROM contribution WHERE hearing_id = "
	HEARING_ID " AND replaced_by IS NULL ORDER BY contribution_id"
	" LIMIT :limit",
[OF_LINE] =
	"SELECT " COLUMNS " FROM contribution WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM contribution WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE contribution SET replaced_by = NULL"
	" WHERE replaced_by = :journal",
};
const struct statements contribution_statements = { sql, N_STATEMENTS };

enum rc
contribution_add(struct store *store, const struct contribution *row,
    int64_t *contribution_id, struct err *err)
{
	struct query q = query_open(store, OF_CONTRIBUTION, HEARING);
	int64_t there;
	enum rc rc;

	query_text(&q, ":hearing", row->hearing);
	if ((rc = query_number(&q, &there, 0, err)) != RC_OK)
		return rc;
	if (there == 0)
		return fail(err, RC_PARK, "no such hearing");
	q = query_open(store, OF_CONTRIBUTION, ADD);
	query_text(&q, ":hearing", row->hearing);
	query_text(&q, ":role", role_words[row->role]);
	query_text(&q, ":email", row->email);
	query_text(&q, ":name", row->name);
	query_text(&q, ":words", row->words);
	query_int(&q, ":verified", row->verified);
	query_int(&q, ":late", row->late);
	query_int(&q, ":at", row->at);
	if (row->mail_id != 0)
		query_int(&q, ":mail", row->mail_id);
	if (row->journal_id != 0)
		query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK && contribution_id != NULL)
		*contribution_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
contribution_replace(struct store *store, const char *hearing,
    const char *email, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_CONTRIBUTION, REPLACE);

	query_text(&q, ":hearing", hearing);
	query_text(&q, ":email", email);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

static void
row_take(struct query *q, struct arena *arena, const char *hearing,
    struct contribution *row)
{
	const char *role = column_text(arena, q, 1);

	*row = (struct contribution){ .hearing = hearing,
		.contribution_id = column_int(q, 0),
		.role = CONTRIBUTION_OTHER,
		.email = column_text(arena, q, 2),
		.name = column_text(arena, q, 3),
		.words = column_text(arena, q, 4),
		.at = column_int(q, 5), .mail_id = column_int(q, 6),
		.journal_id = column_int(q, 7),
		.verified = column_int(q, 8) != 0,
		.late = column_int(q, 9) != 0 };
	for (int i = 0; i <= CONTRIBUTION_OTHER; i++)
		if (strcmp(role_words[i], role) == 0)
			row->role = (enum contribution_role)i;
}

enum rc
contribution_of_line(struct store *store, struct arena *arena,
    int64_t journal_id, struct contribution *row, struct err *err)
{
	struct query q = query_open(store, OF_CONTRIBUTION, OF_LINE);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_take(&q, arena, NULL, row);
	query_end(&q);
	return RC_OK;
}

enum rc
contribution_list(struct store *store, struct arena *arena,
    const char *hearing, size_t limit, struct contribution **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_CONTRIBUTION, LIST);
	struct contribution *list = arena_array(arena, limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":hearing", hearing);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		row_take(&q, arena, hearing, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
contribution_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_CONTRIBUTION, DROP);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_CONTRIBUTION, REVIVE);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
