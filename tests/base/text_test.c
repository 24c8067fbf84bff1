/* SPDX-License-Identifier: MIT */
/* Text: what came from outside is made valid, clean and comparable. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"

static void
bad_bytes_become_replacement(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_string_equal(text_repair(arena, "a\xff" "b", 3),
	    "a\xef\xbf\xbd" "b");
	assert_string_equal(text_repair(arena, "a\0b", 3),
	    "a\xef\xbf\xbd" "b");
	assert_false(text_is_utf8("\xc0\xaf", 2));	/* overlong */
	assert_false(text_is_utf8("\xed\xa0\x80", 3));	/* surrogate */
	assert_true(text_is_utf8("r\xc3\xa5" "d", 4));
	arena_close(&arena);
}

static void
one_line_has_no_controls_and_nothing_unseen(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_string_equal(text_one_line(arena, "a\r\nBcc: x"),
	    "a  Bcc: x");
	assert_string_equal(text_one_line(arena, "a\xe2\x80\xa8" "b"), "a b");
	assert_string_equal(text_one_line(arena, "a\xe2\x80\xae" "b\xe2\x80\x8b"),
	    "ab");
	assert_string_equal(text_many_lines(arena, "a\r\nb\rc"), "a\nb\nc");
	arena_close(&arena);
}

static void
lower_case_is_danish(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_string_equal(text_lower(arena, "\xc3\x86\xc3\x98\xc3\x85 ABC"),
	    "\xc3\xa6\xc3\xb8\xc3\xa5 abc");
	assert_string_equal(text_squeeze(arena, " a \n b\xc2\xa0 c "), "a b c");
	arena_close(&arena);
}

static void
lines_are_cut_at_line_ends(void **state)
{
	struct arena *arena = arena_open();
	const char **lines;
	size_t n;

	(void)state;
	lines = text_lines(arena, "a\r\n\nb", &n);
	assert_int_equal(n, 3);
	assert_string_equal(lines[0], "a");
	assert_string_equal(lines[1], "");
	assert_string_equal(lines[2], "b");
	(void)text_lines(arena, "", &n);
	assert_int_equal(n, 0);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_bytes_become_replacement),
		cmocka_unit_test(one_line_has_no_controls_and_nothing_unseen),
		cmocka_unit_test(lower_case_is_danish),
		cmocka_unit_test(lines_are_cut_at_line_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
