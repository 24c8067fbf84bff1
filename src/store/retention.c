/* SPDX-License-Identifier: MIT */
/* Erases by class and age. Mails and letters are taken from the oldest whose
 * bytes are still there, so that a night costs what it erases and not a look
 * at everything that ever came. */
#include "store/retention.h"

#include "base/arena.h"
#include "store/db.h"

enum {
	PLACE_STEPS, PERSON_STEPS, MAILS_BLANK, MAILS_ERASE, WAITING_BLANK, LETTERS_BLANK, LETTERS_ERASE, ENDED,
	ONE_BLANK, ONE_ERASE, ONE_LETTERS_ERASE, ONE_LETTERS_BLANK, SENT,
	PENDING, SEATS, SEAT_LINE, APPLICATION_DROP, NOMINATION_DROP, LISTED,
	APPLICATION_TOLD, NOMINATION_TOLD, SILENT, LATE, PLACES, PEOPLE,
	ACCEPTED, NAMED, UNSUBSCRIBED, CALLED, N_STATEMENTS
};
/* The oldest mails that still have bytes and are done, of a certain age. */
#define OLD_MAILS " (SELECT mail_id FROM (SELECT mail_id, came_at, state" \
	" FROM mail_raw CROSS JOIN mail USING (mail_id) ORDER BY mail_id" \
	" LIMIT :limit) WHERE came_at < :before AND state <> 0)"
/* sent, failed, withdrawn */
#define OLD_LETTERS " (SELECT letter_id FROM (SELECT letter_id, made_at," \
	" state FROM letter_raw CROSS JOIN letter USING (letter_id)" \
	" ORDER BY letter_id LIMIT :limit)" \
	" WHERE made_at < :before AND state IN (3, 5, 7))"
#define MAIL_BLANK "UPDATE mail SET from_email = NULL, subject = NULL," \
	" why = NULL WHERE mail_id "
#define LETTER_BLANK "UPDATE letter SET to_email = '', subject = ''," \
	" answer = NULL, token = NULL, key = iif(instr(key, '@') > 0," \
	" 'gone/' || letter_id, key) WHERE "
#define OF_THE_MAIL " (SELECT letter_id FROM letter WHERE mail_id = :mail" \
	" AND state IN (3, 5, 7))"
