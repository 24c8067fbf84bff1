/* SPDX-License-Identifier: MIT */
/* D-16: those who have not answered are asked again, and told until when
 * points can come. */
#include "calendar/calendar.h"

#include "base/arena.h"
#include "outbox/outbox.h"
#include "render/fields.h"
#include "store/due.h"

#define FRESH_S (5 * 86400)

/* Whoever was invited late, in these days, has had no time to answer. */
static enum rc
is_fresh(const struct day *day, bool *fresh, struct err *err)
{
	const struct gathering *g = &day->g;
	int64_t at = 0;
	enum rc rc = due_done_at(g->council->store, gathering_key(g,
	    "invitation"), &at, err);

	*fresh = rc == RC_OK && g->council->now_at - at < FRESH_S;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct day *day, struct err *err)
{
	struct guest *list;
	bool fresh;
	enum rc rc = is_fresh(day, &fresh, err);
	size_t n;

	if (rc != RC_OK || fresh)
		return rc;
	list = gathering_members(&day->g, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct json_fields *fields;

		if (!gathering_is_silent(&day->g, list[i].email))
			continue;
		fields = fields_open(day->g.arena);
		gathering_fields(&day->g, fields);
		rc = day_send(day, &list[i], (struct outbox_draft){
		    .template = "reminder-answer", .kind = LETTER_REMINDER,
		    .class = LETTER_BULK, .fields = fields }, err);
	}
	return rc;
}

const struct due due_answer_reminder = {
	.name = "answer-reminder",
	.days = "-16",
	.until = "release-reminder",
	.run = run,
};
