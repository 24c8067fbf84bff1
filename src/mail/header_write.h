/* SPDX-License-Identifier: MIT */
/* mail/header_write.h: header fields of our own letters, one after another.
 *
 * Shapes   «Name: value CRLF», 7-bit, folded before 78 characters; text that
 *          is no plain ASCII as encoded words (RFC 2047), file names by RFC
 *          2231; no code point is ever split
 * Errors   RC_PARK: a control character or CR/LF in a value, an address that
 *          is none. The buffer may then hold half a field: throw it away.
 * Owner    the buffer's arena
 * Source   RFC 5322 §2.2.3 and §3.4, RFC 2047 §4.2 and §5, RFC 2231 §3-4;
 *          THREATS 7
 */
#ifndef MAIL_HEADER_WRITE_H
#define MAIL_HEADER_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"

#define HEADER_LINE 76	/* RFC 2047 §2: a line with an encoded word */

/* Unstructured text: a subject. */
enum rc header_text(struct buf *out, const char *name, const char *value,
	struct err *err);
/* A value of our own making, ASCII; folded at its spaces. */
enum rc header_plain(struct buf *out, const char *name, const char *value,
	struct err *err);
/* One address with its display name. */
enum rc header_address(struct buf *out, const char *name,
	struct mail_address address, struct err *err);
/* «name <id.host>» of RFC 2919, and the like: a phrase before <…>. */
enum rc header_list_id(struct buf *out, const char *phrase, const char *id,
	struct err *err);
/* RFC 5322 §3.3, in the zone of the installation. */
void header_date(struct buf *out, const char *name, int64_t at);
/* Content-Disposition: attachment, with its file name. */
enum rc header_file(struct buf *out, const char *file_name, struct err *err);

/* A local part of atoms with dots and a domain of letters, digits and
 * hyphens, 254 bytes at most: all that we ever write to. */
bool address_is_plain(const char *email);
/* «<left@right>», printable ASCII without spaces, 250 bytes at most. */
bool message_id_is_plain(const char *id, size_t n);

#endif
