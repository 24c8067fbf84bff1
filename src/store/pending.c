/* SPDX-License-Identifier: MIT */
/* What waits for an answer, with the actions that it would carry out. */
#include "store/pending.h"

#include "base/arena.h"
#include "store/db.h"

#define ACTIONS_MOST 64	/* of one mail */

enum { ADD, ADD_ACTION, BY_LETTER, ACTIONS, ANSWERED, CLOSE, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO pending (mail_id, letter_id, email, reason, choices,"
	" asked_at, expires_at) VALUES (:mail, :letter, :email, :reason,"
	" :choices, :asked, :expires)",
[ADD_ACTION] =
	"INSERT INTO pending_action (pending_id, number, action, body,"
	" meeting, hearing, person, name, email, by_email, substitute, title,"
	" words, letters, to_email, deadline_day, part, ref, choice, point)"
	" VALUES (:pending, :number, :action, :body, :meeting, :hearing, :person, :name,"
	" :email, :by, :substitute, :title, :words, :letters, :to, :deadline,"
	" :part, :ref, :choice, :point)",
[BY_LETTER] =
	"SELECT pending_id, mail_id, letter_id, email, reason, choices,"
	" asked_at, expires_at, answered_at FROM pending"
	" WHERE letter_id = :letter",
[ACTIONS] =
	"SELECT action, body, meeting, hearing, person, name, email, by_email,"
	" substitute, title, words, letters, to_email, deadline_day, part,"
	" ref, choice, point FROM pending_action"
	" WHERE pending_id = :pending ORDER BY number",
[ANSWERED] =
	"UPDATE pending SET answered_at = :at, answered_by = :mail"
	" WHERE pending_id = :pending AND answered_at IS NULL",
[CLOSE] =
	"UPDATE pending SET answered_at = :at"
	" WHERE mail_id = :mail AND answered_at IS NULL",
};
const struct statements pending_statements = { sql, N_STATEMENTS };

static enum rc
action_add(struct store *store, int64_t pending_id, size_t number,
    const struct action *a, struct err *err)
{
	struct query q = query_open(store, OF_PENDING, ADD_ACTION);

	query_int(&q, ":pending", pending_id);
	query_int(&q, ":number", (int64_t)number);
	query_text(&q, ":action", action_word(a->kind));
	query_text(&q, ":body", a->body);
	query_text(&q, ":meeting", a->meeting);
	query_text(&q, ":hearing", a->hearing);
	query_text(&q, ":person", a->person);
	query_text(&q, ":name", a->name);
	query_text(&q, ":email", a->email);
	query_text(&q, ":by", a->by);
	query_text(&q, ":substitute", a->substitute);
	query_text(&q, ":title", a->title);
	query_text(&q, ":words", a->text);
	query_text(&q, ":letters", a->order);
	query_text(&q, ":to", a->to);
	if (a->deadline_day.year != 0)
		query_int(&q, ":deadline", date_to_days(a->deadline_day));
	query_int(&q, ":part", a->part);
	query_text(&q, ":ref", a->ref);
	query_text(&q, ":choice", a->choice);
	query_int(&q, ":point", a->point);
	return query_run(&q, err);
}

enum rc
pending_add(struct store *store, const struct pending_row *row,
    int64_t *pending_id, struct err *err)
{
	struct query q = query_open(store, OF_PENDING, ADD);
	int64_t id;
	enum rc rc;

	query_int(&q, ":mail", row->mail_id);
	query_int(&q, ":letter", row->letter_id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":reason", row->reason);
	query_text(&q, ":choices", row->choices);
	query_int(&q, ":asked", row->asked_at);
	query_int(&q, ":expires", row->expires_at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	id = sqlite3_last_insert_rowid(store->db);
	for (size_t i = 0; i < row->n_actions && i < ACTIONS_MOST &&
	    rc == RC_OK; i++)
		rc = action_add(store, id, i, &row->actions[i], err);
	if (rc == RC_OK)
		*pending_id = id;
	return rc;
}

static struct action
action_of(struct arena *arena, const struct query *q)
{
	struct action a = {
		.body = column_text(arena, q, 1),
		.meeting = column_text(arena, q, 2),
		.hearing = column_text(arena, q, 3),
		.person = column_text(arena, q, 4),
		.name = column_text(arena, q, 5),
		.email = column_text(arena, q, 6),
		.by = column_text(arena, q, 7),
		.substitute = column_text(arena, q, 8),
		.title = column_text(arena, q, 9),
		.text = column_text(arena, q, 10),
		.order = column_text(arena, q, 11),
		.to = column_text(arena, q, 12),
		.part = (int)column_int(q, 14),
		.ref = column_text(arena, q, 15),
		.choice = column_text(arena, q, 16),
		.point = (int)column_int(q, 17),
	};

	(void)action_read(column_text(arena, q, 0), &a.kind);
	if (!column_is_null(q, 13))
		a.deadline_day = date_from_days(column_int(q, 13));
	return a;
}

static enum rc
actions_load(struct store *store, struct arena *arena,
    struct pending_row *row, struct err *err)
{
	struct query q = query_open(store, OF_PENDING, ACTIONS);
	struct action *list = arena_array(arena, ACTIONS_MOST, sizeof *list);
	enum rc rc;

	query_int(&q, ":pending", row->pending_id);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[row->n_actions++] = action_of(arena, &q);
	row->actions = list;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
pending_by_letter(struct store *store, struct arena *arena, int64_t letter_id,
    struct pending_row *out, struct err *err)
{
	struct query q = query_open(store, OF_PENDING, BY_LETTER);
	struct pending_row row;
	enum rc rc;

	query_int(&q, ":letter", letter_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row = (struct pending_row){
		.pending_id = column_int(&q, 0),
		.mail_id = column_int(&q, 1),
		.letter_id = column_int(&q, 2),
		.email = column_text(arena, &q, 3),
		.reason = column_text(arena, &q, 4),
		.choices = column_text(arena, &q, 5),
		.asked_at = column_int(&q, 6),
		.expires_at = column_int(&q, 7),
		.answered_at = column_int(&q, 8),
	};
	query_end(&q);
	if ((rc = actions_load(store, arena, &row, err)) == RC_OK)
		*out = row;
	return rc;
}

enum rc
pending_answered(struct store *store, int64_t pending_id, int64_t mail_id,
    int64_t at, struct err *err)
{
	struct query q = query_open(store, OF_PENDING, ANSWERED);
	enum rc rc;

	query_int(&q, ":pending", pending_id);
	query_int(&q, ":mail", mail_id);
	query_int(&q, ":at", at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return sqlite3_changes(store->db) == 0 ? RC_NONE : RC_OK;
}

enum rc
pending_close_mail(struct store *store, int64_t mail_id, int64_t at,
    struct err *err)
{
	struct query q = query_open(store, OF_PENDING, CLOSE);

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":at", at);
	return query_run(&q, err);
}
