/* SPDX-License-Identifier: MIT */
/* Any bytes as a calendar part. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/ical_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	struct ical_list list = { .n = 0 };
	struct bytes raw = { data, n };

	ical_read(arena, n % 2 ? NULL : "utf-8", raw, "REPLY", &list, NULL);
	ical_read(arena, "us-ascii", raw, NULL, &list, NULL);
	for (size_t i = 0; i < list.n; i++)
		if (list.list[i].summary != NULL
		    && strchr(list.list[i].summary, '\n') != NULL)
			abort();

	arena_close(&arena);
	return 0;
}
