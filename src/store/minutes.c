/* SPDX-License-Identifier: MIT */
/* Versions of minutes. Nobody reads items but through a view. */
#include "store/minutes.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"
#include "store/passage.h"

#define PEOPLE_MOST 200

#define COLUMNS "SELECT minutes_id, minutes.version, minutes.state, made_at," \
	" until_at, send_at, minutes.journal_id, mail_id, moved_by," \
	" meeting.slug, case_worker, other.slug, approved_words, content" \
	" FROM minutes JOIN meeting USING (meeting_id)" \
	" LEFT JOIN journal ON journal.journal_id = minutes.journal_id" \
	" LEFT JOIN meeting AS other ON other.meeting_id = approved_in"
#define ITEMS(view) \
	"SELECT number, title, words, decision, closed, extra FROM " view \
	" WHERE minutes_id = :minutes ORDER BY number LIMIT :limit"
#define LINES(view) \
	"SELECT kind, who, words, due_day FROM " view \
	" WHERE minutes_id = :minutes AND number = :number" \
	" ORDER BY line LIMIT :limit"

enum { LOAD, MAILED, ONE, BY_JOURNAL, PEOPLE, MEMBERS, PUBLIC,
	MEMBERS_LINES, PUBLIC_LINES, MEETING, NEXT, ADD, ADD_PERSON, ADD_ITEM,
	ADD_LINE, LEAKS, MOVE, DROP_PEOPLE, DROP_ITEMS, DROP_LINES, DROP,
	APPROVED, N_STATEMENTS };
#define OF_THE_LINE " WHERE minutes_id IN" \
	" (SELECT minutes_id FROM minutes WHERE journal_id = :journal)"
static const char *const sql[N_STATEMENTS] = {
[LOAD] =
	COLUMNS " WHERE meeting.slug = :meeting"
	" ORDER BY minutes.version DESC LIMIT 1",
[MAILED] =
	COLUMNS " WHERE meeting.slug = :meeting AND minutes.state = 'mailed'"
	" ORDER BY minutes.version DESC LIMIT 1",
[ONE] =
	COLUMNS " WHERE minutes_id = :minutes",
[BY_JOURNAL] =
	COLUMNS " WHERE minutes.journal_id = :journal OR moved_by = :journal"
	" ORDER BY minutes.version DESC LIMIT 1",
[PEOPLE] =
	"SELECT came, name, email FROM minutes_person"
	" WHERE minutes_id = :minutes ORDER BY number LIMIT :limit",
[MEMBERS] = ITEMS("minutes_for_members"),
[PUBLIC] = ITEMS("minutes_for_public"),
[MEMBERS_LINES] = LINES("minutes_lines_for_members"),
[PUBLIC_LINES] = LINES("minutes_lines_for_public"),
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :meeting",
[NEXT] =
	"SELECT 1 + max(version) FROM minutes WHERE meeting_id = :meeting",
[ADD] =
	"INSERT INTO minutes (meeting_id, version, state, made_at, until_at,"
	" case_worker, content, journal_id) VALUES (:meeting, :version,"
	" :state, :now, :until, :worker, :content, :journal)",
[ADD_PERSON] =
	"INSERT INTO minutes_person (minutes_id, number, came, name, email)"
	" VALUES (:minutes, :number, :came, :name, :email)",
[ADD_ITEM] =
	"INSERT INTO minutes_item (minutes_id, number, title, words,"
	" decision, closed, extra, leaks) VALUES (:minutes, :number, :title,"
	" :words, :decision, :closed, :extra, :leaks)",
[ADD_LINE] =
	"INSERT INTO minutes_line (minutes_id, number, line, kind, who,"
	" words, due_day) VALUES (:minutes, :number, :line, :kind, :who,"
	" :words, :due)",
[LEAKS] =
	"SELECT number FROM minutes_item WHERE minutes_id = :minutes"
	" AND leaks",
[MOVE] =
	"UPDATE minutes SET state = :state, until_at = :until,"
	" send_at = :send, moved_by = :journal WHERE minutes_id = :minutes",
[DROP_PEOPLE] =
	"DELETE FROM minutes_person" OF_THE_LINE,
[DROP_ITEMS] =
	"DELETE FROM minutes_item" OF_THE_LINE,
[DROP_LINES] =
	"DELETE FROM minutes_line" OF_THE_LINE,
[DROP] =
	"DELETE FROM minutes WHERE journal_id = :journal",
[APPROVED] =
	"UPDATE minutes SET approved_in = (SELECT meeting_id FROM meeting"
	" WHERE slug = :meeting), approved_words = :words"
	" WHERE minutes_id = :minutes",
};
const struct statements minutes_statements = { sql, N_STATEMENTS };

