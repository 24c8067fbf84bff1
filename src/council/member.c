/* SPDX-License-Identifier: MIT */
/* By the secretary's word: a new member, a new chair, somebody who has left.
 * A death or a removal is told to nobody by us: she has spoken to whom it
 * concerns. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/member_deed.h"
#include "mail/address.h"
#include "store/journal.h"

/* Only the secretary says who sits where, also not the chair. */
static enum rc
body_for(struct act *act, const struct action *action,
    const struct world_body **body, struct err *err)
{
	*body = action_body(act, action);
	if (*body == NULL || (*body)->kind != BODY_COUNCIL)
		return fail(err, RC_PARK, "no council");
	if (strcmp(act->sender.by, "command") == 0)
		return RC_OK;
	for (size_t i = 0; i < (*body)->n_people; i++)
		if ((*body)->people[i].role == ROLE_SECRETARY &&
		    text_equal_nocase((*body)->people[i].email,
		    act->sender.email))
			return RC_OK;
	return fail(err, RC_PARK, "only the secretary says who sits there");
}

static struct date
today_of(const struct act *act)
{
	return date_local(act->council->now_at).day;
}

static enum rc
add_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body;
	struct place_row place = { .email = text_lower(act->arena,
	    action->email), .name = action->name, .seat = action->order,
	    .substitute_for = action->by, .role = ROLE_MEMBER,
	    .from_day = action->deadline_day };
	enum rc rc = body_for(act, action, &body, err);

	(void)end;
	if (rc != RC_OK)
		return rc;
	if (!address_is_valid(place.email))
		return fail(err, RC_PARK, "address");
	if (action->choice != NULL && (!world_role_read(action->choice,
	    &place.role) || !member_is_seat(place.role)))
		return fail(err, RC_PARK, "role");
	if (place.name == NULL)
		place.name = place.email;
	return member_seat(act->council, act->arena, body, &place, journal_id,
	    err);
}

static enum rc
leave_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body;
	struct place_row was;
	struct date last = action->deadline_day.year != 0 ?
	    action->deadline_day : date_add_days(today_of(act), -1);
	enum rc rc = body_for(act, action, &body, err);

	(void)end;
	if (rc != RC_OK || (rc = member_unseat(act->council, act->arena, body,
	    action->person, last, journal_id, &was, err)) != RC_OK)
		return rc;
	return vacancy_ask(act->council, act->arena, body, &was, journal_id,
	    err);
}

/* --- chair and vice-chair --------------------------------------------------- */

/* A place that ends the day before, and goes on as another role. */
static enum rc
place_turn(struct act *act, const struct world_body *body,
    const struct place_row *old, enum role role, struct date from,
    int64_t journal_id, struct err *err)
{
	struct step step = { journal_id, act->council->now_at };
	struct place_row next = *old;
	enum rc rc = place_end(act->council->store, old->place_id,
	    date_add_days(from, -1), step, err);

	next.role = role;
	next.from_day = from;
	return rc != RC_OK ? rc : place_add(act->council->store, body->slug,
	    &next, step, NULL, err);
}

static bool
is_over(const struct place_row *p, struct date from)
{
	return p->until_day.year != 0 &&
	    date_to_days(p->until_day) < date_to_days(from);
}

/* Whoever is chair until then goes on as a member. */
static enum rc
role_free(struct act *act, const struct world_body *body, enum role role,
    const char *email, struct date from, int64_t journal_id, struct err *err)
{
	struct place_row *rows;
	size_t n;
	enum rc rc = place_list(act->council->store, act->arena, body->slug,
	    today_of(act), &rows, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (rows[i].role == role && !is_over(&rows[i], from) &&
		    !text_equal_nocase(rows[i].email, email))
			rc = place_turn(act, body, &rows[i], ROLE_MEMBER,
			    from, journal_id, err);
	return rc;
}

static enum rc
role_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct date from = action->deadline_day.year != 0 ?
	    action->deadline_day : today_of(act);
	const struct world_body *body;
	struct place_row *rows = NULL;
	const struct place_row *old = NULL;
	enum role role = ROLE_NONE;
	size_t n = 0;
	enum rc rc = body_for(act, action, &body, err);

	(void)end;
	if (rc != RC_OK)
		return rc;
	if (action->choice == NULL || !world_role_read(action->choice,
	    &role) || !member_is_seat(role) || role == ROLE_SUBSTITUTE)
		return fail(err, RC_PARK, "role");
	if ((rc = place_of(act->council->store, act->arena, body->slug,
	    action->person, today_of(act), &rows, &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (member_is_seat(rows[i].role) && !is_over(&rows[i], from))
			old = &rows[i];
	if (old == NULL)
		return fail(err, RC_PARK, "no-member");
	if (old->role == role)
		return fail(err, RC_PARK, "seated");
	if (role == ROLE_CHAIR || role == ROLE_VICE_CHAIR)
		rc = role_free(act, body, role, old->email, from, journal_id,
		    err);
	return rc != RC_OK ? rc : place_turn(act, body, old, role, from,
	    journal_id, err);
}

/* --- taken back ------------------------------------------------------------- */

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = member_letters_undo(act->council, act->arena, journal_id,
	    err);

	if (rc == RC_OK)
		rc = vacancy_moot(act->council, act->arena, journal_id, err);
	return rc != RC_OK ? rc : place_undo(act->council->store, journal_id,
	    err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	return member_letters_gone(act->council, act->arena, journal_id, gone,
	    err);
}

const struct deed deed_member_add = {
	.action = ACTION_MEMBER_ADD,
	.who = MAY_SECRETARY,
	.run = add_run,
	.undo = undo,
	.gone = gone,
};

const struct deed deed_member_leave = {
	.action = ACTION_MEMBER_LEAVE,
	.who = MAY_SECRETARY,
	.run = leave_run,
	.undo = undo,
	.gone = gone,
};

const struct deed deed_member_role = {
	.action = ACTION_MEMBER_ROLE,
	.who = MAY_SECRETARY,
	.run = role_run,
	.undo = undo,
};
