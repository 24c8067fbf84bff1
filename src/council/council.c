/* SPDX-License-Identifier: MIT */
/* Carries a purpose out: the deeds, then one answer to the sender, and what
 * the secretary must hear. The caller holds the transaction of that mail.
 *
 * Which template says what:
 *   act     receipt, receipt-application, receipt-nomination, consent-yes,
 *           consent-no, receipt-resign, address-…, undo-done, undo-nothing, undo-too-late; to somebody
 *           unverified receipt-application or receipt-stranger
 *   ask     ask-REASON to the sender; confirm, ask-other-address and
 *           consent-ask to others
 *   human   human-REASON, human-distress, receipt-stranger
 *   others  nomination-ended to the one who proposed
 *   to the secretary  notice-application, -nomination, -consent, -done,
 *           -human, -distress, -forgery, -undo, -undo-late, -unreachable,
 *           -unreadable, -letter-failed, -letter-uncertain */
#include "council/council.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "council/member_deed.h"
#include "render/fields.h"
#include "rules/cpr.h"

enum { FOLDER_DONE, FOLDER_SECRETARY, FOLDER_FAULT };

static struct act
act_open(struct council *council, struct arena *arena, int64_t mail_id,
    const struct mail *mail, const struct purpose *purpose)
{
	struct act act = {
		.council = council,
		.arena = arena,
		.mail_id = mail_id,
		.said_mail_id = mail_id,
		.mail = mail,
		.purpose = purpose,
		.why = buf_open(arena),
	};

	if (purpose == NULL)
		return act;
	act.sender = purpose->sender;
	act.sender.name = cpr_mask(arena, act.sender.name, CPR_POSSIBLE, NULL);
	/* The purpose is masked already; the mail itself still tells. */
	act.cpr = mail != NULL && (cpr_find(mail->text) != CPR_NONE ||
	    cpr_find(mail->html_text) != CPR_NONE ||
	    cpr_find(mail->subject) != CPR_NONE);
	/* what was read, «jeg har feber», may be why somebody stays away */
	for (size_t i = 0; i < purpose->n_why; i++)
		if (!reason_may_be_told(purpose) ||
		    !text_starts(purpose->why[i], "\xc2\xab"))
			act_why(&act, "%s", purpose->why[i]);
	return act;
}

static enum rc
act_end(struct act *act, enum outcome outcome, const char *reason,
    int32_t folder, struct council_end *end)
{
	*end = (struct council_end){
		.outcome = outcome,
		.reason = outcome == OUTCOME_ACT || reason == NULL ?
		    outcome_word(outcome) : arena_printf(act->arena, "%s-%s",
		    outcome_word(outcome), reason),
		.why = act->why.n > 0 ? cpr_mask(act->arena,
		    buf_text(&act->why), CPR_POSSIBLE, NULL) : NULL,
		.folder = folder,
	};
	return RC_OK;
}

static enum rc
to_human(struct act *act, const char *reason, struct council_end *end,
    struct err *err)
{
	bool answered = false;
	enum rc rc;

	if (reason == NULL)
		reason = "not-understood";
	if ((rc = hearing_other_note(act, err)) != RC_OK ||
	    (strcmp(reason, "resigns") == 0 &&
	    (rc = resign_ask(act, &answered, err)) != RC_OK) ||
	    (!answered &&
	    (rc = human_receipt(act, reason, &answered, err)) != RC_OK) ||
	    (rc = notice_human(act, reason, answered, err)) != RC_OK)
		return rc;
	return act_end(act, OUTCOME_HUMAN, reason, FOLDER_SECRETARY, end);
}

/* Of what nobody here carries out: why a person must look. */
static const char *
left_reason(const struct purpose *p)
{
	if (p->outcome == OUTCOME_HUMAN)
		return p->reason;
	for (size_t i = 0; i < p->n_actions; i++)
		if (p->actions[i].kind == ACTION_HEARING_OPEN)
			return "hearing";
	return "not-allowed";
}

/* One receipt a mail: none beside a letter that is one. */
static bool
is_answered(const struct deed_end *ends, size_t n, size_t left)
{
	for (size_t i = 0; i < n; i++)
		if (!ends[i].answers)
			return false;
	return left == 0;
}

