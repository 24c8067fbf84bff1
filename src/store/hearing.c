/* SPDX-License-Identifier: MIT */
/* Hearings as rows. */
#include "store/hearing.h"

#include "base/arena.h"
#include "store/db.h"
#include "store/passage.h"

#define NAMES_MOST 1000	/* hearings of one name */

#define COLUMNS "hearing_id, coalesce(request_id, 0), hearing.slug," \
	" body.slug, title, from_email, deadline_day, members_day, state," \
	" send_at, answered_at, letter_id, proof_at, proof, journal_id," \
	" approved_by FROM hearing JOIN body USING (body_id)"

enum {
	REQUEST_ADD, REQUEST, REQUEST_OF_MAIL, REQUEST_DEADLINE,
	REQUEST_OF_LINE, REQUEST_DROP,
	NAMED, ADD, LOAD, LOAD_ID, BY_JOURNAL, OF_REQUEST, LIVE, LIST, MOVE,
	PROOF, DEADLINE, DROP, PARTY_ADD, PARTY_DROP, PARTY_ASKED, PARTIES,
	COUNT, N_STATEMENTS
};
static const char *const sql[N_STATEMENTS] = {
[REQUEST_ADD] =
	"INSERT INTO hearing_request (mail_id, title, from_email, from_name,"
	" case_number, words, statutory, asked_at, deadline_at) VALUES"
	" (:mail, :title, :from, :name, :case, :words, :statutory, :asked,"
	" :deadline)",
[REQUEST] =
	"SELECT coalesce(mail_id, 0), title, from_email, from_name,"
	" case_number, words, statutory, asked_at, deadline_at"
	" FROM hearing_request WHERE request_id = :request",
[REQUEST_OF_MAIL] =
	"SELECT request_id FROM hearing_request WHERE mail_id = :mail",
[REQUEST_DEADLINE] =
	"UPDATE hearing_request SET deadline_at = :deadline"
	" WHERE request_id = :request",
[REQUEST_OF_LINE] =
	"SELECT request_id FROM hearing WHERE journal_id = :journal"
	" AND request_id IS NOT NULL",
[REQUEST_DROP] =
	"DELETE FROM hearing_request WHERE request_id = :request"
	" AND NOT EXISTS (SELECT 1 FROM hearing WHERE request_id = :request)",
[NAMED] =
	"SELECT count(*) FROM hearing WHERE slug = :slug",
[ADD] =
	"INSERT INTO hearing (slug, body_id, request_id, title, from_email,"
	" deadline_day, state, journal_id, changed_at) VALUES (:slug,"
	" (SELECT body_id FROM body WHERE slug = :body), :request, :title,"
	" :from, :deadline, :state, :journal, :now)",
[LOAD] =
	"SELECT " COLUMNS " WHERE hearing.slug = :slug",
[LOAD_ID] =
	"SELECT " COLUMNS " WHERE hearing_id = :hearing",
[BY_JOURNAL] =
	"SELECT " COLUMNS " WHERE journal_id = :journal"
	" OR approved_by = :journal ORDER BY hearing_id LIMIT 1",
[OF_REQUEST] =
	"SELECT " COLUMNS " WHERE request_id = :request ORDER BY hearing_id"
	" LIMIT :limit",
[LIVE] =
	"SELECT " COLUMNS " WHERE request_id IS NOT NULL"
	" AND state <> 'closed' ORDER BY hearing_id LIMIT :limit",
[LIST] =
	"SELECT " COLUMNS " ORDER BY hearing_id DESC LIMIT :limit",
[MOVE] =
	"UPDATE hearing SET state = :state, members_day = :members,"
	" send_at = :send, answered_at = :answered, letter_id = :letter,"
	" approved_by = :approved, changed_at = :now"
	" WHERE hearing_id = :hearing",
[PROOF] =
	"UPDATE hearing SET proof_at = :at, proof = :words"
	" WHERE hearing_id = :hearing",
[DEADLINE] =
	"UPDATE hearing SET deadline_day = :day, changed_at = :now"
	" WHERE request_id = :request",
[DROP] =
	"DELETE FROM hearing WHERE journal_id = :journal",
[PARTY_ADD] =
	"INSERT INTO hearing_party (request_id, email, name) VALUES"
	" (:request, :email, :name) ON CONFLICT DO NOTHING",
[PARTY_DROP] =
	"DELETE FROM hearing_party WHERE request_id = :request"
	" AND email = :email AND asked_at IS NULL",
[PARTY_ASKED] =
	"UPDATE hearing_party SET hearing_id = :hearing, asked_at = :at"
	" WHERE party_id = :party",
[PARTIES] =
	"SELECT party_id, coalesce(hearing_id, 0), email, name, asked_at,"
	" EXISTS (SELECT 1 FROM contribution c WHERE c.hearing_id ="
	" p.hearing_id AND c.role = 'party' AND c.email = p.email)"
	" FROM hearing_party p WHERE request_id = :request ORDER BY party_id"
	" LIMIT :limit",
[COUNT] =
	/* answered in time: made, and so handed over, before it was too late */
	"SELECT count(*), sum(answered), sum(answered AND in_time),"
	" sum(state = 'declined'), sum(statutory), sum(statutory AND answered),"
	" sum(statutory AND answered AND in_time) FROM (SELECT state,"
	" answered_at IS NOT NULL AS answered,"
	" coalesce(answered_at < deadline_at, 0) AS in_time, statutory"
	" FROM hearing JOIN hearing_request USING (request_id)"
	" JOIN body USING (body_id) WHERE body.slug = :body"
	" AND asked_at >= :from AND asked_at < :to)",
};
const struct statements hearing_statements = { sql, N_STATEMENTS };

