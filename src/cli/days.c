/* SPDX-License-Identifier: MIT */
/* Looks at the calendar when it is time. */
#include "cli/days.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "calendar/calendar.h"
#include "calendar/nightly.h"
#include "cli/engine.h"
#include "store/store.h"
#include "store/world.h"

#define MAILBOX_MS 300000	/* then the year goes on without the mailbox */
#define JUMP_S 3600		/* more than this is no correction of a clock */
#define HOLD_MS 3600000		/* by then a wrong clock is set right */
#define LOOK_MS 3600000		/* at least so often: a clock may be set */

bool
days_clock_jumped(struct days *d, int64_t now_at, int64_t now_ms)
{
	int64_t jump = d->wall_at == 0 ? 0 : (now_at - d->wall_at) -
	    (now_ms - d->wall_ms) / 1000;

	d->wall_at = now_at;
	d->wall_ms = now_ms;
	if (jump < -JUMP_S)
		d->held_until_ms = 0;	/* set right again */
	if (jump <= JUMP_S)
		return false;
	d->held_until_ms = now_ms + HOLD_MS;
	return true;
}

/* A clock that leaps forward by a month must not send a month's reminders.
 * It is believed after an hour, or when somebody starts the daemon anew. */
static bool
is_held(struct days *d)
{
	int64_t now_ms = clock_ms();

	if (days_clock_jumped(d, clock_now(), now_ms))
		log_warning("the clock leapt forward: reminders and agendas "
		    "wait an hour; restart the daemon where it is right");
	return d->held_until_ms > now_ms;
}

static bool
may_look(struct engine *e)
{
	if (e->days.since_ms == 0)
		e->days.since_ms = clock_ms();
	if (!e->days.was_read)
		e->days.was_read = intake_is_done(e->intake) || (!e->once &&
		    clock_ms() - e->days.since_ms > MAILBOX_MS);
	return e->days.was_read && !e->stopping && !e->full &&
	    !is_held(&e->days);
}

static bool
is_time(struct engine *e, struct err *err)
{
	int64_t version = e->days.version;

	/* What is wrong here is wrong in the turn, too, which says so. */
	return world_version(e->store, &version, err) == RC_OK &&
	    (version != e->days.version || clock_now() >= e->days.next_at);
}

/* While the server tells us of new mail by itself, that is now. */
static int64_t
read_at(const struct engine *e)
{
	struct intake_count in;

	intake_count(e->intake, &in);
	return in.state == READER_IDLE ? clock_now() : in.listed_at;
}

static struct council
council_of(struct engine *e, const struct world *world)
{
	return (struct council){ .store = e->store, .outbox = &e->outbox,
		.world = world, .now_at = world->now_at,
		.read_at = read_at(e),
		.answers_per_hour = e->settings.answers_per_hour,
		.stranger_answers_per_day =
		    e->settings.stranger_answers_per_day };
}

static enum rc
look(struct engine *e, struct err *err)
{
	struct world world = { .now_at = clock_now() };
	struct council council = council_of(e, &world);
	int64_t next_at = CALENDAR_NEVER;
	size_t n = 0;
	enum rc rc;

	e->outbox.now_at = world.now_at;
	if ((rc = world_load(e->store, e->turn, world.now_at, &world,
	    err)) != RC_OK ||
	    (rc = calendar_run(&council, e->turn, &next_at, &n, err)) !=
	    RC_OK ||
	    (rc = world_version(e->store, &e->days.version, err)) != RC_OK)
		return rc;
	/* What one due date did another may follow. */
	e->days.next_at = n > 0 ? world.now_at : next_at;
	if (n > 0)
		dispatch_look(e->dispatch);
	return RC_OK;
}

/* What is erased is in the log of the database as well, until that is written
 * back; whoever reads just then keeps it for an hour. */
static void
night_end(struct engine *e, int64_t now_at)
{
	struct err err = { "" };

	e->days.nightly_at = nightly_next(now_at);
	if (store_scrub(e->store, &err) != RC_OK)
		log_warning("%s", err.text);
}

static enum rc
night_step(struct engine *e, bool *more, struct err *err)
{
	const struct settings *s = &e->settings;
	struct nightly_rules rules = { s->keep_mail_days, s->keep_log_days,
		s->keep_asked_days };
	struct world world = { .now_at = clock_now() };
	struct council council = council_of(e, &world);
	enum rc rc;

	e->outbox.now_at = world.now_at;
	if ((rc = world_load(e->store, e->turn, world.now_at, &world,
	    err)) != RC_OK)
		return rc;
	return nightly_run(&council, e->turn, &rules, more, err);
}

static enum rc
night_turn(struct engine *e, struct err *err)
{
	int64_t now_at = clock_now();
	bool more = false;
	enum rc rc;

	/* never more than a day ahead, or the clock was set back since */
	if (e->days.nightly_at > now_at &&
	    e->days.nightly_at <= nightly_next(now_at))
		return RC_OK;
	if ((rc = store_begin(e->store, err)) != RC_OK)
		return rc;
	rc = night_step(e, &more, err);
	arena_reset(e->turn);
	if (rc == RC_OK)
		rc = store_commit(e->store, err);
	if (rc != RC_OK) {
		store_rollback(e->store);
		return rc;
	}
	dispatch_look(e->dispatch);
	if (!more)
		night_end(e, now_at);
	return RC_OK;
}

enum rc
days_turn(struct engine *e, struct err *err)
{
	struct days before = e->days;
	enum rc rc;

	if (!may_look(e))
		return RC_OK;
	if ((rc = night_turn(e, err)) != RC_OK || !is_time(e, err))
		return rc;
	if ((rc = store_begin(e->store, err)) != RC_OK)
		return rc;
	rc = look(e, err);
	arena_reset(e->turn);
	if (rc == RC_OK)
		rc = store_commit(e->store, err);
	if (rc != RC_OK) {
		e->days.next_at = before.next_at;
		e->days.version = before.version;
		store_rollback(e->store);
	}
	return rc;
}

int64_t
days_wait_ms(const struct engine *e)
{
	int64_t now_at = clock_now(), now_ms = clock_ms(), wait = LOOK_MS;

	if (!e->days.was_read)
		return intake_is_done(e->intake) ? 0 : 1000;
	if (e->days.held_until_ms > now_ms)
		return e->days.held_until_ms - now_ms;
	if (e->days.next_at <= now_at || e->days.nightly_at <= now_at)
		return 0;
	if (e->days.nightly_at - now_at < wait / 1000)
		wait = (e->days.nightly_at - now_at) * 1000;
	if (e->days.next_at - now_at < wait / 1000)
		wait = (e->days.next_at - now_at) * 1000;
	return wait;
}

bool
days_are_done(const struct engine *e)
{
	int64_t now_at = clock_now();

	return e->days.was_read && ((e->days.next_at > now_at &&
	    e->days.nightly_at > now_at) || e->days.held_until_ms > 0);
}