/* The receipt, the secretary's notice, and what is left for a person. */
static enum rc
acted(struct act *act, const struct deed_end *ends, size_t n, size_t left,
    struct council_end *end, struct err *err)
{
	const struct purpose *p = act->purpose;
	bool asked = false;
	enum rc rc;

	if (n == 0 && act->answered)
		return act_end(act, OUTCOME_ASK, "draft", FOLDER_DONE, end);
	if (n == 0)
		return to_human(act, act->reason != NULL ? act->reason :
		    left_reason(p), end, err);
	/* the deed's own letter was the answer */
	if (n == 1 && left == 0 && act->answered)
		return act_end(act, OUTCOME_ACT, NULL, FOLDER_DONE, end);
	if ((!is_answered(ends, n, left) && (rc = receipt_queue(act, ends, n,
	    left, err)) != RC_OK) ||
	    (rc = notice_done(act, ends, n, err)) != RC_OK)
		return rc;
	if (left > 0 && (rc = notice_human(act, "not-understood", true,
	    err)) != RC_OK)
		return rc;
	/* A question has its own letter: its answer must find it. */
	if (p->n_pending > 0 && p->reason != NULL && (rc = ask_queue(act,
	    p->pending, p->n_pending, p->reason, &asked, err)) != RC_OK)
		return rc;
	return act_end(act, OUTCOME_ACT, NULL, left > 0 ? FOLDER_SECRETARY :
	    FOLDER_DONE, end);
}

static enum rc
act_do(struct act *act, struct council_end *end, struct err *err)
{
	const struct purpose *p = act->purpose;
	const char *reason = NULL;
	struct deed_end *ends = NULL;
	size_t n = 0, left = 0;
	enum rc rc;

	if (p->n_actions == 1 && p->actions[0].kind == ACTION_UNDO) {
		if ((rc = undo_run(act, &p->actions[0], &reason, err)) !=
		    RC_OK)
			return rc;
		return reason != NULL ? to_human(act, reason, end, err) :
		    act_end(act, OUTCOME_ACT, NULL, FOLDER_DONE, end);
	}
	if (p->n_actions == 1 && p->actions[0].kind == ACTION_CONFIRM) {
		if ((rc = confirm_run(act, &p->actions[0], &ends, &n, &left,
		    &reason, err)) != RC_OK)
			return rc;
		if (reason != NULL)
			return to_human(act, reason, end, err);
	} else if ((rc = deeds_run(act, p->actions, p->n_actions, &ends, &n,
	    &left, err)) != RC_OK) {
		return rc;
	}
	return acted(act, ends, n, left, end, err);
}

static enum rc
act_ask(struct act *act, struct council_end *end, struct err *err)
{
	const struct purpose *p = act->purpose;
	const char *reason = p->reason != NULL ? p->reason : "two-readings";
	bool sent;
	enum rc rc = ask_queue(act, p->pending, p->n_pending, reason, &sent,
	    err);

	if (rc != RC_OK)
		return rc;
	/* Nobody could be asked: a loop, a flood, or no address. */
	if (!sent)
		return act_end(act, OUTCOME_SILENT, "limit",
		    FOLDER_SECRETARY, end);
	return act_end(act, OUTCOME_ASK, reason, FOLDER_DONE, end);
}

static enum rc
alarm_tell(struct act *act, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);

	fields_number(fields, "mail", (long)act->mail_id);
	fields_text(fields, "from", act->sender.email);
	return notice_queue(act, &(struct notice){ .name = "forgery",
	    .body = act_body(act), .fields = fields, .urgent = true }, err);
}

enum rc
council_carry_out(struct council *council, struct arena *arena,
    int64_t mail_id, const struct mail *mail, const struct purpose *purpose,
    struct council_end *end, struct err *err)
{
	struct act act = act_open(council, arena, mail_id, mail, purpose);
	enum rc rc = reason_forget(&act, &act.no_subject, err);

