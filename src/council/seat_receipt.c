/* SPDX-License-Identifier: MIT */
/* One receipt for the applications of a mail: what is missing is asked for in
 * it, once; one that came too late asks whether it may be kept. */
#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "council/seats.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/application.h"
#include "store/pending.h"
#include "store/seat.h"
#include "store/world.h"

#define GROUPS_MOST 40	/* a question names no more */

bool
seat_receipt_is(const struct deed_end *ends, size_t n, size_t left)
{
	if (n == 1 && left == 0 && ends[0].template != NULL)
		return true;
	for (size_t i = 0; i < n; i++)
		if (ends[i].action->kind != ACTION_APPLICATION ||
		    ends[i].for_other != ends[0].for_other ||
		    ends[i].late != ends[0].late)
			return false;
	/* What is kept as a proposal, or comes late, is said of one alone. */
	return left == 0 && (n == 1 || (!ends[0].for_other &&
	    !ends[0].late));
}

static struct outbox_draft
draft_open(struct act *act, const struct deed_end *end, const char *template,
    struct json_fields *fields)
{
	return (struct outbox_draft){
		.key = arena_printf(act->arena, "receipt/mail/%lld",
		    (long long)act->mail_id),
		.template = template,
		.language = act_language(act, end->body),
		.kind = LETTER_RECEIPT,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = end->body,
		.fields = fields,
		.wants_token = true,
	};
}

/* The kinds of seats that one can apply for in a council, once each. */
static enum rc
groups_add(struct act *act, const struct world_body *body,
    const char *words[GROUPS_MOST], size_t *n, struct err *err)
{
	struct seat_rules rules;
	enum rc rc = seats_load(act->council->store, act->arena, body->slug,
	    date_local(act->council->now_at).day, &rules, err);

	for (size_t i = 0; rc == RC_OK && i < rules.n; i++) {
		const char *word = seat_group_words(act->arena, act_language(
		    act, body), rules.groups[i].group);
		bool there = rules.groups[i].named_by != NULL;

		for (size_t k = 0; k < *n; k++)
			there = there || strcmp(words[k], word) == 0;
		if (!there && *n < GROUPS_MOST)
			words[(*n)++] = word;
	}
	return rc;
}

/* Of several applications all that is missing is asked for together. */
static enum rc
asks_fields(struct act *act, const struct deed_end *ends, size_t n,
    struct json_fields *fields, struct err *err)
{
	static const char *const all[] = { "residence", "words", "group" };
	const char *words[GROUPS_MOST];
	size_t n_words = 0;
	enum rc rc = RC_OK;
	bool any = false;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
			if (seat_in_list(ends[i].asks, all[k])) {
				fields_flag(fields, all[k], true);
				any = true;
			}
		if (seat_in_list(ends[i].asks, "group"))
			rc = groups_add(act, ends[i].body, words, &n_words,
			    err);
	}
	fields_flag(fields, "asks", any);
	fields_text(fields, "groups", seat_groups_or(act->arena, act_language(
	    act, ends[0].body), words, n_words));
	return rc;
}

/* The promise of the open call; none where there is no call. */
static enum rc
promise_fields(struct act *act, const struct world_body *body,
    struct json_fields *fields, struct err *err)
{
	const char *language = act_language(act, body);
	struct call_row call;
	enum rc rc = call_newest(act->council->store, act->arena, body->slug,
	    &call, err);

	if (rc != RC_OK || call.state == CALL_ENDED)
		return rc == RC_NONE ? RC_OK : rc;
	fields_text(fields, "deadline", day_words(act->arena, language,
	    call.deadline_day));
	if (call_is_open(call.state))
		fields_text(fields, "answer_by", day_words(act->arena,
		    language, call.answer_day));
	return RC_OK;
}

