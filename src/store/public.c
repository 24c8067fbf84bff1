/* SPDX-License-Identifier: MIT */
/* What everybody may know, by the views for it. */
#include "store/public.h"

#include <string.h>

#include "base/arena.h"
#include "store/agenda.h"
#include "store/db.h"

#define MOST 2000	/* meetings of one body: four centuries of them */
#define VERSIONS_MOST 50

#define TEXTS(table, id) \
	"SELECT " id ", version, send_at FROM " table \
	" JOIN meeting USING (meeting_id) WHERE slug = :meeting" \
	" AND " table ".state = 'mailed' ORDER BY version DESC LIMIT :limit"

enum { MEETINGS, AGENDAS, MINUTES, CALL, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[MEETINGS] =
	"SELECT slug, kind, state, start_at, end_at, points_until_at, place,"
	" theme, with_body, uid, sequence, changed_at FROM meeting_for_public"
	" WHERE body_id = (SELECT body_id FROM body WHERE slug = :body)"
	" ORDER BY start_at DESC, meeting_id DESC LIMIT :limit",
[AGENDAS] = TEXTS("agenda", "agenda_id"),
[MINUTES] = TEXTS("minutes", "minutes_id"),
[CALL] =
	"SELECT deadline_day, (SELECT group_concat(seat, ' ')"
	" FROM (SELECT seat FROM call_seat WHERE call_id = call.call_id"
	" ORDER BY seat)) FROM call JOIN body USING (body_id)"
	" WHERE slug = :body AND state = 'open' ORDER BY call_id DESC LIMIT 1",
};
const struct statements public_statements = { sql, N_STATEMENTS };

enum rc
public_meetings(struct store *store, struct arena *arena, const char *body,
    struct public_meeting **list, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_PUBLIC, MEETINGS);
	struct public_meeting *all = arena_array(arena, MOST, sizeof *all);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		struct public_meeting *m = &all[count++];

		*m = (struct public_meeting){
			.id = column_text(arena, &q, 0),
			.start_at = column_int(&q, 3),
			.end_at = column_int(&q, 4),
			.points_until_at = column_int(&q, 5),
			.place = column_text(arena, &q, 6),
			.theme = column_text(arena, &q, 7),
			.with_body = column_text(arena, &q, 8),
			.uid = column_text(arena, &q, 9),
			.sequence = column_int(&q, 10),
			.changed_at = column_int(&q, 11) };
		(void)world_meeting_kind_read(column_text(arena, &q, 1),
		    &m->kind);
		(void)world_meeting_state_read(column_text(arena, &q, 2),
		    &m->state);
	}
	if (rc != RC_NONE)
		return rc;
	*list = all;
	*n = count;
	return RC_OK;
}

static enum rc
texts(struct store *store, struct arena *arena, int which,
    const char *meeting, struct public_text **list, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_PUBLIC, which);
	struct public_text *all = arena_array(arena, VERSIONS_MOST,
	    sizeof *all);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	query_int(&q, ":limit", VERSIONS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		all[count++] = (struct public_text){
			.id = column_int(&q, 0),
			.version = column_int(&q, 1),
			.sent_at = column_int(&q, 2) };
	if (rc != RC_NONE)
		return rc;
	*list = all;
	*n = count;
	return RC_OK;
}

enum rc
public_agendas(struct store *store, struct arena *arena, const char *meeting,
    struct public_text **list, size_t *n, struct err *err)
{
	return texts(store, arena, AGENDAS, meeting, list, n, err);
}

enum rc
public_minutes(struct store *store, struct arena *arena, const char *meeting,
    struct public_text **list, size_t *n, struct err *err)
{
	return texts(store, arena, MINUTES, meeting, list, n, err);
}

static bool
is_in(const struct agenda *agenda, const struct agenda_point *p)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (!agenda->points[i].closed &&
		    ((p->item_id != 0 && agenda->points[i].item_id ==
		    p->item_id) || strcmp(agenda->points[i].title,
		    p->title) == 0))
			return true;
	return false;
}

enum rc
public_points(struct store *store, struct arena *arena, const char *meeting,
    int64_t agenda_id, struct agenda *agenda, bool **gone, struct err *err)
{
	struct agenda_row newest;
	struct agenda now;
	enum rc rc;

	if ((rc = agenda_load(store, arena, meeting, &newest, err)) != RC_OK
	    || (rc = agenda_points(store, arena, newest.agenda_id,
	    AUDIENCE_PUBLIC, &now, err)) != RC_OK ||
	    (rc = agenda_points(store, arena, agenda_id, AUDIENCE_PUBLIC,
	    agenda, err)) != RC_OK)
		return rc;
	*gone = arena_array(arena, agenda->n + 1, sizeof **gone);
	for (size_t i = 0; i < agenda->n; i++)
		(*gone)[i] = !agenda->points[i].closed &&
		    !is_in(&now, &agenda->points[i]);
	return RC_OK;
}

enum rc
public_call_open(struct store *store, struct arena *arena, const char *body,
    struct public_call *call, struct err *err)
{
	struct query q = query_open(store, OF_PUBLIC, CALL);
	enum rc rc;

	query_text(&q, ":body", body);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	call->deadline_day = column_int(&q, 0);
	call->seats = column_text(arena, &q, 1);
	query_end(&q);
	return RC_OK;
}
