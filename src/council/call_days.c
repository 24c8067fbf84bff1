/* SPDX-License-Identifier: MIT */
/* What the days bring for a call: its letters, the reminder a week before the
 * deadline, the list when it is over, and what the receipts promised. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "council/deed.h"
#include "council/seats.h"
#include "council/gathering.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/template.h"
#include "rules/year.h"
#include "store/application.h"
#include "store/seat.h"

#define PROMISE_DAYS 7	/* before the day that the receipts name */
#define PEOPLE_AT_ONCE 10	/* of a file's template: what they wrote is
				 * long */
#define REMIND_APART_DAYS 3	/* a reminder right behind the letter is none */

static int64_t
morning(struct date day)
{
	return year_awake(date_at(day, GATHERING_HOUR, 0));
}

int64_t
council_call_remind_at(const struct call_row *call)
{
	struct date day = year_not_holiday(date_add_days(call->deadline_day,
	    -CALL_REMIND_DAYS));
	struct date made = date_local(call->made_at).day;

	return date_compare(day, date_add_days(made, REMIND_APART_DAYS)) < 0 ?
	    0 : morning(day);
}

int64_t
council_call_close_at(const struct call_row *call)
{
	return morning(date_add_days(call->deadline_day, 1));
}

int64_t
council_call_promise_at(const struct call_row *call)
{
	return morning(year_not_holiday(date_add_days(call->answer_day,
	    -PROMISE_DAYS)));
}

/* One letter, once under its key; an address that is none costs no other. */
static enum rc
letter_send(struct council *council, struct arena *arena,
    struct outbox_draft draft, struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	draft.language = draft.body->language != NULL ? draft.body->language :
	    "da";
	draft.ref = draft.body->slug;
	rc = outbox_queue(council->outbox, arena, &draft, NULL, NULL, &why);
	if (rc == RC_PARK)
		log_warning("call: a letter cannot leave: %s", why.text);
	return rc == RC_NONE || rc == RC_PARK || rc == RC_OK ? RC_OK :
	    fail(err, rc, "%s", why.text);
}

static enum rc
body_of(struct council *council, const struct call_row *call,
    const struct world_body **body, struct err *err)
{
	*body = world_body(council->world, call->body);
	return *body != NULL ? RC_OK : fail(err, RC_PARK, "no body %s",
	    call->body);
}

/* --- to those on her list ------------------------------------------------ */

static enum rc
list_write(struct council *council, struct arena *arena,
    const struct call_row *call, const char *template, bool silent_only,
    struct err *err)
{
	struct json_fields *fields = fields_open(arena);
	const struct world_body *body;
	const char **list;
	struct seat_rules rules;
	size_t n;
	enum rc rc;

	if ((rc = body_of(council, call, &body, err)) != RC_OK ||
	    (rc = seats_load(council->store, arena, call->body, date_local(
	    council->now_at).day, &rules, err)) != RC_OK ||
	    (rc = call_addresses(council->store, arena, call->call_id, &list,
	    &n, err)) != RC_OK)
		return rc;
	call_fields(council, arena, body, call, fields);
	seat_fields(arena, body->language != NULL ? body->language : "da",
	    &rules, fields);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct application row;

		rc = silent_only ? application_by_email(council->store, arena,
		    call->body, list[i], &row, err) : RC_NONE;
		if (rc == RC_OK)
			continue;	/* he has written */
		if (rc == RC_NONE)
			rc = letter_send(council, arena,
			    (struct outbox_draft){ .key = arena_printf(arena,
			    "%s/%lld/%s", template, (long long)call->call_id,
			    list[i]), .template = template,
			    .kind = LETTER_CALL, .class = LETTER_BULK,
			    .body = body, .to = list[i], .fields = fields },
			    err);
	}
	return rc;
}

enum rc
council_call_send(struct council *council, struct arena *arena,
    struct call_row *call, struct err *err)
{
	enum rc rc = list_write(council, arena, call, "call", false, err);

	return rc != RC_OK ? rc : call_move(council->store, call, CALL_SEND,
	    0, 0, err);
}

enum rc
council_call_remind(struct council *council, struct arena *arena,
    struct call_row *call, struct err *err)
{
	return list_write(council, arena, call, "call-reminder", true, err);
}

/* --- to the secretary ---------------------------------------------------- */

