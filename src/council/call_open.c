/* SPDX-License-Identifier: MIT */
/* The secretary opens for applications. Nothing leaves before the stop window
 * is over. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/seats.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/seat.h"

static bool
is_secretary(const struct act *act, const struct world_body *body)
{
	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == ROLE_SECRETARY &&
		    text_equal_nocase(body->people[i].email,
		    act->sender.email))
			return true;
	return text_equal_nocase(act->council->outbox->secretary,
	    act->sender.email);
}

static const char **
words_split(struct arena *arena, const char *text, size_t *n)
{
	const char **list = arena_array(arena, strlen(text) / 2 + 2,
	    sizeof *list);

	for (*n = 0; *text != '\0';) {
		size_t word = strcspn(text, " ");

		if (word > 0)
			list[(*n)++] = arena_strndup(arena, text, word);
		text += word + strspn(text + word, " ");
	}
	return list;
}

/* Why nothing can be opened; NULL: it can. */
static enum rc
refusal(struct council *council, struct arena *arena,
    const struct world_body *body, const struct seat_rules *rules,
    struct date deadline, const char **why, struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct call_row last = { 0 };
	enum rc rc = call_newest(council->store, arena, body->slug, &last,
	    err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	*why = NULL;
	if (body->kind != BODY_COUNCIL || !body->takes_applications)
		*why = "takes no applications";
	else if (rc == RC_OK && last.state != CALL_ENDED)
		*why = "the last call has not ended";
	else if (date_compare(deadline, today) <= 0)
		*why = "the last day is over";
	else if (seat_free_all(rules) == 0)
		*why = "no seat is free";
	return RC_OK;
}

static struct call_seat *
seats_free(struct arena *arena, const struct seat_rules *rules, size_t *n)
{
	struct call_seat *list = arena_array(arena, rules->n + 1,
	    sizeof *list);

	*n = 0;
	for (size_t i = 0; i < rules->n; i++)
		if (seat_free(&rules->groups[i]) > 0)
			list[(*n)++] = (struct call_seat){
				rules->groups[i].group,
				seat_free(&rules->groups[i]) };
	return list;
}

enum rc
call_make(struct council *council, struct arena *arena,
    const struct world_body *body, const struct call_order *order,
    struct call_row *call, const char **why, struct err *err)
{
	int64_t now_at = council->now_at;
	const char **addresses;
	struct seat_rules rules;
	struct call_seat *seats;
	size_t n_addresses, n_seats;
	int days;
	enum rc rc;

	if ((rc = seats_load(council->store, arena, body->slug, date_local(
	    now_at).day, &rules, err)) != RC_OK ||
	    (rc = refusal(council, arena, body, &rules, order->deadline_day,
	    why, err)) != RC_OK || *why != NULL ||
	    (rc = seat_days(council, arena, body->slug, "answer-days",
	    CALL_ANSWER_DAYS, &days, err)) != RC_OK)
		return rc;
	addresses = words_split(arena, order->addresses != NULL ?
	    order->addresses : "", &n_addresses);
	seats = seats_free(arena, &rules, &n_seats);
	*call = (struct call_row){ .body = body->slug, .made_at = now_at,
		.deadline_day = order->deadline_day,
		.answer_day = year_not_holiday(date_add_days(
		    order->deadline_day, days)),
		.send_at = year_awake(now_at + CALL_STOP_S),
		.journal_id = order->journal_id };
	return call_add(council->store, call, seats, n_seats, addresses,
	    n_addresses, err);
}

static enum rc
receipt_fields(struct act *act, const struct world_body *body,
    const struct call_row *call, struct deed_end *end, struct err *err)
{
	const char *language = act_language(act, body), *page, **addresses;
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_file *file = arena_alloc(act->arena, sizeof *file);
	int64_t remind_at = council_call_remind_at(call);
	struct seat_rules rules;
	size_t n;
	enum rc rc = call_page(act->council, act->arena, call, &page, err);

	if (rc != RC_OK || (rc = seats_load(act->council->store, act->arena,
	    body->slug, date_local(act->council->now_at).day, &rules,
	    err)) != RC_OK || (rc = call_addresses(act->council->store,
	    act->arena, call->call_id, &addresses, &n, err)) != RC_OK)
		return rc;
	call_fields(act->council, act->arena, body, call, fields);
	seat_fields(act->arena, language, &rules, fields);
	fields_text(fields, "addresses", n == 0 ? NULL :
	    arena_printf(act->arena, "%zu", n));
	fields_text(fields, "sends", day_words_at(act->arena, language,
	    call->send_at));
	fields_text(fields, "remind", day_words(act->arena, language,
	    date_local(remind_at == 0 ? call->send_at : remind_at).day));
	*file = (struct outbox_file){ .name = arena_printf(act->arena,
	    "%s.md", body->slug), .type = "text/markdown",
		.data = { (const unsigned char *)page, strlen(page) } };
	end->body = body;
	end->template = "receipt-call";
	end->fields = fields;
	end->files = file;
	end->n_files = 1;
	return RC_OK;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = action_body(act, action);
	const struct call_order order = { action->deadline_day, action->to,
		journal_id };
	const char *why = NULL;
	struct call_row call;
	enum rc rc;

	if (body == NULL || !is_secretary(act, body))
		return fail(err, RC_PARK, "only the secretary calls");
	if ((rc = call_make(act->council, act->arena, body, &order, &call,
	    &why, err)) != RC_OK)
		return rc;
	if (why != NULL) {
		/* she wrote it herself: the answer is enough */
		rc = human_receipt(act, "call-open", &act->answered, err);
		return rc != RC_OK ? rc : fail(err, RC_PARK, "%s", why);
	}
	return receipt_fields(act, body, &call, end, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return call_undo(act->council->store, journal_id, err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct call_row call;
	enum rc rc = call_by_journal(act->council->store, act->arena,
	    journal_id, &call, err);

	*gone = rc == RC_OK && call.state != CALL_ANNOUNCED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_call_open = {
	.action = ACTION_CALL_OPEN,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
