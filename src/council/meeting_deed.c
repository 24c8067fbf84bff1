/* SPDX-License-Identifier: MIT */
/* Who may change a meeting, how it is written, and taken back. */
#include "council/meeting_deed.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "render/day_words.h"
#include "rules/meeting.h"
#include "rules/year.h"
#include "store/meeting.h"
#include "store/meeting_guest.h"

static bool
may_plan(const struct act *act, const struct world_body *body)
{
	const char *email = act->sender.email;

	/* the IT department at the machine itself */
	if (act->sender.by != NULL && strcmp(act->sender.by, "command") == 0)
		return true;
	if (text_equal_nocase(email, act->council->outbox->secretary))
		return true;
	for (size_t i = 0; i < body->n_people; i++)
		if (text_equal_nocase(body->people[i].email, email) &&
		    meeting_may_plan(body, body->people[i].role))
			return true;
	return false;
}

static enum rc
send_at_load(struct act *act, const struct world_body *body, int64_t *at,
    struct err *err)
{
	const char *value = NULL;
	long minutes = MEETING_STOP_MINUTES;
	enum rc rc = rule_load(act->council->store, act->arena, body->slug,
	    "stop-minutes", &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK) {
		char *end;
		long n = strtol(value, &end, 10);

		if (end == value || *end != '\0' || n < 0 || n > 1440)
			log_warning("rule stop-minutes of %s is no number of "
			    "minutes", body->slug);
		else
			minutes = n;
	}
	*at = act->council->now_at + minutes * 60;
	return RC_OK;
}

enum rc
meeting_deed_open(struct act *act, const struct action *action, bool plans,
    struct meeting_deed *d, struct err *err)
{
	const struct world *world = act->council->world;
	enum rc rc;

	*d = (struct meeting_deed){ .body = world_body(world, action->body) };
	if (!meeting_facts_read(act->arena, action->text, &d->facts))
		return fail(err, RC_PARK, "the facts of the meeting cannot be "
		    "read");
	if (!plans) {
		d->meeting = world_meeting(world, action->meeting, &d->body);
		/* whoever speaks of a part means the whole */
		if (d->meeting != NULL && d->meeting->host != NULL &&
		    may_plan(act, d->body)) {
			d->meeting = world_meeting(world, d->meeting->host,
			    &d->body);
		} else if (d->meeting != NULL && !may_plan(act, d->body)) {
			return fail(err, RC_PARK, "only the secretary");
		}
		if (d->meeting == NULL || !meeting_is_ahead(
		    d->meeting->state) || d->meeting->start_at <=
		    act->council->now_at)
			return fail(err, RC_PARK, "no meeting that lies "
			    "ahead");
	} else if (d->body == NULL || d->body->kind != BODY_COUNCIL) {
		return fail(err, RC_PARK, "no council that meets");
	} else if (!may_plan(act, d->body)) {
		return fail(err, RC_PARK, "only the secretary");
	}
	if ((rc = send_at_load(act, d->body, &d->send_at, err)) != RC_OK)
		return rc;
	return plans ? RC_OK : gathering_open(act->council, act->arena,
	    d->body, d->meeting, &d->g, err);
}

enum rc
meeting_deed_check(struct act *act, const struct meeting_deed *d,
    struct err *err)
{
	enum meeting_fault fault = meeting_facts_check(&d->facts, d->body,
	    d->meeting, act->council->now_at);

	return fault == MEETING_RIGHT ? RC_OK : fail(err, RC_PARK, "%s",
	    meeting_fault_word(fault));
}

struct meeting_image
meeting_image_of(const struct world_meeting *m)
{
	return (struct meeting_image){ m->state, m->start_at, m->end_at,
		m->points_until_at, m->round, m->place, m->theme };
}

enum rc
meeting_points_until(struct act *act, const struct world_body *body,
    struct date day, int64_t *at, struct err *err)
{
	const char *value = NULL;
	struct year_days days;
	enum rc rc = rule_load(act->council->store, act->arena, body->slug,
	    "points-days", &value, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_NONE || !year_days_read(value, &days))
		(void)year_days_read(MEETING_POINTS_DAYS, &days);
	day = date_add_days(year_not_holiday(year_add(day, days)), 1);
	*at = date_at(day, 0, 0) - 1;
	return RC_OK;
}

/* How many get a letter of it. */
static void
count(const struct meeting_deed *d, struct deed_end *end)
{
	size_t members, others, substitutes;

	(void)gathering_members(&d->g, &members);
	(void)gathering_invited(&d->g, &others);
	(void)gathering_substitutes(&d->g, &substitutes);
	end->members = d->meeting->state == MEETING_CALLED ? members +
	    substitutes : 0;
	end->others = d->meeting->state == MEETING_CALLED ? others - members :
	    0;
	for (size_t i = 0; i < d->g.n_guests; i++)
		end->others += d->g.guests[i].invited_at != 0;
}

enum rc
meeting_deed_write(struct act *act, const struct meeting_deed *d,
    enum meeting_what what, const struct meeting_image *image,
    int64_t journal_id, struct deed_end *end, struct err *err)
{
	const struct world *world = act->council->world;
	enum rc rc = meeting_change_add(act->council->store, act->arena,
	    d->meeting->id, what, image, d->send_at, journal_id,
	    act->council->now_at, err);

	for (size_t b = 0; b < world->n_bodies; b++)
		for (size_t m = 0; rc == RC_OK && m <
		    world->bodies[b].n_meetings; m++) {
			const struct world_meeting *part =
			    &world->bodies[b].meetings[m];

			if (part->host != NULL && strcmp(part->host,
			    d->meeting->id) == 0 && meeting_is_ahead(
			    part->state))
				rc = meeting_change_add(act->council->store,
				    act->arena, part->id, what, image,
				    d->send_at, journal_id,
				    act->council->now_at, err);
		}
	if (rc != RC_OK)
		return rc;
	count(d, end);
	end->sends = day_words_at(act->arena, d->g.language, d->send_at);
	end->tell = !text_equal_nocase(act->sender.email, secretary_of(act,
	    d->body));
	return RC_OK;
}

enum rc
meeting_deed_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return meeting_change_undo(act->council->store, act->arena,
	    journal_id, act->council->now_at, err);
}

enum rc
meeting_deed_gone(struct act *act, int64_t journal_id, bool *gone,
    struct err *err)
{
	return meeting_change_gone(act->council->store, act->arena,
	    journal_id, gone, err);
}
