/* SPDX-License-Identifier: MIT */
/* A meeting is called off: whoever knew of it hears, and nothing more of it
 * is sent. */
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
	image = meeting_image_of(d.meeting);
	image.state = MEETING_CANCELLED;
	return meeting_deed_write(act, &d, MEETING_DID_CANCEL, &image,
	    journal_id, end, err);
}

const struct deed deed_meeting_cancel = {
	.action = ACTION_MEETING_CANCEL,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = meeting_deed_undo,
	.gone = meeting_deed_gone,
};
