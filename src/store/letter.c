/* SPDX-License-Identifier: MIT */
/* The outbox, and the whole life of a letter in one table. */
#include "store/letter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

/* What is not in here cannot happen (STYLE 10). */
static const struct life {
	enum letter_state from, to;
} life[] = {
	{ LETTER_QUEUED,    LETTER_SENDING },	/* handed to the sender */
	{ LETTER_QUEUED,    LETTER_WITHDRAWN },	/* undone before it left */
	{ LETTER_SENDING,   LETTER_DOT },	/* committed, then the dot */
	{ LETTER_SENDING,   LETTER_QUEUED },	/* the sender died before */
	{ LETTER_SENDING,   LETTER_DEFERRED },	/* 4xx, or away */
	{ LETTER_SENDING,   LETTER_FAILED },	/* 5xx, or after five days */
	{ LETTER_SENDING,   LETTER_WITHDRAWN },	/* undone at the last moment */
	{ LETTER_DOT,       LETTER_SENT },	/* 2xx */
	{ LETTER_DOT,       LETTER_DEFERRED },	/* 4xx to the dot itself */
	{ LETTER_DOT,       LETTER_FAILED },	/* 5xx to the dot itself */
	{ LETTER_DOT,       LETTER_UNCERTAIN },	/* no answer came */
	{ LETTER_DEFERRED,  LETTER_SENDING },	/* its time has come */
	{ LETTER_DEFERRED,  LETTER_FAILED },	/* five days */
	{ LETTER_DEFERRED,  LETTER_WITHDRAWN },
	{ LETTER_UNCERTAIN, LETTER_QUEUED },	/* once more, the same bytes */
	{ LETTER_UNCERTAIN, LETTER_SENT },	/* its copy was seen */
	{ LETTER_UNCERTAIN, LETTER_FAILED },	/* dropped, with a note */
};

static const char *const state_words[LETTER_STATES] = {
	[LETTER_QUEUED] = "queued",
	[LETTER_SENDING] = "sending",
	[LETTER_DOT] = "dot",
	[LETTER_SENT] = "sent",
	[LETTER_DEFERRED] = "deferred",
	[LETTER_FAILED] = "failed",
	[LETTER_UNCERTAIN] = "uncertain",
	[LETTER_WITHDRAWN] = "withdrawn",
};

enum {
	ADD, ADD_RAW, DUE, NEXT_DUE, STATE, MOVE, LOG, ON_WAY, LOAD, LIST,
	LIST_STATE, BY_KEY, BY_MESSAGE_ID, BY_TOKEN, OF_MAIL, OF_REF, COUNT,
	RETRY_NOW, STALE, N_STATEMENTS
};
#define ROW "letter_id, letter.mail_id, key, ref, body, from_email, to_email," \
	" message_id, subject, answer, made_at, due_at, first_at, last_at," \
	" attempts, kind, class, state, token"
