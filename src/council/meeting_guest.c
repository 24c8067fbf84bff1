/* SPDX-License-Identifier: MIT */
/* The secretary asks a guest or speaker to a meeting. */
#include <string.h>

#include "base/text.h"
#include "council/meeting_deed.h"
#include "store/meeting_guest.h"

static bool
is_address(const char *email)
{
	const char *at = email == NULL ? NULL : strchr(email, '@');

	return at != NULL && at > email && strchr(at, '.') != NULL &&
	    strpbrk(email, " \t\r\n<>\",;") == NULL;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct meeting_guest guest = { .journal_id = journal_id };
	struct meeting_image image;
	struct meeting_deed d;
	enum rc rc = meeting_deed_open(act, action, false, &d, err);

	if (rc != RC_OK)
		return rc;
	if (!is_address(d.facts.email))
		return fail(err, RC_PARK, "no address of the guest");
	guest.meeting = d.meeting->id;
	guest.email = text_lower(act->arena, d.facts.email);
	guest.name = d.facts.name;
	guest.matter = d.facts.matter;
	guest.point = d.facts.point == MEETING_UNTOLD ? 0 : d.facts.point;
	if (d.facts.start_min != MEETING_UNTOLD)
		guest.from_at = date_at(d.meeting->day, d.facts.start_min /
		    60, d.facts.start_min % 60);
	if (guest.from_at != 0 && (guest.from_at < d.meeting->start_at ||
	    guest.from_at >= d.meeting->end_at))
		return fail(err, RC_PARK, "outside the meeting's hours");
	if ((rc = meeting_guest_put(act->council->store, &guest,
	    err)) != RC_OK)
		return rc;
	image = meeting_image_of(d.meeting);
	if ((rc = meeting_deed_write(act, &d, MEETING_DID_GUEST, &image,
	    journal_id, end, err)) != RC_OK)
		return rc;
	end->members = 0;	/* the guest alone hears of it */
	end->others = 1;
	return RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = meeting_guest_undo(act->council->store, journal_id, err);

	return rc != RC_OK ? rc : meeting_deed_undo(act, journal_id, err);
}

const struct deed deed_meeting_guest = {
	.action = ACTION_MEETING_GUEST,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = meeting_deed_gone,
};
