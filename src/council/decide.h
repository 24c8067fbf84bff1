/* SPDX-License-Identifier: MIT */
/* council/decide.h: an answer to a decision mail; this room's own header.
 *
 * Shapes   each point that is answered is an action, and a line of the
 *          journal; «ok til det hele» is one for each that is still open
 * Errors   a number that is not there, or a choice that is not offered, is an
 *          end with a fault: it is said in the receipt, the rest is done
 * Owner    the arena of the mail
 * Source   DESIGN «The secretary decides once a day»
 */
#ifndef COUNCIL_DECIDE_H
#define COUNCIL_DECIDE_H

#include <stddef.h>

#include "base/err.h"
#include "rules/purpose.h"

struct act;
struct deed_end;

/* The same actions, with one for each open point in place of «all». */
enum rc decide_expand(struct act *act, const struct action **actions,
	size_t *n, struct err *err);
/* What was decided, and what could not be. */
enum rc decide_receipt(struct act *act, const struct deed_end *ends, size_t n,
	size_t left, struct err *err);

#endif