static const char *const sql[N_STATEMENTS] = {
/* What a deed did to a place can be taken back so long. */
[PLACE_STEPS] =
	"DELETE FROM place_step WHERE step_id IN (SELECT step_id"
	" FROM place_step WHERE at < :before LIMIT :limit)",
[PERSON_STEPS] =
	"DELETE FROM person_step WHERE journal_id IN (SELECT journal_id"
	" FROM person_step WHERE at < :before LIMIT :limit)",
[MAILS_BLANK] =
	MAIL_BLANK "IN" OLD_MAILS,
[MAILS_ERASE] =
	"DELETE FROM mail_raw WHERE mail_id IN" OLD_MAILS,
[WAITING_BLANK] =
	"UPDATE decision SET words = NULL WHERE decision_id IN (SELECT"
	" decision_id FROM decision WHERE kind = 'mail-waiting'"
	" AND words IS NOT NULL AND made_at < :before LIMIT :limit)",
[LETTERS_BLANK] =
	LETTER_BLANK "letter_id IN" OLD_LETTERS,
[LETTERS_ERASE] =
	"DELETE FROM letter_raw WHERE letter_id IN" OLD_LETTERS,
[ENDED] =
	"SELECT DISTINCT mail_id FROM journal JOIN mail_raw USING (mail_id)"
	" WHERE (state = 'undone' AND deed IN ('application', 'nomination'))"
	" OR journal_id IN (SELECT journal_id FROM nomination"
	" WHERE state IN ('refused', 'ended')) LIMIT :limit",
[ONE_BLANK] =
	MAIL_BLANK "= :mail",
[ONE_ERASE] =
	"DELETE FROM mail_raw WHERE mail_id = :mail",
[ONE_LETTERS_ERASE] =
	"DELETE FROM letter_raw WHERE letter_id IN" OF_THE_MAIL,
[ONE_LETTERS_BLANK] =
	LETTER_BLANK "letter_id IN" OF_THE_MAIL,
[SENT] =
	"DELETE FROM sent WHERE sent_id IN (SELECT sent_id FROM"
	" (SELECT sent_id, at FROM sent ORDER BY sent_id LIMIT :limit)"
	" WHERE at < :before)",
[PENDING] =
	"DELETE FROM pending WHERE pending_id IN (SELECT pending_id"
	" FROM pending WHERE coalesce(answered_at, expires_at) < :before"
	" LIMIT :limit)",
[SEATS] =
	"SELECT 0, application_id, journal_id FROM application"
	" WHERE state <> 'accepted' AND coalesce(kept_at, came_at) < :before"
	" UNION ALL SELECT 1, nomination_id, journal_id FROM nomination"
	" WHERE state NOT IN ('accepted', 'asked', 'no-address')"
	" AND coalesce(kept_at, answered_at, came_at) < :before LIMIT :limit",
[SEAT_LINE] =
	"UPDATE journal SET label = NULL, by_email = NULL"
	" WHERE journal_id = :journal",
[APPLICATION_DROP] =
	"DELETE FROM application WHERE application_id = :number",
[NOMINATION_DROP] =
	"DELETE FROM nomination WHERE nomination_id = :number",
[LISTED] =
	"SELECT 0, application_id, coalesce(kept_at, came_at)"
	" FROM application JOIN body USING (body_id) WHERE slug = :body"
	" AND listed_at IS NULL AND replaced_by IS NULL"
	" AND state IN ('received', 'reserve', 'rejected')"
	" AND coalesce(kept_at, came_at) < :before UNION ALL"
	" SELECT 1, nomination_id, coalesce(kept_at, answered_at, came_at)"
	" FROM nomination JOIN body USING (body_id) WHERE slug = :body"
	" AND listed_at IS NULL"
	" AND state IN ('consented', 'reserve', 'rejected')"
	" AND coalesce(kept_at, answered_at, came_at) < :before LIMIT :limit",
[APPLICATION_TOLD] =
	"UPDATE application SET listed_at = :now"
	" WHERE application_id = :number",
[NOMINATION_TOLD] =
	"UPDATE nomination SET listed_at = :now"
	" WHERE nomination_id = :number",
[SILENT] =
	"SELECT nomination_id FROM nomination"
	" WHERE state IN ('asked', 'no-address') AND came_at < :before"
	" ORDER BY nomination_id LIMIT :limit",
[LATE] =
	"SELECT 0, application_id, journal_id FROM application"
	" WHERE state = 'late' AND came_at < :before LIMIT :limit",
/* Who held a place, and when, outlives it for the report on attendance. */
[PLACES] =
	"DELETE FROM place WHERE place_id IN (SELECT place_id FROM place"
	" WHERE until_day * 86400 < :before LIMIT :limit)",
[PEOPLE] =
	"DELETE FROM person WHERE person_id IN (SELECT person_id FROM person"
	" WHERE changed_at < :before AND NOT EXISTS (SELECT 1 FROM place"
	" WHERE place.person_id = person.person_id) LIMIT :limit)",
[ACCEPTED] =
	"DELETE FROM application WHERE application_id IN (SELECT"
	" application_id FROM application WHERE state = 'accepted'"
	" AND came_at < :before AND NOT EXISTS (SELECT 1 FROM person"
	" WHERE person.email = lower(application.email)) LIMIT :limit)",
[NAMED] =
	"DELETE FROM nomination WHERE nomination_id IN (SELECT"
	" nomination_id FROM nomination WHERE state = 'accepted'"
	" AND came_at < :before AND NOT EXISTS (SELECT 1 FROM person"
	" WHERE person.email = lower(nomination.email)) LIMIT :limit)",
/* Undo brings an ended one back; after that time nobody says FORTRYD. */
[UNSUBSCRIBED] =
	"DELETE FROM subscription WHERE subscription_id IN (SELECT"
	" subscription_id FROM subscription JOIN journal ON"
	" journal.journal_id = subscription.replaced_by"
	" WHERE journal.at < :before LIMIT :limit)",
[CALLED] =
	"DELETE FROM call_address WHERE call_id IN (SELECT call_id FROM call"
	" WHERE (deadline_day + 1) * 86400 < :before AND state <>"
	" 'announced' LIMIT :limit)",
};
const struct statements retention_statements = { sql, N_STATEMENTS };

static enum rc
aged(struct store *store, int which, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, which);
	enum rc rc;

	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = query_run(&q, err)) == RC_OK)
		*n = (size_t)sqlite3_changes(store->db);
	return rc;
}

enum rc
retention_mails(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	enum rc rc = aged(store, PLACE_STEPS, before_at, limit, n, err);

	if (rc == RC_OK)
		rc = aged(store, PERSON_STEPS, before_at, limit, n, err);
	if (rc == RC_OK)
		rc = aged(store, WAITING_BLANK, before_at, limit, n, err);
	if (rc == RC_OK)
		rc = aged(store, MAILS_BLANK, before_at, limit, n, err);
	return rc != RC_OK ? rc :
	    aged(store, MAILS_ERASE, before_at, limit, n, err);
}

enum rc
retention_letters(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	enum rc rc = aged(store, LETTERS_BLANK, before_at, limit, n, err);

	return rc != RC_OK ? rc :
	    aged(store, LETTERS_ERASE, before_at, limit, n, err);
}

enum rc
retention_sent(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	return aged(store, SENT, before_at, limit, n, err);
}

enum rc
retention_pending(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	return aged(store, PENDING, before_at, limit, n, err);
}

