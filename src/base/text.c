/* SPDX-License-Identifier: MIT */
/* UTF-8 by hand: small, strict (RFC 3629 §4) and without a locale. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/format.h"

#define BAD_CODE 0xFFFDu
#define ADDF_BYTES 96	/* most that buf_addf adds fits: formatted once */

struct buf
buf_open(struct arena *arena)
{
	return (struct buf){ .arena = arena };
}

static void
buf_reserve(struct buf *buf, size_t more)
{
	size_t cap = buf->cap == 0 ? 128 : buf->cap;
	char *data;

	if (buf->cap != 0 && buf->cap - buf->n > more)
		return;
	while (cap - buf->n <= more)
		cap *= 2;
	data = arena_room(buf->arena, cap);
	if (buf->n != 0)
		memcpy(data, buf->data, buf->n);
	buf->data = data;
	buf->cap = cap;
}

void
buf_add_n(struct buf *buf, const char *data, size_t n)
{
	if (n == 0)
		return;
	buf_reserve(buf, n);
	memcpy(buf->data + buf->n, data, n);
	buf->n += n;
	buf->data[buf->n] = '\0';
}

void
buf_add(struct buf *buf, const char *text)
{
	if (text != NULL)
		buf_add_n(buf, text, strlen(text));
}

void
buf_add_char(struct buf *buf, char c)
{
	if (buf->cap - buf->n < 2)
		buf_reserve(buf, 1);
	buf->data[buf->n++] = c;
	buf->data[buf->n] = '\0';
}

static size_t
code_write(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = BAD_CODE;
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

void
buf_add_code(struct buf *buf, uint32_t code)
{
	char out[4];

	buf_add_n(buf, out, code_write(code, out));
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	buf_reserve(buf, ADDF_BYTES);
	n = format_write(buf->data + buf->n, ADDF_BYTES, format, again);
	va_end(again);
	if (n >= ADDF_BYTES) {
		buf_reserve(buf, (size_t)n + 1);
		(void)format_write(buf->data + buf->n, (size_t)n + 1, format,
		    args);
	}
	if (n > 0)
		buf->n += (size_t)n;
	buf->data[buf->n] = '\0';
	va_end(args);
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data == NULL ? "" : buf->data;
}

/* How many bytes the code point at `s` takes, 0 where it is none:
 * RFC 3629 §4, UTF8-2, UTF8-3 and UTF8-4. */
static size_t
code_read(const unsigned char *s, size_t n, uint32_t *code)
{
	uint32_t c;

	if (n == 0)
		return 0;
	if (s[0] < 0x80) {
		*code = s[0];
		return 1;
	}
	if (s[0] >= 0xC2 && s[0] <= 0xDF && n >= 2 && (s[1] & 0xC0) == 0x80) {
		*code = (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
		return 2;
	}
	if ((s[0] & 0xF0) == 0xE0 && n >= 3 && (s[1] & 0xC0) == 0x80
	    && (s[2] & 0xC0) == 0x80) {
		c = (uint32_t)(s[0] & 0x0F) << 12
		    | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
		if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
			return 0;
		*code = c;
		return 3;
	}
	if (s[0] >= 0xF0 && s[0] <= 0xF4 && n >= 4 && (s[1] & 0xC0) == 0x80
	    && (s[2] & 0xC0) == 0x80 && (s[3] & 0xC0) == 0x80) {
		c = (uint32_t)(s[0] & 0x07) << 18
		    | (uint32_t)(s[1] & 0x3F) << 12
		    | (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
		if (c < 0x10000 || c > 0x10FFFF)
			return 0;
		*code = c;
		return 4;
	}
	return 0;
}

size_t
text_plain(const char *at, const char *end)
{
	static const uint64_t ones = 0x0101010101010101u, high = ones << 7;
	const char *p = at;

	/* Eight at a time: without a high bit, below ' ' borrows one and DEL
	 * carries one. */
	for (uint64_t w; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		if (((w | (w - ones * ' ') | (w + ones)) & high) != 0)
			break;
	}
	while (p < end && *p >= ' ' && *p <= '~')
		p++;
	return (size_t)(p - at);
}

uint32_t
text_next(const char **at)
{
	const unsigned char *s = (const unsigned char *)*at;
	uint32_t code = 0;
	size_t n;

	if (s[0] < 0x80) {
		*at += s[0] != '\0';
		return s[0];
	}
	/* The NUL at the end is no part of a letter: it stops the reading. */
	n = code_read(s, 4, &code);
	if (n == 0) {
		*at += 1;
		return BAD_CODE;
	}
	*at += n;
	return code;
}

bool
text_is_utf8(const char *data, size_t n)
{
	uint32_t code;

	while (n > 0) {
		size_t k = (unsigned char)*data < 0x80 ? 1
		    : code_read((const unsigned char *)data, n, &code);

		if (k == 0)
			return false;
		data += k;
		n -= k;
	}
	return true;
}

char *
text_repair(struct arena *arena, const char *data, size_t n)
{
	struct buf out = buf_open(arena);
	uint32_t code;

	if (memchr(data, '\0', n) == NULL && text_is_utf8(data, n))
		return arena_strndup(arena, data, n);
	while (n > 0) {
		size_t k = code_read((const unsigned char *)data, n, &code);

		if (k == 0 || code == 0)
			buf_add_code(&out, BAD_CODE);
		else
			buf_add_n(&out, data, k);
		k = k == 0 ? 1 : k;
		data += k;
		n -= k;
	}
	return arena_strdup(arena, buf_text(&out));
}

/* Characters that are not seen, but change what is: U+200B-U+200F,
 * U+202A-U+202E, U+2060-U+2069, U+FEFF, soft hyphen. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F)
	    || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069)
	    || c == 0xFEFF || c == 0x061C || c == 0x180E;
}

static char *
text_clean(struct arena *arena, const char *text, bool many)
{
	const char *end = text + strlen(text);
	struct buf out = buf_open(arena);
	uint32_t c;

	buf_reserve(&out, (size_t)(end - text));
	for (;;) {
		/* Most of a text is plain, and goes over in one piece. */
		size_t plain = text_plain(text, end);

		buf_add_n(&out, text, plain);
		text += plain;
		if ((c = text_next(&text)) == 0)
			break;
		if (is_invisible(c))
			continue;
		if (many && c == '\r') {
			if (*text != '\n')
				buf_add_char(&out, '\n');
			continue;
		}
		if (many && (c == '\n' || c == '\t'))
			buf_add_char(&out, (char)c);
		else if (c == 0x2028 || c == 0x2029)
			buf_add_char(&out, many ? '\n' : ' ');
		else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			buf_add_char(&out, ' ');
		else
			buf_add_code(&out, c);
	}
	out.data[out.n] = '\0';
	return out.data;
}

char *
text_one_line(struct arena *arena, const char *text)
{
	return text_clean(arena, text, false);
}

char *
text_many_lines(struct arena *arena, const char *text)
{
	return text_clean(arena, text, true);
}

uint32_t
text_lower_code(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	if (c < 0xC0)
		return c;
	if (c <= 0xDE)
		return c == 0xD7 ? c : c + 32;
	if (c >= 0x100 && c <= 0x17E) {
		/* Pairs lie even-odd, but odd-even in two stretches. */
		bool odd_upper = (c >= 0x139 && c <= 0x148) || c >= 0x179;

		if (c == 0x130 || c == 0x138 || c == 0x149)
			return c;
		if (c == 0x178)
			return 0xFF;
		return (c & 1) == (odd_upper ? 1u : 0u) ? c + 1 : c;
	}
	if (c >= 0x391 && c <= 0x3A9)
		return c + 32;
	if (c >= 0x410 && c <= 0x42F)
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	return c;
}

bool
text_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000)
	    || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xFE00);
}

