/* SPDX-License-Identifier: MIT */
/* Counts a year of a council. */
#include "store/year_report.h"

#include "base/arena.h"
#include "store/db.h"

#define GROUPS_MOST 50
#define THE_BODY "(SELECT body_id FROM body WHERE slug = :body)"
#define IN_YEAR(column) column " >= :from AND " column " < :to"

enum { MEETINGS, CANCELLED, MINUTES, GROUPS, POINTS, DEEDS, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[MEETINGS] =
	"SELECT count(*) FROM meeting WHERE body_id = " THE_BODY
	" AND " IN_YEAR("start_at") " AND state IN ('held', 'minutes-draft',"
	" 'minutes-released')",
[CANCELLED] =
	"SELECT count(*) FROM meeting WHERE body_id = " THE_BODY
	" AND " IN_YEAR("start_at") " AND state = 'cancelled'",
[MINUTES] =
	"SELECT count(*) FROM meeting WHERE body_id = " THE_BODY
	" AND " IN_YEAR("start_at") " AND EXISTS (SELECT 1 FROM minutes"
	" WHERE minutes.meeting_id = meeting.meeting_id"
	" AND minutes.state = 'mailed')",
[GROUPS] =
	"WITH one AS (SELECT coalesce(seat, '') AS seat, place.person_id,"
	" EXISTS (SELECT 1 FROM minutes_person p WHERE p.minutes_id ="
	" (SELECT minutes_id FROM minutes x WHERE x.meeting_id ="
	" meeting.meeting_id AND x.state = 'mailed' ORDER BY version DESC"
	" LIMIT 1) AND p.came = 'present' AND lower(p.email) = person.email)"
	" AS came FROM meeting JOIN place ON place.body_id = meeting.body_id"
	" AND place.role IN ('chair', 'vice-chair', 'member', 'appointee')"
	" AND coalesce(from_day * 86400, 0) <= start_at"
	" AND (until_day IS NULL OR (until_day + 1) * 86400 > start_at)"
	" JOIN person USING (person_id) WHERE meeting.body_id = " THE_BODY
	" AND " IN_YEAR("start_at") " AND EXISTS (SELECT 1 FROM minutes x"
	" WHERE x.meeting_id = meeting.meeting_id AND x.state = 'mailed')),"
	" wide AS (SELECT seat FROM one GROUP BY seat"
	" HAVING count(DISTINCT person_id) > 1)"
	" SELECT iif(seat IN (SELECT seat FROM wide), seat, '') AS g,"
	" count(*), sum(came) FROM one GROUP BY g ORDER BY g = '', g"
	" LIMIT :limit",
[POINTS] =
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM place JOIN person"
	" USING (person_id) WHERE email = by_email AND place.body_id ="
	" item.body_id AND role = 'secretary') THEN 3"
	" WHEN EXISTS (SELECT 1 FROM place JOIN person USING (person_id)"
	" WHERE email = by_email AND place.body_id = item.body_id"
	" AND role NOT IN ('guest', 'subscriber')) THEN 0"
	" WHEN EXISTS (SELECT 1 FROM place JOIN person USING (person_id)"
	" JOIN body c ON c.body_id = place.body_id WHERE email = by_email"
	" AND c.kind = 'committee') THEN 1 ELSE 2 END AS origin, count(*)"
	" FROM item WHERE body_id = " THE_BODY " AND " IN_YEAR("at")
	" AND state <> 'withdrawn' GROUP BY origin",
[DEEDS] =
	"SELECT deed = 'nomination', count(*) FROM journal WHERE body_id = "
	THE_BODY " AND " IN_YEAR("at") " AND state = 'done'"
	" AND deed IN ('application', 'nomination') GROUP BY 1",
};
const struct statements year_report_statements = { sql, N_STATEMENTS };

struct span {
	struct store *store;
	const char *body;
	int64_t from_at, to_at;
};

static struct query
count_open(const struct span *s, int which)
{
	struct query q = query_open(s->store, OF_YEAR_REPORT, which);

	query_text(&q, ":body", s->body);
	query_int(&q, ":from", s->from_at);
	query_int(&q, ":to", s->to_at);
	return q;
}

static enum rc
one_number(const struct span *s, int which, int64_t *number,
    struct err *err)
{
	struct query q = count_open(s, which);

	return query_number(&q, number, 0, err);
}

/* Rows of which and how many, into numbers[which]. */
static enum rc
numbers_read(const struct span *s, int which, int64_t *const numbers[],
    struct err *err)
{
	struct query q = count_open(s, which);
	enum rc rc;

	while ((rc = query_row(&q, err)) == RC_OK)
		*numbers[column_int(&q, 0)] = column_int(&q, 1);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
groups_load(const struct span *s, struct arena *arena,
    struct year_report *report, struct err *err)
{
	struct query q = count_open(s, GROUPS);
	enum rc rc;

	query_int(&q, ":limit", GROUPS_MOST);
	report->groups = arena_array(arena, GROUPS_MOST,
	    sizeof *report->groups);
	while ((rc = query_row(&q, err)) == RC_OK)
		report->groups[report->n_groups++] = (struct year_group){
			.seat = column_text(arena, &q, 0),
			.asked = column_int(&q, 1),
			.came = column_int(&q, 2) };
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
year_report_load(struct store *store, struct arena *arena, const char *body,
    int64_t from_at, int64_t to_at, struct year_report *report,
    struct err *err)
{
	const struct span s = { store, body, from_at, to_at };
	struct year_report r = { .meetings = 0 };
	int64_t *const points[] = { &r.by_members, &r.by_politicians,
		&r.by_citizens, &r.by_administration };
	int64_t *const deeds[] = { &r.applications, &r.nominations };
	enum rc rc;

	if ((rc = one_number(&s, MEETINGS, &r.meetings, err)) != RC_OK ||
	    (rc = one_number(&s, CANCELLED, &r.cancelled, err)) != RC_OK ||
	    (rc = one_number(&s, MINUTES, &r.with_minutes, err)) != RC_OK ||
	    (rc = groups_load(&s, arena, &r, err)) != RC_OK ||
	    (rc = numbers_read(&s, POINTS, points, err)) != RC_OK ||
	    (rc = numbers_read(&s, DEEDS, deeds, err)) != RC_OK ||
	    (rc = hearing_count(store, body, from_at, to_at, &r.hearings,
	    err)) != RC_OK)
		return rc;
	*report = r;
	return RC_OK;
}
