/* SPDX-License-Identifier: MIT */
/* A member moves to another address. Both are asked, first the old one, so
 * that nobody takes over a seat by a mail, and nobody's letters go to an
 * address that is not his (THREATS 6, 19). */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "mail/address.h"
#include "render/fields.h"
#include "rules/lookalike.h"
#include "store/pending.h"

#define OLD_SAID_YES "old"	/* in `choice`, only ever set here */

/* Somebody on file whose address this one could be taken for. */
static bool
is_lookalike(const struct act *act, const char *to, const char *own)
{
	const struct world *world = act->council->world;

	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t i = 0; i < world->bodies[b].n_people; i++) {
			const char *email = world->bodies[b].people[i].email;

			if (!text_equal_nocase(email, own) &&
			    address_looks_alike(email, to))
				return true;
		}
	return false;
}

/* Why it cannot be that address; NULL. */
static enum rc
refused(struct act *act, const char *from, const char *to, const char **why,
    struct err *err)
{
	bool taken = false;
	enum rc rc;

	*why = NULL;
	if (!address_is_valid(to)) {
		*why = "address";
		return RC_OK;
	}
	if ((rc = address_taken(act->council->store, to, &taken, err)) !=
	    RC_OK)
		return rc;
	if (taken)
		*why = "taken";
	else if (is_lookalike(act, to, from))
		*why = "look-alike";
	return RC_OK;
}

static const struct world_person *
person_of(const struct act *act, const char *email,
    const struct world_body **body)
{
	for (size_t i = 0; i < act->council->world->n_bodies; i++) {
		*body = &act->council->world->bodies[i];
		for (size_t k = 0; k < (*body)->n_people; k++)
			if (text_equal_nocase((*body)->people[k].email,
			    email))
				return &(*body)->people[k];
	}
	*body = NULL;
	return NULL;
}

/* The old address has said yes: now the new one is asked, by a one-time word
 * that only its own mailbox gets. */
static enum rc
new_ask(struct act *act, const struct action *action,
    const struct world_body *body, const char *name, bool *sent,
    struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	const char *language = act_language(act, body);
	struct action next = *action;
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "address/mail/%lld",
		    (long long)act->mail_id),
		.template = "address-new", .language = language,
		.kind = LETTER_CONFIRM, .class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body, .fields = fields, .wants_token = true,
	};
	int64_t letter_id = 0, id;
	enum rc rc;

	fields_text(fields, "from", action->person);
	fields_text(fields, "valid_until", day_after(act, language,
	    PENDING_GOOD_S / 86400));
	if ((rc = answer_other(act, &draft, action->to, name, sent,
	    &letter_id, err)) != RC_OK || !*sent)
		return rc;
	next.choice = OLD_SAID_YES;
	return pending_add(act->council->store, &(struct pending_row){
	    .mail_id = act->mail_id, .letter_id = letter_id,
	    .email = action->to, .reason = "address",
	    .asked_at = act->council->now_at,
	    .expires_at = act->council->now_at + PENDING_GOOD_S,
	    .actions = &next, .n_actions = 1 }, &id, err);
}

/* The last note to the old address: what came of it, and that a person helps
 * where it was somebody else. */
static enum rc
old_tell(struct act *act, const struct action *action,
    const struct world_body *body, const char *name, int64_t journal_id,
    struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	enum rc rc;

	fields_text(fields, "to", action->to);
	rc = outbox_queue(act->council->outbox, act->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(act->arena, "address-old/%lld",
	    (long long)journal_id), .template = "address-old",
	    .language = act_language(act, body), .kind = LETTER_NOTICE,
	    .class = LETTER_ANSWER, .ref = arena_printf(act->arena,
	    "mail:%lld", (long long)act->mail_id), .body = body,
	    .to = action->person, .to_name = name, .mail_id = act->mail_id,
	    .fields = fields }, NULL, NULL, err);
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

static enum rc
move(struct act *act, const struct action *action,
    const struct world_body *body, const char *name, int64_t journal_id,
    struct err *err)
{
	enum rc rc = person_move(act->council->store, action->person,
	    action->to, (struct step){ journal_id, act->council->now_at },
	    err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no-member");
	return rc != RC_OK ? rc : old_tell(act, action, body, name,
	    journal_id, err);
}

/* A clear word to the one who asked, and nothing is changed. */
static enum rc
refuse(struct act *act, const struct action *action, const char *why,
    struct deed_end *end)
{
	struct json_fields *fields = fields_open(act->arena);

	fields_text(fields, "to", action->to);
	fields_flag(fields, "taken", strcmp(why, "taken") == 0);
	fields_flag(fields, "look_alike", strcmp(why, "look-alike") == 0);
	end->template = "address-refused";
	end->fields = fields;
	end->no_line = true;
	return RC_OK;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body;
	const struct world_person *p;
	struct action a = *action;
	bool command = strcmp(act->sender.by, "command") == 0, sent = false;
	const char *why;
	enum rc rc;

	if (a.person == NULL || a.to == NULL)
		return fail(err, RC_PARK, "no address");
	a.to = text_lower(act->arena, a.to);
	p = person_of(act, a.person, &body);
	if (p == NULL)
		return fail(err, RC_PARK, "no-member");
	end->body = body;
	if ((rc = refused(act, a.person, a.to, &why, err)) != RC_OK)
		return rc;
	if (why != NULL)
		return command ? fail(err, RC_PARK, "%s", why) :
		    refuse(act, &a, why, end);
	if (command)
		return move(act, &a, body, p->name, journal_id, err);
	if (strcmp(act->sender.by, "token") != 0)
		return fail(err, RC_PARK, "not confirmed");
	if (a.choice != NULL && strcmp(a.choice, OLD_SAID_YES) == 0 &&
	    text_equal_nocase(act->sender.email, a.to)) {
		end->tell = true;
		return move(act, &a, body, p->name, journal_id, err);
	}
	if (!text_equal_nocase(act->sender.email, a.person))
		return fail(err, RC_PARK, "not his own address");
	if ((rc = new_ask(act, &a, body, p->name, &sent, err)) != RC_OK)
		return rc;
	if (!sent)
		return fail(err, RC_PARK, "the new address cannot be asked");
	end->template = "address-asked";
	end->fields = fields_open(act->arena);
	fields_text(end->fields, "to", a.to);
	fields_text(end->fields, "valid_until", day_after(act,
	    act_language(act, body), PENDING_GOOD_S / 86400));
	end->no_line = true;
	return RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = person_move_undo(act->council->store, act->arena,
	    journal_id, act->council->now_at, err);

	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_address_change = {
	.action = ACTION_ADDRESS_CHANGE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
};
