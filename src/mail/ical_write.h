/* SPDX-License-Identifier: MIT */
/* mail/ical_write.h: an invitation as a calendar part.
 *
 * Shapes   one VEVENT with one ATTENDEE, the one who gets the letter; local
 *          times of Europe/Copenhagen with their VTIMEZONE, since Outlook
 *          shows a UTC time wrongly across a change of the clocks
 * Units    instants in UTC seconds
 * Errors   RC_PARK: an address that is none
 * Owner    the arena
 * Source   RFC 5545; RFC 5546 §3.2.2 (REQUEST), §3.2.5 (CANCEL)
 */
#ifndef MAIL_ICAL_WRITE_H
#define MAIL_ICAL_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;

struct ical_event {
	const char *uid;
	int64_t sequence;
	int64_t start_at, end_at;
	int64_t stamp_at;		/* DTSTAMP: when this copy was made */
	const char *summary;
	const char *location, *description;	/* NULL */
	const char *organizer, *organizer_name;
	const char *attendee, *attendee_name;	/* name may be NULL */
	const char *partstat;	/* as we know it; NULL: nothing was said */
	bool publish;			/* a file for anybody: no attendee */
	bool cancel;
};

enum rc ical_write(struct arena *arena, const struct ical_event *event,
	const char **text, struct err *err);

/* Events for everybody who wants them in a calendar: nobody is asked, nobody
 * answers (RFC 5546 §3.2.1, PUBLISH). `name` is the calendar's. Of an event
 * uid, sequence, the times, the texts and `cancel` are taken. */
const char *ical_feed(struct arena *arena, const char *name,
	const struct ical_event *events, size_t n);

#endif
