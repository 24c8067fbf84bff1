/* SPDX-License-Identifier: MIT */
/* The Schulze method. */
#include "rules/count.h"

#include <stdlib.h>
#include <string.h>

#define NOT_NAMED COUNT_TOPICS

/* A topic on the way to its place. */
struct standing {
	struct count_line line;
	size_t better_than;	/* topics */
};

/* Adds one ballot; false where it names nothing. */
static bool
ballot_add(const char *letters, size_t n, const char *ballot,
    struct count *c, struct standing *all)
{
	size_t at[COUNT_TOPICS], named = 0;

	for (size_t i = 0; i < n; i++)
		at[i] = NOT_NAMED;
	for (; ballot != NULL && *ballot != '\0'; ballot++) {
		const char *letter = memchr(letters, *ballot, n);
		size_t i;

		if (letter == NULL)
			continue;
		i = (size_t)(letter - letters);
		if (at[i] != NOT_NAMED)
			continue;
		if (named == 0)
			all[i].line.firsts++;
		at[i] = named++;
	}
	for (size_t x = 0; named > 0 && x < n; x++)
		for (size_t y = 0; y < n; y++)
			c->pairs[x][y] += at[x] < at[y];
	return named > 0;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The widest path between all pairs, as Floyd and Warshall have it. */
static void
paths_find(size_t n, struct count *c)
{
	for (size_t x = 0; x < n; x++)
		for (size_t y = 0; y < n; y++)
			c->paths[x][y] = x != y && c->pairs[x][y] >
			    c->pairs[y][x] ? c->pairs[x][y] : 0;
	for (size_t k = 0; k < n; k++)
		for (size_t x = 0; x < n; x++)
			for (size_t y = 0; y < n; y++) {
				size_t by = least(c->paths[x][k],
				    c->paths[k][y]);

				if (x != y && x != k && y != k &&
				    by > c->paths[x][y])
					c->paths[x][y] = by;
			}
}

static bool
is_level(const struct standing *a, const struct standing *b)
{
	return a->better_than == b->better_than &&
	    a->line.firsts == b->line.firsts;
}

/* «Better» has no circles, so who is better is better than more. */
static int
standing_order(const void *a, const void *b)
{
	const struct standing *x = a, *y = b;

	if (x->better_than != y->better_than)
		return x->better_than > y->better_than ? -1 : 1;
	if (x->line.firsts != y->line.firsts)
		return x->line.firsts > y->line.firsts ? -1 : 1;
	return x->line.letter < y->line.letter ? -1 : 1;
}

void
count_ballots(const char *letters, const char *const *ballots, size_t n,
    struct count *c)
{
	struct standing all[COUNT_TOPICS] = { 0 };

	memset(c, 0, sizeof *c);
	c->n = least(strlen(letters), COUNT_TOPICS);
	for (size_t i = 0; i < c->n; i++)
		all[i].line.letter = letters[i];
	for (size_t i = 0; i < n; i++)
		c->ballots += ballot_add(letters, c->n, ballots[i], c, all);
	paths_find(c->n, c);
	for (size_t x = 0; x < c->n; x++)
		for (size_t y = 0; y < c->n; y++)
			all[x].better_than += c->paths[x][y] >
			    c->paths[y][x];
	qsort(all, c->n, sizeof all[0], standing_order);
	for (size_t i = 0; i < c->n; i++) {
		bool same = i > 0 && is_level(&all[i - 1], &all[i]);

		c->lines[i] = all[i].line;
		c->lines[i].place = same ? c->lines[i - 1].place : i + 1;
		c->lines[i].shared = same;
		if (same)
			c->lines[i - 1].shared = c->tied = true;
	}
}