char *
text_lower(struct arena *arena, const char *text)
{
	struct buf out = buf_open(arena);
	uint32_t c;

	buf_reserve(&out, strlen(text));
	for (;;) {
		/* Most of a text is ASCII, and needs no decoding. */
		for (; (unsigned char)(*text - 1) < 0x7F
		    && out.cap - out.n > 1; text++)
			out.data[out.n++] = (char)(*text >= 'A'
			    && *text <= 'Z' ? *text + 32 : *text);
		if ((c = text_next(&text)) == 0)
			break;
		if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F)
			c = ' ';
		buf_add_code(&out, text_lower_code(c));
	}
	out.data[out.n] = '\0';
	return out.data;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
	    || c == '\v';
}

char *
text_trim(struct arena *arena, const char *text)
{
	size_t n;

	while (is_space(*text))
		text++;
	n = strlen(text);
	while (n > 0 && is_space(text[n - 1]))
		n--;
	return arena_strndup(arena, text, n);
}

char *
text_squeeze(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1);
	size_t n = 0;

	for (; *text != '\0'; text++) {
		bool space = is_space(*text);

		if ((unsigned char)text[0] == 0xC2
		    && (unsigned char)text[1] == 0xA0) {
			space = true;
			text++;
		}
		if (!space)
			out[n++] = *text;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

static unsigned char
ascii_lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool
text_starts_nocase(const char *text, const char *prefix)
{
	for (; *prefix != '\0'; text++, prefix++)
		if (ascii_lower(*text) != ascii_lower(*prefix))
			return false;
	return true;
}

bool
text_equal_nocase(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return false;
	while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
		a++;
		b++;
	}
	return *a == *b; /* both at their end */
}

bool
text_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool
text_ends(const char *text, const char *suffix)
{
	size_t n = strlen(text), k = strlen(suffix);

	return n >= k && strcmp(text + n - k, suffix) == 0;
}

const char *
text_find_nocase(const char *text, const char *word)
{
	for (; *text != '\0'; text++)
		if (text_starts_nocase(text, word))
			return text;
	return *word == '\0' ? text : NULL;
}

char *
text_cut(struct arena *arena, const char *text, size_t n)
{
	if (strlen(text) <= n)
		return arena_strdup(arena, text);
	while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return arena_strndup(arena, text, n);
}

const char **
text_lines(struct arena *arena, const char *text, size_t *n)
{
	const char **lines, *at;
	size_t count = 0;

	for (at = text; *at != '\0'; at++)
		count += *at == '\n';
	if (at != text && at[-1] != '\n')
		count++;
	lines = arena_array(arena, count + 1, sizeof *lines);
	for (*n = 0; *n < count; (*n)++) {
		size_t k = strcspn(text, "\n");
		size_t keep = k > 0 && text[k - 1] == '\r' ? k - 1 : k;

		lines[*n] = arena_strndup(arena, text, keep);
		text += k + (text[k] == '\n');
	}
	return lines;
}
