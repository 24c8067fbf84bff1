/* SPDX-License-Identifier: MIT */
/* Any text as an address list: what is said to be valid is valid. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	const char *text = text_one_line(arena, text_repair(arena,
	    (const char *)data, n));
	struct address_list list = address_list_read(arena, text);
	const char *one = address_read(arena, text);

	if (one != NULL && !address_is_valid(one))
		abort();
	for (size_t i = 0; i < list.addresses.n; i++) {
		const struct mail_address *a = &list.addresses.list[i];

		if (a->email != NULL && !address_is_valid(a->email))
			abort();
		if (a->name != NULL && (*a->name == '\0'
		    || !text_is_utf8(a->name, strlen(a->name))))
			abort();
	}

	arena_close(&arena);
	return 0;
}
