/* SPDX-License-Identifier: MIT */
/* calendar/nightly.h: the due date «retention»: what our letters and the law
 * say goes, goes in the night.
 *
 * Shapes   once a day under its key, «nightly/2026-11-22», in steps so small
 *          that no mail waits for one; a night that was missed is made up for
 *          when we are there again
 * Units    days
 * Errors   RC_LATER, RC_STOP as store.h
 * Owner    the caller's arena, for as long as the call; the caller holds the
 *          transaction
 * Source   schema.sql, KEPT; THREATS, law 6 and 7
 */
#ifndef CALENDAR_NIGHTLY_H
#define CALENDAR_NIGHTLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"

struct arena;

/* How long what is kept for our own sake is kept. */
struct nightly_rules {
	int mail_days;		/* bytes of mails and letters */
	int log_days;		/* attempts to send */
	int asked_days;		/* questions, after their end */
};

/* One step. *more: there is another for this night, in a transaction of its
 * own. */
enum rc nightly_run(struct council *council, struct arena *arena,
	const struct nightly_rules *rules, bool *more, struct err *err);
/* The next three o'clock after `at`. */
int64_t nightly_next(int64_t at);

#endif
