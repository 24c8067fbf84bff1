/* SPDX-License-Identifier: MIT */
/* Workshops, their ideas, and whom they are for. */
#include "store/workshop.h"

#include "base/arena.h"
#include "store/db.h"

#define LIST_MOST 4000	/* addresses of one list, ideas of one process */
#define WORKSHOPS_MOST 400

enum {
	MEETING, ADD, ADDRESS_ADD, LOAD, BY_MEETING, BY_JOURNAL, LIVE, ALL,
	MOVE, FORGET, DROP, MEETING_ON, INVITED, EVERYBODY, TOOK_PART,
	LIST_LETTERS_ERASE, WAITING_BLANK, STOP, STOP_UNDO, IDEA_ADD, IDEAS, IDEA_CHANGE, IDEA_GROUP, IDEA_DROP,
	IDEA_BACK, IDEA_CHANGE_DROP, NEEDS_ERASE, PEOPLE_ERASE, IDEAS_BLANK,
	N_STATEMENTS
};
#define ROW "SELECT w.workshop_id, m.slug, body.slug, w.process, w.themes," \
	" w.principles, w.way, w.contact, w.places, w.report_day," \
	" w.report_to, w.state, w.send_at, w.report, w.decided," \
	" w.journal_id, w.released_by, w.decided_by, m.start_at, m.end_at," \
	" m.state = 'cancelled', m.changed_at FROM workshop w JOIN meeting m" \
	" USING (meeting_id) JOIN body USING (body_id)"
/* All rounds of the process that a workshop is one of. */
#define ROUNDS "SELECT w.workshop_id FROM workshop w JOIN meeting m" \
	" USING (meeting_id) WHERE w.process = :process AND m.body_id =" \
	" (SELECT body_id FROM body WHERE slug = :body)"
#define STOPPED "SELECT email FROM workshop_stop WHERE process = :process" \
	" AND body_id = (SELECT body_id FROM body WHERE slug = :body)"
#define TOOK "SELECT email, min(CASE WHEN companion = '' THEN name END)" \
	" AS name FROM registration WHERE state = 'came' AND workshop_id IN" \
	" (" ROUNDS ") GROUP BY email UNION ALL SELECT email, NULL FROM" \
	" workshop_idea WHERE email IS NOT NULL AND workshop_id IN (" ROUNDS ")"
