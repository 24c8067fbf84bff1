/* SPDX-License-Identifier: MIT */
/* A stop window is over: who must know of a change hears. Until then the
 * meeting has no other due date. */
#include <string.h>

#include "base/log.h"
#include "calendar/calendar.h"
#include "council/meeting_letter.h"
#include "rules/year.h"
#include "store/store.h"

/* The last window of the run of one meeting's changes that begins at `at`. */
static size_t
run_of(const struct meeting_change *rows, size_t n, size_t at,
    int64_t *send_at)
{
	size_t end = at;

	*send_at = 0;
	while (end < n && strcmp(rows[end].meeting, rows[at].meeting) == 0) {
		if (rows[end].send_at > *send_at)
			*send_at = rows[end].send_at;
		end++;
	}
	return end;
}

static enum rc
tell(struct gathering *g, const struct meeting_change *rows, size_t n,
    struct err *err)
{
	struct store *store = g->council->store;
	enum rc rc = store_mark(store, err);

	if (rc != RC_OK)
		return rc;
	rc = meeting_tell(g, rows, n, err);
	if (rc == RC_PARK) {
		log_warning("meeting=%s: a change was not told: %s",
		    g->meeting->id, err->text);
		if ((rc = store_drop(store, err)) != RC_OK)
			return rc;
		return meeting_changes_sent(store, g->meeting->id, false,
		    g->council->now_at, err);
	}
	if (rc == RC_OK)
		log_info("change meeting=%s", g->meeting->id);
	return rc == RC_OK ? store_keep(store, err) : rc;
}

enum rc
changes_run(struct council *council, struct arena *arena,
    struct changes *changes, struct err *err)
{
	struct meeting_change *rows;
	size_t n, end;
	int64_t send_at, now_at = council->now_at;
	enum rc rc = meeting_changes_waiting(council->store, arena, &rows, &n,
	    err);

	changes->rows = rows;
	changes->n_rows = n;
	changes->next_at = CALENDAR_NEVER;
	for (size_t i = 0; i < n && rc == RC_OK; i = end) {
		const struct world_body *body = NULL;
		const struct world_meeting *meeting = world_meeting(
		    council->world, rows[i].meeting, &body);
		struct gathering g;

		end = run_of(rows, n, i, &send_at);
		if (meeting == NULL)
			continue;	/* long ago */
		if ((rc = gathering_open(council, arena, body, meeting, &g,
		    err)) != RC_OK)
			break;
		if (year_is_quiet(now_at) && !meeting_is_near(&g, &rows[i],
		    end - i) && send_at < year_awake(now_at))
			send_at = year_awake(now_at);
		if (send_at > now_at || !changes->run) {
			if (send_at < now_at)
				send_at = now_at;
			if (send_at < changes->next_at)
				changes->next_at = send_at;
			continue;
		}
		rc = tell(&g, &rows[i], end - i, err);
		changes->n++;
	}
	return rc;
}

bool
changes_wait(const struct changes *changes, const char *meeting)
{
	for (size_t i = 0; i < changes->n_rows; i++)
		if (strcmp(changes->rows[i].meeting, meeting) == 0)
			return true;
	return false;
}
