/* SPDX-License-Identifier: MIT */
/* Fields, encoded words, parameters, dates and ids. */
#include "test.h"

#include "base/arena.h"
#include "mail/head.h"

static struct bytes
bytes_of(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, strlen(text) };
}

static void
a_head_ends_at_the_empty_line(void **state)
{
	struct arena *arena = arena_open();
	struct head h = head_read(arena, bytes_of("A: b\r\nC:\r\n d\r\n\te"
	    "\r\n\r\nbody: x"), HEAD_MAX_BYTES);

	(void)state;
	assert_int_equal(h.n, 2);
	assert_true(h.is_ended);
	assert_null(h.why);
	assert_string_equal(head_unfold(arena, h.fields[1].value), "d e");
	assert_int_equal(h.body_at, 20);
	h = head_read(arena, bytes_of("From x@y Tue\nA: b\nno field\nC: d\n"),
	    HEAD_MAX_BYTES);
	assert_int_equal(h.n, 1);
	assert_non_null(h.why);
	h = head_read(arena, bytes_of("\r\nA: b"), HEAD_MAX_BYTES);
	assert_int_equal(h.n, 0);
	assert_int_equal(h.body_at, 2);
	arena_close(&arena);
}

static void
a_field_that_readers_differ_on_is_odd(void **state)
{
	struct arena *arena = arena_open();
	struct head h = head_read(arena, (struct bytes){
	    (const unsigned char *)"From : a\nFrom: b\0c\nFrom: d\rTo: e\n"
	    "From: f\n\n", 42 }, HEAD_MAX_BYTES);

	(void)state;
	assert_int_equal(h.n, 4);
	assert_true(h.fields[0].is_odd);
	assert_true(h.fields[1].is_odd);
	assert_true(h.fields[2].is_odd);
	assert_false(h.fields[3].is_odd);
	assert_ptr_equal(head_find(&h, "FROM"), &h.fields[0]);
	arena_close(&arena);
}

static void
encoded_words_come_out_as_written(void **state)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "=?utf-8?Q?M=C3=B8de_i_r=C3=A5det?=", "Møde i rådet" },
		{ "=?iso-8859-1?q?M=F8de?=", "Møde" },
		{ "=?windows-1252?Q?=96?=", "–" },
		{ "=?UTF-8?B?TcO4ZGU=?=", "Møde" },
		{ "=?utf-8?B?TcO4ZG?= x", "Mød x" },
		/* §6.2: no blank between two; cut within a letter */
		{ "=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab" },
		{ "=?utf-8?Q?M=C3?=\t=?utf-8?Q?=B8de?=", "Møde" },
		{ "=?utf-8?Q?a?= =?iso-8859-1?Q?=E6?= c", "aæ c" },
		{ "a =?utf-8?Q?b?= c", "a b c" },
		{ "=?utf-8*da?Q?b?=", "b" },
		/* none */
		{ "=?utf-8?X?b?=", "=?utf-8?X?b?=" },
		{ "=?utf-8?Q?b c?=", "b c" },
		{ "=?utf-8?Q?b", "=?utf-8?Q?b" },
		{ "=?", "=?" },
		{ "=?=?utf-8?Q?b?=", "=?b" },
		/* THREATS 7 and 12 */
		{ "=?utf-8?Q?a=0D=0ABcc:_b?=", "a  Bcc: b" },
		{ "=?utf-8?Q?a=00b?=", "a\xef\xbf\xbd""b" },
		{ "=?utf-8?Q?a=E2=80=A8b=C2=85c?=", "a b c" },
		{ "=?utf-8?Q?a=E2=80=AEb?=", "ab" },
		{ "=?IBM1390?Q?a=80?=", "a\xef\xbf\xbd" },
		/* raw bytes */
		{ "M\xc3\xb8""de", "Møde" },
		{ "M\xf8""de", "Møde" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(head_decode(arena, bytes_of(rows[i].in),
		    NULL), rows[i].out);
	arena_close(&arena);
}

