/* SPDX-License-Identifier: MIT */
/* What happened since an hour; asked once a day, so it may cost a look at all
 * lines of the journal. */
#include "store/digest.h"

#include "base/arena.h"
#include "store/db.h"

enum { LAST, DEEDS, DUES, SENT, TROUBLE, UNANSWERED, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LAST] =
	"SELECT letter_id, made_at FROM letter WHERE body IS :body"
	" AND key GLOB 'decision/*' ORDER BY letter_id DESC LIMIT 1",
[DEEDS] =
	"SELECT deed, by_email, label, at FROM journal"
	" LEFT JOIN body USING (body_id) WHERE at > :since"
	" AND state = 'done' AND slug IS :body"
	" ORDER BY journal_id LIMIT :limit",
[DUES] =
	"SELECT key, NULL, NULL, at FROM due_done WHERE at > :since"
	" AND outcome = 'done' ORDER BY at, key LIMIT :limit",
[SENT] =
	"SELECT kind, count(*) FROM letter WHERE state IN (0, 1, 2, 3)"
	" AND letter_id > :after AND made_at > :since AND body IS :body"
	" GROUP BY kind ORDER BY kind LIMIT :limit",
[TROUBLE] =
	"SELECT letter_id, to_email, subject, state FROM letter"
	" WHERE body IS :body AND (state IN (4, 6)"
	" OR (state = 5 AND last_at > :since))"
	" ORDER BY letter_id LIMIT :limit",
[UNANSWERED] =
	"SELECT pending.reason, pending.email, NULL, asked_at FROM pending"
	" JOIN letter USING (letter_id) WHERE answered_at IS NULL"
	" AND expires_at > :now AND asked_at <= :before AND body IS :body"
	" ORDER BY pending_id LIMIT :limit",
};
const struct statements digest_statements = { sql, N_STATEMENTS };

enum rc
digest_last(struct store *store, const char *body, int64_t *letter_id,
    int64_t *at, struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, LAST);
	enum rc rc;

	query_text(&q, ":body", body);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*letter_id = column_int(&q, 0);
	*at = column_int(&q, 1);
	query_end(&q);
	return RC_OK;
}

static enum rc
rows_read(struct arena *arena, struct query *q, struct digest_row **rows,
    size_t *n, struct err *err)
{
	struct digest_row *list = arena_array(arena, DIGEST_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", DIGEST_MOST);
	while ((rc = query_row(q, err)) == RC_OK)
		list[count++] = (struct digest_row){
			.what = column_text(arena, q, 0),
			.who = column_text(arena, q, 1),
			.label = column_text(arena, q, 2),
			.at = column_int(q, 3),
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
digest_deeds(struct store *store, struct arena *arena, const char *body,
    int64_t since_at, struct digest_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, DEEDS);

	query_text(&q, ":body", body);
	query_int(&q, ":since", since_at);
	return rows_read(arena, &q, rows, n, err);
}

enum rc
digest_dues(struct store *store, struct arena *arena, int64_t since_at,
    struct digest_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, DUES);

	query_int(&q, ":since", since_at);
	return rows_read(arena, &q, rows, n, err);
}

enum rc
digest_sent(struct store *store, struct arena *arena, const char *body,
    int64_t after_id, int64_t since_at, struct digest_letters **rows,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, SENT);
	struct digest_letters *list = arena_array(arena, DIGEST_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":after", after_id);
	query_int(&q, ":since", since_at);
	query_int(&q, ":limit", DIGEST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct digest_letters){
			(enum letter_kind)column_int(&q, 0),
			column_int(&q, 1) };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
digest_trouble(struct store *store, struct arena *arena, const char *body,
    int64_t since_at, struct digest_trouble **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, TROUBLE);
	struct digest_trouble *list = arena_array(arena, DIGEST_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":since", since_at);
	query_int(&q, ":limit", DIGEST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct digest_trouble){
			.letter_id = column_int(&q, 0),
			.to = column_text(arena, &q, 1),
			.subject = column_text(arena, &q, 2),
			.state = (enum letter_state)column_int(&q, 3),
		};
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
digest_unanswered(struct store *store, struct arena *arena, const char *body,
    int64_t before_at, int64_t now_at, struct digest_row **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_DIGEST, UNANSWERED);

	query_text(&q, ":body", body);
	query_int(&q, ":before", before_at);
	query_int(&q, ":now", now_at);
	return rows_read(arena, &q, rows, n, err);
}
