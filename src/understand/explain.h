/* SPDX-License-Identifier: MIT */
/* understand/explain.h: a purpose written down, for a program or a person.
 *
 * Shapes   JSON: {mail, sender, text, outcome, reason, actions, pending, …};
 *          actions as the corpus's README has them. Text: a note in English
 * Errors   none
 * Owner    the buffer's arena
 * Source   DESIGN, the command `explain`
 */
#ifndef UNDERSTAND_EXPLAIN_H
#define UNDERSTAND_EXPLAIN_H

#include "base/text.h"
#include "mail/mail.h"
#include "rules/purpose.h"

void purpose_json(struct buf *out, const struct mail *mail,
	const struct purpose *purpose);
void purpose_text(struct buf *out, const struct mail *mail,
	const struct purpose *purpose);

#endif
