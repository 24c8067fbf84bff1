/* SPDX-License-Identifier: MIT */
/* Steps of a meeting, and rules of its body. */
#include "store/meeting.h"

#include "base/arena.h"
#include "rules/meeting.h"
#include "store/db.h"

enum { STATE, MOVE, SEQUENCE, RULE, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[STATE] =
	"SELECT state FROM meeting WHERE slug = :meeting",
[MOVE] =
	"UPDATE meeting SET state = :to, changed_at = :now"
	" WHERE slug = :meeting",
[SEQUENCE] =
	"SELECT sequence FROM meeting WHERE slug = :meeting",
[RULE] =
	"SELECT value FROM rule JOIN body USING (body_id)"
	" WHERE slug = :body AND rule.name = :name",
};
const struct statements meeting_statements = { sql, N_STATEMENTS };

enum rc
meeting_move(struct store *store, const char *meeting, enum meeting_state to,
    int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_MEETING, STATE);
	struct arena *arena = arena_open();
	enum meeting_state from = to;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	rc = query_row(&q, err);
	if (rc == RC_OK) {
		(void)world_meeting_state_read(column_text(arena, &q, 0),
		    &from);
		query_end(&q);
	}
	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	if (!meeting_may_move(from, to))
		return fail(err, RC_STOP, "meeting %s: %s -> %s is no step",
		    meeting, world_meeting_state_word(from),
		    world_meeting_state_word(to));
	q = query_open(store, OF_MEETING, MOVE);
	query_text(&q, ":to", world_meeting_state_word(to));
	query_int(&q, ":now", now_at);
	query_text(&q, ":meeting", meeting);
	return query_run(&q, err);
}

enum rc
meeting_sequence(struct store *store, const char *meeting, int64_t *sequence,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING, SEQUENCE);

	query_text(&q, ":meeting", meeting);
	return query_number(&q, sequence, 0, err);
}

enum rc
rule_load(struct store *store, struct arena *arena, const char *body,
    const char *name, const char **value, struct err *err)
{
	struct query q = query_open(store, OF_MEETING, RULE);
	enum rc rc;

	query_text(&q, ":body", body);
	query_text(&q, ":name", name);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*value = column_text(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}
