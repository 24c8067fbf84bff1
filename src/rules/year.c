/* SPDX-License-Identifier: MIT */
/* Holidays by the rule, not by a list that ends. */
#include "rules/year.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define BEDEDAG_LAST_YEAR 2023
#define DAYS_MOST 1000		/* of a rule: more is a slip of the keyboard */

bool
year_days_read(const char *text, struct year_days *days)
{
	char *end;
	long n;

	if (text == NULL)
		return false;
	n = strtol(text, &end, 10);
	if (end == text || n < -DAYS_MOST || n > DAYS_MOST)
		return false;
	end += strspn(end, " ");
	if (*end != '\0' && !text_equal_nocase(end, "working days") &&
	    !text_equal_nocase(end, "days"))
		return false;
	days->days = (int)n;
	days->working = text_starts_nocase(end, "working");
	return true;
}

bool
year_is_holiday(struct date day)
{
	static const int from_easter[] = {
		-3,	/* Maundy Thursday */
		-2,	/* Good Friday */
		0, 1,	/* Easter Sunday and Monday */
		39,	/* Ascension Day */
		49, 50,	/* Whit Sunday and Monday */
	};
	int64_t easter = date_to_days(date_easter(day.year));
	int64_t n = date_to_days(day) - easter;

	if ((day.month == 1 && day.day == 1) || (day.month == 12 &&
	    (day.day == 25 || day.day == 26)))
		return true;
	if (n == 26 && day.year <= BEDEDAG_LAST_YEAR)
		return true;	/* Store bededag, the 4th Friday after */
	for (size_t i = 0; i < sizeof from_easter / sizeof from_easter[0]; i++)
		if (n == from_easter[i])
			return true;
	return false;
}

bool
year_is_working(struct date day)
{
	if (date_weekday(day) > 5 || year_is_holiday(day))
		return false;
	return !(day.month == 6 && day.day == 5) &&
	    !(day.month == 12 && (day.day == 24 || day.day == 31));
}

struct date
year_add(struct date day, struct year_days days)
{
	int step = days.days < 0 ? -1 : 1, left = abs(days.days);

	if (!days.working)
		return date_add_days(day, days.days);
	while (left > 0) {
		day = date_add_days(day, step);
		if (year_is_working(day))
			left--;
	}
	return day;
}

struct date
year_not_holiday(struct date day)
{
	while (year_is_holiday(day))
		day = date_add_days(day, -1);
	return day;
}

bool
year_is_quiet(int64_t at)
{
	struct local local = date_local(at);

	return local.hour < QUIET_UNTIL_HOUR ||
	    local.hour >= QUIET_FROM_HOUR || year_is_holiday(local.day);
}

int64_t
year_awake(int64_t at)
{
	struct date day = date_local(at).day;

	if (!year_is_quiet(at))
		return at;
	if (date_local(at).hour >= QUIET_UNTIL_HOUR)
		day = date_add_days(day, 1);
	while (year_is_holiday(day))
		day = date_add_days(day, 1);
	return date_at(day, QUIET_UNTIL_HOUR, 0);
}
