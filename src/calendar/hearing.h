/* SPDX-License-Identifier: MIT */
/* calendar/hearing.h: what a day asks for in the hearings that live.
 *
 * Shapes   beside the meetings' due dates, in the same walk: a hearing's days
 *          are counted back from the authority's deadline
 * Units    instants in UTC seconds
 * Errors   as calendar.h
 * Owner    the caller's arena; the caller holds the transaction
 * Source   rules/hearing.h
 */
#ifndef CALENDAR_HEARING_H
#define CALENDAR_HEARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct council;

/* *next_at is brought forward, *n counts what was done; without `run` it only
 * looks when. */
enum rc hearings_walk(struct council *council, struct arena *arena, bool run,
	int64_t *next_at, size_t *n, struct err *err);
/* journal_copy.c: copies for the municipality's journal. */
enum rc journal_copies_walk(struct council *council, struct arena *arena,
	bool run, int64_t *next_at, size_t *n, struct err *err);

#endif