	if (rc != RC_OK)
		return rc;
	if (purpose->alarm && (rc = alarm_tell(&act, err)) != RC_OK)
		return rc;
	if (purpose->unreachable != NULL &&
	    (rc = member_unreachable(&act, err)) != RC_OK)
		return rc;
	if (purpose->outcome != OUTCOME_SILENT && act.sender.verified &&
	    (rc = member_reached(&act, act.sender.email, err)) != RC_OK)
		return rc;
	switch (purpose->outcome) {
	case OUTCOME_ACT:
		return act_do(&act, end, err);
	case OUTCOME_ASK:
		return act_ask(&act, end, err);
	case OUTCOME_HUMAN:
		return to_human(&act, purpose->reason, end, err);
	case OUTCOME_SILENT:
		break;
	}
	return act_end(&act, OUTCOME_SILENT, purpose->reason, FOLDER_DONE,
	    end);
}

/* Of a mail of which only the head could be read: may it be answered? RFC
 * 3834 §2, as far as a head tells. */
static bool
head_may_be_answered(const struct mail *mail)
{
	const char *automatic;

	if (mail == NULL || !mail->from_is_plain || mail->from.n != 1 ||
	    (mail->return_path != NULL && mail->return_path[0] == '\0'))
		return false;
	automatic = mail_header(mail, "Auto-Submitted");
	return (automatic == NULL || text_starts_nocase(automatic, "no")) &&
	    mail_header(mail, "List-Id") == NULL &&
	    mail_header(mail, "List-Unsubscribe") == NULL &&
	    mail_header(mail, "Precedence") == NULL;
}

enum rc
council_set_aside(struct council *council, struct arena *arena,
    int64_t mail_id, const struct mail *mail, const char *reason,
    struct council_end *end, struct err *err)
{
	struct act act = act_open(council, arena, mail_id, mail, NULL);
	struct json_fields *fields = fields_open(arena);
	bool sent = false;
	enum rc rc;

	if (mail != NULL && mail->from.n > 0) {
		act.sender.email = mail->from.list[0].email;
		act.sender.verified = mail->auth == MAIL_AUTH_PASS;
		act.sender.name = cpr_mask(arena, mail->from.list[0].name,
		    CPR_POSSIBLE, NULL);
	}
	act_why(&act, "set aside: %s", reason);
	fields_number(fields, "mail", (long)mail_id);
	fields_flag(fields, "too_large", text_find_nocase(reason, "large") !=
	    NULL);
	fields_text(fields, "from", act.sender.email);
	if ((rc = notice_queue(&act, &(struct notice){ .name = "unreadable",
	    .fields = fields, .urgent = true }, err)) != RC_OK)
		return rc;
	if (head_may_be_answered(mail) && (rc = human_receipt(&act,
	    "unreadable", &sent, err)) != RC_OK)
		return rc;
	return act_end(&act, OUTCOME_HUMAN, "unreadable", FOLDER_FAULT, end);
}

enum rc
council_letter_failed(struct council *council, struct arena *arena,
    const struct letter_row *letter, struct err *err)
{
	struct act act = act_open(council, arena, letter->mail_id, NULL, NULL);
	const struct world_body *body = world_body(council->world,
	    letter->body);
	bool uncertain = letter->state == LETTER_UNCERTAIN;
	struct json_fields *fields = fields_open(arena);
	const char *to = secretary_of(&act, body);
	enum rc rc;

	if (to == NULL || text_equal_nocase(to, letter->to))
		return RC_OK;	/* she cannot be told by mail */
	fields_number(fields, "letter", (long)letter->letter_id);
	fields_text(fields, "letter_subject", letter->subject);
	fields_text(fields, "letter_to", letter->to);
	fields_text(fields, "answer", letter->answer);
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "notice/letter/%lld/%s",
	    (long long)letter->letter_id, uncertain ? "uncertain" : "failed"),
	    .template = uncertain ? "notice-letter-uncertain" :
	    "notice-letter-failed",
	    .language = act_language(&act, body),
	    .kind = LETTER_NOTICE,
	    .class = LETTER_ANSWER,
	    .ref = arena_printf(arena, "letter:%lld",
	    (long long)letter->letter_id),
	    .body = body,
	    .to = to,
	    .fields = fields }, NULL, NULL, err);
	return rc == RC_NONE ? RC_OK : rc;
}
