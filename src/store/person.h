/* SPDX-License-Identifier: MIT */
/* store/person.h: people on file, and whether mail reaches them.
 *
 * Errors   RC_NONE: nobody on file has that address
 * Owner    rows live in the arena
 * Source   THREATS 15: a hard bounce is noted, nobody is removed by one
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct person {
	int64_t person_id;
	const char *email, *name, *phone;
	int64_t unreachable_at;		/* the first hard one; 0 none */
	int64_t unreachable_n;		/* hard ones since then */
};

enum rc person_load(struct store *store, struct arena *arena,
	const char *email, struct person *row, struct err *err);
/* A hard bounce of a letter to that address. */
enum rc person_unreachable(struct store *store, const char *email,
	int64_t at, struct err *err);
/* A letter arrived: what bounced before counts no more. */
enum rc person_reached(struct store *store, const char *email,
	struct err *err);

#endif
