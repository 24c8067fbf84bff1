/* SPDX-License-Identifier: MIT */
/* Somebody proposes another for a seat: that one is asked first, and where
 * there is no address, the secretary makes contact. */
#include "store/nomination.h"

#include "base/arena.h"
#include "council/deed.h"
#include "council/seats.h"
#include "outbox/facts.h"
#include "render/fields.h"
#include "rules/cpr.h"
#include "store/world.h"

/* Whoever is asked learns who proposed him, where the sender is verified and
 * the name is one: nobody may have us send words of his own choice. */
static enum rc
nominee_ask(struct act *act, const struct world_body *body,
    const struct nomination *row, struct deed_end *end, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	const char *language = act_language(act, body), *ground = "";
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "consent/nomination/%lld",
		    (long long)row->number),
		.template = "consent-ask",
		.language = language,
		.kind = LETTER_CONSENT,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "nomination:%lld",
		    (long long)row->number),
		.body = body,
		.mail_id = act->mail_id,
		.fields = fields,
		.wants_token = true,
	};
	int64_t letter_id = 0;
	enum rc rc = setting_load(act->council->store, act->arena, "ground",
	    &ground, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	fields_text(fields, "body", body->name);
	fields_text(fields, "by_name", row->verified ?
	    facts_plain_name(act->arena, row->by_name) : NULL);
	fields_text(fields, "ground", ground);
	fields_text(fields, "delete_on", day_after(act, language,
	    COUNCIL_CONSENT_DAYS));
	rc = answer_other(act, &draft, row->email, row->verified ?
	    row->name : NULL, &end->asked, &letter_id, err);
	if (rc != RC_OK || !end->asked)
		return rc;
	return nomination_set_letter(act->council->store, row->number,
	    letter_id, err);
}

static enum rc
secretary_tell(struct act *act, const struct world_body *body,
    const struct nomination *row, bool asked, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	bool trusted = secretary_is_trusted(act, secretary_of(act, body));

	fields_number(fields, "mail", (long)act->mail_id);
	fields_number(fields, "number", (long)row->number);
	fields_text(fields, "body", body->name);
	fields_text(fields, "name", trusted ? row->name : NULL);
	fields_text(fields, "email", trusted && asked ? row->email : NULL);
	fields_text(fields, "by", trusted ? row->by : NULL);
	return notice_queue(act, &(struct notice){ .name = "nomination",
	    .body = body, .fields = fields }, err);
}

enum rc
nomination_take(struct act *act, const struct world_body *body,
    struct nomination *row, struct deed_end *end, struct err *err)
{
	enum rc rc = nomination_add(act->council->store, row, &row->number,
	    err);

	if (rc != RC_OK)
		return rc;
	end->body = body;
	end->number = row->number;
	end->told = true;
	if (row->email != NULL &&
	    (rc = nominee_ask(act, body, row, end, err)) != RC_OK)
		return rc;
	return secretary_tell(act, body, row, end->asked, err);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	const char *words = action->text != NULL ? action->text :
	    act->purpose->text;
	struct nomination row = {
		.email = action->email,
		.name = action->name,
		.words = cpr_mask(act->arena, words != NULL ? words : "",
		    CPR_POSSIBLE, NULL),
		.by = action->by != NULL ? action->by : act->sender.email,
		.by_name = act->sender.person != NULL ? act->sender.person :
		    act->sender.name,
		.verified = act->sender.verified,
		.came_at = act->council->now_at,
		.journal_id = journal_id,
	};

	if (body == NULL || !body->takes_applications || row.by == NULL ||
	    row.name == NULL)
		return fail(err, RC_PARK, "takes no nominations");
	row.body = body->slug;
	return nomination_take(act, body, &row, end, err);
}

/* The question, where it is still in the house, is not asked. */
enum rc
nomination_take_back(struct act *act, int64_t journal_id, struct err *err)
{
	struct nomination row;
	struct letter_row letter;
	enum rc rc = nomination_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_OK && row.letter_id != 0) {
		rc = letter_load(act->council->store, act->arena,
		    row.letter_id, &letter, err);
		if (rc == RC_OK && letter_may_move(letter.state,
		    LETTER_WITHDRAWN))
			rc = letter_move(act->council->store, row.letter_id,
			    LETTER_WITHDRAWN, act->council->now_at, 0, NULL,
			    err);
	}
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	return nomination_undo(act->council->store, journal_id, err);
}

/* Once the question is on its way, the one proposed knows. */
enum rc
nomination_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	struct nomination row;
	struct letter_row letter;
	enum rc rc = nomination_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	*gone = row.state != NOMINATION_ASKED &&
	    row.state != NOMINATION_NO_ADDRESS;
	if (row.letter_id == 0)
		return RC_OK;
	if ((rc = letter_load(act->council->store, act->arena, row.letter_id,
	    &letter, err)) != RC_OK)
		return rc;
	*gone = *gone || (letter.state != LETTER_QUEUED &&
	    letter.state != LETTER_DEFERRED &&
	    letter.state != LETTER_WITHDRAWN);
	return RC_OK;
}

const struct deed deed_nomination = {
	.action = ACTION_NOMINATION,
	.who = MAY_ANYONE,
	.run = run,
	.undo = nomination_take_back,
	.gone = nomination_gone,
};
