/* SPDX-License-Identifier: MIT */
/* Somebody wants our letters as text alone, in larger type, or in another
 * language. */
#include <string.h>

#include "base/text.h"
#include "council/deed.h"
#include "store/reader.h"

static bool
says(const char *choices, const char *word)
{
	const char *at = strstr(choices, word);
	size_t n = strlen(word);

	return at != NULL && (at == choices || at[-1] == ' ') &&
	    (at[n] == '\0' || at[n] == ' ');
}

/* Only for the sender's own address, which somebody vouches for. What the
 * words do not name stays as it was. */
static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct store *store = act->council->store;
	const char *words = action->to != NULL ? action->to : "";
	struct reader_choice choice = { .language = NULL };
	enum rc rc;

	(void)end;
	if (!act->sender.verified || act->sender.email == NULL)
		return fail(err, RC_PARK, "not his own address");
	rc = reader_load(store, act->arena, act->sender.email, &choice, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	choice.text_only = (choice.text_only || says(words, "text")) &&
	    !says(words, "html");
	choice.large = (choice.large || says(words, "large")) &&
	    !says(words, "normal");
	/* Larger type needs a part that has any. */
	if (says(words, "large") && !says(words, "text"))
		choice.text_only = false;
	if (says(words, "english"))
		choice.language = "en";
	if (says(words, "danish"))
		choice.language = "da";
	return reader_set(store, act->sender.email, &choice,
	    act->council->now_at, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return reader_undo(act->council->store, journal_id, err);
}

const struct deed deed_reader_choice = {
	.action = ACTION_READER_CHOICE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
