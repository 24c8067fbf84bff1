/* SPDX-License-Identifier: MIT */
/* mail/transfer.h: bytes out of their transfer encoding.
 *
 * Shapes   a reader is fed pieces of any size, and gives what is complete
 * Errors   none: junk in base64 is skipped, a bad "=" is kept as it is
 * Owner    the caller's; the sink is called with bytes that live in the call
 * Source   RFC 2045 §6.7, §6.8; RFC 2047 §4
 */
#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include <stddef.h>

#include "base/text.h"

enum transfer {
	TRANSFER_PLAIN,		/* 7bit, 8bit, binary, and what is unknown */
	TRANSFER_BASE64,
	TRANSFER_QUOTED,
};

/* The value of Content-Transfer-Encoding, lower case; NULL is plain. */
enum transfer transfer_by_name(const char *name);

/* Decodes `bytes` and hands the result on in pieces. */
typedef void transfer_sink(void *to, const unsigned char *data, size_t n);
void transfer_read(enum transfer how, struct bytes bytes, transfer_sink *sink,
	void *to);

/* The whole result, at most `max` bytes of it. */
struct bytes transfer_all(struct arena *arena, enum transfer how,
	struct bytes bytes, size_t max);

/* The two encodings of encoded words. */
void transfer_base64(struct buf *out, struct bytes bytes);
void transfer_q(struct buf *out, struct bytes bytes);

#endif
