/* SPDX-License-Identifier: MIT */
/* Somebody applies for a seat: stored with his own words as sensitive, and the
 * secretary gets a number (THREATS, law 1 and 2). */
#include "store/application.h"

#include "base/arena.h"
#include "council/deed.h"
#include "council/seats.h"
#include "render/fields.h"
#include "rules/cpr.h"
#include "store/meeting.h"
#include "understand/seat_words.h"

#define ASKS "words"	/* where the body's rule «application-asks» says
			 * nothing: residence, words, group */
#define NOTICE_APART_S 72000	/* who writes each morning is told each day */
#define WORDS_FEW 12	/* «Jeg vil gerne søge en plads i rådet» has eight, and
			 * says nothing of the one who writes */

/* The words go along only within the municipality's own mail. */
static enum rc
secretary_tell(struct act *act, const struct world_body *body,
    const struct application *row, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	bool trusted = secretary_is_trusted(act, secretary_of(act, body));
	int64_t count;
	enum rc rc = application_count(act->council->store, body->slug,
	    &count, err);

	if (rc != RC_OK)
		return rc;
	fields_number(fields, "mail", (long)act->mail_id);
	fields_number(fields, "number", (long)row->number);
	fields_number(fields, "count", (long)count);
	fields_text(fields, "body", body->name);
	fields_text(fields, "name", trusted ? row->name : NULL);
	fields_text(fields, "email", trusted ? row->email : NULL);
	fields_text(fields, "text", trusted ? row->words : NULL);
	fields_flag(fields, "late", row->state == APPLICATION_LATE);
	fields_flag(fields, "cpr", act->cpr);
	return notice_queue(act, &(struct notice){ .name = "application",
	    .of = act->purpose->n_actions > 1 ? body->slug : NULL,
	    .body = body, .fields = fields }, err);
}

static size_t
words_count(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text > ' ' && (text[1] <= ' ' && text[1] >= 0);
	return n;
}

/* What the body wants to know and he did not say. */
static enum rc
asks_find(struct act *act, const struct application *row, const char **asks,
    struct err *err)
{
	const char *rule = ASKS;
	struct buf out = buf_open(act->arena);
	enum rc rc = rule_load(act->council->store, act->arena, row->body,
	    "application-asks", &rule, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (seat_in_list(rule, "residence") && !row->resident)
		buf_add(&out, "residence");
	if (seat_in_list(rule, "words") && words_count(row->words) < WORDS_FEW)
		buf_addf(&out, "%swords", out.n > 0 ? " " : "");
	if (seat_in_list(rule, "group") && row->groups == NULL)
		buf_addf(&out, "%sgroup", out.n > 0 ? " " : "");
	*asks = out.n > 0 ? buf_text(&out) : NULL;
	return RC_OK;
}

/* Whether the deadline is over, what is missing, and whether he was asked
 * before: nobody is asked twice. */
static enum rc
row_fill(struct act *act, struct application *row, struct deed_end *end,
    bool *tell, struct err *err)
{
	struct store *store = act->council->store;
	struct application earlier;
	struct call_row call;
	bool asked = false;
	enum rc rc = call_newest(store, act->arena, row->body, &call, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && !call_is_open(call.state))
		row->state = APPLICATION_LATE;
	rc = application_by_email(store, act->arena, row->body, row->email,
	    &earlier, err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK) {
		end->replaces = true;
		/* one who writes twenty times is told of once a day */
		*tell = row->came_at - earlier.came_at >= NOTICE_APART_S;
		asked = earlier.asks != NULL;
	}
	end->late = row->state == APPLICATION_LATE;
	if (end->late || asked)
		return RC_OK;
	rc = asks_find(act, row, &row->asks, err);
	end->asks = row->asks;
	return rc;
}

/* It may be somebody else who applies: that one is asked first. */
static enum rc
for_other_run(struct act *act, const struct world_body *body,
    const struct action *action, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	const char *words = action->text != NULL ? action->text :
	    act->purpose->text;
	struct nomination row = {
		.body = body->slug,
		.email = text_equal_nocase(action->email,
		    act->sender.email) ? NULL : action->email,
		.name = action->name,
		.words = cpr_mask(act->arena, words != NULL ? words : "",
		    CPR_POSSIBLE, NULL),
		.by = act->sender.email,
		.by_name = act->sender.person != NULL ? act->sender.person :
		    act->sender.name,
		.verified = act->sender.verified,
		.came_at = act->council->now_at,
		.journal_id = journal_id,
	};

	end->for_other = true;
	return nomination_take(act, body, &row, end, err);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	const char *words = action->text != NULL ? action->text :
	    act->purpose->text;
	struct application row = {
		.email = action->email != NULL ? action->email :
		    act->sender.email,
		.name = action->name,
		.words = cpr_mask(act->arena, words != NULL ? words : "",
		    CPR_POSSIBLE, NULL),
		.verified = act->sender.verified,
		.came_at = act->council->now_at,
		.journal_id = journal_id,
	};
	bool tell = true;
	enum rc rc;

	/* A committee is elected: nobody applies for a seat in it. */
	if (body == NULL || !body->takes_applications || row.email == NULL) {
		if (body != NULL && body->kind == BODY_COUNCIL)
			act->reason = "by-organisation";
		return fail(err, RC_PARK, "takes no applications");
	}
	row.body = body->slug;
	if (action->by != NULL)
		return for_other_run(act, body, action, journal_id, end, err);
	row.groups = seat_groups_said(act->arena, row.words);
	row.resident = seat_residence_said(act->arena, row.words,
	    act->council->world->municipality);
	if ((rc = row_fill(act, &row, end, &tell, err)) != RC_OK ||
	    (rc = application_add(act->council->store, &row, &row.number,
	    err)) != RC_OK)
		return rc;
	end->body = body;
	end->number = row.number;
	end->told = true;
	return !tell ? RC_OK : secretary_tell(act, body, &row, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = nomination_take_back(act, journal_id, err);

	return rc != RC_OK ? rc : application_undo(act->council->store,
	    journal_id, err);
}

/* Once a person has decided, the list has left our hands. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct application row;
	enum rc rc = application_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_NONE)
		return nomination_gone(act, journal_id, gone, err);
	if (rc != RC_OK)
		return rc;
	*gone = row.state != APPLICATION_RECEIVED &&
	    row.state != APPLICATION_LATE;
	return RC_OK;
}

const struct deed deed_application = {
	.action = ACTION_APPLICATION,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
	.gone = gone,
};
