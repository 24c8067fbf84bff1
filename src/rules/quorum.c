/* SPDX-License-Identifier: MIT */
/* Counting seats. */
#include "rules/quorum.h"

#include <string.h>

size_t
roll_count(const struct roll *roll, enum seat_reply reply, bool votes_only)
{
	size_t n = 0;

	for (size_t i = 0; i < roll->n; i++)
		n += roll->lines[i].reply == reply &&
		    (roll->lines[i].votes || !votes_only);
	return n;
}

size_t
roll_votes(const struct roll *roll)
{
	size_t n = 0;

	for (size_t i = 0; i < roll->n; i++)
		n += roll->lines[i].votes;
	return n;
}

size_t
roll_taken(const struct roll *roll)
{
	return roll_count(roll, SEAT_COMES, true) +
	    roll_count(roll, SEAT_FILLED, true);
}

size_t
roll_quorum(const struct roll *roll, size_t rule)
{
	return rule > 0 ? rule : roll_votes(roll) / 2 + 1;
}

bool
roll_has_quorum(const struct roll *roll, size_t rule)
{
	return roll_taken(roll) >= roll_quorum(roll, rule);
}

bool
roll_can_have_quorum(const struct roll *roll, size_t rule)
{
	return roll_votes(roll) - roll_count(roll, SEAT_ABSENT, true) >=
	    roll_quorum(roll, rule);
}

static bool
is_same_group(const struct roll_line *a, const struct roll_line *b)
{
	return a->group != NULL && b->group != NULL &&
	    strcmp(a->group, b->group) == 0;
}

size_t
roll_empty_group(const struct roll *roll, size_t after)
{
	for (size_t i = after == roll->n ? 0 : after + 1; i < roll->n; i++) {
		bool empty = roll->lines[i].votes &&
		    roll->lines[i].group != NULL;

		for (size_t k = 0; k < roll->n && empty; k++)
			empty = !is_same_group(&roll->lines[i],
			    &roll->lines[k]) ||
			    (roll->lines[k].reply == SEAT_ABSENT && (k >= i ||
			    !roll->lines[k].votes));
		if (empty)
			return i;
	}
	return roll->n;
}
