/* SPDX-License-Identifier: MIT */
/* store/year_plan.h: next year's meetings, as they were proposed.
 *
 * Shapes   one row a body and year, proposed until a deed takes it
 * Errors   RC_NONE: none was proposed
 * Owner    the arena
 * Source   FIELD «yearly»: the year's plan
 */
#ifndef STORE_YEAR_PLAN_H
#define STORE_YEAR_PLAN_H

#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct year_plan_row {
	const char *words;	/* rules/year_plan.h */
	int64_t made_at;
	int64_t taken_by;	/* line of the journal; 0 not yet */
};

enum rc year_plan_load(struct store *store, struct arena *arena,
	const char *body, int year, struct year_plan_row *row,
	struct err *err);
/* Proposed, or proposed anew. */
enum rc year_plan_put(struct store *store, const char *body, int year,
	const char *words, int64_t now_at, struct err *err);
/* 0: taken back. */
enum rc year_plan_taken(struct store *store, const char *body, int year,
	int64_t journal_id, struct err *err);

#endif