static void
parameters_come_out_as_meant(void **state)
{
	static const struct { const char *in, *value, *name; } rows[] = {
		{ "text/plain; name=a.txt", "text/plain", "a.txt" },
		{ "TEXT/Plain ; NAME = \"a b.txt\"", "text/plain", "a b.txt" },
		{ "a/b; name=\"a\\\"b\"", "a/b", "a\"b" },
		{ "a/b; name=a b.txt; x=y", "a/b", "a b.txt" },
		{ "a/b; name=\"=?utf-8?Q?r=C3=A5d.pdf?=\"", "a/b",
		  "råd.pdf" },
		{ "a/b; name*=utf-8''r%C3%A5d.pdf", "a/b", "råd.pdf" },
		{ "a/b; name*=iso-8859-1'da'r%E5d.pdf", "a/b", "råd.pdf" },
		{ "a/b; name*0*=utf-8''r%C3; name*1*=%A5d; name*2=.pdf",
		  "a/b", "råd.pdf" },
		{ "a/b; name*1=d.pdf; name*0*=utf-8''r%C3%A5", "a/b",
		  "råd.pdf" },
		{ "a/b; name=x; name*=utf-8''y", "a/b", "y" },
		{ "a/b; name=x; name=y", "a/b", "x" },
		{ "a/b (c; name=x); name=y", "a/b", "y" },
		{ "a/b; (name=x) name=y (z)", "a/b", "y (z)" },
		{ "a/b;;; name=\"never closed", "a/b", "never closed" },
		{ "a/b; name*=IBM1390''%80", "a/b", "\xef\xbf\xbd" },
		{ "a/b; name*0=x; name*2=z", "a/b", "x" },
		{ "a/b; word; name=x", "a/b", "x" },
		{ "; name=x", "", "x" },
		{ "a/b", "a/b", NULL },
		{ "", "", NULL },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct head_params p = head_params_read(arena,
		    bytes_of(rows[i].in), NULL);
		const char *name = head_param(&p, "name");

		assert_string_equal(p.value, rows[i].value);
		if (rows[i].name == NULL)
			assert_null(name);
		else {
			assert_non_null(name);
			assert_string_equal(name, rows[i].name);
		}
	}
	arena_close(&arena);
}

static void
dates_are_read_in_the_forms_that_come(void **state)
{
	static const struct { const char *in; int64_t at; int offset_s; }
	    rows[] = {
		{ "Tue, 3 Nov 2026 21:14:07 +0100", 1793736847, 3600 },
		{ "3 Nov 2026 20:14:07 +0000 (UTC)", 1793736847, 0 },
		{ "Tue, 03 Nov 26 20:14:07 GMT", 1793736847, 0 },
		{ "Tue,3 Nov 2026 15:14:07 EST", 1793736847, -18000 },
		{ "Tue Nov", -1, 0 },
		{ "Tue, 31 Feb 2026 00:00:00 +0000", -1, 0 },
		{ "Tue, 3 Nov 2026 25:00:00 +0000", -1, 0 },
		{ "Tue (a (b)), 3 (c) Nov 2026 21:14:07 +0100 (CET)",
		  1793736847, 3600 },
		{ "Tue, 3 Nov 2026 21:14 +0100", 1793736840, 3600 },
		{ "", -1, 0 },
		{ "99999999999999999999", -1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t at = -1;
		int32_t offset_s = 0;

		(void)head_date_read(rows[i].in, &at, &offset_s);
		assert_int_equal(at, rows[i].at);
		assert_int_equal(offset_s, rows[i].offset_s);
	}
}

static void
the_last_ids_of_many_are_kept(void **state)
{
	struct arena *arena = arena_open();
	size_t n;
	const char *const *ids = head_ids_read(arena,
	    "<a@b> (x) <c@d>,<e@f> <no end <> g@h <i j@k>", 2, &n);

	(void)state;
	assert_int_equal(n, 2);
	assert_string_equal(ids[0], "<c@d>");
	assert_string_equal(ids[1], "<e@f>");
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_ends_at_the_empty_line),
		cmocka_unit_test(a_field_that_readers_differ_on_is_odd),
		cmocka_unit_test(encoded_words_come_out_as_written),
		cmocka_unit_test(parameters_come_out_as_meant),
		cmocka_unit_test(dates_are_read_in_the_forms_that_come),
		cmocka_unit_test(the_last_ids_of_many_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
