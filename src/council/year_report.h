/* SPDX-License-Identifier: MIT */
/* council/year_report.h: the letter that tells the secretary of a year.
 *
 * Shapes   numbers, each with a bar of ten blocks beside it; groups, never
 *          names
 * Errors   RC_NONE: nothing was held in that year, so nothing is told
 * Owner    the arena
 * Source   FIELD «yearly»
 */
#ifndef COUNCIL_YEAR_REPORT_H
#define COUNCIL_YEAR_REPORT_H

#include "base/err.h"
#include "council/council.h"

enum rc year_report_send(struct council *council, struct arena *arena,
	const struct world_body *body, int year, struct err *err);

#endif
