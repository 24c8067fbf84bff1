/* SPDX-License-Identifier: MIT */
/* format=flowed, in one pass. */
#include "mail/flowed.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define DEPTH_MAX 50 /* marks of one line; a line of a million is no quote */

/* RFC 3676 §4.5: depth, then the stuffed space goes (§4.4), then the line is
 * flowed if it ends in a space and is no signature line (§4.3). A change of
 * depth ends a paragraph. */
const char *
flowed_read(struct arena *arena, const char *text, bool delsp)
{
	struct buf out = buf_open(arena);
	size_t open_depth = 0;
	bool is_open = false;

	while (*text != '\0') {
		size_t n = strcspn(text, "\n"), depth = 0;
		const char *line = text;
		bool is_flowed, is_signature;

		text += n + (text[n] == '\n');
		while (depth < n && depth < DEPTH_MAX && line[depth] == '>')
			depth++;
		line += depth;
		n -= depth;
		if (n > 0 && *line == ' ') {
			line++;
			n--;
		}
		is_signature = n == 3 && memcmp(line, "-- ", 3) == 0;
		is_flowed = n > 0 && line[n - 1] == ' ' && !is_signature;
		/* An empty line ends a paragraph even where the last one
		 * was flowed by mistake. */
		if (is_open && (depth != open_depth || is_signature
		    || n == 0)) {
			buf_add_char(&out, '\n');
			is_open = false;
		}
		if (!is_open) {
			for (size_t i = 0; i < depth; i++)
				buf_add_char(&out, '>');
			if (depth > 0 && n > 0)
				buf_add_char(&out, ' ');
		}
		buf_add_n(&out, line, is_flowed && delsp ? n - 1 : n);
		if (!is_flowed)
			buf_add_char(&out, '\n');
		is_open = is_flowed;
		open_depth = depth;
	}
	if (is_open)
		buf_add_char(&out, '\n');
	return buf_text(&out);
}
