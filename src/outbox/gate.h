/* SPDX-License-Identifier: MIT */
/* outbox/gate.h: the last look at a letter's bytes before they are queued.
 *
 * Shapes   reads the finished bytes again, with a reader of its own that is
 *          stricter than any mail program, and holds them against what was
 *          meant: these fields in this order and no other, one recipient,
 *          the same words
 * Errors   RC_PARK, with what is wrong; the letter must not leave
 * Owner    the arena
 * Source   THREATS 7, 8, 22, law 3; DESIGN «CPR numbers are masked»
 */
#ifndef OUTBOX_GATE_H
#define OUTBOX_GATE_H

#include "base/err.h"
#include "base/text.h"
#include "mail/mime_write.h"

struct arena;

enum rc gate_check(struct arena *arena, const struct mime_letter *meant,
	struct bytes raw, struct err *err);

#endif
