/* SPDX-License-Identifier: MIT */
/* Walks the meetings that lie ahead, and what each day asks for. */
#include "calendar/calendar.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "calendar/decision_mail.h"
#include "calendar/hearing.h"
#include "calendar/workshops.h"
#include "outbox/outbox.h"
#include "rules/meeting.h"
#include "rules/year.h"
#include "store/due.h"
#include "store/store.h"

static const struct due *const dues[] = {
	&due_invitation, &due_answer_reminder, &due_group_status,
	&due_agenda_draft,
	&due_release_reminder, &due_agenda, &due_meeting_reminder, &due_held,
	&due_minutes_form, &due_minutes_reminder, &due_minutes_round,
	&due_minutes_send,
};
#define N_DUES (sizeof dues / sizeof dues[0])

/* One walk over all of them. */
struct walk {
	struct council *council;
	struct arena *arena;
	bool run;		/* else only looks when */
	int64_t next_at;
	size_t n;
};

static void
sooner(struct walk *w, int64_t at)
{
	if (at < w->next_at)
		w->next_at = at;
}

static const struct due *
due_named(const char *name)
{
	for (size_t i = 0; name != NULL && i < N_DUES; i++)
		if (strcmp(dues[i]->name, name) == 0)
			return dues[i];
	return NULL;
}

static enum rc
due_at(const struct gathering *g, const struct due *due, int64_t *at,
    struct err *err)
{
	return due->at != NULL ? due->at(g, at, err) : gathering_day(g,
	    arena_printf(g->arena, "%s-days", due->name), due->days, at,
	    err);
}

static enum rc
until_at(const struct gathering *g, const struct due *due, int64_t *at,
    struct err *err)
{
	const struct due *end = due_named(due->until);

	if (due->silent || due->after)
		*at = CALENDAR_NEVER;
	else if (end == NULL)
		*at = g->meeting->start_at;
	else
		return due_at(g, end, at, err);
	return RC_OK;
}

/* Held, and its minutes are not yet out: half a year, then nobody waits for
 * them any more. A correction of what was sent long since is sent all the
 * same, by its own mail. */
#define AFTER_S (INT64_C(183) * 86400)

static bool
is_behind(const struct world_meeting *m, int64_t now_at)
{
	return (m->state == MEETING_HELD ||
	    m->state == MEETING_MINUTES_DRAFT ||
	    m->state == MEETING_MINUTES_RELEASED) &&
	    m->end_at <= now_at && now_at - m->end_at < AFTER_S;
}

/* Its letters or steps, by themselves within the transaction. */
static enum rc
run_one(struct walk *w, const struct due *due, struct day *day,
    struct err *err)
{
	struct store *store = w->council->store;
	enum due_outcome outcome = DUE_DONE;
	enum rc rc = store_mark(store, err);

	if (rc != RC_OK)
		return rc;
	rc = due->run(day, err);
	if (rc == RC_NONE) {
		w->n++;
		log_info("due=%s meeting=%s", due->name, day->g.meeting->id);
		return store_keep(store, err);
	}
	if (rc == RC_PARK) {
		log_warning("due=%s meeting=%s failed: %s", due->name,
		    day->g.meeting->id, err->text);
		if ((rc = store_drop(store, err)) != RC_OK)
			return rc;
		outcome = DUE_FAILED;
	} else if (rc != RC_OK || (rc = store_keep(store, err)) != RC_OK) {
		return rc;
	}
	log_info("due=%s meeting=%s", due->name, day->g.meeting->id);
	w->n++;
	return due_set(store, day->key, w->council->now_at, outcome, err);
}

/* The key of today, for what comes back each day. */
static const char *
key_of(const struct gathering *g, const struct due *due, struct date day)
{
	char text[DATE_TEXT_BYTES];

	if (!due->daily)
		return gathering_key(g, due->name);
	date_format(day, text);
	return arena_printf(g->arena, "%s/%s", gathering_key(g, due->name),
	    text);
}

static enum rc
due_walk(struct walk *w, const struct gathering *g, const struct due *due,
    struct err *err)
{
	int64_t now_at = w->council->now_at, at = 0, until = 0;
	struct date today = date_local(now_at).day;
	struct day day = { .g = *g, .key = key_of(g, due, today) };
	bool done;
	enum rc rc;

	if ((rc = due_at(g, due, &at, err)) != RC_OK || at == 0)
		return rc;
	if (at > now_at) {
		sooner(w, due->silent ? at : year_awake(at));
		return RC_OK;
	}
	if ((rc = until_at(g, due, &until, err)) != RC_OK ||
	    (rc = due_is_done(w->council->store, day.key, &done, err)) !=
	    RC_OK)
		return rc;
	if (due->daily && now_at < until)
		sooner(w, year_awake(date_at(date_add_days(today, 1),
		    GATHERING_HOUR, 0)));
	if (done)
		return RC_OK;
	if (now_at >= until) {
		if (!w->run || due->daily)
			return RC_OK;
		log_info("due=%s meeting=%s passed", due->name,
		    g->meeting->id);
		return due_set(w->council->store, day.key, now_at,
		    DUE_PASSED, err);
	}
	if (!due->silent && year_is_quiet(now_at)) {
		sooner(w, year_awake(now_at));
		return RC_OK;
	}
	/* The morning's hour counts for what comes back each day, too. */
	if (due->daily && now_at < date_at(today, GATHERING_HOUR, 0)) {
		sooner(w, date_at(today, GATHERING_HOUR, 0));
		return RC_OK;
	}
	day.due_at = at;
	if (!w->run) {
		sooner(w, now_at);
		return RC_OK;
	}
	return run_one(w, due, &day, err);
}

