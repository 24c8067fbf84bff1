/* SPDX-License-Identifier: MIT */
/* store/ranking.h: in which order members put a body's topics.
 *
 * Shapes   the last order of each member counts, earlier ones are history
 * Errors   RC_PARK: no such body
 * Source   FIELD, Gladsaxe: topics A-E, ranked by mail
 */
#ifndef STORE_RANKING_H
#define STORE_RANKING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct ranking {
	const char *body, *email;
	const char *letters;		/* "DAC" */
	int64_t at, journal_id;
};

enum rc ranking_set(struct store *store, const struct ranking *row,
	struct err *err);
enum rc ranking_list(struct store *store, struct arena *arena,
	const char *body, size_t limit, struct ranking **rows, size_t *n,
	struct err *err);
enum rc ranking_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