/* What goes to an address that takes nothing waits (store/person.h). */
#define REACHABLE " AND to_email NOT IN (SELECT email FROM person" \
	" WHERE unreachable_told_at IS NOT NULL)"
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO letter (key, kind, class, ref, body, mail_id, from_email,"
	" to_email, message_id, token, subject, made_at, due_at)"
	" VALUES (:key, :kind, :class, :ref, :body, :mail, :from, :to, :id,"
	" :token, :subject, :made, :due) ON CONFLICT (key) DO NOTHING",
[ADD_RAW] =
	"INSERT INTO letter_raw (letter_id, raw, text)"
	" VALUES (:letter, :raw, :text)",
[DUE] =
	"SELECT " ROW ", raw FROM letter JOIN letter_raw USING (letter_id)"
	" WHERE state IN (0, 4) AND class = :class AND due_at <= :now"
	REACHABLE
	" ORDER BY due_at, letter_id LIMIT :limit",
[NEXT_DUE] =
	"SELECT min(due_at) FROM letter"
	" WHERE state IN (0, 4) AND class = :class" REACHABLE,
[STATE] =
	"SELECT state FROM letter WHERE letter_id = :letter",
[MOVE] =
	"UPDATE letter SET state = :to, answer = coalesce(:answer, answer),"
	" due_at = CASE :due WHEN 0 THEN due_at ELSE :due END,"
	" attempts = attempts + (:to = 1),"
	" first_at = CASE :to WHEN 1 THEN coalesce(first_at, :now)"
	" ELSE first_at END,"
	" last_at = CASE :to WHEN 1 THEN :now ELSE last_at END"
	" WHERE letter_id = :letter",
[LOG] =
	"INSERT INTO sent (letter_id, at, state, answer)"
	" VALUES (:letter, :now, :to, :answer)",
[ON_WAY] =
	"SELECT letter_id, state FROM letter WHERE state IN (1, 2)",
[LOAD] =
	"SELECT " ROW " FROM letter WHERE letter_id = :letter",
[LIST] =
	"SELECT " ROW " FROM letter ORDER BY letter_id DESC LIMIT :limit",
[LIST_STATE] =
	"SELECT " ROW " FROM letter WHERE state = :state"
	" ORDER BY letter_id DESC LIMIT :limit",
[BY_KEY] =
	"SELECT letter_id FROM letter WHERE key = :key",
[BY_MESSAGE_ID] =
	"WITH RECURSIVE stretch (n) AS (SELECT max(letter_id) >> 15"
	" FROM letter UNION ALL SELECT n - 1 FROM stretch WHERE n > 0)"
	" SELECT " ROW " FROM stretch CROSS JOIN letter"
	" WHERE letter_id >> 15 = n AND message_id = :id",
[BY_TOKEN] =
	"WITH RECURSIVE stretch (n) AS (SELECT max(letter_id) >> 13"
	" FROM letter UNION ALL SELECT n - 1 FROM stretch WHERE n > 0)"
	" SELECT " ROW " FROM stretch CROSS JOIN letter"
	" WHERE letter_id >> 13 = n AND token = :token COLLATE NOCASE",
[OF_MAIL] =
	"SELECT letter_id, state FROM letter"
	" WHERE mail_id = :mail AND kind = :kind",
[OF_REF] =
	"SELECT " ROW " FROM letter WHERE kind = :kind AND ref = :ref"
	" ORDER BY letter_id LIMIT :limit",
[COUNT] =
	"SELECT state, count(*) FROM letter GROUP BY state",
[STALE] =
	"UPDATE letter SET state = 7 WHERE state IN (0, 4)"
	" AND to_email = :to AND made_at < :before",
/* The server's own words begin with its code (RFC 5321 §4.2); what we say of
 * a server that is away does not. */
[RETRY_NOW] =
	"UPDATE letter SET due_at = :now WHERE state IN (0, 4) AND state = 4"
	" AND due_at > :now AND replace(coalesce(answer, ''),"
	" 'sent once more: ', '') NOT GLOB '[245][0-9][0-9] *'",
};
const struct statements letter_statements = { sql, N_STATEMENTS };

const char *
letter_state_word(enum letter_state state)
{
	return state_words[state];
}

bool
letter_may_move(enum letter_state from, enum letter_state to)
{
	for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
		if (life[i].from == from && life[i].to == to)
			return true;
	return false;
}

/* The column order of ROW. */
static struct letter_row
row_read(struct arena *arena, const struct query *q)
{
	return (struct letter_row){
		.letter_id = column_int(q, 0),
		.mail_id = column_int(q, 1),
		.key = column_text(arena, q, 2),
		.ref = column_text(arena, q, 3),
		.body = column_text(arena, q, 4),
		.from = column_text(arena, q, 5),
		.to = column_text(arena, q, 6),
		.message_id = column_text(arena, q, 7),
		.subject = column_text(arena, q, 8),
		.answer = column_text(arena, q, 9),
		.made_at = column_int(q, 10),
		.due_at = column_int(q, 11),
		.first_at = column_int(q, 12),
		.last_at = column_int(q, 13),
		.attempts = (int32_t)column_int(q, 14),
		.kind = (enum letter_kind)column_int(q, 15),
		.class = (enum letter_class)column_int(q, 16),
		.state = (enum letter_state)column_int(q, 17),
		.token = column_text(arena, q, 18),
	};
}

