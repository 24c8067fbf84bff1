/* SPDX-License-Identifier: MIT */
/* understand/silence.h: mail that nobody wrote, and mail that no rule may
 * read.
 *
 * Shapes   a reason is a short word for templates and lists: "bounce",
 *          "delayed", "delivered", "read-receipt", "auto-reply", "list",
 *          "spam", "own-mail", "challenge", "complaint", "notice" (silent);
 *          "recall", "encrypted", "broken", "mail-as-attachment",
 *          "foreign-invitation", "foreign-bounce", "web-form" (human);
 *          "sent-for-somebody" (ask: a personal mail through a mass mailer)
 * Errors   none
 * Owner    the arena; `unreachable` may be borrowed from the mail
 * Source   RFC 3834 §2, 5 (automatic mail), RFC 3464, 8098, 2919, 5965;
 *          THREATS 14, 15; the corpus's README, outcome `silent`
 */
#ifndef UNDERSTAND_SILENCE_H
#define UNDERSTAND_SILENCE_H

#include <stdbool.h>

#include "mail/mail.h"
#include "rules/purpose.h"
#include "rules/world.h"
#include "understand/words.h"

struct arena;

struct silence {
	const char *reason;
	enum outcome outcome;		/* SILENT, else HUMAN or ASK */
	const char *unreachable;	/* address that a believed bounce says
					 * is out of reach; NULL */
	bool hard;			/* … for good (5.x.x) */
	const struct world_sent *letter;/* ours that came back; NULL */
	bool may_answer;		/* false: not even a receipt (silent,
					 * and human mail from a machine) */
	const char *why;		/* for explain */
};

/* True where the mail is not to be read for a purpose at all. A calendar
 * reply (iTIP REPLY) never is, though it may say Auto-Submitted. */
bool silence_read(struct arena *arena, const struct mail *mail,
	const struct words *words, const struct world *world,
	struct silence *silence);

/* True where no automatic receipt may be written to this mail (null return
 * path, Auto-Submitted, list, our own address), whatever its outcome. */
bool silence_forbids_answer(const struct mail *mail,
	const struct world *world);

#endif
