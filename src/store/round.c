/* SPDX-License-Identifier: MIT */
/* Rounds in which members put the topics in order. */
#include <string.h>

#include "base/arena.h"
#include "store/db.h"
#include "store/topic.h"

#define BODY_ID "(SELECT body_id FROM body WHERE slug = :body)"
#define COLUMNS "SELECT round_id, slug, by_email, state, opened_at, ask_at," \
	" asked_at, deadline_at, reminded_at, ended_at, members, ballots," \
	" journal_id FROM ranking_round JOIN body USING (body_id)"

enum { ADD, TOPICS_ADD, TOPICS_ASK, NEWEST, TOPICS, KEEP, DEADLINE, ASKED,
	REMINDED, END, PLACE, TOPICS_MOVE, OPENED_BY, MOVED_BY, BACK,
	STEPS_DROP, RELEASE, BALLOTS_FREE, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO ranking_round (body_id, state, opened_at, ask_at,"
	" deadline_at, by_email, journal_id) VALUES (" BODY_ID ", 'open',"
	" :opened, :ask, :deadline, :by, :journal)",
[TOPICS_ADD] =
	"INSERT INTO ranking_topic (round_id, letter, title) SELECT :round,"
	" letter, title FROM topic WHERE body_id = " BODY_ID
	" AND ended_at IS NULL",
[TOPICS_ASK] =
	"UPDATE topic SET state = 'asked' WHERE body_id = " BODY_ID
	" AND ended_at IS NULL",
[NEWEST] =
	COLUMNS " WHERE slug = :body ORDER BY round_id DESC LIMIT 1",
[TOPICS] =
	"SELECT letter, title, place, shared FROM ranking_topic"
	" WHERE round_id = :round ORDER BY place, letter",
[KEEP] =
	"INSERT INTO ranking_step (journal_id, round_id, deadline_at) SELECT"
	" :journal, round_id, deadline_at FROM ranking_round"
	" WHERE round_id = :round",
[DEADLINE] =
	"UPDATE ranking_round SET deadline_at = :deadline,"
	" reminded_at = NULL WHERE round_id = :round",
[ASKED] =
	"UPDATE ranking_round SET asked_at = :now WHERE round_id = :round",
[REMINDED] =
	"UPDATE ranking_round SET reminded_at = :now"
	" WHERE round_id = :round",
[END] =
	"UPDATE ranking_round SET state = :state, ended_at = :now,"
	" members = :members, ballots = :ballots WHERE round_id = :round",
[PLACE] =
	"UPDATE ranking_topic SET place = :place, shared = :shared"
	" WHERE round_id = :round AND letter = :letter",
[TOPICS_MOVE] =
	"UPDATE topic SET state = :state WHERE body_id = " BODY_ID
	" AND state = 'asked'",
[OPENED_BY] =
	COLUMNS " WHERE journal_id = :journal",
[MOVED_BY] =
	COLUMNS " WHERE round_id IN (SELECT s.round_id FROM ranking_step AS s"
	" WHERE s.journal_id = :journal)",
[BACK] =
	"UPDATE ranking_round SET deadline_at = (SELECT deadline_at"
	" FROM ranking_step AS s WHERE s.journal_id = :journal"
	" AND s.round_id = ranking_round.round_id) WHERE round_id IN"
	" (SELECT round_id FROM ranking_step WHERE journal_id = :journal)",
[STEPS_DROP] =
	"DELETE FROM ranking_step WHERE journal_id = :journal",
[RELEASE] =
	"UPDATE topic SET state = 'open' WHERE state = 'asked' AND body_id IN"
	" (SELECT body_id FROM ranking_round WHERE journal_id = :journal)",
[BALLOTS_FREE] =
	"UPDATE ranking SET round_id = NULL WHERE round_id IN (SELECT"
	" round_id FROM ranking_round WHERE journal_id = :journal)",
[DROP] =
	"DELETE FROM ranking_round WHERE journal_id = :journal",
};
const struct statements round_statements = { sql, N_STATEMENTS };

static enum rc
with_body(struct store *store, int which, const struct round *row,
    const char *state, struct err *err)
{
	struct query q = query_open(store, OF_ROUND, which);

	query_text(&q, ":body", row->body);
	if (which == TOPICS_ADD)
		query_int(&q, ":round", row->round_id);
	if (state != NULL)
		query_text(&q, ":state", state);
	return query_run(&q, err);
}

enum rc
round_add(struct store *store, struct arena *arena, struct round *row,
    struct err *err)
{
	struct query q;
	struct topic *topics;
	size_t n;
	enum rc rc = topic_list(store, arena, row->body, &topics, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		enum topic_state to;

		if (!topic_may(topics[i].state, TOPIC_ASK, &to))
			rc = fail(err, RC_PARK, "a topic is %s",
			    topic_state_word(topics[i].state));
	}
	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_ROUND, ADD);
	query_text(&q, ":body", row->body);
	query_int(&q, ":opened", row->opened_at);
	query_int(&q, ":ask", row->ask_at);
	query_int(&q, ":deadline", row->deadline_at);
	query_text(&q, ":by", row->by);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->round_id = sqlite3_last_insert_rowid(store->db);
	row->state = ROUND_OPEN;
	if ((rc = with_body(store, TOPICS_ADD, row, NULL, err)) != RC_OK)
		return rc;
	return with_body(store, TOPICS_ASK, row, NULL, err);
}

