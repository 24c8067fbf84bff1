/* SPDX-License-Identifier: MIT */
/* A seat is empty, or its term ends: the secretary decides what follows. The
 * substitute of that member comes first, then those who stand in for anybody,
 * in the order in which they were named. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "render/day_words.h"
#include "store/meeting.h"

static const char *
key_of(struct arena *arena, int64_t journal_id)
{
	return arena_printf(arena, "vacancy/%lld", (long long)journal_id);
}

/* RC_NONE: nobody. Only a member's seat is taken over. */
static enum rc
substitute_of(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *was,
    struct place_row *next, struct err *err)
{
	struct place_row *rows;
	const struct place_row *found = NULL;
	int best = 0;
	size_t n;
	enum rc rc = place_list(council->store, arena, body->slug,
	    date_local(council->now_at).day, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	if (was->role == ROLE_SUBSTITUTE || was->role == ROLE_APPOINTEE)
		return RC_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct place_row *p = &rows[i];
		int fits = p->substitute_for == NULL ? 1 : 0;

		if (p->role != ROLE_SUBSTITUTE ||
		    text_equal_nocase(p->email, was->email))
			continue;
		if (fits > 0 && p->seat != NULL && was->seat != NULL &&
		    strcmp(p->seat, was->seat) == 0)
			fits = 2;
		if (text_equal_nocase(p->substitute_for, was->email))
			fits = 3;
		if (fits <= best)
			continue;
		best = fits;
		found = p;
	}
	if (found == NULL)
		return RC_NONE;
	*next = *found;
	return RC_OK;
}

static enum rc
succeed(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *was,
    const struct place_row *next, struct date from, int64_t journal_id,
    struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct place_row place = *next;
	enum rc rc;

	if (date_to_days(from) < date_to_days(today))
		from = today;
	rc = place_end(council->store, next->place_id, date_add_days(from,
	    -1), (struct step){ journal_id, council->now_at }, err);
	place.role = ROLE_MEMBER;
	place.seat = was->seat;
	place.substitute_for = NULL;
	place.from_day = from;
	place.until_day = was->until_day;
	return rc != RC_OK ? rc : member_seat(council, arena, body, &place,
	    journal_id, err);
}

static enum rc
succeeds_by_rule(struct council *council, struct arena *arena,
    const struct world_body *body, bool *yes, struct err *err)
{
	const char *value = NULL;
	enum rc rc = rule_load(council->store, arena, body->slug,
	    "substitute-succeeds", &value, err);

	*yes = value != NULL && strcmp(value, "yes") == 0;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
vacancy_ask(struct council *council, struct arena *arena,
    const struct world_body *body, const struct place_row *was,
    int64_t journal_id, struct err *err)
{
	struct place_row next = { 0 }, left;
	bool at_once = false, any;
	enum rc rc;

	if (was->role == ROLE_SUBSTITUTE)
		return RC_OK;	/* no seat is empty */
	rc = substitute_of(council, arena, body, was, &next, err);
	any = rc == RC_OK;
	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (any && (rc = succeeds_by_rule(council, arena, body, &at_once,
	    err)) != RC_OK)
		return rc;
	if (at_once) {
		rc = place_left(council->store, arena, journal_id, &left,
		    err);
		return rc != RC_OK ? rc : succeed(council, arena, body, &left,
		    &next, left.from_day, journal_id, err);
	}
	rc = decision_ask(council, arena, &(struct decision_draft){
	    .kind = any ? "succession" : "vacancy",
	    .key = key_of(arena, journal_id), .body = body,
	    .ref = body->slug, .row_id = journal_id, .label = was->name,
	    .words = any ? next.name : NULL }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
vacancy_moot(struct council *council, struct arena *arena, int64_t journal_id,
    struct err *err)
{
	return decision_moot(council, key_of(arena, journal_id), err);
}

enum rc
vacancy_filled(struct council *council, struct arena *arena,
    int64_t journal_id, bool *filled, struct err *err)
{
	struct decision_row row;
	enum rc rc = decision_by_key(council->store, arena, key_of(arena,
	    journal_id), &row, err);

	*filled = rc == RC_OK && row.state == DECISION_ANSWERED &&
	    strcmp(row.kind, "succession") == 0 &&
	    strcmp(row.choice, "yes") == 0;
	return rc == RC_NONE ? RC_OK : rc;
}

/* --- the secretary's answer ------------------------------------------------- */

static enum rc
run_note(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	(void)act;
	(void)row;
	(void)choice;
	(void)words;
	(void)journal_id;
	(void)end;
	(void)err;
	return RC_OK;
}

static enum rc
run_succession(struct act *act, const struct decision_row *row,
    const char *choice, const char *words, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct council *council = act->council;
	const struct world_body *body = world_body(council->world, row->body);
	struct place_row was, next;
	enum rc rc;

	(void)words;
	(void)end;
	if (strcmp(choice, "yes") != 0)
		return RC_OK;
	if (body == NULL)
		return fail(err, RC_PARK, "no such council");
	rc = place_left(council->store, act->arena, row->row_id, &was, err);
	if (rc == RC_OK)
		rc = substitute_of(council, act->arena, body, &was, &next,
		    err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "no-substitute");
	return rc != RC_OK ? rc : succeed(council, act->arena, body, &was,
	    &next, was.from_day, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = member_letters_undo(act->council, act->arena, journal_id,
	    err);

	return rc != RC_OK ? rc : place_undo(act->council->store, journal_id,
	    err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	return member_letters_gone(act->council, act->arena, journal_id, gone,
	    err);
}

const struct decision_kind decision_vacancy = {
	.name = "vacancy",
	.choices = "done",
	.words = true,
	.run = run_note,
	.undo = undo,
};

const struct decision_kind decision_succession = {
	.name = "succession",
	.choices = "yes no",
	.words = true,
	.run = run_succession,
	.undo = undo,
	.gone = gone,
};

/* --- terms ------------------------------------------------------------------ */

enum rc
term_ask(struct council *council, struct arena *arena,
    const struct world_body *body, struct date until, const char *names,
    size_t n, struct err *err)
{
	char day[DATE_TEXT_BYTES];

	date_format(until, day);
	return decision_ask(council, arena, &(struct decision_draft){
	    .kind = "term-ends", .key = arena_printf(arena, "term/%s/%s",
	    body->slug, day), .body = body, .ref = body->slug,
	    .row_id = (int64_t)n, .label = day_words(arena, body->language,
	    until), .words = names, .until_at = date_at(date_add_days(until,
	    1), 0, 0) }, err);
}

const struct decision_kind decision_term_ends = {
	.name = "term-ends",
	.choices = "done",
	.words = true,
	.run = run_note,
	.undo = undo,
};