#define RAW_COLUMN 19

/* Adds the rows of a query to those already read, up to `limit` in all. */
static enum rc
rows_read(struct arena *arena, struct query *q, bool with_raw, size_t limit,
    struct letter_row *rows, size_t *n, struct err *err)
{
	enum rc rc = RC_OK;

	while (*n < limit && (rc = query_row(q, err)) == RC_OK) {
		rows[*n] = row_read(arena, q);
		if (with_raw)
			rows[*n].raw = column_bytes(arena, q, RAW_COLUMN);
		(*n)++;
	}
	if (rc == RC_OK)
		query_end(q);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
raw_add(struct store *store, int64_t letter_id,
    const struct letter_new *letter, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, ADD_RAW);

	query_int(&q, ":letter", letter_id);
	query_bytes(&q, ":raw", letter->raw.data, letter->raw.n);
	query_text(&q, ":text", letter->text);
	return query_run(&q, err);
}

static enum rc
add(struct store *store, const struct letter_new *letter, int64_t *letter_id,
    struct err *err)
{
	struct query q = query_open(store, OF_LETTER, ADD);
	int64_t id;
	enum rc rc;

	query_text(&q, ":key", letter->key);
	query_int(&q, ":kind", (int64_t)letter->kind);
	query_int(&q, ":class", (int64_t)letter->class);
	query_text(&q, ":ref", letter->ref);
	query_text(&q, ":body", letter->body);
	if (letter->mail_id != 0)
		query_int(&q, ":mail", letter->mail_id);
	query_text(&q, ":from", letter->from);
	query_text(&q, ":to", letter->to);
	query_text(&q, ":id", letter->message_id);
	query_text(&q, ":token", letter->token);
	query_text(&q, ":subject", letter->subject);
	query_int(&q, ":made", letter->made_at);
	query_int(&q, ":due", letter->due_at != 0 ? letter->due_at :
	    letter->made_at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (sqlite3_changes(store->db) == 0)
		return RC_NONE;
	id = sqlite3_last_insert_rowid(store->db);
	if ((rc = raw_add(store, id, letter, err)) == RC_OK &&
	    letter_id != NULL)
		*letter_id = id;
	return rc;
}

enum rc
letter_add(struct store *store, const struct letter_new *letter,
    int64_t *letter_id, struct err *err)
{
	bool own;
	enum rc rc = db_whole(store, &own, err);

	if (rc != RC_OK)
		return rc;
	return db_whole_end(store, own, add(store, letter, letter_id, err),
	    err);
}

enum rc
letter_due(struct store *store, struct arena *arena, int64_t now_at,
    size_t limit, struct letter_row **rows, size_t *n, struct err *err)
{
	struct letter_row *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	for (int class = LETTER_URGENT; class <= LETTER_BULK; class++) {
		struct query q = query_open(store, OF_LETTER, DUE);

		query_int(&q, ":class", class);
		query_int(&q, ":now", now_at);
		query_int(&q, ":limit", (int64_t)(limit - count));
		if ((rc = rows_read(arena, &q, true, limit, list, &count,
		    err)) != RC_OK)
			return rc;
	}
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
letter_next_due(struct store *store, int64_t *at, struct err *err)
{
	int64_t first = INT64_MAX, due;
	enum rc rc;

	for (int class = LETTER_URGENT; class <= LETTER_BULK; class++) {
		struct query q = query_open(store, OF_LETTER, NEXT_DUE);

		query_int(&q, ":class", class);
		if ((rc = query_number(&q, &due, INT64_MAX, err)) != RC_OK)
			return rc;
		if (due < first)
			first = due;
	}
	if (first == INT64_MAX)
		return RC_NONE;
	*at = first;
	return RC_OK;
}

static enum rc
log_add(struct store *store, int64_t letter_id, enum letter_state to,
    int64_t now_at, const char *answer, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, LOG);

	query_int(&q, ":letter", letter_id);
	query_int(&q, ":now", now_at);
	query_int(&q, ":to", (int64_t)to);
	query_text(&q, ":answer", answer);
	return query_run(&q, err);
}

enum rc
letter_move(struct store *store, int64_t letter_id, enum letter_state to,
    int64_t now_at, int64_t due_at, const char *answer, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, STATE);
	int64_t from;
	enum rc rc;

