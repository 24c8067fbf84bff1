/* SPDX-License-Identifier: MIT */
/* What waits for a person, and the numbers it was shown under. */
#include "store/decision.h"

#include "base/arena.h"
#include "store/db.h"

#define ROW "SELECT decision_id, key, decision.kind, body.slug, ref, row_id," \
	" decision.label, words, made_at, until_at, urgent, decision.state," \
	" choice, answered_at, decision.journal_id, journal.by_email" \
	" FROM decision LEFT JOIN body ON body.body_id = decision.body_id" \
	" LEFT JOIN journal ON journal.journal_id = decision.journal_id"

enum { ADD, LOAD, BY_KEY, BY_JOURNAL, OPEN, MOVE, FORGET, FORGET_ITEM, SHOW, SHOWN, SHOWN_COUNT,
	N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO decision (key, kind, body_id, ref, row_id, label, words,"
	" made_at, until_at, urgent) VALUES (:key, :kind,"
	" (SELECT body_id FROM body WHERE slug = :body), :ref, :row, :label,"
	" :words, :made, :until, :urgent) ON CONFLICT (key) DO NOTHING",
[LOAD] =
	ROW " WHERE decision_id = :decision",
[BY_KEY] =
	ROW " WHERE key = :key",
[BY_JOURNAL] =
	ROW " WHERE decision.journal_id = :journal",
[OPEN] =
	ROW " WHERE decision.state = 'open' AND body.slug IS :body"
	" ORDER BY decision_id LIMIT :limit",
[MOVE] =
	"UPDATE decision SET state = :state, choice = :choice,"
	" answered_at = :at, journal_id = :journal"
	" WHERE decision_id = :decision",
[FORGET] =
	"UPDATE decision SET label = '', words = NULL"
	" WHERE decision_id = :decision",
[FORGET_ITEM] =
	"UPDATE decision SET label = '', words = NULL,"
	" state = iif(state = 'open', 'moot', state)"
	" WHERE kind IN ('citizen-item', 'late-item') AND row_id IN"
	" (SELECT item_id FROM item WHERE journal_id = :journal)",
[SHOW] =
	"INSERT INTO decision_shown (letter_id, number, decision_id)"
	" VALUES (:letter, :number, :decision)",
[SHOWN] =
	ROW " WHERE decision_id = (SELECT decision_id FROM decision_shown"
	" WHERE letter_id = :letter AND number = :number)",
[SHOWN_COUNT] =
	"SELECT count(*) FROM decision_shown WHERE letter_id = :letter",
};
const struct statements decision_statements = { sql, N_STATEMENTS };

enum rc
decision_add(struct store *store, const struct decision_row *row,
    int64_t *decision_id, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, ADD);
	enum rc rc;

	query_text(&q, ":key", row->key);
	query_text(&q, ":kind", row->kind);
	query_text(&q, ":body", row->body);
	query_text(&q, ":ref", row->ref);
	if (row->row_id != 0)
		query_int(&q, ":row", row->row_id);
	query_text(&q, ":label", row->label);
	query_text(&q, ":words", row->words);
	query_int(&q, ":made", row->made_at);
	if (row->until_at != 0)
		query_int(&q, ":until", row->until_at);
	query_int(&q, ":urgent", row->urgent);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (sqlite3_changes(store->db) == 0)
		return RC_NONE;
	*decision_id = sqlite3_last_insert_rowid(store->db);
	return RC_OK;
}

static struct decision_row
row_of(struct arena *arena, const struct query *q)
{
	struct decision_row row = {
		.decision_id = column_int(q, 0),
		.key = column_text(arena, q, 1),
		.kind = column_text(arena, q, 2),
		.body = column_text(arena, q, 3),
		.ref = column_text(arena, q, 4),
		.row_id = column_int(q, 5),
		.label = column_text(arena, q, 6),
		.words = column_text(arena, q, 7),
		.made_at = column_int(q, 8),
		.until_at = column_int(q, 9),
		.urgent = column_int(q, 10) != 0,
		.choice = column_text(arena, q, 12),
		.answered_at = column_int(q, 13),
		.journal_id = column_int(q, 14),
		.by = column_text(arena, q, 15),
	};

	(void)decision_state_read(column_text(arena, q, 11), &row.state);
	return row;
}

static enum rc
one_read(struct query *q, struct arena *arena, struct decision_row *row,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = row_of(arena, q);
	query_end(q);
	return RC_OK;
}

enum rc
decision_load(struct store *store, struct arena *arena, int64_t decision_id,
    struct decision_row *row, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, LOAD);

	query_int(&q, ":decision", decision_id);
	return one_read(&q, arena, row, err);
}

enum rc
decision_by_key(struct store *store, struct arena *arena, const char *key,
    struct decision_row *row, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, BY_KEY);

	query_text(&q, ":key", key);
	return one_read(&q, arena, row, err);
}

enum rc
decision_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct decision_row *row, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return one_read(&q, arena, row, err);
}

enum rc
decision_open(struct store *store, struct arena *arena, const char *body,
    struct decision_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, OPEN);
	struct decision_row *list = arena_array(arena, DECISIONS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", DECISIONS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = row_of(arena, &q);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
decision_move(struct store *store, const struct decision_row *row,
    enum decision_act act, const char *choice, int64_t at,
    int64_t journal_id, struct err *err)
{
	struct query q;
	enum decision_state to;
	enum rc rc;

	if (!decision_may(row->state, act, &to))
		return fail(err, RC_STOP, "decision %lld: no such step from "
		    "%s", (long long)row->decision_id,
		    decision_state_word(row->state));
	q = query_open(store, OF_DECISION, MOVE);
	query_text(&q, ":state", decision_state_word(to));
	if (to == DECISION_ANSWERED) {
		query_text(&q, ":choice", choice);
		query_int(&q, ":at", at);
		query_int(&q, ":journal", journal_id);
	}
	query_int(&q, ":decision", row->decision_id);
	if ((rc = query_run(&q, err)) != RC_OK || to != DECISION_MOOT)
		return rc;
	q = query_open(store, OF_DECISION, FORGET);
	query_int(&q, ":decision", row->decision_id);
	return query_run(&q, err);
}

enum rc
decision_forget_item(struct store *store, int64_t journal_id,
    struct err *err)
{
	struct query q = query_open(store, OF_DECISION, FORGET_ITEM);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
decision_show(struct store *store, int64_t letter_id, size_t number,
    int64_t decision_id, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, SHOW);

	query_int(&q, ":letter", letter_id);
	query_int(&q, ":number", (int64_t)number);
	query_int(&q, ":decision", decision_id);
	return query_run(&q, err);
}

enum rc
decision_shown(struct store *store, struct arena *arena, int64_t letter_id,
    int64_t number, struct decision_row *row, struct err *err)
{
	struct query q = query_open(store, OF_DECISION, SHOWN);

	query_int(&q, ":letter", letter_id);
	query_int(&q, ":number", number);
	return one_read(&q, arena, row, err);
}

enum rc
decision_shown_count(struct store *store, int64_t letter_id, int64_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_DECISION, SHOWN_COUNT);

	query_int(&q, ":letter", letter_id);
	return query_number(&q, n, 0, err);
}
