/* SPDX-License-Identifier: MIT */
/* understand/seat.h: what applications and nominations know of each other.
 *
 * Shapes   a nomination is one finding for each person named
 * Errors   none: a nomination without a name is a question
 * Owner    borrows from the sense
 * Source   the corpus's README: application, nomination
 */
#ifndef UNDERSTAND_SEAT_H
#define UNDERSTAND_SEAT_H

#include "understand/sense.h"

/* Whether that is the name of the one who writes. */
bool seat_is_sender(const struct sense *s, const char *name);

/* The phrase that proposes somebody; NULL none. */
const struct match *nomination_match(const struct sense *s);
/* … and whether it means a seat of ours. */
bool nomination_is_meant(const struct sense *s, const struct match *m);
/* Whether somebody so named can be the one proposed. */
bool nomination_may_be(const struct sense *s, const struct named *n);
/* Those named between two tokens, `most` at most; how many. */
size_t nominees_find(const struct sense *s, struct findings *f,
	const struct world_body *body, size_t begin, size_t end, size_t most);
/* All that the phrase proposes, or the question for a name. */
void nomination_read(const struct sense *s, struct findings *f,
	const struct match *m);

#endif
