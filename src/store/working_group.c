/* SPDX-License-Identifier: MIT */
/* Working groups and who is in them. */
#include "store/working_group.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

#define BODY_ID "(SELECT body_id FROM body WHERE slug = :body)"
#define COLUMNS "SELECT group_id, slug, tag, title, chair_email," \
	" coalesce(letter, ''), state, at, journal_id, coalesce((SELECT" \
	" group_concat(email, ' ') FROM working_group_member AS m" \
	" WHERE m.group_id = working_group.group_id AND left_by IS NULL)," \
	" ''), (SELECT count(*) FROM working_group_member AS m" \
	" WHERE m.group_id = working_group.group_id AND left_by IS NULL)" \
	" FROM working_group JOIN body USING (body_id)"

enum { ADD, LOAD, LIST, IS_IN, JOIN, LEAVE, END, REPORT, REPORT_ADD,
	REPORT_DROP, JOINS_DROP, LEFT_BACK, DROP, ENDED_BACK, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO working_group (body_id, tag, letter, title, chair_email,"
	" state, at, journal_id) SELECT body_id, :tag, :letter, :title,"
	" :chair, 'active', :at, :journal FROM body WHERE slug = :body"
	" AND NOT EXISTS (SELECT 1 FROM working_group AS g WHERE g.body_id ="
	" body.body_id AND g.tag = :tag AND g.state = 'active')",
[LOAD] =
	COLUMNS " WHERE slug = :body AND tag = :tag"
	" ORDER BY state, group_id DESC LIMIT 1",
[LIST] =
	COLUMNS " WHERE :body IS NULL OR slug = :body"
	" ORDER BY state, slug, group_id LIMIT :limit",
[IS_IN] =
	"SELECT 1 FROM working_group_member WHERE group_id = :group"
	" AND email = :email AND left_by IS NULL",
[JOIN] =
	"INSERT INTO working_group_member (group_id, email, at, journal_id)"
	" VALUES (:group, :email, :at, :journal)",
[LEAVE] =
	"UPDATE working_group_member SET left_by = :journal"
	" WHERE group_id = :group AND email = :email AND left_by IS NULL",
[END] =
	"UPDATE working_group SET state = 'ended', ended_by = :journal"
	" WHERE group_id = :group",
[REPORT] =
	"SELECT item_id FROM working_group_report JOIN meeting USING"
	" (meeting_id) JOIN item USING (item_id) WHERE group_id = :group"
	" AND slug = :meeting AND item.state NOT IN ('rejected',"
	" 'withdrawn') ORDER BY item_id DESC LIMIT 1",
[REPORT_ADD] =
	"INSERT INTO working_group_report (group_id, meeting_id, item_id,"
	" journal_id) SELECT :group, meeting_id, :item, :journal"
	" FROM meeting WHERE slug = :meeting",
[REPORT_DROP] =
	"DELETE FROM working_group_report WHERE journal_id = :journal",
[JOINS_DROP] =
	"DELETE FROM working_group_member WHERE journal_id = :journal",
[LEFT_BACK] =
	"UPDATE working_group_member SET left_by = NULL"
	" WHERE left_by = :journal AND NOT EXISTS (SELECT 1"
	" FROM working_group_member AS m WHERE m.group_id ="
	" working_group_member.group_id AND m.email ="
	" working_group_member.email AND m.left_by IS NULL)",
[DROP] =
	"DELETE FROM working_group WHERE journal_id = :journal",
[ENDED_BACK] =
	"UPDATE working_group SET state = 'active', ended_by = NULL"
	" WHERE ended_by = :journal AND NOT EXISTS (SELECT 1"
	" FROM working_group AS g WHERE g.body_id = working_group.body_id"
	" AND g.tag = working_group.tag AND g.state = 'active')",
};
const struct statements group_statements = { sql, N_STATEMENTS };

enum rc
group_add(struct store *store, struct group *row, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, ADD);
	char letter[2] = { row->letter, '\0' };
	enum rc rc;

	query_text(&q, ":body", row->body);
	query_text(&q, ":tag", row->tag);
	query_text(&q, ":letter", row->letter != 0 ? letter : NULL);
	query_text(&q, ":title", row->title);
	query_text(&q, ":chair", row->chair);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (sqlite3_changes(store->db) == 0)
		return fail(err, RC_PARK, "there is such a group, or no such "
		    "body");
	row->group_id = sqlite3_last_insert_rowid(store->db);
	return group_join(store, row, row->chair, row->at, row->journal_id,
	    err);
}

static void
row_read(struct arena *arena, const struct query *q, struct group *row)
{
	*row = (struct group){ .group_id = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.tag = column_text(arena, q, 2),
		.title = column_text(arena, q, 3),
		.chair = column_text(arena, q, 4),
		.letter = column_text(arena, q, 5)[0],
		.at = column_int(q, 7), .journal_id = column_int(q, 8),
		.members = column_text(arena, q, 9),
		.n_members = column_int(q, 10) };
	(void)group_state_read(column_text(arena, q, 6), &row->state);
}

enum rc
group_load(struct store *store, struct arena *arena, const char *body,
    const char *tag, struct group *row, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, LOAD);
	enum rc rc;

	query_text(&q, ":body", body);
	query_text(&q, ":tag", tag);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_read(arena, &q, row);
	query_end(&q);
	return RC_OK;
}

enum rc
group_list(struct store *store, struct arena *arena, const char *body,
    struct group **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, LIST);
	struct group *list = arena_array(arena, GROUPS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", GROUPS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		row_read(arena, &q, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
group_join(struct store *store, const struct group *row, const char *email,
    int64_t at, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, IS_IN);
	int64_t found;
	enum rc rc;

	query_int(&q, ":group", row->group_id);
	query_text(&q, ":email", email);
	if ((rc = query_number(&q, &found, 0, err)) != RC_OK)
		return rc;
	if (found != 0)
		return RC_NONE;
	q = query_open(store, OF_GROUP, JOIN);
	query_int(&q, ":group", row->group_id);
	query_text(&q, ":email", email);
	query_int(&q, ":at", at);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
group_leave(struct store *store, const struct group *row, const char *email,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, LEAVE);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":group", row->group_id);
	query_text(&q, ":email", email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) > 0 ? RC_OK : RC_NONE;
}

enum rc
group_end(struct store *store, const struct group *row, int64_t journal_id,
    struct err *err)
{
	struct query q = query_open(store, OF_GROUP, END);

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":group", row->group_id);
	return query_run(&q, err);
}

enum rc
group_report_load(struct store *store, int64_t group_id,
    const char *meeting, int64_t *item_id, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, REPORT);
	enum rc rc;

	query_int(&q, ":group", group_id);
	query_text(&q, ":meeting", meeting);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*item_id = column_int(&q, 0);
	query_end(&q);
	return RC_OK;
}

enum rc
group_report_add(struct store *store, int64_t group_id, const char *meeting,
    int64_t item_id, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_GROUP, REPORT_ADD);

	query_int(&q, ":group", group_id);
	query_int(&q, ":item", item_id);
	query_int(&q, ":journal", journal_id);
	query_text(&q, ":meeting", meeting);
	return query_run(&q, err);
}

enum rc
group_undo(struct store *store, int64_t journal_id, struct err *err)
{
	static const int all[] = { REPORT_DROP, JOINS_DROP, LEFT_BACK, DROP,
		ENDED_BACK };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == RC_OK;
	    i++) {
		struct query q = query_open(store, OF_GROUP, all[i]);

		query_int(&q, ":journal", journal_id);
		rc = query_run(&q, err);
	}
	return rc;
}
