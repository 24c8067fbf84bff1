/* SPDX-License-Identifier: MIT */
/* Another place, hour or theme of a meeting that stays on its day: the
 * answers stay too, unless the hour is another. */
#include "council/meeting_deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct meeting_deed d;
	struct meeting_image image;
	enum rc rc = meeting_deed_open(act, action, false, &d, err);

	if (rc != RC_OK)
		return rc;
	d.facts.day = (struct date){ 0, 0, 0 };	/* that is a move */
	if ((rc = meeting_deed_check(act, &d, err)) != RC_OK)
		return rc;
	image = meeting_image_of(d.meeting);
	meeting_facts_times(&d.facts, d.meeting, &image.start_at,
	    &image.end_at);
	if (d.facts.place != NULL)
		image.place = d.facts.place;
	if (d.facts.theme != NULL)
		image.theme = d.facts.theme;
	return meeting_deed_write(act, &d, MEETING_DID_CHANGE, &image,
	    journal_id, end, err);
}

const struct deed deed_meeting_change = {
	.action = ACTION_MEETING_CHANGE,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = meeting_deed_undo,
	.gone = meeting_deed_gone,
};
