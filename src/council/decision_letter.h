/* SPDX-License-Identifier: MIT */
/* council/decision_letter.h: the letter of what waits, numbered.
 *
 * Shapes   the daily one: what waits, what is in trouble, what was done by
 *          itself, and when the mailbox was last read; or one point at once.
 *          Each copy keeps which number stands for what
 * Units    UTC seconds
 * Errors   RC_NONE: nothing to tell, nothing was queued
 * Owner    the caller's arena
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef COUNCIL_DECISION_LETTER_H
#define COUNCIL_DECISION_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/council.h"
#include "store/decision.h"

struct arena;

struct decision_mail {
	const struct world_body *body;	/* NULL: the house */
	const char *day;		/* of its key: "2026-11-26" */
	int64_t next_at;		/* what comes next by itself; 0 */
	bool heartbeat;			/* goes even where there is nothing */
	bool to_chair;			/* a copy for the chair */
};

enum rc decision_mail_send(struct council *council, struct arena *arena,
	const struct decision_mail *mail, struct err *err);
/* Whether there is anything to tell that belongs to no body. */
enum rc decision_house_has(struct council *council, struct arena *arena,
	bool *has, struct err *err);
/* One that cannot wait for the morning. */
enum rc decision_send_now(struct council *council, struct arena *arena,
	const struct decision_row *row, bool to_chair, struct err *err);

#endif
