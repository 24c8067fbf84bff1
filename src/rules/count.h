/* SPDX-License-Identifier: MIT */
/* rules/count.h: from the members' ballots to one order of the topics.
 *
 * Shapes   a ballot is a run of letters, the dearest first: "DAC". Letters
 *          that it leaves out stand behind all those that it names, and are
 *          equal among themselves: who names two topics has as full a voice
 *          as who names five
 *            1. Two and two: how many put X before Y. The larger number wins
 *               that pair, and is its strength.
 *            2. A chain of won pairs is as strong as its weakest link. X is
 *               better than Y where its strongest chain to Y is stronger
 *               than that of Y to X.
 *            3. First stands the topic that is better than most others, and
 *               so on. Equal there: the one that more have put first. Equal
 *               there, too: they share the place, openly. No lot is drawn
 * Units    places from 1; topics that share the second are both second, and
 *          the next is the fourth
 * Errors   none: a letter that is no topic, or comes twice, is passed over;
 *          a ballot without any letter is no ballot
 * Owner    nothing here allocates
 * Source   the Schulze method, with winning votes as strength: Markus
 *          Schulze, A new monotonic, clone-independent, reversal symmetric,
 *          and Condorcet-consistent single-winner election method, Social
 *          Choice and Welfare 36 (2011), 267-303; Debian votes by it
 *          (constitution, A.5). Chosen since it takes partial ballots as
 *          they are. Step 3's second and third sentence are ours
 */
#ifndef RULES_COUNT_H
#define RULES_COUNT_H

#include <stdbool.h>
#include <stddef.h>

#define COUNT_TOPICS 26		/* A to Z */
#define COUNT_LEAST 3		/* ballots: the order of two would show each
				 * of them what the other wants */

struct count_line {
	char letter;
	size_t place;
	bool shared;		/* with another */
	size_t firsts;		/* ballots that name it first */
};

struct count {
	struct count_line lines[COUNT_TOPICS];	/* in the order found */
	size_t n;
	size_t ballots;		/* that counted */
	bool tied;		/* some place is shared */
	/* by the place in `letters`: who put the row before the column, and
	 * the strongest chain from it to there */
	size_t pairs[COUNT_TOPICS][COUNT_TOPICS];
	size_t paths[COUNT_TOPICS][COUNT_TOPICS];
};

/* `letters` are the topics, "ABCDE". */
void count_ballots(const char *letters, const char *const *ballots, size_t n,
	struct count *count);

#endif
