/* SPDX-License-Identifier: MIT */
/* Why somebody does not come is nobody's business: it stays in the mail, and
 * is in no table of ours (DESIGN «People before process»). */
#include <string.h>

#include "base/text.h"
#include "council/deed.h"
#include "store/inbox.h"

static bool
is_of_coming(const struct action *a)
{
	return a->kind == ACTION_ABSENCE || a->kind == ACTION_TENTATIVE ||
	    a->kind == ACTION_SUBSTITUTE;
}

bool
reason_may_be_told(const struct purpose *p)
{
	for (size_t i = 0; p != NULL && i < p->n_actions; i++)
		if (is_of_coming(&p->actions[i]))
			return true;
	for (size_t i = 0; p != NULL && i < p->n_pending; i++)
		if (is_of_coming(&p->pending[i]))
			return true;
	return false;
}

/* The subject of a letter of ours, with «SV:» before it, says nothing new. */
static enum rc
subject_is_ours(const struct act *act, bool *ours, struct err *err)
{
	const struct mail *mail = act->mail;
	struct letter_row letter;
	enum rc rc = RC_NONE;

	for (size_t i = 0; i < mail->n_in_reply_to && rc == RC_NONE; i++)
		rc = letter_by_message_id(act->council->store, act->arena,
		    mail->in_reply_to[i], &letter, err);
	*ours = rc == RC_OK && letter.subject != NULL &&
	    text_find_nocase(mail->subject, letter.subject) != NULL;
	if (*ours)	/* «SV: », «Re: », and nothing behind it */
		*ours = strlen(mail->subject) <= strlen(letter.subject) + 8;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
reason_forget(struct act *act, bool *forgot, struct err *err)
{
	bool ours = false;
	enum rc rc;

	*forgot = false;
	if (!reason_may_be_told(act->purpose) || act->mail == NULL ||
	    act->mail->subject == NULL)
		return RC_OK;
	if ((rc = subject_is_ours(act, &ours, err)) != RC_OK || ours)
		return rc;
	*forgot = true;
	return inbox_forget_subject(act->council->store, act->mail_id, err);
}
