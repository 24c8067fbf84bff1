/* SPDX-License-Identifier: MIT */
/* A new meeting; of a joint one each body gets its own part. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/meeting_deed.h"
#include "render/day_words.h"
#include "rules/year.h"

#define SAME_DAY_MOST 9	/* meetings of one body on one day */

/* «udsatteraad/2027-02-25», or with -2 where that is taken. */
static enum rc
id_make(struct act *act, const struct world_body *body, struct date day,
    const char **id, struct err *err)
{
	char text[DATE_TEXT_BYTES];
	enum rc rc = RC_OK;

	date_format(day, text);
	for (int n = 1; n <= SAME_DAY_MOST && rc == RC_OK; n++) {
		struct meeting_image image;

		*id = n == 1 ? arena_printf(act->arena, "%s/%s", body->slug,
		    text) : arena_printf(act->arena, "%s/%s-%d", body->slug,
		    text, n);
		rc = meeting_image_load(act->council->store, act->arena, *id,
		    &image, err);
	}
	return rc == RC_NONE ? RC_OK : rc == RC_OK ? fail(err, RC_PARK,
	    "too many meetings on one day") : rc;
}

static enum rc
one_add(struct act *act, const struct world_body *body,
    struct meeting_new *new, const struct meeting_deed *d,
    int64_t journal_id, struct err *err)
{
	struct act *a = act;
	enum rc rc = id_make(a, body, date_local(new->image.start_at).day,
	    &new->id, err);

	if (rc != RC_OK)
		return rc;
	new->body = body->slug;
	new->uid = arena_printf(act->arena, "%s@%s", new->id,
	    act->council->outbox->domain);
	if ((rc = meeting_points_until(act, body, date_local(
	    new->image.start_at).day, &new->image.points_until_at,
	    err)) != RC_OK ||
	    (rc = meeting_add(act->council->store, new, act->council->now_at,
	    err)) != RC_OK)
		return rc;
	return meeting_change_add(act->council->store, act->arena, new->id,
	    MEETING_DID_PLAN, &new->image, d->send_at, journal_id,
	    act->council->now_at, err);
}

/* Slugs of those it is held with, seen from `body`. */
static const char *
with_of(struct act *act, const struct meeting_deed *d,
    const struct world_body *body)
{
	struct world_meeting all = { .with_body = d->facts.with };
	const struct world_body *other;
	struct buf out = buf_open(act->arena);

	if (body != d->body)
		buf_add(&out, d->body->slug);
	for (size_t i = 0; (other = world_with(act->council->world, &all,
	    i)) != NULL; i++)
		if (other != body)
			buf_addf(&out, "%s%s", out.n > 0 ? " " : "",
			    other->slug);
	return out.n > 0 ? buf_text(&out) : NULL;
}

static enum rc
parts_add(struct act *act, const struct meeting_deed *d,
    const struct meeting_new *host, int64_t journal_id, struct err *err)
{
	struct world_meeting all = { .with_body = host->with };
	const struct world_body *body;
	enum rc rc = RC_OK;

	if (host->kind != MEETING_JOINT)
		return RC_OK;
	for (size_t i = 0; rc == RC_OK && (body = world_with(
	    act->council->world, &all, i)) != NULL; i++) {
		struct meeting_new part = *host;

		if (body->kind != BODY_COUNCIL)
			continue;	/* has no agenda of ours */
		part.host = host->id;
		part.with = with_of(act, d, body);
		rc = one_add(act, body, &part, d, journal_id, err);
	}
	return rc;
}

/* When the invitations go, and to how many. */
static enum rc
end_fill(struct act *act, const struct meeting_deed *d,
    const struct meeting_new *new, struct deed_end *end, struct err *err)
{
	struct world_meeting m = { .id = new->id, .with_body = new->with,
		.kind = new->kind, .start_at = new->image.start_at,
		.end_at = new->image.end_at,
		.day = date_local(new->image.start_at).day };
	struct gathering g;
	size_t all;
	int64_t at;
	enum rc rc = gathering_open(act->council, act->arena, d->body, &m, &g,
	    err);

	if (rc != RC_OK || (rc = gathering_day(&g, "invitation-days", "-42",
	    &at, err)) != RC_OK)
		return rc;
	(void)gathering_members(&g, &end->members);
	(void)gathering_invited(&g, &all);
	end->others = all - end->members;
	end->sends = day_words_at(act->arena, g.language, year_awake(at >
	    d->send_at ? at : d->send_at));
	end->tell = !text_equal_nocase(act->sender.email, secretary_of(act,
	    d->body));
	return RC_OK;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct meeting_deed d;
	struct meeting_new new = { .id = NULL };
	enum rc rc = meeting_deed_open(act, action, true, &d, err);

	if (rc != RC_OK || (rc = meeting_deed_check(act, &d, err)) != RC_OK)
		return rc;
	new.kind = d.facts.kind == MEETING_UNTOLD ? MEETING_ORDINARY :
	    (enum meeting_kind)d.facts.kind;
	/* the yearly meeting is with the committee that the body advises */
	if (new.kind == MEETING_DIALOGUE && d.facts.with == NULL)
		d.facts.with = d.body->committee;
	new.with = with_of(act, &d, d.body);
	new.image = (struct meeting_image){ .state = MEETING_PLANNED,
		.place = d.facts.place, .theme = d.facts.theme };
	meeting_facts_times(&d.facts, NULL, &new.image.start_at,
	    &new.image.end_at);
	if ((rc = one_add(act, d.body, &new, &d, journal_id, err)) != RC_OK ||
	    (rc = parts_add(act, &d, &new, journal_id, err)) != RC_OK)
		return rc;
	return end_fill(act, &d, &new, end, err);
}

const struct deed deed_meeting_plan = {
	.action = ACTION_MEETING_PLAN,
	.who = MAY_SECRETARY,
	.run = run,
	.undo = meeting_deed_undo,
	.gone = meeting_deed_gone,
};
