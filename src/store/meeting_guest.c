/* SPDX-License-Identifier: MIT */
/* Guests of a meeting: the last word about each counts. */
#include "store/meeting_guest.h"

#include "base/arena.h"
#include "store/db.h"

#define GUESTS_MOST 100	/* of one meeting */

enum { REPLACE, ADD, LIST, INVITED, MOVED, BY_JOURNAL, LATER, DROP, REVIVE,
	N_STATEMENTS };
#define ROW "SELECT guest_id, g.journal_id, slug, email, name, matter," \
	" reply, title, point, from_at, invited_at FROM meeting_guest g" \
	" JOIN meeting USING (meeting_id)"
#define MEETING_ID "(SELECT meeting_id FROM meeting WHERE slug = :meeting)"
static const char *const sql[N_STATEMENTS] = {
[REPLACE] =
	"UPDATE meeting_guest SET replaced_by = :journal"
	" WHERE meeting_id = " MEETING_ID " AND email = :email"
	" AND replaced_by IS NULL",
[ADD] =
	"INSERT INTO meeting_guest (meeting_id, email, name, matter, reply,"
	" title, point, from_at, invited_at, journal_id) VALUES (" MEETING_ID
	", :email, :name, :matter, :reply, :title, nullif(:point, 0),"
	" nullif(:from, 0), nullif(:invited, 0), :journal)",
[LIST] =
	ROW " WHERE slug = :meeting AND replaced_by IS NULL"
	" ORDER BY from_at, guest_id LIMIT :limit",
[INVITED] =
	"UPDATE meeting_guest SET invited_at = :at WHERE guest_id = :guest",
[MOVED] =
	"UPDATE meeting_guest SET from_at = :from, reply = NULL"
	" WHERE guest_id = :guest",
[BY_JOURNAL] =
	ROW " WHERE g.journal_id = :journal",
[LATER] =
	"SELECT replaced_by FROM meeting_guest WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM meeting_guest WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE meeting_guest SET replaced_by = :later"
	" WHERE replaced_by = :journal",
};
const struct statements meeting_guest_statements = { sql, N_STATEMENTS };

static struct meeting_guest
guest_read(struct arena *arena, const struct query *q)
{
	return (struct meeting_guest){
		.guest_id = column_int(q, 0),
		.journal_id = column_int(q, 1),
		.meeting = column_text(arena, q, 2),
		.email = column_text(arena, q, 3),
		.name = column_text(arena, q, 4),
		.matter = column_text(arena, q, 5),
		.reply = column_text(arena, q, 6),
		.title = column_text(arena, q, 7),
		.point = column_int(q, 8),
		.from_at = column_int(q, 9),
		.invited_at = column_int(q, 10),
	};
}

enum rc
meeting_guest_put(struct store *store, const struct meeting_guest *guest,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_GUEST, REPLACE);
	enum rc rc;

	query_int(&q, ":journal", guest->journal_id);
	query_text(&q, ":meeting", guest->meeting);
	query_text(&q, ":email", guest->email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_MEETING_GUEST, ADD);
	query_text(&q, ":meeting", guest->meeting);
	query_text(&q, ":email", guest->email);
	query_text(&q, ":name", guest->name);
	query_text(&q, ":matter", guest->matter);
	query_text(&q, ":reply", guest->reply);
	query_text(&q, ":title", guest->title);
	query_int(&q, ":point", guest->point);
	query_int(&q, ":from", guest->from_at);
	query_int(&q, ":invited", guest->invited_at);
	query_int(&q, ":journal", guest->journal_id);
	return query_run(&q, err);
}

enum rc
meeting_guest_list(struct store *store, struct arena *arena,
    const char *meeting, struct meeting_guest **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_GUEST, LIST);
	struct meeting_guest *list = arena_array(arena, GUESTS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", GUESTS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = guest_read(arena, &q);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
meeting_guest_invited(struct store *store, int64_t guest_id, int64_t at,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_GUEST, INVITED);

	query_int(&q, ":guest", guest_id);
	query_int(&q, ":at", at);
	return query_run(&q, err);
}

enum rc
meeting_guest_moved(struct store *store, int64_t guest_id, int64_t from_at,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_GUEST, MOVED);

	query_int(&q, ":guest", guest_id);
	query_int(&q, ":from", from_at);
	return query_run(&q, err);
}

enum rc
meeting_guest_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct meeting_guest *guest, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_GUEST, BY_JOURNAL);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*guest = guest_read(arena, &q);
	query_end(&q);
	return RC_OK;
}

enum rc
meeting_guest_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_MEETING_GUEST, LATER, DROP,
	    REVIVE }, journal_id, err);
}
