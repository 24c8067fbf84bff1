/* SPDX-License-Identifier: MIT */
/* Texts and bytes as 7-bit lines. */
#include "mail/body_write.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

#define LINE 76		/* RFC 2045 §6.7 (5), without CRLF */
#define FLOW 72		/* RFC 3676 §4.2: 66-72 with the space at the end */

static const char hex[] = "0123456789ABCDEF";

/* Whether a byte may stand for itself; at the start of a line a dot and
 * «From » are changed by some servers on the way. */
static bool
is_plain(const char *p, bool starts)
{
	unsigned char c = (unsigned char)*p;

	if (c <= ' ' || c >= 0x7f || c == '=')
		return c == ' ' && p[1] != '\n' && p[1] != '\0';
	return !starts || (c != '.' && (c != 'F' ||
	    strncmp(p, "From ", 5) != 0));
}

/* How many bytes stand for themselves wherever in a line, at most `most`. */
static size_t
plain_run(const char *p, const char *end, size_t most)
{
	size_t n = text_plain(p, (size_t)(end - p) > most ? p + most : end);
	const char *equals = memchr(p, '=', n);

	if (equals != NULL)
		n = (size_t)(equals - p);
	/* a space at the end of a line would be lost on the way */
	if (n > 0 && p[n - 1] == ' ' && (p[n] == '\n' || p[n] == '\0'))
		n--;
	return n;
}

void
body_quoted_printable(struct buf *out, const char *text)
{
	const char *end = text + strlen(text);
	char line[LINE + 4];
	size_t n = 0, most;

	for (const char *p = text; *p != '\0'; p++) {
		size_t run = n >= LINE || (n == 0 && !is_plain(p, true)) ? 0
		    : plain_run(p, end, LINE - 1 - n);
		unsigned char c;
		bool plain;

		memcpy(line + n, p, run);
		n += run;
		p += run;
		if ((c = (unsigned char)*p) == '\0')
			break;
		if (c == '\n') {
			memcpy(line + n, "\r\n", 2);
			buf_add_n(out, line, n + 2);
			n = 0;
			continue;
		}
		plain = is_plain(p, n == 0);
		/* the last of a line needs no room for a soft end */
		most = p[1] == '\n' || p[1] == '\0' ? LINE : LINE - 1;
		if (n + (plain ? 1 : 3) > most) {
			memcpy(line + n, "=\r\n", 3);
			buf_add_n(out, line, n + 3);
			n = 0;
			plain = is_plain(p, true);
		}
		if (plain) {
			line[n++] = (char)c;
		} else {
			line[n++] = '=';
			line[n++] = hex[c >> 4];
			line[n++] = hex[c & 15];
		}
	}
	if (n > 0) {
		memcpy(line + n, "\r\n", 2);
		buf_add_n(out, line, n + 2);
	}
}

void
body_base64(struct buf *out, struct bytes bytes)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t used = 0;

	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = bytes.n - i;
		uint32_t v = (uint32_t)bytes.data[i] << 16;
		char four[4];

		if (left > 1)
			v |= (uint32_t)bytes.data[i + 1] << 8;
		if (left > 2)
			v |= bytes.data[i + 2];
		four[0] = alphabet[v >> 18];
		four[1] = alphabet[v >> 12 & 63];
		four[2] = left > 1 ? alphabet[v >> 6 & 63] : '=';
		four[3] = left > 2 ? alphabet[v & 63] : '=';
		if (used == LINE) {
			buf_add(out, "\r\n");
			used = 0;
		}
		buf_add_n(out, four, 4);
		used += 4;
	}
	if (used > 0)
		buf_add(out, "\r\n");
}

/* One line of the text, `n` bytes, whose quote mark is `mark` («> > » as the
 * reader sees it, «>>» on the wire). */
static void
flow_line(struct buf *out, const char *line, size_t n, size_t depth)
{
	/* RFC 3676 §4.2 (2): no hard line ends in a space, but «-- » */
	while (n > 0 && line[n - 1] == ' ' && !(n == 3 && depth == 0 &&
	    memcmp(line, "-- ", 3) == 0))
		n--;
	do {
		size_t cut = 0, width = depth + (depth > 0), i = 0;

		if (width + n <= FLOW)	/* short in bytes: no need to count */
			i = cut = n;
		while (i < n) {
			if (line[i] == ' ' && i > 0) {
				if (width >= FLOW && cut > 0)
					break;
				cut = i + 1;
			}
			/* a continuing byte of UTF-8 takes no room */
			width += ((unsigned char)line[i] & 0xc0) != 0x80;
			i++;
		}
		if (i == n && (width <= FLOW || cut == 0))
			cut = n;
		for (size_t q = 0; q < depth; q++)
			buf_add_char(out, '>');
		/* §4.4: space-stuffing, also behind the quote marks */
		if (n > 0 && (depth > 0 || line[0] == ' ' ||
		    line[0] == '>' || (n >= 5 &&
		    memcmp(line, "From ", 5) == 0)))
			buf_add_char(out, ' ');
		buf_add_n(out, line, cut);
		buf_add_char(out, '\n');
		line += cut;
		n -= cut;
	} while (n > 0);
}

void
body_flow(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n"), depth = 0;
		bool ended = text[n] == '\n';

		while (n > 0 && *text == '>') {
			depth++;
			text++;
			n--;
			if (n > 0 && *text == ' ') {
				text++;
				n--;
			}
		}
		flow_line(out, text, n, depth);
		text += n + ended;
	}
}
