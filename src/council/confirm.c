/* SPDX-License-Identifier: MIT */
/* «ja» to a question of ours: what was asked is carried out, as said by the
 * one whom we asked. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "store/pending.h"

/* «2», «nr. 2», «Nummer 2.»: one number, with at most one short word before
 * it and nothing behind. «2. december» is no number of ours. 0 for none. */
static long
number_of(const char *text)
{
	const char *at = text;
	char *end;
	long number;

	while (text_is_letter((unsigned char)*at))
		at++;
	if (at - text > 8)
		return 0;
	at += strspn(at, ".:# ");
	number = strtol(at, &end, 10);
	if (end == at || number < 1 || number > 99)
		return 0;
	end += strspn(end, ".)! \n\t");
	return *end == '\0' ? number : 0;
}

/* The choice that the answer names; NULL where it names none. */
static const char *
choice_of(struct act *act, const char *choices, const struct action *action)
{
	const char *text = action->order != NULL ? action->order :
	    action->text;
	long number = text == NULL ? 0 : number_of(text_trim(act->arena,
	    text));
	size_t n;
	const char **lines = text_lines(act->arena, choices, &n);

	return number >= 1 && (size_t)number <= n ? lines[number - 1] : NULL;
}

/* Fills what was open: the meeting, the body, the hearing, or which of two
 * readings it was. The fields that an action of its kind does not have stay
 * empty. */
static size_t
choose(struct act *act, const char *choice, struct action *actions, size_t n)
{
	const struct world *world = act->council->world;
	bool meeting = world_meeting(world, choice, NULL) != NULL;
	bool body = world_body(world, choice) != NULL;
	enum action_kind kind;
	bool reading = action_read(choice, &kind);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (reading && actions[i].kind != kind)
			continue;
		actions[kept] = actions[i];
		if (meeting)
			actions[kept].meeting = choice;
		else if (body)
			actions[kept].body = choice;
		else if (!reading)
			actions[kept].hearing = choice;
		kept++;
	}
	return kept;
}

/* RC_PARK: it cannot be used (any more), or not by this sender. */
static enum rc
pending_find(struct act *act, const struct action *action,
    struct pending_row *row, struct err *err)
{
	struct letter_row letter;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	if (rc == RC_OK)
		rc = pending_by_letter(act->council->store, act->arena,
		    letter.letter_id, row, err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "answers no question of ours");
	if (rc != RC_OK)
		return rc;
	if (!proved || !text_equal_nocase(row->email, act->sender.email))
		return fail(err, RC_PARK, "not the one who was asked");
	if (row->answered_at != 0)
		return fail(err, RC_PARK, "answered before");
	if (row->expires_at < act->council->now_at)
		return fail(err, RC_PARK, "the question has run out");
	return RC_OK;
}

/* A hearing whose authority was asked for the day: the answer names it. */
static bool
deadline_fill(const struct act *act, struct date day, struct action *actions,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (actions[i].kind != ACTION_HEARING_OPEN ||
		    date_is_valid(actions[i].deadline_day))
			continue;
		if (!date_is_valid(day) || date_to_days(day) < date_to_days(
		    date_local(act->council->now_at).day))
			return false;
		actions[i].deadline_day = day;
	}
	return true;
}

enum rc
confirm_run(struct act *act, const struct action *action,
    struct deed_end **ends, size_t *n_ends, size_t *left,
    const char **end_reason, struct err *err)
{
	struct pending_row row = { 0 };
	struct action *actions;
	const char *choice;
	size_t n;
	enum rc rc = pending_find(act, action, &row, err);

	*end_reason = NULL;
	if (rc == RC_PARK) {
		act_why(act, "confirm: %s", err->text);
		*end_reason = "late";
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	n = row.n_actions;
	actions = arena_array(act->arena, n + 1, sizeof *actions);
	memcpy(actions, row.actions, n * sizeof *actions);
	if (row.choices != NULL) {
		choice = choice_of(act, row.choices, action);
		if (choice == NULL) {
			act_why(act, "confirm: none of the choices");
			*end_reason = "not-understood";
			return RC_OK;
		}
		n = choose(act, choice, actions, n);
	}
	if (!deadline_fill(act, action->deadline_day, actions, n)) {
		act_why(act, "confirm: no day for the hearing");
		*end_reason = "not-understood";
		return RC_OK;
	}
	rc = pending_answered(act->council->store, row.pending_id,
	    act->mail_id, act->council->now_at, err);
	if (rc != RC_OK)
		return rc;
	act->said_mail_id = row.mail_id;
	act->sender.email = row.email;
	act->sender.verified = true;
	act->sender.by = "token";
	return deeds_run(act, actions, n, ends, n_ends, left, err);
}
