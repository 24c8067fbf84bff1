/* SPDX-License-Identifier: MIT */
/* Who comes to a meeting: the last answer of each counts. */
#include "store/attendance.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

#define PEOPLE_MOST 1000	/* of one meeting */

static const char *const reply_words[] = {
	[REPLY_ABSENT] = "absent",
	[REPLY_COMES] = "comes",
	[REPLY_TENTATIVE] = "tentative",
};

enum { MEETING, REPLACE, ADD, LIST, ONE, LATER, DROP, REVIVE, N_STATEMENTS };
/* «said for her»: the line of the journal has another's address */
#define ROW "SELECT email, reply, substitute, attendance.at, journal_id," \
	" CASE WHEN by_email <> email THEN by_email END, meeting.slug" \
	" FROM attendance JOIN meeting USING (meeting_id)" \
	" JOIN journal USING (journal_id)"
static const char *const sql[N_STATEMENTS] = {
[MEETING] =
	/* the parts of a joint meeting share the answers */
	"SELECT coalesce(host_id, meeting_id) FROM meeting"
	" WHERE slug = :meeting",
[REPLACE] =
	"UPDATE attendance SET replaced_by = :journal"
	" WHERE meeting_id = :meeting AND email = :email"
	" AND replaced_by IS NULL",
[ADD] =
	"INSERT INTO attendance (meeting_id, email, reply, substitute, at,"
	" journal_id) VALUES (:meeting, :email, :reply, :substitute, :at,"
	" :journal)",
[LIST] =
	ROW " WHERE slug = :meeting"
	" AND replaced_by IS NULL ORDER BY email LIMIT :limit",
[ONE] =
	ROW " WHERE journal_id = :journal",
[LATER] =
	"SELECT replaced_by FROM attendance WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM attendance WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE attendance SET replaced_by = :later"
	" WHERE replaced_by = :journal",
};
const struct statements attendance_statements = { sql, N_STATEMENTS };

enum rc
attendance_set(struct store *store, const struct attendance *row,
    struct err *err)
{
	struct query q = query_open(store, OF_ATTENDANCE, MEETING);
	int64_t meeting_id;
	enum rc rc;

	query_text(&q, ":meeting", row->meeting);
	if ((rc = query_number(&q, &meeting_id, 0, err)) != RC_OK)
		return rc;
	if (meeting_id == 0)
		return fail(err, RC_PARK, "no such meeting");
	q = query_open(store, OF_ATTENDANCE, REPLACE);
	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":meeting", meeting_id);
	query_text(&q, ":email", row->email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_ATTENDANCE, ADD);
	query_int(&q, ":meeting", meeting_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":reply", reply_words[row->reply]);
	query_text(&q, ":substitute", row->substitute);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	return query_run(&q, err);
}

static void
row_read(struct arena *arena, struct query *q, struct attendance *row)
{
	const char *word = column_text(arena, q, 1);

	*row = (struct attendance){
		.email = column_text(arena, q, 0),
		.reply = strcmp(word, "absent") == 0 ? REPLY_ABSENT :
		    strcmp(word, "comes") == 0 ? REPLY_COMES :
		    REPLY_TENTATIVE,
		.substitute = column_text(arena, q, 2),
		.at = column_int(q, 3),
		.journal_id = column_int(q, 4),
		.by = column_text(arena, q, 5),
		.meeting = column_text(arena, q, 6),
	};
}

enum rc
attendance_list(struct store *store, struct arena *arena, const char *meeting,
    struct attendance **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_ATTENDANCE, LIST);
	struct attendance *list = arena_array(arena, PEOPLE_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", PEOPLE_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		row_read(arena, &q, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
attendance_load(struct store *store, struct arena *arena, int64_t journal_id,
    struct attendance *row, struct err *err)
{
	struct query q = query_open(store, OF_ATTENDANCE, ONE);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_read(arena, &q, row);
	query_end(&q);
	return RC_OK;
}

enum rc
attendance_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_ATTENDANCE, LATER, DROP,
	    REVIVE }, journal_id, err);
}
