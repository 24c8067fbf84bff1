/* SPDX-License-Identifier: MIT */
/* Finding personal numbers: ten digits with what people put between them. */
#include "rules/cpr.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define MAX_GAP 4	/* characters between the date and the last four */
#define LABEL_BYTES 40	/* how far back «cpr» still speaks of the number */

/* The value of a digit, ASCII or full width; -1. */
static int
digit_of(uint32_t code)
{
	if (code >= '0' && code <= '9')
		return (int)(code - '0');
	if (code >= 0xFF10 && code <= 0xFF19)
		return (int)(code - 0xFF10);
	return -1;
}

/* Zero-width characters and the soft hyphen: not there for the eye. */
static bool
is_unseen(uint32_t code)
{
	return code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
	    (code >= 0x2060 && code <= 0x2064) || code == 0xFEFF ||
	    code == 0x180E;
}

static bool
is_space(uint32_t code)
{
	return code == ' ' || code == '\t' || code == '\n' || code == '\r' ||
	    code == 0xA0 || (code >= 0x2000 && code <= 0x200A) ||
	    code == 0x202F || code == 0x205F || code == 0x3000;
}

static bool
is_dash(uint32_t code)
{
	return code == '-' || (code >= 0x2010 && code <= 0x2015) ||
	    code == 0x2212 || code == 0xFE58 || code == 0xFE63 ||
	    code == 0xFF0D || code == 0xAD || code == '/' || code == '.' ||
	    code == ':' || code == '_';
}

/* Where the next digit is, over unseen characters only; -1 none. */
static int
digit_next(const char **at)
{
	const char *p = *at;
	uint32_t code;

	do
		code = text_next(&p);
	while (is_unseen(code));
	if (digit_of(code) >= 0)
		*at = p;
	return digit_of(code);
}

/* Over what stands between the date and the last four. */
static void
gap_skip(const char **at)
{
	const char *p = *at, *before;
	int dashes = 0;

	for (int i = 0; i < MAX_GAP; i++) {
		uint32_t code;

		before = p;
		code = text_next(&p);
		if (is_unseen(code) && code != 0xAD)
			continue;
		if (is_dash(code) && dashes == 0)
			dashes++;
		else if (!is_space(code)) {
			p = before;
			break;
		}
	}
	if (digit_next(&p) >= 0) {
		/* back before that digit: the caller reads it */
		p = *at;
		for (const char *q = p;;) {
			before = q;
			if (digit_of(text_next(&q)) >= 0)
				break;
		}
		*at = before;
	}
}

static bool
is_date(const int d[10])
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int day = d[0] * 10 + d[1], month = d[2] * 10 + d[3];

	/* a replacement number has 60 added to its day */
	if (day > 60)
		day -= 60;
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= days[month - 1];
}

static bool
is_mod_11(const int d[10])
{
	static const int weight[] = { 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };
	int sum = 0;

	for (int i = 0; i < 10; i++)
		sum += d[i] * weight[i];
	return sum % 11 == 0;
}

static bool
is_labelled(const char *text, const char *at)
{
	const char *from = at - text > LABEL_BYTES ? at - LABEL_BYTES : text;

	for (const char *p = from; p + 2 < at; p++)
		if ((p[0] | 0x20) == 'c' && (p[1] | 0x20) == 'p' &&
		    (p[2] | 0x20) == 'r')
			return true;
	return false;
}

/* One number at `at`: its kind, and the ends of the date and of the whole. */
static enum cpr_kind
number_at(const char *text, const char *at, const char **date_end,
    const char **end)
{
	int d[10];
	const char *p = at, *after;

	for (int i = 0; i < 6; i++)
		if ((d[i] = digit_next(&p)) < 0)
			return CPR_NONE;
	*date_end = p;
	gap_skip(&p);
	for (int i = 6; i < 10; i++)
		if ((d[i] = digit_next(&p)) < 0)
			return CPR_NONE;
	*end = after = p;
	if (digit_next(&after) >= 0 || !is_date(d))
		return CPR_NONE;
	if (is_mod_11(d) || (d[0] == 0 && d[1] == 1 && d[2] == 0 &&
	    d[3] == 1) || is_labelled(text, at))
		return CPR_CERTAIN;
	return CPR_POSSIBLE;
}

/* The next byte that can be a digit or begin one (the full width ones begin
 * with EF): most of a text is passed over so, eight bytes at a time. */
static const char *
digit_near(const char *p, const char *end)
{
	static const uint64_t ones = 0x0101010101010101u, high = ones << 7;

	for (uint64_t w, digit, wide; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		digit = w ^ ones * '0';	/* 0 to 9 where it is one */
		wide = w ^ ones * 0xEF;	/* 0 */
		if ((((digit - ones * 10) & ~digit)
		    | ((wide - ones) & ~wide)) & high)
			break;
	}
	while (p < end && (unsigned char)(*p - '0') > 9 && *p != '\xEF')
		p++;
	return p;
}

/* The next number at or after *at, which moves to its start. */
static enum cpr_kind
number_next(const char *text, const char **at, const char **date_end,
    const char **end)
{
	const char *last = *at + strlen(*at);
	bool inside = false;

	for (const char *p = *at; p < last;) {
		const char *start;
		uint32_t code;

		if (!inside && (p = digit_near(p, last)) == last)
			break;
		start = p;
		code = text_next(&p);

		if (is_unseen(code))
			continue;
		if (digit_of(code) < 0) {
			inside = false;
			continue;
		}
		if (!inside) {
			enum cpr_kind kind = number_at(text, start, date_end,
			    end);

			if (kind != CPR_NONE) {
				*at = start;
				return kind;
			}
		}
		inside = true;
	}
	return CPR_NONE;
}

enum cpr_kind
cpr_find(const char *text)
{
	enum cpr_kind surest = CPR_NONE, kind;
	const char *at = text, *date_end, *end;

	while (at != NULL && (kind = number_next(text, &at, &date_end, &end))
	    != CPR_NONE) {
		if (kind > surest)
			surest = kind;
		at = end;
	}
	return surest;
}

const char *
cpr_mask(struct arena *arena, const char *text, enum cpr_kind least,
    size_t *n)
{
	const char *at = text, *from = text, *date_end, *end;
	struct buf buf = buf_open(arena);
	enum cpr_kind kind;
	size_t found = 0;

	while (at != NULL && (kind = number_next(text, &at, &date_end, &end))
	    != CPR_NONE) {
		if (kind >= least) {
			buf_add_n(&buf, from, (size_t)(date_end - from));
			buf_add(&buf, "-xxxx");
			from = end;
			found++;
		}
		at = end;
	}
	if (n != NULL)
		*n = found;
	if (found == 0)
		return text;
	buf_add(&buf, from);
	return buf_text(&buf);
}
