/* SPDX-License-Identifier: MIT */
/* Any text as format=flowed, with and without DelSp. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/flowed.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	const char *text = text_many_lines(arena, text_repair(arena,
	    (const char *)data, n));

	/* A line end for each line, two marks for each depth, no more. */
	if (strlen(flowed_read(arena, text, false)) > 2 * strlen(text) + 2)
		abort();
	(void)flowed_read(arena, text, true);

	arena_close(&arena);
	return 0;
}
