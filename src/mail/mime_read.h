/* SPDX-License-Identifier: MIT */
/* mail/mime_read.h: the bytes of a mail, read within limits.
 *
 * Shapes   any bytes in, a struct mail out; what is beyond a limit is left
 *          out and `is_broken` says so, the head is read all the same
 * Units    limits in bytes and counts, at the heads of mime_read.c,
 *          mime_walk.h and head.h
 * Errors   RC_PARK: not even a head could be read
 * Owner    the arena's; the raw bytes are borrowed during the call
 * Source   RFC 5322, 2045-2049, 2231, 3676; THREATS 4, 7, 11, 12, 16
 */
#ifndef MAIL_MIME_READ_H
#define MAIL_MIME_READ_H

#include "base/err.h"
#include "base/text.h"
#include "mail/auth.h"
#include "mail/mail.h"

struct arena;

/* Once in a process, before the first mail (and before the seccomp filter):
 * character sets, libical. */
void mime_open(void);

/* `fd` is a file that holds exactly `raw` (a large mail is not copied out of
 * it), or -1. */
enum rc mime_read(struct arena *arena, const struct auth_trust *trust,
	struct bytes raw, int fd, const struct mail **mail, struct err *err);

/* The decoded bytes of attachment `part` (struct mail_attachment). */
enum rc mime_read_part(struct arena *arena, struct bytes raw, int fd,
	uint32_t part, struct bytes *bytes, struct err *err);

/* The same into a file, a piece at a time. */
enum rc mime_write_part(struct arena *arena, struct bytes raw, int fd,
	uint32_t part, int file, int64_t *size_bytes, struct err *err);

#endif
