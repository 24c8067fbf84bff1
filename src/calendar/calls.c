/* SPDX-License-Identifier: MIT */
/* The days of a call for members: its letters, a reminder, the list, what was
 * promised, and the letters of decision. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "base/log.h"
#include "council/seats.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/store.h"

typedef enum rc call_fn(struct council *council, struct arena *arena,
	struct call_row *call, struct err *err);

/* What waits for a call in its state, and when. Its life says that it is
 * done, or, where that does not move, the key of the due date. */
struct step {
	const char *name;
	enum call_state state;
	int64_t (*at)(const struct call_row *call);	/* NULL: send_at */
	call_fn *run;
	bool once;		/* under a key: it moves nothing */
};
static const struct step steps[] = {
	{ "call", CALL_ANNOUNCED, NULL, council_call_send, false },
	{ "call-reminder", CALL_OPEN, council_call_remind_at,
	    council_call_remind, true },
	{ "call-close", CALL_OPEN, council_call_close_at, council_call_close,
	    false },
	{ "call-answer", CALL_CLOSED, council_call_promise_at,
	    council_call_promise, true },
	{ "call-decision", CALL_DECIDED, NULL, council_call_deliver, false },
};

static enum rc
step_run(struct council *council, struct arena *arena,
    const struct step *step, struct call_row *call, const char *key,
    struct err *err)
{
	struct store *store = council->store;
	enum due_outcome outcome = DUE_DONE;
	enum rc rc = store_mark(store, err);

	if (rc != RC_OK)
		return rc;
	rc = step->run(council, arena, call, err);
	if (rc == RC_PARK) {
		log_warning("due=%s call=%lld failed: %s", step->name,
		    (long long)call->call_id, err->text);
		outcome = DUE_FAILED;
		rc = store_drop(store, err);
	} else if (rc == RC_OK) {
		log_info("due=%s call=%lld", step->name,
		    (long long)call->call_id);
		rc = store_keep(store, err);
	}
	if (rc != RC_OK || (!step->once && outcome == DUE_DONE))
		return rc;
	return due_set(store, key, council->now_at, outcome, err);
}

/* A reminder is over with its call's state; what was missed is passed. */
static enum rc
step_walk(struct council *council, struct arena *arena,
    const struct step *step, struct call_row *call, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	int64_t now_at = council->now_at;
	int64_t at = step->at == NULL ? call->send_at : step->at(call);
	const char *key = arena_printf(arena, "%s/%lld", step->name,
	    (long long)call->call_id);
	bool done;
	enum rc rc;

	if (call->state != step->state || at == 0)
		return RC_OK;
	if ((rc = due_is_done(council->store, key, &done, err)) != RC_OK ||
	    done)
		return rc;
	if (at <= now_at && year_is_quiet(now_at))
		at = year_awake(now_at);
	if (at > now_at || !run) {
		if (at < *next_at)
			*next_at = at < now_at ? now_at : at;
		return RC_OK;
	}
	(*n)++;
	return step_run(council, arena, step, call, key, err);
}

enum rc
calls_walk(struct council *council, struct arena *arena, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	struct call_row *calls;
	size_t n_calls;
	enum rc rc = call_list(council->store, arena, &calls, &n_calls, err);

	for (size_t i = 0; i < n_calls && rc == RC_OK; i++)
		for (size_t k = 0; k < sizeof steps / sizeof steps[0] &&
		    rc == RC_OK; k++)
			rc = step_walk(council, arena, &steps[k], &calls[i],
			    run, next_at, n, err);
	return rc;
}