static const char *const sql[N_STATEMENTS] = {
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :meeting",
[ADD] =
	"INSERT INTO workshop (meeting_id, process, places, themes,"
	" principles, way, contact, report_day, report_to, send_at,"
	" journal_id) VALUES (:meeting, :process, :places, :themes,"
	" :principles, :way, :contact, :day, :to, :send, :journal)",
[ADDRESS_ADD] =
	"INSERT INTO workshop_address (workshop_id, email)"
	" VALUES (:workshop, :email) ON CONFLICT DO NOTHING",
[LOAD] =
	ROW " WHERE w.workshop_id = :workshop",
[BY_MEETING] =
	ROW " WHERE m.slug = :meeting",
[BY_JOURNAL] =
	ROW " WHERE :journal IN (w.journal_id, w.released_by, w.decided_by)",
[LIVE] =
	ROW " WHERE w.state NOT IN ('told', 'cancelled')"
	" ORDER BY m.start_at LIMIT :limit",
[ALL] =
	ROW " ORDER BY m.start_at LIMIT :limit",
[MOVE] =
	"UPDATE workshop SET state = :state, send_at = :send,"
	" report = :report, released_by = :released, decided_by = :by,"
	" decided = :decided WHERE workshop_id = :workshop",
[FORGET] =
	"DELETE FROM workshop_address WHERE workshop_id = :workshop",
[DROP] =
	"DELETE FROM workshop WHERE journal_id = :journal",
[MEETING_ON] =
	"SELECT meeting.slug FROM meeting JOIN body USING (body_id)"
	" WHERE body.slug = :body AND meeting.kind = 'workshop'"
	" AND start_at >= :from AND start_at < :to"
	" ORDER BY meeting_id DESC LIMIT 1",
[INVITED] =
	"SELECT email, min(name) FROM (SELECT email, NULL AS name"
	" FROM workshop_address WHERE workshop_id = :workshop UNION ALL "
	TOOK ") WHERE email NOT IN (" STOPPED ") GROUP BY email"
	" ORDER BY email LIMIT :limit",
[EVERYBODY] =
	"SELECT email, min(name) FROM (" TOOK ") WHERE email NOT IN ("
	STOPPED ") GROUP BY email ORDER BY email LIMIT :limit",
[TOOK_PART] =
	"SELECT count(*) FROM registration WHERE state = 'came'"
	" AND workshop_id IN (" ROUNDS ")",
[STOP] =
	"INSERT INTO workshop_stop (body_id, process, email, journal_id)"
	" SELECT body_id, :process, :email, :journal FROM body"
	" WHERE slug = :body ON CONFLICT DO NOTHING",
[STOP_UNDO] =
	"DELETE FROM workshop_stop WHERE journal_id = :journal",
[IDEA_ADD] =
	"INSERT INTO workshop_idea (workshop_id, email, words, theme, at,"
	" journal_id) VALUES (:workshop, :email, :words, :theme, :at,"
	" :journal)",
[IDEAS] =
	"SELECT idea_id, workshop_id, email, words, theme, at, journal_id"
	" FROM workshop_idea WHERE workshop_id IN (" ROUNDS ")"
	" ORDER BY idea_id LIMIT :limit",
[IDEA_CHANGE] =
	"INSERT INTO workshop_idea_change (journal_id, idea_id, was)"
	" VALUES (:journal, :idea, :was) ON CONFLICT DO NOTHING",
[IDEA_GROUP] =
	"UPDATE workshop_idea SET theme = :theme WHERE idea_id = :idea",
[IDEA_DROP] =
	"DELETE FROM workshop_idea WHERE journal_id = :journal",
[IDEA_BACK] =
	"UPDATE workshop_idea SET theme = (SELECT was FROM"
	" workshop_idea_change c WHERE c.idea_id = workshop_idea.idea_id"
	" AND c.journal_id = :journal) WHERE idea_id IN (SELECT idea_id"
	" FROM workshop_idea_change WHERE journal_id = :journal)",
[IDEA_CHANGE_DROP] =
	"DELETE FROM workshop_idea_change WHERE journal_id = :journal",
[NEEDS_ERASE] =
	"UPDATE registration SET needs = NULL WHERE needs IS NOT NULL"
	" AND workshop_id IN (SELECT workshop_id FROM workshop"
	" JOIN meeting USING (meeting_id) WHERE end_at < :before"
	" OR meeting.state = 'cancelled')",
/* The one letter that says them, sent or given up; what waited for a «ja». */
[LIST_LETTERS_ERASE] =
	"DELETE FROM letter_raw WHERE letter_id IN (SELECT letter_id"
	" FROM letter JOIN workshop w ON letter.ref = (SELECT slug FROM"
	" meeting m WHERE m.meeting_id = w.meeting_id) JOIN meeting m"
	" ON m.meeting_id = w.meeting_id WHERE letter.key GLOB"
	" 'workshop-list/*' AND letter.state IN (3, 5, 7)"
	" AND m.end_at < :before)",
[WAITING_BLANK] =
	"UPDATE pending_action SET words = NULL WHERE action = 'register'"
	" AND words IS NOT NULL AND (meeting IS NULL OR meeting IN (SELECT"
	" slug FROM meeting WHERE end_at < :before)) AND pending_id IN"
	" (SELECT pending_id FROM pending WHERE asked_at < :before)",
[PEOPLE_ERASE] =
	"DELETE FROM registration WHERE workshop_id IN (SELECT workshop_id"
	" FROM workshop JOIN meeting USING (meeting_id)"
	" WHERE end_at < :before)",
[IDEAS_BLANK] =
	"UPDATE workshop_idea SET email = NULL WHERE email IS NOT NULL"
	" AND workshop_id IN (SELECT workshop_id FROM workshop"
	" JOIN meeting USING (meeting_id) WHERE end_at < :before)",
};
const struct statements workshop_statements = { sql, N_STATEMENTS };

