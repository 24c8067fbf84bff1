/* SPDX-License-Identifier: MIT */
/* Once a year: next year's meetings are proposed; and from a day in the year
 * on, a dialogue meeting that nobody planned is asked for. */
#include "council/year_plan.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "calendar/calendar.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/meeting.h"

#define PLAN_DAY "11-01"
#define DIALOGUE_DAY "09-01"

/* The morning of that day of the year; a rule that is no day is the
 * default. */
static enum rc
morning(struct council *council, struct arena *arena,
    const struct world_body *body, const char *name, const char *otherwise,
    int year, int64_t *at, struct err *err)
{
	const char *value = NULL;
	struct date day;
	enum rc rc = rule_load(council->store, arena, body->slug, name,
	    &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE || !date_parse(arena_printf(arena, "%04d-%s", year,
	    value), &day)) {
		if (rc == RC_OK)
			log_warning("rule %s of %s is no day as %s", name,
			    body->slug, otherwise);
		(void)date_parse(arena_printf(arena, "%04d-%s", year,
		    otherwise), &day);
	}
	while (!year_is_working(day))
		day = date_add_days(day, 1);
	*at = date_at(day, GATHERING_HOUR, 0);
	return RC_OK;
}

static void
sooner(int64_t *next_at, int64_t at)
{
	if (at < *next_at)
		*next_at = at;
}

static enum rc
plan_day(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int year, int64_t *next_at,
    size_t *n, struct err *err)
{
	const char *key = arena_printf(arena, "year-plan/%s/%d", body->slug,
	    year + 1);
	int64_t at;
	bool done;
	enum rc rc = morning(council, arena, body, "year-plan-day", PLAN_DAY,
	    year, &at, err);

	if (rc != RC_OK || (rc = due_is_done(council->store, key, &done,
	    err)) != RC_OK || done)
		return rc;
	if (at > council->now_at || !run) {
		sooner(next_at, at > council->now_at ? at : council->now_at);
		return RC_OK;
	}
	rc = year_plan_ask(council, arena, body, year + 1, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK) {
		log_info("due=year-plan body=%s year=%d", body->slug, year +
		    1);
		(*n)++;
	}
	return due_set(council->store, key, council->now_at, DUE_DONE, err);
}

enum rc
year_plan_day(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t *next_at, size_t *n,
    struct err *err)
{
	int year = date_local(council->now_at).day.year;
	int64_t at;
	enum rc rc = plan_day(council, arena, body, run, year, next_at, n,
	    err);

	if (rc != RC_OK || body->committee == NULL || body->n_meetings == 0)
		return rc;
	if ((rc = morning(council, arena, body, "dialogue-day", DIALOGUE_DAY,
	    year, &at, err)) != RC_OK)
		return rc;
	if (at > council->now_at) {
		sooner(next_at, at);
		return RC_OK;
	}
	if (!run)
		return RC_OK;
	rc = dialogue_ask(council, arena, body, year, err);
	if (rc == RC_OK) {
		log_info("due=dialogue-missing body=%s", body->slug);
		(*n)++;
	}
	return rc == RC_NONE ? RC_OK : rc;
}
