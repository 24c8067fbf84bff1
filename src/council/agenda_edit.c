/* SPDX-License-Identifier: MIT */
/* The secretary or the chair changes the draft, in words or as a whole list;
 * what nobody understands stands in the new one as a note. */
#include "base/arena.h"
#include "base/text.h"
#include "council/agenda_deed.h"
#include "council/agenda_items.h"
#include "council/agenda_letter.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "rules/cpr.h"
#include "store/item.h"
#include "store/letter.h"
#include "understand/agenda_words.h"

/* Titles in a body's words: they are copied out of a sentence here, too. */
static void
titles_mend(const struct act *act, const struct gathering *g,
    struct agenda_words *words, const char *by)
{
	for (size_t i = 0; i < words->n; i++) {
		struct agenda_edit *e = &words->edits[i];
		const char **titles;

		e->by = by;
		if (e->kind == EDIT_ADD || e->kind == EDIT_RENAME)
			e->text = agenda_title(act, g->body, e->text);
		if (e->n_titles == 0)
			continue;
		titles = arena_array(act->arena, e->n_titles, sizeof *titles);
		for (size_t k = 0; k < e->n_titles; k++)
			titles[k] = agenda_title(act, g->body, e->titles[k]);
		e->titles = titles;
	}
}

/* What nobody here understood, and what could not be done, in her words. */
static const char *
rest_of(struct arena *arena, const struct agenda_words *words,
    const struct agenda_changes *c)
{
	struct buf rest = buf_open(arena);

	if (words->rest != NULL)
		buf_add(&rest, words->rest);
	for (size_t i = 0; i < c->n_idle; i++)
		buf_addf(&rest, "%s%s", rest.n > 0 ? "\n" : "",
		    words->said[c->idle[i] - words->edits]);
	return rest.n > 0 ? buf_text(&rest) : NULL;
}

/* The word that came with the newest draft, to her (THREATS 1, law 9). */
static enum rc
has_word(struct act *act, const struct action *action,
    const struct agenda_row *row, bool *has, struct err *err)
{
	struct letter_row letter;
	enum rc rc = action->token == NULL ? RC_NONE : letter_by_token(
	    act->council->store, act->arena, action->token, &letter, err);

	*has = rc == RC_OK && letter_key_row(letter.key,
	    "agenda-draft/") == row->agenda_id &&
	    text_equal_nocase(letter.to, act->sender.email);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Nothing is carried out: she gets the draft that counts, and why. */
static enum rc
refuse(struct act *act, const struct gathering *g,
    const struct agenda_row *row, size_t missing, struct err *err)
{
	enum rc rc = agenda_draft_send(g, &(struct draft_letter){ .row = row,
	    .mail_id = act->mail_id, .only = act->sender.email,
	    .missing = missing, .locked = missing == 0,
	    .released = row->state != AGENDA_DRAFT }, err);

	if (rc != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, missing != 0 ? "there is no point %zu" :
	    "a closed point is opened by a direct reply alone", missing);
}

static bool
is_lead(const struct gathering *g, const char *email)
{
	size_t n;
	struct guest *leads = gathering_leads(g, &n);

	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(leads[i].email, email))
			return true;
	return false;
}

/* The release that follows in the same mail has its own receipt. */
static bool
is_released_with_it(const struct act *act, const struct agenda_row *new)
{
	for (size_t i = 0; new->note == NULL && act->purpose != NULL &&
	    i < act->purpose->n_actions; i++)
		if (act->purpose->actions[i].kind == ACTION_AGENDA_APPROVE)
			return true;
	return false;
}

static bool
closes(const struct agenda *before, const struct agenda_changes *c)
{
	for (size_t i = 0; i < c->after.n; i++) {
		const struct agenda_point *p = &c->after.points[i];

		if (p->closed && p->was > 0 && !before->points[p->was -
		    1].closed)
			return true;
	}
	return false;
}

static enum rc
new_version(struct act *act, const struct gathering *g,
    const struct agenda *before, const struct agenda_changes *c,
    struct agenda_row *new, struct deed_end *end, struct err *err)
{
	bool with_release = is_released_with_it(act, new);
	struct draft_letter letter = { .row = new, .before = before,
		.mail_id = act->mail_id, .undo = act->sender.email,
		.skip = with_release ? act->sender.email : NULL };
	enum rc rc = agenda_add(act->council->store, g->meeting->id,
	    &c->after, act->council->now_at, new, err);

	new->mail_id = act->mail_id;
	if (rc != RC_OK || (rc = agenda_items_change(g, before, c,
	    act->sender.email, new->journal_id, err)) != RC_OK)
		return rc;
	if (closes(before, c) && (rc = agenda_recall(g, &letter.recalled,
	    &letter.too_late, err)) != RC_OK)
		return rc;
	if (letter.recalled > 0 && (rc = agenda_recalled(act->council->store,
	    new->agenda_id, letter.recalled, err)) != RC_OK)
		return rc;
	end->answers = !with_release && is_lead(g, act->sender.email);
	return agenda_draft_send(g, &letter, err);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *text = action->text != NULL ? cpr_mask(act->arena,
	    action->text, CPR_POSSIBLE, NULL) : "";
	struct agenda_row row, new = { .journal_id = journal_id };
	struct agenda_changes changes;
	struct agenda_words words;
	struct gathering g;
	struct agenda before;
	bool has = false;
	enum rc rc = agenda_deed_open(act, action, &g, &row, err);

	if (rc != RC_OK || (rc = agenda_deed_is_current(act, &g, &row,
	    err)) != RC_OK ||
	    (rc = agenda_points(act->council->store, act->arena,
	    row.agenda_id, AUDIENCE_MEMBERS, &before, err)) != RC_OK)
		return rc;
	words = agenda_words_read(act->arena, text, before.n);
	titles_mend(act, &g, &words, facts_name(act->council->world,
	    act->sender.email));
	agenda_change_all(act->arena, &before, words.edits, words.n,
	    &changes);
	if (changes.opens && (rc = has_word(act, action, &row, &has, err)) !=
	    RC_OK)
		return rc;
	if (changes.missing != 0 || (changes.opens && !has))
		return refuse(act, &g, &row, changes.missing, err);
	new.note = rest_of(act->arena, &words, &changes);
	return new_version(act, &g, &before, &changes, &new, end, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = agenda_undo(act->council->store, journal_id, err);

	return rc != RC_OK ? rc : item_undo(act->council->store, journal_id,
	    err);
}

/* Later changes build on it, or it is released, or copies were stopped. */
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
	    row.state == AGENDA_MAILED || row.recalled > 0);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_agenda_edit = {
	.action = ACTION_AGENDA_EDIT,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