static enum rc
application_fields(struct act *act, const struct deed_end *ends, size_t n,
    struct json_fields *fields, struct err *err)
{
	const char *language = act_language(act, ends[0].body);
	const char **names = arena_array(act->arena, n + 1, sizeof *names);
	bool replaces = false;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		names[i] = ends[i].body->name;
		replaces = replaces || ends[i].replaces;
		if (n > 1) {
			struct json_fields *item = fields_item(fields,
			    "applications");

			fields_text(item, "body", names[i]);
			fields_number(item, "number", (long)ends[i].number);
		}
	}
	fields_text(fields, "bodies", words_join(act->arena, language, names,
	    n));
	fields_flag(fields, "one", n == 1);
	fields_flag(fields, "several", n > 1);
	fields_flag(fields, "replaces", replaces);
	fields_number(fields, "number", (long)ends[0].number);
	if ((rc = asks_fields(act, ends, n, fields, err)) != RC_OK)
		return rc;
	return promise_fields(act, ends[0].body, fields, err);
}

static void
late_fields(struct act *act, const struct deed_end *end,
    struct json_fields *fields)
{
	const char *language = act_language(act, end->body);

	fields_text(fields, "body", end->body->name);
	fields_text(fields, "valid_until", day_after(act, language,
	    PENDING_GOOD_S / 86400));
	fields_text(fields, "kept_until", day_after(act, language,
	    COUNCIL_KEEP_DAYS));
	fields_text(fields, "delete_on", day_after(act, language,
	    COUNCIL_CONSENT_DAYS));
}

/* «ja» keeps it, «nej tak» takes it out (understand/answer.c). */
static enum rc
late_ask(struct act *act, const struct deed_end *end,
    struct outbox_draft *draft, struct err *err)
{
	const struct action keep = { .kind = ACTION_APPLICATION_KEEP,
		.part = -1, .body = end->body->slug };
	int64_t letter_id = 0, pending_id;
	bool sent;
	enum rc rc;

	draft->kind = LETTER_CONFIRM;
	draft->ref = arena_printf(act->arena, "application:%lld",
	    (long long)end->number);
	rc = answer_queue(act, draft, &sent, &letter_id, err);
	if (rc != RC_OK || letter_id == 0)
		return rc;
	return pending_add(act->council->store, &(struct pending_row){
	    .mail_id = act->mail_id, .letter_id = letter_id,
	    .email = act->sender.email, .reason = "confirm",
	    .asked_at = act->council->now_at,
	    .expires_at = act->council->now_at + PENDING_GOOD_S,
	    .actions = &keep, .n_actions = 1 }, &pending_id, err);
}

static enum rc
own_receipt(struct act *act, const struct deed_end *end, struct err *err)
{
	struct outbox_draft draft = draft_open(act, end, end->template,
	    end->fields);
	bool sent;

	draft.files = end->files;
	draft.n_files = end->n_files;
	return answer_queue(act, &draft, &sent, NULL, err);
}

enum rc
seat_receipt(struct act *act, const struct deed_end *ends, size_t n,
    struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = draft_open(act, &ends[0],
	    ends[0].for_other ? "receipt-nomination-other" : ends[0].late ?
	    "receipt-application-late" : "receipt-application", fields);
	const char *ground = "";
	bool sent;
	enum rc rc;

	if (ends[0].template != NULL)
		return own_receipt(act, &ends[0], err);
	rc = setting_load(act->council->store, act->arena, "ground", &ground,
	    err);
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	fields_text(fields, "ground", ground);
	fields_text(fields, "keep_until", day_after(act, draft.language,
	    COUNCIL_KEEP_DAYS));
	fields_flag(fields, "asked", ends[0].asked);
	fields_flag(fields, "undo", true);
	fields_flag(fields, "cpr", act->cpr);
	if (ends[0].for_other) {
		fields_text(fields, "body", ends[0].body->name);
		fields_number(fields, "number", (long)ends[0].number);
		return answer_queue(act, &draft, &sent, NULL, err);
	}
	draft.kind = LETTER_APPLICATION_RECEIPT;
	if ((rc = application_fields(act, ends, n, fields, err)) != RC_OK)
		return rc;
	if (!ends[0].late)
		return answer_queue(act, &draft, &sent, NULL, err);
	late_fields(act, &ends[0], fields);
	return late_ask(act, &ends[0], &draft, err);
}
