/* SPDX-License-Identifier: MIT */
/* Any bytes as a calendar part, and what was read as an answer to us. */
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "mail/ical_read.h"
#include "understand/fixture.h"
#include "understand/reply.h"
#include "understand/who.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	struct mail_address from = { NULL, "kirsten.holst@posteo.example" };
	struct mail mail = { .from = { &from, 1 }, .from_is_plain = true };
	struct ical_list list = { 0 };
	bool lost = false;
	struct who who;
	size_t replies;

	ical_read(arena, "utf-8", (struct bytes){ data, n }, "REPLY", &list,
	    &lost);
	mail.calendars = list.list;
	mail.n_calendars = list.n;
	who_read(arena, &mail, &fixture, false, &who);
	(void)reply_read(arena, &mail, &fixture, &who, &replies);
	arena_close(&arena);
	return 0;
}
