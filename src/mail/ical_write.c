/* SPDX-License-Identifier: MIT */
/* Invitations, line by line: one event of a dozen properties needs no tree
 * and no library; tests/mail/ical_write.check has another program read it. */
#include "mail/ical_write.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "mail/ical_line.h"

#define ZONE "Europe/Copenhagen"
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
		ical_line(out, arena_printf(arena, "%s:%s", name,
		    ical_escaped(arena, value, VALUE_BYTES)));
}

static void
local_line(struct arena *arena, struct buf *out, const char *name, int64_t at)
{
	struct local l = date_local(at);

	ical_line(out, arena_printf(arena, "%s;TZID=" ZONE
	    ":%04d%02d%02dT%02d%02d%02d", name, l.day.year, l.day.month,
	    l.day.day, l.hour, l.minute, l.second));
}

static const char *
cn(struct arena *arena, const char *name)
{
	return name == NULL || name[0] == '\0' ? "" : arena_printf(arena,
	    ";CN=%s", quoted(arena, name));
}

/* What an invitation and a feed tell of it alike. */
static void
event_facts(struct arena *arena, struct buf *out, const struct ical_event *e)
{
	text_line(arena, out, "UID", e->uid);
	ical_line(out, arena_printf(arena, "SEQUENCE:%lld",
	    (long long)e->sequence));
	ical_stamp(arena, out, e->stamp_at);
	local_line(arena, out, "DTSTART", e->start_at);
	local_line(arena, out, "DTEND", e->end_at);
	text_line(arena, out, "SUMMARY", text_one_line(arena, e->summary));
	if (e->location != NULL)
		text_line(arena, out, "LOCATION", text_one_line(arena,
		    e->location));
	text_line(arena, out, "DESCRIPTION", e->description);
}

static void
event(struct arena *arena, struct buf *out, const struct ical_event *e)
{
	const char *partstat = e->partstat == NULL ? "NEEDS-ACTION" :
	    e->partstat;

	ical_line(out, "BEGIN:VEVENT");
	event_facts(arena, out, e);
	ical_line(out, arena_printf(arena, "ORGANIZER%s:mailto:%s", cn(arena,
	    e->organizer_name), e->organizer));
	if (!e->publish)
		ical_line(out, arena_printf(arena,
		    "ATTENDEE%s;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;RSVP=%s"
		    ":mailto:%s", cn(arena, e->attendee_name), partstat,
		    e->cancel ? "FALSE" : "TRUE", e->attendee));
	ical_line(out, e->cancel ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	ical_line(out, "TRANSP:OPAQUE");
	ical_line(out, "END:VEVENT");
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
	ical_line(&out, "BEGIN:VCALENDAR");
	ical_line(&out, "VERSION:2.0");
	ical_line(&out, "PRODID:-//Raadspost//Raadspost//DA");
	ical_line(&out, e->publish ? "METHOD:PUBLISH" : e->cancel ?
	    "METHOD:CANCEL" : "METHOD:REQUEST");
	buf_add(&out, zone_text);
	event(arena, &out, e);
	ical_line(&out, "END:VCALENDAR");
	*text = buf_text(&out);
	return RC_OK;
}

static void
feed_event(struct arena *arena, struct buf *out, const struct ical_event *e)
{
	ical_line(out, "BEGIN:VEVENT");
	event_facts(arena, out, e);
	ical_line(out, e->cancel ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	ical_line(out, "END:VEVENT");
}

const char *
ical_feed(struct arena *arena, const char *name,
    const struct ical_event *events, size_t n)
{
	struct buf out = buf_open(arena);

	ical_line(&out, "BEGIN:VCALENDAR");
	ical_line(&out, "VERSION:2.0");
	ical_line(&out, "PRODID:-//Raadspost//Raadspost//DA");
	ical_line(&out, "METHOD:PUBLISH");
	text_line(arena, &out, "X-WR-CALNAME", text_one_line(arena, name));
	buf_add(&out, zone_text);
	for (size_t i = 0; i < n; i++)
		feed_event(arena, &out, &events[i]);
	ical_line(&out, "END:VCALENDAR");
	return buf_text(&out);
}