/* --- requests ------------------------------------------------------------- */

enum rc
hearing_request_add(struct store *store, const struct hearing_request *row,
    int64_t *request_id, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, REQUEST_ADD);
	enum rc rc;

	if (row->mail_id != 0)
		query_int(&q, ":mail", row->mail_id);
	query_text(&q, ":title", row->title);
	query_text(&q, ":from", row->from);
	query_text(&q, ":name", row->from_name);
	query_text(&q, ":case", row->case_number);
	query_text(&q, ":words", row->words);
	query_int(&q, ":statutory", row->statutory);
	query_int(&q, ":asked", row->asked_at);
	query_int(&q, ":deadline", row->deadline_at);
	if ((rc = query_run(&q, err)) == RC_OK)
		*request_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
hearing_request_load(struct store *store, struct arena *arena,
    int64_t request_id, struct hearing_request *row, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, REQUEST);
	enum rc rc;

	query_int(&q, ":request", request_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = (struct hearing_request){ .request_id = request_id,
		.mail_id = column_int(&q, 0),
		.title = column_text(arena, &q, 1),
		.from = column_text(arena, &q, 2),
		.from_name = column_text(arena, &q, 3),
		.case_number = column_text(arena, &q, 4),
		.words = column_text(arena, &q, 5),
		.statutory = column_int(&q, 6) != 0,
		.asked_at = column_int(&q, 7),
		.deadline_at = column_int(&q, 8) };
	query_end(&q);
	return RC_OK;
}

enum rc
hearing_request_of_mail(struct store *store, int64_t mail_id,
    int64_t *request_id, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, REQUEST_OF_MAIL);
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	rc = query_number(&q, request_id, 0, err);
	return rc == RC_OK && *request_id == 0 ? RC_NONE : rc;
}

enum rc
hearing_request_deadline(struct store *store, int64_t request_id,
    int64_t deadline_at, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, REQUEST_DEADLINE);

	query_int(&q, ":deadline", deadline_at);
	query_int(&q, ":request", request_id);
	return query_run(&q, err);
}

/* --- hearings ------------------------------------------------------------- */

static void
row_take(struct query *q, struct arena *arena, struct hearing_row *row)
{
	*row = (struct hearing_row){ .hearing_id = column_int(q, 0),
		.request_id = column_int(q, 1),
		.slug = column_text(arena, q, 2),
		.body = column_text(arena, q, 3),
		.title = column_text(arena, q, 4),
		.from = column_text(arena, q, 5),
		.deadline_day = date_from_days(column_int(q, 6)),
		.send_at = column_int(q, 9), .answered_at = column_int(q, 10),
		.letter_id = column_int(q, 11), .proof_at = column_int(q, 12),
		.proof = column_text(arena, q, 13),
		.journal_id = column_int(q, 14),
		.approved_by = column_int(q, 15) };
	if (!column_is_null(q, 7))
		row->members_day = date_from_days(column_int(q, 7));
	(void)hearing_state_read(column_text(arena, q, 8), &row->state);
}

