/* SPDX-License-Identifier: MIT */
/* Points for an agenda, and ideas. */
#include "store/item.h"

#include "base/arena.h"
#include "store/db.h"

#define COLUMNS "SELECT item.item_id, body.slug, meeting.slug, item.title," \
	" item.words, item.by_email, item.state, item.closed, item.at," \
	" item.journal_id FROM item JOIN body ON body.body_id = item.body_id" \
	" LEFT JOIN meeting ON meeting.meeting_id = item.meeting_id "

enum { BODY, MEETING, ADD, LIST, BACK, LOAD, MOVE, CLOSE, STEP, STEPS, REVERT,
	STEPS_DROP, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :meeting",
[ADD] =
	"INSERT INTO item (body_id, meeting_id, title, words, by_email,"
	" state, closed, at, journal_id) VALUES (:body, :meeting, :title,"
	" :words, :by, :state, :closed, :at, :journal)",
[LIST] =
	COLUMNS "WHERE body.slug = :body AND meeting.slug IS :meeting"
	" AND item.state NOT IN ('rejected', 'withdrawn')"
	" ORDER BY item_id LIMIT :limit",
[BACK] =
	COLUMNS "WHERE body.slug = :body AND (item.state = 'postponed' OR"
	" (item.state IN ('accepted', 'proposed') AND meeting.start_at <"
	" (SELECT start_at FROM meeting WHERE slug = :meeting)))"
	" AND (meeting.slug IS NULL OR meeting.slug <> :meeting)"
	" ORDER BY item_id LIMIT :limit",
[LOAD] =
	COLUMNS "WHERE item.item_id = :item",
[MOVE] =
	"UPDATE item SET state = :state,"
	" meeting_id = coalesce(:meeting, meeting_id) WHERE item_id = :item",
[CLOSE] =
	"UPDATE item SET closed = :reason WHERE item_id = :item",
[STEP] =
	"INSERT INTO item_step (item_id, was, was_meeting, was_closed, state,"
	" at, journal_id) SELECT item_id, state, meeting_id, closed, :state,"
	" :at, :journal FROM item WHERE item_id = :item",
[STEPS] =
	"SELECT step_id FROM item_step WHERE journal_id = :journal"
	" ORDER BY step_id DESC",
[REVERT] =
	"UPDATE item SET (state, meeting_id, closed) = (SELECT was,"
	" was_meeting, was_closed FROM item_step WHERE step_id = :step)"
	" WHERE item_id = (SELECT item_id FROM item_step"
	" WHERE step_id = :step) AND NOT EXISTS (SELECT 1 FROM item_step"
	" AS later WHERE later.item_id = item.item_id"
	" AND later.step_id > :step"
	" AND later.journal_id IS NOT :journal)",
[STEPS_DROP] =
	"DELETE FROM item_step WHERE journal_id = :journal",
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
	query_text(&q, ":state", item_state_word(row->state));
	query_text(&q, ":closed", row->closed);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		*number = sqlite3_last_insert_rowid(store->db);
	return rc;
}

static void
row_read(struct arena *arena, const struct query *q, struct item *row)
{
	*row = (struct item){ .number = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.meeting = column_text(arena, q, 2),
		.title = column_text(arena, q, 3),
		.words = column_text(arena, q, 4),
		.by = column_text(arena, q, 5),
		.closed = column_text(arena, q, 7),
		.at = column_int(q, 8), .journal_id = column_int(q, 9) };
	(void)item_state_read(column_text(arena, q, 6), &row->state);
}

static enum rc
rows_read(struct arena *arena, struct query *q, size_t limit,
    struct item **rows, size_t *n, struct err *err)
{
	struct item *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", (int64_t)limit);
	while ((rc = query_row(q, err)) == RC_OK)
		row_read(arena, q, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
item_list(struct store *store, struct arena *arena, const char *body,
    const char *meeting, size_t limit, struct item **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_ITEM, LIST);

	query_text(&q, ":body", body);
	query_text(&q, ":meeting", meeting);
	return rows_read(arena, &q, limit, rows, n, err);
}

enum rc
item_back(struct store *store, struct arena *arena, const char *body,
    const char *meeting, size_t limit, struct item **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_ITEM, BACK);

	query_text(&q, ":body", body);
	query_text(&q, ":meeting", meeting);
	return rows_read(arena, &q, limit, rows, n, err);
}

enum rc
item_load(struct store *store, struct arena *arena, int64_t number,
    struct item *row, struct err *err)
{
	struct query q = query_open(store, OF_ITEM, LOAD);
	enum rc rc;

	query_int(&q, ":item", number);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_read(arena, &q, row);
	query_end(&q);
	return RC_OK;
}

static enum rc
step_add(struct store *store, int64_t number, enum item_state to, int64_t at,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_ITEM, STEP);

	query_int(&q, ":item", number);
	query_text(&q, ":state", item_state_word(to));
	query_int(&q, ":at", at);
	if (journal_id != 0)
		query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

static enum rc
state_of(struct store *store, int64_t number, enum item_state *state,
    struct err *err)
{
	struct arena *arena = arena_open();
	struct item row;
	enum rc rc = item_load(store, arena, number, &row, err);

	if (rc == RC_OK)
		*state = row.state;
	arena_close(&arena);
	return rc;
}

enum rc
item_move(struct store *store, int64_t number, enum item_act act,
    const char *meeting, int64_t at, int64_t journal_id, struct err *err)
{
	enum item_state from, to;
	int64_t meeting_id = 0;
	struct query q;
	enum rc rc = state_of(store, number, &from, err);

	if (rc != RC_OK)
		return rc;
	if (!item_may(from, act, &to))
		return fail(err, RC_PARK, "item %lld: no such step from %s",
		    (long long)number, item_state_word(from));
	if (meeting != NULL) {
		q = query_open(store, OF_ITEM, MEETING);
		query_text(&q, ":meeting", meeting);
		if ((rc = query_number(&q, &meeting_id, 0, err)) != RC_OK)
			return rc;
		if (meeting_id == 0)
			return fail(err, RC_PARK, "no such meeting");
	}
	if ((rc = step_add(store, number, to, at, journal_id, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_ITEM, MOVE);
	query_int(&q, ":item", number);
	query_text(&q, ":state", item_state_word(to));
	if (meeting_id != 0)
		query_int(&q, ":meeting", meeting_id);
	return query_run(&q, err);
}

enum rc
item_close(struct store *store, int64_t number, const char *reason,
    int64_t at, int64_t journal_id, struct err *err)
{
	enum item_state state;
	struct query q;
	enum rc rc = state_of(store, number, &state, err);

	if (rc != RC_OK || (rc = step_add(store, number, state, at,
	    journal_id, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_ITEM, CLOSE);
	query_int(&q, ":item", number);
	query_text(&q, ":reason", reason);
	return query_run(&q, err);
}

/* The last step first. A point that somebody has moved on since stays where
 * it is. */
static enum rc
steps_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_ITEM, STEPS);
	int64_t steps[256];
	size_t n = 0;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	while ((rc = query_row(&q, err)) == RC_OK)
		if (n < sizeof steps / sizeof steps[0])
			steps[n++] = column_int(&q, 0);
	if (rc != RC_NONE)
		return rc;
	rc = RC_OK;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		q = query_open(store, OF_ITEM, REVERT);
		query_int(&q, ":step", steps[i]);
		query_int(&q, ":journal", journal_id);
		rc = query_run(&q, err);
	}
	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_ITEM, STEPS_DROP);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
item_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q;
	enum rc rc = steps_undo(store, journal_id, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_ITEM, DROP);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