static const char *const came_words[] = {
	[CAME_PRESENT] = "present",
	[CAME_REGRETS] = "regrets",
	[CAME_MISSING] = "missing",
	[CAME_GUEST] = "guest",
	[CAME_OBSERVER] = "observer",
	[CAME_WRITER] = "writer",
};

static enum rc
row_read(struct query *q, struct arena *arena, struct minutes_row *row,
    struct err *err)
{
	struct bytes content;
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = (struct minutes_row){ .minutes_id = column_int(q, 0),
		.version = column_int(q, 1), .made_at = column_int(q, 3),
		.until_at = column_int(q, 4), .send_at = column_int(q, 5),
		.journal_id = column_int(q, 6), .mail_id = column_int(q, 7),
		.moved_by = column_int(q, 8),
		.meeting = column_text(arena, q, 9),
		.case_worker = column_text(arena, q, 10),
		.approved_in = column_text(arena, q, 11),
		.approved_words = column_text(arena, q, 12) };
	content = column_bytes(arena, q, 13);
	if (content.n == sizeof row->content)
		memcpy(row->content, content.data, content.n);
	(void)minutes_state_read(column_text(arena, q, 2), &row->state);
	query_end(q);
	return RC_OK;
}

static enum rc
load_by(struct store *store, struct arena *arena, int which,
    const char *meeting, struct minutes_row *row, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, which);

	query_text(&q, ":meeting", meeting);
	return row_read(&q, arena, row, err);
}

enum rc
minutes_load(struct store *store, struct arena *arena, const char *meeting,
    struct minutes_row *row, struct err *err)
{
	return load_by(store, arena, LOAD, meeting, row, err);
}

enum rc
minutes_load_mailed(struct store *store, struct arena *arena,
    const char *meeting, struct minutes_row *row, struct err *err)
{
	return load_by(store, arena, MAILED, meeting, row, err);
}

enum rc
minutes_load_id(struct store *store, struct arena *arena, int64_t minutes_id,
    struct minutes_row *row, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, ONE);

	query_int(&q, ":minutes", minutes_id);
	return row_read(&q, arena, row, err);
}

enum rc
minutes_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct minutes_row *row, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_read(&q, arena, row, err);
}

/* --- reading -------------------------------------------------------------- */

static enum rc
people_load(struct store *store, struct arena *arena, int64_t minutes_id,
    struct minutes *minutes, struct err *err)
{
	struct minutes_person *list = arena_array(arena, PEOPLE_MOST + 1,
	    sizeof *list);
	struct query q = query_open(store, OF_MINUTES, PEOPLE);
	size_t n = 0;
	enum rc rc;

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":limit", PEOPLE_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		const char *word = column_text(arena, &q, 0);

		list[n] = (struct minutes_person){ column_text(arena, &q, 1),
			column_text(arena, &q, 2), CAME_PRESENT };
		for (int k = 0; k < CAME_KINDS; k++)
			if (strcmp(word, came_words[k]) == 0)
				list[n].came = (enum minutes_came)k;
		n++;
	}
	minutes->people = list;
	minutes->n_people = n;
	minutes->has_people = n > 0;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
lines_load(struct store *store, struct arena *arena, int64_t minutes_id,
    enum audience audience, struct minutes_item *item, struct err *err)
{
	struct minutes_speech *speeches = arena_array(arena, MINUTES_LINES + 1,
	    sizeof *speeches);
	struct minutes_promise *promises = arena_array(arena,
	    MINUTES_LINES + 1, sizeof *promises);
	struct query q = query_open(store, OF_MINUTES, audience ==
	    AUDIENCE_MEMBERS ? MEMBERS_LINES : PUBLIC_LINES);
	enum rc rc;

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", (int64_t)item->number);
	query_int(&q, ":limit", MINUTES_LINES * 2);
	while ((rc = query_row(&q, err)) == RC_OK) {
		const char *who = column_text(arena, &q, 1);
		const char *words = column_text(arena, &q, 2);

		if (strcmp(column_text(arena, &q, 0), "speech") == 0 &&
		    item->n_speeches < MINUTES_LINES)
			speeches[item->n_speeches++] =
			    (struct minutes_speech){ who, words };
		else if (item->n_promises < MINUTES_LINES)
			promises[item->n_promises++] =
			    (struct minutes_promise){ who, words,
			    column_is_null(&q, 3) ? (struct date){ 0, 0, 0 } :
			    date_from_days(column_int(&q, 3)) };
	}
	item->speeches = speeches;
	item->promises = promises;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
minutes_text_load(struct store *store, struct arena *arena,
    int64_t minutes_id, enum audience audience, struct minutes *minutes,
    struct err *err)
{
	struct minutes_item *items = arena_array(arena, MINUTES_ITEMS + 1,
	    sizeof *items);
	struct query q;
	struct minutes m = { .items = items };
	enum rc rc;

