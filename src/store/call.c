/* SPDX-License-Identifier: MIT */
/* Calls for members. */
#include "store/call.h"

#include "base/arena.h"
#include "store/db.h"

#define LIST_MOST 1000	/* more than a municipality has councils; of
			 * addresses, what one mail may name */

enum {
	BODY, ADD, SEAT_ADD, ADDRESS_ADD, LOAD, NEWEST, BY_JOURNAL, LIVE,
	MOVE, FORGET, DROP, ADDRESSES, SEATS, N_STATEMENTS
};
#define ROW "SELECT call_id, slug, state, made_at, deadline_day, answer_day," \
	" send_at, journal_id, decided_by FROM call JOIN body USING (body_id)"
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[ADD] =
	"INSERT INTO call (body_id, made_at, deadline_day, answer_day,"
	" send_at, journal_id) VALUES (:body, :now, :deadline, :answer,"
	" :send, :journal)",
[SEAT_ADD] =
	"INSERT INTO call_seat (call_id, seat, number)"
	" VALUES (:call, :seat, :number)",
[ADDRESS_ADD] =
	"INSERT INTO call_address (call_id, email) VALUES (:call, :email)"
	" ON CONFLICT DO NOTHING",
[LOAD] =
	ROW " WHERE call_id = :call",
[NEWEST] =
	ROW " WHERE slug = :body ORDER BY call_id DESC LIMIT 1",
[BY_JOURNAL] =
	ROW " WHERE journal_id = :journal OR decided_by = :journal",
[LIVE] =
	ROW " WHERE state <> 'ended' ORDER BY call_id LIMIT :limit",
[MOVE] =
	"UPDATE call SET state = :state, send_at = :send,"
	" decided_by = :journal WHERE call_id = :call",
[FORGET] =
	"DELETE FROM call_address WHERE call_id = :call",
[DROP] =
	"DELETE FROM call WHERE journal_id = :journal",
[ADDRESSES] =
	"SELECT email FROM call_address WHERE call_id = :call ORDER BY email"
	" LIMIT :limit",
[SEATS] =
	"SELECT call_seat.seat, call_seat.number FROM call_seat"
	" JOIN call USING (call_id) LEFT JOIN seat"
	" ON seat.body_id = call.body_id AND seat.seat = call_seat.seat"
	" WHERE call_id = :call ORDER BY seat_id LIMIT :limit",
};
const struct statements call_statements = { sql, N_STATEMENTS };

static enum rc
seats_add(struct store *store, int64_t call_id, const struct call_seat *seats,
    size_t n, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct query q = query_open(store, OF_CALL, SEAT_ADD);

		query_int(&q, ":call", call_id);
		query_text(&q, ":seat", seats[i].group);
		query_int(&q, ":number", (int64_t)seats[i].number);
		rc = query_run(&q, err);
	}
	return rc;
}

static enum rc
addresses_add(struct store *store, int64_t call_id,
    const char *const *addresses, size_t n, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct query q = query_open(store, OF_CALL, ADDRESS_ADD);

		query_int(&q, ":call", call_id);
		query_text(&q, ":email", addresses[i]);
		rc = query_run(&q, err);
	}
	return rc;
}

enum rc
call_add(struct store *store, struct call_row *row,
    const struct call_seat *seats, size_t n_seats,
    const char *const *addresses, size_t n_addresses, struct err *err)
{
	struct query q = query_open(store, OF_CALL, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no body %s", row->body);
	q = query_open(store, OF_CALL, ADD);
	query_int(&q, ":body", body_id);
	query_int(&q, ":now", row->made_at);
	query_int(&q, ":deadline", date_to_days(row->deadline_day));
	query_int(&q, ":answer", date_to_days(row->answer_day));
	query_int(&q, ":send", row->send_at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->call_id = sqlite3_last_insert_rowid(store->db);
	row->state = CALL_ANNOUNCED;
	if ((rc = seats_add(store, row->call_id, seats, n_seats, err)) !=
	    RC_OK)
		return rc;
	return addresses_add(store, row->call_id, addresses, n_addresses,
	    err);
}

static struct call_row
row_read(struct arena *arena, const struct query *q)
{
	struct call_row row = {
		.call_id = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.made_at = column_int(q, 3),
		.deadline_day = date_from_days(column_int(q, 4)),
		.answer_day = date_from_days(column_int(q, 5)),
		.send_at = column_int(q, 6),
		.journal_id = column_int(q, 7),
		.decided_by = column_int(q, 8),
	};

	(void)call_state_read(column_text(arena, q, 2), &row.state);
	return row;
}

static enum rc
row_load(struct arena *arena, struct query *q, struct call_row *row,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = row_read(arena, q);
	query_end(q);
	return RC_OK;
}

enum rc
call_load(struct store *store, struct arena *arena, int64_t call_id,
    struct call_row *row, struct err *err)
{
	struct query q = query_open(store, OF_CALL, LOAD);

	query_int(&q, ":call", call_id);
	return row_load(arena, &q, row, err);
}

enum rc
call_newest(struct store *store, struct arena *arena, const char *body,
    struct call_row *row, struct err *err)
{
	struct query q = query_open(store, OF_CALL, NEWEST);

	query_text(&q, ":body", body);
	return row_load(arena, &q, row, err);
}

enum rc
call_by_journal(struct store *store, struct arena *arena, int64_t journal_id,
    struct call_row *row, struct err *err)
{
	struct query q = query_open(store, OF_CALL, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_load(arena, &q, row, err);
}

enum rc
call_list(struct store *store, struct arena *arena, struct call_row **rows,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_CALL, LIVE);
	struct call_row *list = NULL;
	size_t count = 0;
	enum rc rc;

	/* Asked at each turn of the engine: mostly there is none. */
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		if (list == NULL)
			list = arena_array(arena, LIST_MOST, sizeof *list);
		list[count++] = row_read(arena, &q);
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
call_move(struct store *store, struct call_row *row, enum call_act act,
    int64_t send_at, int64_t decided_by, struct err *err)
{
	struct query q;
	enum call_state to;
	enum rc rc;

	if (!call_may(row->state, act, &to))
		return fail(err, RC_STOP, "call %lld is %s",
		    (long long)row->call_id, call_state_word(row->state));
	q = query_open(store, OF_CALL, MOVE);
	query_int(&q, ":call", row->call_id);
	query_text(&q, ":state", call_state_word(to));
	if (send_at != 0)
		query_int(&q, ":send", send_at);
	if (decided_by != 0)
		query_int(&q, ":journal", decided_by);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->state = to;
	if (act != CALL_CLOSE)
		return RC_OK;
	q = query_open(store, OF_CALL, FORGET);
	query_int(&q, ":call", row->call_id);
	return query_run(&q, err);
}

enum rc
call_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_CALL, DROP);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
call_addresses(struct store *store, struct arena *arena, int64_t call_id,
    const char ***list, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_CALL, ADDRESSES);
	const char **all = arena_array(arena, LIST_MOST, sizeof *all);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":call", call_id);
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[count++] = column_text(arena, &q, 0);
	if (rc != RC_NONE)
		return rc;
	*list = all;
	*n = count;
	return RC_OK;
}

enum rc
call_seats(struct store *store, struct arena *arena, int64_t call_id,
    struct call_seat **list, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_CALL, SEATS);
	struct call_seat *all = arena_array(arena, LIST_MOST, sizeof *all);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":call", call_id);
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[count++] = (struct call_seat){
			column_text(arena, &q, 0),
			(size_t)column_int(&q, 1) };
	if (rc != RC_NONE)
		return rc;
	*list = all;
	*n = count;
	return RC_OK;
}
