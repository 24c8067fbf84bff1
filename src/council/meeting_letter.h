/* SPDX-License-Identifier: MIT */
/* council/meeting_letter.h: a meeting is another than people know: they hear.
 *
 * Shapes   all changes of one meeting that wait go in one letter each: what
 *          changed is marked, all facts stand in the text, the calendar part
 *          says the same (RFC 5546 §3.2.2 REQUEST with a higher SEQUENCE,
 *          §3.2.5 CANCEL)
 * Errors   as store.h; one letter that cannot leave costs no other
 * Owner    the arena of the gathering
 * Source   FIELD «indkaldelse», «oplægsholder»
 */
#ifndef COUNCIL_MEETING_LETTER_H
#define COUNCIL_MEETING_LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "council/gathering.h"
#include "store/meeting_change.h"

#define MEETING_NEAR_S (2 * 86400)	/* then nobody may sleep over it */

/* `changes` are those of this meeting that nobody was told of, in order. */
enum rc meeting_tell(struct gathering *g,
	const struct meeting_change *changes, size_t n, struct err *err);
/* The day that it was on or comes to is near. */
bool meeting_is_near(const struct gathering *g,
	const struct meeting_change *changes, size_t n);

#endif
