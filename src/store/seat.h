/* SPDX-License-Identifier: MIT */
/* store/seat.h: the seats of a body and who takes them, and a new place.
 *
 * Shapes   rules/composition.h; a seat is taken by a chair, vice-chair or
 *          member whose place is of that group
 * Units    days of the body's zone
 * Errors   as store.h
 * Owner    the arena
 */
#ifndef STORE_SEAT_H
#define STORE_SEAT_H

#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "rules/composition.h"

struct arena;
struct store;

/* As they are on that day; the rule «residence» of the body with them. */
enum rc seats_load(struct store *store, struct arena *arena,
	const char *body, struct date day, struct seat_rules *rules,
	struct err *err);

struct place_new {
	const char *body, *email, *name;
	const char *group;	/* NULL */
	struct date from_day;
	struct date until_day;	/* year 0: as long as it lasts */
};
/* A person, where there is none of that address, and his place as a member.
 * RC_NONE: he is one already. */
enum rc place_add_member(struct store *store, const struct place_new *place,
	int64_t now_at, struct err *err);

#endif
