/* SPDX-License-Identifier: MIT */
/* mail/report.h: bounces, receipts and complaints.
 *
 * Shapes   one report per recipient; the ids of the mail that came back
 * Units    at most REPORT_MAX reports and ids
 * Errors   none: what is no report adds nothing
 * Owner    the arena's
 * Source   RFC 3464, 3798/8098, 5965; and what mail servers wrote in words
 *          before these, or still do
 */
#ifndef MAIL_REPORT_H
#define MAIL_REPORT_H

#include "mail/mail.h"

#define REPORT_MAX 50
#define REPORT_MAX_BYTES ((size_t)128 * 1024) /* of a returned mail */

#define REPORT_LINE_MAX 600 /* of a diagnostic */

struct report_list {
	struct mail_report *reports;
	size_t n;
	const char **ids;
	size_t n_ids;
};

/* A part that is no text: a machine's part of a report, or the mail that
 * came back. Others add nothing. */
void report_part_read(struct arena *arena, const char *type,
	struct bytes body, struct report_list *out);

/* The words of `mail`, where its head says that it is a bounce and no
 * machine's part said more. */
void report_text_read(struct arena *arena, const struct mail *mail,
	struct report_list *out);

/* Between the two files: adds within the limits; one line of words, or NULL.
 */
void report_add(struct arena *arena, struct report_list *out,
	const struct mail_report *report);
void report_add_ids(struct arena *arena, struct report_list *out,
	const char *text);
const char *report_line(struct arena *arena, const char *text, size_t max);

#endif
