/* SPDX-License-Identifier: MIT */
/* A mail that a person must answer stands in the decision mail until somebody
 * says that it is dealt with: nothing waits in silence. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "render/day_words.h"

static bool
is_lead(const struct act *act)
{
	const struct world *world = act->council->world;

	for (size_t b = 0; b < world->n_bodies; b++) {
		const struct world_person *p = act->sender.email == NULL ?
		    NULL : world_person(&world->bodies[b], act->sender.email);

		if (p != NULL && p->role == ROLE_SECRETARY &&
		    act->sender.verified)
			return true;
	}
	return false;
}

/* Who writes, and about what; nothing of a mail that speaks of distress, not
 * even who: the chair may read this letter, too. */
static const char *
words_of(struct act *act)
{
	const struct purpose *p = act->purpose;
	const char *who = act->sender.person != NULL && act->sender.verified ?
	    act->sender.person : act->sender.email;

	if (p != NULL && p->distress)
		return NULL;
	if (p == NULL || act->mail == NULL ||
	    act->mail->subject == NULL || act->mail->subject[0] == '\0')
		return who;
	return who == NULL ? act->mail->subject : arena_printf(act->arena,
	    "%s: %s", who, text_one_line(act->arena, act->mail->subject));
}

enum rc
mail_waiting_ask(struct act *act, const char *reason, struct err *err)
{
	const struct world_body *body = act_body(act);
	const char *number = words_get(act->arena, act_language(act, body),
	    "mail-number");
	enum rc rc;

	/* Who thanks waits for nothing; the secretary's own mail comes back
	 * to her with a receipt. */
	if (act->mail_id == 0 || is_lead(act) ||
	    (reason != NULL && strcmp(reason, "thanks") == 0))
		return RC_OK;
	rc = decision_ask(act->council, act->arena, &(struct decision_draft){
	    .kind = "mail-waiting", .key = arena_printf(act->arena,
	    "mail/%lld", (long long)act->mail_id), .body = body,
	    .ref = arena_printf(act->arena, "mail:%lld",
	    (long long)act->mail_id), .row_id = act->mail_id,
	    .label = arena_printf(act->arena, "%s %lld", number,
	    (long long)act->mail_id), .words = words_of(act) }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

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
