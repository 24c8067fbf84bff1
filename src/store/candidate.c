/* SPDX-License-Identifier: MIT */
/* The list of a call: who is on it under which number, and what was decided
 * of each. */
#include <string.h>

#include "base/arena.h"
#include "store/application.h"
#include "store/call.h"
#include "store/db.h"
#include "store/nomination.h"

#define CANDIDATES_MOST 2000	/* more than ever applied for one council */

static const char *const outcome_words[] = {
	[CANDIDATE_APPOINTED] = "appointed",
	[CANDIDATE_RESERVE] = "reserve",
	[CANDIDATE_REJECTED] = "rejected",
};

enum { MAKE, LIST, DECIDE, UNDO, TELL, KEEP_APPLICATION, KEEP_NOMINATION,
	N_STATEMENTS };
/* Whoever is on a list that is not yet decided stays on that one. */
#define NOT_LISTED(column) " NOT EXISTS (SELECT 1 FROM candidate" \
	" WHERE candidate." column " = " column "_row" \
	" AND (candidate.call_id = :call OR told_at IS NULL))"
static const char *const sql[N_STATEMENTS] = {
[MAKE] =
	"INSERT INTO candidate (call_id, number, application_id,"
	" nomination_id) SELECT :call, row_number() OVER (ORDER BY at, a, n)"
	" + coalesce((SELECT max(number) FROM candidate"
	" WHERE call_id = :call), 0), a, n FROM ("
	"SELECT application_id AS a, NULL AS n, came_at AS at,"
	" application_id AS application_id_row"
	" FROM application JOIN body USING (body_id) WHERE slug = :body"
	" AND replaced_by IS NULL AND state IN ('received', 'reserve')"
	" AND" NOT_LISTED("application_id")
	" UNION ALL SELECT NULL, nomination_id, came_at, nomination_id"
	" AS nomination_id_row"
	" FROM nomination JOIN body USING (body_id) WHERE slug = :body"
	" AND replaced_by IS NULL AND state IN ('consented', 'reserve')"
	" AND" NOT_LISTED("nomination_id") ")",
[LIST] =
	"SELECT number, application_id, nomination_id, outcome, seat, rank,"
	" told_at IS NOT NULL FROM candidate WHERE call_id = :call"
	" ORDER BY number LIMIT :limit",
[DECIDE] =
	"UPDATE candidate SET outcome = :outcome, seat = :seat, rank = :rank,"
	" decided_by = :journal WHERE call_id = :call AND number = :number",
[UNDO] =
	"UPDATE candidate SET outcome = NULL, seat = NULL, rank = NULL,"
	" decided_by = NULL WHERE decided_by = :journal AND told_at IS NULL",
[TELL] =
	"UPDATE candidate SET told_at = :now"
	" WHERE call_id = :call AND number = :number",
[KEEP_APPLICATION] =
	"UPDATE application SET kept_at = :now, listed_at = NULL"
	" WHERE application_id = :number",
[KEEP_NOMINATION] =
	"UPDATE nomination SET kept_at = :now, listed_at = NULL"
	" WHERE nomination_id = :number",
};
const struct statements candidate_statements = { sql, N_STATEMENTS };

enum rc
candidates_make(struct store *store, const struct call_row *call,
    struct err *err)
{
	struct query q = query_open(store, OF_CANDIDATE, MAKE);

	query_int(&q, ":call", call->call_id);
	query_text(&q, ":body", call->body);
	return query_run(&q, err);
}

static struct candidate
row_read(struct arena *arena, const struct query *q)
{
	struct candidate row = {
		.number = column_int(q, 0),
		.application_id = column_int(q, 1),
		.nomination_id = column_int(q, 2),
		.seat = column_text(arena, q, 4),
		.rank = column_int(q, 5),
		.told = column_int(q, 6) != 0,
	};
	const char *word = column_text(arena, q, 3);

	for (int i = CANDIDATE_APPOINTED; word != NULL &&
	    i <= CANDIDATE_REJECTED; i++)
		if (strcmp(word, outcome_words[i]) == 0)
			row.outcome = (enum candidate_outcome)i;
	return row;
}

