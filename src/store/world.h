/* SPDX-License-Identifier: MIT */
/* store/world.h: the tables as the understanding may see them.
 *
 * Shapes   rules/world.h; the bodies are loaded once and again when the
 *          store's tables of Part II on bodies, people or meetings changed
 * Owner    the arena's
 */
#ifndef STORE_WORLD_H
#define STORE_WORLD_H

#include "base/err.h"
#include "mail/mail.h"
#include "rules/world.h"

struct arena;
struct store;

/* Everything but `sent`; municipality, mailbox and addresses come from the
 * tables that `import` and the configuration filled. */
enum rc world_load(struct store *store, struct arena *arena, int64_t now_at,
	struct world *world, struct err *err);

/* A number that grows whenever world_load would give another answer. */
enum rc world_version(struct store *store, int64_t *version, struct err *err);

/* Sets world->sent to the letters that this mail's In-Reply-To, References,
 * report ids or tokens name, and world->wishes to the applications of its
 * sender that wait. */
enum rc world_load_sent(struct store *store, struct arena *arena,
	const struct mail *mail, struct world *world, struct err *err);

/* What holds for the whole municipality, by name: "municipality" and
 * "mailbox" are the world's. RC_NONE: not set. */
enum rc setting_load(struct store *store, struct arena *arena,
	const char *name, const char **value, struct err *err);
enum rc setting_save(struct store *store, const char *name,
	const char *value, struct err *err);

#endif
