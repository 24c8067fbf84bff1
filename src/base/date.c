/* SPDX-License-Identifier: MIT */
/* Days counted from 1970 by the Gregorian calendar (ISO 8601), and the
 * zone's clocks by the C library. */
#define _GNU_SOURCE /* tm_gmtoff, timegm */
#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAYS_PER_ERA 146097	/* 400 Gregorian years */
#define DAYS_TO_1970 719468	/* from 1 March of year 0 */

static const int month_days[13] = {
	0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
};

static bool
year_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool
date_is_valid(struct date d)
{
	if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12)
		return false;
	return d.day >= 1 && d.day <= month_days[d.month]
	    + (d.month == 2 && year_is_leap(d.year));
}

/* The year is taken to begin in March, so that the leap day is its last. */
int64_t
date_to_days(struct date d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = y / 400, yoe = y - era * 400;
	int64_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5
	    + d.day - 1;

	return era * DAYS_PER_ERA + yoe * 365 + yoe / 4 - yoe / 100 + doy
	    - DAYS_TO_1970;
}

struct date
date_from_days(int64_t days)
{
	int64_t z = days + DAYS_TO_1970;
	int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int64_t doe = z - era * DAYS_PER_ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct date){
		.year = (int)(yoe + era * 400) + (month <= 2),
		.month = month,
		.day = (int)(doy - (153 * mp + 2) / 5) + 1,
	};
}

int
date_weekday(struct date day)
{
	int64_t n = (date_to_days(day) + 3) % 7; /* 1970-01-01: Thursday */

	return (int)(n < 0 ? n + 7 : n) + 1;
}

int
date_compare(struct date a, struct date b)
{
	int64_t x = date_to_days(a), y = date_to_days(b);

	return (x > y) - (x < y);
}

struct date
date_add_days(struct date day, int days)
{
	return date_from_days(date_to_days(day) + days);
}

/* ISO 8601: a week belongs to the year that its Thursday lies in. */
int
date_week(struct date day)
{
	struct date thursday = date_add_days(day, 4 - date_weekday(day));
	struct date first = { thursday.year, 1, 1 };

	return (int)(date_to_days(thursday) - date_to_days(first)) / 7 + 1;
}

/* The Gregorian computus (anonymous algorithm, Nature 1876). */
struct date
date_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return (struct date){ year, n / 31, n % 31 + 1 };
}

static bool
digits(const char *text, size_t n, int *value)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		v = v * 10 + (text[i] - '0');
	}
	*value = v;
	return true;
}

static bool
day_read(const char *text, struct date *day)
{
	struct date d;

	if (strnlen(text, 10) < 10 || text[4] != '-' || text[7] != '-'
	    || !digits(text, 4, &d.year) || !digits(text + 5, 2, &d.month)
	    || !digits(text + 8, 2, &d.day) || !date_is_valid(d))
		return false;
	*day = d;
	return true;
}

bool
date_parse(const char *text, struct date *day)
{
	return strlen(text) == 10 && day_read(text, day);
}

void
date_format(struct date day, char out[DATE_TEXT_BYTES])
{
	(void)snprintf(out, DATE_TEXT_BYTES, "%04d-%02d-%02d", day.year,
	    day.month, day.day);
}

struct local
date_local(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	(void)localtime_r(&t, &tm);
	return (struct local){
		.day = { tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday },
		.hour = tm.tm_hour, .minute = tm.tm_min, .second = tm.tm_sec,
		.offset_s = (int)tm.tm_gmtoff,
	};
}

int64_t
date_at(struct date day, int hour, int minute)
{
	struct tm tm = { .tm_year = day.year - 1900, .tm_mon = day.month - 1,
		.tm_mday = day.day, .tm_hour = hour, .tm_min = minute,
		.tm_isdst = -1 };
	int64_t at = (int64_t)mktime(&tm), earlier = at - 3600;
	struct local seen = date_local(earlier);

	/* The hour that comes twice: mktime may answer with either. */
	if (date_compare(seen.day, day) == 0 && seen.hour == hour
	    && seen.minute == minute)
		return earlier;
	return at;
}

bool
date_parse_instant(const char *text, int64_t *at)
{
	struct date day;
	int hour, minute, second = 0, oh, om, sign;
	const char *p;

	if (!day_read(text, &day) || (text[10] != 'T' && text[10] != ' '))
		return false;
	p = text + 11;
	if (strnlen(p, 5) < 5 || !digits(p, 2, &hour) || p[2] != ':'
	    || !digits(p + 3, 2, &minute) || hour > 23 || minute > 59)
		return false;
	p += 5;
	if (*p == ':') {
		if (strnlen(p, 3) < 3 || !digits(p + 1, 2, &second)
		    || second > 59)
			return false;
		p += 3;
	}
	if (*p == '\0') {
		*at = date_at(day, hour, minute) + second;
		return true;
	}
	sign = *p == '-' ? -1 : 1;
	if (*p == 'Z' && p[1] == '\0')
		oh = om = 0;
	else if ((*p != '+' && *p != '-') || strlen(p) != 6
	    || !digits(p + 1, 2, &oh) || p[3] != ':'
	    || !digits(p + 4, 2, &om))
		return false;
	*at = date_to_days(day) * 86400 + hour * 3600 + minute * 60 + second
	    - sign * (oh * 3600 + om * 60);
	return true;
}

void
date_format_instant(int64_t at, char out[DATE_TEXT_BYTES])
{
	struct local l = date_local(at);
	int east = l.offset_s < 0 ? -l.offset_s : l.offset_s;

	(void)snprintf(out, DATE_TEXT_BYTES,
	    "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", l.day.year % 10000,
	    l.day.month % 100, l.day.day % 100, l.hour % 100, l.minute % 100,
	    l.second % 100, l.offset_s < 0 ? '-' : '+', east / 3600 % 100,
	    east / 60 % 60);
}
