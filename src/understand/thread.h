/* SPDX-License-Identifier: MIT */
/* understand/thread.h: which letter of ours is answered, and what the
 * address says.
 *
 * Shapes   In-Reply-To first, then References from the end, then a token in
 *          the address or the words
 * Errors   none
 * Owner    the arena; borrows from mail and world
 * Source   RFC 5322 §3.6.4, RFC 5233 (subaddress); the corpus's README 1, 10
 */
#ifndef UNDERSTAND_THREAD_H
#define UNDERSTAND_THREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/mail.h"
#include "rules/world.h"
#include "understand/words.h"

struct arena;

enum thread_presumes {
	PRESUMES_NOTHING,
	PRESUMES_ABSENCE,	/* +afbud */
	PRESUMES_ITEM,		/* +dagsorden */
	PRESUMES_APPLICATION,	/* +ansoegning */
	PRESUMES_HEARING,	/* +hoering */
	PRESUMES_IDEA,		/* +ide */
	PRESUMES_WORKSHOP,	/* +workshop */
	PRESUMES_MINUTES,	/* +referat */
	PRESUMES_SUBSCRIBE,	/* +tilmeld */
	PRESUMES_UNSUBSCRIBE,	/* +afmeld, List-Unsubscribe */
};

struct thread {
	const struct world_sent *letter;	/* NULL: answers none of ours */
	const struct world_body *body;		/* of the letter; NULL */
	const struct world_meeting *meeting;	/* … that it is about; NULL */
	const struct world_hearing *hearing;	/* … that it is about; NULL */
	bool by_token;		/* found by token, not by a Message-ID */
	bool other_letters;	/* References name others, too, about another
				 * matter */
	const char *token;	/* came with the mail and is a letter's; NULL */
	bool token_ok;		/* … and that letter went to this sender */
	const struct world_body *address_body;	/* body by the address it was
						 * sent to; NULL common */
	enum thread_presumes presumes;		/* purpose by the address */
	bool ambiguous_body;	/* sent to the addresses of two bodies */
	const struct world_body *const *address_bodies; /* all of them */
	size_t n_address_bodies;
	bool to_us;		/* an address of ours is in To, Cc or
				 * Delivered-To at all */
	bool only_cc;		/* … but never in To or Delivered-To */
	const char *why;
};

void thread_read(struct arena *arena, const struct mail *mail,
	const struct words *words, const struct world *world,
	struct thread *thread);

/* The body that an address of ours names; *presumes by its tag. False where
 * it is none of ours. */
bool thread_address(const struct world *world, const char *email,
	const struct world_body **body, enum thread_presumes *presumes);

#endif
