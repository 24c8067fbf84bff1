/* SPDX-License-Identifier: MIT */
/* Applications for a seat, and their life. */
#include "store/application.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

static const struct life {
	enum application_state from, to;
} life[] = {
	{ APPLICATION_RECEIVED, APPLICATION_ACCEPTED },	 /* a person decided */
	{ APPLICATION_RECEIVED, APPLICATION_REJECTED },	 /* a person decided */
	{ APPLICATION_RECEIVED, APPLICATION_RESERVE },	 /* a person decided */
	{ APPLICATION_RECEIVED, APPLICATION_WITHDRAWN }, /* by the applicant */
	{ APPLICATION_RECEIVED, APPLICATION_LATE },	 /* his yes undone */
	{ APPLICATION_LATE,     APPLICATION_RECEIVED },	 /* kept, he said */
	{ APPLICATION_LATE,     APPLICATION_WITHDRAWN },
	{ APPLICATION_RESERVE,  APPLICATION_ACCEPTED },	 /* a person decided */
	{ APPLICATION_RESERVE,  APPLICATION_REJECTED },	 /* a person decided */
	{ APPLICATION_RESERVE,  APPLICATION_WITHDRAWN },
	{ APPLICATION_ACCEPTED, APPLICATION_WITHDRAWN },
	{ APPLICATION_WITHDRAWN, APPLICATION_RECEIVED }, /* undone … */
	{ APPLICATION_WITHDRAWN, APPLICATION_LATE },
	{ APPLICATION_WITHDRAWN, APPLICATION_RESERVE },
};

static const char *const state_words[APPLICATION_STATES] = {
	[APPLICATION_RECEIVED] = "received",
	[APPLICATION_LATE] = "late",
	[APPLICATION_RESERVE] = "reserve",
	[APPLICATION_ACCEPTED] = "accepted",
	[APPLICATION_REJECTED] = "rejected",
	[APPLICATION_WITHDRAWN] = "withdrawn",
};

enum {
	BODY, REPLACE, ADD, LOAD, BY_JOURNAL, BY_EMAIL, MOVE, COUNT, LIST,
	LATER, DROP, REVIVE, NOTE_ADD, NOTE_UNDO, KEEP, KEEP_UNDO, WITHDRAW,
	WITHDRAW_UNDO, N_STATEMENTS
};
/* What he wrote later belongs to it. */
#define NOTES(column) " (SELECT group_concat(n." column ", char(10, 10))" \
	" FROM application_note n" \
	" WHERE n.application_id = application.application_id)"
#define ROW "SELECT application_id, slug, email, application.name," \
	" words || coalesce(char(10, 10) ||" NOTES("words") ", '')," \
	" verified, application.state, came_at, application.journal_id," \
	" replaced_by IS NOT NULL, nullif(trim(coalesce(seat, '') || ' ' ||" \
	" coalesce(replace(" NOTES("seat") ", char(10, 10), ' '), '')), '')," \
	" resident OR coalesce((SELECT max(n.resident)" \
	" FROM application_note n" \
	" WHERE n.application_id = application.application_id), 0)," \
	" asks, (SELECT count(*) FROM application_note n" \
	" WHERE n.application_id = application.application_id)," \
	" kept_at, mail_id FROM application JOIN body USING (body_id)" \
	" JOIN journal USING (journal_id)"
static const char *const sql[N_STATEMENTS] = {
[BODY] =
	"SELECT body_id FROM body WHERE slug = :body",
[REPLACE] =
	"UPDATE application SET replaced_by = :journal WHERE body_id = :body"
	" AND email = :email AND replaced_by IS NULL"
	" AND state IN ('received', 'late')",
[ADD] =
	"INSERT INTO application (body_id, email, name, words, verified,"
	" came_at, journal_id, seat, resident, asks, state) VALUES (:body,"
	" :email, :name, :words, :verified, :at, :journal, :seat, :resident,"
	" :asks, :state)",
[LOAD] =
	ROW " WHERE application_id = :number",
[BY_JOURNAL] =
	ROW " WHERE application.journal_id = :journal",
[BY_EMAIL] =
	ROW " WHERE email = :email AND slug = :body AND replaced_by IS NULL"
	" AND application.state IN ('received', 'late', 'reserve')"
	" ORDER BY application_id DESC LIMIT 1",
[MOVE] =
	"UPDATE application SET state = :state WHERE application_id = :number",
[COUNT] =
	"SELECT n FROM application_count JOIN body USING (body_id)"
	" WHERE slug = :body",
[LIST] =
	ROW " WHERE :body IS NULL OR slug = :body"
	" ORDER BY application_id LIMIT :limit",
[LATER] =
	"SELECT replaced_by FROM application WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM application WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE application SET replaced_by = :later"
	" WHERE replaced_by = :journal",
[NOTE_ADD] =
	"INSERT INTO application_note (application_id, words, seat, resident,"
	" journal_id) VALUES (:number, :words, :seat, :resident, :journal)",
[NOTE_UNDO] =
	"DELETE FROM application_note WHERE journal_id = :journal",
[KEEP] =
	"UPDATE application SET state = 'received', kept_at = :at,"
	" kept_by = :journal WHERE application_id = :number",
[KEEP_UNDO] =
	"UPDATE application SET state = 'late', kept_at = NULL, kept_by = NULL"
	" WHERE kept_by = :journal AND state = 'received'",
[WITHDRAW] =
	"UPDATE application SET was = state, state = 'withdrawn',"
	" withdrawn_by = :journal WHERE application_id = :number",
[WITHDRAW_UNDO] =
	"UPDATE application SET state = was, was = NULL, withdrawn_by = NULL"
	" WHERE withdrawn_by = :journal AND state = 'withdrawn'",
};
const struct statements application_statements = { sql, N_STATEMENTS };

