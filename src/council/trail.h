/* SPDX-License-Identifier: MIT */
/* council/trail.h: who proposed a point hears what becomes of it.
 *
 * Shapes   a letter a step, each once; «stop» in an answer ends them for that
 *          point. Nothing of a closed point goes outside the council, and to
 *          one that nobody vouched for nothing is quoted
 * Errors   as store.h; a letter that cannot leave is logged
 * Owner    the caller's arena
 * Source   FIELD «dagsordenspunkt»; THREATS 14, 21
 */
#ifndef COUNCIL_TRAIL_H
#define COUNCIL_TRAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"

struct arena;

enum trail_what {
	TRAIL_AGENDA,		/* it is on the agenda of its meeting */
	TRAIL_NEXT,		/* it waits for the next meeting */
	TRAIL_REJECTED,		/* it is not taken up; `words` says why */
	TRAIL_RESULT,		/* the meeting has spoken of it; `words` says
				 * what came of it */
};

/* `words` may be NULL; `mail_id` is the mail behind it, or 0. Where it comes
 * of a decision the letter waits ten minutes, so that it can be taken back.
 * RC_OK also where nobody is to be told. */
enum rc trail_tell(struct council *council, struct arena *arena,
	int64_t item_id, enum trail_what what, const char *words,
	int64_t mail_id, struct err *err);
/* Whether one of them has left: it cannot be unsaid. */
enum rc trail_gone(struct council *council, int64_t journal_id, bool *gone,
	struct err *err);
/* Those letters of a line of the journal that have not left. */
enum rc trail_withdraw(struct council *council, int64_t journal_id,
	struct err *err);

#endif
