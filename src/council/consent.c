/* SPDX-License-Identifier: MIT */
/* The one who was proposed answers: yes puts him on the list, no takes all
 * that was said of him out of the tables, and tells the proposer no more than
 * that it goes no further. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "render/fields.h"
#include "rules/year.h"
#include "rules/cpr.h"
#include "store/nomination.h"
#include "understand/seat_words.h"

#define OWN_BYTES 20	/* «Ja, det vil jeg gerne.» says nothing of oneself */

/* The nomination that the letter asked about. RC_PARK: not his to answer. */
static enum rc
nomination_answered(struct act *act, const struct action *action,
    struct nomination *row, struct err *err)
{
	struct letter_row letter;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	if (rc == RC_OK)
		rc = nomination_by_letter(act->council->store, act->arena,
		    letter.letter_id, row, err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no nomination of that letter");
	if (rc != RC_OK)
		return rc;
	if (!proved || row->replaced ||
	    !text_equal_nocase(row->email, act->sender.email))
		return fail(err, RC_PARK, "not the one who was asked");
	return RC_OK;
}

static enum rc
secretary_tell(struct act *act, const struct nomination *row, bool yes,
    struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    row->body);
	struct json_fields *fields = fields_open(act->arena);
	bool trusted = secretary_is_trusted(act, secretary_of(act, body));

	fields_number(fields, "number", (long)row->number);
	fields_text(fields, "body", body->name);
	fields_text(fields, "name", yes && trusted ? row->name : NULL);
	fields_flag(fields, yes ? "yes" : "no", true);
	return notice_queue(act, &(struct notice){ .name = "consent",
	    .body = body, .fields = fields }, err);
}

/* Neutral: whether it was a no, or no answer, stays with the one asked. */
static enum rc
proposer_tell(struct act *act, const struct nomination *row, struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    row->body);
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "nomination/%lld/ended",
		    (long long)row->number),
		.template = "nomination-ended",
		.language = act_language(act, body),
		.kind = LETTER_OTHER,
		.class = LETTER_ANSWER,
		.body = body,
		.mail_id = act->mail_id,
		.fields = fields,
		/* the clock's letters wait for the morning */
		.due_at = act->mail_id == 0 ?
		    year_awake(act->council->now_at) : 0,
	};
	int64_t letter_id;
	bool sent;

	fields_text(fields, "body", body->name);
	fields_number(fields, "number", (long)row->number);
	return answer_other(act, &draft, row->by, row->verified ?
	    row->by_name : NULL, &sent, &letter_id, err);
}

static enum rc
secretary_tell_silent(struct act *act, const struct nomination *row,
    struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    row->body);
	const char *to = secretary_of(act, body);
	struct json_fields *fields = fields_open(act->arena);
	enum rc rc;

	if (to == NULL)
		return RC_OK;
	fields_number(fields, "number", (long)row->number);
	fields_text(fields, "body", body->name);
	fields_flag(fields, "none", true);
	rc = outbox_queue(act->council->outbox, act->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(act->arena, "notice/nomination/%lld/ended",
	    (long long)row->number),
	    .template = "notice-consent",
	    .language = act_language(act, body),
	    .kind = LETTER_NOTICE,
	    .class = LETTER_ANSWER,
	    .ref = arena_printf(act->arena, "nomination:%lld",
	    (long long)row->number),
	    .body = body,
	    .to = to,
	    .due_at = year_awake(act->council->now_at),
	    .fields = fields }, NULL, NULL, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* A question that is still in the house is not asked any more. */
static enum rc
question_withdraw(struct act *act, const struct nomination *row,
    struct err *err)
{
	struct store *store = act->council->store;
	struct letter_row letter;
	enum rc rc;

