/* SPDX-License-Identifier: MIT */
/* rules/quorum.h: who comes to a meeting, and whether it can decide.
 *
 * Shapes   a roll has one line per seat; a substitute takes over its line
 * Units    whole seats; the quorum is a number of seats with a vote, 0: more
 *          than half of them
 * Errors   none: every roll has an answer
 * Owner    the caller's throughout; nothing here allocates but the groups
 * Source   the body's rules of procedure; FIELD, Glostrup: of which groups
 *          a council is made
 */
#ifndef RULES_QUORUM_H
#define RULES_QUORUM_H

#include <stdbool.h>
#include <stddef.h>

enum seat_reply { SEAT_SILENT, SEAT_COMES, SEAT_TENTATIVE, SEAT_ABSENT,
	SEAT_FILLED };

struct roll_line {
	const char *email, *name;
	const char *group;		/* "user"; NULL */
	const char *stand_in;		/* of SEAT_FILLED: name or address */
	const char *said_by;		/* who wrote it for the member; NULL */
	bool votes;
	enum seat_reply reply;
};

struct roll {
	struct roll_line *lines;	/* borrowed */
	size_t n;
};

/* Lines of that reply, with a vote or all. */
size_t roll_count(const struct roll *roll, enum seat_reply reply,
	bool votes_only);
size_t roll_votes(const struct roll *roll);
/* Seats with a vote that are taken, by member or substitute. */
size_t roll_taken(const struct roll *roll);

size_t roll_quorum(const struct roll *roll, size_t rule);
bool roll_has_quorum(const struct roll *roll, size_t rule);
/* False: too many have said no, whatever the silent ones say. */
bool roll_can_have_quorum(const struct roll *roll, size_t rule);

/* The first line of a group of which all said that they do not come, after
 * line `after` (roll->n: from the start); roll->n: no more. */
size_t roll_empty_group(const struct roll *roll, size_t after);

#endif