static enum rc
row_read(struct query *q, struct arena *arena, struct hearing_row *row,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	row_take(q, arena, row);
	query_end(q);
	return RC_OK;
}

static enum rc
rows_read(struct query *q, struct arena *arena, size_t limit,
    struct hearing_row **rows, size_t *n, struct err *err)
{
	struct hearing_row *list = arena_array(arena, limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", (int64_t)limit);
	while ((rc = query_row(q, err)) == RC_OK)
		row_take(q, arena, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

/* «boligpolitik», «boligpolitik-2» … */
static enum rc
name_free(struct store *store, struct arena *arena, const char *wish,
    const char **slug, struct err *err)
{
	for (int i = 1; i < NAMES_MOST; i++) {
		struct query q = query_open(store, OF_HEARING, NAMED);
		int64_t n;
		enum rc rc;

		*slug = i == 1 ? wish : arena_printf(arena, "%s-%d", wish, i);
		query_text(&q, ":slug", *slug);
		if ((rc = query_number(&q, &n, 0, err)) != RC_OK || n == 0)
			return rc;
	}
	return fail(err, RC_PARK, "too many hearings of one name");
}

enum rc
hearing_add(struct store *store, struct arena *arena, struct hearing_row *row,
    int64_t now_at, struct err *err)
{
	struct query q;
	enum rc rc = name_free(store, arena, arena_printf(arena, "%s/h/%s",
	    row->body, row->slug), &row->slug, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_HEARING, ADD);
	query_text(&q, ":slug", row->slug);
	query_text(&q, ":body", row->body);
	query_int(&q, ":request", row->request_id);
	query_text(&q, ":title", row->title);
	query_text(&q, ":from", row->from);
	query_int(&q, ":deadline", date_to_days(row->deadline_day));
	query_text(&q, ":state", hearing_state_word(row->state));
	query_int(&q, ":journal", row->journal_id);
	query_int(&q, ":now", now_at);
	if ((rc = query_run(&q, err)) == RC_OK)
		row->hearing_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
hearing_load(struct store *store, struct arena *arena, const char *slug,
    struct hearing_row *row, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, LOAD);

	query_text(&q, ":slug", slug);
	return row_read(&q, arena, row, err);
}

enum rc
hearing_load_id(struct store *store, struct arena *arena, int64_t hearing_id,
    struct hearing_row *row, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, LOAD_ID);

	query_int(&q, ":hearing", hearing_id);
	return row_read(&q, arena, row, err);
}

enum rc
hearing_by_journal(struct store *store, struct arena *arena,
    int64_t journal_id, struct hearing_row *row, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, BY_JOURNAL);

	query_int(&q, ":journal", journal_id);
	return row_read(&q, arena, row, err);
}

enum rc
hearing_of_request(struct store *store, struct arena *arena,
    int64_t request_id, struct hearing_row **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_HEARING, OF_REQUEST);

	query_int(&q, ":request", request_id);
	return rows_read(&q, arena, HEARING_PARTIES_MOST, rows, n, err);
}

enum rc
hearing_live(struct store *store, struct arena *arena, size_t limit,
    struct hearing_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, LIVE);

	return rows_read(&q, arena, limit, rows, n, err);
}

enum rc
hearing_list(struct store *store, struct arena *arena, size_t limit,
    struct hearing_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, LIST);

	return rows_read(&q, arena, limit, rows, n, err);
}

static void
number_if(struct query *q, const char *name, int64_t number)
{
	if (number != 0)
		query_int(q, name, number);
}

enum rc
hearing_move(struct store *store, struct hearing_row *row,
    enum hearing_act act, int64_t now_at, struct err *err)
{
	struct query q;
	enum hearing_state to;
	enum rc rc;

