/* SPDX-License-Identifier: MIT */
/* council/promise.h: what somebody promised is asked of the secretary, and
 * reminded of before its day.
 *
 * Shapes   a promise is a row of follow_up; it waits for the secretary as a
 *          decision «promise» before anybody is reminded
 * Errors   as store.h
 * Owner    the arena of the gathering
 * Source   FIELD: Gladsaxe, «follow-up of promises»
 */
#ifndef COUNCIL_PROMISE_H
#define COUNCIL_PROMISE_H

#include <stdint.h>

#include "base/err.h"
#include "council/gathering.h"
#include "store/follow_up.h"

/* Once for each promise: a row, and a question. The email is found here. */
enum rc promise_ask(const struct gathering *g, const struct follow_up *row,
	struct err *err);

/* The one letter before its day. */
enum rc promise_remind(struct council *council, struct arena *arena,
	const struct world_body *body, const struct follow_up *row,
	struct err *err);
/* Which promise a letter was about, by its key; 0: none. */
int64_t promise_of_key(const char *key);

#endif
