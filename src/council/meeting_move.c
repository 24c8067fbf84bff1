/* SPDX-License-Identifier: MIT */
/* A meeting comes to another day: its due dates begin anew, and everybody is
 * asked again. An agenda that waits to be sent goes by the new day. */
#include "council/meeting_deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct meeting_deed d;
	struct meeting_image image;
	enum rc rc = meeting_deed_open(act, action, false, &d, err);

	if (rc != RC_OK || (rc = meeting_deed_check(act, &d, err)) != RC_OK)
		return rc;
	image = meeting_image_of(d.meeting);
	meeting_facts_times(&d.facts, d.meeting, &image.start_at,
	    &image.end_at);
	if (d.facts.place != NULL)
		image.place = d.facts.place;
	if (d.facts.theme != NULL)
		image.theme = d.facts.theme;
	if (date_compare(date_local(image.start_at).day, d.meeting->day) !=
	    0) {
		image.round++;
		if ((rc = meeting_points_until(act, d.body, date_local(
		    image.start_at).day, &image.points_until_at,
		    err)) != RC_OK)
			return rc;
	}
	return meeting_deed_write(act, &d, MEETING_DID_MOVE, &image,
	    journal_id, end, err);
}

const struct deed deed_meeting_move = {
	.action = ACTION_MEETING_MOVE,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = meeting_deed_undo,
	.gone = meeting_deed_gone,
};
