/* SPDX-License-Identifier: MIT */
/* A deadline as a file for a calendar: few lines, all of our own making. */
#include "mail/ical_day.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define SUMMARY_BYTES 120	/* stands on one line, unfolded characters */
#define LINE_OCTETS 75		/* RFC 5545 §3.1, without the line break */

static const char *
escaped(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);

	text = text_cut(arena, text_one_line(arena, text), SUMMARY_BYTES);
	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			buf_add_char(&out, '\\');
		buf_add_char(&out, *text);
	}
	return buf_text(&out);
}

/* Folded between characters. */
static void
line(struct buf *out, const char *text)
{
	size_t used = 0;

	while (*text != '\0') {
		const char *next = text;
		size_t n;

		(void)text_next(&next);
		n = (size_t)(next - text);
		if (used + n > LINE_OCTETS) {
			buf_add(out, "\r\n ");
			used = 1;
		}
		buf_add_n(out, text, n);
		used += n;
		text = next;
	}
	buf_add(out, "\r\n");
}

const char *
ical_day(struct arena *arena, const char *uid, struct date day,
    int64_t stamp_at, const char *summary)
{
	struct buf out = buf_open(arena);
	struct date after = date_add_days(day, 1);
	struct date stamp = date_from_days(stamp_at / 86400);
	int64_t s = stamp_at % 86400;

	line(&out, "BEGIN:VCALENDAR");
	line(&out, "VERSION:2.0");
	line(&out, "PRODID:-//Raadspost//DA");
	line(&out, "METHOD:PUBLISH");
	line(&out, "BEGIN:VEVENT");
	line(&out, arena_printf(arena, "UID:%s", escaped(arena, uid)));
	line(&out, arena_printf(arena, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ",
	    stamp.year, stamp.month, stamp.day, (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60)));
	line(&out, arena_printf(arena, "DTSTART;VALUE=DATE:%04d%02d%02d",
	    day.year, day.month, day.day));
	line(&out, arena_printf(arena, "DTEND;VALUE=DATE:%04d%02d%02d",
	    after.year, after.month, after.day));
	line(&out, arena_printf(arena, "SUMMARY:%s", escaped(arena,
	    summary)));
	line(&out, "TRANSP:TRANSPARENT");
	line(&out, "END:VEVENT");
	line(&out, "END:VCALENDAR");
	return buf_text(&out);
}
