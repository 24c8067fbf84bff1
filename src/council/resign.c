/* SPDX-License-Identifier: MIT */
/* «Jeg træder ud af rådet». It may be said in anger, or by somebody who is
 * ill: the member is asked once, the secretary knows from the first mail, and
 * the place ends with the member's own «ja». */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/pending.h"

/* The one council that he can mean. */
static const struct world_body *
body_of(const struct act *act)
{
	const struct world *world = act->council->world;
	const struct world_body *named = act_body(act), *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < world->n_bodies; i++)
		for (size_t k = 0; k < world->bodies[i].n_people; k++) {
			const struct world_person *p =
			    &world->bodies[i].people[k];

			if (!member_is_seat(p->role) || !text_equal_nocase(
			    p->email, act->sender.email))
				continue;
			if (named == &world->bodies[i])
				return named;
			if (only != &world->bodies[i])
				n++;
			only = &world->bodies[i];
		}
	return named == NULL && n == 1 ? only : NULL;
}

enum rc
resign_ask(struct act *act, bool *asked, struct err *err)
{
	const struct world_body *body = body_of(act);
	const char *language = act_language(act, body);
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "resign/mail/%lld",
		    (long long)act->mail_id),
		.template = "resign-ask", .language = language,
		.kind = LETTER_CONFIRM, .class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body, .fields = fields, .wants_token = true,
	};
	struct action action = { .kind = ACTION_RESIGN, .part = -1,
		.person = act->sender.email };
	int64_t letter_id = 0, id;
	enum rc rc;

	*asked = false;
	if (body == NULL || !act->sender.verified || act->mail_id == 0)
		return RC_OK;
	action.body = body->slug;
	fields_text(fields, "valid_until", day_after(act, language,
	    PENDING_GOOD_S / 86400));
	if ((rc = answer_queue(act, &draft, asked, &letter_id, err)) != RC_OK
	    || !*asked)
		return rc;
	return pending_add(act->council->store, &(struct pending_row){
	    .mail_id = act->mail_id, .letter_id = letter_id,
	    .email = act->sender.email, .reason = "resigns",
	    .asked_at = act->council->now_at,
	    .expires_at = act->council->now_at + PENDING_GOOD_S,
	    .actions = &action, .n_actions = 1 }, &id, err);
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	struct date last = date_local(act->council->now_at).day;
	struct json_fields *fields = fields_open(act->arena);
	struct place_row was;
	enum rc rc;

	if (body == NULL || action->person == NULL ||
	    !text_equal_nocase(action->person, act->sender.email))
		return fail(err, RC_PARK, "only the member himself resigns");
	if ((rc = member_unseat(act->council, act->arena, body,
	    action->person, last, journal_id, &was, err)) != RC_OK ||
	    (rc = vacancy_ask(act->council, act->arena, body, &was,
	    journal_id, err)) != RC_OK ||
	    (rc = decision_moot(act->council, arena_printf(act->arena,
	    "mail/%lld", (long long)act->said_mail_id), err)) != RC_OK)
		return rc;
	fields_text(fields, "last", day_words(act->arena, act_language(act,
	    body), last));
	end->template = "receipt-resign";
	end->fields = fields;
	end->tell = true;
	return RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = vacancy_moot(act->council, act->arena, journal_id, err);

	if (rc == RC_OK)
		rc = member_letters_undo(act->council, act->arena, journal_id,
		    err);
	return rc != RC_OK ? rc : place_undo(act->council->store, journal_id,
	    err);
}

/* Too late once somebody else has been told that the seat is his. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	enum rc rc = member_letters_gone(act->council, act->arena, journal_id,
	    gone, err);

	return rc != RC_OK || *gone ? rc : vacancy_filled(act->council,
	    act->arena, journal_id, gone, err);
}

const struct deed deed_resign = {
	.action = ACTION_RESIGN,
	.who = MAY_MEMBER,
	.run = run,
	.undo = undo,
	.gone = gone,
};
