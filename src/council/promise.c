/* SPDX-License-Identifier: MIT */
/* Promises out of minutes: accepted by the secretary, reminded of once. */
#include "council/promise.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"

/* --- asking --------------------------------------------------------------- */

/* The one whose name begins so, in the body or those it meets. */
static const char *
address_of(const struct gathering *g, const char *who)
{
	const struct world *world = g->council->world;
	const struct world_body *bodies[] = { g->body, world_body(world,
	    g->meeting->with_body), world_body(world, g->body->committee) };
	const char *low = text_lower(g->arena, who), *found = NULL;
	size_t n = strlen(low);

	for (size_t b = 0; b < 3; b++)
		for (size_t i = 0; bodies[b] != NULL &&
		    i < bodies[b]->n_people; i++) {
			const struct world_person *p = &bodies[b]->people[i];
			const char *name = p->name == NULL ? "" : text_lower(
			    g->arena, p->name);

			if (strncmp(name, low, n) != 0 || (name[n] != '\0' &&
			    name[n] != ' '))
				continue;
			if (found != NULL && !text_equal_nocase(found,
			    p->email))
				return NULL;
			found = p->email;
		}
	return found;
}

static const char *
key_of(struct arena *arena, int64_t id)
{
	return arena_printf(arena, "promise/%lld", (long long)id);
}

enum rc
promise_ask(const struct gathering *g, const struct follow_up *row,
    struct err *err)
{
	struct follow_up f = *row;
	const char *day = row->due_day.year == 0 ? NULL : day_words_short(
	    g->arena, g->language, row->due_day), *line;
	int64_t id;
	enum rc rc;

	f.email = f.awaits ? NULL : address_of(g, f.name);
	rc = follow_up_add(g->council->store, &f, g->council->now_at, &id,
	    err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	line = arena_printf(g->arena, "%s: %s%s%s", f.name, f.task,
	    day == NULL ? "" : ", ", day == NULL ? "" : day);
	rc = decision_ask(g->council, g->arena, &(struct decision_draft){
	    .kind = "promise", .key = key_of(g->arena, id), .body = g->body,
	    .ref = g->meeting->id, .row_id = id,
	    /* a label names no closed item; its words do, for those who may */
	    .label = f.closed ? f.name : line,
	    .words = f.closed ? line : NULL }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

/* --- the answer ----------------------------------------------------------- */

static enum rc
run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	struct follow_up f;
	enum follow_up_state to;
	enum follow_up_act step = strcmp(choice, "accept") == 0 ?
	    FOLLOW_UP_ACCEPT : strcmp(choice, "done") == 0 ?
	    FOLLOW_UP_FINISH : FOLLOW_UP_DROP;
	enum rc rc = follow_up_load(act->council->store, act->arena,
	    row->row_id, &f, err);

	(void)words;
	(void)end;
	if (rc == RC_NONE || (rc == RC_OK && !follow_up_may(f.state, step,
	    &to)))
		return fail(err, RC_PARK, "the promise is no longer open");
	return rc != RC_OK ? rc : follow_up_step(act->council->store, &f,
	    step, (struct date){ 0, 0, 0 }, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return follow_up_undo(act->council->store, journal_id, err);
}

const struct decision_kind decision_promise = {
	.name = "promise",
	.choices = "accept reject done",
	.run = run,
	.undo = undo,
};

/* --- the reminder --------------------------------------------------------- */

int64_t
promise_of_key(const char *key)
{
	return key != NULL && text_starts(key, "follow-up/") ?
	    strtoll(key + strlen("follow-up/"), NULL, 10) : 0;
}

static const char *
secretary(const struct council *council, const struct world_body *body)
{
	for (size_t i = 0; i < body->n_people; i++)
		if (body->people[i].role == ROLE_SECRETARY)
			return body->people[i].email;
	return council->outbox->secretary;
}

enum rc
promise_remind(struct council *council, struct arena *arena,
    const struct world_body *body, const struct follow_up *row,
    struct err *err)
{
	const char *language = body->language != NULL ? body->language : "da";
	const char *to = row->email != NULL ? row->email : secretary(council,
	    body);
	const struct world_meeting *m = world_meeting(council->world,
	    row->meeting, NULL);
	struct json_fields *fields = fields_open(arena);
	struct err why = { "" };
	enum rc rc;

	if (to == NULL)
		return follow_up_reminded(council->store, row->follow_up_id,
		    council->now_at, err);
	fields_text(fields, "name", row->name);
	fields_text(fields, "task", row->task);
	fields_text(fields, "due", row->due_day.year == 0 ? NULL :
	    day_words(arena, language, row->due_day));
	fields_text(fields, "day", m == NULL ? row->meeting : day_words(arena,
	    language, m->day));
	fields_flag(fields, "other", row->email == NULL);
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "follow-up/%lld/%lld/%s",
	    (long long)row->follow_up_id,
	    (long long)(row->due_day.year == 0 ? 0 : date_to_days(
	    row->due_day)), to),
	    .template = "follow-up-remind", .language = language,
	    .kind = LETTER_FOLLOW_UP, .class = LETTER_ANSWER,
	    .ref = row->meeting, .body = body, .to = to,
	    .to_name = row->email == NULL ? NULL : row->name,
	    .fields = fields, .wants_token = true }, NULL, NULL, &why);
	if (rc == RC_PARK)
		log_warning("follow-up=%lld: a letter cannot leave: %s",
		    (long long)row->follow_up_id, why.text);
	else if (rc != RC_OK && rc != RC_NONE)
		return fail(err, rc, "%s", why.text);
	return follow_up_reminded(council->store, row->follow_up_id,
	    council->now_at, err);
}
