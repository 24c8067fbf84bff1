/* SPDX-License-Identifier: MIT */
/* From D-10, each day: the draft again, as long as nobody released it. It is
 * never sent unreleased. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "council/agenda_letter.h"

static enum rc
run(struct day *day, struct err *err)
{
	const struct gathering *g = &day->g;
	char text[DATE_TEXT_BYTES];
	struct agenda_row row;
	enum rc rc = agenda_load(g->council->store, g->arena, g->meeting->id,
	    &row, err);
	struct date today = date_local(g->council->now_at).day;

	if (rc == RC_NONE || (rc == RC_OK && (row.state != AGENDA_DRAFT ||
	    date_compare(date_local(row.made_at).day, today) == 0)))
		return RC_OK;	/* nothing waits, or she has it since today */
	if (rc != RC_OK)
		return rc;
	date_format(today, text);
	return agenda_draft_send(g, &(struct draft_letter){ .row = &row,
	    .day = text }, err);
}

const struct due due_release_reminder = {
	.name = "release-reminder",
	.parts = true,
	.days = "-10",
	.daily = true,
	.run = run,
};
