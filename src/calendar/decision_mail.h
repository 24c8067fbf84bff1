/* SPDX-License-Identifier: MIT */
/* calendar/decision_mail.h: the hour of the decision mail.
 *
 * Shapes   one a working day and body, under the key of the day
 * Units    *at: when to look again, UTC seconds
 * Errors   as store.h
 * Owner    the caller's arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef CALENDAR_DECISION_MAIL_H
#define CALENDAR_DECISION_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"

struct arena;

/* `body` NULL: what belongs to none. Without `run` only when; `next_at` is
 * what the calendar brings next, as the letter tells it. */
enum rc decision_mail_day(struct council *council, struct arena *arena,
	const struct world_body *body, bool run, int64_t next_at,
	int64_t *at, size_t *n, struct err *err);

#endif