static enum rc
body_walk(struct walk *w, const struct changes *changes,
    const struct world_body *body, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t m = 0; m < body->n_meetings && rc == RC_OK; m++) {
		const struct world_meeting *meeting = &body->meetings[m];
		bool ahead = meeting_is_ahead(meeting->state);
		struct gathering g;

		if ((!ahead && !is_behind(meeting, w->council->now_at)) ||
		    changes_wait(changes, meeting->id))
			continue;
		rc = gathering_open(w->council, w->arena, body, meeting, &g,
		    err);
		for (size_t i = 0; i < N_DUES && rc == RC_OK; i++)
			if ((ahead || dues[i]->after) &&
			    (meeting->host == NULL || dues[i]->parts))
				rc = due_walk(w, &g, dues[i], err);
	}
	return rc;
}

/* The decision mail comes last: it tells what the day brought, and what comes
 * next. Body NULL: the house's. */
static enum rc
decision_walk(struct walk *w, const struct world_body *body, int64_t next_at,
    struct err *err)
{
	int64_t at = CALENDAR_NEVER;
	enum rc rc = decision_mail_day(w->council, w->arena, body, w->run,
	    next_at, &at, &w->n, err);

	if (rc == RC_OK)
		sooner(w, at);
	return rc;
}

static enum rc
walk(struct walk *w, struct err *err)
{
	const struct world *world = w->council->world;
	struct changes changes = { .run = w->run };
	enum rc rc = changes_run(w->council, w->arena, &changes, err);
	int64_t next_at = changes.next_at;

	w->n += changes.n;
	if (rc == RC_OK)
		rc = hearings_walk(w->council, w->arena, w->run, &next_at,
		    &w->n, err);
	if (rc == RC_OK)
		rc = journal_copies_walk(w->council, w->arena, w->run,
		    &next_at, &w->n, err);
	for (size_t b = 0; b < world->n_bodies && rc == RC_OK; b++) {
		const struct world_body *body = &world->bodies[b];

		if (body->kind != BODY_COUNCIL)
			continue;
		w->next_at = CALENDAR_NEVER;
		if ((rc = body_walk(w, &changes, body, err)) == RC_OK)
			rc = follow_up_walk(w->council, w->arena, body,
			    w->run, &w->next_at, &w->n, err);
		if (rc == RC_OK)
			rc = topics_walk(w->council, w->arena, body, w->run,
			    &w->next_at, &w->n, err);
		if (rc == RC_OK)
			rc = year_plan_day(w->council, w->arena, body, w->run,
			    &w->next_at, &w->n, err);
		if (rc == RC_OK)
			rc = terms_day(w->council, w->arena, body, w->run,
			    &w->next_at, &w->n, err);
		if (rc == RC_OK)
			rc = year_report_day(w->council, w->arena, body,
			    w->run, &w->next_at, &w->n, err);
		if (rc == RC_OK)
			rc = decision_walk(w, body, w->next_at, err);
		if (w->next_at < next_at)
			next_at = w->next_at;
	}
	w->next_at = next_at;
	if (rc == RC_OK)
		rc = calls_walk(w->council, w->arena, w->run, &w->next_at,
		    &w->n, err);
	if (rc == RC_OK)
		rc = workshops_walk(w->council, w->arena, w->run,
		    &w->next_at, &w->n, err);
	return rc != RC_OK ? rc : decision_walk(w, NULL, CALENDAR_NEVER, err);
}

enum rc
calendar_run(struct council *council, struct arena *arena, int64_t *next_at,
    size_t *n, struct err *err)
{
	struct walk w = { .council = council, .arena = arena, .run = true };
	enum rc rc = walk(&w, err);

	if (rc != RC_OK)
		return rc;
	*next_at = w.next_at;
	*n = w.n;
	return RC_OK;
}

enum rc
calendar_next(struct council *council, struct arena *arena, int64_t *next_at,
    struct err *err)
{
	struct walk w = { .council = council, .arena = arena };
	enum rc rc = walk(&w, err);

	if (rc == RC_OK)
		*next_at = w.next_at;
	return rc;
}

enum rc
day_send(const struct day *day, const struct guest *guest,
    struct outbox_draft draft, struct err *err)
{
	const struct gathering *g = &day->g;
	struct err why = { "" };
	enum rc rc;

	draft.key = arena_printf(g->arena, "%s/%s", day->key, guest->email);
	draft.language = g->language;
	draft.ref = g->meeting->id;
	draft.body = g->body;
	draft.to = guest->email;
	draft.to_name = guest->name;
	rc = outbox_queue(g->council->outbox, g->arena, &draft, NULL, NULL,
	    &why);
	if (rc == RC_NONE)
		return RC_OK;
	if (rc == RC_PARK) {
		log_warning("due=%s: a letter cannot leave: %s", day->key,
		    why.text);
		return RC_OK;
	}
	return rc == RC_OK ? RC_OK : fail(err, rc, "%s", why.text);
}
