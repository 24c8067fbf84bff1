/* SPDX-License-Identifier: MIT */
/* store/ranking.h: in which order members put a body's topics.
 *
 * Shapes   the last order of each member counts, earlier ones are history
 * Errors   RC_PARK: no such body
 * Source   FIELD, Gladsaxe: topics A-E, ranked by mail
 */
#ifndef STORE_RANKING_H
#define STORE_RANKING_H

#include <stdbool.h>
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
/* Those that count in a round. For counting, and for who is missing. */
enum rc ranking_of_round(struct store *store, struct arena *arena,
	int64_t round_id, size_t limit, struct ranking **rows, size_t *n,
	struct err *err);
enum rc ranking_counted(struct store *store, int64_t journal_id,
	bool *counted, struct err *err);
/* Ballots of rounds that ended before, and older ones of none. */
enum rc ranking_forget(struct store *store, int64_t ended_before_at,
	int64_t loose_before_at, size_t limit, size_t *n, struct err *err);
enum rc ranking_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
