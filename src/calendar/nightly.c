/* SPDX-License-Identifier: MIT */
/* Each night, step by step: the nominations that nobody answered, the list of
 * what goes in a week, what goes today, and what is only for ourselves. */
#include "calendar/nightly.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "council/data.h"
#include "store/answered.h"
#include "store/due.h"
#include "store/journal.h"
#include "store/ranking.h"
#include "store/reader.h"
#include "store/retention.h"
#include "store/workshop.h"

#define HOUR 3		/* after every clock change, before anybody is up */
#define BALLOT_DAYS 30	/* after the end of their round */
#define AT_ONCE 100	/* things in one transaction, some ten milliseconds */
#define PEOPLE_DAYS 730	/* after the place, for the report on attendance */
#define AHEAD_DAYS 7	/* the secretary is told before */

struct night {
	struct council *council;
	struct arena *arena;
	const struct nightly_rules *rules;
	struct date today;
};

/* The end of the day `days` ago: what came before it is that old today, as
 * the receipts count (council/answer.c, day_after). */
static int64_t
days_ago(const struct night *night, int days)
{
	return date_at(date_add_days(night->today, 1 - days), 0, 0);
}

static enum rc
silent_end(struct night *night, size_t *n, struct err *err)
{
	int64_t *numbers;
	enum rc rc = retention_silent(night->council->store, night->arena,
	    days_ago(night, COUNCIL_CONSENT_DAYS), AT_ONCE, &numbers, n, err);

	for (size_t i = 0; rc == RC_OK && i < *n; i++)
		rc = council_nomination_end(night->council, night->arena,
		    numbers[i], err);
	return rc;
}

static enum rc
seats_list(struct night *night, size_t *n, struct err *err)
{
	const struct world *world = night->council->world;
	enum rc rc = RC_OK;

	*n = 0;
	for (size_t b = 0; b < world->n_bodies && rc == RC_OK && *n == 0; b++) {
		struct retention_seat *seats;

		rc = retention_list(night->council->store, night->arena,
		    world->bodies[b].slug, days_ago(night,
		    COUNCIL_KEEP_DAYS - AHEAD_DAYS), night->council->now_at,
		    AT_ONCE, &seats, n, err);
		if (rc == RC_OK && *n > 0)
			rc = council_retention_tell(night->council,
			    night->arena, &world->bodies[b], seats, *n, err);
	}
	/* A letter for each body is a step of its own. */
	if (*n > 0)
		*n = AT_ONCE;
	return rc;
}

static enum rc
seats_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_seats(night->council->store, days_ago(night,
	    COUNCIL_KEEP_DAYS), AT_ONCE, n, err);
}

static enum rc
late_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_late(night->council->store, days_ago(night,
	    COUNCIL_CONSENT_DAYS), AT_ONCE, n, err);
}

static enum rc
ended_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_ended(night->council->store, AT_ONCE, n, err);
}

static enum rc
mails_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_mails(night->council->store, days_ago(night,
	    night->rules->mail_days), AT_ONCE, n, err);
}

static enum rc
letters_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_letters(night->council->store, days_ago(night,
	    night->rules->mail_days), AT_ONCE, n, err);
}

static enum rc
sent_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_sent(night->council->store, days_ago(night,
	    night->rules->log_days), AT_ONCE, n, err);
}

static enum rc
asked_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_pending(night->council->store, days_ago(night,
	    night->rules->asked_days), AT_ONCE, n, err);
}

static enum rc
readers_erase(struct night *night, size_t *n, struct err *err)
{
	return reader_forget(night->council->store, days_ago(night,
	    COUNCIL_KEEP_DAYS), AT_ONCE, n, err);
}

/* What people need, from the day after; who they are, half a year on. */
static enum rc
needs_erase(struct night *night, size_t *n, struct err *err)
{
	return workshop_needs_erase(night->council->store, days_ago(night, 1),
	    n, err);
}

static enum rc
workshops_erase(struct night *night, size_t *n, struct err *err)
{
	return workshop_people_erase(night->council->store, days_ago(night,
	    COUNCIL_KEEP_DAYS), n, err);
}

