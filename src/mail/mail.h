/* SPDX-License-Identifier: MIT */
/* mail/mail.h: what the parser makes of the bytes of one mail.
 *
 * Shapes   every text is UTF-8 without controls, bidi marks or zero-width
 *          characters; one line where a header holds one, LF at line ends
 *          else. Absent is NULL, never "". Addresses are lower case ASCII,
 *          valid by RFC 5321 §4.1.2 (the domain in ACE form), or NULL.
 * Units    instants in UTC seconds, -1 where absent; sizes in bytes
 * Errors   mail_read: RC_STOP for a payload that is none
 * Owner    the arena that mail_read or mime_read was given
 * Source   RFC 5322, 2045-2047, 2231, 3676, 5546, 3464, 8601
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/transfer.h"

struct arena;

struct mail_address {
	const char *name;	/* display name, decoded; NULL */
	const char *email;	/* NULL where it is no valid address */
};

struct mail_addresses {
	const struct mail_address *list;
	size_t n;
};

/* A header field, first to last as it stands in the mail. The value is
 * unfolded, RFC 2047 decoded and made one line. Only the head of the mail
 * itself, not of its parts. */
struct mail_header {
	const char *name;	/* as written, e.g. "Auto-Submitted" */
	const char *value;
};

/* What is kept beside the text: files, and text parts marked as such. The
 * calendar, report and attached-message parts are listed here too. */
struct mail_attachment {
	const char *name;	/* RFC 2231 decoded, no path, no controls */
	const char *type;	/* "application/pdf", lower case */
	const char *text;	/* decoded, where text/plain, text/markdown,
				 * text/csv or a .txt/.md/.csv name says so;
				 * capped */
	int64_t size_bytes;	/* decoded */
	uint8_t sha256[32];	/* of the decoded bytes */
	uint32_t part;		/* number in depth-first order, for PART */
	int64_t begin, length;	/* where its body lies in the raw mail, … */
	enum transfer transfer;	/* … still so encoded: mail/attachment.h */
	bool is_inline;		/* a picture of the HTML, a signature's logo */
};

/* One VEVENT of a text/calendar or .ics part (RFC 5546). A VEVENT without
 * ATTENDEE has one entry, with several one entry for each. ATTENDEEs inside
 * VALARM do not count. */
struct mail_calendar {
	const char *method;	/* from the data, upper case; NULL */
	const char *type_method;/* from the Content-Type, upper case; NULL */
	const char *uid;
	int64_t start_at;	/* DTSTART; -1 */
	int64_t stamp_at;	/* DTSTAMP; -1 */
	int64_t recurrence_at;	/* RECURRENCE-ID; -1 */
	int32_t sequence;	/* -1 where absent */
	const char *organizer;	/* address */
	const char *attendee;	/* address */
	const char *partstat;	/* upper case */
	const char *sent_by;	/* address */
	const char *comment;	/* COMMENT, or X-RESPONSE-COMMENT */
	const char *summary;
	bool counter_proposed;	/* a time other than asked is proposed */
};

/* A delivery or disposition report: RFC 3464, 8098, or the older forms. */
enum mail_report_kind {
	MAIL_REPORT_DELIVERY = 1,
	MAIL_REPORT_READ,	/* disposition notification */
	MAIL_REPORT_FEEDBACK,	/* RFC 5965, a complaint */
};

struct mail_report {
	enum mail_report_kind kind;
	const char *recipient;	/* address it is about; NULL */
	const char *action;	/* failed, delayed, delivered, relayed,
				 * expanded; NULL */
	const char *status;	/* "5.1.1"; NULL */
	const char *diagnostic;
};

/* What our own mailbox server said of the sender: RFC 8601, judged by the
 * profile that the parser was told (mail/auth.h). */
enum mail_auth {
	MAIL_AUTH_NONE,		/* nothing that counts was said */
	MAIL_AUTH_PASS,		/* the From address is the sender's */
	MAIL_AUTH_FAIL,
	MAIL_AUTH_ERROR,	/* temporary: not known */
	MAIL_AUTH_FORGED,	/* a field in our server's name that it did
				 * not write: alarm */
};

struct mail {
	/* the envelope, as the mailbox's server wrote it down */
	const char *return_path;	/* NULL absent, "" the null sender */
	const char *const *delivered_to; /* Delivered-To, X-Original-To,
					  * Envelope-To; addresses */
	size_t n_delivered_to;

	/* the head */
	const char *message_id;		/* with its <>, NULL */
	const char *const *in_reply_to;	/* ids with <> */
	size_t n_in_reply_to;
	const char *const *references;	/* the last 100 ids with <> */
	size_t n_references;
	struct mail_addresses from, sender, reply_to, to, cc;
	bool from_is_plain;	/* exactly one From with one mailbox, not out
				 * of an encoded word (THREATS 4) */
	const char *subject;
	int64_t date_at;	/* Date; -1 */
	int32_t date_offset_s;	/* the sender's zone */
	const struct mail_header *headers;	/* all, in order */
	size_t n_headers;

	/* who it is, and why we think so */
	enum mail_auth auth;
	const char *auth_why;	/* "dmarc=pass header.from=…" in our words */

	/* the words */
	const char *text;	/* text/plain parts, unflowed (RFC 3676:
				 * quoted lines keep their '>') */
	const char *html_text;	/* the HTML as a reader sees it: hidden text
				 * gone, quotes (blockquote, gmail_quote,
				 * divRplyFwdMsg, moz-cite-prefix …) as
				 * lines that begin with '>' */
	const char *html_hidden;/* what was hidden, where it had words */
	bool html_differs;	/* the two alternatives say different words */
	bool html_has_coloured;	/* own words told apart by colour inside a
				 * quote (answers written in red) */

	/* the rest */
	const struct mail_attachment *attachments;
	size_t n_attachments;
	const struct mail_calendar *calendars;
	size_t n_calendars;
	const struct mail_report *reports;
	size_t n_reports;
	const char *const *report_ids;	/* Message-IDs found in the returned
					 * head or text of a report */
	size_t n_report_ids;
	const struct mail *inner;	/* head and text of the first attached
					 * message/rfc822, one level; NULL */

	int64_t size_bytes;		/* of the raw mail */
	uint8_t content_sha256[32];	/* From, Date, subject, decoded parts:
					 * the same mail by two ways is one */
	bool is_encrypted;		/* S/MIME or PGP: cannot be read */
	bool is_signed;
	bool is_broken;			/* not everything could be read */
	const char *broken_why;		/* which limit, which part */
};

/* The first field of that name, any case; NULL. */
const char *mail_header(const struct mail *mail, const char *name);

/* struct mail ↔ the payload of a frame. The ids, texts and lists are copied.
 */
struct wire_out;
void mail_write(struct wire_out *out, const struct mail *mail);
enum rc mail_read(struct arena *arena, struct bytes payload,
	const struct mail **mail, struct err *err);

#endif