	if (row->letter_id == 0)
		return RC_OK;
	rc = letter_load(store, act->arena, row->letter_id, &letter, err);
	if (rc == RC_OK && letter_may_move(letter.state, LETTER_WITHDRAWN) &&
	    letter.state != LETTER_SENDING)
		rc = letter_move(store, row->letter_id, LETTER_WITHDRAWN,
		    act->council->now_at, 0, NULL, err);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
council_nomination_end(struct council *council, struct arena *arena,
    int64_t number, struct err *err)
{
	struct act act = { .council = council, .arena = arena,
		.why = buf_open(arena) };
	struct nomination row;
	enum rc rc = nomination_load(council->store, arena, number, &row, err);

	if (rc != RC_OK)
		return rc;
	act.sender.verified = row.verified;
	if ((rc = question_withdraw(&act, &row, err)) != RC_OK ||
	    (rc = nomination_move(council->store, number, NOMINATION_ENDED, 0,
	    council->now_at, err)) != RC_OK)
		return rc;
	/* He proposed the same person again: that one counts. */
	if (row.replaced || world_body(council->world, row.body) == NULL)
		return RC_OK;
	if ((rc = secretary_tell_silent(&act, &row, err)) != RC_OK)
		return rc;
	rc = proposer_tell(&act, &row, err);
	return rc == RC_PARK ? RC_OK : rc;	/* no address to write to */
}

/* What he writes of himself with his yes: his group is his own to say. */
static enum rc
own_words_keep(struct act *act, const struct action *action, int64_t number,
    struct err *err)
{
	const char *words = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL);
	const struct nomination own = {
		.own_words = strlen(words) > OWN_BYTES ? words : NULL,
		.groups = seat_groups_said(act->arena, words),
		.resident = seat_residence_said(act->arena, words,
		    act->council->world->municipality),
	};

	return nomination_set_own(act->council->store, number, &own, err);
}

static enum rc
answer(struct act *act, const struct action *action, int64_t journal_id,
    bool yes, struct deed_end *end, struct err *err)
{
	enum nomination_state to = yes ? NOMINATION_CONSENTED :
	    NOMINATION_REFUSED;
	struct nomination row = { 0 };
	enum rc rc = nomination_answered(act, action, &row, err);

	if (rc != RC_OK)
		return rc;
	if (!nomination_may_move(row.state, to) ||
	    world_body(act->council->world, row.body) == NULL)
		return fail(err, RC_PARK, "nomination is %s",
		    nomination_state_word(row.state));
	if ((rc = nomination_move(act->council->store, row.number, to,
	    journal_id, act->council->now_at, err)) != RC_OK)
		return rc;
	end->body = world_body(act->council->world, row.body);
	end->number = row.number;
	end->told = true;
	if (yes && (rc = own_words_keep(act, action, row.number, err)) !=
	    RC_OK)
		return rc;
	if ((rc = secretary_tell(act, &row, yes, err)) != RC_OK || yes)
		return rc;
	return proposer_tell(act, &row, err);
}

static enum rc
consent_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	return answer(act, action, journal_id, true, end, err);
}

static enum rc
refuse_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	return answer(act, action, journal_id, false, end, err);
}

/* Off the list again, as if the question were still open. */
static enum rc
consent_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct nomination row;
	enum rc rc = nomination_by_answer(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	return nomination_move(act->council->store, row.number,
	    NOMINATION_ASKED, 0, 0, err);
}

static enum rc
consent_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct nomination row;
	enum rc rc = nomination_by_answer(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	*gone = row.state != NOMINATION_CONSENTED;
	return RC_OK;
}

/* What was erased cannot come back. */
static enum rc
refuse_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	(void)act;
	(void)journal_id;
	(void)err;
	*gone = true;
	return RC_OK;
}

const struct deed deed_consent = {
	.action = ACTION_CONSENT,
	.who = MAY_ANYONE,
	.run = consent_run,
	.undo = consent_undo,
	.gone = consent_gone,
};

const struct deed deed_consent_refuse = {
	.action = ACTION_CONSENT_REFUSE,
	.who = MAY_ANYONE,
	.run = refuse_run,
	.gone = refuse_gone,
};