static struct workshop_row
row_read(struct arena *arena, const struct query *q)
{
	struct workshop_row row = {
		.workshop_id = column_int(q, 0),
		.meeting = column_text(arena, q, 1),
		.body = column_text(arena, q, 2),
		.process = column_text(arena, q, 3),
		.themes = column_text(arena, q, 4),
		.principles = column_text(arena, q, 5),
		.way = column_text(arena, q, 6),
		.contact = column_text(arena, q, 7),
		.places = (int)column_int(q, 8),
		.report_to = column_text(arena, q, 10),
		.send_at = column_int(q, 12),
		.report = column_int(q, 13),
		.decided = column_text(arena, q, 14),
		.journal_id = column_int(q, 15),
		.released_by = column_int(q, 16),
		.decided_by = column_int(q, 17),
		.start_at = column_int(q, 18),
		.end_at = column_int(q, 19),
		.meeting_cancelled = column_int(q, 20) != 0,
		.meeting_changed_at = column_int(q, 21),
	};

	if (!column_is_null(q, 9))
		row.report_day = date_from_days(column_int(q, 9));
	(void)workshop_read(column_text(arena, q, 11), &row.state);
	return row;
}

static enum rc
row_load(struct arena *arena, struct query *q, struct workshop_row *row,
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
workshop_add(struct store *store, struct workshop_row *row,
    const char *const *addresses, size_t n, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, MEETING);
	int64_t meeting_id;
	enum rc rc;

	query_text(&q, ":meeting", row->meeting);
	if ((rc = query_number(&q, &meeting_id, 0, err)) != RC_OK)
		return rc;
	if (meeting_id == 0)
		return fail(err, RC_PARK, "no meeting %s", row->meeting);
	q = query_open(store, OF_WORKSHOP, ADD);
	query_int(&q, ":meeting", meeting_id);
	query_text(&q, ":process", row->process);
	query_int(&q, ":places", row->places);
	query_text(&q, ":themes", row->themes != NULL ? row->themes : "");
	query_text(&q, ":principles", row->principles != NULL ?
	    row->principles : "");
	query_text(&q, ":way", row->way);
	query_text(&q, ":contact", row->contact);
	if (row->report_day.year != 0)
		query_int(&q, ":day", date_to_days(row->report_day));
	else
		query_null(&q, ":day");
	query_text(&q, ":to", row->report_to);
	query_int(&q, ":send", row->send_at);
	query_int(&q, ":journal", row->journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->workshop_id = sqlite3_last_insert_rowid(store->db);
	row->state = WORKSHOP_ANNOUNCED;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		q = query_open(store, OF_WORKSHOP, ADDRESS_ADD);
		query_int(&q, ":workshop", row->workshop_id);
		query_text(&q, ":email", addresses[i]);
		rc = query_run(&q, err);
	}
	return rc;
}

enum rc
workshop_load(struct store *store, struct arena *arena, int64_t workshop_id,
    struct workshop_row *row, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, LOAD);

	query_int(&q, ":workshop", workshop_id);
	return row_load(arena, &q, row, err);
}

enum rc
workshop_by_meeting(struct store *store, struct arena *arena,
    const char *meeting, struct workshop_row *row, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, BY_MEETING);

	query_text(&q, ":meeting", meeting);
	return row_load(arena, &q, row, err);
}

enum rc
workshop_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct workshop_row *row, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_load(arena, &q, row, err);
}

