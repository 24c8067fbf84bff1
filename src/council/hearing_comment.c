/* SPDX-License-Identifier: MIT */
/* What somebody says to a hearing: a member for the council's answer, somebody
 * outside for himself, a citizen or politician for the secretary. */
#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "outbox/facts.h"
#include "rules/cpr.h"
#include "store/letter.h"
#include "understand/hearing_words.h"

static const char *
masked(struct act *act, const char *words)
{
	return cpr_mask(act->arena, words != NULL ? words : "", CPR_POSSIBLE,
	    NULL);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *email = action->person != NULL ? action->person :
	    act->sender.email;
	const struct world_body *body = NULL;
	const struct world_hearing *h = world_hearing(act->council->world,
	    action->hearing, &body);
	struct contribution said = { .hearing = action->hearing,
		.email = email, .verified = act->sender.verified,
		.words = masked(act, action->text),
		.at = act->council->now_at, .mail_id = act->mail_id,
		.journal_id = journal_id };
	struct hearing_work w;
	enum rc rc = hearing_work_open(act->council, act->arena,
	    action->hearing, &w, err);

	(void)end;
	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no such hearing") :
		    rc;
	said.role = world_person(w.body, email) == NULL &&
	    world_hearing_asks(h, email) ? CONTRIBUTION_PARTY :
	    CONTRIBUTION_MEMBER;
	said.name = world_person(w.body, email) != NULL ? facts_name(
	    act->council->world, email) : act->sender.name;
	said.late = said.role == CONTRIBUTION_MEMBER ?
	    !hearing_is_open(w.row.state) : w.request.request_id != 0 &&
	    w.request.deadline_at <= act->council->now_at;
	if ((rc = contribution_add(act->council->store, &said,
	    &said.contribution_id, err)) != RC_OK)
		return rc;
	/* By her own word: what she said before stays beside it else. */
	if (hearing_replaces(act->arena, said.words) &&
	    (rc = contribution_replace(act->council->store, action->hearing,
	    email, journal_id, err)) != RC_OK)
		return rc;
	if (said.role == CONTRIBUTION_PARTY)
		return hearing_party_send(&w, &said, err);
	return said.late ? hearing_late_tell(&w, &said, err) : RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct contribution said;
	size_t withdrawn, gone;
	enum rc rc = contribution_of_line(act->council->store, act->arena,
	    journal_id, &said, err);

	/* what is on its way to the authority stays here */
	if (rc == RC_OK && said.role == CONTRIBUTION_PARTY)
		rc = letter_withdraw(act->council->store, said.mail_id,
		    LETTER_OTHER, act->council->now_at, &withdrawn, &gone,
		    err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return contribution_undo(act->council->store, journal_id, err);
}

/* The answer that it stands in was sent, or the authority has it already. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct contribution said;
	enum rc rc = contribution_of_line(act->council->store, act->arena,
	    journal_id, &said, err);

	*gone = rc == RC_OK && said.role == CONTRIBUTION_PARTY &&
	    said.at + HEARING_STOP_S <= act->council->now_at;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_hearing_comment = {
	.action = ACTION_HEARING_COMMENT,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
	.gone = gone,
};

/* It is no deed: nothing is promised to him, the secretary reads it, and it
 * comes into no answer by itself. */
enum rc
hearing_other_note(struct act *act, struct err *err)
{
	const struct purpose *p = act->purpose;
	enum rc rc;

	if (p == NULL || p->hearing == NULL || p->distress ||
	    act->sender.email == NULL)
		return RC_OK;
	rc = contribution_add(act->council->store, &(struct contribution){
	    .hearing = p->hearing, .role = CONTRIBUTION_OTHER,
	    .email = act->sender.email, .name = act->sender.name,
	    .words = masked(act, p->text), .verified = act->sender.verified,
	    .at = act->council->now_at, .mail_id = act->mail_id }, NULL, err);
	return rc == RC_PARK ? RC_OK : rc;
}
