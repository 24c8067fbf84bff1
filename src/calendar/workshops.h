/* SPDX-License-Identifier: MIT */
/* calendar/workshops.h: the days of workshops that outsiders come to.
 *
 * Errors   as store.h
 * Source   FIELD, København
 */
#ifndef CALENDAR_WORKSHOPS_H
#define CALENDAR_WORKSHOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct council;

/* Carries out what is due (`run`), or only looks when the next is. */
enum rc workshops_walk(struct council *council, struct arena *arena,
	bool run, int64_t *next_at, size_t *n, struct err *err);

#endif
