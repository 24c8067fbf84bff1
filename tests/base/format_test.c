/* SPDX-License-Identifier: MIT */
/* What is formatted here reads as the C library has it. */
#include "test.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"

__attribute__((format(printf, 3, 4)))
static void
same(size_t size, int line, const char *format, ...)
{
	char ours[200], theirs[200];
	va_list args, again;
	int n, m;

	memset(ours, 'x', sizeof ours);
	memset(theirs, 'x', sizeof theirs);
	va_start(args, format);
	va_copy(again, args);
	n = format_write(ours, size, format, args);
	m = vsnprintf(theirs, size, format, again);
	va_end(again);
	va_end(args);
	if (n != m || (size > 0 && strcmp(ours, theirs) != 0))
		fail_msg("line %d: «%s» of %d, not «%s» of %d", line, ours, n,
		    theirs, m);
	assert_int_equal(ours[size], 'x');
}
#define SAME(...) same(150, __LINE__, __VA_ARGS__)

static void
numbers_and_texts(void **state)
{
	(void)state;
	SAME("nothing in it");
	SAME("%s", "");
	SAME("a %s b %s", "eins", "zwei");
	SAME("%.*s|%.*s|%.*s", 2, "abc", 9, "abc", -1, "abc");
	SAME("%c%%%c", 'a', 'b');
	SAME("%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
	SAME("%u %lu %llu %zu", UINT_MAX, ULONG_MAX, ULLONG_MAX, SIZE_MAX);
	SAME("%ld %lld %lld", LONG_MIN, LLONG_MIN, LLONG_MAX);
	SAME("%02d %02d %02d %04d %05u %03d", 0, 7, 123, 2026, 9u, -5);
}

static void
what_is_rare_is_left_to_the_c_library(void **state)
{
	(void)state;
	SAME("%5d|%-5s|%.3s|%x|%08x|%p", 5, "ab", "abcdef", 255u, 255u,
	    (void *)state);
	SAME("%+d % d %10s %.2f %5.1f%%", 5, 5, "right", 1.005, 99.5);
	SAME("%s %.*s %zd %hhu", "x", 1, "yz", (ssize_t)-3,
	    (unsigned char)200);
}

static void
too_long_is_cut_and_its_length_told(void **state)
{
	(void)state;
	same(0, __LINE__, "%s %d", "long", 1234);
	for (size_t size = 1; size < 14; size++)
		same(size, __LINE__, "%s %d %02d", "long", 1234, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_texts),
		cmocka_unit_test(what_is_rare_is_left_to_the_c_library),
		cmocka_unit_test(too_long_is_cut_and_its_length_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
