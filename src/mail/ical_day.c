/* SPDX-License-Identifier: MIT */
/* A deadline as a file for a calendar: few lines, all of our own making. */
#include "mail/ical_day.h"

#include "base/arena.h"
#include "base/text.h"
#include "mail/ical_line.h"

#define SUMMARY_BYTES 120	/* stands on one line, unfolded characters */

const char *
ical_day(struct arena *arena, const char *uid, struct date day,
    int64_t stamp_at, const char *summary)
{
	struct buf out = buf_open(arena);
	struct date after = date_add_days(day, 1);

	ical_line(&out, "BEGIN:VCALENDAR");
	ical_line(&out, "VERSION:2.0");
	ical_line(&out, "PRODID:-//Raadspost//DA");
	ical_line(&out, "METHOD:PUBLISH");
	ical_line(&out, "BEGIN:VEVENT");
	ical_line(&out, arena_printf(arena, "UID:%s", ical_escaped(arena,
	    text_one_line(arena, uid), SUMMARY_BYTES)));
	ical_stamp(arena, &out, stamp_at);
	ical_line(&out, arena_printf(arena, "DTSTART;VALUE=DATE:%04d%02d%02d",
	    day.year, day.month, day.day));
	ical_line(&out, arena_printf(arena, "DTEND;VALUE=DATE:%04d%02d%02d",
	    after.year, after.month, after.day));
	ical_line(&out, arena_printf(arena, "SUMMARY:%s", ical_escaped(arena,
	    text_one_line(arena, summary), SUMMARY_BYTES)));
	ical_line(&out, "TRANSP:TRANSPARENT");
	ical_line(&out, "END:VEVENT");
	ical_line(&out, "END:VCALENDAR");
	return buf_text(&out);
}