enum rc
retention_people(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	static const int all[] = { PLACES, PEOPLE, ACCEPTED, NAMED };
	size_t more = 0;
	enum rc rc = RC_OK;

	*n = 0;
	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == RC_OK;
	    i++) {
		rc = aged(store, all[i], before_at, limit, &more, err);
		*n = more > *n ? more : *n;
	}
	return rc;
}

enum rc
retention_subscriptions(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	return aged(store, UNSUBSCRIBED, before_at, limit, n, err);
}

enum rc
retention_called(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	enum rc rc = aged(store, CALLED, before_at, limit, n, err);

	*n = 0;		/* of at most `limit` calls all addresses went */
	return rc;
}

/* Rows of numbers, gathered before anything is changed under them. */
#define COLUMNS 3
static enum rc
numbers_load(struct arena *arena, struct query *q, int columns, size_t limit,
    int64_t (**rows)[COLUMNS], size_t *n, struct err *err)
{
	int64_t (*list)[COLUMNS] = arena_array(arena, limit + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc = RC_OK;

	while (count < limit && (rc = query_row(q, err)) == RC_OK) {
		for (int i = 0; i < columns; i++)
			list[count][i] = column_int(q, i);
		count++;
	}
	if (rc == RC_OK)
		query_end(q);
	else if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

static enum rc
with(struct store *store, int which, const char *name, int64_t value,
    struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, which);

	query_int(&q, name, value);
	return query_run(&q, err);
}

/* Its bytes last: they are what it is found by. */
static enum rc
one_erase(struct store *store, int64_t mail_id, struct err *err)
{
	static const int all[] = { ONE_BLANK, ONE_LETTERS_ERASE,
		ONE_LETTERS_BLANK, ONE_ERASE };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == RC_OK; i++)
		rc = with(store, all[i], ":mail", mail_id, err);
	return rc;
}

enum rc
retention_ended(struct store *store, size_t limit, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, ENDED);
	struct arena *arena = arena_open();
	int64_t (*rows)[COLUMNS] = NULL;
	enum rc rc;

	query_int(&q, ":limit", (int64_t)limit);
	rc = numbers_load(arena, &q, 1, limit, &rows, n, err);
	for (size_t i = 0; rc == RC_OK && i < *n; i++)
		rc = one_erase(store, rows[i][0], err);
	arena_close(&arena);
	return rc;
}

static enum rc
seats_drop(struct store *store, int which, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, which);
	struct arena *arena = arena_open();
	int64_t (*rows)[COLUMNS] = NULL;
	enum rc rc;

	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", (int64_t)limit);
	rc = numbers_load(arena, &q, 3, limit, &rows, n, err);
	for (size_t i = 0; rc == RC_OK && i < *n; i++) {
		rc = with(store, SEAT_LINE, ":journal", rows[i][2], err);
		if (rc == RC_OK)
			rc = with(store, rows[i][0] != 0 ? NOMINATION_DROP :
			    APPLICATION_DROP, ":number", rows[i][1], err);
	}
	arena_close(&arena);
	return rc;
}

enum rc
retention_seats(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	return seats_drop(store, SEATS, before_at, limit, n, err);
}

enum rc
retention_late(struct store *store, int64_t before_at, size_t limit,
    size_t *n, struct err *err)
{
	return seats_drop(store, LATE, before_at, limit, n, err);
}

static enum rc
told_set(struct store *store, const struct retention_seat *seat,
    int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_RETENTION,
	    seat->is_nomination ? NOMINATION_TOLD : APPLICATION_TOLD);

	query_int(&q, ":now", now_at);
	query_int(&q, ":number", seat->number);
	return query_run(&q, err);
}

enum rc
retention_list(struct store *store, struct arena *arena, const char *body,
    int64_t before_at, int64_t now_at, size_t limit,
    struct retention_seat **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, LISTED);
	struct retention_seat *list = arena_array(arena, limit + 1,
	    sizeof *list);
	int64_t (*found)[COLUMNS] = NULL;
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", (int64_t)limit);
	rc = numbers_load(arena, &q, 3, limit, &found, &count, err);
	for (size_t i = 0; rc == RC_OK && i < count; i++) {
		list[i] = (struct retention_seat){ .number = found[i][1],
			.came_at = found[i][2],
			.is_nomination = found[i][0] != 0 };
		rc = told_set(store, &list[i], now_at, err);
	}
	if (rc != RC_OK)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
retention_silent(struct store *store, struct arena *arena, int64_t before_at,
    size_t limit, int64_t **numbers, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_RETENTION, SILENT);
	int64_t *list = arena_array(arena, limit + 1, sizeof *list);
	int64_t (*rows)[COLUMNS] = NULL;
	enum rc rc;

	query_int(&q, ":before", before_at);
	query_int(&q, ":limit", (int64_t)limit);
	if ((rc = numbers_load(arena, &q, 1, limit, &rows, n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < *n; i++)
		list[i] = rows[i][0];
	*numbers = list;
	return RC_OK;
}
