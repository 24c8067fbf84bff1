/* SPDX-License-Identifier: MIT */
/* Somebody applies for a seat: stored with his own words as sensitive, and the
 * secretary gets a number (THREATS, law 1 and 2). */
#include "store/application.h"

#include "base/arena.h"
#include "council/deed.h"
#include "render/fields.h"
#include "rules/cpr.h"

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
	fields_flag(fields, "cpr", act->cpr);
	return notice_queue(act, &(struct notice){ .name = "application",
	    .body = body, .fields = fields }, err);
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
	enum rc rc;

	/* A committee is elected: nobody applies for a seat in it. */
	if (body == NULL || !body->takes_applications || row.email == NULL)
		return fail(err, RC_PARK, "takes no applications");
	row.body = body->slug;
	if ((rc = application_add(act->council->store, &row, &row.number,
	    err)) != RC_OK)
		return rc;
	end->number = row.number;
	end->told = true;
	return secretary_tell(act, body, &row, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return application_undo(act->council->store, journal_id, err);
}

/* Once a person has decided, the list has left our hands. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct application row;
	enum rc rc = application_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	*gone = row.state != APPLICATION_RECEIVED;
	return RC_OK;
}

const struct deed deed_application = {
	.action = ACTION_APPLICATION,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
	.gone = gone,
};
