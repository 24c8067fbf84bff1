/* SPDX-License-Identifier: MIT */
/* «stop» to a letter of the trail: no more of them about that point. */
#include <stdlib.h>

#include "base/text.h"
#include "council/deed.h"
#include "store/item.h"
#include "store/trail.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct letter_row letter;
	struct item item;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	(void)end;
	if (rc == RC_OK && (!proved || letter.kind != LETTER_TRAIL ||
	    letter.ref == NULL || !text_starts(letter.ref, "item:") ||
	    !text_equal_nocase(letter.to, act->sender.email)))
		rc = RC_NONE;
	if (rc == RC_OK)
		rc = item_load(act->council->store, act->arena,
		    strtoll(letter.ref + 5, NULL, 10), &item, err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no letter that the sender got");
	return rc != RC_OK ? rc : trail_stop(act->council->store, item.number,
	    act->council->now_at, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return trail_stop_undo(act->council->store, journal_id, err);
}

const struct deed deed_trail_stop = {
	.action = ACTION_TRAIL_STOP,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
