/* SPDX-License-Identifier: MIT */
/* understand/reply.h: a button pressed in a calendar (iTIP).
 *
 * Shapes   one answer per meeting; the newest DTSTAMP wins, a part that
 *          comes twice is one
 * Errors   none: what is no answer to an event of ours says so in `kind`
 * Owner    the arena; borrows from mail and world
 * Source   RFC 5546 §3.2.3 (REPLY), §3.2.7 (COUNTER), §3.2.2.3 (delegation);
 *          the corpus's README 4; THREATS 18
 */
#ifndef UNDERSTAND_REPLY_H
#define UNDERSTAND_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/mail.h"
#include "rules/world.h"
#include "understand/who.h"

struct arena;

enum reply_kind {
	REPLY_NONE,		/* no calendar part that says anything */
	REPLY_ANSWER,		/* REPLY to a meeting of ours */
	REPLY_COUNTER,		/* another time is proposed: to a person */
	REPLY_DELEGATE,		/* answers for, or hands over to, another */
	REPLY_FOREIGN_EVENT,	/* REPLY, but to no meeting of ours: ask */
	REPLY_FOREIGN_INVITATION,/* REQUEST, PUBLISH … sent at us: human */
	REPLY_CANCEL,		/* CANCEL sent at us: human */
};

enum reply_says { REPLY_SAYS_NONE, REPLY_YES, REPLY_NO, REPLY_MAYBE };

struct reply {
	enum reply_kind kind;
	enum reply_says says;
	const struct world_body *body;		/* NULL where none fits */
	const struct world_meeting *meeting;
	const char *person;	/* ATTENDEE, or the sender where it is left
				 * out or is an alias of his */
	bool person_is_sender;
	const char *sent_by, *delegate;
	const char *comment;	/* the remark beside the button; NULL */
	bool recurring;		/* RECURRENCE-ID */
	const char *why;
};

/* All answers of the mail; usually one. *n is 0 where there is no calendar
 * part that speaks. */
const struct reply *reply_read(struct arena *arena, const struct mail *mail,
	const struct world *world, const struct who *who, size_t *n);

#endif
