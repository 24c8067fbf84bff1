/* SPDX-License-Identifier: MIT */
/* The deadline for points is over: the draft goes to those who release it. */
#include "calendar/calendar.h"

#include "council/agenda_letter.h"
#include "rules/year.h"

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	(void)err;
	*at = year_awake(g->meeting->points_until_at);
	return RC_OK;
}

static enum rc
run(struct day *day, struct err *err)
{
	struct store *store = day->g.council->store;
	struct agenda_row row;
	struct agenda agenda;
	enum rc rc = agenda_load(store, day->g.arena, day->g.meeting->id,
	    &row, err);

	if (rc != RC_NONE)
		return rc;	/* there is one already */
	row = (struct agenda_row){ .journal_id = 0 };
	if ((rc = agenda_compile(&day->g, &agenda, err)) != RC_OK ||
	    (rc = agenda_add(store, day->g.meeting->id, &agenda,
	    day->g.council->now_at, &row, err)) != RC_OK)
		return rc;
	return agenda_draft_send(&day->g, &(struct draft_letter){
	    .row = &row }, err);
}

const struct due due_agenda_draft = {
	.name = "agenda-draft",
	.parts = true,
	.at = at,
	.run = run,
};
