/* SPDX-License-Identifier: MIT */
/* D-8, or as soon as it is released: the agenda goes out. */
#include "calendar/calendar.h"

#include "council/agenda_letter.h"
#include "store/meeting_change.h"

static enum rc
at(const struct gathering *g, int64_t *at, struct err *err)
{
	struct agenda_row row;
	enum rc rc = agenda_load(g->council->store, g->arena, g->meeting->id,
	    &row, err);

	*at = rc == RC_OK && row.state == AGENDA_RELEASED ? row.send_at : 0;
	if (rc == RC_OK && *at != 0 && g->meeting->round > 0) {
		int64_t moved_by;

		/* released for the old day: it goes by the new one */
		rc = meeting_moved_by(g->council->store, g->meeting->id,
		    &moved_by, err);
		if (rc == RC_OK && row.released_by < moved_by)
			rc = gathering_day(g, "agenda-days", AGENDA_DAYS, at,
			    err);
	}
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct day *day, struct err *err)
{
	struct agenda_row row;
	enum rc rc = agenda_load(day->g.council->store, day->g.arena,
	    day->g.meeting->id, &row, err);

	if (rc == RC_OK)
		rc = agenda_send(&day->g, &row, err);
	/* Its life says that it is mailed; a new version goes again. */
	return rc == RC_OK ? RC_NONE : rc;
}

const struct due due_agenda = {
	.name = "agenda",
	.parts = true,
	.at = at,
	.run = run,
};
