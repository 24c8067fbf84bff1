/* SPDX-License-Identifier: MIT */
/* Invitations, line by line: one event of a dozen properties needs no tree
 * and no library; tests/mail/ical_write.check has another program read it. */
#include "mail/ical_write.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

#define ZONE "Europe/Copenhagen"
#define LINE_OCTETS 75	/* RFC 5545 §3.1, without the line break */
#define VALUE_BYTES 2000	/* of a place: it must not fill the part */

/* Directive 2000/84/EC: last Sundays of March and October, 01:00 UTC. */
static const char zone_text[] =
    "BEGIN:VTIMEZONE\r\n"
    "TZID:" ZONE "\r\n"
    "BEGIN:DAYLIGHT\r\n"
    "TZNAME:CEST\r\n"
    "DTSTART:19810329T020000\r\n"
    "TZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "END:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\n"
    "TZNAME:CET\r\n"
    "DTSTART:19961027T030000\r\n"
    "TZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n";

/* A content line, folded between characters (RFC 5545 §3.1: CRLF and a
 * space, which counts in the next line). */
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

/* TEXT, RFC 5545 §3.3.11. */
static const char *
escaped(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);

	text = text_cut(arena, text_many_lines(arena, text), VALUE_BYTES);
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			buf_add(&out, "\\n");
			continue;
		}
		if (strchr("\\;,", *text) != NULL)
			buf_add_char(&out, '\\');
		buf_add_char(&out, *text);
	}
	return buf_text(&out);
}

/* A parameter's value: quoted, and RFC 6868 for what cannot be within. */
static const char *
quoted(struct arena *arena, const char *name)
{
	struct buf out = buf_open(arena);

	name = text_cut(arena, text_one_line(arena, name), VALUE_BYTES);
	buf_add_char(&out, '"');
	for (; *name != '\0'; name++)
		buf_add_n(&out, *name == '"' ? "'" : name, 1);
	buf_add_char(&out, '"');
	return buf_text(&out);
}

static void
text_line(struct arena *arena, struct buf *out, const char *name,
    const char *value)
{
	if (value != NULL && value[0] != '\0')
		line(out, arena_printf(arena, "%s:%s", name, escaped(arena,
		    value)));
}

static void
local_line(struct arena *arena, struct buf *out, const char *name, int64_t at)
{
	struct local l = date_local(at);

	line(out, arena_printf(arena, "%s;TZID=" ZONE
	    ":%04d%02d%02dT%02d%02d%02d", name, l.day.year, l.day.month,
	    l.day.day, l.hour, l.minute, l.second));
}

static void
stamp_line(struct arena *arena, struct buf *out, int64_t at)
{
	struct date day = date_from_days(at / 86400);
	int64_t s = at % 86400;

	line(out, arena_printf(arena, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ",
	    day.year, day.month, day.day, (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60)));
}

static const char *
cn(struct arena *arena, const char *name)
{
	return name == NULL || name[0] == '\0' ? "" : arena_printf(arena,
	    ";CN=%s", quoted(arena, name));
}

static void
event(struct arena *arena, struct buf *out, const struct ical_event *e)
{
	line(out, "BEGIN:VEVENT");
	text_line(arena, out, "UID", e->uid);
	line(out, arena_printf(arena, "SEQUENCE:%lld",
	    (long long)e->sequence));
	stamp_line(arena, out, e->stamp_at);
	local_line(arena, out, "DTSTART", e->start_at);
	local_line(arena, out, "DTEND", e->end_at);
	text_line(arena, out, "SUMMARY", text_one_line(arena, e->summary));
	if (e->location != NULL)
		text_line(arena, out, "LOCATION", text_one_line(arena,
		    e->location));
	text_line(arena, out, "DESCRIPTION", e->description);
	line(out, arena_printf(arena, "ORGANIZER%s:mailto:%s", cn(arena,
	    e->organizer_name), e->organizer));
	if (!e->publish)
		line(out, arena_printf(arena, "ATTENDEE%s;ROLE=REQ-PARTICIPANT;"
	    "PARTSTAT=%s;RSVP=%s:mailto:%s", cn(arena,
	    e->attendee_name), e->partstat == NULL ? "NEEDS-ACTION" :
	    e->partstat, e->cancel ? "FALSE" : "TRUE", e->attendee));
	line(out, e->cancel ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	line(out, "TRANSP:OPAQUE");
	line(out, "END:VEVENT");
}

static bool
is_address(const char *email)
{
	for (const char *p = email; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == '"')
			return false;
	return strchr(email, '@') != NULL;
}

enum rc
ical_write(struct arena *arena, const struct ical_event *e,
    const char **text, struct err *err)
{
	struct buf out = buf_open(arena);

	if (!is_address(e->organizer) || (!e->publish &&
	    !is_address(e->attendee)))
		return fail(err, RC_PARK, "calendar part: no such address");
	line(&out, "BEGIN:VCALENDAR");
	line(&out, "VERSION:2.0");
	line(&out, "PRODID:-//Raadspost//Raadspost//DA");
	line(&out, e->publish ? "METHOD:PUBLISH" : e->cancel ?
	    "METHOD:CANCEL" : "METHOD:REQUEST");
	buf_add(&out, zone_text);
	event(arena, &out, e);
	line(&out, "END:VCALENDAR");
	*text = buf_text(&out);
	return RC_OK;
}

static void
feed_event(struct arena *arena, struct buf *out, const struct ical_event *e)
{
	line(out, "BEGIN:VEVENT");
	text_line(arena, out, "UID", e->uid);
	line(out, arena_printf(arena, "SEQUENCE:%lld",
	    (long long)e->sequence));
	stamp_line(arena, out, e->stamp_at);
	local_line(arena, out, "DTSTART", e->start_at);
	local_line(arena, out, "DTEND", e->end_at);
	text_line(arena, out, "SUMMARY", text_one_line(arena, e->summary));
	if (e->location != NULL)
		text_line(arena, out, "LOCATION", text_one_line(arena,
		    e->location));
	text_line(arena, out, "DESCRIPTION", e->description);
	line(out, e->cancel ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	line(out, "END:VEVENT");
}

const char *
ical_feed(struct arena *arena, const char *name,
    const struct ical_event *events, size_t n)
{
	struct buf out = buf_open(arena);

	line(&out, "BEGIN:VCALENDAR");
	line(&out, "VERSION:2.0");
	line(&out, "PRODID:-//Raadspost//Raadspost//DA");
	line(&out, "METHOD:PUBLISH");
	text_line(arena, &out, "X-WR-CALNAME", text_one_line(arena, name));
	buf_add(&out, zone_text);
	for (size_t i = 0; i < n; i++)
		feed_event(arena, &out, &events[i]);
	line(&out, "END:VCALENDAR");
	return buf_text(&out);
}
