/* SPDX-License-Identifier: MIT */
/* rules/year.h: the Danish year: public holidays, working days, quiet hours.
 *
 * Shapes   a distance from a meeting is «42», or «10 working days»; before
 *          the meeting it is written with a minus, «-42»
 * Units    civil days of the body's zone; instants in UTC seconds
 * Errors   none: every year has an answer
 * Owner    nothing here allocates
 * Source   Easter by base/date.h; lov 214 of 7 March 2023 took Store bededag
 *          away from 2024 on; DESIGN «Pace»
 */
#ifndef RULES_YEAR_H
#define RULES_YEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

#define QUIET_FROM_HOUR 21
#define QUIET_UNTIL_HOUR 7

struct year_days {
	int days;		/* negative: before */
	bool working;		/* Danish working days, not calendar days */
};

/* "-42", "5", "-10 working days"; false for anything else. */
bool year_days_read(const char *text, struct year_days *days);

bool year_is_holiday(struct date day);
/* No Saturday, Sunday or holiday, nor a day on which offices are closed all
 * over the country: 5 June, 24 and 31 December. */
bool year_is_working(struct date day);
struct date year_add(struct date day, struct year_days days);

/* The day itself, or the last one before it that is no holiday: a deadline
 * is not met a day late. */
struct date year_not_holiday(struct date day);

bool year_is_quiet(int64_t at);
/* `at`, or the morning on which the quiet ends. */
int64_t year_awake(int64_t at);

#endif
