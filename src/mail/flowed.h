/* SPDX-License-Identifier: MIT */
/* mail/flowed.h: paragraphs put together again.
 *
 * Shapes   lines that end in LF in, one line per paragraph out; quoted lines
 *          keep their '>' marks, "> " before the words
 * Errors   none
 * Owner    the arena's
 * Source   RFC 3676 §4
 */
#ifndef MAIL_FLOWED_H
#define MAIL_FLOWED_H

#include <stdbool.h>

struct arena;

const char *flowed_read(struct arena *arena, const char *text, bool delsp);

#endif