	query_int(&q, ":letter", letter_id);
	if ((rc = query_number(&q, &from, -1, err)) != RC_OK)
		return rc;
	if (from < 0)
		return fail(err, RC_STOP, "letter %lld: there is none",
		    (long long)letter_id);
	if (!letter_may_move((enum letter_state)from, to))
		return fail(err, RC_STOP, "letter %lld: cannot go from %s to "
		    "%s", (long long)letter_id, state_words[from],
		    state_words[to]);
	q = query_open(store, OF_LETTER, MOVE);
	query_int(&q, ":letter", letter_id);
	query_int(&q, ":to", (int64_t)to);
	query_int(&q, ":now", now_at);
	query_int(&q, ":due", due_at);
	query_text(&q, ":answer", answer);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (to == LETTER_QUEUED || to == LETTER_SENDING || to == LETTER_DOT)
		return RC_OK;
	return log_add(store, letter_id, to, now_at, answer, err);
}

/* The ids first, then the moves: a statement is not run on the rows that it
 * is reading. */
static enum rc
on_way(struct store *store, struct arena *arena, int64_t **ids,
    enum letter_state **states, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, ON_WAY);
	size_t cap = 1024; /* far above what the sender is given at once */
	enum rc rc;

	*ids = arena_array(arena, cap, sizeof **ids);
	*states = arena_array(arena, cap, sizeof **states);
	*n = 0;
	while ((rc = query_row(&q, err)) == RC_OK && *n < cap) {
		(*ids)[*n] = column_int(&q, 0);
		(*states)[(*n)++] = (enum letter_state)column_int(&q, 1);
	}
	if (rc == RC_OK)
		query_end(&q);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
recover_some(struct store *store, struct arena *arena, int64_t now_at,
    size_t *queued, size_t *uncertain, size_t *n, struct err *err)
{
	enum letter_state *states;
	int64_t *ids;
	enum rc rc;

	if ((rc = on_way(store, arena, &ids, &states, n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < *n && rc == RC_OK; i++) {
		bool dot = states[i] == LETTER_DOT;

		rc = letter_move(store, ids[i], dot ? LETTER_UNCERTAIN :
		    LETTER_QUEUED, now_at, 0, NULL, err);
		*(dot ? uncertain : queued) += 1;
	}
	return rc;
}

enum rc
letter_recover(struct store *store, int64_t now_at, size_t *queued,
    size_t *uncertain, struct err *err)
{
	struct arena *arena = arena_open();
	size_t n = 0, q = 0, u = 0;
	bool own;
	enum rc rc = db_whole(store, &own, err);

	if (rc == RC_OK) {
		do {
			rc = recover_some(store, arena, now_at, &q, &u, &n,
			    err);
		} while (rc == RC_OK && n > 0);
		rc = db_whole_end(store, own, rc, err);
	}
	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	*queued = q;
	*uncertain = u;
	return RC_OK;
}

static enum rc
row_load(struct arena *arena, struct query *q, struct letter_row *row,
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
letter_load(struct store *store, struct arena *arena, int64_t letter_id,
    struct letter_row *row, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, LOAD);

	query_int(&q, ":letter", letter_id);
	return row_load(arena, &q, row, err);
}

enum rc
letter_list(struct store *store, struct arena *arena, enum letter_state state,
    size_t limit, struct letter_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_LETTER,
	    state == LETTER_STATES ? LIST : LIST_STATE);
	struct letter_row *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	if (state != LETTER_STATES)
		query_int(&q, ":state", (int64_t)state);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = rows_read(arena, &q, false, limit, list, &count, err)) !=
	    RC_OK)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
