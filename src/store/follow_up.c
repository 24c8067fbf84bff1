/* SPDX-License-Identifier: MIT */
/* Promises, money and themes out of minutes. */
#include "store/follow_up.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

#define LINES_MOST 500

#define COLUMNS "SELECT follow_up_id, coalesce(minutes_id, 0)," \
	" coalesce(reminded_at, 0), body.slug, meeting.slug, number," \
	" follow_up.name, email, task, due_day, follow_up.kind = 'awaits'," \
	" closed, follow_up.state FROM follow_up JOIN body USING (body_id)" \
	" JOIN meeting USING (meeting_id)"
/* the version of each meeting that people have */
#define LAST_MAILED "minutes.state = 'mailed' AND minutes.version =" \
	" (SELECT max(version) FROM minutes AS other WHERE other.meeting_id" \
	" = minutes.meeting_id AND other.state = 'mailed')"

enum { ADD, ONE, OPEN, OF_ITS_MEETING, REMINDED, KEEP_STEP, STEP, BACK,
	DROP_STEPS, BUDGET_ADD, BUDGETS, THEME_ADD, THEMES, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO follow_up (body_id, meeting_id, number, kind, name,"
	" email, task, due_day, state, closed, minutes_id, at)"
	" SELECT body_id, meeting_id, :number, :kind, :name, :email, :task,"
	" :due, 'proposed', :closed, :minutes, :now FROM meeting"
	" WHERE slug = :meeting AND NOT EXISTS (SELECT 1 FROM follow_up AS f"
	" WHERE f.meeting_id = meeting.meeting_id AND f.number = :number"
	" AND f.name = :name AND f.task = :task)",
[ONE] =
	COLUMNS " WHERE follow_up_id = :id",
[OPEN] =
	COLUMNS " WHERE body.slug = :body AND follow_up.state IN ('open',"
	" 'moved') ORDER BY due_day IS NULL, due_day, follow_up_id"
	" LIMIT :limit",
[OF_ITS_MEETING] =
	COLUMNS " WHERE meeting.slug = :meeting"
	" ORDER BY number, follow_up_id LIMIT :limit",
[REMINDED] =
	"UPDATE follow_up SET reminded_at = :now WHERE follow_up_id = :id",
[KEEP_STEP] =
	"INSERT INTO follow_up_step (journal_id, follow_up_id, state,"
	" due_day, reminded_at) SELECT :journal, follow_up_id, state,"
	" due_day, reminded_at FROM follow_up WHERE follow_up_id = :id",
[STEP] =
	"UPDATE follow_up SET state = :state, due_day = coalesce(:due,"
	" due_day), reminded_at = iif(:due IS NULL, reminded_at, NULL)"
	" WHERE follow_up_id = :id",
[BACK] =
	"UPDATE follow_up SET (state, due_day, reminded_at) ="
	" (SELECT state, due_day, reminded_at FROM follow_up_step AS s WHERE s.journal_id = :journal"
	" AND s.follow_up_id = follow_up.follow_up_id)"
	" WHERE follow_up_id IN (SELECT follow_up_id FROM follow_up_step"
	" WHERE journal_id = :journal)",
[DROP_STEPS] =
	"DELETE FROM follow_up_step WHERE journal_id = :journal",
[BUDGET_ADD] =
	"INSERT OR REPLACE INTO budget_line (minutes_id, number, line, kind,"
	" amount_ore, year, words, closed) VALUES (:minutes, :number, :line,"
	" :kind, :amount, :year, :words, :closed)",
[BUDGETS] =
	"SELECT budget_line.kind, amount_ore, year, words FROM budget_line"
	" JOIN minutes USING (minutes_id) JOIN meeting USING (meeting_id)"
	" JOIN body USING (body_id) WHERE body.slug = :body AND " LAST_MAILED
	" AND (:closed OR NOT budget_line.closed)"
	" ORDER BY start_at, number, line LIMIT :limit",
[THEME_ADD] =
	"INSERT OR REPLACE INTO theme (minutes_id, number, day, title,"
	" speakers) VALUES (:minutes, :number, :day, :title, :speakers)",
[THEMES] =
	"SELECT day, theme.title, speakers FROM theme WHERE minutes_id ="
	" (SELECT minutes_id FROM minutes JOIN meeting USING (meeting_id)"
	" JOIN body USING (body_id) WHERE body.slug = :body AND " LAST_MAILED
	" AND start_at < :before AND EXISTS (SELECT 1 FROM theme AS t"
	" WHERE t.minutes_id = minutes.minutes_id)"
	" ORDER BY start_at DESC LIMIT 1) ORDER BY number LIMIT :limit",
};
const struct statements follow_up_statements = { sql, N_STATEMENTS };

enum rc
follow_up_add(struct store *store, const struct follow_up *row,
    int64_t now_at, int64_t *id, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, ADD);
	enum rc rc;

