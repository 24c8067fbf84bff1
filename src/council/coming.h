/* SPDX-License-Identifier: MIT */
/* council/coming.h: an answer to an invitation, and what follows from it.
 *
 * Shapes   a member who cannot come: the substitutes on file are asked at
 *          once; the first yes counts, the others are told; the member who
 *          comes after all takes the seat back. Whoever leads the meeting
 *          hears at once when it cannot decide any more, or when nobody of a
 *          group is left
 * Errors   RC_PARK: no such meeting; else as store.h
 * Owner    the arena of the mail
 * Source   FIELD «A year of one council»; rules/quorum.h
 */
#ifndef COUNCIL_COMING_H
#define COUNCIL_COMING_H

#include "base/err.h"
#include "council/deed.h"
#include "store/attendance.h"

/* `reply` and `substitute` of the action's person, under that line of the
 * journal. */
enum rc coming_set(struct act *act, const struct action *action,
	enum reply reply, const char *substitute, int64_t journal_id,
	struct err *err);

#endif