letter_of_ref(struct store *store, struct arena *arena, const char *ref,
    enum letter_kind kind, size_t limit, struct letter_row **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_LETTER, OF_REF);
	struct letter_row *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":ref", ref);
	query_int(&q, ":kind", (int64_t)kind);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = rows_read(arena, &q, false, limit, list, &count, err)) !=
	    RC_OK)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
letter_by_key(struct store *store, const char *key, int64_t *letter_id,
    struct err *err)
{
	struct query q = query_open(store, OF_LETTER, BY_KEY);
	int64_t found = 0;
	enum rc rc;

	query_text(&q, ":key", key);
	if ((rc = query_number(&q, &found, 0, err)) != RC_OK)
		return rc;
	if (found != 0 && letter_id != NULL)
		*letter_id = found;
	return found == 0 ? RC_NONE : RC_OK;
}

enum rc
letter_by_message_id(struct store *store, struct arena *arena,
    const char *message_id, struct letter_row *row, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, BY_MESSAGE_ID);

	query_text(&q, ":id", message_id);
	return row_load(arena, &q, row, err);
}

enum rc
letter_by_token(struct store *store, struct arena *arena, const char *token,
    struct letter_row *row, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, BY_TOKEN);

	query_text(&q, ":token", token);
	return row_load(arena, &q, row, err);
}

#define LETTERS_OF_ONE_MAIL 64	/* a mail makes a handful of one kind */

enum rc
letter_withdraw(struct store *store, int64_t mail_id, enum letter_kind kind,
    int64_t now_at, size_t *withdrawn, size_t *gone, struct err *err)
{
	struct query q = query_open(store, OF_LETTER, OF_MAIL);
	int64_t ids[LETTERS_OF_ONE_MAIL];
	size_t n = 0, left = 0;
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":kind", (int64_t)kind);
	while ((rc = query_row(&q, err)) == RC_OK) {
		enum letter_state state =
		    (enum letter_state)column_int(&q, 1);

		if (state == LETTER_QUEUED || state == LETTER_DEFERRED) {
			if (n == LETTERS_OF_ONE_MAIL) {
				query_end(&q);
				break;
			}
			ids[n++] = column_int(&q, 0);
		} else if (state != LETTER_WITHDRAWN && state != LETTER_FAILED) {
			left++;
		}
	}
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	rc = RC_OK;
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = letter_move(store, ids[i], LETTER_WITHDRAWN, now_at, 0,
		    NULL, err);
	if (rc != RC_OK)
		return rc;
	*withdrawn = n;
	*gone = left;
	return RC_OK;
}

enum rc
letter_count(struct store *store, size_t n[LETTER_STATES], struct err *err)
{
	struct query q = query_open(store, OF_LETTER, COUNT);
	enum rc rc;

	memset(n, 0, LETTER_STATES * sizeof n[0]);
	while ((rc = query_row(&q, err)) == RC_OK)
		n[column_int(&q, 0)] = (size_t)column_int(&q, 1);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
letter_retry_now(struct store *store, int64_t now_at, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_LETTER, RETRY_NOW);
	enum rc rc;

	query_int(&q, ":now", now_at);
	if ((rc = query_run(&q, err)) == RC_OK)
		*n = (size_t)sqlite3_changes(store->db);
	return rc;
}

/* A body may have a slug like «vaeresteder»: only digits make a version. */
int64_t
letter_key_row(const char *key, const char *kind)
{
	if (key == NULL || !text_starts(key, kind))
		return 0;
	for (const char *at = key; (at = strstr(at, "/v")) != NULL; at += 2) {
		size_t n = strspn(at + 2, "0123456789");
		char *end;
		long long row;

		if (n == 0 || at[2 + n] != '-')
			continue;
		row = strtoll(at + 3 + n, &end, 10);
		if (*end == '/' && row > 0)
			return row;
	}
	return 0;
}

enum rc
letter_stale(struct store *store, const char *to, int64_t before_at,
    struct err *err)
{
	struct query q = query_open(store, OF_LETTER, STALE);

	query_text(&q, ":to", to);
	query_int(&q, ":before", before_at);
	return query_run(&q, err);
}
