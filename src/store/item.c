/* SPDX-License-Identifier: MIT */
/* Points for an agenda, and ideas. */
#include "store/item.h"

#include "base/arena.h"
#include "store/db.h"

enum { BODY, MEETING, ADD, LIST, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :meeting",
[ADD] =
	"INSERT INTO item (body_id, meeting_id, title, words, by_email,"
	" state, at, journal_id) VALUES (:body, :meeting, :title, :words,"
	" :by, CASE WHEN :accepted THEN 'accepted' ELSE 'proposed' END, :at,"
	" :journal)",
[LIST] =
	"SELECT item_id, body.slug, meeting.slug, title, words, by_email,"
	" item.state = 'accepted', at, journal_id FROM item"
	" JOIN body ON body.body_id = item.body_id"
	" LEFT JOIN meeting ON meeting.meeting_id = item.meeting_id"
	" WHERE body.slug = :body AND meeting.slug IS :meeting"
	" ORDER BY item_id LIMIT :limit",
[DROP] =
	"DELETE FROM item WHERE journal_id = :journal",
};
const struct statements item_statements = { sql, N_STATEMENTS };

enum rc
item_add(struct store *store, const struct item *row, int64_t *number,
    struct err *err)
{
	struct query q = query_open(store, OF_ITEM, BODY);
	int64_t body_id, meeting_id = 0;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (row->meeting != NULL) {
		q = query_open(store, OF_ITEM, MEETING);
		query_text(&q, ":meeting", row->meeting);
		rc = query_number(&q, &meeting_id, 0, err);
	}
	if (rc != RC_OK)
		return rc;
	if (body_id == 0 || (row->meeting != NULL && meeting_id == 0))
		return fail(err, RC_PARK, "no such body or meeting");
	q = query_open(store, OF_ITEM, ADD);
	query_int(&q, ":body", body_id);
	if (meeting_id != 0)
		query_int(&q, ":meeting", meeting_id);
	query_text(&q, ":title", row->title);
	query_text(&q, ":words", row->words);
	query_text(&q, ":by", row->by);
	query_int(&q, ":accepted", row->accepted != 0);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		*number = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
item_list(struct store *store, struct arena *arena, const char *body,
    const char *meeting, size_t limit, struct item **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_ITEM, LIST);
	struct item *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct item){
			.number = column_int(&q, 0),
			.body = column_text(arena, &q, 1),
			.meeting = column_text(arena, &q, 2),
			.title = column_text(arena, &q, 3),
			.words = column_text(arena, &q, 4),
			.by = column_text(arena, &q, 5),
			.accepted = column_int(&q, 6) != 0,
			.at = column_int(&q, 7),
			.journal_id = column_int(&q, 8),
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
item_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_ITEM, DROP);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
