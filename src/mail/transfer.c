/* SPDX-License-Identifier: MIT */
/* base64 and quoted-printable, a piece at a time: a large attachment is
 * never held twice. */
#include "mail/transfer.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

#define PIECE_BYTES 8192

/* The value of each letter; 64 is '=', 65 junk. */
static const unsigned char base64_values[256] = {
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 62, 65, 65, 65, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 65, 65, 65, 64, 65, 65,
	65, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 65, 65, 65, 65, 65,
	65, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
	65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65,
};

enum transfer
transfer_by_name(const char *name)
{
	if (name == NULL)
		return TRANSFER_PLAIN;
	if (text_equal_nocase(name, "base64"))
		return TRANSFER_BASE64;
	if (text_equal_nocase(name, "quoted-printable"))
		return TRANSFER_QUOTED;
	return TRANSFER_PLAIN;
}

/* RFC 2045 §6.8: what is no letter is skipped; '=' ends a group, and what
 * follows begins anew (pieces glued together are common). */
static void
base64_read(struct bytes b, transfer_sink *sink, void *to)
{
	unsigned char out[PIECE_BYTES];
	uint32_t bits = 0;
	int have = 0;
	size_t n = 0;

	for (size_t i = 0; i < b.n; i++) {
		unsigned v;

		/* Four letters at once, as nearly all of them come. */
		while (have == 0 && i + 4 <= b.n && n + 3 <= sizeof out) {
			unsigned p = base64_values[b.data[i]];
			unsigned q = base64_values[b.data[i + 1]];
			unsigned r = base64_values[b.data[i + 2]];
			unsigned s = base64_values[b.data[i + 3]];

			if ((p | q | r | s) >= 64)
				break;
			out[n] = (unsigned char)(p << 2 | q >> 4);
			out[n + 1] = (unsigned char)(q << 4 | r >> 2);
			out[n + 2] = (unsigned char)(r << 6 | s);
			n += 3;
			i += 4;
		}
		if (n + 3 > sizeof out) {
			sink(to, out, n);
			n = 0;
		}
		if (i >= b.n)
			break;
		v = base64_values[b.data[i]];
		if (v == 65)
			continue;
		if (v == 64) {
			if (have >= 2)
				out[n++] = (unsigned char)(bits
				    >> (6 * have - 8));
			if (have == 3)
				out[n++] = (unsigned char)(bits >> 2);
			have = 0;
			bits = 0;
			continue;
		}
		bits = bits << 6 | v;
		if (++have == 4) {
			out[n++] = (unsigned char)(bits >> 16);
			out[n++] = (unsigned char)(bits >> 8);
			out[n++] = (unsigned char)bits;
			have = 0;
			bits = 0;
		}
	}
	/* The padding may be missing. */
	if (have >= 2)
		out[n++] = (unsigned char)(bits >> (6 * have - 8));
	if (have == 3)
		out[n++] = (unsigned char)(bits >> 2);
	if (n > 0)
		sink(to, out, n);
}

static int
hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 2045 §6.7: "=XX", and "=" at a line's end, where blanks may have been
 * added on the way (rule 3). */
static void
quoted_read(struct bytes b, transfer_sink *sink, void *to)
{
	unsigned char out[PIECE_BYTES];
	size_t i = 0, n = 0;

	while (i < b.n) {
		size_t stop = b.n - i < sizeof out - n ? b.n
		    : i + (sizeof out - n), k;
		int high, low;

		while (i < stop && b.data[i] != '=')
			out[n++] = b.data[i++];
		if (n == sizeof out) {
			sink(to, out, n);
			n = 0;
			continue;
		}
		if (i == b.n)
			break;
		if (i + 2 < b.n && (high = hex_value(b.data[i + 1])) >= 0
		    && (low = hex_value(b.data[i + 2])) >= 0) {
			out[n++] = (unsigned char)(high << 4 | low);
			i += 3;
			continue;
		}
		for (k = i + 1; k < b.n && (b.data[k] == ' '
		    || b.data[k] == '\t'); k++)
			;
		if (k < b.n && b.data[k] == '\r')
			k++;
		if (k >= b.n || b.data[k] == '\n')
			i = k < b.n ? k + 1 : k;	/* a soft line end */
		else
			out[n++] = b.data[i++];
	}
	if (n > 0)
		sink(to, out, n);
}

void
transfer_read(enum transfer how, struct bytes bytes, transfer_sink *sink,
    void *to)
{
	if (how == TRANSFER_BASE64)
		base64_read(bytes, sink, to);
	else if (how == TRANSFER_QUOTED)
		quoted_read(bytes, sink, to);
	else if (bytes.n > 0)
		sink(to, bytes.data, bytes.n);
}

struct all {
	unsigned char *data;
	size_t n, max;
};

static void
all_add(void *to, const unsigned char *data, size_t n)
{
	struct all *all = to;
	size_t take = n < all->max - all->n ? n : all->max - all->n;

	memcpy(all->data + all->n, data, take);
	all->n += take;
}

/* Decoded bytes are never more than the encoded ones. */
struct bytes
transfer_all(struct arena *arena, enum transfer how, struct bytes bytes,
    size_t max)
{
	struct all all = { .max = bytes.n < max ? bytes.n : max };

	if (how == TRANSFER_PLAIN) {
		bytes.n = all.max;
		return bytes;
	}
	/* What cannot fit need not be decoded: three letters a byte. */
	if (bytes.n > max && bytes.n / 4 > max)
		bytes.n = max * 4;
	all.data = arena_alloc(arena, all.max + 1);
	transfer_read(how, bytes, all_add, &all);
	return (struct bytes){ all.data, all.n };
}

static void
buf_sink(void *to, const unsigned char *data, size_t n)
{
	buf_add_n(to, (const char *)data, n);
}

void
transfer_base64(struct buf *out, struct bytes bytes)
{
	base64_read(bytes, buf_sink, out);
}

/* RFC 2047 §4.2: as quoted-printable, with '_' for a blank. */
void
transfer_q(struct buf *out, struct bytes b)
{
	for (size_t i = 0; i < b.n; i++) {
		int high, low;

		if (b.data[i] == '=' && i + 2 < b.n
		    && (high = hex_value(b.data[i + 1])) >= 0
		    && (low = hex_value(b.data[i + 2])) >= 0) {
			buf_add_char(out, (char)(high << 4 | low));
			i += 2;
		} else
			buf_add_char(out, b.data[i] == '_' ? ' '
			    : (char)b.data[i]);
	}
}
