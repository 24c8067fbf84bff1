/* SPDX-License-Identifier: MIT */
/* The draft of an answer is changed by those who release it, and released:
 * by the secretary to the chair, by the chair to the authority. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "rules/cpr.h"
#include "rules/year.h"
#include "store/letter.h"
#include "understand/hearing_words.h"

/* The last draft that this mail answers, and whether it went to the sender:
 * a release must name what it releases (THREATS 1). 0: it answers none. */
static enum rc
draft_answered(struct act *act, int64_t *draft_id, struct err *err)
{
	const struct world *world = act->council->world;

	*draft_id = 0;
	for (size_t i = 0; i < world->n_sent; i++) {
		struct letter_row letter;
		int64_t id;
		enum rc rc;

		if (world->sent[i].kind != LETTER_HEARING_DRAFT ||
		    !text_equal_nocase(world->sent[i].to, act->sender.email))
			continue;
		rc = letter_by_message_id(act->council->store, act->arena,
		    world->sent[i].message_id, &letter, err);
		if (rc == RC_NONE)
			continue;
		if (rc != RC_OK)
			return rc;
		id = letter_key_row(letter.key, "hearing-draft/");
		if (id > *draft_id)
			*draft_id = id;
	}
	return RC_OK;
}

/* The hearing and the draft that counts; RC_PARK where the mail answers
 * another, and the sender has got that one instead. */
static enum rc
draft_open(struct act *act, const struct action *action,
    struct hearing_work *w, struct hearing_draft *draft, struct err *err)
{
	int64_t draft_id;
	enum rc rc = hearing_work_open(act->council, act->arena,
	    action->hearing, w, err);

	if (rc == RC_OK)
		rc = hearing_draft_load(act->council->store, act->arena,
		    w->row.hearing_id, draft, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no such draft") :
		    rc;
	if (hearing_is_over(w->row.state))
		return fail(err, RC_PARK, "the hearing is %s",
		    hearing_state_word(w->row.state));
	if (draft->mail_id == act->mail_id)
		return RC_OK;	/* changed by this very mail */
	if ((rc = draft_answered(act, &draft_id, err)) != RC_OK ||
	    draft_id == draft->draft_id)
		return rc;
	rc = hearing_draft_send(w, &(struct hearing_show){ .draft = draft,
	    .because = arena_printf(act->arena, "mail-%lld",
	    (long long)act->mail_id), .only = act->sender.email,
	    .mail_id = act->mail_id, .stale = true }, err);
	if (rc != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, "answers an older draft, or none");
}

/* --- «godkend» ------------------------------------------------------------------ */

static enum rc
hand(struct act *act, struct hearing_work *w,
    const struct hearing_draft *draft, int64_t journal_id, struct err *err)
{
	enum rc rc;

	if (w->row.state == HEARING_WITH_CHAIR)
		return fail(err, RC_PARK, "the chair has it already");
	w->row.approved_by = journal_id;
	if ((rc = hearing_move(act->council->store, &w->row, HEARING_HAND,
	    act->council->now_at, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < w->body->n_people && rc == RC_OK; i++)
		if (w->body->people[i].role == ROLE_CHAIR)
			rc = hearing_draft_send(w, &(struct hearing_show){
			    .draft = draft, .because = arena_printf(
			    act->arena, "hand-%lld", (long long)act->mail_id),
			    .only = w->body->people[i].email,
			    .mail_id = act->mail_id, .handed = true }, err);
	return rc;
}

static enum rc
approve_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct hearing_work w;
	struct hearing_draft draft;
	enum hearing_state to;
	enum rc rc = draft_open(act, action, &w, &draft, err);

	if (rc != RC_OK)
		return rc;
	if (draft.mail_id == act->mail_id && draft.note != NULL) {
		act->answered = true;	/* by the new draft, which asks */
		return fail(err, RC_PARK, "not all of it was understood");
	}
	if (!hearing_is_chair(&w, act->sender.email) &&
	    hearing_has_chair(&w))
		return hand(act, &w, &draft, journal_id, err);
	if (!hearing_may(w.row.state, HEARING_APPROVE, &to))
		return fail(err, RC_PARK, "the hearing is %s",
		    hearing_state_word(w.row.state));
	w.row.send_at = year_awake(act->council->now_at + HEARING_STOP_S);
	w.row.approved_by = journal_id;
	end->sends = day_words_at(act->arena, w.language, w.row.send_at);
	return hearing_move(act->council->store, &w.row, HEARING_APPROVE,
	    act->council->now_at, err);
}

static enum rc
approve_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct hearing_row row;
	enum hearing_state to;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK || !hearing_may(row.state, HEARING_TAKE_BACK, &to))
		return rc == RC_NONE ? RC_OK : rc;
	return hearing_move(act->council->store, &row, HEARING_TAKE_BACK,
	    act->council->now_at, err);
}

static enum rc
approve_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	struct hearing_row row;
	enum hearing_state to;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc == RC_OK && !hearing_may(row.state, HEARING_TAKE_BACK,
	    &to);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_hearing_approve = {
	.action = ACTION_HEARING_APPROVE,
	.who = MAY_SECRETARY,
	.run = approve_run,
	.undo = approve_undo,
	.gone = approve_gone,
};

/* --- changes -------------------------------------------------------------------- */

