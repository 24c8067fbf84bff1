/* SPDX-License-Identifier: MIT */
/* intake/carry.h: one mail, from what the parser read to its end in the store.
 *
 * Shapes   the caller holds the transaction; each mail stands within it by
 *          itself (store_mark), so that one that fails costs no other
 * Errors   RC_LATER, RC_STOP as store.h; a mail that is beyond us is set
 *          aside here, which is no error
 * Owner    the world is loaded into an arena of its own, and again when its
 *          tables changed
 * Source   DESIGN 2, 3, 6
 */
#ifndef INTAKE_CARRY_H
#define INTAKE_CARRY_H

#include <stdint.h>

#include "base/err.h"
#include "intake/intake.h"
#include "mail/mail.h"
#include "rules/world.h"

struct arena;

struct carry {
	const struct intake_rules *rules;	/* borrowed */
	struct arena *world_arena;
	struct world world;
	int64_t world_version;
};

void carry_open(struct carry *carry, const struct intake_rules *rules);
void carry_close(struct carry *carry);

/* Understood, carried out, written down; *folder is where it is to lie. */
enum rc carry_mail(struct carry *carry, struct arena *arena, int64_t mail_id,
	const struct mail *mail, int32_t *folder, struct err *err);

/* Nobody can read it: the secretary hears of it. `mail` may be NULL. */
enum rc carry_aside(struct carry *carry, struct arena *arena,
	int64_t mail_id, const struct mail *mail, const char *reason,
	int32_t *folder, struct err *err);

#endif
