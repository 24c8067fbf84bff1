/* SPDX-License-Identifier: MIT */
/* What goes to the sender: at most so many, to a stranger fixed words alone
 * (DESIGN «No loops»; THREATS 14). */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "council/decide.h"
#include "council/deed.h"
#include "council/seats.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/cpr.h"
#include "store/answered.h"
#include "store/world.h"
#include "understand/silence.h"

#define STRANGERS_OF_A_DOMAIN_HOUR 20	/* a forger has one victim's domain */
#define STRANGERS_A_DAY 200		/* whatever domains he thinks of */
#define REFERENCES_BYTES 900		/* of a thread: the last ones */

void
act_why(struct act *act, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (act->why.n > 0)
		buf_add_char(&act->why, '\n');
	buf_add(&act->why, arena_vprintf(act->arena, format, args));
	va_end(args);
}

const struct world_body *
act_body(const struct act *act)
{
	const struct purpose *p = act->purpose;

	if (p == NULL)
		return NULL;
	if (p->n_actions > 0)
		return action_body(act, &p->actions[0]);
	if (p->n_pending > 0)
		return action_body(act, &p->pending[0]);
	return world_body(act->council->world, p->body);
}

const char *
act_language(const struct act *act, const struct world_body *body)
{
	(void)act;
	return body != NULL && body->language != NULL ? body->language : "da";
}

const char *
day_after(const struct act *act, const char *language, int days)
{
	return day_words(act->arena, language, date_add_days(date_local(
	    act->council->now_at).day, days));
}

bool
answer_possible(const struct act *act)
{
	const struct world *world = act->council->world;

	if (act->sender.email == NULL)
		return false;
	/* RFC 3834 §2: a calendar's answer counts, but gets none */
	if (act->mail != NULL && silence_forbids_answer(act->mail, world))
		return false;
	for (size_t i = 0; i < world->n_addresses; i++)
		if (text_equal_nocase(world->addresses[i].email,
		    act->sender.email))
			return false;
	return !text_equal_nocase(world->mailbox, act->sender.email) &&
	    !text_equal_nocase(act->council->outbox->mailbox,
	    act->sender.email);
}

/* Whether the limits leave room for one more answer to that address. */
static enum rc
room(struct act *act, const char *email, bool stranger, bool *is_room,
    struct err *err)
{
	const struct council *c = act->council;
	struct answered n;
	enum rc rc = answered_count(c->store, email, stranger, c->now_at, &n,
	    err);

	if (rc != RC_OK)
		return rc;
	*is_room = n.address_hour < c->answers_per_hour && (!stranger ||
	    (n.stranger_day < c->stranger_answers_per_day &&
	    n.domain_hour < STRANGERS_OF_A_DOMAIN_HOUR &&
	    n.strangers_day < STRANGERS_A_DAY));
	if (!*is_room)
		act_why(act, "no answer: the limit on answers is reached");
	return RC_OK;
}

/* The ids of the thread, the last that fit. */
static const char *
references_of(const struct act *act)
{
	struct buf out = buf_open(act->arena);
	size_t first = act->mail->n_references, n = 0;

	while (first > 0 && (n += strlen(act->mail->references[first - 1]) +
	    1) < REFERENCES_BYTES)
		first--;
	for (size_t i = first; i < act->mail->n_references; i++)
		buf_addf(&out, "%s%s", out.n > 0 ? " " : "",
		    act->mail->references[i]);
	return out.n > 0 ? buf_text(&out) : NULL;
}

static enum rc
queue(struct act *act, struct outbox_draft *draft, bool stranger, bool *sent,
    int64_t *letter_id, struct err *err)
{
	int64_t id = 0;
	enum rc rc;

	*sent = false;
	if ((rc = room(act, draft->to, stranger, sent, err)) != RC_OK ||
	    !*sent)
		return rc;
	rc = outbox_queue(act->council->outbox, act->arena, draft, &id, NULL,
	    err);
	if (rc != RC_OK)
		*sent = rc == RC_NONE;	/* it is there already */
	if (rc == RC_NONE)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if (letter_id != NULL)
		*letter_id = id;
	return answered_add(act->council->store, draft->to, stranger,
	    act->council->now_at, err);
}

