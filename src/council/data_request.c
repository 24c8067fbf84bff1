/* SPDX-License-Identifier: MIT */
/* Somebody wants to see, or to have erased, what is kept about him: GDPR
 * articles 15 and 17. Confirmed by the address itself before it gets here;
 * the secretary decides, within a month. */
#include "council/deed.h"

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)action;
	(void)journal_id;
	if (!act->sender.verified)
		return fail(err, RC_PARK, "not confirmed");
	end->tell = true;
	return RC_OK;
}

/* The line of the journal is all there is. */
static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct deed deed_data_access = {
	.action = ACTION_DATA_ACCESS,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};

const struct deed deed_data_erase = {
	.action = ACTION_DATA_ERASE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
