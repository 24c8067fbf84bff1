/* SPDX-License-Identifier: MIT */
/* One hour after the meeting: the form for the minutes, filled in. */
#include "calendar/calendar.h"

#include "council/minutes_letter.h"
#include "council/minutes_text.h"
#include "rules/year.h"

#define AFTER_S 3600
#define LATE_S (14 * 86400)	/* a meeting that was put in long after it was
				 * held has its minutes elsewhere */

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	(void)err;
	*at = g->council->now_at > g->meeting->end_at + LATE_S ? 0 :
	    year_awake(g->meeting->end_at + AFTER_S);
	return RC_OK;
}

static enum rc
run(struct day *day, struct err *err)
{
	const struct gathering *g = &day->g;
	struct minutes_row row;
	struct minutes m = { .n = 0 };
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	if (rc != RC_NONE)
		return rc;	/* she was faster */
	minutes_people_of(g, &m);
	row = (struct minutes_row){ .state = MINUTES_FORM };
	rc = minutes_add(g->council->store, g->meeting->id, &m, NULL,
	    g->council->now_at, &row, err);
	return rc != RC_OK ? rc : minutes_form_send(g, &(struct minutes_form){
	    .row = &row }, err);
}

const struct due due_minutes_form = {
	.name = "minutes-form",
	.after = true,
	.at = at,
	.run = run,
};
