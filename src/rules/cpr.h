/* SPDX-License-Identifier: MIT */
/* rules/cpr.h: the personal number DDMMYY-XXXX, found and masked.
 *
 * Shapes   six and four digits with nothing, a hyphen or dash of any kind,
 *          spaces or a line break between; full-width digits and characters
 *          of no width inside do not hide it. Masked: 010203-xxxx
 * Errors   none
 * Owner    the arena
 * Source   THREATS, Law 3; bekendtgørelse om personnumre: DDMMYY, century by
 *          the seventh digit, mod 11 until October 2007
 */
#ifndef RULES_CPR_H
#define RULES_CPR_H

#include <stddef.h>

struct arena;

enum cpr_kind {
	CPR_NONE,
	CPR_POSSIBLE,	/* a valid date, mod 11 fails */
	CPR_CERTAIN,	/* a valid date, and mod 11 or 1 January */
};

/* The surest kind that `text` holds; NULL holds none. */
enum cpr_kind cpr_find(const char *text);

/* A copy with the last four of every number of at least that kind as
 * "xxxx"; `text` itself where there is none. *n (or NULL) counts them. */
const char *cpr_mask(struct arena *arena, const char *text,
	enum cpr_kind least, size_t *n);

#endif