enum rc
workshop_list(struct store *store, struct arena *arena, bool all,
    struct workshop_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, all ? ALL : LIVE);
	struct workshop_row *list = NULL;
	enum rc rc;

	*n = 0;
	query_int(&q, ":limit", WORKSHOPS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		if (list == NULL)
			list = arena_array(arena, WORKSHOPS_MOST,
			    sizeof *list);
		list[(*n)++] = row_read(arena, &q);
	}
	*rows = list;
	return rc == RC_NONE ? RC_OK : rc;
}

static void
query_id(struct query *q, const char *name, int64_t id)
{
	if (id != 0)
		query_int(q, name, id);
	else
		query_null(q, name);
}

enum rc
workshop_move(struct store *store, struct workshop_row *row,
    enum workshop_act act, int64_t send_at, int64_t journal_id,
    const char *decided, struct err *err)
{
	struct query q;
	enum workshop_state to;
	enum rc rc;

	if (!workshop_may(row->state, act, &to))
		return fail(err, RC_STOP, "workshop %s is %s", row->meeting,
		    workshop_word(row->state));
	if (act == WORKSHOP_RELEASE)
		row->released_by = journal_id;
	if (act == WORKSHOP_DECIDE) {
		row->decided_by = journal_id;
		row->decided = decided;
	}
	if (act == WORKSHOP_TAKE_BACK && row->state == WORKSHOP_RELEASED)
		row->released_by = 0;
	if (act == WORKSHOP_TAKE_BACK && row->state == WORKSHOP_DECIDED) {
		row->decided_by = 0;
		row->decided = NULL;
	}
	row->report += act == WORKSHOP_REPORT;
	row->send_at = send_at;
	q = query_open(store, OF_WORKSHOP, MOVE);
	query_int(&q, ":workshop", row->workshop_id);
	query_text(&q, ":state", workshop_word(to));
	query_id(&q, ":send", send_at);
	query_int(&q, ":report", row->report);
	query_id(&q, ":released", row->released_by);
	query_id(&q, ":by", row->decided_by);
	query_text(&q, ":decided", row->decided);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	row->state = to;
	if (act != WORKSHOP_HOLD && act != WORKSHOP_CANCEL)
		return RC_OK;
	q = query_open(store, OF_WORKSHOP, FORGET);
	query_int(&q, ":workshop", row->workshop_id);
	return query_run(&q, err);
}

static enum rc
line_run(struct store *store, int which, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, which);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
workshop_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return line_run(store, DROP, journal_id, err);
}

enum rc
workshop_meeting(struct store *store, struct arena *arena, const char *body,
    int64_t from_at, int64_t to_at, const char **meeting, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, MEETING_ON);
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":from", from_at);
	query_int(&q, ":to", to_at);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*meeting = column_text(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}

/* --- people -------------------------------------------------------------- */

static enum rc
people(struct store *store, struct arena *arena, int which,
    const struct workshop_row *row, struct workshop_person **list, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, which);
	struct workshop_person *all = arena_array(arena, LIST_MOST,
	    sizeof *all);
	enum rc rc;

	*n = 0;
	if (which == INVITED)
		query_int(&q, ":workshop", row->workshop_id);
	query_text(&q, ":process", row->process);
	query_text(&q, ":body", row->body);
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[(*n)++] = (struct workshop_person){
			column_text(arena, &q, 0),
			column_text(arena, &q, 1) };
	*list = all;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
workshop_invited(struct store *store, struct arena *arena,
    const struct workshop_row *row, struct workshop_person **list, size_t *n,
    struct err *err)
{
	return people(store, arena, INVITED, row, list, n, err);
}

enum rc
workshop_everybody(struct store *store, struct arena *arena,
    const struct workshop_row *row, struct workshop_person **list, size_t *n,
    struct err *err)
{
	return people(store, arena, EVERYBODY, row, list, n, err);
}

