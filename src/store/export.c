/* SPDX-License-Identifier: MIT */
/* Reads what a meeting's folder holds beside its agenda and minutes. */
#include "store/export.h"

#include "base/arena.h"
#include "store/db.h"

enum { LETTERS, MAILS, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
/* sent */
[LETTERS] =
	"SELECT letter_id, made_at, kind, subject, raw, text FROM letter"
	" JOIN letter_raw USING (letter_id) WHERE ref = :meeting"
	" AND state = 3 ORDER BY letter_id LIMIT :limit",
[MAILS] =
	"SELECT mail.mail_id, came_at, min(deed), subject, raw, NULL"
	" FROM journal JOIN mail USING (mail_id) JOIN mail_raw USING (mail_id)"
	" WHERE about = :meeting AND journal.state = 'done' AND deed NOT IN"
	" ('absence', 'attendance', 'tentative', 'substitute', 'guest-reply')"
	" AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.mail_id ="
	" mail.mail_id AND j.deed IN ('absence', 'attendance', 'tentative',"
	" 'substitute')) GROUP BY mail.mail_id ORDER BY mail.mail_id"
	" LIMIT :limit",
};
const struct statements export_statements = { sql, N_STATEMENTS };

static enum rc
rows_load(struct store *store, struct arena *arena, int which,
    const char *meeting, size_t limit, struct export_row **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_EXPORT, which);
	struct export_row *list = arena_array(arena, limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct export_row){
			.id = column_int(&q, 0),
			.at = column_int(&q, 1),
			.what = column_text(arena, &q, 2),
			.subject = column_text(arena, &q, 3),
			.raw = column_bytes(arena, &q, 4),
			.text = column_text(arena, &q, 5) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
export_letters(struct store *store, struct arena *arena, const char *meeting,
    size_t limit, struct export_row **rows, size_t *n, struct err *err)
{
	return rows_load(store, arena, LETTERS, meeting, limit, rows, n,
	    err);
}

enum rc
export_mails(struct store *store, struct arena *arena, const char *meeting,
    size_t limit, struct export_row **rows, size_t *n, struct err *err)
{
	return rows_load(store, arena, MAILS, meeting, limit, rows, n, err);
}
