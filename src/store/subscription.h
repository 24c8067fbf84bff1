/* SPDX-License-Identifier: MIT */
/* store/subscription.h: who gets a body's public agendas and minutes.
 *
 * Shapes   one that ended stays until it is forgotten, so that undo can bring
 *          it back
 * Errors   RC_PARK: no such body; RC_NONE: on the list already, or not on it
 * Source   FIELD «who mails»; THREATS 19
 */
#ifndef STORE_SUBSCRIPTION_H
#define STORE_SUBSCRIPTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct store;

struct subscription {
	const char *body, *email;
	int64_t at, journal_id;
};

enum rc subscription_start(struct store *store,
	const struct subscription *row, struct err *err);
enum rc subscription_end(struct store *store, const struct subscription *row,
	struct err *err);
enum rc subscription_list(struct store *store, struct arena *arena,
	const char *body, size_t limit, struct subscription **rows,
	size_t *n, struct err *err);
/* Of a start or of an end. */
enum rc subscription_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
