/* SPDX-License-Identifier: MIT */
/* What goes to the secretary: a number and the facts; a citizen's words only
 * within the municipality's own mail (THREATS, law 2). */
#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"

const char *
secretary_of(const struct act *act, const struct world_body *body)
{
	for (size_t i = 0; body != NULL && i < body->n_people; i++)
		if (body->people[i].role == ROLE_SECRETARY)
			return body->people[i].email;
	return act->council->outbox->secretary;
}

bool
secretary_is_trusted(const struct act *act, const char *email)
{
	const char *ours = strrchr(act->council->outbox->mailbox, '@');
	const char *hers = email == NULL ? NULL : strrchr(email, '@');

	return ours != NULL && text_equal_nocase(ours, hers);
}

enum rc
notice_queue(struct act *act, const struct notice *notice, struct err *err)
{
	const char *to = secretary_of(act, notice->body);
	enum rc rc;

	if (to == NULL) {
		act_why(act, "no secretary is configured: nobody was told");
		return RC_OK;
	}
	rc = outbox_queue(act->council->outbox, act->arena,
	    &(struct outbox_draft){
	    .key = arena_printf(act->arena, "notice/mail/%lld/%s%s%s",
	    (long long)act->mail_id, notice->name, notice->of == NULL ? "" :
	    "/", notice->of == NULL ? "" : notice->of),
	    .template = arena_printf(act->arena, "notice-%s", notice->name),
	    .language = act_language(act, notice->body),
	    .kind = LETTER_NOTICE,
	    .class = notice->urgent ? LETTER_URGENT : LETTER_ANSWER,
	    .ref = arena_printf(act->arena, "mail:%lld",
	    (long long)act->mail_id),
	    .body = notice->body,
	    .to = to,
	    .mail_id = act->mail_id,
	    .fields = notice->fields }, NULL, NULL, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* The fields of the part «the-mail»; to a secretary elsewhere the number. */
static void
mail_fields(const struct act *act, const char *to, const char *language,
    struct json_fields *fields)
{
	const struct purpose *p = act->purpose;

	if (secretary_is_trusted(act, to) && act->mail != NULL && p != NULL) {
		facts_mail(fields, act->arena, language, act->mail_id,
		    act->council->now_at, act->mail, p, p->text);
		return;
	}
	fields_number(fields, "mail", (long)act->mail_id);
	fields_flag(fields, "verified", act->sender.verified);
}

/* By when an authority wants its answer; NULL: it is no hearing, or says no
 * day. */
static const char *
deadline_words(const struct act *act, const struct world_body *body)
{
	const struct purpose *p = act->purpose;

	for (size_t i = 0; p != NULL && i < p->n_actions; i++)
		if (p->actions[i].kind == ACTION_HEARING_OPEN &&
		    p->actions[i].deadline_day.year != 0)
			return day_words(act->arena, act_language(act, body),
			    p->actions[i].deadline_day);
	return NULL;
}

enum rc
notice_human(struct act *act, const char *reason, bool answered,
    struct err *err)
{
	const struct world_body *body = act_body(act);
	const char *to = secretary_of(act, body);
	struct json_fields *fields = fields_open(act->arena);
	bool distress = act->purpose != NULL && act->purpose->distress;
	enum rc rc = mail_waiting_ask(act, reason, err);

	if (rc != RC_OK)
		return rc;
	fields_flag(fields, "answered", answered);
	if (distress) {
		/* Nothing is quoted; she reads the mail itself. */
		fields_number(fields, "mail", (long)act->mail_id);
		fields_text(fields, "from", secretary_is_trusted(act, to) ?
		    act->sender.email : NULL);
		return notice_queue(act, &(struct notice){ .name = "distress",
		    .body = body, .fields = fields, .urgent = true }, err);
	}
	mail_fields(act, to, act_language(act, body), fields);
	fields_flag(fields, reason, true);
	fields_text(fields, "deadline", deadline_words(act, body));
	fields_flag(fields, "cpr", act->cpr);
	return notice_queue(act, &(struct notice){ .name = "human",
	    .body = body, .fields = fields }, err);
}

enum rc
notice_done(struct act *act, const struct deed_end *ends, size_t n,
    struct err *err)
{
	const struct world_body *body = n > 0 ? ends[0].body : NULL;
	struct json_fields *fields = fields_open(act->arena);
	bool tell = false, urgent = false;

	for (size_t i = 0; i < n; i++) {
		if (!ends[i].tell)
			continue;
		deed_fields(act, fields, "done", ends[i].action, NULL);
		tell = true;
		urgent = urgent || ends[i].urgent;
	}
	if (!tell)
		return RC_OK;
	fields_number(fields, "mail", (long)act->mail_id);
	fields_text(fields, "by", act->sender.person != NULL &&
	    act->sender.verified ? act->sender.person : act->sender.email);
	return notice_queue(act, &(struct notice){ .name = "done", .body = body,
	    .fields = fields, .urgent = urgent }, err);
}
