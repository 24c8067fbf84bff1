/* SPDX-License-Identifier: MIT */
/* The days of a workshop that outsiders come to: its invitation, offers that
 * lapse, the letters of the day before, the ideas, the report, and what was
 * decided. */
#include "calendar/workshops.h"

#include "base/arena.h"
#include "base/log.h"
#include "council/workshop.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/store.h"

#define HELD_AFTER_S 3600

typedef enum rc at_fn(const struct workshop_work *w, int64_t *at,
	struct err *err);

static enum rc
send_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	(void)err;
	*at = w->row.meeting_cancelled ? 0 : w->row.send_at;
	return RC_OK;
}

/* Her own stop window for a cancelled meeting is over then, too. */
static enum rc
cancel_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	(void)err;
	*at = w->row.meeting_cancelled ? year_awake(
	    w->row.meeting_changed_at + WORKSHOP_STOP_S) : 0;
	return RC_OK;
}

static enum rc
lapse_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	return council_workshop_lapse_at(w, at, err);
}

static enum rc
practical_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	(void)err;
	*at = w->row.meeting_cancelled ? 0 : date_at(date_add_days(
	    w->g.meeting->day, -1), GATHERING_HOUR, 0);
	/* opened later than that: at once, while it lies ahead */
	if (w->council->now_at >= w->row.start_at)
		*at = 0;
	return RC_OK;
}

static enum rc
hold_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	(void)err;
	*at = w->row.meeting_cancelled ? 0 : w->row.end_at + HELD_AFTER_S;
	return RC_OK;
}

static enum rc
after_at(const struct workshop_work *w, int64_t *at, struct err *err)
{
	(void)err;
	*at = date_at(date_add_days(date_local(w->row.end_at).day, 1),
	    GATHERING_HOUR, 0);
	return RC_OK;
}

/* What waits for a workshop in its state, and when. Its life says that it is
 * done, or, where that does not move, the key of the due date. */
static const struct step {
	const char *name;
	enum workshop_state state;
	at_fn *at;
	enum rc (*run)(struct workshop_work *w, struct err *err);
	bool once;		/* under a key: it moves nothing */
	bool any_hour;		/* writes to nobody by itself */
} steps[] = {
	{ "workshop-off", WORKSHOP_ANNOUNCED, cancel_at,
	    council_workshop_cancel, false, false },
	{ "workshop-off", WORKSHOP_OPEN, cancel_at, council_workshop_cancel,
	    false, false },
	{ "workshop", WORKSHOP_ANNOUNCED, send_at, council_workshop_invite,
	    false, false },
	{ "workshop-lapse", WORKSHOP_OPEN, lapse_at, council_workshop_lapse,
	    false, true },
	{ "workshop-practical", WORKSHOP_OPEN, practical_at,
	    council_workshop_practical, true, false },
	{ "workshop-held", WORKSHOP_OPEN, hold_at, council_workshop_hold,
	    false, true },
	{ "workshop-after", WORKSHOP_HELD, after_at, council_workshop_after,
	    true, false },
	{ "workshop-report", WORKSHOP_HELD, council_workshop_report_at,
	    workshop_report_send, false, false },
	{ "workshop-committee", WORKSHOP_RELEASED, send_at,
	    council_workshop_deliver, false, false },
	{ "workshop-told", WORKSHOP_DECIDED, send_at, council_workshop_tell,
	    false, false },
};

static enum rc
step_run(struct workshop_work *w, const struct step *step, const char *key,
    struct err *err)
{
	struct store *store = w->council->store;
	enum due_outcome outcome = DUE_DONE;
	enum rc rc = store_mark(store, err);

	if (rc != RC_OK)
		return rc;
	rc = step->run(w, err);
	if (rc == RC_PARK) {
		log_warning("due=%s workshop=%s failed: %s", step->name,
		    w->row.meeting, err->text);
		outcome = DUE_FAILED;
		rc = store_drop(store, err);
	} else if (rc == RC_OK) {
		log_info("due=%s workshop=%s", step->name, w->row.meeting);
		rc = store_keep(store, err);
	}
	if (rc != RC_OK || (!step->once && outcome == DUE_DONE))
		return rc;
	return due_set(store, key, w->council->now_at, outcome, err);
}

static enum rc
step_walk(struct workshop_work *w, const struct step *step, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	int64_t now_at = w->council->now_at, at = 0;
	const char *key = arena_printf(w->arena, "%s/%lld/%d", step->name,
	    (long long)w->row.workshop_id, w->g.meeting->round);
	bool done;
	enum rc rc;

	if (w->row.state != step->state)
		return RC_OK;
	if ((rc = step->at(w, &at, err)) != RC_OK || at == 0)
		return rc;
	if ((rc = due_is_done(w->council->store, key, &done, err)) != RC_OK ||
	    done)
		return rc;
	if (at <= now_at && !step->any_hour && year_is_quiet(now_at))
		at = year_awake(now_at);
	if (at > now_at || !run) {
		if (at < *next_at)
			*next_at = at < now_at ? now_at : at;
		return RC_OK;
	}
	(*n)++;
	return step_run(w, step, key, err);
}

enum rc
workshops_walk(struct council *council, struct arena *arena, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	struct workshop_row *rows;
	size_t n_rows;
	enum rc rc = workshop_list(council->store, arena, false, &rows,
	    &n_rows, err);

	for (size_t i = 0; i < n_rows && rc == RC_OK; i++) {
		struct workshop_work w;

		rc = workshop_open(council, arena, &rows[i], &w, err);
		if (rc == RC_NONE) {
			rc = RC_OK;
			continue;
		}
		for (size_t k = 0; k < sizeof steps / sizeof steps[0] &&
		    rc == RC_OK; k++)
			rc = step_walk(&w, &steps[k], run, next_at, n, err);
	}
	return rc;
}