/* The file for the case, some people at a time, as their words are long. */
static enum rc
file_write(struct council *council, struct arena *arena,
    const struct world_body *body, const struct call_row *call,
    const struct seat_rules *rules, const struct candidate *list, size_t n,
    const char **text, struct err *err)
{
	const char *language = body->language != NULL ? body->language : "da";
	const struct template *template;
	struct buf out = buf_open(arena);
	enum rc rc = template_load(council->outbox->templates, language,
	    "seat-case", &template, err);

	for (size_t at = 0; rc == RC_OK && at < n; at += PEOPLE_AT_ONCE) {
		struct json_fields *fields = fields_open(arena);
		const char *subject, *part;

		call_fields(council, arena, body, call, fields);
		fields_flag(fields, "first", at == 0);
		if (at == 0)
			seat_fields(arena, language, rules, fields);
		for (size_t i = at; i < n && i < at + PEOPLE_AT_ONCE; i++) {
			struct json_fields *item = candidate_fields(arena,
			    language, rules, &list[i], true, fields,
			    "people");

			fields_text(item, "words", list[i].words);
			fields_text(item, "own", list[i].own_words);
			fields_text(item, "by", list[i].by_name);
		}
		rc = template_render(template, arena, fields, NULL, &subject,
		    &part, err);
		if (rc == RC_OK)
			buf_addf(&out, "%s%s", at > 0 ? "\n" : "", part);
	}
	*text = seat_markdown_light(arena, buf_text(&out));
	return rc;
}

static enum rc
list_letter(struct council *council, struct arena *arena,
    const struct world_body *body, const struct call_row *call,
    const struct candidate *list, size_t n, struct err *err)
{
	struct act act = { .council = council, .arena = arena,
		.why = buf_open(arena) };
	const char *to = secretary_of(&act, body), *text = "";
	const char *language = act_language(&act, body);
	bool trusted = secretary_is_trusted(&act, to);
	struct json_fields *fields = fields_open(arena);
	struct outbox_file file = { .type = "text/markdown" };
	struct seat_rules rules;
	enum rc rc = seats_load(council->store, arena, call->body, date_local(
	    council->now_at).day, &rules, err);

	if (rc != RC_OK || to == NULL || (trusted && n > 0 &&
	    (rc = file_write(council, arena, body, call, &rules, list, n,
	    &text, err)) != RC_OK))
		return rc;
	call_fields(council, arena, body, call, fields);
	seat_fields(arena, language, &rules, fields);
	fields_flag(fields, "residence", rules.residence);
	fields_flag(fields, "file", text[0] != '\0');
	for (size_t i = 0; i < n; i++)
		(void)candidate_fields(arena, language, &rules, &list[i],
		    trusted, fields, "people");
	file.name = arena_printf(arena, "%s-%lld.md", body->slug,
	    (long long)call->call_id);
	file.data = (struct bytes){ (const unsigned char *)text,
		strlen(text) };
	return letter_send(council, arena, (struct outbox_draft){
	    .key = arena_printf(arena, "seat-list/%lld",
	    (long long)call->call_id), .template = "seat-list",
	    .kind = LETTER_SEAT_LIST, .class = LETTER_ANSWER, .body = body,
	    .to = to, .fields = fields, .wants_token = true, .files = &file,
	    .n_files = text[0] != '\0' }, err);
}

enum rc
council_call_close(struct council *council, struct arena *arena,
    struct call_row *call, struct err *err)
{
	const struct world_body *body;
	struct candidate *list;
	size_t n;
	enum rc rc;

	if ((rc = body_of(council, call, &body, err)) != RC_OK ||
	    (rc = candidates_make(council->store, call, err)) != RC_OK ||
	    (rc = candidates_load(council->store, arena, call->call_id, &list,
	    &n, err)) != RC_OK ||
	    (rc = list_letter(council, arena, body, call, list, n, err)) !=
	    RC_OK)
		return rc;
	return call_move(council->store, call, CALL_CLOSE, 0, 0, err);
}

/* The receipts name a day: she hears of it before, while somebody waits. */
enum rc
council_call_promise(struct council *council, struct arena *arena,
    struct call_row *call, struct err *err)
{
	struct act act = { .council = council, .arena = arena };
	struct json_fields *fields = fields_open(arena);
	const struct world_body *body;
	struct candidate *list;
	const char *to;
	size_t n, waits = 0;
	enum rc rc;

	if ((rc = body_of(council, call, &body, err)) != RC_OK ||
	    (rc = candidates_load(council->store, arena, call->call_id, &list,
	    &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		waits += !list[i].told;
	to = secretary_of(&act, body);
	if (waits == 0 || to == NULL)
		return RC_OK;
	call_fields(council, arena, body, call, fields);
	fields_number(fields, "count", (long)waits);
	return letter_send(council, arena, (struct outbox_draft){
	    .key = arena_printf(arena, "call-answer/%lld",
	    (long long)call->call_id), .template = "notice-call-answer",
	    .kind = LETTER_NOTICE, .class = LETTER_ANSWER, .body = body,
	    .to = to, .fields = fields }, err);
}