/* The words of the attached file; NULL: none that can be read. */
static const char *
file_words(const struct act *act, int part)
{
	for (size_t i = 0; act->mail != NULL && part >= 0 &&
	    i < act->mail->n_attachments; i++)
		if (act->mail->attachments[i].part == (uint32_t)part)
			return act->mail->attachments[i].text;
	return NULL;
}

/* What comes in stands before those who disagree, not among them; 0: nobody
 * does. */
static size_t
place_of_more(struct act *act, const struct hearing_work *w,
    const char *words)
{
	const char *heading = arena_printf(act->arena, "## %s",
	    hearing_word(w, "hearing-dissent"));
	size_t n;
	const char **parts = hearing_parts(act->arena, words, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(parts[i], heading) == 0)
			return i + 1;
	return 0;
}

/* Each change to what the ones before it made; parts are those of the draft
 * that she has before her, so the last part is changed first. What cannot be
 * done is said back. */
static const char *
change(struct act *act, const struct hearing_work *w, const char *words,
    const struct hearing_edits *edits, struct buf *rest)
{
	bool *done = arena_array(act->arena, edits->n + 1, sizeof *done);
	const char *now = words;

	for (size_t round = 0; round < edits->n; round++) {
		const char *next;
		size_t pick = edits->n;

		for (size_t i = 0; i < edits->n; i++)
			if (!done[i] && (pick == edits->n ||
			    edits->list[i].at > edits->list[pick].at))
				pick = i;
		done[pick] = true;
		if (edits->list[pick].kind == HEARING_EDIT_ADD)
			edits->list[pick].at = place_of_more(act, w, now);
		if (hearing_change(act->arena, now, &edits->list[pick],
		    &next))
			now = next;
		else
			buf_addf(rest, "%s%s", rest->n > 0 ? "\n" : "",
			    edits->said[pick]);
	}
	return now;
}

/* «tag bidrag 3 med»: one that came late, by its number in the list. */
static enum rc
late_take(struct act *act, const struct hearing_work *w,
    const struct hearing_edits *edits, const char **words, struct buf *rest,
    struct err *err)
{
	struct contribution *said;
	size_t n;
	enum rc rc = contribution_list(act->council->store, act->arena,
	    w->row.slug, HEARING_SAID_MOST, &said, &n, err);

	for (size_t i = 0; rc == RC_OK && i < edits->n_take; i++) {
		size_t at = edits->take[i];
		const char *next;

		if (at >= 1 && at <= n && said[at - 1].role ==
		    CONTRIBUTION_MEMBER && hearing_change(act->arena, *words,
		    &(struct hearing_edit){ HEARING_EDIT_ADD, place_of_more(
		    act, w, *words), said[at - 1].words }, &next))
			*words = next;
		else
			buf_addf(rest, "%s%s", rest->n > 0 ? "\n" : "",
			    edits->take_said[i]);
	}
	return rc;
}

static enum rc
edit_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *text = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL);
	const char *file = file_words(act, action->part);
	struct hearing_edits edits = hearing_edits_read(act->arena, text);
	struct buf rest = buf_open(act->arena);
	struct hearing_work w;
	struct hearing_draft old, new = { .made_at = act->council->now_at,
		.mail_id = act->mail_id, .journal_id = journal_id };
	enum rc rc = draft_open(act, action, &w, &old, err);

	(void)end;
	if (rc != RC_OK)
		return rc;
	/* A file is the whole answer; words beside it change that. */
	new.words = change(act, &w, file != NULL ? cpr_mask(act->arena, file,
	    CPR_POSSIBLE, NULL) : old.words, &edits, &rest);
	if ((rc = late_take(act, &w, &edits, &new.words, &rest, err)) !=
	    RC_OK)
		return rc;
	if (edits.rest != NULL && file == NULL)
		buf_addf(&rest, "%s%s", rest.n > 0 ? "\n" : "", edits.rest);
	new.note = rest.n > 0 ? buf_text(&rest) : NULL;
	new.hearing_id = w.row.hearing_id;
	if ((rc = hearing_draft_add(act->council->store, &new, err)) !=
	    RC_OK || (rc = hearing_move(act->council->store, &w.row,
	    HEARING_EDIT, act->council->now_at, err)) != RC_OK)
		return rc;
	return hearing_draft_send(&w, &(struct hearing_show){ .draft = &new,
	    .because = "new", .mail_id = act->mail_id }, err);
}

static enum rc
edit_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return hearing_draft_undo(act->council->store, journal_id, err);
}

/* Later changes build on it, or it is on its way. */
static enum rc
edit_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct hearing_draft now;
	struct hearing_row row;
	int64_t hearing_id, draft_id;
	enum rc rc = hearing_draft_of_line(act->council->store, journal_id,
	    &hearing_id, &draft_id, err);

	if (rc == RC_OK)
		rc = hearing_draft_load(act->council->store, act->arena,
		    hearing_id, &now, err);
	if (rc == RC_OK)
		rc = hearing_load_id(act->council->store, act->arena,
		    hearing_id, &row, err);
	*gone = rc == RC_OK && (now.draft_id != draft_id ||
	    row.state != HEARING_DRAFTING);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_hearing_edit = {
	.action = ACTION_HEARING_EDIT,
	.who = MAY_SECRETARY,
	.run = edit_run,
	.undo = edit_undo,
	.gone = edit_gone,
};
