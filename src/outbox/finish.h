/* SPDX-License-Identifier: MIT */
/* outbox/finish.h: a draft made into a finished letter; nothing is stored.
 *
 * Shapes   everything that goes into the row, bytes and all; the same draft
 *          at the same time with the same token gives the same bytes
 * Errors   RC_STOP, RC_PARK as outbox_queue
 * Owner    the arena; what the draft holds is borrowed
 */
#ifndef OUTBOX_FINISH_H
#define OUTBOX_FINISH_H

#include "base/err.h"
#include "outbox/outbox.h"
#include "store/letter.h"

struct arena;

/* The key under which the row will lie: in trial mode another than in
 * earnest, so that no letter is missing when the trial ends. */
const char *letter_key(const struct outbox *outbox, struct arena *arena,
	const struct outbox_draft *draft);

/* `token` is NULL where the draft wants none. */
enum rc letter_finish(const struct outbox *outbox, struct arena *arena,
	const struct outbox_draft *draft, const char *token,
	struct letter_new *letter, struct err *err);

#endif
