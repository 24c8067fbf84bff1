/* SPDX-License-Identifier: MIT */
/* Any head, judged by both profiles: without our id nobody passes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/auth.h"
#include "mail/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	struct auth_trust trust = { .authserv_id = "mx.fjordby.example" };
	struct head head = head_read(arena, (struct bytes){ data, n },
	    HEAD_MAX_BYTES);
	struct mail_header *list = arena_array(arena, head.n + 1,
	    sizeof *list);
	bool named = false;
	const char *why;

	for (size_t i = 0; i < head.n; i++) {
		list[i].name = text_repair(arena,
		    (const char *)head.fields[i].name.data,
		    head.fields[i].name.n);
		list[i].value = head_unfold(arena, head.fields[i].value);
		named |= text_find_nocase(list[i].value, "mx.fjordby.example")
		    != NULL || strchr(list[i].value, '"') != NULL;
	}
	if (auth_judge(arena, &trust, list, head.n, "mekr@fjordby.example",
	    &why) == MAIL_AUTH_PASS && !named)
		abort();
	trust.is_below = true;
	(void)auth_judge(arena, &trust, list, head.n, "a@b.co.uk", &why);
	trust.profile = AUTH_EXCHANGE;
	(void)auth_judge(arena, &trust, list, head.n, "mekr@fjordby.example",
	    &why);

	arena_close(&arena);
	return 0;
}
