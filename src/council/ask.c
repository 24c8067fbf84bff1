/* SPDX-License-Identifier: MIT */
/* One question to the sender, or to the address on file, and what its answer
 * will carry out. */
#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "render/fields.h"
#include "store/pending.h"

/* Who is asked: the sender himself, or the one whom it concerns. */
enum whom { ASK_SENDER, ASK_PERSON, ASK_ADDRESS };

static const struct question {
	const char *reason;
	enum whom whom;
} questions[] = {
	{ "unknown-person", ASK_PERSON },
	{ "other-person", ASK_PERSON },
	{ "calendar-other", ASK_PERSON },
	{ "confirm", ASK_PERSON },
	{ "other-address", ASK_ADDRESS },
};

static enum whom
whom_to_ask(const char *reason)
{
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		if (strcmp(questions[i].reason, reason) == 0)
			return questions[i].whom;
	return ASK_SENDER;
}

/* The address on file of the one an action concerns; NULL where the tables
 * know nobody of that address. */
static const char *
on_file(const struct act *act, const char *email)
{
	const struct world *world = act->council->world;
	const struct world_person *p;

	for (size_t i = 0; email != NULL && i < world->n_bodies; i++)
		if ((p = world_person(&world->bodies[i], email)) != NULL)
			return p->email;
	return NULL;
}

/* All that a template ask-… may name; to a stranger nothing of his mail. */
static struct json_fields *
ask_fields(struct act *act, const struct world_body *body,
    const struct action *pending, size_t n)
{
	const char *language = act_language(act, body);
	struct json_fields *f = fields_open(act->arena);
	const struct purpose *p = act->purpose;
	bool known = act->sender.verified;

	fields_text(f, "valid_until", day_after(act, language,
	    PENDING_GOOD_S / 86400));
	fields_text(f, "body", body == NULL ? NULL : body->name);
	fields_text(f, "meeting", n == 0 ? NULL : facts_meeting(act->arena,
	    language, act->council->world, pending[0].meeting));
	fields_text(f, "name", known && n > 0 ? pending[0].name : NULL);
	fields_text(f, "title", known && n > 0 ? pending[0].title : NULL);
	facts_choices(f, act->arena, language, act->council->world,
	    p->choices, p->n_choices);
	facts_topics(f, act->arena, body);
	return f;
}

static const char *
choices_text(const struct act *act)
{
	struct buf out = buf_open(act->arena);

	for (size_t i = 0; i < act->purpose->n_choices; i++)
		buf_addf(&out, "%s%s", i > 0 ? "\n" : "",
		    act->purpose->choices[i]);
	return out.n > 0 ? buf_text(&out) : NULL;
}

static enum rc
pending_keep(struct act *act, int64_t letter_id, const char *email,
    const char *reason, const struct action *pending, size_t n,
    struct err *err)
{
	int64_t id;

	if (n == 0 || letter_id == 0)
		return RC_OK;
	return pending_add(act->council->store, &(struct pending_row){
	    .mail_id = act->mail_id, .letter_id = letter_id, .email = email,
	    .reason = reason, .choices = choices_text(act),
	    .asked_at = act->council->now_at,
	    .expires_at = act->council->now_at + PENDING_GOOD_S,
	    .actions = actions_masked(act, pending, n), .n_actions = n }, &id, err);
}

static struct outbox_draft
draft_of(struct act *act, const struct world_body *body, const char *template,
    const char *key, bool wants_token)
{
	return (struct outbox_draft){
		.key = key,
		.template = template,
		.language = act_language(act, body),
		.kind = wants_token ? LETTER_CONFIRM : LETTER_OTHER,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body,
		.wants_token = wants_token,
	};
}

static enum rc
sender_ask(struct act *act, const struct action *pending, size_t n,
    const char *reason, bool *sent, struct err *err)
{
	const struct world_body *body = act_body(act);
	/* Somebody unverified whose address is not on file is a stranger:
	 * what he asked for is not read back to him. */
	bool stranger = !act->sender.verified &&
	    on_file(act, act->sender.email) == NULL;
	struct json_fields *fields = ask_fields(act, body, pending, n);
	struct outbox_draft draft = draft_of(act, body,
	    arena_printf(act->arena, "ask-%s", reason),
	    arena_printf(act->arena, "ask/mail/%lld",
	    (long long)act->mail_id), n > 0);
	int64_t letter_id = 0;
	enum rc rc;

	draft.fields = fields;
	fields_flag(fields, reason, true);
	for (size_t i = 0; i < n && !stranger; i++)
		deed_fields(act, fields, "asked_for", &pending[i],
		    act->sender.email);
	if ((rc = answer_queue(act, &draft, sent, &letter_id, err)) != RC_OK ||
	    !*sent)
		return rc;
	return pending_keep(act, letter_id, act->sender.email, reason,
	    pending, n, err);
}

/* One letter to each address that something is asked of. */
static enum rc
other_ask(struct act *act, const struct action *pending, const char *email,
    const char *reason, enum whom whom, bool *sent, struct err *err)
{
	const struct world_body *body = action_body(act, pending);
	const struct world_person *p = body == NULL ? NULL :
	    world_person(body, email);
	struct json_fields *fields = ask_fields(act, body, pending, 1);
	struct outbox_draft draft = draft_of(act, body,
	    whom == ASK_ADDRESS ? "ask-other-address" : "confirm",
	    arena_printf(act->arena, "confirm/mail/%lld/%s/%s",
	    (long long)act->mail_id, action_word(pending->kind), email),
	    true);
	int64_t letter_id = 0;
	enum rc rc;

	draft.fields = fields;
	fields_text(fields, "from", act->sender.email);
	deed_fields(act, fields, "asked_for", pending, email);
	if ((rc = answer_other(act, &draft, email, p == NULL ? NULL : p->name,
	    sent, &letter_id, err)) != RC_OK || !*sent)
		return rc;
	return pending_keep(act, letter_id, email, reason, pending, 1, err);
}

/* Asks whoever each action concerns; those nobody else can answer are left
 * for the sender himself. */
enum rc
ask_queue(struct act *act, const struct action *pending, size_t n,
    const char *reason, bool *sent, struct err *err)
{
	enum whom whom = whom_to_ask(reason);
	struct action *own = arena_array(act->arena, n + 1, sizeof *own);
	size_t n_own = 0;
	enum rc rc;

	*sent = false;
	for (size_t i = 0; i < n; i++) {
		const char *email = whom == ASK_ADDRESS ? pending[i].email :
		    whom == ASK_PERSON ? on_file(act, pending[i].person) :
		    NULL;
		bool asked;

		if (email == NULL ||
		    text_equal_nocase(email, act->sender.email)) {
			own[n_own++] = pending[i];
			continue;
		}
		if ((rc = other_ask(act, &pending[i], email, reason, whom,
		    &asked, err)) != RC_OK)
			return rc;
		*sent = *sent || asked;
	}
	/* That a strange address was asked is nobody's business but its own. */
	if (whom == ASK_ADDRESS && n_own == 0 && *sent)
		return RC_OK;
	return sender_ask(act, own, n_own, reason, sent, err);
}