static void
row_read(struct arena *arena, const struct query *q, struct round *row)
{
	*row = (struct round){ .round_id = column_int(q, 0),
		.body = column_text(arena, q, 1),
		.by = column_text(arena, q, 2),
		.opened_at = column_int(q, 4), .ask_at = column_int(q, 5),
		.asked_at = column_int(q, 6), .deadline_at = column_int(q, 7),
		.reminded_at = column_int(q, 8), .ended_at = column_int(q, 9),
		.members = column_int(q, 10), .ballots = column_int(q, 11),
		.journal_id = column_int(q, 12) };
	(void)round_state_read(column_text(arena, q, 3), &row->state);
}

enum rc
round_newest(struct store *store, struct arena *arena, const char *body,
    struct round *row, struct err *err)
{
	struct query q = query_open(store, OF_ROUND, NEWEST);
	enum rc rc;

	query_text(&q, ":body", body);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_read(arena, &q, row);
	query_end(&q);
	return RC_OK;
}

enum rc
round_topics(struct store *store, struct arena *arena, int64_t round_id,
    struct round_topic **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_ROUND, TOPICS);
	struct round_topic *list = arena_array(arena, TOPICS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":round", round_id);
	while ((rc = query_row(&q, err)) == RC_OK)
		if (count < TOPICS_MOST)
			list[count++] = (struct round_topic){
				column_text(arena, &q, 0)[0],
				column_text(arena, &q, 1),
				(size_t)column_int(&q, 2),
				column_int(&q, 3) != 0 };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

static enum rc
step(struct round *row, enum round_act act, struct err *err)
{
	return round_may(row->state, act, &row->state) ? RC_OK : fail(err,
	    RC_PARK, "round %lld is %s", (long long)row->round_id,
	    round_state_word(row->state));
}

enum rc
round_move(struct store *store, struct round *row, int64_t deadline_at,
    int64_t journal_id, struct err *err)
{
	struct query q;
	enum rc rc = step(row, ROUND_MOVE, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_ROUND, KEEP);
	query_int(&q, ":journal", journal_id);
	query_int(&q, ":round", row->round_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->deadline_at = deadline_at;
	row->reminded_at = 0;
	q = query_open(store, OF_ROUND, DEADLINE);
	query_int(&q, ":deadline", deadline_at);
	query_int(&q, ":round", row->round_id);
	return query_run(&q, err);
}

static enum rc
at_set(struct store *store, int which, const struct round *row,
    int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_ROUND, which);

	query_int(&q, ":now", now_at);
	query_int(&q, ":round", row->round_id);
	return query_run(&q, err);
}

enum rc
round_asked(struct store *store, struct round *row, int64_t now_at,
    struct err *err)
{
	row->asked_at = now_at;
	return at_set(store, ASKED, row, now_at, err);
}

enum rc
round_reminded(struct store *store, struct round *row, int64_t now_at,
    struct err *err)
{
	row->reminded_at = now_at;
	return at_set(store, REMINDED, row, now_at, err);
}

enum rc
round_end(struct store *store, struct arena *arena, struct round *row,
    enum round_act act, const struct count *count, int64_t members,
    int64_t ballots, int64_t now_at, struct err *err)
{
	struct query q;
	enum rc rc = step(row, act, err);

	if (rc != RC_OK)
		return rc;
	row->ended_at = now_at;
	row->members = members;
	row->ballots = ballots;
	q = query_open(store, OF_ROUND, END);
	query_text(&q, ":state", round_state_word(row->state));
	query_int(&q, ":now", now_at);
	query_int(&q, ":members", members);
	query_int(&q, ":ballots", ballots);
	query_int(&q, ":round", row->round_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	for (size_t i = 0; count != NULL && i < count->n && rc == RC_OK;
	    i++) {
		const struct count_line *l = &count->lines[i];

		q = query_open(store, OF_ROUND, PLACE);
		query_int(&q, ":place", (int64_t)l->place);
		query_int(&q, ":shared", l->shared);
		query_int(&q, ":round", row->round_id);
		query_text(&q, ":letter", arena_printf(arena, "%c",
		    l->letter));
		rc = query_run(&q, err);
	}
	return rc != RC_OK ? rc : with_body(store, TOPICS_MOVE, row,
	    topic_state_word(count != NULL ? TOPIC_RANKED : TOPIC_OPEN), err);
}

enum rc
round_of_line(struct store *store, struct arena *arena, int64_t journal_id,
    struct round *row, bool *opened, struct err *err)
{
	enum rc rc = RC_NONE;

	for (int which = OPENED_BY; which <= MOVED_BY && rc == RC_NONE;
	    which++) {
		struct query q = query_open(store, OF_ROUND, which);

		query_int(&q, ":journal", journal_id);
		if ((rc = query_row(&q, err)) != RC_OK)
			continue;
		row_read(arena, &q, row);
		query_end(&q);
		*opened = which == OPENED_BY;
	}
	return rc;
}

enum rc
round_undo(struct store *store, int64_t journal_id, struct err *err)
{
	static const int all[] = { BACK, STEPS_DROP, RELEASE, BALLOTS_FREE,
		DROP };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == RC_OK;
	    i++) {
		struct query q = query_open(store, OF_ROUND, all[i]);

		query_int(&q, ":journal", journal_id);
		rc = query_run(&q, err);
	}
	return rc;
}
