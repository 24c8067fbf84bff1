/* SPDX-License-Identifier: MIT */
/* mail/ical_day.h: a day to remember, as a file for a calendar.
 *
 * Shapes   one VEVENT of a whole day, METHOD:PUBLISH: nobody is invited, so no
 *          program asks for an answer
 * Errors   none
 * Owner    the arena
 * Source   RFC 5545 §3.6.1; RFC 5546 §3.2.1
 */
#ifndef MAIL_ICAL_DAY_H
#define MAIL_ICAL_DAY_H

#include <stdint.h>

#include "base/date.h"

struct arena;

const char *ical_day(struct arena *arena, const char *uid, struct date day,
	int64_t stamp_at, const char *summary);

#endif
