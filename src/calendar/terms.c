/* SPDX-License-Identifier: MIT */
/* Terms that end: the secretary hears of it some months before, so that there
 * is time for a call. */
#include "calendar/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/member_deed.h"
#include "store/due.h"
#include "store/meeting.h"

#define NOTICE_MONTHS 4	/* a call, an answer and an appointment; the body's
			 * rule «term-notice-months» says otherwise */
#define DAYS_OF_MONTH 30

static enum rc
notice_days(struct council *council, struct arena *arena, const char *body,
    int *days, struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(council->store, arena, body,
	    "term-notice-months", &value, err);
	int months = value == NULL ? NOTICE_MONTHS : atoi(value);

	if (months < 1 || months > 24)
		months = NOTICE_MONTHS;
	*days = months * DAYS_OF_MONTH;
	return rc == RC_NONE ? RC_OK : rc;
}

/* All whose place ends that day, a line each; nobody of it twice. */
static enum rc
one_day(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *rows, size_t n,
    struct date until, struct err *err)
{
	struct buf names = buf_open(arena);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (member_is_seat(rows[i].role) &&
		    date_compare(rows[i].until_day, until) == 0) {
			buf_addf(&names, "%s%s", count > 0 ? "\n" : "",
			    rows[i].name);
			count++;
		}
	return term_ask(council, arena, body, until, buf_text(&names), count,
	    err);
}

enum rc
terms_day(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t *next_at, size_t *n,
    struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct place_row *rows;
	size_t n_rows;
	int days;
	enum rc rc = notice_days(council, arena, body->slug, &days, err);

	if (rc != RC_OK || (rc = place_list(council->store, arena, body->slug,
	    today, &rows, &n_rows, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n_rows && rc == RC_OK; i++) {
		struct date until = rows[i].until_day;
		int64_t at;
		char day[DATE_TEXT_BYTES];
		const char *key;
		bool done;

		if (until.year == 0 || !member_is_seat(rows[i].role))
			continue;
		at = date_at(date_add_days(until, -days), GATHERING_HOUR, 0);
		if (at > council->now_at) {
			if (at < *next_at)
				*next_at = at;
			continue;
		}
		date_format(until, day);
		key = arena_printf(arena, "term/%s/%s", body->slug, day);
		if ((rc = due_is_done(council->store, key, &done, err)) !=
		    RC_OK || done)
			continue;
		if (!run) {
			*next_at = council->now_at;
			continue;
		}
		rc = one_day(council, arena, body, rows, n_rows, until, err);
		if (rc != RC_OK && rc != RC_NONE)
			break;
		log_info("due=term-ends body=%s", body->slug);
		(*n)++;
		rc = due_set(council->store, key, council->now_at, DUE_DONE,
		    err);
	}
	return rc;
}
