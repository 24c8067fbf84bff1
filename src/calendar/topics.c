/* SPDX-License-Identifier: MIT */
/* The days of a round, and the question to the working groups. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "base/log.h"
#include "council/topics.h"
#include "rules/year.h"
#include "store/store.h"

#define REMIND_DAYS 2	/* before the last day */

typedef enum rc round_fn(struct topics_work *w, struct round *round,
	struct err *err);

/* What waits next for a round, and when. */
static int64_t
step_of(const struct round *round, round_fn **run)
{
	struct date last = date_local(round->deadline_at - 1).day;
	int64_t remind_at = year_awake(date_at(date_add_days(last,
	    -REMIND_DAYS), GATHERING_HOUR, 0));

	if (round->asked_at == 0 && round->ask_at < round->deadline_at) {
		*run = round_ask;
		return year_awake(round->ask_at);
	}
	/* not on the day that the question itself came */
	if (round->reminded_at == 0 && remind_at < round->deadline_at &&
	    remind_at >= round->asked_at + 43200) {
		*run = round_remind;
		return remind_at;
	}
	*run = round_close;
	return year_awake(round->deadline_at);
}

static enum rc
step_run(struct topics_work *w, struct round *round, round_fn *run,
    struct err *err)
{
	struct store *store = w->council->store;
	enum rc rc = store_mark(store, err);

	if (rc != RC_OK)
		return rc;
	rc = run(w, round, err);
	if (rc == RC_OK)
		return store_keep(store, err);
	if (rc != RC_PARK && rc != RC_NONE)
		return rc;
	log_warning("round=%lld failed: %s", (long long)round->round_id,
	    err->text);
	return store_drop(store, err);
}

enum rc
topics_walk(struct council *council, struct arena *arena,
    const struct world_body *body, bool run, int64_t *next_at, size_t *n,
    struct err *err)
{
	struct topics_work w = topics_open(council, arena, body);
	struct round round;
	enum rc rc = round_newest(council->store, arena, body->slug, &round,
	    err);

	/* three steps at most: what a stop has missed is caught up */
	for (int i = 0; i < 3 && rc == RC_OK && round.state == ROUND_OPEN;
	    i++) {
		round_fn *step;
		int64_t at = step_of(&round, &step);

		if (step == round_remind && round.deadline_at <=
		    council->now_at) {
			step = round_close;
			at = year_awake(round.deadline_at);
		}
		if (at > council->now_at || year_is_quiet(council->now_at) ||
		    !run) {
			if (at <= council->now_at)
				at = year_awake(council->now_at);
			if (at < *next_at)
				*next_at = at;
			return RC_OK;
		}
		(*n)++;
		log_info("round=%lld step=%s", (long long)round.round_id,
		    step == round_ask ? "ask" : step == round_remind ?
		    "remind" : "close");
		rc = step_run(&w, &round, step, err);
	}
	return rc == RC_NONE ? RC_OK : rc;
}

/* --- the groups --------------------------------------------------------------- */

static enum rc
status_at(const struct gathering *g, int64_t *at, struct err *err)
{
	*at = 0;
	return g->body->n_groups == 0 ? RC_OK : gathering_day(g,
	    "group-status-days", "-21", at, err);
}

static enum rc
status_run(struct day *day, struct err *err)
{
	return group_status_ask(&day->g, err);
}

const struct due due_group_status = {
	.name = "group-status",
	.until = "agenda-draft",
	.at = status_at,
	.run = status_run,
};
