/* SPDX-License-Identifier: MIT */
/* base/err.h: what a function says when it could not do its work.
 *
 * Shapes   the code says what to do next, the text says why
 * Owner    the caller's `struct err`, on its stack; nothing allocates
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum rc {
	RC_OK = 0,
	RC_NONE,	/* nothing there: no row, no mail, seen before */
	RC_LATER,	/* the other end is away: keep the work, try again */
	RC_PARK,	/* this mail is beyond us: the secretary gets it */
	RC_STOP,	/* we are broken: stop before harm is done */
};

#define ERR_TEXT_BYTES 512 /* a line for a log or a terminal, no more */

struct err {
	char text[ERR_TEXT_BYTES];
};

/* Writes the reason into `err` (which may be NULL) and returns `rc`, so that
 * the place where it happens reads `return fail(err, RC_LATER, …);`. */
enum rc fail(struct err *err, enum rc rc, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts words in front of the reason, where only the caller knows the place
 * (`file:line`, a name); returns `rc`. */
enum rc fail_in(struct err *err, enum rc rc, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
