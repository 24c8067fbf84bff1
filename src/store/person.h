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
	int64_t paused_at;		/* mail to the address waits; 0 no */
};

enum rc person_load(struct store *store, struct arena *arena,
	const char *email, struct person *row, struct err *err);
/* A hard bounce of a letter to that address. */
enum rc person_unreachable(struct store *store, const char *email,
	int64_t at, struct err *err);
/* Two hard ones, the first at least three days ago: mail to the address waits
 * from now on. RC_NONE: it is not so, or was noticed before. */
#define PERSON_PAUSE_S (INT64_C(3) * 86400)
enum rc person_pause(struct store *store, const char *email, int64_t at,
	struct err *err);
/* He wrote, or somebody says that the address is good: what bounced before
 * counts no more. RC_NONE: nothing had bounced. */
enum rc person_reached(struct store *store, const char *email,
	struct err *err);

#endif
