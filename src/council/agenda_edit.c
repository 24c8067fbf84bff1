/* SPDX-License-Identifier: MIT */
/* The secretary or the chair changes the draft, in words or as a whole list;
 * what nobody understands stands in the new one as a note. */
#include "base/arena.h"
#include "base/text.h"
#include "council/agenda_deed.h"
#include "council/agenda_letter.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "rules/cpr.h"
#include "understand/agenda_words.h"

/* Each change to what the ones before it made; what cannot be done (a point
 * that is not there) is said back. */
static struct agenda
change(struct arena *arena, struct agenda now, const char *by,
    struct agenda_words *words)
{
	struct buf rest = buf_open(arena);

	if (words->rest != NULL)
		buf_add(&rest, words->rest);
	for (size_t i = 0; i < words->n; i++) {
		struct agenda next;

		words->edits[i].by = by;
		if (agenda_change(arena, &now, &words->edits[i], &next))
			now = next;
		else
			buf_addf(&rest, "%s%s", rest.n > 0 ? "\n" : "",
			    words->said[i]);
	}
	words->rest = rest.n > 0 ? buf_text(&rest) : NULL;
	return now;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct store *store = act->council->store;
	const char *text = action->text != NULL ? cpr_mask(act->arena,
	    action->text, CPR_POSSIBLE, NULL) : "";
	struct agenda_row row, new = { .journal_id = journal_id };
	struct agenda before, after;
	struct agenda_words words;
	struct gathering g;
	enum rc rc = agenda_deed_open(act, action, &g, &row, err);

	(void)end;
	if (rc != RC_OK || (rc = agenda_deed_is_current(act, &g, &row,
	    err)) != RC_OK ||
	    (rc = agenda_points(store, act->arena, row.agenda_id,
	    AUDIENCE_MEMBERS, &before, err)) != RC_OK)
		return rc;
	words = agenda_words_read(act->arena, text, before.n);
	after = change(act->arena, before, facts_name(act->council->world,
	    act->sender.email), &words);
	new.note = words.rest;
	if ((rc = agenda_add(store, g.meeting->id, &after,
	    act->council->now_at, &new, err)) != RC_OK)
		return rc;
	new.mail_id = act->mail_id;
	return agenda_draft_send(&g, &(struct draft_letter){ .row = &new,
	    .before = &before, .mail_id = act->mail_id }, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return agenda_undo(act->council->store, journal_id, err);
}

/* Later changes build on it, or it is released. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct agenda_row row, now;
	const char *meeting;
	enum rc rc = agenda_by_journal(act->council->store, act->arena,
	    journal_id, &meeting, &row, err);

	if (rc == RC_OK)
		rc = agenda_load(act->council->store, act->arena, meeting,
		    &now, err);
	*gone = rc == RC_OK && (now.agenda_id != row.agenda_id ||
	    row.state == AGENDA_MAILED);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_agenda_edit = {
	.action = ACTION_AGENDA_EDIT,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
