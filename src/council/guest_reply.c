/* SPDX-License-Identifier: MIT */
/* A guest answers: comes or not, and what the talk is called. It stands in
 * the draft, and the secretary hears. */
#include <string.h>

#include "base/text.h"
#include "council/deed.h"
#include "store/meeting_guest.h"

#define TITLE_BYTES 300

/* The guest's row; only of the one who was asked. */
static enum rc
guest_find(struct act *act, const struct action *action,
    struct meeting_guest *guest, struct err *err)
{
	struct meeting_guest *rows;
	size_t n;
	enum rc rc = meeting_guest_list(act->council->store, act->arena,
	    action->meeting, &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (text_equal_nocase(rows[i].email, act->sender.email)) {
			*guest = rows[i];
			return RC_OK;
		}
	return rc != RC_OK ? rc : fail(err, RC_PARK, "no guest of that "
	    "meeting");
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct meeting_guest guest;
	enum rc rc;

	if (!act->sender.verified)
		return fail(err, RC_PARK, "nobody vouches for the sender");
	if ((rc = guest_find(act, action, &guest, err)) != RC_OK)
		return rc;
	guest.journal_id = journal_id;
	if (action->order != NULL)
		guest.reply = strcmp(action->order, "no") == 0 ? "no" : "yes";
	if (action->title != NULL)
		guest.title = text_cut(act->arena, text_squeeze(act->arena,
		    text_one_line(act->arena, action->title)), TITLE_BYTES);
	end->tell = true;
	return meeting_guest_put(act->council->store, &guest, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return meeting_guest_undo(act->council->store, journal_id, err);
}

const struct deed deed_guest_reply = {
	.action = ACTION_GUEST_REPLY,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