const char *
application_state_word(enum application_state state)
{
	return state_words[state];
}

bool
application_may_move(enum application_state from, enum application_state to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to)
			return true;
	return false;
}

enum rc
application_add(struct store *store, const struct application *row,
    int64_t *number, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, BODY);
	int64_t body_id;
	enum rc rc;

	query_text(&q, ":body", row->body);
	if ((rc = query_number(&q, &body_id, 0, err)) != RC_OK)
		return rc;
	if (body_id == 0)
		return fail(err, RC_PARK, "no body %s", row->body);
	q = query_open(store, OF_APPLICATION, REPLACE);
	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_APPLICATION, ADD);
	query_int(&q, ":body", body_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":name", row->name);
	query_text(&q, ":words", row->words);
	query_int(&q, ":verified", row->verified);
	query_int(&q, ":at", row->came_at);
	query_int(&q, ":journal", row->journal_id);
	query_text(&q, ":seat", row->groups);
	query_int(&q, ":resident", row->resident);
	query_text(&q, ":asks", row->asks);
	query_text(&q, ":state", state_words[row->state]);
	if ((rc = query_run(&q, err)) == RC_OK)
		*number = sqlite3_last_insert_rowid(store->db);
	return rc;
}

static struct application
row_read(struct arena *arena, const struct query *q)
{
	struct application row = {
		.number = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.email = column_text(arena, q, 2),
		.name = column_text(arena, q, 3),
		.words = column_text(arena, q, 4),
		.verified = column_int(q, 5) != 0,
		.came_at = column_int(q, 7),
		.journal_id = column_int(q, 8),
		.replaced = column_int(q, 9) != 0,
		.groups = column_text(arena, q, 10),
		.resident = column_int(q, 11) != 0,
		.asks = column_text(arena, q, 12),
		.n_notes = (size_t)column_int(q, 13),
		.kept_at = column_int(q, 14),
		.mail_id = column_int(q, 15),
	};
	const char *word = column_text(arena, q, 6);

	for (int i = 0; i < APPLICATION_STATES; i++)
		if (strcmp(word, state_words[i]) == 0)
			row.state = (enum application_state)i;
	return row;
}

static enum rc
row_load(struct arena *arena, struct query *q, struct application *row,
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
application_load(struct store *store, struct arena *arena, int64_t number,
    struct application *row, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, LOAD);

	query_int(&q, ":number", number);
	return row_load(arena, &q, row, err);
}

enum rc
application_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct application *row, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_load(arena, &q, row, err);
}

enum rc
application_by_email(struct store *store, struct arena *arena,
    const char *body, const char *email, struct application *row,
    struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, BY_EMAIL);

	query_text(&q, ":body", body);
	query_text(&q, ":email", email);
	return row_load(arena, &q, row, err);
}

static enum rc
step_check(struct store *store, int64_t number, enum application_state to,
    struct err *err)
{
	struct arena *arena = arena_open();
	struct application row;
	enum rc rc = application_load(store, arena, number, &row, err);

	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (!application_may_move(row.state, to))
		return fail(err, RC_STOP, "application %lld: cannot go from "
		    "%s to %s", (long long)number, state_words[row.state],
		    state_words[to]);
	return RC_OK;
}

enum rc
application_move(struct store *store, int64_t number,
    enum application_state to, struct err *err)
{
	struct query q;
	enum rc rc = step_check(store, number, to, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_APPLICATION, MOVE);
	query_int(&q, ":number", number);
	query_text(&q, ":state", state_words[to]);
	return query_run(&q, err);
}

enum rc
application_count(struct store *store, const char *body, int64_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, COUNT);

	query_text(&q, ":body", body);
	return query_number(&q, n, 0, err);
}

enum rc
application_list(struct store *store, struct arena *arena, const char *body,
    size_t limit, struct application **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, LIST);
	struct application *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = row_read(arena, &q);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
application_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return db_undo(store, &(struct undo){ OF_APPLICATION, LATER, DROP,
	    REVIVE }, journal_id, err);
}

/* --- by the applicant's word ------------------------------------------- */

enum rc
application_note_add(struct store *store, int64_t number,
    const struct application *note, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, NOTE_ADD);

	query_int(&q, ":number", number);
	query_text(&q, ":words", note->words);
	query_text(&q, ":seat", note->groups);
	query_int(&q, ":resident", note->resident);
	query_int(&q, ":journal", note->journal_id);
	return query_run(&q, err);
}

static enum rc
by_line(struct store *store, int which, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_APPLICATION, which);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
application_note_undo(struct store *store, int64_t journal_id,
    struct err *err)
{
	return by_line(store, NOTE_UNDO, journal_id, err);
}

enum rc
application_keep(struct store *store, int64_t number, int64_t journal_id,
    int64_t at, struct err *err)
{
	enum rc rc = step_check(store, number, APPLICATION_RECEIVED, err);
	struct query q;

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_APPLICATION, KEEP);
	query_int(&q, ":number", number);
	query_int(&q, ":journal", journal_id);
	query_int(&q, ":at", at);
	return query_run(&q, err);
}

enum rc
application_keep_undo(struct store *store, int64_t journal_id,
    struct err *err)
{
	return by_line(store, KEEP_UNDO, journal_id, err);
}

enum rc
application_withdraw(struct store *store, int64_t number, int64_t journal_id,
    struct err *err)
{
	enum rc rc = step_check(store, number, APPLICATION_WITHDRAWN, err);
	struct query q;

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_APPLICATION, WITHDRAW);
	query_int(&q, ":number", number);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
application_withdraw_undo(struct store *store, int64_t journal_id,
    struct err *err)
{
	return by_line(store, WITHDRAW_UNDO, journal_id, err);
}
