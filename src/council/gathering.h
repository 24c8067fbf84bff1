/* SPDX-License-Identifier: MIT */
/* council/gathering.h: the people of one meeting, and what a letter says of
 * it.
 *
 * Shapes   everybody once, by address; the members of a meeting's with_body
 *          count as its members (corpus/README 6)
 * Errors   as store.h
 * Owner    the arena
 * Source   FIELD «A year of one council», «who mails»
 */
#ifndef COUNCIL_GATHERING_H
#define COUNCIL_GATHERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "rules/quorum.h"
#include "rules/world.h"

struct arena;
struct attendance;
struct json_fields;
struct meeting_guest;

#define GATHERING_HOUR 8	/* at which a day's letters go */

struct guest {
	const char *email, *name;
	bool answers;		/* is asked whether he comes */
};

struct gathering {
	struct council *council;	/* borrowed, all four */
	struct arena *arena;
	const struct world_body *body;
	const struct world_meeting *meeting;
	const char *language;
	const struct attendance *answers;	/* of anybody */
	size_t n_answers;
	const struct meeting_guest *guests;
	size_t n_guests;
	struct roll roll;		/* of the body's own seats */
	size_t quorum;			/* the body's rule; 0 */
};

/* With the answers as they are now. */
enum rc gathering_open(struct council *council, struct arena *arena,
	const struct world_body *body, const struct world_meeting *meeting,
	struct gathering *gathering, struct err *err);

/* Who is asked to the meeting. */
struct guest *gathering_members(const struct gathering *g, size_t *n);
/* The same, and the secretaries of the bodies that it is held with. */
struct guest *gathering_invited(const struct gathering *g, size_t *n);
/* The key of a due date: a meeting that was moved begins anew. */
const char *gathering_key(const struct gathering *g, const char *name);
/* What they answered. */
bool gathering_is_silent(const struct gathering *g, const char *email);
bool gathering_is_coming(const struct gathering *g, const char *email);
bool gathering_is_absent(const struct gathering *g, const char *email);
/* The secretary and the chair; the installation's where there is none. */
struct guest *gathering_leads(const struct gathering *g, size_t *n);
/* Committee politicians and subscribers: the open part only. */
enum rc gathering_public(const struct gathering *g, struct guest **list,
	size_t *n, struct err *err);
/* Substitutes who said that they step in. */
struct guest *gathering_stand_ins(const struct gathering *g, size_t *n);
/* Who may see closed items: the council itself, those who step in, and who
 * releases. One may be there twice. */
struct guest *gathering_insiders(const struct gathering *g, size_t *n);

/* Those, and the ones who were asked to and have not said. */
struct guest *gathering_substitutes(const struct gathering *g, size_t *n);

/* The morning of the day that the body's rule `name` says, `otherwise` where
 * it says nothing: «-8», «-10 working days». Never a holiday. */
enum rc gathering_day(const struct gathering *g, const char *name,
	const char *otherwise, int64_t *at, struct err *err);

/* when, day, place, theme, kind, dialogue, with_body, points_until, guests */
void gathering_fields(const struct gathering *g, struct json_fields *fields);
/* taken, seats, quorum, can_decide, lost, empty_groups; names in coming,
 * stepping_in, absent, tentative, silent */
void gathering_roll_fields(const struct gathering *g,
	struct json_fields *fields);

/* The calendar part of an invitation; cancel where it is called off. */
enum rc gathering_calendar(const struct gathering *g,
	const struct guest *guest, bool cancel, const char **text,
	struct err *err);

#endif
