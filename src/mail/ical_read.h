/* SPDX-License-Identifier: MIT */
/* mail/ical_read.h: calendar parts, as answers to our invitations.
 *
 * Shapes   one entry per VEVENT and ATTENDEE; identical ones once
 * Units    at most ICAL_MAX_ENTRIES entries of a mail
 * Errors   none: what is no calendar adds nothing
 * Owner    the arena's
 * Source   RFC 5545, RFC 5546 §3.2.3 and §3.2.7; THREATS 18
 */
#ifndef MAIL_ICAL_READ_H
#define MAIL_ICAL_READ_H

#include "mail/mail.h"

#define ICAL_MAX_ENTRIES 64

struct ical_list {
	struct mail_calendar *list;
	size_t n;
};

/* Once in a process. */
void ical_open(void);

/* Adds what `text` (UTF-8) holds. `type_method` is the Content-Type's; may
 * be NULL. */
void ical_read(struct arena *arena, const char *text, const char *type_method,
	struct ical_list *out);

#endif
