/* SPDX-License-Identifier: MIT */
/* understand/understand.h: from a mail to what it wants.
 *
 * Shapes   pure: no writes, no network, no clock but world->now_at; the
 *          lexicon is read once
 * Errors   understand itself has none but RC_STOP for a fault of ours; not
 *          to understand is an outcome
 * Owner    the purpose lives in `arena` and borrows from mail and world
 * Source   DESIGN 2; the corpus's README, «What decides»
 */
#ifndef UNDERSTAND_UNDERSTAND_H
#define UNDERSTAND_UNDERSTAND_H

#include "base/err.h"
#include "mail/mail.h"
#include "rules/purpose.h"
#include "rules/world.h"

struct arena;
struct lexicon;

/* Reads the lexicon files of all languages: those built in, or a folder of
 * the same names that shadows them (NULL none). RC_STOP names file and line
 * of a rule that is none. */
enum rc lexicon_open(const char *folder, struct lexicon **lexicon,
	struct err *err);
void lexicon_close(struct lexicon **lexicon);

enum rc understand(struct arena *arena, const struct lexicon *lexicon,
	const struct mail *mail, const struct world *world,
	struct purpose *purpose, struct err *err);

#endif
