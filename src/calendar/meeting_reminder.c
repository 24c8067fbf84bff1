/* SPDX-License-Identifier: MIT */
/* D-2: time and place, to those who come or have not said. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "outbox/outbox.h"
#include "render/fields.h"

static enum rc
send(struct day *day, const struct guest *guest, struct err *err)
{
	struct json_fields *fields = fields_open(day->g.arena);

	gathering_fields(&day->g, fields);
	fields_flag(fields, "unsure", !gathering_is_coming(&day->g,
	    guest->email));
	return day_send(day, guest, (struct outbox_draft){
	    .template = "reminder-meeting", .kind = LETTER_REMINDER,
	    .class = LETTER_BULK, .fields = fields }, err);
}

static enum rc
run(struct day *day, struct err *err)
{
	struct guest *list;
	enum rc rc = RC_OK;
	size_t n;

	list = gathering_members(&day->g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (!gathering_is_absent(&day->g, list[i].email))
			rc = send(day, &list[i], err);
	if (rc != RC_OK)
		return rc;
	list = gathering_stand_ins(&day->g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = send(day, &list[i], err);
	return rc;
}

const struct due due_meeting_reminder = {
	.name = "meeting-reminder",
	.days = "-2",
	.run = run,
};
