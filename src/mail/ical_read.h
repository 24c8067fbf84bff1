/* SPDX-License-Identifier: MIT */
/* mail/ical_read.h: calendar parts, as answers to our invitations.
 *
 * Shapes   one entry per VEVENT and ATTENDEE; the same entry of two parts
 *          (Google sends each answer twice) once
 * Units    at most ICAL_MAX_ENTRIES entries of a mail; linear in the bytes
 * Errors   none: what is no calendar adds nothing, what is cut off counts as
 *          far as it goes
 * Owner    the arena's
 * Source   RFC 5545 §3.1, §3.2, §3.3.5; RFC 5546 §3.2.3, §3.2.7; RFC 6868;
 *          THREATS 18
 *
 * A local time is taken to be one of our zone's clocks, whatever its TZID,
 * but for the zones of our neighbours by their distance from us: rules that
 * come with a mail are its sender's, and Outlook's names mean other zones
 * than the tables say.
 */
#ifndef MAIL_ICAL_READ_H
#define MAIL_ICAL_READ_H

#include "mail/mail.h"

#define ICAL_MAX_ENTRIES 64

struct ical_list {
	struct mail_calendar *list;
	size_t n;
};

/* Adds what `bytes` hold. `charset` and `type_method` are the Content-
 * Type's; both may be NULL. */
void ical_read(struct arena *arena, const char *charset, struct bytes bytes,
	const char *type_method, struct ical_list *out, bool *lost);

#endif
