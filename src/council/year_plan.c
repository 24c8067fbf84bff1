/* SPDX-License-Identifier: MIT */
/* The year's plan is asked for, and carried out. */
#include "council/year_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "council/meeting_deed.h"
#include "render/day_words.h"
#include "rules/year_plan.h"
#include "store/year_plan.h"

/* «torsdag den 25. februar 2027 kl. 16.00–18.00, Biblioteket (dialogmøde)» */
static const char *
line_of(struct arena *arena, const char *language,
    const struct meeting_facts *f)
{
	int64_t start_at, end_at;
	const char *kind = f->kind == MEETING_DIALOGUE ? words_get(arena,
	    language, "event-dialogue") : NULL;

	meeting_facts_times(f, NULL, &start_at, &end_at);
	return arena_printf(arena, "%s%s%s%s%s%s", day_words_span(arena,
	    language, start_at, end_at), f->place != NULL ? ", " : "",
	    f->place != NULL ? f->place : "", kind != NULL ? " (" : "",
	    kind != NULL ? kind : "", kind != NULL ? ")" : "");
}

enum rc
year_plan_ask(struct council *council, struct arena *arena,
    const struct world_body *body, int year, struct err *err)
{
	const char *language = body->language != NULL ? body->language : "da";
	struct buf words = buf_open(arena);
	struct meeting_facts *list;
	bool dialogue;
	size_t n;
	enum rc rc;

	/* who has planned already is not asked */
	if (year_meetings(body, year, &dialogue) > 1)
		return RC_NONE;
	list = year_plan_make(arena, body, year, &n);
	if (n == 0)
		return RC_NONE;
	for (size_t i = 0; i < n; i++)
		buf_addf(&words, "%s%s", i > 0 ? "\n" : "", line_of(arena,
		    language, &list[i]));
	rc = decision_ask(council, arena, &(struct decision_draft){
	    .kind = "year-plan", .key = arena_printf(arena,
	    "year-plan/%s/%d", body->slug, year), .body = body,
	    .ref = body->slug, .row_id = year, .label = arena_printf(arena,
	    "%d", year), .words = buf_text(&words) }, err);
	return rc != RC_OK ? rc : year_plan_put(council->store, body->slug,
	    year, year_plan_write(arena, list, n), council->now_at, err);
}

/* One line of the journal for all of them: taken back together. A day that
 * was taken since then keeps what it has. */
static enum rc
plan_run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	struct council *council = act->council;
	struct act as = *act;	/* who may answer is judged already */
	struct year_plan_row plan;
	struct meeting_facts *list;
	size_t n, done = 0;
	enum rc rc;

	(void)words;
	as.sender.by = "command";
	if (strcmp(choice, "accept") != 0)
		return RC_OK;
	rc = year_plan_load(council->store, act->arena, row->body,
	    (int)row->row_id, &plan, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no plan") : rc;
	list = year_plan_read(act->arena, plan.words, &n);
	for (size_t i = 0; i < n; i++) {
		struct action action = { .kind = ACTION_MEETING_PLAN,
			.body = row->body, .part = -1,
			.text = meeting_facts_write(act->arena, &list[i]) };
		struct deed_end one = { .action = &action };
		struct err why = { "" };

		rc = deed_meeting_plan.run(&as, &action, journal_id, &one,
		    &why);
		if (rc == RC_PARK)
			log_info("year plan %s: a day is taken", row->key);
		else if (rc != RC_OK)
			return fail(err, rc, "%s", why.text);
		else
			done++;
	}
	if (done == 0)
		return fail(err, RC_PARK, "all of its days are taken");
	end->tell = false;
	return year_plan_taken(council->store, row->body, (int)row->row_id,
	    journal_id, err);
}

static enum rc
plan_undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct decision_row row;
	enum rc rc = decision_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_OK)
		rc = year_plan_taken(act->council->store, row.body,
		    (int)row.row_id, 0, err);
	return rc != RC_OK && rc != RC_NONE ? rc : meeting_deed_undo(act,
	    journal_id, err);
}

const struct decision_kind decision_year_plan = {
	.name = "year-plan",
	.choices = "accept reject",
	.words = true,
	.run = plan_run,
	.undo = plan_undo,
	.gone = meeting_deed_gone,
};

/* --- the dialogue meeting ---------------------------------------------------- */

enum rc
dialogue_ask(struct council *council, struct arena *arena,
    const struct world_body *body, int year, struct err *err)
{
	const char *key = arena_printf(arena, "dialogue-missing/%s/%d",
	    body->slug, year);
	const struct world_body *committee = world_body(council->world,
	    body->committee);
	bool dialogue;

	(void)year_meetings(body, year, &dialogue);
	if (dialogue) {
		enum rc rc = decision_moot(council, key, err);

		return rc == RC_OK ? RC_NONE : rc;
	}
	if (committee == NULL)
		return RC_NONE;
	return decision_ask(council, arena, &(struct decision_draft){
	    .kind = "dialogue-missing", .key = key, .body = body,
	    .ref = body->slug, .row_id = year, .label = arena_printf(arena,
	    "%s, %d", committee->name, year) }, err);
}

static enum rc
dialogue_run(struct act *act, const struct decision_row *row,
    const char *choice, const char *words, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)act;
	(void)row;
	(void)choice;
	(void)words;
	(void)journal_id;
	(void)end;
	(void)err;
	return RC_OK;	/* planned by a mail of its own, or not this year */
}

static enum rc
dialogue_undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct decision_kind decision_dialogue_missing = {
	.name = "dialogue-missing",
	.choices = "done no",
	.words = true,
	.run = dialogue_run,
	.undo = dialogue_undo,
};
