/* SPDX-License-Identifier: MIT */
/* In January the secretary gets the year that went. */
#include "council/year_report.h"

#include "base/arena.h"
#include "base/log.h"
#include "calendar/calendar.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/meeting.h"

#define REPORT_DAY "01-15"	/* rule year-report-day; «no» for none */
#define REPORT_DAYS 45		/* a daemon that begins in April tells nothing
				 * of a year that it did not see */

static bool
day_of(struct arena *arena, int year, const char *value, struct date *day)
{
	if (!date_parse(arena_printf(arena, "%04d-%s", year, value), day))
		return false;
	while (!year_is_working(*day))
		*day = date_add_days(*day, 1);
	return true;
}

enum rc
year_report_day(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t *next_at, size_t *n,
    struct err *err)
{
	struct date today = date_local(council->now_at).day, day;
	const char *value = REPORT_DAY, *key = arena_printf(arena,
	    "year-report/%s/%d", body->slug, today.year - 1);
	int64_t at;
	bool done;
	enum rc rc = rule_load(council->store, arena, body->slug,
	    "year-report-day", &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && text_equal_nocase(value, "no"))
		return RC_OK;
	if (!day_of(arena, today.year, value, &day) &&
	    !day_of(arena, today.year, REPORT_DAY, &day))
		return RC_OK;
	at = date_at(day, GATHERING_HOUR, 0);
	if (at > council->now_at) {
		if (at < *next_at)
			*next_at = at;
		return RC_OK;
	}
	if (council->now_at > at + REPORT_DAYS * 86400)
		return RC_OK;
	if ((rc = due_is_done(council->store, key, &done, err)) != RC_OK ||
	    done)
		return rc;
	if (!run) {
		*next_at = council->now_at;
		return RC_OK;
	}
	rc = year_report_send(council, arena, body, today.year - 1, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK) {
		log_info("due=year-report body=%s year=%d", body->slug,
		    today.year - 1);
		(*n)++;
	}
	return due_set(council->store, key, council->now_at, rc == RC_OK ?
	    DUE_DONE : DUE_PASSED, err);
}
