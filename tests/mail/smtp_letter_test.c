/* SPDX-License-Identifier: MIT */
/* What may not reach a server: addresses that are commands, lone CR and LF. */
#include "test.h"

#include "base/arena.h"
#include "mail/smtp_letter.h"

static void
addresses_are_taken_or_refused(void **state)
{
	static const struct {
		const char *given, *want; /* NULL: refused */
		bool utf8;
	} cases[] = {
		{ "kirsten@else.example", "kirsten@else.example", false },
		{ "k.o'neill+raad=x@else.example",
		  "k.o'neill+raad=x@else.example", false },
		{ "kirsten@møde.example", "kirsten@xn--mde-0na.example",
		  false },
		{ "kirsten@MØDE.example", "kirsten@xn--mde-0na.example",
		  false },
		{ "jørgen@else.example", "jørgen@else.example", true },
		{ "k@localhost", "k@localhost", false },
		{ "k@else.example>\r\nRCPT TO:<x@evil.example", NULL, false },
		{ "k\r\nDATA@else.example", NULL, false },
		{ "k@else.example\n", NULL, false },
		{ "k@else.example\r", NULL, false },
		{ "k @else.example", NULL, false },
		{ "k@else.example NOTIFY=NEVER", NULL, false },
		{ "<k@else.example>", NULL, false },
		{ "k@else.example>", NULL, false },
		{ "k", NULL, false },
		{ "", NULL, false },
		{ "@else.example", NULL, false },
		{ "k@", NULL, false },
		{ "k@.example", NULL, false },
		{ "k@else..example", NULL, false },
		{ "k@-else.example", NULL, false },
		{ "k@else-.example", NULL, false },
		{ "k@else_x.example", NULL, false },
		{ ".k@else.example", NULL, false },
		{ "k.@else.example", NULL, false },
		{ "k..k@else.example", NULL, false },
		{ "\"k k\"@else.example", NULL, false },
		{ "k@x@else.example", NULL, false },
		{ "k@[127.0.0.1]", NULL, false },
		{ "k,l@else.example", NULL, false },
		{ "k\t@else.example", NULL, false },
		{ "k\x7F@else.example", NULL, false },
		{ "k\xC2\x85@else.example", NULL, false },	/* NEL */
		{ "k\xE2\x80\xAE@else.example", NULL, false },	/* RLO */
		{ "k\xC2\xA0k@else.example", NULL, false },	/* NBSP */
		{ "k\xE6@else.example", NULL, false },	/* Latin-1 */
		{ "k@else\xE6.example", NULL, false },
		{ "a2345678901234567890123456789012345678901234567890"
		  "123456789012345@else.example", NULL, false },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct smtp_address got = { .text = NULL };
		struct err err = { .text = "" };
		enum rc rc = smtp_address(arena, cases[i].given, &got, &err);

		if (cases[i].want == NULL) {
			if (rc != RC_PARK)
				print_error("taken: %s\n", cases[i].given);
			assert_int_equal(rc, RC_PARK);
			assert_non_null(strstr(err.text, "address '"));
			assert_null(strpbrk(err.text, "\r\n"));
			continue;
		}
		assert_int_equal(rc, RC_OK);
		assert_string_equal(got.text, cases[i].want);
		assert_int_equal(got.is_utf8, cases[i].utf8);
	}
	arena_close(&arena);
}

