/* SPDX-License-Identifier: MIT */
/* cli/days.h: when the engine looks at the calendar.
 *
 * Shapes   after the mailbox was read for the first time, so that nobody is
 *          reminded of what he answered while we were away; then whenever
 *          the next due time has come, or the council's tables changed
 * Units    UTC seconds, and milliseconds of clock_ms
 * Errors   RC_LATER: the disk is full, roll back; RC_STOP as store.h
 * Source   THREATS failure 11
 */
#ifndef CLI_DAYS_H
#define CLI_DAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct engine;

struct days {
	int64_t next_at;	/* when something is due again */
	int64_t version;	/* of the tables, when we last looked */
	int64_t wall_at, wall_ms;	/* both clocks, when we last looked */
	int64_t held_until_ms;	/* the clock jumped: nothing until then; 0 */
	int64_t since_ms;	/* the engine's start */
	int64_t nightly_at;	/* when the night's work is due; 0: look */
	bool was_read;		/* the mailbox, once */
};

/* Within no transaction: it has its own. */
enum rc days_turn(struct engine *engine, struct err *err);
int64_t days_wait_ms(const struct engine *engine);
/* Nothing is due now: `once` may end. */
bool days_are_done(const struct engine *engine);

/* True where the wall's clock went `jump` seconds further than time did. */
bool days_clock_jumped(struct days *days, int64_t now_at, int64_t now_ms);

#endif
