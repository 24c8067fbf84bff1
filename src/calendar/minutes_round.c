/* SPDX-License-Identifier: MIT */
/* The days for an answer are over: the speakers have read their own words, or
 * all have read the draft. */
#include "calendar/calendar.h"

#include "council/minutes_letter.h"

static bool
waits(const struct minutes_row *row)
{
	return row->state == MINUTES_CHECK || row->state == MINUTES_DRAFT;
}

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	struct minutes_row row;
	enum rc rc = minutes_load(g->council->store, g->arena,
	    g->meeting->id, &row, err);

	*at = rc == RC_OK && waits(&row) ? row.until_at : 0;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct day *day, struct err *err)
{
	const struct gathering *g = &day->g;
	struct store *store = g->council->store;
	struct minutes_row row;
	int64_t until_at = 0;
	enum rc rc = minutes_load(store, g->arena, g->meeting->id, &row, err);

	if (rc != RC_OK || !waits(&row))
		return rc == RC_OK ? RC_NONE : rc;
	if (row.state == MINUTES_CHECK && (rc = minutes_until(g,
	    "minutes-days", MINUTES_DAYS, &until_at, err)) != RC_OK)
		return rc;
	if ((rc = minutes_move(store, &row, &(struct minutes_step){
	    .act = row.state == MINUTES_CHECK ? MINUTES_SHOW : MINUTES_END,
	    .until_at = until_at }, err)) != RC_OK ||
	    (rc = minutes_load(store, g->arena, g->meeting->id, &row,
	    err)) != RC_OK)
		return rc;
	rc = row.state == MINUTES_DRAFT ? minutes_draft_send(g, &row, NULL, 0,
	    0, err) : minutes_lead_send(g, &(struct minutes_lead){
	    .row = &row, .why = "over" }, err);
	/* its own life says that it is done: the next version has a round */
	return rc == RC_OK ? RC_NONE : rc;
}

const struct due due_minutes_round = {
	.name = "minutes-round",
	.after = true,
	.at = at,
	.run = run,
};