	if (!hearing_may(row->state, act, &to))
		return fail(err, RC_STOP, "hearing %lld: no such step from %s",
		    (long long)row->hearing_id,
		    hearing_state_word(row->state));
	if (act == HEARING_TAKE_BACK || act == HEARING_EDIT) {
		row->send_at = 0;
		row->approved_by = 0;
	}
	q = query_open(store, OF_HEARING, MOVE);
	query_text(&q, ":state", hearing_state_word(to));
	if (row->members_day.year != 0)
		query_int(&q, ":members", date_to_days(row->members_day));
	number_if(&q, ":send", row->send_at);
	number_if(&q, ":answered", row->answered_at);
	number_if(&q, ":letter", row->letter_id);
	number_if(&q, ":approved", row->approved_by);
	query_int(&q, ":now", now_at);
	query_int(&q, ":hearing", row->hearing_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		row->state = to;
	return rc != RC_OK || to != HEARING_ANSWERED ? rc :
	    passage_keep_hearing(store, row->hearing_id, err);
}

enum rc
hearing_proof(struct store *store, struct hearing_row *row, int64_t at,
    const char *words, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, PROOF);

	query_int(&q, ":at", at);
	query_text(&q, ":words", words);
	query_int(&q, ":hearing", row->hearing_id);
	row->proof_at = at;
	row->proof = words;
	return query_run(&q, err);
}

enum rc
hearing_deadline(struct store *store, int64_t request_id, struct date day,
    int64_t at, int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, DEADLINE);
	enum rc rc;

	query_int(&q, ":day", date_to_days(day));
	query_int(&q, ":now", now_at);
	query_int(&q, ":request", request_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return hearing_request_deadline(store, request_id, at, err);
}

/* The request goes after its last hearing: a hearing points at it. */
enum rc
hearing_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, REQUEST_OF_LINE);
	int64_t request_id;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_number(&q, &request_id, 0, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_HEARING, DROP);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK || request_id == 0)
		return rc;
	q = query_open(store, OF_HEARING, REQUEST_DROP);
	query_int(&q, ":request", request_id);
	return query_run(&q, err);
}

/* --- others who are heard ------------------------------------------------- */

enum rc
hearing_party_add(struct store *store, int64_t request_id, const char *email,
    const char *name, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, PARTY_ADD);
	enum rc rc;

	query_int(&q, ":request", request_id);
	query_text(&q, ":email", email);
	query_text(&q, ":name", name);
	rc = query_run(&q, err);
	return rc == RC_OK && sqlite3_changes(store->db) == 0 ? RC_NONE : rc;
}

enum rc
hearing_party_drop(struct store *store, int64_t request_id,
    const char *email, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, PARTY_DROP);

	query_int(&q, ":request", request_id);
	query_text(&q, ":email", email);
	return query_run(&q, err);
}

enum rc
hearing_party_asked(struct store *store, int64_t party_id,
    int64_t hearing_id, int64_t at, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, PARTY_ASKED);

	query_int(&q, ":hearing", hearing_id);
	query_int(&q, ":at", at);
	query_int(&q, ":party", party_id);
	return query_run(&q, err);
}

enum rc
hearing_parties(struct store *store, struct arena *arena, int64_t request_id,
    struct hearing_party **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, PARTIES);
	struct hearing_party *list = arena_array(arena, HEARING_PARTIES_MOST +
	    1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":request", request_id);
	query_int(&q, ":limit", HEARING_PARTIES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct hearing_party){
			.party_id = column_int(&q, 0),
			.hearing_id = column_int(&q, 1),
			.email = column_text(arena, &q, 2),
			.name = column_text(arena, &q, 3),
			.asked_at = column_int(&q, 4),
			.answered = column_int(&q, 5) != 0 };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

/* --- the yearly report ---------------------------------------------------- */

enum rc
hearing_count(struct store *store, const char *body, int64_t from_at,
    int64_t to_at, struct hearing_count *count, struct err *err)
{
	struct query q = query_open(store, OF_HEARING, COUNT);
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":from", from_at);
	query_int(&q, ":to", to_at);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*count = (struct hearing_count){ .asked = column_int(&q, 0),
		.answered = column_int(&q, 1), .in_time = column_int(&q, 2),
		.declined = column_int(&q, 3), .statutory = column_int(&q, 4),
		.statutory_answered = column_int(&q, 5),
		.statutory_in_time = column_int(&q, 6) };
	query_end(&q);
	return RC_OK;
}
