/* SPDX-License-Identifier: MIT */
/* Which mails and letters the journal lacks. */
#include "store/journal_copy.h"

#include "base/arena.h"
#include "rules/world.h"
#include "store/db.h"

/* A key but for the reader at its end: the same text to all of them. */
#define LETTER_KEY "'journal/' || rtrim(key, replace(key, '/', ''))"
#define MAIL_KEY "'journal/mail/' || mail.mail_id"
#define HAS(key) "EXISTS (SELECT 1 FROM letter c WHERE c.key IN (" key \
	", " key " || '#trial')"
/* sent, of the kinds that matter to a case */
#define LETTERS " FROM letter WHERE state = 3 AND (kind IN (:agenda," \
	" :minutes) OR letter_id IN (SELECT letter_id FROM hearing)) AND key NOT LIKE 'journal/%'" \
	" AND made_at >= :from AND made_at < :before"
#define MAILS " FROM journal JOIN mail USING (mail_id)" \
	" WHERE journal.state = 'done' AND at >= :from AND at < :before" \
	" AND deed NOT IN ('absence', 'attendance', 'tentative'," \
	" 'substitute', 'guest-reply', 'ranking', 'subscribe'," \
	" 'unsubscribe', 'reader-choice', 'trail-stop', 'address-change')"

enum { DUE_MAILS, DUE_LETTERS, START, LATE_MAILS, LATE_LETTERS,
	N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[DUE_MAILS] =
	"SELECT " MAIL_KEY " AS copy, slug, min(deed), came_at, raw FROM"
	" (SELECT journal.mail_id, deed, journal.body_id" MAILS ") AS j"
	" JOIN mail USING (mail_id) JOIN mail_raw USING (mail_id)"
	" LEFT JOIN body USING (body_id) WHERE NOT " HAS(MAIL_KEY) ")"
	" GROUP BY mail.mail_id ORDER BY mail.mail_id LIMIT :limit",
[DUE_LETTERS] =
	"SELECT copy, body, kind, made_at, raw FROM (SELECT min(letter_id)"
	" AS letter_id, " LETTER_KEY " AS copy, body, kind, made_at" LETTERS
	" GROUP BY copy) JOIN letter_raw USING (letter_id) WHERE NOT "
	HAS("copy") ") ORDER BY letter_id LIMIT :limit",
[START] =
	"SELECT at FROM due_done WHERE key = 'journal/start'",
[LATE_MAILS] =
	"SELECT count(DISTINCT mail.mail_id)" MAILS " AND NOT "
	HAS(MAIL_KEY) " AND c.state = 3)",
[LATE_LETTERS] =
	"SELECT count(*) FROM (SELECT " LETTER_KEY " AS copy" LETTERS
	" GROUP BY copy) WHERE NOT " HAS("copy") " AND c.state = 3)",
};
const struct statements journal_copy_statements = { sql, N_STATEMENTS };

static void
span_set(struct query *q, bool letters, int64_t from_at, int64_t before_at)
{
	query_int(q, ":from", from_at);
	query_int(q, ":before", before_at);
	if (!letters)
		return;
	query_int(q, ":agenda", LETTER_AGENDA);
	query_int(q, ":minutes", LETTER_MINUTES);
}

enum rc
journal_copy_due(struct store *store, struct arena *arena, int64_t from_at,
    size_t limit, struct journal_copy **rows, size_t *n, struct err *err)
{
	struct journal_copy *list = arena_array(arena, 2 * limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	for (int which = DUE_MAILS; which <= DUE_LETTERS; which++) {
		struct query q = query_open(store, OF_JOURNAL_COPY, which);

		span_set(&q, which == DUE_LETTERS, from_at, INT64_MAX);
		query_int(&q, ":limit", (int64_t)limit);
		while ((rc = query_row(&q, err)) == RC_OK)
			list[count++] = (struct journal_copy){
				.key = column_text(arena, &q, 0),
				.body = column_text(arena, &q, 1),
				.what = column_text(arena, &q, 2),
				.at = column_int(&q, 3),
				.raw = column_bytes(arena, &q, 4),
				.is_mail = which == DUE_MAILS };
		if (rc != RC_NONE)
			return rc;
	}
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
journal_copy_start(struct store *store, int64_t *at, struct err *err)
{
	struct query q = query_open(store, OF_JOURNAL_COPY, START);
	enum rc rc = query_row(&q, err);

	if (rc != RC_OK)
		return rc;
	*at = column_int(&q, 0);
	query_end(&q);
	return RC_OK;
}

enum rc
journal_copy_late(struct store *store, int64_t before_at, size_t *n,
    struct err *err)
{
	int64_t from_at = 0, number;
	enum rc rc = journal_copy_start(store, &from_at, err);

	*n = 0;
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	for (int which = LATE_MAILS; which <= LATE_LETTERS; which++) {
		struct query q = query_open(store, OF_JOURNAL_COPY, which);

		span_set(&q, which == LATE_LETTERS, from_at, before_at);
		if ((rc = query_number(&q, &number, 0, err)) != RC_OK)
			return rc;
		*n += (size_t)number;
	}
	return RC_OK;
}
