/* SPDX-License-Identifier: MIT */
/* Places, and the steps that changed them. */
#include "store/membership.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"
#include "store/person.h"

#define PLACES_MOST 500	/* of a body; a council has twenty */

enum {
	LIST, OF_ONE, PERSON, NAME, ADD, NEW, KEEP, END, STEPS, PUT_BACK,
	STEP_DROP, PLACE_DROP, PERSON_DROP, LEFT, MOVED, MOVE_ADD, MOVE_DROP, TAKEN, MOVE_PERSON,
	MOVE_FOR, MOVE_LIST, MOVE_READER, MOVE_PENDING, MOVE_PROMISE,
	MOVE_COMING, MOVE_GROUP, MOVE_GROUP_CHAIR, MOVE_RANKING,
	N_STATEMENTS
};
#define ROW "SELECT place_id, person_id, email, person.name, phone, seat," \
	" substitute_for, role, from_day, until_day, unreachable_told_at" \
	" IS NOT NULL FROM place JOIN person USING (person_id)" \
	" JOIN body USING (body_id) WHERE slug = :body" \
	" AND (until_day IS NULL OR until_day >= :day)"
#define MOVE(table) "UPDATE OR IGNORE " table " SET email = :to" \
	" WHERE email = :from"
static const char *const sql[N_STATEMENTS] = {
[LIST] =
	ROW " ORDER BY place_id LIMIT :limit",
[OF_ONE] =
	ROW " AND email = :email ORDER BY place_id LIMIT :limit",
[PERSON] =
	"INSERT INTO person (email, name, phone, changed_at)"
	" VALUES (:email, :name, :phone, :now)"
	" ON CONFLICT (email) DO NOTHING",
[NAME] =
	"UPDATE person SET name = :name, changed_at = :now"
	" WHERE email = :email AND name = email",
[ADD] =
	"INSERT INTO place (body_id, person_id, role, seat, substitute_for,"
	" from_day, until_day, changed_at) SELECT body_id, person_id, :role,"
	" :seat, :for, :from, :until, :now FROM body, person"
	" WHERE slug = :body AND email = :email",
[NEW] =
	"INSERT INTO place_step (journal_id, place_id, made, at)"
	" VALUES (:journal, :place, 1, :now)",
[KEEP] =
	"INSERT INTO place_step (journal_id, place_id, made, until_day, at)"
	" SELECT :journal, place_id, 0, until_day, :now FROM place"
	" WHERE place_id = :place",
[END] =
	"UPDATE place SET until_day = :last, changed_at = :now"
	" WHERE place_id = :place",
[STEPS] =
	"SELECT step_id, place_id, made, s.until_day, person_id"
	" FROM place_step s JOIN place USING (place_id)"
	" WHERE journal_id = :journal ORDER BY step_id DESC LIMIT :limit",
[PUT_BACK] =
	"UPDATE place SET until_day = :until WHERE place_id = :place",
[STEP_DROP] =
	"DELETE FROM place_step WHERE step_id = :step",
[PLACE_DROP] =
	"DELETE FROM place WHERE place_id = :place AND NOT EXISTS"
	" (SELECT 1 FROM place_step s WHERE s.place_id = place.place_id)",
[PERSON_DROP] =
	"DELETE FROM person WHERE person_id = :person AND NOT EXISTS"
	" (SELECT 1 FROM place p WHERE p.person_id = person.person_id)",
[LEFT] =
	"SELECT place_id, person_id, email, name, phone, seat,"
	" substitute_for, role, place.until_day + 1, s.until_day, 0"
	" FROM place_step s JOIN place USING (place_id)"
	" JOIN person USING (person_id) WHERE journal_id = :journal"
	" AND NOT made ORDER BY seat IS NULL, step_id LIMIT :limit",
[MOVED] =
	"SELECT from_email, to_email FROM person_step"
	" WHERE journal_id = :journal",
[MOVE_ADD] =
	"INSERT INTO person_step (journal_id, from_email, to_email, at)"
	" VALUES (:journal, :from, :to, :now)",
[MOVE_DROP] =
	"DELETE FROM person_step WHERE journal_id = :journal",
[TAKEN] =
	"SELECT EXISTS (SELECT 1 FROM person WHERE email = :email)"
	" OR EXISTS (SELECT 1 FROM subscription WHERE email = :email)"
	" OR EXISTS (SELECT 1 FROM reader WHERE email = :email)"
	" OR EXISTS (SELECT 1 FROM attendance WHERE email = :email)"
	" OR EXISTS (SELECT 1 FROM address WHERE email = :email)"
	" OR EXISTS (SELECT 1 FROM body WHERE address = :email)"
	" OR EXISTS (SELECT 1 FROM setting WHERE name = 'mailbox'"
	" AND value = :email)",
[MOVE_PERSON] =
	"UPDATE person SET email = :to, unreachable_n = 0,"
	" unreachable_at = NULL, unreachable_told_at = NULL,"
	" changed_at = :now WHERE email = :from",
[MOVE_FOR] =
	"UPDATE place SET substitute_for = :to WHERE substitute_for = :from",
[MOVE_LIST] = MOVE("subscription"),
[MOVE_READER] = MOVE("reader"),
[MOVE_PENDING] = MOVE("pending") " AND answered_at IS NULL",
[MOVE_PROMISE] = MOVE("follow_up"),
[MOVE_COMING] = MOVE("attendance"),
[MOVE_GROUP] = MOVE("working_group_member"),
[MOVE_GROUP_CHAIR] =
	"UPDATE working_group SET chair_email = :to"
	" WHERE chair_email = :from",
[MOVE_RANKING] = MOVE("ranking"),
};
const struct statements place_statements = { sql, N_STATEMENTS };

