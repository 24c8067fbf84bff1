/* SPDX-License-Identifier: MIT */
/* calendar/calendar.h: a day comes: what the council's year asks for.
 *
 * Shapes   one file per due date, in the form of struct due; the table is in
 *          calendar.c. Each is done once, under its key; after a stop it is
 *          caught up, or passed over where the moment is over for the reader
 * Units    instants in UTC seconds; days before or after the meeting by the
 *          rules of the body («invitation-days» = «-42»)
 * Errors   RC_LATER, RC_STOP as store.h. A letter that cannot leave is
 *          logged, and costs no other
 * Owner    the caller's arena, for as long as the call; the caller holds the
 *          transaction
 * Source   FIELD «A year of one council»; THREATS failure 11
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "council/gathering.h"

struct arena;

#define CALENDAR_NEVER INT64_MAX

/* Does what is due at council->now_at; *next_at is when to call again,
 * CALENDAR_NEVER where no meeting lies ahead. *n counts what was done. */
enum rc calendar_run(struct council *council, struct arena *arena,
	int64_t *next_at, size_t *n, struct err *err);
/* Only when that is. */
enum rc calendar_next(struct council *council, struct arena *arena,
	int64_t *next_at, struct err *err);

/* --- for the files of this room ------------------------------------------- */

/* One due date of one meeting. */
struct day {
	struct gathering g;
	int64_t due_at;
	const char *key;	/* of this due date, and the head of the keys
				 * of its letters */
};

struct due {
	const char *name;	/* "invitation": its rule is "…-days" */
	const char *days;	/* where the body says nothing */
	const char *until;	/* name of the due date at which its moment is
				 * over; NULL: the meeting's start */
	bool daily;		/* from then on each day */
	bool silent;		/* sends nothing: no quiet hours */
	bool parts;		/* each body of a joint meeting has its own;
				 * else the host's is for all */
	bool after;		/* of a meeting that was held: its moment is
				 * never over, `at` says 0 */
	/* In place of days: when. 0: not yet. */
	enum rc (*at)(const struct gathering *g, int64_t *at,
	    struct err *err);
	/* RC_NONE: done, but its own life says so, not its key. */
	enum rc (*run)(struct day *day, struct err *err);
};

extern const struct due due_group_status, due_invitation, due_answer_reminder, due_agenda_draft,
	due_minutes_form, due_minutes_reminder, due_minutes_round,
	due_minutes_send, due_release_reminder, due_agenda, due_meeting_reminder, due_held;

/* follow_up.c: the promises of one body. *next_at is set where it is sooner;
 * `run` false only looks. */
enum rc follow_up_walk(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t *next_at, size_t *n,
	struct err *err);

/* The rounds of one body, in which its topics are ranked (topics.c). */
enum rc topics_walk(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t *next_at, size_t *n,
	struct err *err);

/* The year's plan of one body (year_plan.c). */
enum rc year_plan_day(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t *next_at, size_t *n,
	struct err *err);
/* January: the report on the year before. */
enum rc year_report_day(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t *next_at, size_t *n,
	struct err *err);

/* Terms of one body that end (terms.c). */
enum rc terms_day(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t *next_at, size_t *n,
	struct err *err);

/* Changes of meetings that nobody was told of yet (meeting_change.c). */
struct meeting_change;
struct changes {
	bool run;		/* else only looks when */
	const struct meeting_change *rows;
	size_t n_rows, n;	/* n: meetings that were told */
	int64_t next_at;
};
enum rc changes_run(struct council *council, struct arena *arena,
	struct changes *changes, struct err *err);
bool changes_wait(const struct changes *changes, const char *meeting);

/* calls.c: the days of calls for members; *next_at is brought forward. */
enum rc calls_walk(struct council *council, struct arena *arena, bool run,
	int64_t *next_at, size_t *n, struct err *err);

/* Queues a letter for one person of a due date; what cannot leave is logged,
 * and nobody else waits for it. */
struct outbox_draft;
enum rc day_send(const struct day *day, const struct guest *guest,
	struct outbox_draft draft, struct err *err);

#endif
