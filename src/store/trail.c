/* SPDX-License-Identifier: MIT */
/* Who proposed a point, and whether he still wants to hear of it. */
#include "store/trail.h"

#include "base/arena.h"
#include "store/db.h"

enum { LOAD, STOP, UNDO, LEFT, MAIL, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	"SELECT by_what, EXISTS (SELECT 1 FROM trail_stop"
	" WHERE trail_stop.item_id = item.item_id), journal.state = 'undone'"
	" FROM item JOIN journal USING (journal_id) WHERE item.item_id = :item",
[STOP] =
	"INSERT INTO trail_stop (item_id, at, journal_id)"
	" VALUES (:item, :at, :journal) ON CONFLICT (item_id) DO NOTHING",
[UNDO] =
	"DELETE FROM trail_stop WHERE journal_id = :journal",
[LEFT] =
	"SELECT count(*) FROM letter JOIN journal USING (mail_id)"
	" WHERE journal_id = :journal AND kind = :kind"
	" AND letter.state NOT IN (0, 4, 7)", /* queued, deferred, withdrawn */
[MAIL] =
	"SELECT coalesce(mail_id, 0) FROM journal WHERE journal_id = :journal",
};
const struct statements trail_statements = { sql, N_STATEMENTS };

enum rc
trail_load(struct store *store, struct arena *arena, int64_t item_id,
    struct trail *trail, struct err *err)
{
	struct query q = query_open(store, OF_TRAIL, LOAD);
	enum rc rc;

	query_int(&q, ":item", item_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*trail = (struct trail){ .by_what = column_text(arena, &q, 0),
		.stopped = column_int(&q, 1) != 0,
		.undone = column_int(&q, 2) != 0 };
	query_end(&q);
	return RC_OK;
}

enum rc
trail_stop(struct store *store, int64_t item_id, int64_t at,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_TRAIL, STOP);

	query_int(&q, ":item", item_id);
	query_int(&q, ":at", at);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
trail_stop_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_TRAIL, UNDO);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
trail_left(struct store *store, int64_t journal_id, enum letter_kind kind,
    int64_t *n, struct err *err)
{
	struct query q = query_open(store, OF_TRAIL, LEFT);

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":kind", (int64_t)kind);
	return query_number(&q, n, 0, err);
}

enum rc
trail_mail(struct store *store, int64_t journal_id, int64_t *mail_id,
    struct err *err)
{
	struct query q = query_open(store, OF_TRAIL, MAIL);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_number(&q, mail_id, 0, err)) != RC_OK)
		return rc;
	return *mail_id == 0 ? RC_NONE : RC_OK;
}
