/* SPDX-License-Identifier: MIT */
/* D+5, once: the form again, where nothing has come. */
#include "calendar/calendar.h"

#include "council/minutes_letter.h"

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	*at = 0;
	if (rc != RC_OK || row.state != MINUTES_FORM)
		return rc == RC_NONE ? RC_OK : rc;
	return gathering_day(g, "minutes-reminder-days", "5", at, err);
}

static enum rc
run(struct day *day, struct err *err)
{
	const struct gathering *g = &day->g;
	struct minutes_row row;
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	return rc != RC_OK ? rc : minutes_form_send(g, &(struct minutes_form){
	    .row = &row, .remind = true }, err);
}

const struct due due_minutes_reminder = {
	.name = "minutes-reminder",
	.after = true,
	.at = at,
	.run = run,
};
