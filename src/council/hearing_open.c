/* SPDX-License-Identifier: MIT */
/* An authority asks: a row for each council, and a decision for its
 * secretary. Nobody is asked before she has said ok. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/files.h"
#include "council/hearing.h"
#include "mail/address.h"
#include "render/day_words.h"
#include "rules/cpr.h"
#include "understand/hearing_words.h"
#include "understand/thread.h"

#define LABEL_TITLE_BYTES 120
#define SHOW_BYTES 3000		/* of the authority's words, to the secretary */

/* The first second that is too late. */
static int64_t
deadline_at(const struct act *act, const struct action *action)
{
	int minute = hearing_deadline_minute(act->arena, action->text);

	if (minute >= 1440)
		return date_at(date_add_days(action->deadline_day, 1), 0, 0);
	return date_at(action->deadline_day, minute / 60, minute % 60);
}

/* Whether an address is somebody's who is heard by this mail: none of ours,
 * none of the authority's own house, nobody with a place in a council. */
static bool
is_party(const struct act *act, const char *email)
{
	const struct world *world = act->council->world;

	if (thread_address(world, email, NULL, NULL) ||
	    text_equal_nocase(email, world->mailbox) ||
	    strcmp(address_domain(email), address_domain(
	    act->sender.email)) == 0)
		return false;
	for (size_t i = 0; i < world->n_bodies; i++)
		if (world_person(&world->bodies[i], email) != NULL)
			return false;
	return true;
}

static enum rc
party_add(const struct act *act, int64_t request_id, const char *email,
    const char *name, struct err *err)
{
	enum rc rc = email == NULL || !is_party(act, email) ? RC_NONE :
	    hearing_party_add(act->council->store, request_id, email, name,
	    err);

	return rc == RC_NONE ? RC_OK : rc;
}