enum rc
workshop_took_part(struct store *store, const struct workshop_row *row,
    int64_t *n, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, TOOK_PART);

	query_text(&q, ":process", row->process);
	query_text(&q, ":body", row->body);
	return query_number(&q, n, 0, err);
}

enum rc
workshop_stop(struct store *store, const struct workshop_row *row,
    const char *email, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, STOP);

	query_text(&q, ":process", row->process);
	query_text(&q, ":email", email);
	query_int(&q, ":journal", journal_id);
	query_text(&q, ":body", row->body);
	return query_run(&q, err);
}

enum rc
workshop_stop_undo(struct store *store, int64_t journal_id, struct err *err)
{
	return line_run(store, STOP_UNDO, journal_id, err);
}

/* --- ideas --------------------------------------------------------------- */

enum rc
workshop_idea_add(struct store *store, struct workshop_idea *idea,
    struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, IDEA_ADD);
	enum rc rc;

	query_int(&q, ":workshop", idea->workshop_id);
	query_text(&q, ":email", idea->email);
	query_text(&q, ":words", idea->words);
	query_text(&q, ":theme", idea->theme);
	query_int(&q, ":at", idea->at);
	query_int(&q, ":journal", idea->journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		idea->idea_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
workshop_ideas(struct store *store, struct arena *arena,
    const struct workshop_row *row, struct workshop_idea **list, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, IDEAS);
	struct workshop_idea *all = arena_array(arena, LIST_MOST,
	    sizeof *all);
	enum rc rc;

	*n = 0;
	query_text(&q, ":process", row->process);
	query_text(&q, ":body", row->body);
	query_int(&q, ":limit", LIST_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[(*n)++] = (struct workshop_idea){
			.idea_id = column_int(&q, 0),
			.workshop_id = column_int(&q, 1),
			.email = column_text(arena, &q, 2),
			.words = column_text(arena, &q, 3),
			.theme = column_text(arena, &q, 4),
			.at = column_int(&q, 5),
			.journal_id = column_int(&q, 6) };
	*list = all;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
workshop_idea_group(struct store *store, const struct workshop_idea *idea,
    const char *theme, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, IDEA_CHANGE);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":idea", idea->idea_id);
	query_text(&q, ":was", idea->theme);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_WORKSHOP, IDEA_GROUP);
	query_text(&q, ":theme", theme);
	query_int(&q, ":idea", idea->idea_id);
	return query_run(&q, err);
}

enum rc
workshop_idea_undo(struct store *store, int64_t journal_id, struct err *err)
{
	enum rc rc = line_run(store, IDEA_BACK, journal_id, err);

	if (rc == RC_OK)
		rc = line_run(store, IDEA_CHANGE_DROP, journal_id, err);
	return rc != RC_OK ? rc : line_run(store, IDEA_DROP, journal_id, err);
}

/* --- what is kept no longer ------------------------------------------------ */

static enum rc
erase(struct store *store, int which, int64_t before, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_WORKSHOP, which);
	enum rc rc;

	query_int(&q, ":before", before);
	rc = query_run(&q, err);
	*n += (size_t)sqlite3_changes(store->db);
	return rc;
}

enum rc
workshop_needs_erase(struct store *store, int64_t before, size_t *n,
    struct err *err)
{
	enum rc rc;

	*n = 0;
	rc = erase(store, NEEDS_ERASE, before, n, err);
	if (rc == RC_OK)
		rc = erase(store, LIST_LETTERS_ERASE, before, n, err);
	return rc != RC_OK ? rc : erase(store, WAITING_BLANK, before, n, err);
}

enum rc
workshop_people_erase(struct store *store, int64_t ended, size_t *n,
    struct err *err)
{
	enum rc rc;

	*n = 0;
	rc = erase(store, PEOPLE_ERASE, ended, n, err);
	return rc != RC_OK ? rc : erase(store, IDEAS_BLANK, ended, n, err);
}