static void
bytes_are_taken_or_refused(void **state)
{
	static const struct {
		const char *given, *says; /* NULL: taken */
		bool utf8;
	} cases[] = {
		{ "A: b\r\n\r\ntext\r\n", NULL, false },
		{ "A: b\r\n\r\n.\r\n..\r\n", NULL, false },
		{ "", "empty", false },
		{ "A: b\r\n\r\ntext", "line 3", false },
		{ "A: b\r\n\r\ntext\n", "line 3", false },
		{ "A: b\n\r\ntext\r\n", "line 1", false },
		{ "A: b\r\n\r\nx\r\r\n", "CR", false },
		/* THREATS 8: the ends of a letter that servers differ about */
		{ "A: b\r\n\r\nx\n.\nMAIL FROM:<a>\r\n", "line 3", false },
		{ "A: b\r\n\r\nx\n.\r\nMAIL FROM:<a>\r\n", "line 3", false },
		{ "A: b\r\n\r\nx\r.\r\nMAIL FROM:<a>\r\n", "line 3", false },
		{ "A: b\r\n\r\nx\r\n.\nMAIL FROM:<a>\r\n", "line 4", false },
		{ "A: b\r\n\r\nx\r\n.\rMAIL FROM:<a>\r\n", "line 4", false },
		{ "A: b\r\n\r\nx\r.\rMAIL FROM:<a>\r\n", "line 3", false },
		{ "A: \xC3\xA6\r\n\r\nx\r\n", "7-bit", false },
		{ "A: \xC3\xA6\r\n\r\nx\r\n", NULL, true },
		{ "A: b\r\n\r\n\xC3\xA6\r\n", "7-bit", false },
		{ "A: b\r\n\r\n\xC3\xA6\r\n", "7-bit", true },
	};

	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err err = { .text = "" };
		struct bytes out;
		enum rc rc = smtp_bytes(arena, (struct bytes){
		    (const unsigned char *)cases[i].given,
		    strlen(cases[i].given) }, cases[i].utf8, &out, &err);

		if (cases[i].says == NULL) {
			assert_int_equal(rc, RC_OK);
			continue;
		}
		assert_int_equal(rc, RC_PARK);
		if (strstr(err.text, cases[i].says) == NULL)
			assert_string_equal(err.text, cases[i].says);
	}
	arena_close(&arena);
}

static void
dots_are_doubled_at_the_beginning_of_lines_and_one_ends_it(void **state)
{
	static const struct {
		const char *given, *want;
	} cases[] = {
		{ "A: b\r\n\r\nx\r\n", "A: b\r\n\r\nx\r\n.\r\n" },
		{ ".\r\n", "..\r\n.\r\n" },
		{ ".A: b\r\n\r\n.\r\n..\r\nx.\r\n.end\r\n",
		  "..A: b\r\n\r\n..\r\n...\r\nx.\r\n..end\r\n.\r\n" },
		{ "\r\n.\r\n\r\n.\r\n",
		  "\r\n..\r\n\r\n..\r\n.\r\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct bytes out;
		struct err err;

		assert_int_equal(smtp_bytes(arena, (struct bytes){
		    (const unsigned char *)cases[i].given,
		    strlen(cases[i].given) }, false, &out, &err), RC_OK);
		assert_int_equal(out.n, strlen(cases[i].want));
		assert_memory_equal(out.data, cases[i].want, out.n);
	}
	arena_close(&arena);
}

static void
a_nul_and_a_line_of_999_bytes_are_refused(void **state)
{
	struct arena *arena = arena_open();
	unsigned char line[1001];
	struct err err = { .text = "" };
	struct bytes out;

	(void)state;
	memset(line, 'a', sizeof line);
	line[998] = '\r';
	line[999] = '\n';
	assert_int_equal(smtp_bytes(arena, (struct bytes){ line, 1000 },
	    false, &out, &err), RC_OK);
	line[500] = '\0';
	assert_int_equal(smtp_bytes(arena, (struct bytes){ line, 1000 },
	    false, &out, &err), RC_PARK);
	line[500] = line[998] = 'a';
	line[999] = '\r';
	line[1000] = '\n';
	assert_int_equal(smtp_bytes(arena, (struct bytes){ line, 1001 },
	    false, &out, &err), RC_PARK);
	assert_non_null(strstr(err.text, "998"));
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_taken_or_refused),
		cmocka_unit_test(bytes_are_taken_or_refused),
		cmocka_unit_test(
		    dots_are_doubled_at_the_beginning_of_lines_and_one_ends_it),
		cmocka_unit_test(a_nul_and_a_line_of_999_bytes_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