/* Who else stands in To and Cc, and who the words name. */
static enum rc
parties_add(const struct act *act, const struct action *action,
    int64_t request_id, struct err *err)
{
	struct hearing_address *named;
	size_t n;
	enum rc rc = RC_OK;

	if (act->mail != NULL && act->said_mail_id == act->mail_id) {
		const struct mail_addresses *lists[] = { &act->mail->to,
			&act->mail->cc };

		for (size_t k = 0; k < 2; k++)
			for (size_t i = 0; i < lists[k]->n && rc == RC_OK;
			    i++)
				rc = party_add(act, request_id,
				    lists[k]->list[i].email,
				    lists[k]->list[i].name, err);
	}
	named = hearing_addresses(act->arena, action->text, true, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (!named[i].drop)
			rc = party_add(act, request_id, named[i].email, NULL,
			    err);
	return rc;
}

static enum rc
request_open(struct act *act, const struct action *action, int64_t *id,
    struct err *err)
{
	const char *words = action->text != NULL ? cpr_mask(act->arena,
	    action->text, CPR_POSSIBLE, NULL) : "";
	const char *subject = act->mail == NULL ? NULL : act->mail->subject;
	const char *number = hearing_case_number(act->arena, words);
	enum rc rc = hearing_request_of_mail(act->council->store,
	    act->said_mail_id, id, err);

	if (rc != RC_NONE)
		return rc;
	rc = hearing_request_add(act->council->store,
	    &(struct hearing_request){ .mail_id = act->said_mail_id,
	    .title = action->title, .from = act->sender.email,
	    .from_name = act->sender.person != NULL ? act->sender.person :
	    act->sender.name, .case_number = number != NULL ? number :
	    hearing_case_number(act->arena, subject), .words = words,
	    .statutory = hearing_is_statutory(act->arena, words),
	    .asked_at = act->council->now_at,
	    .deadline_at = deadline_at(act, action) }, id, err);
	return rc != RC_OK ? rc : parties_add(act, action, *id, err);
}

/* What the secretary reads beside the label. */
static enum rc
decision_words(const struct hearing_work *w, const char **words,
    struct err *err)
{
	struct buf out = buf_open(w->arena);
	struct hearing_party *parties;
	size_t n, open = 0;
	enum rc rc = hearing_parties(w->council->store, w->arena,
	    w->row.request_id, &parties, &n, err);

	if (rc != RC_OK)
		return rc;
	if (w->request.statutory)
		buf_addf(&out, "%s\n", hearing_word(w, "hearing-statutory"));
	if (w->days.short_notice)
		buf_addf(&out, "%s\n", hearing_word(w, "hearing-short"));
	for (size_t i = 0; i < n; i++)
		if (parties[i].asked_at == 0)
			buf_addf(&out, "%s%s", open++ == 0 ? arena_printf(
			    w->arena, "%s ", hearing_word(w,
			    "hearing-parties")) : ", ", parties[i].email);
	buf_addf(&out, "%s%s %s\n\n%s", open > 0 ? "\n" : "", hearing_word(w,
	    "hearing-members-day"), day_words(w->arena, w->language,
	    w->days.members), text_cut(w->arena, w->request.words,
	    SHOW_BYTES));
	*words = buf_text(&out);
	return RC_OK;
}

static enum rc
secretary_ask(struct hearing_work *w, struct err *err)
{
	const char *words = NULL, *authority = w->request.from_name != NULL ?
	    w->request.from_name : w->request.from;
	enum rc rc = decision_words(w, &words, err);

	if (rc != RC_OK)
		return rc;
	rc = decision_ask(w->council, w->arena, &(struct decision_draft){
	    .kind = "hearing", .key = arena_printf(w->arena, "hearing/%s",
	    w->row.slug), .body = w->body, .ref = w->row.slug,
	    .row_id = w->row.hearing_id,
	    .label = arena_printf(w->arena, "%s (%s, %s)", text_cut(w->arena,
	    w->row.title, LABEL_TITLE_BYTES), authority,
	    hearing_deadline_words(w)),
	    .words = words, .until_at = date_at(w->days.members, 8, 0),
	    .urgent = w->days.short_notice }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    action->body);
	struct hearing_row row = { .title = action->title,
		.from = act->sender.email, .state = HEARING_RECEIVED,
		.deadline_day = action->deadline_day,
		.journal_id = journal_id };
	struct files_taken taken;
	struct hearing_work w;
	enum rc rc;

	if (!act->sender.verified || act->sender.email == NULL)
		return fail(err, RC_PARK, "nobody vouches for the authority");
	if (body == NULL || body->kind != BODY_COUNCIL)
		return fail(err, RC_PARK, "no council is asked");
	if (action->title == NULL || action->title[0] == '\0' ||
	    !date_is_valid(action->deadline_day) ||
	    deadline_at(act, action) <= act->council->now_at)
		return fail(err, RC_PARK, "no title, or no day that lies "
		    "ahead");
	row.body = body->slug;
	row.slug = hearing_slug(act->arena, action->title);
	if ((rc = request_open(act, action, &row.request_id, err)) != RC_OK ||
	    (rc = hearing_add(act->council->store, act->arena, &row,
	    act->council->now_at, err)) != RC_OK ||
	    (rc = files_take(act, FILE_OF_HEARING, row.hearing_id,
	    journal_id, FILES_ALL, &taken, err)) != RC_OK ||
	    (rc = hearing_work_open(act->council, act->arena, row.slug, &w,
	    err)) != RC_OK || (rc = secretary_ask(&w, err)) != RC_OK)
		return rc;
	end->told = true;
	return w.days.short_notice ? hearing_short_tell(&w,
	    act->said_mail_id, err) : RC_OK;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct hearing_row row;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if ((rc = decision_moot(act->council, arena_printf(act->arena,
	    "hearing/%s", row.slug), err)) != RC_OK ||
	    (rc = file_undo(act->council->store, journal_id, err)) != RC_OK)
		return rc;
	return hearing_undo(act->council->store, journal_id, err);
}

/* Somebody has it in hand already. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct hearing_row row;
	struct contribution *said;
	size_t n = 0;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_OK)
		rc = contribution_list(act->council->store, act->arena,
		    row.slug, 1, &said, &n, err);
	*gone = rc == RC_OK && (row.state != HEARING_RECEIVED || n > 0);
	return rc == RC_NONE ? RC_OK : rc;
}

const struct deed deed_hearing_open = {
	.action = ACTION_HEARING_OPEN,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
	.gone = gone,
};
