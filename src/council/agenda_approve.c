/* SPDX-License-Identifier: MIT */
/* The secretary or the chair releases the draft; it goes on its day. */
#include "base/arena.h"
#include "base/text.h"
#include "council/agenda_deed.h"
#include "council/agenda_files.h"
#include "council/agenda_letter.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "rules/meeting.h"
#include "store/letter.h"

enum rc
agenda_deed_open(struct act *act, const struct action *action,
    struct gathering *g, struct agenda_row *row, struct err *err)
{
	const struct world_body *body = NULL;
	const struct world_meeting *meeting = world_meeting(
	    act->council->world, action->meeting, &body);
	enum rc rc;

	if (meeting == NULL || !meeting_is_ahead(meeting->state) ||
	    meeting->start_at <= act->council->now_at)
		return fail(err, RC_PARK, "no meeting that lies ahead");
	if ((rc = gathering_open(act->council, act->arena, body, meeting, g,
	    err)) != RC_OK)
		return rc;
	rc = agenda_load(act->council->store, act->arena, meeting->id, row,
	    err);
	return rc == RC_NONE ? fail(err, RC_PARK, "there is no draft yet") :
	    rc;
}

/* The last draft that this mail answers, and whether it went to the sender:
 * a release must name what it releases (THREATS 1). 0: it answers none. */
static enum rc
draft_answered(struct act *act, int64_t *agenda_id, struct err *err)
{
	const struct world *world = act->council->world;

	*agenda_id = 0;
	for (size_t i = 0; i < world->n_sent; i++) {
		struct letter_row letter;
		int64_t id;
		enum rc rc;

		if (world->sent[i].kind != LETTER_AGENDA_DRAFT ||
		    !text_equal_nocase(world->sent[i].to, act->sender.email))
			continue;
		rc = letter_by_message_id(act->council->store, act->arena,
		    world->sent[i].message_id, &letter, err);
		if (rc == RC_NONE)
			continue;
		if (rc != RC_OK)
			return rc;
		id = letter_key_row(letter.key, "agenda-draft/");
		if (id > *agenda_id)
			*agenda_id = id;
	}
	return RC_OK;
}

/* Whether it answers the sender's own copy of what was sent last: that is as
 * good as its draft, to change it by. */
static enum rc
sent_answered(struct act *act, const struct gathering *g,
    const struct agenda_row *row, bool *is, struct err *err)
{
	const struct world *world = act->council->world;
	const char *key = arena_printf(act->arena, "agenda/%s/v%lld/%s",
	    g->meeting->id, (long long)row->version, act->sender.email);

	*is = false;
	for (size_t i = 0; i < world->n_sent && row->state == AGENDA_MAILED;
	    i++) {
		struct letter_row letter;
		enum rc rc;

		if (world->sent[i].kind != LETTER_AGENDA)
			continue;
		rc = letter_by_message_id(act->council->store, act->arena,
		    world->sent[i].message_id, &letter, err);
		if (rc != RC_OK && rc != RC_NONE)
			return rc;
		*is = *is || (rc == RC_OK && text_equal_nocase(letter.key,
		    key));
	}
	return RC_OK;
}

enum rc
agenda_deed_is_current(struct act *act, const struct gathering *g,
    const struct agenda_row *row, struct err *err)
{
	int64_t agenda_id;
	bool sent;
	enum rc rc;

	if (row->mail_id == act->mail_id)
		return RC_OK;	/* changed by this very mail */
	if ((rc = draft_answered(act, &agenda_id, err)) != RC_OK ||
	    (rc = sent_answered(act, g, row, &sent, err)) != RC_OK)
		return rc;
	if (agenda_id == row->agenda_id || sent)
		return RC_OK;
	/* She gets the one that counts, and can say it of that. */
	rc = agenda_draft_send(g, &(struct draft_letter){ .row = row,
	    .mail_id = act->mail_id, .only = act->sender.email,
	    .stale = true, .released = row->state != AGENDA_DRAFT }, err);
	if (rc != RC_OK)
		return rc;
	act->answered = true;
	return fail(err, RC_PARK, agenda_id == 0 ? "answers no draft" :
	    "answers an older draft");
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct gathering g;
	struct agenda_files files;
	struct agenda agenda;
	struct agenda_row row;
	int64_t send_at;
	enum rc rc = agenda_deed_open(act, action, &g, &row, err);

	if (rc != RC_OK || (rc = agenda_deed_is_current(act, &g, &row,
	    err)) != RC_OK)
		return rc;
	if (row.state != AGENDA_DRAFT) {
		act->answered = true;
		rc = agenda_draft_send(&g, &(struct draft_letter){
		    .row = &row, .mail_id = act->mail_id,
		    .only = act->sender.email, .released = true }, err);
		return rc != RC_OK ? rc : fail(err, RC_PARK,
		    "it is released already");
	}
	if (row.mail_id == act->mail_id && row.note != NULL) {
		act->answered = true;	/* by the new draft, which asks */
		return fail(err, RC_PARK, "not all of it was understood");
	}
	if ((rc = agenda_send_at(&g, &send_at, err)) != RC_OK ||
	    (rc = agenda_count(&g, &end->members, &end->others,
	    err)) != RC_OK)
		return rc;
	if ((rc = agenda_points(act->council->store, act->arena,
	    row.agenda_id, AUDIENCE_MEMBERS, &agenda, err)) != RC_OK ||
	    (rc = agenda_files_load(&g, &agenda, AUDIENCE_MEMBERS, &files,
	    err)) != RC_OK)
		return rc;
	end->along = files.n_going;
	end->sends = day_words_at(act->arena, g.language, send_at);
	return agenda_move(act->council->store, &row, AGENDA_RELEASE, send_at,
	    journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct agenda_row row;
	const char *meeting;
	enum rc rc = agenda_by_journal(act->council->store, act->arena,
	    journal_id, &meeting, &row, err);

	if (rc != RC_OK || row.state != AGENDA_RELEASED)
		return rc == RC_NONE ? RC_OK : rc;
	return agenda_move(act->council->store, &row, AGENDA_TAKE_BACK, 0, 0,
	    err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct agenda_row row;
	const char *meeting;
	enum rc rc = agenda_by_journal(act->council->store, act->arena,
	    journal_id, &meeting, &row, err);

	*gone = rc == RC_OK && row.state == AGENDA_MAILED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_agenda_approve = {
	.action = ACTION_AGENDA_APPROVE,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = undo,
	.gone = gone,
};
