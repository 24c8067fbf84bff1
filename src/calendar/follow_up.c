/* SPDX-License-Identifier: MIT */
/* Three days before its day: who promised something is reminded, once. */
#include "calendar/calendar.h"

#include "base/log.h"
#include "council/promise.h"
#include "rules/year.h"

#define BEFORE_DAYS 3

enum rc
follow_up_walk(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t *next_at, size_t *n,
    struct err *err)
{
	struct follow_up *rows;
	size_t n_rows;
	enum rc rc = follow_up_list(council->store, arena, body->slug, &rows,
	    &n_rows, err);

	for (size_t i = 0; i < n_rows && rc == RC_OK; i++) {
		const struct follow_up *f = &rows[i];
		int64_t at;

		/* what waits for others is nobody's to do */
		if (f->due_day.year == 0 || f->reminded_at != 0 || f->awaits)
			continue;
		at = date_at(year_not_holiday(date_add_days(f->due_day,
		    -BEFORE_DAYS)), GATHERING_HOUR, 0);
		if (at <= council->now_at && !year_is_quiet(council->now_at)) {
			if (!run) {
				*next_at = council->now_at < *next_at ?
				    council->now_at : *next_at;
				continue;
			}
			log_info("due=follow-up id=%lld",
			    (long long)f->follow_up_id);
			rc = promise_remind(council, arena, body, f, err);
			(*n)++;
			continue;
		}
		at = year_awake(at <= council->now_at ? council->now_at : at);
		if (at < *next_at)
			*next_at = at;
	}
	return rc;
}
