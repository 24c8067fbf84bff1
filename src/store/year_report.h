/* SPDX-License-Identifier: MIT */
/* store/year_report.h: one year of one council, in numbers.
 *
 * Shapes   attendance by group, of meetings whose minutes were sent; a group
 *          that only one person sat in goes with those of no group, since
 *          the number would be his alone
 * Units    UTC seconds; to_at not counted
 * Errors   as store.h
 * Owner    rows live in the arena
 * Source   FIELD «yearly»
 */
#ifndef STORE_YEAR_REPORT_H
#define STORE_YEAR_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/hearing.h"

struct arena;
struct store;

struct year_group {
	const char *seat;		/* "" none, or of one person alone */
	int64_t asked, came;		/* seats times meetings */
};

struct year_report {
	int64_t meetings, cancelled, with_minutes;
	struct year_group *groups;
	size_t n_groups;
	/* points, by who proposed them */
	int64_t by_members, by_politicians, by_citizens, by_administration;
	int64_t applications, nominations;
	struct hearing_count hearings;
};

enum rc year_report_load(struct store *store, struct arena *arena,
	const char *body, int64_t from_at, int64_t to_at,
	struct year_report *report, struct err *err);

#endif
