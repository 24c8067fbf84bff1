/* SPDX-License-Identifier: MIT */
/* base/date.h: civil dates, and instants as the body's zone sees them.
 *
 * Shapes   a date is year 1..9999, month 1..12, day 1..31; weekdays count
 *          1 Monday … 7 Sunday (ISO 8601)
 * Units    instants in UTC seconds; the zone is the process's (TZ), one an
 *          installation
 * Errors   what is no date gives false, and leaves the result as it was
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct date {
	int year, month, day;
};

/* An instant on the wall of the body's zone. */
struct local {
	struct date day;
	int hour, minute, second;
	int offset_s;	/* east of UTC */
};

#define DATE_TEXT_BYTES 32 /* enough for every form below */

bool date_is_valid(struct date day);
int date_weekday(struct date day);
int date_compare(struct date a, struct date b);	/* <0, 0, >0 */
struct date date_add_days(struct date day, int days);
int64_t date_to_days(struct date day);		/* days since 1970-01-01 */
struct date date_from_days(int64_t days);
int date_week(struct date day);			/* ISO 8601 week, 1..53 */
struct date date_easter(int year);		/* Sunday, Gregorian */

/* "2026-11-26"; parsing takes exactly this form. */
bool date_parse(const char *text, struct date *day);
void date_format(struct date day, char out[DATE_TEXT_BYTES]);

struct local date_local(int64_t at);
/* The instant at which the zone's clocks show this time; of a time that
 * comes twice in October the first, of one that is left out in March the one
 * an hour later. */
int64_t date_at(struct date day, int hour, int minute);

/* "2026-11-05T09:00:00+01:00", "…T09:00", or with Z; without an offset the
 * zone's own. Formatting gives the first form in the zone. */
bool date_parse_instant(const char *text, int64_t *at);
void date_format_instant(int64_t at, char out[DATE_TEXT_BYTES]);

#endif
