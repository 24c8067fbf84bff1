/* SPDX-License-Identifier: MIT */
/* mail/ical_line.h: what every calendar part of ours is made of.
 *
 * Shapes   content lines with CRLF, folded between characters
 * Units    octets; a value is cut at `most` of them
 * Errors   none
 * Owner    the arena
 * Source   RFC 5545 §3.1, §3.3.11, §3.8.7.2
 */
#ifndef MAIL_ICAL_LINE_H
#define MAIL_ICAL_LINE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

void ical_line(struct buf *out, const char *text);
/* The value of a TEXT; its line breaks become `\n`. */
const char *ical_escaped(struct arena *arena, const char *text, size_t most);
/* DTSTAMP, in UTC. */
void ical_stamp(struct arena *arena, struct buf *out, int64_t at);

#endif
