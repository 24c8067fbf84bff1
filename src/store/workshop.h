/* SPDX-License-Identifier: MIT */
/* store/workshop.h: workshops that outsiders come to, who comes, and what they
 * think of.
 *
 * Shapes   a workshop beside its meeting; rounds of one process and body
 *          belong together
 * Units    *_at in UTC seconds; *_day civil days
 * Errors   RC_NONE: no such row; RC_STOP: a step that is not in its life
 *          (rules/registration.h)
 * Owner    rows live in the arena
 * Source   FIELD, København
 */
#ifndef STORE_WORKSHOP_H
#define STORE_WORKSHOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "rules/registration.h"

struct arena;
struct store;

struct workshop_row {
	int64_t workshop_id;
	const char *meeting, *body;	/* slugs */
	const char *process, *themes, *principles, *way, *contact;
	int places;
	struct date report_day;		/* year 0: none */
	const char *report_to;		/* NULL */
	enum workshop_state state;
	int64_t send_at;		/* 0 */
	int64_t report;
	const char *decided;		/* NULL */
	int64_t journal_id, released_by, decided_by;	/* 0 */
	int64_t start_at, end_at;	/* of the meeting, as it is now */
	bool meeting_cancelled;
	int64_t meeting_changed_at;
};

/* workshop_id and state are set. RC_PARK: no such meeting. */
enum rc workshop_add(struct store *store, struct workshop_row *row,
	const char *const *addresses, size_t n, struct err *err);
enum rc workshop_by_meeting(struct store *store, struct arena *arena,
	const char *meeting, struct workshop_row *row, struct err *err);
/* That a line of the journal opened, released or decided. */
enum rc workshop_by_journal(struct store *store, struct arena *arena,
	int64_t journal_id, struct workshop_row *row, struct err *err);
/* Those that are not at their end; all: every one. Oldest first. */
enum rc workshop_list(struct store *store, struct arena *arena, bool all,
	struct workshop_row **rows, size_t *n, struct err *err);
/* send_at and journal_id belong to RELEASE and DECIDE, `decided` to DECIDE. */
enum rc workshop_move(struct store *store, struct workshop_row *row,
	enum workshop_act act, int64_t send_at, int64_t journal_id,
	const char *decided, struct err *err);
enum rc workshop_undo(struct store *store, int64_t journal_id,
	struct err *err);
/* The newest meeting of that kind of a body on a day. */
enum rc workshop_meeting(struct store *store, struct arena *arena,
	const char *body, int64_t from_at, int64_t to_at,
	const char **meeting, struct err *err);

struct workshop_person {
	const char *email, *name;	/* name NULL */
};
/* Whom to invite: her list, and who took part or wrote in an earlier round;
 * not who said stop. */
enum rc workshop_invited(struct store *store, struct arena *arena,
	const struct workshop_row *row, struct workshop_person **list,
	size_t *n, struct err *err);
/* Who took part or wrote in any round. */
enum rc workshop_everybody(struct store *store, struct arena *arena,
	const struct workshop_row *row, struct workshop_person **list,
	size_t *n, struct err *err);
/* How many had a place, over all rounds that were held. */
enum rc workshop_took_part(struct store *store,
	const struct workshop_row *row, int64_t *n, struct err *err);
enum rc workshop_stop(struct store *store, const struct workshop_row *row,
	const char *email, int64_t journal_id, struct err *err);
enum rc workshop_stop_undo(struct store *store, int64_t journal_id,
	struct err *err);

/* --- ideas --------------------------------------------------------------- */

struct workshop_idea {
	int64_t idea_id, workshop_id, at;
	const char *email;		/* NULL erased */
	const char *words;
	const char *theme;		/* NULL */
	int64_t journal_id;
};
enum rc workshop_idea_add(struct store *store, struct workshop_idea *idea,
	struct err *err);
/* Of all rounds, by number. */
enum rc workshop_ideas(struct store *store, struct arena *arena,
	const struct workshop_row *row, struct workshop_idea **list,
	size_t *n, struct err *err);
enum rc workshop_idea_group(struct store *store,
	const struct workshop_idea *idea, const char *theme,
	int64_t journal_id, struct err *err);
/* Both what came and what was grouped by that line. */
enum rc workshop_idea_undo(struct store *store, int64_t journal_id,
	struct err *err);

/* --- who comes (store/registration.c) ------------------------------------ */

struct registration_row {
	int64_t registration_id, workshop_id, at;
	const char *email, *name;	/* name NULL */
	const char *companion;		/* "" */
	enum registration_state state;
	const char *needs;		/* NULL */
	int64_t offer_until_at;		/* 0 */
};
enum rc registration_add(struct store *store, struct registration_row *row,
	int64_t journal_id, struct err *err);
/* By order of the list. email NULL: all of the workshop. */
enum rc registration_list(struct store *store, struct arena *arena,
	int64_t workshop_id, const char *email,
	struct registration_row **rows, size_t *n, struct err *err);
/* journal_id 0: the calendar does it. A newcomer goes to the end. */
enum rc registration_move(struct store *store, struct registration_row *row,
	enum registration_act act, int64_t at, int64_t offer_until_at,
	int64_t journal_id, struct err *err);
/* NULL: none. */
enum rc registration_needs(struct store *store, int64_t registration_id,
	const char *needs, struct err *err);
/* Places that are taken or held. */
enum rc registration_taken(struct store *store, int64_t workshop_id,
	int64_t *n, struct err *err);
/* What a line did is undone; one who had a place waits where it is full. */
enum rc registration_undo(struct store *store, int64_t journal_id,
	const struct workshop_row *row, struct err *err);
/* The workshop that a line about places belongs to; 0. */
enum rc registration_workshop(struct store *store, int64_t journal_id,
	int64_t *workshop_id, struct err *err);
enum rc workshop_load(struct store *store, struct arena *arena,
	int64_t workshop_id, struct workshop_row *row, struct err *err);

/* --- what is kept no longer ------------------------------------------------ */

/* Of those that ended before, or were called off. */
enum rc workshop_needs_erase(struct store *store, int64_t before,
	size_t *n, struct err *err);
/* Who came or wrote, of those that ended before. */
enum rc workshop_people_erase(struct store *store, int64_t ended,
	size_t *n, struct err *err);

#endif
