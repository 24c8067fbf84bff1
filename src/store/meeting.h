/* SPDX-License-Identifier: MIT */
/* store/meeting.h: a meeting's steps, and the rules of its body.
 *
 * Errors   RC_NONE: no such meeting or rule; RC_STOP: a step that is not in
 *          the life of a meeting (rules/meeting.h)
 * Owner    texts live in the arena
 * Source   FIELD «A year of one council»: each body sets its own days
 */
#ifndef STORE_MEETING_H
#define STORE_MEETING_H

#include <stdint.h>

#include "base/err.h"
#include "rules/world.h"

struct arena;
struct store;

enum rc meeting_move(struct store *store, const char *meeting,
	enum meeting_state to, int64_t now_at, struct err *err);
/* RFC 5545 §3.8.7.4, of its calendar event. */
enum rc meeting_sequence(struct store *store, const char *meeting,
	int64_t *sequence, struct err *err);

/* What the body's file says of `name`; RC_NONE: nothing. */
enum rc rule_load(struct store *store, struct arena *arena, const char *body,
	const char *name, const char **value, struct err *err);

#endif
