/* SPDX-License-Identifier: MIT */
/* mail/smtp_letter.h: whether a letter may be said to a server at all, and how.
 *
 * CR LF in an address would be a command of its own, a lone LF before a dot
 * the end of one letter and the start of another (smuggling). What is refused
 * here is our own mistake; it never comes from the server and is never tried
 * again.
 *
 * Errors   RC_PARK with the place: the address, the line
 * Owner    the arena's
 * Source   RFC 5321 §4.1.2 (Mailbox), §4.5.3.1 (lengths), §2.3.8 (lines);
 *          RFC 6531 §3.3 (other letters than ASCII); RFC 5890 (domains)
 */
#ifndef MAIL_SMTP_LETTER_H
#define MAIL_SMTP_LETTER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

struct smtp_address {
	const char *text;	/* the domain in its ASCII form (xn--…) */
	bool is_utf8;		/* the local part needs SMTPUTF8 */
};

/* Local parts are dot-atoms; quoted ones and address literals are refused:
 * no member has one, and every parser on the way reads them differently. */
enum rc smtp_address(struct arena *arena, const char *address,
	struct smtp_address *out, struct err *err);

/* Lines end in CRLF, nowhere else is there a CR or LF; no NUL; lines of at
 * most 998 bytes; the last one is ended. Our letters are 7-bit, so BODY=
 * 8BITMIME is never needed: bytes above 127 are let through in the headers
 * alone, and only where `is_utf8` (an address that SMTPUTF8 carries stands
 * in them). What comes out is what follows DATA: dots at a line's beginning
 * doubled, and the final dot (RFC 5321 §4.5.2). */
enum rc smtp_bytes(struct arena *arena, struct bytes bytes, bool is_utf8,
	struct bytes *out, struct err *err);

/* A host's name, for EHLO and for URLs: LDH labels, or an IPv4 address. */
bool smtp_is_host(const char *host);

#endif
