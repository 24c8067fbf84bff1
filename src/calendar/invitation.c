/* SPDX-License-Identifier: MIT */
/* D-42: everybody is asked to the meeting, and for points. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "outbox/outbox.h"
#include "render/fields.h"
#include "store/meeting.h"

static enum rc
send(struct day *day, const struct guest *guest, struct err *err)
{
	struct json_fields *fields = fields_open(day->g.arena);
	struct outbox_draft draft = { .template = "invitation",
		.kind = LETTER_INVITATION, .class = LETTER_BULK,
		.fields = fields, .calendar_method = "REQUEST" };
	enum rc rc = gathering_calendar(&day->g, guest, false,
	    &draft.calendar, err);

	if (rc != RC_OK)
		return rc;
	gathering_fields(&day->g, fields);
	fields_flag(fields, "informs", !guest->answers);
	return day_send(day, guest, draft, err);
}

static enum rc
run(struct day *day, struct err *err)
{
	const struct world_meeting *m = day->g.meeting;
	struct guest *list;
	enum rc rc = RC_OK;
	size_t n;

	/* Who called it before we came to it has asked already. */
	if (m->state != MEETING_PLANNED)
		return RC_OK;
	list = gathering_invited(&day->g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = send(day, &list[i], err);
	return rc != RC_OK ? rc : meeting_move(day->g.council->store, m->id,
	    MEETING_CALLED, day->g.council->now_at, err);
}

const struct due due_invitation = {
	.name = "invitation",
	.days = "-42",
	.run = run,
};
