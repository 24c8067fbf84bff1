/* SPDX-License-Identifier: MIT */
/* rules/council_file.h: what a council file says: `raadspost import FILE…`.
 *
 * Shapes   plain values; the reader of the file (cli) fills them, the store
 *          compares and applies them (store/import.h). One file may hold one
 *          body or the whole municipality; what it does not name stays as it
 *          is. Absent is NULL, never "". Addresses are lower case
 * Units    instants in UTC seconds; days are civil dates, year 0 where absent
 * Errors   none here: the reader answers with file, line and cure
 * Owner    the arena of the one who read it
 * Source   FIELD; corpus/README's world.json has the same words
 */
#ifndef RULES_COUNCIL_FILE_H
#define RULES_COUNCIL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "rules/world.h"

/* One place of one person in one body. The key is (body, email, role), so
 * that a person who is both chair and secretary has two. */
struct file_place {
	const char *name;		/* required */
	const char *email;		/* required: who has no address cannot
					 * be asked by mail */
	const char *seat;		/* group: "user", "relative", … */
	const char *substitute_for;	/* address of a member of the body */
	const char *phone;		/* for the secretary; never mailed out */
	enum role role;
	struct date from_day, until_day; /* the term; until: its last day */
};

/* How many of which kind a body has: Glostrup's «four of the seven from local
 * organisations, of them at least two users». Key (body, group). */
struct file_seat {
	const char *group;		/* "user", "organisation", … */
	const char *appointed_by;	/* who recommends or appoints; words */
	const char *also;		/* groups that may sit here too, a
					 * space between */
	const char *named_by;		/* who names its own to these seats;
					 * nobody applies for them */
	const char *rule;		/* the words of the rules of procedure */
	int number;			/* seats of this group */
	int at_least;			/* lower bound within `number`, or 0 */
};

struct file_meeting {
	const char *id;			/* "slug/2026-11-26"; key */
	const char *place, *theme;
	const char *with_body;		/* slug */
	const char *uid;		/* NULL: the store makes one */
	int64_t start_at, end_at;
	int64_t points_until_at;	/* 0: D-14 at the end of that day */
	enum meeting_kind kind;
	enum meeting_state state;
};

struct file_hearing {
	const char *id;			/* "slug/h/boligpolitik"; key */
	const char *title;
	const char *from;		/* address of the authority that asks */
	struct date deadline_day;
};

struct file_topic {
	char letter;			/* key within the body */
	const char *title;
};

/* A rule of the body: "quorum", "points-days", "seats-total" …; the names that
 * the calendar and the council know are listed where they are read. */
struct file_rule {
	const char *name, *value;
};

struct file_body {
	const char *slug;		/* key: a-z, 0-9 and '-' */
	const char *name, *language, *address, *case_number;
	const char *committee;		/* slug */
	enum body_kind kind;
	bool takes_applications;
	const struct file_place *places;
	size_t n_places;
	const struct file_seat *seats;
	size_t n_seats;
	const struct file_meeting *meetings;
	size_t n_meetings;
	const struct file_hearing *hearings;
	size_t n_hearings;
	const struct file_topic *topics;
	size_t n_topics;
	const struct file_rule *rules;
	size_t n_rules;
	/* Where a list is left out altogether, nobody is ended by it: a file
	 * with only meetings does not empty the council. */
	bool has_places, has_seats, has_topics;
};

/* An address of our mailbox; key email. `body` NULL: the common one. */
struct file_address {
	const char *email, *body;
};

struct council_file {
	const char *municipality;	/* NULL leaves it */
	const char *mailbox;		/* NULL leaves it */
	const struct file_address *addresses;
	size_t n_addresses;
	const struct file_body *bodies;
	size_t n_bodies;
};

#endif
