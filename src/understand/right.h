/* SPDX-License-Identifier: MIT */
/* understand/right.h: whether the sender may what his words ask for.
 *
 * Shapes   a finding that he may not carry out becomes a question or goes to
 *          a person; the rest stay as they are
 * Errors   none
 * Owner    borrows from the sense
 * Source   the corpus's README 5 and 6
 */
#ifndef UNDERSTAND_RIGHT_H
#define UNDERSTAND_RIGHT_H

#include "understand/sense.h"

enum right { RIGHT_ANYONE, RIGHT_VERIFIED, RIGHT_MEMBER, RIGHT_LEAD,
	RIGHT_PLAN };

enum right right_of(enum action_kind kind);
/* The member whose name an unknown address gives as its own; NULL none. */
const struct world_person *right_claimed(const struct sense *s);
/* A guest's yes or no is no member's. */
void right_guest(const struct sense *s, struct finding *f);
void right_gate(const struct sense *s, struct finding *f);

#endif
