/* SPDX-License-Identifier: MIT */
/* The lines of what was carried out. */
#include "store/journal.h"

#include "base/arena.h"
#include "store/db.h"

#define LINES_OF_ONE_MAIL 128	/* more actions a mail does not have */

enum { ADD, DROP, ONE, ABOUT, OF_MAIL, LIST, UNDONE, N_STATEMENTS };
#define ROW "SELECT journal_id, at, mail_id, deed, slug, by_email, by_what," \
	" about, label, state = 'undone' FROM journal LEFT JOIN body USING (body_id)"
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO journal (at, mail_id, deed, body_id, by_email, by_what,"
	" about, label) VALUES (:at, :mail, :deed,"
	" (SELECT body_id FROM body WHERE slug = :body), :by, :what, :about,"
	" :label)",
[DROP] =
	"DELETE FROM journal WHERE journal_id = :journal",
[ABOUT] =
	"UPDATE journal SET about = :about, label = :label, body_id ="
	" (SELECT body_id FROM body WHERE slug = :body)"
	" WHERE journal_id = :journal",
[ONE] =
	ROW " WHERE journal_id = :journal LIMIT :limit",
[OF_MAIL] =
	ROW " WHERE mail_id = :mail ORDER BY journal_id DESC LIMIT :limit",
[LIST] =
	ROW " ORDER BY journal_id DESC LIMIT :limit",
[UNDONE] =
	"UPDATE journal SET state = 'undone', undone_at = :at,"
	" undone_by = :mail, label = NULL"
	" WHERE journal_id = :journal AND state = 'done'",
};
const struct statements journal_statements = { sql, N_STATEMENTS };

enum rc
journal_add(struct store *store, const struct journal_row *row,
    int64_t *journal_id, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, ADD);
	enum rc rc;

	query_int(&q, ":at", row->at);
	if (row->mail_id != 0)
		query_int(&q, ":mail", row->mail_id);
	query_text(&q, ":deed", row->deed);
	query_text(&q, ":body", row->body);
	query_text(&q, ":by", row->by);
	query_text(&q, ":what", row->by_what);
	query_text(&q, ":about", row->about);
	query_text(&q, ":label", row->label);
	if ((rc = query_run(&q, err)) == RC_OK)
		*journal_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
journal_drop(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, DROP);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
journal_about(struct store *store, int64_t journal_id, const char *body,
    const char *about, const char *label, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, ABOUT);

	query_int(&q, ":journal", journal_id);
	query_text(&q, ":body", body);
	query_text(&q, ":about", about);
	query_text(&q, ":label", label);
	return query_run(&q, err);
}

static enum rc
rows_read(struct arena *arena, struct query *q, size_t limit,
    struct journal_row **rows, size_t *n, struct err *err)
{
	struct journal_row *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", (int64_t)limit);
	while ((rc = query_row(q, err)) == RC_OK)
		list[count++] = (struct journal_row){
			.journal_id = column_int(q, 0),
			.at = column_int(q, 1),
			.mail_id = column_int(q, 2),
			.deed = column_text(arena, q, 3),
			.body = column_text(arena, q, 4),
			.by = column_text(arena, q, 5),
			.by_what = column_text(arena, q, 6),
			.about = column_text(arena, q, 7),
			.label = column_text(arena, q, 8),
			.undone = column_int(q, 9) != 0,
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
journal_of_mail(struct store *store, struct arena *arena, int64_t mail_id,
    struct journal_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, OF_MAIL);

	query_int(&q, ":mail", mail_id);
	return rows_read(arena, &q, LINES_OF_ONE_MAIL, rows, n, err);
}

enum rc
journal_load(struct store *store, struct arena *arena, int64_t journal_id,
    struct journal_row *row, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, ONE);
	struct journal_row *rows;
	size_t n;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = rows_read(arena, &q, 1, &rows, &n, err)) != RC_OK)
		return rc;
	if (n == 0)
		return RC_NONE;
	*row = rows[0];
	return RC_OK;
}

enum rc
journal_list(struct store *store, struct arena *arena, size_t limit,
    struct journal_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, LIST);

	return rows_read(arena, &q, limit, rows, n, err);
}

enum rc
journal_undone(struct store *store, int64_t journal_id, int64_t at,
    int64_t by_mail_id, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL, UNDONE);

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":at", at);
	if (by_mail_id != 0)
		query_int(&q, ":mail", by_mail_id);
	return query_run(&q, err);
}
