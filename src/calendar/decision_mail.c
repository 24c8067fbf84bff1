/* SPDX-License-Identifier: MIT */
/* Each working day at the body's hour: what waits for the secretary, and what
 * was done by itself. Where there is nothing to tell, still once a week, so
 * that silence means trouble. */
#include "calendar/decision_mail.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "calendar/calendar.h"
#include "council/decision_letter.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/meeting.h"

#define HOUR 8

/* What the body says: «decision-hour = 7», «decision-chair = yes»,
 * «decision-heartbeat = daily | weekly», «decision-mail = never». */
struct rules {
	int hour;
	bool never, daily, chair;
};

static enum rc
rule_text(struct council *council, struct arena *arena, const char *body,
    const char *name, const char **value, struct err *err)
{
	enum rc rc;

	*value = "";
	if (body == NULL)
		return RC_OK;
	rc = rule_load(council->store, arena, body, name, value, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
rules_load(struct council *council, struct arena *arena, const char *body,
    struct rules *rules, struct err *err)
{
	const char *mail, *hour, *heartbeat, *chair;
	enum rc rc;

	if ((rc = rule_text(council, arena, body, "decision-mail", &mail,
	    err)) != RC_OK ||
	    (rc = rule_text(council, arena, body, "decision-hour", &hour,
	    err)) != RC_OK ||
	    (rc = rule_text(council, arena, body, "decision-heartbeat",
	    &heartbeat, err)) != RC_OK ||
	    (rc = rule_text(council, arena, body, "decision-chair", &chair,
	    err)) != RC_OK)
		return rc;
	*rules = (struct rules){ .hour = HOUR,
		.never = strcmp(mail, "never") == 0,
		.daily = strcmp(heartbeat, "daily") == 0,
		.chair = strcmp(chair, "yes") == 0 };
	if (hour[0] != '\0') {
		rules->hour = atoi(hour);
		if (rules->hour < QUIET_UNTIL_HOUR ||
		    rules->hour >= QUIET_FROM_HOUR) {
			log_warning("rule decision-hour of %s is no hour "
			    "between %d and %d", body, QUIET_UNTIL_HOUR,
			    QUIET_FROM_HOUR - 1);
			rules->hour = HOUR;
		}
	}
	return RC_OK;
}

/* The next one after `day`. */
static struct date
working_after(struct date day)
{
	return year_add(day, (struct year_days){ 1, true });
}

/* No earlier day of its week is one: a Tuesday after Easter Monday, too. */
static bool
is_first_of_week(struct date day)
{
	for (int back = 1; back < date_weekday(day); back++)
		if (year_is_working(date_add_days(day, -back)))
			return false;
	return true;
}

static enum rc
send(struct council *council, struct arena *arena,
    const struct world_body *body, const struct rules *rules,
    struct date today, int64_t next_at, const char *key, size_t *n,
    struct err *err)
{
	char day[DATE_TEXT_BYTES];
	enum rc rc;

	date_format(today, day);
	rc = decision_mail_send(council, arena, &(struct decision_mail){
	    .body = body, .day = day, .to_chair = rules->chair,
	    .heartbeat = body != NULL && (rules->daily ||
	    is_first_of_week(today)),
	    .next_at = next_at == CALENDAR_NEVER ? 0 : next_at }, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK) {
		log_info("decision-mail body=%s", body == NULL ? "-" :
		    body->slug);
		(*n)++;
	}
	return due_set(council->store, key, council->now_at, DUE_DONE, err);
}

enum rc
decision_mail_day(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t next_at, int64_t *at,
    size_t *n, struct err *err)
{
	const char *slug = body == NULL ? NULL : body->slug, *key;
	struct date today = date_local(council->now_at).day;
	char day[DATE_TEXT_BYTES];
	struct rules rules;
	bool done = false, has = true;
	enum rc rc = rules_load(council, arena, slug, &rules, err);

	*at = CALENDAR_NEVER;
	if (rc == RC_OK && body == NULL)
		rc = decision_house_has(council, arena, &has, err);
	if (rc != RC_OK || rules.never || !has)
		return rc;
	date_format(today, day);
	key = arena_printf(arena, "decision/%s/%s", slug == NULL ? "-" : slug,
	    day);
	if (year_is_working(today) && (rc = due_is_done(council->store, key,
	    &done, err)) != RC_OK)
		return rc;
	*at = date_at(today, rules.hour, 0);
	if (!year_is_working(today) || done || (council->now_at >= *at &&
	    year_is_quiet(council->now_at))) {
		*at = date_at(working_after(today), rules.hour, 0);
		return RC_OK;
	}
	if (council->now_at < *at)
		return RC_OK;
	if (!run) {
		*at = council->now_at;
		return RC_OK;
	}
	*at = date_at(working_after(today), rules.hour, 0);
	return send(council, arena, body, &rules, today, next_at, key, n,
	    err);
}