	query_text(&q, ":meeting", row->meeting);
	query_int(&q, ":number", row->number);
	query_text(&q, ":kind", row->awaits ? "awaits" : "promise");
	query_text(&q, ":name", row->name);
	query_text(&q, ":email", row->email);
	query_text(&q, ":task", row->task);
	if (row->due_day.year != 0)
		query_int(&q, ":due", date_to_days(row->due_day));
	query_int(&q, ":closed", row->closed);
	if (row->minutes_id != 0)
		query_int(&q, ":minutes", row->minutes_id);
	query_int(&q, ":now", now_at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (sqlite3_changes(store->db) == 0)
		return RC_NONE;
	*id = sqlite3_last_insert_rowid(store->db);
	return RC_OK;
}

static void
row_take(struct query *q, struct arena *arena, struct follow_up *row)
{
	*row = (struct follow_up){ .follow_up_id = column_int(q, 0),
		.minutes_id = column_int(q, 1),
		.reminded_at = column_int(q, 2),
		.body = column_text(arena, q, 3),
		.meeting = column_text(arena, q, 4),
		.number = column_int(q, 5), .name = column_text(arena, q, 6),
		.email = column_text(arena, q, 7),
		.task = column_text(arena, q, 8),
		.awaits = column_int(q, 10) != 0,
		.closed = column_int(q, 11) != 0 };
	if (!column_is_null(q, 9))
		row->due_day = date_from_days(column_int(q, 9));
	(void)follow_up_state_read(column_text(arena, q, 12), &row->state);
}

enum rc
follow_up_load(struct store *store, struct arena *arena, int64_t id,
    struct follow_up *row, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, ONE);
	enum rc rc;

	query_int(&q, ":id", id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_take(&q, arena, row);
	query_end(&q);
	return RC_OK;
}

static enum rc
list_by(struct store *store, struct arena *arena, int which,
    const char *name, const char *value, struct follow_up **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, which);
	struct follow_up *list = arena_array(arena, FOLLOW_UPS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, name, value);
	query_int(&q, ":limit", FOLLOW_UPS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		row_take(&q, arena, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
follow_up_list(struct store *store, struct arena *arena, const char *body,
    struct follow_up **rows, size_t *n, struct err *err)
{
	return list_by(store, arena, OPEN, ":body", body, rows, n, err);
}

enum rc
follow_up_of_meeting(struct store *store, struct arena *arena,
    const char *meeting, struct follow_up **rows, size_t *n,
    struct err *err)
{
	return list_by(store, arena, OF_ITS_MEETING, ":meeting", meeting,
	    rows, n, err);
}

enum rc
follow_up_reminded(struct store *store, int64_t id, int64_t now_at,
    struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, REMINDED);

	query_int(&q, ":id", id);
	query_int(&q, ":now", now_at);
	return query_run(&q, err);
}

enum rc
follow_up_step(struct store *store, const struct follow_up *row,
    enum follow_up_act act, struct date day, int64_t journal_id,
    struct err *err)
{
	struct query q;
	enum follow_up_state to;
	enum rc rc;

	if (!follow_up_may(row->state, act, &to))
		return fail(err, RC_STOP, "follow-up %lld: no such step from "
		    "%s", (long long)row->follow_up_id,
		    follow_up_state_word(row->state));
	q = query_open(store, OF_FOLLOW_UP, KEEP_STEP);
	query_int(&q, ":journal", journal_id);
	query_int(&q, ":id", row->follow_up_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_FOLLOW_UP, STEP);
	query_text(&q, ":state", follow_up_state_word(to));
	if (day.year != 0)
		query_int(&q, ":due", date_to_days(day));
	query_int(&q, ":id", row->follow_up_id);
	return query_run(&q, err);
}

enum rc
follow_up_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, BACK);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_FOLLOW_UP, DROP_STEPS);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

/* --- money ---------------------------------------------------------------- */

enum rc
budget_line_add(struct store *store, int64_t minutes_id, int64_t number,
    size_t line, const struct budget_line *row, bool closed, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, BUDGET_ADD);

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", number);
	query_int(&q, ":line", (int64_t)line);
	query_text(&q, ":kind", row->kind == BUDGET_GRANTED ? "granted" :
	    "used");
	query_int(&q, ":amount", row->amount_ore);
	query_int(&q, ":year", row->year);
	query_text(&q, ":words", row->words);
	query_int(&q, ":closed", closed);
	return query_run(&q, err);
}

enum rc
budget_list(struct store *store, struct arena *arena, const char *body,
    bool closed, struct budget_line **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, BUDGETS);
	struct budget_line *list = arena_array(arena, LINES_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":closed", closed);
	query_int(&q, ":limit", LINES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct budget_line){
			strcmp(column_text(arena, &q, 0), "granted") == 0 ?
			BUDGET_GRANTED : BUDGET_USED, column_int(&q, 1),
			(int)column_int(&q, 2), column_text(arena, &q, 3) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

/* --- themes --------------------------------------------------------------- */

enum rc
theme_add(struct store *store, int64_t minutes_id, size_t number,
    const struct theme_row *row, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, THEME_ADD);

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", (int64_t)number);
	if (row->day.year != 0)
		query_int(&q, ":day", date_to_days(row->day));
	query_text(&q, ":title", row->title);
	query_text(&q, ":speakers", row->speakers);
	return query_run(&q, err);
}

enum rc
theme_list(struct store *store, struct arena *arena, const char *body,
    int64_t before_at, struct theme_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_FOLLOW_UP, THEMES);
	struct theme_row *list = arena_array(arena, LINES_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", LINES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		list[count] = (struct theme_row){ .title = column_text(arena,
		    &q, 1), .speakers = column_text(arena, &q, 2) };
		if (!column_is_null(&q, 0))
			list[count].day = date_from_days(column_int(&q, 0));
		count++;
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}