/* What the person wrote; false where it counts no more. */
static enum rc
person_read(struct store *store, struct arena *arena, struct candidate *c,
    bool *counts, struct err *err)
{
	struct application a = { 0 };
	struct nomination n = { 0 };
	enum rc rc;

	if (c->application_id != 0) {
		rc = application_load(store, arena, c->application_id, &a,
		    err);
		*counts = rc == RC_OK && !a.replaced &&
		    a.state != APPLICATION_WITHDRAWN &&
		    a.state != APPLICATION_LATE;
		c->name = a.name;
		c->email = a.email;
		c->words = a.words;
		c->groups = a.groups;
		c->resident = a.resident;
		c->counts_at = a.kept_at != 0 ? a.kept_at : a.came_at;
		c->on_reserve = a.state == APPLICATION_RESERVE;
		return rc;
	}
	rc = nomination_load(store, arena, c->nomination_id, &n, err);
	*counts = rc == RC_OK && !n.replaced && n.name != NULL &&
	    n.state != NOMINATION_ASKED;
	c->name = n.name;
	c->email = n.email;
	c->words = n.words;
	c->own_words = n.own_words;
	c->by_name = n.by_name != NULL ? n.by_name : n.by;
	c->groups = n.groups;
	c->resident = n.resident;
	c->counts_at = n.counts_at;
	c->on_reserve = n.state == NOMINATION_RESERVE;
	return rc;
}

enum rc
candidates_load(struct store *store, struct arena *arena, int64_t call_id,
    struct candidate **list, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_CANDIDATE, LIST);
	struct candidate *all = arena_array(arena, CANDIDATES_MOST,
	    sizeof *all);
	size_t count = 0, kept = 0;
	enum rc rc;

	query_int(&q, ":call", call_id);
	query_int(&q, ":limit", CANDIDATES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[count++] = row_read(arena, &q);
	if (rc != RC_NONE)
		return rc;
	for (size_t i = 0; i < count; i++) {
		bool counts;

		rc = person_read(store, arena, &all[i], &counts, err);
		if (rc != RC_OK)
			return rc;
		if (counts)
			all[kept++] = all[i];
	}
	*list = all;
	*n = kept;
	return RC_OK;
}

enum rc
candidate_decide(struct store *store, int64_t call_id, int64_t number,
    enum candidate_outcome outcome, const char *seat, int64_t rank,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_CANDIDATE, DECIDE);

	query_int(&q, ":call", call_id);
	query_int(&q, ":number", number);
	query_text(&q, ":outcome", outcome_words[outcome]);
	query_text(&q, ":seat", seat);
	if (rank != 0)
		query_int(&q, ":rank", rank);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
candidates_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_CANDIDATE, UNDO);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

static enum rc
reserve_keep(struct store *store, const struct candidate *c, int64_t now_at,
    struct err *err)
{
	struct query q = query_open(store, OF_CANDIDATE,
	    c->application_id != 0 ? KEEP_APPLICATION : KEEP_NOMINATION);

	query_int(&q, ":now", now_at);
	query_int(&q, ":number", c->application_id != 0 ? c->application_id :
	    c->nomination_id);
	return query_run(&q, err);
}

enum rc
candidate_tell(struct store *store, int64_t call_id,
    const struct candidate *c, int64_t now_at, struct err *err)
{
	static const enum application_state applied[] = {
		[CANDIDATE_APPOINTED] = APPLICATION_ACCEPTED,
		[CANDIDATE_RESERVE] = APPLICATION_RESERVE,
		[CANDIDATE_REJECTED] = APPLICATION_REJECTED,
	};
	static const enum nomination_state proposed[] = {
		[CANDIDATE_APPOINTED] = NOMINATION_ACCEPTED,
		[CANDIDATE_RESERVE] = NOMINATION_RESERVE,
		[CANDIDATE_REJECTED] = NOMINATION_REJECTED,
	};
	struct query q = query_open(store, OF_CANDIDATE, TELL);
	enum rc rc;

	query_int(&q, ":call", call_id);
	query_int(&q, ":number", c->number);
	query_int(&q, ":now", now_at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	/* Who was on the reserve list and stays on it does not move. */
	if (c->outcome == CANDIDATE_RESERVE && c->on_reserve)
		return reserve_keep(store, c, now_at, err);
	rc = c->application_id != 0 ? application_move(store,
	    c->application_id, applied[c->outcome], err) :
	    nomination_step(store, c->nomination_id, proposed[c->outcome],
	    err);
	if (rc != RC_OK || c->outcome != CANDIDATE_RESERVE)
		return rc;
	return reserve_keep(store, c, now_at, err);
}