	if (audience == AUDIENCE_NONE)
		return fail(err, RC_STOP, "minutes for nobody");
	q = query_open(store, OF_MINUTES, audience == AUDIENCE_MEMBERS ?
	    MEMBERS : PUBLIC);
	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":limit", MINUTES_ITEMS);
	while ((rc = query_row(&q, err)) == RC_OK)
		items[m.n++] = (struct minutes_item){
			.number = (size_t)column_int(&q, 0),
			.title = column_text(arena, &q, 1),
			.text = column_text(arena, &q, 2),
			.decision = column_text(arena, &q, 3),
			.closed = column_int(&q, 4) != 0,
			.extra = column_int(&q, 5) != 0,
		};
	if (rc != RC_NONE)
		return rc;
	rc = people_load(store, arena, minutes_id, &m, err);
	for (size_t i = 0; i < m.n && rc == RC_OK; i++)
		rc = lines_load(store, arena, minutes_id, audience, &items[i],
		    err);
	if (rc == RC_OK)
		*minutes = m;
	return rc;
}

enum rc
minutes_leaks(struct store *store, int64_t minutes_id, bool *leaks,
    size_t most, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, LEAKS);
	enum rc rc;

	query_int(&q, ":minutes", minutes_id);
	while ((rc = query_row(&q, err)) == RC_OK) {
		size_t number = (size_t)column_int(&q, 0);

		if (number <= most)
			leaks[number - 1] = true;
	}
	return rc == RC_NONE ? RC_OK : rc;
}

/* --- writing -------------------------------------------------------------- */

static enum rc
line_add(struct store *store, int64_t minutes_id, size_t number, size_t line,
    const char *kind, const char *who, const char *words, struct date due,
    struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, ADD_LINE);

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", (int64_t)number);
	query_int(&q, ":line", (int64_t)line);
	query_text(&q, ":kind", kind);
	query_text(&q, ":who", who);
	query_text(&q, ":words", words);
	if (due.year != 0)
		query_int(&q, ":due", date_to_days(due));
	return query_run(&q, err);
}

static enum rc
item_add_row(struct store *store, int64_t minutes_id,
    const struct minutes_item *item, bool leaks, struct err *err)
{
	static const struct date none = { 0, 0, 0 };
	struct query q = query_open(store, OF_MINUTES, ADD_ITEM);
	size_t line = 0;
	enum rc rc;

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", (int64_t)item->number);
	query_text(&q, ":title", item->title);
	query_text(&q, ":words", item->text);
	query_text(&q, ":decision", item->decision);
	query_int(&q, ":closed", item->closed);
	query_int(&q, ":extra", item->extra);
	query_int(&q, ":leaks", leaks);
	rc = query_run(&q, err);
	for (size_t i = 0; i < item->n_speeches && rc == RC_OK; i++)
		rc = line_add(store, minutes_id, item->number, ++line,
		    "speech", item->speeches[i].who, item->speeches[i].words,
		    none, err);
	for (size_t i = 0; i < item->n_promises && rc == RC_OK; i++)
		rc = line_add(store, minutes_id, item->number, ++line,
		    "promise", item->promises[i].who, item->promises[i].task,
		    item->promises[i].due_day, err);
	return rc;
}

static enum rc
person_add_row(struct store *store, int64_t minutes_id, size_t number,
    const struct minutes_person *p, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, ADD_PERSON);

	query_int(&q, ":minutes", minutes_id);
	query_int(&q, ":number", (int64_t)number);
	query_text(&q, ":came", came_words[p->came]);
	query_text(&q, ":name", p->name);
	query_text(&q, ":email", p->email);
	return query_run(&q, err);
}

