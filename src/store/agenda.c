/* SPDX-License-Identifier: MIT */
/* Versions of an agenda. Nobody reads points but through a view. */
#include "store/agenda.h"

#include "base/arena.h"
#include "store/db.h"
#include "store/passage.h"

#define POINTS_MOST 200

#define COLUMNS "agenda_id, version, agenda.state, made_at, note, send_at," \
	" agenda.journal_id, mail_id, released_by, recalled"
#define POINTS(view) \
	"SELECT title, words, by_name, item_id, citizen, closed, reason," \
	" origin FROM " view \
	" WHERE agenda_id = :agenda ORDER BY number LIMIT :limit"

enum { LOAD, MAILED, MEMBERS, PUBLIC, MEETING, NEXT, ADD, ADD_POINT, MOVE, DROP_POINTS,
	DROP, BY_JOURNAL, SEEN, RECALLED, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT " COLUMNS " FROM agenda JOIN meeting USING (meeting_id)"
	" LEFT JOIN journal ON journal.journal_id = agenda.journal_id"
	" WHERE meeting.slug = :meeting ORDER BY version DESC LIMIT 1",
[MAILED] =
	"SELECT " COLUMNS " FROM agenda JOIN meeting USING (meeting_id)"
	" LEFT JOIN journal ON journal.journal_id = agenda.journal_id"
	" WHERE meeting.slug = :meeting AND agenda.state = 'mailed'"
	" ORDER BY version DESC LIMIT 1",
[MEMBERS] = POINTS("agenda_for_members"),
[PUBLIC] = POINTS("agenda_for_public"),
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :meeting",
[NEXT] =
	"SELECT 1 + max(version) FROM agenda WHERE meeting_id = :meeting",
[ADD] =
	"INSERT INTO agenda (meeting_id, version, made_at, note, journal_id)"
	" VALUES (:meeting, :version, :now, :note, :journal)",
[ADD_POINT] =
	"INSERT INTO agenda_point (agenda_id, number, title, words, by_name,"
	" item_id, citizen, closed, reason, origin) VALUES (:agenda, :number,"
	" :title, :words, :by, :item, :citizen, :closed, :reason, :origin)",
[MOVE] =
	"UPDATE agenda SET state = :state, send_at = :send,"
	" released_by = :journal WHERE agenda_id = :agenda",
[DROP_POINTS] =
	"DELETE FROM agenda_point WHERE agenda_id IN"
	" (SELECT agenda_id FROM agenda WHERE journal_id = :journal)",
[DROP] =
	"DELETE FROM agenda WHERE journal_id = :journal",
[RECALLED] =
	"UPDATE agenda SET recalled = :n WHERE agenda_id = :agenda",
[SEEN] =
	"SELECT DISTINCT item_id FROM agenda_point JOIN agenda USING"
	" (agenda_id) JOIN meeting USING (meeting_id) WHERE meeting.slug ="
	" :meeting AND item_id IS NOT NULL ORDER BY item_id LIMIT :limit",
[BY_JOURNAL] =
	"SELECT " COLUMNS ", meeting.slug FROM agenda"
	" JOIN meeting USING (meeting_id)"
	" LEFT JOIN journal ON journal.journal_id = agenda.journal_id"
	" WHERE agenda.journal_id = :journal OR released_by = :journal"
	" ORDER BY version DESC LIMIT 1",
};
const struct statements agenda_statements = { sql, N_STATEMENTS };

static enum rc
row_read(struct query *q, struct arena *arena, struct agenda_row *row,
    const char **meeting, struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = (struct agenda_row){ .agenda_id = column_int(q, 0),
		.version = column_int(q, 1), .made_at = column_int(q, 3),
		.note = column_text(arena, q, 4),
		.send_at = column_int(q, 5), .journal_id = column_int(q, 6),
		.mail_id = column_int(q, 7), .released_by = column_int(q, 8),
		.recalled = column_int(q, 9) };
	(void)agenda_state_read(column_text(arena, q, 2), &row->state);
	if (meeting != NULL)
		*meeting = column_text(arena, q, 10);
	query_end(q);
	return RC_OK;
}

enum rc
agenda_load(struct store *store, struct arena *arena, const char *meeting,
    struct agenda_row *row, struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, LOAD);

	query_text(&q, ":meeting", meeting);
	return row_read(&q, arena, row, NULL, err);
}

enum rc
agenda_load_mailed(struct store *store, struct arena *arena,
    const char *meeting, struct agenda_row *row, struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, MAILED);

	query_text(&q, ":meeting", meeting);
	return row_read(&q, arena, row, NULL, err);
}

enum rc
agenda_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, const char **meeting, struct agenda_row *row,
    struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_read(&q, arena, row, meeting, err);
}

