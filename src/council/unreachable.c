/* SPDX-License-Identifier: MIT */
/* A letter came back. One is a full mailbox; two in three days are an address
 * that takes nothing: then we stop writing to it, and the secretary hears so,
 * once. Nobody is removed by it (THREATS 15). A mail from the member, or the
 * secretary's word, ends the pause. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "render/fields.h"
#include "store/person.h"

#define STALE_S (INT64_C(14) * 86400)	/* a letter that waited longer is of no
					 * use: its meeting was held */

static const char *
key_of(struct arena *arena, const struct person *person)
{
	return arena_printf(arena, "unreachable/%lld/%lld",
	    (long long)person->person_id, (long long)person->paused_at);
}

static const struct world_body *
body_of(const struct world *world, const char *email)
{
	const struct world_body *body = NULL;

	for (size_t i = 0; i < world->n_bodies; i++)
		if (world_person(&world->bodies[i], email) != NULL &&
		    (body == NULL || body->kind != BODY_COUNCIL))
			body = &world->bodies[i];
	return body;
}

static enum rc
paused_tell(struct act *act, const struct person *person, struct err *err)
{
	const struct world_body *body = body_of(act->council->world,
	    person->email);
	struct json_fields *fields = fields_open(act->arena);
	enum rc rc;

	/* Not by mail to herself; `raadspost status` shows it. */
	if (text_equal_nocase(secretary_of(act, body), person->email))
		return RC_OK;
	fields_text(fields, "email", person->email);
	fields_text(fields, "name", person->name);
	fields_number(fields, "times", (long)person->unreachable_n);
	if ((rc = notice_queue(act, &(struct notice){ .name = "unreachable",
	    .body = body, .fields = fields }, err)) != RC_OK)
		return rc;
	rc = decision_ask(act->council, act->arena, &(struct decision_draft){
	    .kind = "unreachable", .key = key_of(act->arena, person),
	    .body = body, .row_id = person->person_id,
	    .label = person->name, .words = person->email }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* A stranger's address that fails is nobody's concern but the log's. */
enum rc
member_unreachable(struct act *act, struct err *err)
{
	const char *email = act->purpose->unreachable;
	struct store *store = act->council->store;
	int64_t now_at = act->council->now_at;
	struct person person;
	enum rc rc;

	if (!act->purpose->unreachable_hard)
		return RC_OK;
	rc = person_unreachable(store, email, now_at, err);
	if (rc == RC_OK)
		rc = person_pause(store, email, now_at, err);
	if (rc == RC_OK)
		rc = person_load(store, act->arena, email, &person, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	act_why(act, "mail to that address waits from now on");
	return paused_tell(act, &person, err);
}

static enum rc
reach(struct council *council, struct arena *arena, const char *email,
    struct err *err)
{
	struct person person;
	enum rc rc = person_load(council->store, arena, email, &person, err);

	if (rc != RC_OK || person.unreachable_n == 0)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = person_reached(council->store, email, err)) != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if (person.paused_at == 0)
		return RC_OK;
	if ((rc = letter_stale(council->store, email, council->now_at -
	    STALE_S, err)) != RC_OK)
		return rc;
	return decision_moot(council, key_of(arena, &person), err);
}

enum rc
member_reached(struct act *act, const char *email, struct err *err)
{
	return email == NULL ? RC_OK : reach(act->council, act->arena, email,
	    err);
}

/* --- the secretary's word --------------------------------------------------- */

static enum rc
decided(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	struct person person;
	enum rc rc = person_load(act->council->store, act->arena, row->words,
	    &person, err);

	(void)choice;
	(void)words;
	(void)journal_id;
	(void)end;
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	rc = person_reached(act->council->store, person.email, err);
	if (rc == RC_OK)
		rc = letter_stale(act->council->store, person.email,
		    act->council->now_at - STALE_S, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* What bounced before is forgotten: if the address is still bad, the next two
 * letters say so by themselves. */
static enum rc
decided_undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct decision_kind decision_unreachable = {
	.name = "unreachable",
	.choices = "done",
	.words = true,
	.run = decided,
	.undo = decided_undo,
};

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)journal_id;
	(void)end;
	return member_reached(act, action->person, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return decided_undo(act, journal_id, err);
}

const struct deed deed_member_reached = {
	.action = ACTION_MEMBER_REACHED,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
};
