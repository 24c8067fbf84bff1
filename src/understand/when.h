/* SPDX-License-Identifier: MIT */
/* understand/when.h: the days that a text speaks of.
 *
 * Shapes   a day is told in part («den 26.», «torsdag», «i november»): what
 *          is not told is 0; whether a meeting's day fits is asked, so that
 *          nothing is guessed that the calendar can decide
 * Units    weekdays 1 Monday … 7 Sunday; weeks by ISO 8601
 * Errors   none: what is no date is no date
 * Owner    the arena
 * Source   the corpus's README 3; Danish dates as people write them
 */
#ifndef UNDERSTAND_WHEN_H
#define UNDERSTAND_WHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "understand/lexicon.h"
#include "understand/token.h"

struct arena;

struct when {
	int year, month, day;	/* as told; 0 not */
	int weekday;		/* told; 0 not */
	int week;		/* «uge 48» */
	bool is_relative;	/* «på torsdag», «om tre uger»: see `on` */
	bool is_week;		/* of that day's whole week */
	bool or_week_later;	/* «næste torsdag»: this or the one after */
	bool weekday_only;	/* «om torsdagen»: no day of its own */
	struct date on;		/* the day that is_relative gives */
	bool is_range;		/* from this day to `last` */
	struct date last;
	size_t begin, end;	/* tokens, with «den», «på», «til» before */
};

enum when_fit {
	WHEN_NO,
	WHEN_FITS,
	WHEN_WRONG_WEEKDAY,	/* the date fits, the weekday told does not */
};

/* Finds the dates and makes each a unit of the tokens (token.date is its
 * index). `sent` is the mail's own day. */
const struct when *when_find(const struct lexicon *lexicon,
	struct arena *arena, struct tokens *tokens, struct date sent,
	size_t *n);

/* Whether that day may be meant; «den 26.» fits any 26th within the
 * half-year before and after the mail. */
enum when_fit when_fits(const struct when *when, struct date sent,
	struct date day);

/* The one day told; false where it is none (a month, a bare weekday). A day
 * without a year is the nearest, with `ahead` the next. */
bool when_day(const struct when *when, struct date sent, bool ahead,
	struct date *day);

#endif
