/* SPDX-License-Identifier: MIT */
/* Released minutes go when the time to stop them is over. */
#include "calendar/calendar.h"

#include "council/minutes_letter.h"

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	*at = rc == RC_OK && row.state == MINUTES_RELEASED ? row.send_at : 0;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct day *day, struct err *err)
{
	const struct gathering *g = &day->g;
	struct minutes_row row;
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	if (rc != RC_OK || row.state != MINUTES_RELEASED)
		return rc == RC_OK ? RC_NONE : rc;
	rc = minutes_send(g, &row, err);
	return rc == RC_OK ? RC_NONE : rc;
}

const struct due due_minutes_send = {
	.name = "minutes",
	.after = true,
	.at = at,
	.run = run,
};
