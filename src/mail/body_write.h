/* SPDX-License-Identifier: MIT */
/* mail/body_write.h: texts and bytes as 7-bit lines.
 *
 * Shapes   CRLF line ends, lines of 76 characters at most, the last one ended
 * Errors   none
 * Owner    the buffer's arena
 * Source   RFC 2045 §6.7 and §6.8, RFC 3676 §4
 */
#ifndef MAIL_BODY_WRITE_H
#define MAIL_BODY_WRITE_H

#include "base/text.h"

/* Quoted-printable of a text with LF; a lone CR is encoded as it is. */
void body_quoted_printable(struct buf *out, const char *text);
void body_base64(struct buf *out, struct bytes bytes);

/* format=flowed of a text that has a paragraph a line: lines of 72, a space
 * before each soft end, quoted lines with their mark each. LF between. */
void body_flow(struct buf *out, const char *text);

#endif
