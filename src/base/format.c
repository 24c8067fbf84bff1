/* SPDX-License-Identifier: MIT */
/* Formats plain numbers and texts: some seventy a mail, for which the C
 * library's machinery of streams and locales costs ten times as much. */
#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define WIDTH_MOST 9

struct writing {
	char *out;
	size_t size, n;
};

/* One conversion as it was read. */
struct conversion {
	int width;		/* of zeros */
	int longs;		/* l, ll; 3 z */
	bool counted;		/* .* */
	char letter;
};

static void
put(struct writing *w, const char *text, size_t n)
{
	size_t left = w->n < w->size ? w->size - w->n : 0;

	memcpy(w->out + w->n, text, n < left ? n : left);
	w->n += n;
}

static void
put_number(struct writing *w, uint64_t number, bool negative, int width)
{
	char digits[32];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (sizeof digits - at + negative < (size_t)width)
		digits[--at] = '0';
	if (negative)
		digits[--at] = '-';
	put(w, digits + at, sizeof digits - at);
}

/* False where it is none of ours. */
static bool
conversion_read(const char **format, struct conversion *c)
{
	const char *p = *format;

	*c = (struct conversion){ .width = 0 };
	if (p[0] == '0' && p[1] >= '1' && p[1] <= '0' + WIDTH_MOST) {
		c->width = p[1] - '0';
		p += 2;
	}
	if (p[0] == '.' && p[1] == '*') {
		c->counted = true;
		p += 2;
	}
	if (*p == 'z') {
		c->longs = 3;
		p++;
	}
	for (; *p == 'l' && c->longs < 2; p++)
		c->longs++;
	c->letter = *p;
	*format = p + 1;
	if (c->letter == 's')
		return c->width == 0 && c->longs == 0;
	if (c->counted)
		return false;
	if (c->letter == 'c' || c->letter == '%')
		return c->width == 0 && c->longs == 0;
	return (c->letter == 'd' && c->longs < 3) || c->letter == 'u';
}

static bool
is_ours(const char *format)
{
	struct conversion c;

	while ((format = strchr(format, '%')) != NULL) {
		format++;
		if (!conversion_read(&format, &c))
			return false;
	}
	return true;
}

/* Of the arguments by their type, since a va_list is not to be handed on. */
#define SIGNED(c, args) ((c).longs == 0 ? va_arg(args, int) : \
	(c).longs == 1 ? va_arg(args, long) : va_arg(args, long long))
#define UNSIGNED(c, args) ((c).longs == 0 ? va_arg(args, unsigned) : \
	(c).longs == 1 ? va_arg(args, unsigned long) : (c).longs == 2 ? \
	va_arg(args, unsigned long long) : va_arg(args, size_t))

int
format_write(char *out, size_t size, const char *format, va_list args)
{
	struct writing w = { out, size > 0 ? size - 1 : 0, 0 };
	struct conversion c;

	if (size == 0 || !is_ours(format))
		return vsnprintf(out, size, format, args);
	while (*format != '\0') {
		const char *next = strchr(format, '%');
		size_t n = next == NULL ? strlen(format)
		    : (size_t)(next - format), most = SIZE_MAX;

		put(&w, format, n);
		if (next == NULL)
			break;
		format = next + 1;
		(void)conversion_read(&format, &c);
		if (c.counted) {
			int counted = va_arg(args, int);

			most = counted < 0 ? SIZE_MAX : (size_t)counted;
		}
		if (c.letter == 's') {
			const char *text = va_arg(args, const char *);

			if (text == NULL)
				text = "(null)";
			put(&w, text, most == SIZE_MAX ? strlen(text)
			    : strnlen(text, most));
		} else if (c.letter == 'c') {
			char one = (char)va_arg(args, int);

			put(&w, &one, 1);
		} else if (c.letter == '%') {
			put(&w, "%", 1);
		} else if (c.letter == 'd') {
			long long number = SIGNED(c, args);

			put_number(&w, number < 0 ? 0 - (uint64_t)number
			    : (uint64_t)number, number < 0, c.width);
		} else {
			put_number(&w, UNSIGNED(c, args), false, c.width);
		}
	}
	out[w.n < w.size ? w.n : w.size] = '\0';
	return w.n > INT32_MAX ? -1 : (int)w.n;
}
