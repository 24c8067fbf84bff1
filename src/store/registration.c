/* SPDX-License-Identifier: MIT */
/* Who comes to a workshop, who waits, and what each of them needs. */
#include "base/arena.h"
#include "store/db.h"
#include "store/workshop.h"

#define LIST_MOST 4000	/* twice the places of the largest workshop */

enum {
	ADD, LIST, LIST_OF, CHANGE, MOVE, NEEDS, TAKEN, OF_LINE, BACK, DROP,
	CHANGE_DROP, N_STATEMENTS
};
#define ROW "SELECT registration_id, workshop_id, email, companion, name," \
	" state, needs, offer_until_at, at FROM registration" \
	" WHERE workshop_id = :workshop"
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO registration (workshop_id, email, companion, name,"
	" state, needs, at) VALUES (:workshop, :email, :companion, :name,"
	" :state, :needs, :at)",
[LIST] =
	ROW " ORDER BY at, registration_id LIMIT :limit",
[LIST_OF] =
	ROW " AND email = :email ORDER BY at, registration_id LIMIT :limit",
[CHANGE] =
	"INSERT INTO registration_change (journal_id, registration_id, was)"
	" VALUES (:journal, :registration, :was) ON CONFLICT DO NOTHING",
[MOVE] =
	"UPDATE registration SET state = :state, offer_until_at = :until,"
	" at = :at WHERE registration_id = :registration",
[NEEDS] =
	"UPDATE registration SET needs = :needs"
	" WHERE registration_id = :registration",
[TAKEN] =
	"SELECT count(*) FROM registration WHERE workshop_id = :workshop"
	" AND state IN ('registered', 'offered')",
[OF_LINE] =
	"SELECT workshop_id FROM registration_change"
	" JOIN registration USING (registration_id)"
	" WHERE registration_change.journal_id = :journal LIMIT 1",
[BACK] =
	"UPDATE registration SET offer_until_at = NULL, state ="
	" (SELECT CASE WHEN was IN ('registered', 'offered') AND :full"
	" AND registration.state NOT IN ('registered', 'offered')"
	" THEN 'waiting' WHEN was = 'offered' THEN 'waiting' ELSE was END"
	" FROM registration_change c WHERE c.registration_id ="
	" registration.registration_id AND c.journal_id = :journal)"
	" WHERE state NOT IN ('came', 'missed') AND registration_id IN"
	" (SELECT registration_id FROM registration_change"
	" WHERE journal_id = :journal AND was IS NOT NULL)",
[DROP] =
	"DELETE FROM registration WHERE registration_id IN (SELECT"
	" registration_id FROM registration_change"
	" WHERE journal_id = :journal AND was IS NULL)",
[CHANGE_DROP] =
	"DELETE FROM registration_change WHERE journal_id = :journal",
};
const struct statements registration_statements = { sql, N_STATEMENTS };

static enum rc
change_add(struct store *store, int64_t registration_id, int64_t journal_id,
    const char *was, struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, CHANGE);

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":registration", registration_id);
	query_text(&q, ":was", was);
	return query_run(&q, err);
}

enum rc
registration_add(struct store *store, struct registration_row *row,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, ADD);
	enum rc rc;

	query_int(&q, ":workshop", row->workshop_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":companion", row->companion);
	query_text(&q, ":name", row->name);
	query_text(&q, ":state", registration_word(row->state));
	query_text(&q, ":needs", row->needs);
	query_int(&q, ":at", row->at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->registration_id = sqlite3_last_insert_rowid(store->db);
	return change_add(store, row->registration_id, journal_id, NULL, err);
}

enum rc
registration_list(struct store *store, struct arena *arena,
    int64_t workshop_id, const char *email, struct registration_row **rows,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, email == NULL ?
	    LIST : LIST_OF);
	struct registration_row *all = arena_array(arena, LIST_MOST,
	    sizeof *all);
	enum rc rc;

	*n = 0;
	query_int(&q, ":workshop", workshop_id);
	if (email != NULL)
		query_text(&q, ":email", email);
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		struct registration_row *r = &all[(*n)++];

		*r = (struct registration_row){
			.registration_id = column_int(&q, 0),
			.workshop_id = column_int(&q, 1),
			.email = column_text(arena, &q, 2),
			.companion = column_text(arena, &q, 3),
			.name = column_text(arena, &q, 4),
			.needs = column_text(arena, &q, 6),
			.offer_until_at = column_int(&q, 7),
			.at = column_int(&q, 8) };
		(void)registration_read(column_text(arena, &q, 5),
		    &r->state);
	}
	*rows = all;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
registration_move(struct store *store, struct registration_row *row,
    enum registration_act act, int64_t at, int64_t offer_until_at,
    int64_t journal_id, struct err *err)
{
	enum registration_state to;
	struct query q;
	enum rc rc = RC_OK;

	if (!registration_may(row->state, act, &to))
		return fail(err, RC_STOP, "registration %lld is %s",
		    (long long)row->registration_id,
		    registration_word(row->state));
	if (journal_id != 0)
		rc = change_add(store, row->registration_id, journal_id,
		    registration_word(row->state), err);
	if (rc != RC_OK)
		return rc;
	if (act == REGISTRATION_WAIT)
		row->at = at;
	q = query_open(store, OF_REGISTRATION, MOVE);
	query_text(&q, ":state", registration_word(to));
	if (offer_until_at != 0)
		query_int(&q, ":until", offer_until_at);
	else
		query_null(&q, ":until");
	query_int(&q, ":at", row->at);
	query_int(&q, ":registration", row->registration_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		row->state = to;
	row->offer_until_at = offer_until_at;
	return rc;
}

enum rc
registration_needs(struct store *store, int64_t registration_id,
    const char *needs, struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, NEEDS);

	query_text(&q, ":needs", needs);
	query_int(&q, ":registration", registration_id);
	return query_run(&q, err);
}

enum rc
registration_taken(struct store *store, int64_t workshop_id, int64_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, TAKEN);

	query_int(&q, ":workshop", workshop_id);
	return query_number(&q, n, 0, err);
}

enum rc
registration_workshop(struct store *store, int64_t journal_id,
    int64_t *workshop_id, struct err *err)
{
	struct query q = query_open(store, OF_REGISTRATION, OF_LINE);

	query_int(&q, ":journal", journal_id);
	return query_number(&q, workshop_id, 0, err);
}

enum rc
registration_undo(struct store *store, int64_t journal_id,
    const struct workshop_row *row, struct err *err)
{
	struct query q;
	int64_t taken;
	enum rc rc = registration_taken(store, row->workshop_id, &taken, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_REGISTRATION, BACK);
	query_int(&q, ":full", taken >= row->places);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_REGISTRATION, DROP);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_REGISTRATION, CHANGE_DROP);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
