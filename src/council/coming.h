/* SPDX-License-Identifier: MIT */
/* council/coming.h: an answer to an invitation, and what follows from it.
 *
 * Shapes   a member who cannot come: the substitutes on file are asked at
 *          once; the first yes counts, the others are told; the member who
 *          comes after all takes the seat back, and so does one who takes
 *          his regrets back. Whoever leads the meeting
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

/* The action's person says `reply`, under that line of the journal. Where
 * somebody else wrote it, he gets a note with the way back. RC_PARK: no such
 * meeting, or it is over. */
enum rc coming_set(struct act *act, const struct action *action,
	enum reply reply, int64_t journal_id, struct err *err);
/* … and takes it back. */
enum rc coming_undo(struct act *act, int64_t journal_id, struct err *err);
/* The last reminder has gone: whoever leads hears of regrets at once. */
bool coming_is_soon(const struct act *act, const struct action *action);

#endif
