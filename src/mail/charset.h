/* SPDX-License-Identifier: MIT */
/* mail/charset.h: bytes in the character set that a mail claims, as UTF-8.
 *
 * Shapes   the answer is valid UTF-8, and may hold controls still
 * Errors   none: what cannot be read is U+FFFD
 * Owner    the arena's
 * Source   RFC 2045 §5.2, the IANA registry; THREATS 12: a name that is not
 *          on our list is never handed to any converter
 */
#ifndef MAIL_CHARSET_H
#define MAIL_CHARSET_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

/* Once in a process: opens the few converters of the C library that we use
 * (East Asian sets), since a filtered process cannot load them later. */
void charset_open(void);

/* `name` as the mail says it, NULL where it says none. Bytes that are valid
 * UTF-8 win over none, us-ascii and the Latin-1 family's labels; what is not
 * counts as windows-1252 there. `*lost` (which may be NULL) is set, never
 * cleared, where the set is not on our list. */
char *charset_read(struct arena *arena, const char *name, struct bytes bytes,
	bool *lost);

/* The same, then made harmless: one line, or lines that end in LF. */
char *charset_one_line(struct arena *arena, const char *name,
	struct bytes bytes, bool *lost);
char *charset_many_lines(struct arena *arena, const char *name,
	struct bytes bytes, bool *lost);

#endif