enum rc
agenda_points(struct store *store, struct arena *arena, int64_t agenda_id,
    enum audience audience, struct agenda *agenda, struct err *err)
{
	struct query q;
	struct agenda a = { arena_array(arena, POINTS_MOST + 1,
	    sizeof *a.points), 0 };
	enum rc rc;

	if (audience == AUDIENCE_NONE)
		return fail(err, RC_STOP, "an agenda for nobody");
	q = query_open(store, OF_AGENDA, audience == AUDIENCE_MEMBERS ?
	    MEMBERS : PUBLIC);
	query_int(&q, ":agenda", agenda_id);
	query_int(&q, ":limit", POINTS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		a.points[a.n++] = (struct agenda_point){
			.title = column_text(arena, &q, 0),
			.words = column_text(arena, &q, 1),
			.by = column_text(arena, &q, 2),
			.item_id = column_int(&q, 3),
			.citizen = column_int(&q, 4) != 0,
			.closed = column_int(&q, 5) != 0,
			.reason = column_text(arena, &q, 6),
			.origin = column_text(arena, &q, 7),
		};
	if (rc != RC_NONE)
		return rc;
	for (size_t i = 0; i < a.n; i++)
		a.points[i].was = i + 1;
	*agenda = a;
	return RC_OK;
}

static enum rc
point_add(struct store *store, int64_t agenda_id, size_t number,
    const struct agenda_point *p, struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, ADD_POINT);

	query_int(&q, ":agenda", agenda_id);
	query_int(&q, ":number", (int64_t)number);
	query_text(&q, ":title", p->title);
	query_text(&q, ":words", p->words);
	query_text(&q, ":by", p->by);
	if (p->item_id != 0)
		query_int(&q, ":item", p->item_id);
	query_int(&q, ":citizen", p->citizen);
	query_int(&q, ":closed", p->closed);
	query_text(&q, ":reason", p->closed ? p->reason : NULL);
	query_text(&q, ":origin", p->origin);
	return query_run(&q, err);
}

enum rc
agenda_add(struct store *store, const char *meeting,
    const struct agenda *agenda, int64_t now_at, struct agenda_row *row,
    struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, MEETING);
	int64_t meeting_id;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	if ((rc = query_number(&q, &meeting_id, 0, err)) != RC_OK)
		return rc;
	if (meeting_id == 0)
		return fail(err, RC_PARK, "no such meeting");
	q = query_open(store, OF_AGENDA, NEXT);
	query_int(&q, ":meeting", meeting_id);
	if ((rc = query_number(&q, &row->version, 1, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_AGENDA, ADD);
	query_int(&q, ":meeting", meeting_id);
	query_int(&q, ":version", row->version);
	query_int(&q, ":now", now_at);
	query_text(&q, ":note", row->note);
	if (row->journal_id != 0)
		query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->agenda_id = sqlite3_last_insert_rowid(store->db);
	row->state = AGENDA_DRAFT;
	row->made_at = now_at;
	for (size_t i = 0; i < agenda->n && rc == RC_OK; i++)
		rc = point_add(store, row->agenda_id, i + 1,
		    &agenda->points[i], err);
	return rc;
}

enum rc
agenda_move(struct store *store, const struct agenda_row *row,
    enum agenda_act act, int64_t send_at, int64_t journal_id,
    struct err *err)
{
	struct query q;
	enum agenda_state to;
	enum rc rc;

	if (!agenda_may(row->state, act, &to))
		return fail(err, RC_STOP, "agenda %lld: no such step from %s",
		    (long long)row->agenda_id, agenda_state_word(row->state));
	q = query_open(store, OF_AGENDA, MOVE);
	query_text(&q, ":state", agenda_state_word(to));
	if (to != AGENDA_DRAFT) {
		query_int(&q, ":send", send_at != 0 ? send_at :
		    row->send_at);
		if (journal_id != 0 || row->released_by != 0)
			query_int(&q, ":journal", journal_id != 0 ?
			    journal_id : row->released_by);
	}
	query_int(&q, ":agenda", row->agenda_id);
	rc = query_run(&q, err);
	return rc != RC_OK || to != AGENDA_MAILED ? rc :
	    passage_keep_agenda(store, row->agenda_id, err);
}

enum rc
agenda_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, DROP_POINTS);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_AGENDA, DROP);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
agenda_items_seen(struct store *store, struct arena *arena,
    const char *meeting, size_t limit, int64_t **items, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, SEEN);
	int64_t *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = column_int(&q, 0);
	if (rc != RC_NONE)
		return rc;
	*items = list;
	*n = count;
	return RC_OK;
}

enum rc
agenda_recalled(struct store *store, int64_t agenda_id, size_t n,
    struct err *err)
{
	struct query q = query_open(store, OF_AGENDA, RECALLED);

	query_int(&q, ":n", (int64_t)n);
	query_int(&q, ":agenda", agenda_id);
	return query_run(&q, err);
}
