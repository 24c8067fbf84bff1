/* SPDX-License-Identifier: MIT */
/* Seats, as the rules of composition see them. */
#include "store/seat.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"
#include "store/meeting.h"

#define GROUPS_MOST 100

enum { LIST, HAS, PERSON, PLACE, N_STATEMENTS };
#define NOW_ON " (until_day IS NULL OR until_day >= :today)" \
	" AND (from_day IS NULL OR from_day <= :today)"
static const char *const sql[N_STATEMENTS] = {
[LIST] =
	"SELECT seat.seat, also, named_by, number, at_least, (SELECT count(*)"
	" FROM place WHERE place.body_id = seat.body_id"
	" AND place.seat = seat.seat"
	" AND role IN ('chair', 'vice-chair', 'member') AND" NOW_ON ")"
	" FROM seat JOIN body USING (body_id) WHERE slug = :body"
	" AND seat.ended_at IS NULL ORDER BY seat_id LIMIT :limit",
[HAS] =
	"SELECT count(*) FROM place JOIN person USING (person_id)"
	" JOIN body USING (body_id) WHERE slug = :body AND email = :email"
	" AND role IN ('chair', 'vice-chair', 'member')"
	" AND (until_day IS NULL OR until_day >= :today)",
[PERSON] =
	"INSERT INTO person (email, name, changed_at)"
	" VALUES (:email, :name, :now) ON CONFLICT (email) DO NOTHING",
[PLACE] =
	"INSERT INTO place (body_id, person_id, role, seat, from_day,"
	" until_day, changed_at) SELECT body_id, person_id, 'member', :seat,"
	" :from, :until, :now FROM body, person"
	" WHERE slug = :body AND email = :email",
};
const struct statements seat_statements = { sql, N_STATEMENTS };

enum rc
seats_load(struct store *store, struct arena *arena, const char *body,
    struct date day, struct seat_rules *rules, struct err *err)
{
	struct seat_group *list = arena_array(arena, GROUPS_MOST,
	    sizeof *list);
	struct query q = query_open(store, OF_SEAT, LIST);
	const char *residence = NULL;
	size_t n = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":today", date_to_days(day));
	query_int(&q, ":limit", GROUPS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[n++] = (struct seat_group){
			.group = column_text(arena, &q, 0),
			.also = column_text(arena, &q, 1),
			.named_by = column_text(arena, &q, 2),
			.number = (size_t)column_int(&q, 3),
			.at_least = (size_t)column_int(&q, 4),
			.taken = (size_t)column_int(&q, 5),
		};
	if (rc != RC_NONE)
		return rc;
	rc = rule_load(store, arena, body, "residence", &residence, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	*rules = (struct seat_rules){ list, n, residence != NULL &&
		strcmp(residence, "no") != 0 };
	return RC_OK;
}

enum rc
place_add_member(struct store *store, const struct place_new *place,
    int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_SEAT, HAS);
	int64_t has;
	enum rc rc;

	query_text(&q, ":body", place->body);
	query_text(&q, ":email", place->email);
	query_int(&q, ":today", date_to_days(place->from_day));
	if ((rc = query_number(&q, &has, 0, err)) != RC_OK || has > 0)
		return rc == RC_OK ? RC_NONE : rc;
	q = query_open(store, OF_SEAT, PERSON);
	query_text(&q, ":email", place->email);
	query_text(&q, ":name", place->name);
	query_int(&q, ":now", now_at);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_SEAT, PLACE);
	query_text(&q, ":body", place->body);
	query_text(&q, ":email", place->email);
	query_text(&q, ":seat", place->group);
	query_int(&q, ":from", date_to_days(place->from_day));
	if (place->until_day.year != 0)
		query_int(&q, ":until", date_to_days(place->until_day));
	query_int(&q, ":now", now_at);
	return query_run(&q, err);
}
