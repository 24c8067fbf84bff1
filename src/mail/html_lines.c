/* SPDX-License-Identifier: MIT */
/* Line ends are owed until something is seen behind them, so that no line is
 * ended twice and none is left empty by accident. */
#include "mail/html_lines.h"

#include <string.h>

#include "base/arena.h"
#include "mail/html_token.h"

struct html_lines
html_lines(struct arena *arena)
{
	return (struct html_lines){ .out = buf_open(arena),
		.hidden = buf_open(arena), .at_start = true };
}

static void
line_end(struct html_lines *h)
{
	bool is_blank = h->at_start;

	while (h->out.n > h->line_from && h->out.data[h->out.n - 1] == ' ')
		h->out.data[--h->out.n] = '\0';
	if (h->out.n == h->line_from && !h->at_start) {
		/* Only blanks stood there, behind "> " perhaps. */
		is_blank = true;
		if (h->out.n > 0 && h->out.data[h->out.n - 1] == ' ')
			h->out.data[--h->out.n] = '\0';
	}
	h->space = false;
	if (is_blank) {
		if (h->blank_lines > 0 || h->out.n == 0) {
			h->at_start = true;
			h->line_from = h->out.n;
			return;
		}
		/* Between a quotation and what is none, it is neither's. */
		for (int i = 0; h->at_start && i < h->level
		    && i < h->line_level; i++)
			buf_add_char(&h->out, '>');
		h->blank_lines++;
	} else
		h->blank_lines = 0;
	buf_add_char(&h->out, '\n');
	h->at_start = true;
	h->line_from = h->out.n;
}

void
html_lines_owe(struct html_lines *h, int n)
{
	if (h->hidden.n > 0 && h->hidden.data[h->hidden.n - 1] != ' ')
		buf_add_char(&h->hidden, ' ');
	if (h->fresh)
		return;
	if (h->breaks < n)
		h->breaks = n;
}

static void
pay_breaks(struct html_lines *h)
{
	if (h->breaks == 0)
		return;
	if (!h->at_start)
		line_end(h);
	if (h->breaks > 1 && h->out.n > 0 && h->blank_lines == 0)
		line_end(h);
	h->breaks = 0;
	h->space = false;
}

/* Before anything that is seen: the line ends and the blank that are owed,
 * and at a line's start the marks of the quotation. */
void
html_lines_begin(struct html_lines *h)
{
	pay_breaks(h);
	if (h->at_start) {
		int n = h->level;

		for (int i = 0; i < n; i++)
			buf_add_char(&h->out, '>');
		if (n > 0)
			buf_add_char(&h->out, ' ');
		h->line_from = h->out.n;
		h->line_level = n;
		h->at_start = false;
	} else if (h->space)
		buf_add_char(&h->out, ' ');
	h->space = false;
	h->fresh = false;
}

void
html_lines_break(struct html_lines *h)
{
	pay_breaks(h);
	line_end(h);
	h->fresh = false;
}

/* --- words ------------------------------------------------------------- */

bool
html_is_seen(uint32_t c)
{
	return !(c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD
	    || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
	    || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x34F
	    || c == 0x061C || c == 0x180E);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
code_show(struct html_lines *h, uint32_t c)
{
	if (c == 0xA0 || c == 0x2007 || c == 0x202F) {
		html_lines_begin(h);
		buf_add_char(&h->out, ' ');
	} else if (c == ' ' || c == '\n' || c == '\t' || c == 0x2028)
		h->space = true;
	else if (html_is_seen(c)) {
		html_lines_begin(h);
		buf_add_code(&h->out, c);
	}
}

void
html_lines_add(struct html_lines *h, const char *at, size_t n, bool pre)
{
	const char *end = at + n;
	while (at < end) {
		const char *from = at, *after = at;
		uint32_t code;

		if (is_space(*at)) {
			if (pre && *at == '\n')
				html_lines_break(h);
			else if (pre)
				code_show(h, 0xA0);
			else
				h->space = !h->at_start;
			at++;
			continue;
		}
		if (*at == '&') {
			code = html_entity(at, end, &after);
			if (code != 0) {
				code_show(h, code);
				at = after;
				continue;
			}
			at++;
		} else if (*at == '\xC2' && at + 1 < end
		    && at[1] == '\xA0') {
			code_show(h, 0xA0);
			at += 2;
			continue;
		}
		while (at < end && !is_space(*at) && *at != '&'
		    && *at != '\xC2')
			at++;
		if (at == from)
			at++;
		/* The rest of a letter whose first byte was looked at. */
		if (*from == '\xC2' && at == from + 1 && at < end)
			at++;
		html_lines_begin(h);
		buf_add_n(&h->out, from, (size_t)(at - from));
	}
}

void
html_lines_hide(struct html_lines *h, const char *at, size_t n)
{
	const char *value = html_value(h->hidden.arena, (struct bytes){
	    (const unsigned char *)at, n }, n);
	uint32_t c;

	while ((c = text_next(&value)) != 0) {
		if (c == 0xA0 || c < 0x20)
			c = ' ';
		if (c == ' ' && (h->hidden.n == 0
		    || h->hidden.data[h->hidden.n - 1] == ' '))
			continue;
		if (html_is_seen(c))
			buf_add_code(&h->hidden, c);
	}
}

const char *
html_lines_close(struct html_lines *h)
{
	if (!h->at_start)
		line_end(h);
	while (h->out.n > 1 && h->out.data[h->out.n - 2] == '\n')
		h->out.data[--h->out.n] = '\0';
	return buf_text(&h->out);
}