static enum rc
ballots_erase(struct night *night, size_t *n, struct err *err)
{
	return ranking_forget(night->council->store, days_ago(night,
	    BALLOT_DAYS), days_ago(night, COUNCIL_KEEP_DAYS), AT_ONCE, n,
	    err);
}

static enum rc
data_remind(struct night *night, size_t *n, struct err *err)
{
	return data_remind_night(night->council, night->arena, n, err);
}

/* At most a hundred at once, each for good or until its letter has left. */
static enum rc
data_erase(struct night *night, size_t *n, struct err *err)
{
	return data_erase_night(night->council, night->arena, n, err);
}

static enum rc
people_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_people(night->council->store, days_ago(night,
	    PEOPLE_DAYS), AT_ONCE, n, err);
}

static enum rc
subscriptions_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_subscriptions(night->council->store, days_ago(night,
	    COUNCIL_KEEP_DAYS), AT_ONCE, n, err);
}

static enum rc
called_erase(struct night *night, size_t *n, struct err *err)
{
	return retention_called(night->council->store,
	    night->council->now_at, AT_ONCE, n, err);
}

static enum rc
answered_erase(struct night *night, size_t *n, struct err *err)
{
	*n = 0;
	return answered_forget(night->council->store, night->council->now_at,
	    err);
}

/* In this order: what has ended is found by its mail's bytes. */
static const struct step {
	const char *name;
	enum rc (*run)(struct night *night, size_t *n, struct err *err);
} steps[] = {
	{ "nominations-ended", silent_end },
	{ "seats-listed", seats_list },
	{ "seats", seats_erase },
	{ "seats-late", late_erase },
	{ "mails-ended", ended_erase },
	{ "mails", mails_erase },
	{ "letters", letters_erase },
	{ "sent", sent_erase },
	{ "asked", asked_erase },
	{ "workshop-needs", needs_erase },
	{ "workshop-people", workshops_erase },
	{ "readers", readers_erase },
	{ "ballots", ballots_erase },
	{ "people", people_erase },
	{ "subscriptions", subscriptions_erase },
	{ "called", called_erase },
	{ "answered", answered_erase },
	{ "data-due", data_remind },
	{ "erasures", data_erase },
};

/* That something went, and how much; not what. */
static enum rc
audit(const struct night *night, const char *name, size_t n,
    struct err *err)
{
	int64_t journal_id;

	log_info("nightly=%s n=%zu", name, n);
	return journal_add(night->council->store, &(struct journal_row){
	    .at = night->council->now_at, .deed = "retention",
	    .by_what = "clock", .about = arena_printf(night->arena,
	    "%s %zu", name, n) }, &journal_id, err);
}

enum rc
nightly_run(struct council *council, struct arena *arena,
    const struct nightly_rules *rules, bool *more, struct err *err)
{
	struct local now = date_local(council->now_at);
	struct night night = { council, arena, rules, now.hour < HOUR ?
		date_add_days(now.day, -1) : now.day };
	char day[DATE_TEXT_BYTES];
	const char *key;
	bool done;
	enum rc rc;

	*more = false;
	date_format(night.today, day);
	key = arena_printf(arena, "nightly/%s", day);
	if ((rc = due_is_done(council->store, key, &done, err)) != RC_OK ||
	    done)
		return rc;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		size_t n = 0;

		if ((rc = steps[i].run(&night, &n, err)) != RC_OK)
			return rc;
		if (n > 0 && (rc = audit(&night, steps[i].name, n, err)) !=
		    RC_OK)
			return rc;
		if (n >= AT_ONCE) {
			*more = true;
			return RC_OK;
		}
	}
	return due_set(council->store, key, council->now_at, DUE_DONE, err);
}

int64_t
nightly_next(int64_t at)
{
	struct local now = date_local(at);

	return date_at(now.hour < HOUR ? now.day : date_add_days(now.day, 1),
	    HOUR, 0);
}
