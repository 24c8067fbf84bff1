/* SPDX-License-Identifier: MIT */
/* understand/bounce.h: which letter of ours came back, for whom, for good?
 *
 * Shapes   an address is lower case ASCII
 * Errors   false: the mail is no report of delivery
 * Owner    the arena; may borrow from mail and world
 * Source   RFC 3464 (reports), 3463 (status), and the texts of Exchange,
 *          Postfix, Exim, Gmail, Yahoo, qmail (QSBMF) in bounce.lexicon
 */
#ifndef UNDERSTAND_BOUNCE_H
#define UNDERSTAND_BOUNCE_H

#include <stdbool.h>

#include "mail/mail.h"
#include "rules/world.h"
#include "understand/words.h"

struct arena;

enum bounce_kind { BOUNCE_FAILED, BOUNCE_DELAYED, BOUNCE_DELIVERED };

struct bounce {
	enum bounce_kind kind;
	const char *recipient;		/* NULL where none is named */
	bool hard;			/* 5.x.x, but for a full mailbox */
	const struct world_sent *letter;/* NULL: not ours, not believed */
	const char *why;
};

bool bounce_read(struct arena *arena, const struct mail *mail,
	const struct words *words, const struct world *world,
	struct bounce *bounce);

#endif
