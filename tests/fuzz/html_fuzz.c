/* SPDX-License-Identifier: MIT */
/* Any text as HTML, and against itself as the other form. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/charset.h"
#include "mail/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *arena = arena_open();
	struct bytes raw = { data, n };
	const char *html = charset_many_lines(arena, html_charset(arena, NULL,
	    raw), raw, NULL);
	struct html_text got = html_text_read(arena, html);

	if (!text_is_utf8(got.text, strlen(got.text)))
		abort();
	if (html_text_differs(arena, got.text, got.text))
		abort();
	(void)html_text_differs(arena, html, got.text);

	arena_close(&arena);
	return 0;
}
