/* SPDX-License-Identifier: MIT */
/* Lines of calendar parts, as RFC 5545 wants them. */
#include "mail/ical_line.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

#define LINE_OCTETS 75	/* RFC 5545 §3.1, without the line break */

/* Folded between characters (RFC 5545 §3.1: CRLF and a space, which counts in
 * the next line). */
void
ical_line(struct buf *out, const char *text)
{
	size_t used = 0;

	while (*text != '\0') {
		const char *next = text;
		size_t n;

		(void)text_next(&next);
		n = (size_t)(next - text);
		if (used + n > LINE_OCTETS) {
			buf_add(out, "\r\n ");
			used = 1;
		}
		buf_add_n(out, text, n);
		used += n;
		text = next;
	}
	buf_add(out, "\r\n");
}

const char *
ical_escaped(struct arena *arena, const char *text, size_t most)
{
	struct buf out = buf_open(arena);

	text = text_cut(arena, text_many_lines(arena, text), most);
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			buf_add(&out, "\\n");
			continue;
		}
		if (strchr("\\;,", *text) != NULL)
			buf_add_char(&out, '\\');
		buf_add_char(&out, *text);
	}
	return buf_text(&out);
}

void
ical_stamp(struct arena *arena, struct buf *out, int64_t at)
{
	struct date day = date_from_days(at / 86400);
	int64_t s = at % 86400;

	ical_line(out, arena_printf(arena, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ",
	    day.year, day.month, day.day, (int)(s / 3600),
	    (int)(s / 60 % 60), (int)(s % 60)));
}