static enum rc
row_add(struct store *store, const char *meeting, int64_t now_at,
    struct minutes_row *row, struct err *err)
{
	static const uint8_t nothing[32] = { 0 };
	struct query q = query_open(store, OF_MINUTES, MEETING);
	int64_t meeting_id;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	if ((rc = query_number(&q, &meeting_id, 0, err)) != RC_OK)
		return rc;
	if (meeting_id == 0)
		return fail(err, RC_PARK, "no such meeting");
	q = query_open(store, OF_MINUTES, NEXT);
	query_int(&q, ":meeting", meeting_id);
	if ((rc = query_number(&q, &row->version, 1, err)) != RC_OK)
		return rc;
	if (row->version == 0)
		row->version = 1;
	q = query_open(store, OF_MINUTES, ADD);
	query_int(&q, ":meeting", meeting_id);
	query_int(&q, ":version", row->version);
	query_text(&q, ":state", minutes_state_word(row->state));
	query_int(&q, ":now", now_at);
	if (row->until_at != 0)
		query_int(&q, ":until", row->until_at);
	query_text(&q, ":worker", row->case_worker);
	if (memcmp(row->content, nothing, sizeof nothing) != 0)
		query_bytes(&q, ":content", row->content,
		    sizeof row->content);
	if (row->journal_id != 0)
		query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->minutes_id = sqlite3_last_insert_rowid(store->db);
	row->made_at = now_at;
	row->meeting = meeting;
	return RC_OK;
}

enum rc
minutes_add(struct store *store, const char *meeting,
    const struct minutes *minutes, const bool *leaks, int64_t now_at,
    struct minutes_row *row, struct err *err)
{
	enum rc rc = row_add(store, meeting, now_at, row, err);

	for (size_t i = 0; i < minutes->n_people && rc == RC_OK; i++)
		rc = person_add_row(store, row->minutes_id, i + 1,
		    &minutes->people[i], err);
	for (size_t i = 0; i < minutes->n && rc == RC_OK; i++)
		rc = item_add_row(store, row->minutes_id, &minutes->items[i],
		    leaks != NULL && leaks[i], err);
	return rc;
}

enum rc
minutes_move(struct store *store, const struct minutes_row *row,
    const struct minutes_step *step, struct err *err)
{
	int64_t journal_id = step->journal_id != 0 ? step->journal_id :
	    row->moved_by;
	int64_t until_at = step->until_at != 0 ? step->until_at :
	    row->until_at;
	int64_t send_at = step->send_at != 0 ? step->send_at : row->send_at;
	struct query q;
	enum minutes_state to;
	enum rc rc;

	if (!minutes_may(row->state, step->act, &to))
		return fail(err, RC_STOP, "minutes %lld: no such step from "
		    "%s", (long long)row->minutes_id,
		    minutes_state_word(row->state));
	q = query_open(store, OF_MINUTES, MOVE);
	query_text(&q, ":state", minutes_state_word(to));
	if (until_at != 0)
		query_int(&q, ":until", until_at);
	if (to == MINUTES_RELEASED || to == MINUTES_MAILED)
		query_int(&q, ":send", send_at);
	if (journal_id != 0 && step->act != MINUTES_TAKE_BACK &&
	    step->act != MINUTES_SETTLE)
		query_int(&q, ":journal", journal_id);
	query_int(&q, ":minutes", row->minutes_id);
	rc = query_run(&q, err);
	return rc != RC_OK || to != MINUTES_MAILED ||
	    row->state == MINUTES_MAILED ? rc :
	    passage_keep_minutes(store, row->minutes_id, err);
}

enum rc
minutes_undo(struct store *store, int64_t journal_id, struct err *err)
{
	static const int drops[] = { DROP_LINES, DROP_ITEMS, DROP_PEOPLE,
		DROP };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof drops / sizeof drops[0] && rc == RC_OK;
	    i++) {
		struct query q = query_open(store, OF_MINUTES, drops[i]);

		query_int(&q, ":journal", journal_id);
		rc = query_run(&q, err);
	}
	return rc;
}

enum rc
minutes_approved(struct store *store, int64_t minutes_id,
    const char *in_meeting, const char *words, struct err *err)
{
	struct query q = query_open(store, OF_MINUTES, APPROVED);

	query_text(&q, ":meeting", in_meeting);
	query_text(&q, ":words", words);
	query_int(&q, ":minutes", minutes_id);
	return query_run(&q, err);
}