enum rc
answer_queue(struct act *act, struct outbox_draft *draft, bool *sent,
    int64_t *letter_id, struct err *err)
{
	const struct purpose_sender *s = &act->sender;

	*sent = false;
	if (!answer_possible(act)) {
		act_why(act, "no answer: nobody who can be answered");
		return RC_OK;
	}
	draft->to = s->email;
	draft->mail_id = act->mail_id;
	draft->to_name = !s->verified ? NULL : s->person != NULL ? s->person :
	    s->name;
	if (act->mail != NULL) {
		draft->in_reply_to = act->mail->message_id;
		draft->references = references_of(act);
	}
	return queue(act, draft, !s->verified, sent, letter_id, err);
}

enum rc
answer_other(struct act *act, struct outbox_draft *draft, const char *to,
    const char *to_name, bool *sent, int64_t *letter_id, struct err *err)
{
	draft->to = to;
	draft->to_name = to_name;
	draft->mail_id = act->mail_id;
	return queue(act, draft, !act->sender.verified, sent, letter_id, err);
}

/* A receipt whose deeds can be taken back asks for it with a one-time word. */
static bool
can_undo(const struct deed_end *ends, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct deed *deed = deed_of(ends[i].action->kind);

		if (deed->undo != NULL)
			return true;
	}
	return false;
}

/* The release among what was done; `n` where there is none. */
static size_t
release_of(const struct deed_end *ends, size_t n)
{
	size_t i = 0;

	while (i < n && ends[i].sends == NULL)
		i++;
	return i;
}

static bool
is_meeting(enum action_kind kind)
{
	return kind >= ACTION_MEETING_PLAN && kind <= ACTION_MEETING_GUEST;
}

static bool
has_meeting(const struct deed_end *ends, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_meeting(ends[i].action->kind))
			return true;
	return false;
}

/* A line of what was done; of a meeting what goes to whom. */
static void
end_fields(const struct act *act, struct json_fields *fields,
    const struct deed_end *end)
{
	struct json_fields *done = facts_deed(fields, "done", act->arena,
	    act_language(act, end->body), act->council->world, end->action,
	    act->sender.email);

	if (!is_meeting(end->action->kind))
		return;
	fields_text(done, "sends", end->sends);
	fields_flag(done, "letters", end->members + end->others > 0);
	fields_number(done, "members", (long)end->members);
	if (end->others > 0)
		fields_number(done, "others", (long)end->others);
}

static const char *
receipt_template(const struct act *act, const struct deed_end *ends, size_t n,
    size_t left)
{
	enum action_kind kind = ends[0].action->kind;
	bool alone = n == 1 && left == 0;

	if (alone && kind == ACTION_CONSENT)
		return "consent-yes";
	if (alone && kind == ACTION_CONSENT_REFUSE)
		return "consent-no";
	if (!act->sender.verified)
		return "receipt-stranger";
	if (alone && ends[0].template != NULL)
		return ends[0].template;
	if (has_meeting(ends, n))
		return "receipt-meeting";
	if (release_of(ends, n) < n)
		return ends[release_of(ends, n)].action->kind ==
		    ACTION_HEARING_APPROVE ? "receipt-hearing-approve" :
		    ends[release_of(ends, n)].action->kind ==
		    ACTION_MINUTES_APPROVE ? "receipt-minutes-approve" :
		    "receipt-agenda-approve";
	if (alone && ends[0].late_item)
		return "receipt-late";
	return alone && kind == ACTION_NOMINATION ? "receipt-nomination" :
	    "receipt";
}

/* Of several councils the house writes. */
static const struct world_body *
body_of_all(const struct deed_end *ends, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (ends[i].action->kind == ACTION_HEARING_OPEN &&
		    ends[i].body != ends[0].body)
			return NULL;
	return ends[0].body;
}