static struct date
day_of(const struct query *q, int at)
{
	return column_is_null(q, at) ? (struct date){ 0 } :
	    date_from_days((int32_t)column_int(q, at));
}

static void
day_set(struct query *q, const char *name, struct date day)
{
	if (day.year != 0)
		query_int(q, name, date_to_days(day));
	else
		query_null(q, name);
}

static enum rc
rows_read(struct query *q, struct arena *arena, struct place_row **rows,
    size_t *n, struct err *err)
{
	struct place_row *list = arena_array(arena, PLACES_MOST, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", PLACES_MOST);
	while ((rc = query_row(q, err)) == RC_OK) {
		struct place_row *p = &list[count++];

		*p = (struct place_row){
			.place_id = column_int(q, 0),
			.person_id = column_int(q, 1),
			.email = column_text(arena, q, 2),
			.name = column_text(arena, q, 3),
			.phone = column_text(arena, q, 4),
			.seat = column_text(arena, q, 5),
			.substitute_for = column_text(arena, q, 6),
			.from_day = day_of(q, 8),
			.until_day = day_of(q, 9),
			.paused = column_int(q, 10) != 0,
		};
		(void)world_role_read(column_text(arena, q, 7), &p->role);
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
place_list(struct store *store, struct arena *arena, const char *body,
    struct date day, struct place_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, LIST);

	query_text(&q, ":body", body);
	query_int(&q, ":day", date_to_days(day));
	return rows_read(&q, arena, rows, n, err);
}

enum rc
place_of(struct store *store, struct arena *arena, const char *body,
    const char *email, struct date day, struct place_row **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_PLACE, OF_ONE);

	query_text(&q, ":body", body);
	query_text(&q, ":email", email);
	query_int(&q, ":day", date_to_days(day));
	return rows_read(&q, arena, rows, n, err);
}

static enum rc
step_add(struct store *store, int which, int64_t place_id, struct step step,
    struct err *err)
{
	struct query q = query_open(store, OF_PLACE, which);

	query_int(&q, ":journal", step.journal_id);
	query_int(&q, ":place", place_id);
	query_int(&q, ":now", step.at);
	return query_run(&q, err);
}

enum rc
place_add(struct store *store, const char *body, const struct place_row *place,
    struct step step, int64_t *place_id, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, PERSON);
	int64_t id;
	enum rc rc;

	query_text(&q, ":email", place->email);
	query_text(&q, ":name", place->name);
	query_text(&q, ":phone", place->phone);
	query_int(&q, ":now", step.at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, NAME);
	query_text(&q, ":email", place->email);
	query_text(&q, ":name", place->name);
	query_int(&q, ":now", step.at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, ADD);
	query_text(&q, ":body", body);
	query_text(&q, ":email", place->email);
	query_text(&q, ":role", world_role_word(place->role));
	query_text(&q, ":seat", place->seat);
	query_text(&q, ":for", place->substitute_for);
	day_set(&q, ":from", place->from_day);
	day_set(&q, ":until", place->until_day);
	query_int(&q, ":now", step.at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	id = sqlite3_last_insert_rowid(store->db);
	if ((rc = step_add(store, NEW, id, step, err)) == RC_OK &&
	    place_id != NULL)
		*place_id = id;
	return rc;
}

enum rc
place_end(struct store *store, int64_t place_id, struct date last,
    struct step step, struct err *err)
{
	enum rc rc = step_add(store, KEEP, place_id, step, err);
	struct query q;

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, END);
	query_int(&q, ":place", place_id);
	query_int(&q, ":last", date_to_days(last));
	query_int(&q, ":now", step.at);
	return query_run(&q, err);
}

