/* SPDX-License-Identifier: MIT */
/* mail/mime_write.h: the bytes of a letter of ours.
 *
 * Shapes   7-bit, CRLF, lines of 76 at most: multipart/alternative with text
 *          (format=flowed) and HTML, a calendar part where there is one, all
 *          in multipart/mixed where files go along. One recipient. The same
 *          letter gives the same bytes.
 * Units    date_at in UTC seconds, written in the installation's zone
 * Errors   RC_PARK: a value that may not stand in a head, an address that
 *          is none
 * Owner    the arena
 * Source   RFC 5322, 2045-2047, 2183, 2231, 3676, 3834 §5, 2919, 2369;
 *          DEVIATIONS.md
 */
#ifndef MAIL_MIME_WRITE_H
#define MAIL_MIME_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"

struct arena;

struct mime_file {
	const char *name;
	const char *type;	/* "application/pdf" */
	struct bytes data;
};

struct mime_letter {
	const char *message_id;	/* with <> */
	int64_t date_at;
	struct mail_address from, to;
	const char *reply_to;	/* address; NULL as From */
	const char *subject;
	const char *in_reply_to;/* of the mail that is answered; NULL. What is
				 * no Message-ID is left out */
	const char *references;	/* of that mail, space between; NULL */
	const char *language;	/* "da" */
	bool is_answer;		/* RFC 3834 §5: auto-replied, else
				 * auto-generated */
	const char *list_name;	/* NULL: goes to no list */
	const char *list_id;	/* "udsatteraad.fjordby.example" */
	const char *list_unsubscribe;	/* address */
	const char *text;	/* UTF-8, LF, a paragraph a line, "> " before
				 * what is quoted */
	const char *html;
	const char *calendar;	/* iCalendar text, any line ends; NULL */
	const char *calendar_method;	/* "REQUEST" */
	const struct mime_file *files;
	size_t n_files;
};

enum rc mime_write(struct arena *arena, const struct mime_letter *letter,
	struct bytes *raw, struct err *err);

/* The same key gives the same id, for ever: «<32 hex digits@domain>». */
const char *mime_message_id(struct arena *arena, const char *key,
	const char *domain);

#endif