enum rc
receipt_queue(struct act *act, const struct deed_end *ends, size_t n,
    size_t left, struct err *err)
{
	const struct world_body *body = body_of_all(ends, n);
	const char *language = act_language(act, body), *ground = "";
	struct json_fields *fields = ends[0].fields != NULL ? ends[0].fields :
	    fields_open(act->arena);
	bool undo = can_undo(ends, n), sent;
	size_t files_left = 0;
	size_t release = release_of(ends, n);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "receipt/mail/%lld",
		    (long long)act->mail_id),
		.template = receipt_template(act, ends, n, left),
		.language = language,
		.kind = ends[0].action->kind == ACTION_APPLICATION ?
		    LETTER_APPLICATION_RECEIPT : LETTER_RECEIPT,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body,
		.fields = fields,
		.wants_token = undo,
	};
	enum rc rc;

	if (ends[0].action->kind == ACTION_DECIDE)
		return decide_receipt(act, ends, n, left, err);
	if (seat_receipt_is(ends, n, left))
		return seat_receipt(act, ends, n, err);
	rc = setting_load(act->council->store, act->arena, "ground", &ground,
	    err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (strcmp(draft.template, "receipt-late") == 0) {
		draft.kind = LETTER_LATE_ITEM;
		draft.ref = arena_printf(act->arena, "item:%lld@%s",
		    (long long)ends[0].number, ends[0].action->meeting);
	}
	fields_text(fields, "body", body == NULL ? NULL : body->name);
	fields_number(fields, "number", (long)ends[0].number);
	fields_text(fields, "name", ends[0].action->name);
	fields_text(fields, "ground", ground);
	fields_text(fields, "keep_until", day_after(act, language,
	    COUNCIL_KEEP_DAYS));
	fields_flag(fields, "asked", false);
	if (strcmp(draft.template, "receipt-nomination") == 0)
		fields_flag(fields, "asked", ends[0].asked);
	if (release < n) {
		fields_text(fields, "sends", ends[release].sends);
		fields_number(fields, "members", (long)ends[release].members);
		fields_number(fields, "others", (long)ends[release].others);
		fields_number(fields, "n_files", (long)ends[release].along);
	}
	for (size_t i = 0; i < n; i++) {
		if (ends[i].action->kind == ACTION_HEARING_OPEN)
			fields_flag(fields, "hearing_open", true);
		if (ends[i].action->kind == ACTION_HEARING_APPROVE)
			fields_flag(fields, "hearing_hand", true);
	}
	fields_flag(fields, "undo", undo);
	fields_flag(fields, "cpr", act->cpr);
	fields_flag(fields, "to_secretary", left > 0);
	for (size_t i = 0; i < n; i++)
		files_left += ends[i].files_left;
	fields_flag(fields, "files_left", files_left > 0);
	for (size_t i = 0; i < n; i++)
		end_fields(act, fields, &ends[i]);
	if (act->sender.verified && act->mail != NULL &&
	    strcmp(draft.template, "receipt") == 0 && !act->no_subject &&
	    cpr_find(act->mail->subject) == CPR_NONE)
		draft.reply_subject = act->mail->subject;
	return answer_queue(act, &draft, &sent, NULL, err);
}

enum rc
human_receipt(struct act *act, const char *reason, bool *sent,
    struct err *err)
{
	const struct world_body *body = act_body(act);
	struct json_fields *fields = fields_open(act->arena);
	bool distress = act->purpose != NULL && act->purpose->distress;
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "receipt/mail/%lld",
		    (long long)act->mail_id),
		/* In distress the telephone numbers, whoever writes: they are
		 * fixed words, too. */
		.template = distress ? "human-distress" :
		    !act->sender.verified ? "receipt-stranger" :
		    arena_printf(act->arena, "human-%s", reason),
		.language = act_language(act, body),
		.kind = LETTER_RECEIPT,
		.class = distress ? LETTER_URGENT : LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body,
		.fields = fields,
	};

	fields_flag(fields, "cpr", act->cpr);
	if (strcmp(reason, "by-organisation") == 0)
		seat_fields_named_by(act, body, fields);
	return answer_queue(act, &draft, sent, NULL, err);
}
