/* SPDX-License-Identifier: MIT */
/* store/answered.h: who was answered when, for the limits on answers.
 *
 * Units    counts within the last hour or day before `now_at`, in UTC seconds
 * Errors   RC_LATER, RC_STOP as store.h
 * Source   DESIGN «No loops»; THREATS 14
 */
#ifndef STORE_ANSWERED_H
#define STORE_ANSWERED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

struct answered {
	int64_t address_hour;	/* answers to this address in an hour */
	int64_t stranger_day;	/* … as an unverified stranger, in a day */
	int64_t domain_hour;	/* answers to strangers of its domain, an hour */
	int64_t strangers_day;	/* answers to strangers in all, a day */
};

/* The counts of strangers only where it is one; else they are 0. */
enum rc answered_count(struct store *store, const char *email,
	bool stranger, int64_t now_at, struct answered *count,
	struct err *err);
enum rc answered_add(struct store *store, const char *email, bool stranger,
	int64_t now_at, struct err *err);
/* What is older than two days counts for nothing. */
enum rc answered_forget(struct store *store, int64_t now_at, struct err *err);

#endif
