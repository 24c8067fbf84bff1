/* SPDX-License-Identifier: MIT */
/* What an applicant says later: what was missing, that a late application may
 * be kept, that he takes it back. Each is his own word alone: from his
 * verified address, or with the one-time word of the letter he got. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/seats.h"
#include "rules/cpr.h"
#include "store/application.h"
#include "understand/seat_words.h"

/* Whoever shows the one-time word of a letter to this address is its owner. */
static enum rc
letter_own(struct act *act, const struct action *action,
    struct letter_row *letter, struct err *err)
{
	bool proved = false;
	enum rc rc = answered_letter(act, action, letter, &proved, err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "answers no letter of ours");
	if (rc != RC_OK)
		return rc;
	if (!proved || !text_equal_nocase(letter->to, act->sender.email))
		return fail(err, RC_PARK, "not the one who got the letter");
	if (!act->sender.verified) {
		act->sender.verified = true;
		act->sender.by = "token";
	}
	return RC_OK;
}

static bool
is_own(const struct act *act, const struct application *row)
{
	return !row->replaced && text_equal_nocase(row->email,
	    act->sender.email);
}

/* --- what was missing -------------------------------------------------- */

/* Adds the words to each application of the mail that the letter answered. */
static enum rc
notes_add(struct act *act, int64_t mail_id, const struct application *note,
    const struct world_body **body, struct err *err)
{
	struct store *store = act->council->store;
	struct journal_row *rows;
	size_t n, added = 0;
	enum rc rc = journal_of_mail(store, act->arena, mail_id, &rows, &n,
	    err);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct application row;

		rc = application_by_journal(store, act->arena,
		    rows[i].journal_id, &row, err);
		if (rc == RC_OK && is_own(act, &row) && row.asks != NULL &&
		    row.n_notes == 0) {
			rc = application_note_add(store, row.number, note,
			    err);
			*body = world_body(act->council->world, row.body);
			added++;
		}
		if (rc == RC_NONE)
			rc = RC_OK;
	}
	if (rc != RC_OK || added > 0)
		return rc;
	return fail(err, RC_PARK, "nothing is missing there");
}

static enum rc
add_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *words = cpr_mask(act->arena, action->text != NULL ?
	    action->text : "", CPR_POSSIBLE, NULL);
	const struct application note = {
		.words = words,
		.groups = seat_groups_said(act->arena, words),
		.resident = seat_residence_said(act->arena, words,
		    act->council->world->municipality),
		.journal_id = journal_id,
	};
	struct letter_row letter;
	enum rc rc = letter_own(act, action, &letter, err);

	if (rc != RC_OK)
		return rc;
	end->tell = true;
	return notes_add(act, letter.mail_id, &note, &end->body, err);
}

static enum rc
add_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return application_note_undo(act->council->store, journal_id, err);
}

/* --- kept for the next time ---------------------------------------------- */

static enum rc
keep_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct application row;
	enum rc rc;

	if (!act->sender.verified || action->body == NULL)
		return fail(err, RC_PARK, "nobody's word");
	rc = application_by_email(act->council->store, act->arena,
	    action->body, act->sender.email, &row, err);
	if (rc == RC_NONE || (rc == RC_OK && row.state != APPLICATION_LATE))
		return fail(err, RC_PARK, "no application waits for it");
	if (rc != RC_OK)
		return rc;
	end->tell = true;
	return application_keep(act->council->store, row.number, journal_id,
	    act->council->now_at, err);
}

static enum rc
keep_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return application_keep_undo(act->council->store, journal_id, err);
}

/* --- taken back ---------------------------------------------------------- */

/* By the letter «application:7», else the one that he has with the body. */
static enum rc
withdrawn_find(struct act *act, const struct action *action,
    struct application *row, struct err *err)
{
	struct store *store = act->council->store;
	struct letter_row letter = { .ref = NULL };
	enum rc rc = RC_OK;

	if (action->ref != NULL || action->token != NULL)
		rc = letter_own(act, action, &letter, err);
	if (rc != RC_OK && !act->sender.verified)
		return rc;
	if (rc == RC_STOP || rc == RC_LATER)
		return rc;
	if (action->body == NULL && letter.ref != NULL &&
	    strncmp(letter.ref, "application:", 12) == 0)
		rc = application_load(store, act->arena, strtoll(letter.ref +
		    12, NULL, 10), row, err);
	else if (action->body != NULL && act->sender.verified)
		rc = application_by_email(store, act->arena, action->body,
		    act->sender.email, row, err);
	else
		rc = RC_NONE;
	if (rc == RC_NONE || (rc == RC_OK && (!is_own(act, row) ||
	    !application_may_move(row->state, APPLICATION_WITHDRAWN) ||
	    row->state == APPLICATION_ACCEPTED)))
		return fail(err, RC_PARK, "no application of his waits");
	return rc;
}

static enum rc
withdraw_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct application row;
	enum rc rc = withdrawn_find(act, action, &row, err);

	if (rc == RC_PARK)
		act->reason = "withdrawn";
	if (rc != RC_OK)
		return rc;
	end->body = world_body(act->council->world, row.body);
	end->number = row.number;
	end->tell = true;
	return application_withdraw(act->council->store, row.number,
	    journal_id, err);
}

static enum rc
withdraw_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return application_withdraw_undo(act->council->store, journal_id,
	    err);
}

const struct deed deed_application_add = {
	.action = ACTION_APPLICATION_ADD,
	.who = MAY_ANYONE,
	.run = add_run,
	.undo = add_undo,
};

const struct deed deed_application_keep = {
	.action = ACTION_APPLICATION_KEEP,
	.who = MAY_ANYONE,
	.run = keep_run,
	.undo = keep_undo,
};

const struct deed deed_application_withdraw = {
	.action = ACTION_APPLICATION_WITHDRAW,
	.who = MAY_ANYONE,
	.run = withdraw_run,
	.undo = withdraw_undo,
};
