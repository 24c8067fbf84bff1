/* SPDX-License-Identifier: MIT */
/* Versions of a council's answer to a hearing. */
#include "base/arena.h"
#include "store/contribution.h"
#include "store/db.h"

enum { LOAD, NEXT, ADD, OF_LINE, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT draft_id, version, words, note, made_at, mail_id, journal_id"
	" FROM hearing_draft WHERE hearing_id = :hearing"
	" ORDER BY version DESC LIMIT 1",
[NEXT] =
	"SELECT 1 + max(version) FROM hearing_draft"
	" WHERE hearing_id = :hearing",
[ADD] =
	"INSERT INTO hearing_draft (hearing_id, version, words, note, made_at,"
	" mail_id, journal_id) VALUES (:hearing, :version, :words, :note,"
	" :made, :mail, :journal)",
[OF_LINE] =
	"SELECT hearing_id, draft_id FROM hearing_draft"
	" WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM hearing_draft WHERE journal_id = :journal",
};
const struct statements hearing_draft_statements = { sql, N_STATEMENTS };

enum rc
hearing_draft_load(struct store *store, struct arena *arena,
    int64_t hearing_id, struct hearing_draft *row, struct err *err)
{
	struct query q = query_open(store, OF_HEARING_DRAFT, LOAD);
	enum rc rc;

	query_int(&q, ":hearing", hearing_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = (struct hearing_draft){ .hearing_id = hearing_id,
		.draft_id = column_int(&q, 0), .version = column_int(&q, 1),
		.words = column_text(arena, &q, 2),
		.note = column_text(arena, &q, 3),
		.made_at = column_int(&q, 4), .mail_id = column_int(&q, 5),
		.journal_id = column_int(&q, 6) };
	query_end(&q);
	return RC_OK;
}

enum rc
hearing_draft_add(struct store *store, struct hearing_draft *row,
    struct err *err)
{
	struct query q = query_open(store, OF_HEARING_DRAFT, NEXT);
	enum rc rc;

	query_int(&q, ":hearing", row->hearing_id);
	if ((rc = query_number(&q, &row->version, 1, err)) != RC_OK)
		return rc;
	if (row->version == 0)
		row->version = 1;	/* max of nothing is NULL */
	q = query_open(store, OF_HEARING_DRAFT, ADD);
	query_int(&q, ":hearing", row->hearing_id);
	query_int(&q, ":version", row->version);
	query_text(&q, ":words", row->words);
	query_text(&q, ":note", row->note);
	query_int(&q, ":made", row->made_at);
	if (row->mail_id != 0)
		query_int(&q, ":mail", row->mail_id);
	if (row->journal_id != 0)
		query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		row->draft_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
hearing_draft_of_line(struct store *store, int64_t journal_id,
    int64_t *hearing_id, int64_t *draft_id, struct err *err)
{
	struct query q = query_open(store, OF_HEARING_DRAFT, OF_LINE);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*hearing_id = column_int(&q, 0);
	*draft_id = column_int(&q, 1);
	query_end(&q);
	return RC_OK;
}

enum rc
hearing_draft_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_HEARING_DRAFT, DROP);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
