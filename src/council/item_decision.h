/* SPDX-License-Identifier: MIT */
/* council/item_decision.h: points that somebody must decide on; this room's
 * own header.
 *
 * Shapes   a citizen's point: the secretary takes it up, puts it off or turns
 *          it down. A point after the deadline: it waits for the next
 *          meeting, unless the one who proposed it has the chair asked
 * Errors   as store.h
 * Owner    the arena of the mail
 * Source   FIELD «dagsordenspunkt»; DESIGN «The secretary decides once a day»
 */
#ifndef COUNCIL_ITEM_DECISION_H
#define COUNCIL_ITEM_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/decision.h"
#include "store/item.h"

struct act;
struct deed_end;
struct letter_row;

/* The secretary is asked about a citizen's point. */
enum rc citizen_item_ask(struct act *act, const struct item *item,
	struct err *err);
/* Where the draft is made already, the point is for the next meeting, and its
 * proposer is asked whether the chair should be. */
enum rc late_item_take(struct act *act, const struct item *item,
	struct deed_end *end, struct err *err);
/* The proposer's answer: «spørg formanden». */
enum rc late_item_answer(struct act *act, const struct letter_row *letter,
	const char *choice, struct deed_end *end, struct err *err);

/* To the next meeting. RC_PARK: none is planned, and this one's agenda is not
 * made yet. */
enum rc item_put_off(struct act *act, const struct item *item,
	int64_t journal_id, struct err *err);

/* The draft of the point's meeting, where there is one, gets the point or
 * loses it; those who release it have the new one. RC_PARK: it is released,
 * and about to be sent. */
enum rc item_draft_add(struct act *act, const struct item *item,
	int64_t journal_id, struct err *err);
enum rc item_draft_drop(struct act *act, const struct item *item,
	int64_t journal_id, struct err *err);
enum rc item_draft_undo(struct act *act, int64_t journal_id,
	struct err *err);
/* The new draft was changed since, or sent; or the proposer knows. */
enum rc item_draft_gone(struct act *act, int64_t journal_id, bool *gone,
	struct err *err);

#endif
