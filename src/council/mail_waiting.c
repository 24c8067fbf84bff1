/* SPDX-License-Identifier: MIT */
/* A mail that a person must answer stands in the decision mail until somebody
 * says that it is dealt with: nothing waits in silence. */
#include "council/decision.h"
#include "council/deed.h"

static enum rc
run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	(void)act;
	(void)row;
	(void)choice;
	(void)words;
	(void)journal_id;
	(void)end;
	(void)err;
	return RC_OK;
}

/* Nothing but the answer itself, which is open again. */
static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct decision_kind decision_mail_waiting = {
	.name = "mail-waiting",
	.choices = "done",
	.words = true,
	.run = run,
	.undo = undo,
};