enum rc
place_left(struct store *store, struct arena *arena, int64_t journal_id,
    struct place_row *row, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, LEFT);
	struct place_row *rows;
	size_t n;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = rows_read(&q, arena, &rows, &n, err)) != RC_OK)
		return rc;
	if (n == 0)
		return RC_NONE;
	*row = rows[0];
	return RC_OK;
}

/* --- taken back ------------------------------------------------------------ */

struct kept {
	int64_t step_id, place_id, person_id;
	struct date until_day;
	bool made;
};

static enum rc
kept_undo(struct store *store, const struct kept *k, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, STEP_DROP);
	enum rc rc;

	query_int(&q, ":step", k->step_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, k->made ? PLACE_DROP : PUT_BACK);
	query_int(&q, ":place", k->place_id);
	if (!k->made)
		day_set(&q, ":until", k->until_day);
	if ((rc = query_run(&q, err)) != RC_OK || !k->made)
		return rc;
	q = query_open(store, OF_PLACE, PERSON_DROP);
	query_int(&q, ":person", k->person_id);
	return query_run(&q, err);
}

#define STEPS_MOST 200	/* of one deed: a roster changes every place */

enum rc
place_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, STEPS);
	struct kept list[STEPS_MOST];
	size_t n = 0;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	query_int(&q, ":limit", STEPS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[n++] = (struct kept){ column_int(&q, 0),
			column_int(&q, 1), column_int(&q, 4),
			day_of(&q, 3), column_int(&q, 2) != 0 };
	if (rc != RC_NONE)
		return rc;
	rc = RC_OK;
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = kept_undo(store, &list[i], err);
	return rc;
}

/* --- an address ------------------------------------------------------------ */

static enum rc
move_all(struct store *store, const char *from, const char *to, int64_t at,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (int which = MOVE_PERSON; which <= MOVE_RANKING && rc == RC_OK;
	    which++) {
		struct query q = query_open(store, OF_PLACE, which);

		query_text(&q, ":from", from);
		query_text(&q, ":to", to);
		if (which == MOVE_PERSON)
			query_int(&q, ":now", at);
		rc = query_run(&q, err);
		if (rc == RC_OK && which == MOVE_PERSON &&
		    sqlite3_changes(store->db) == 0)
			return RC_NONE;
	}
	return rc;
}

enum rc
person_move(struct store *store, const char *from, const char *to,
    struct step step, struct err *err)
{
	enum rc rc = move_all(store, from, to, step.at, err);
	struct query q;

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, MOVE_ADD);
	query_int(&q, ":journal", step.journal_id);
	query_text(&q, ":from", from);
	query_text(&q, ":to", to);
	query_int(&q, ":now", step.at);
	return query_run(&q, err);
}

enum rc
person_moved(struct store *store, struct arena *arena, int64_t journal_id,
    const char **from, const char **to, struct err *err)
{
	struct query q = query_open(store, OF_PLACE, MOVED);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*from = column_text(arena, &q, 0);
	*to = column_text(arena, &q, 1);
	query_end(&q);
	return RC_OK;
}

enum rc
person_move_undo(struct store *store, struct arena *arena, int64_t journal_id,
    int64_t at, struct err *err)
{
	const char *from, *to;
	struct query q;
	enum rc rc = person_moved(store, arena, journal_id, &from, &to, err);

	if (rc != RC_OK || (rc = move_all(store, to, from, at, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_PLACE, MOVE_DROP);
	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
address_taken(struct store *store, const char *email, bool *taken,
    struct err *err)
{
	struct query q = query_open(store, OF_PLACE, TAKEN);
	int64_t number;
	enum rc rc;

	query_text(&q, ":email", email);
	if ((rc = query_number(&q, &number, 0, err)) == RC_OK)
		*taken = number != 0;
	return rc;
}
