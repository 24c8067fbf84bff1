/* SPDX-License-Identifier: MIT */
/* What spreadsheets save, read strictly; and what they may open again. */
#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"

static const struct {
	const char *file;
	const char *want;	/* cells with «|», rows with «/», or the fault */
} cases[] = {
	{ "a;b\n1;2\n", "1:a|b/2:1|2" },
	{ "a,b\r\n1,2\r\n", "1:a|b/2:1|2" },
	{ "a\tb\n1\t2", "1:a|b/2:1|2" },
	{ "\xef\xbb\xbf\"a\";\"b\"\r\n\"1\";\"2\"\r\n", "1:a|b/2:1|2" },
	{ "a;b\n\"x;y\";\"he said \"\"ja\"\"\"\n",
	    "1:a|b/2:x;y|he said \"ja\"" },
	{ "a;b\n\"to\nlinjer\";2\n3;4\n", "1:a|b/2:to\nlinjer|2/4:3|4" },
	{ "a;b\n;\n\n1;2\n", "1:a|b/4:1|2" },
	{ " a ; b \n", "1:a|b" },
	/* windows-1252: «Åse;Ø–ø» */
	{ "navn;x\n\xc5se;\xd8\x96\xf8\n",
	    "1:navn|x/2:\xc3\x85se|\xc3\x98\xe2\x80\x93\xc3\xb8" },
	{ "a;b\n\"x;2\n", "line 2: a cell begins with" },
	{ "a;b\n\"x\"y;2\n", "line 2: words stand behind" },
	{ "a;b\nx\"y;2\n", "line 2: a \xc2\xab\"\xc2\xbb stands within" },
	{ "", "" },
};

static void
each_file_is_read_or_its_line_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_open();
		struct buf out = buf_open(arena);
		struct err err = { "" };
		struct csv csv = { NULL, 0 };
		enum rc rc = csv_read(arena, (struct bytes){
		    (const unsigned char *)cases[i].file,
		    strlen(cases[i].file) }, &csv, &err);

		if (rc != RC_OK) {
			assert_int_equal(rc, RC_PARK);
			assert_memory_equal(err.text, cases[i].want,
			    strlen(cases[i].want));
			arena_close(&arena);
			continue;
		}
		for (size_t r = 0; r < csv.n; r++) {
			buf_addf(&out, "%s%zu:", r > 0 ? "/" : "",
			    csv.rows[r].line);
			for (size_t c = 0; c < csv.rows[r].n; c++)
				buf_addf(&out, "%s%s", c > 0 ? "|" : "",
				    csv.rows[r].cells[c]);
		}
		assert_string_equal(out.n > 0 ? buf_text(&out) : "",
		    cases[i].want);
		arena_close(&arena);
	}
}

static void
a_nul_is_no_text(void **state)
{
	struct arena *arena = arena_open();
	struct err err = { "" };
	struct csv csv;

	(void)state;
	assert_int_equal(csv_read(arena, (struct bytes){
	    (const unsigned char *)"a;b\0c", 5 }, &csv, &err), RC_PARK);
	arena_close(&arena);
}

static void
no_cell_is_a_formula(void **state)
{
	static const struct { const char *says, *want; } cells[] = {
		{ "Kirsten", "\"Kirsten\"" }, { "", "\"\"" },
		{ "=1+1", "\"'=1+1\"" }, { "+45 12", "\"'+45 12\"" },
		{ "-1", "\"'-1\"" }, { "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "\t=1", "\"'\t=1\"" }, { "\r=1", "\"'\r=1\"" },
		{ "\n=1", "\"'\n=1\"" }, { "  =1", "\"'  =1\"" },
		{ "a=1", "\"a=1\"" }, { "\"=1", "\"\"\"=1\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		struct arena *arena = arena_open();
		struct buf out = buf_open(arena);

		csv_cell(&out, cells[i].says);
		assert_string_equal(buf_text(&out), cells[i].want);
		arena_close(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_is_read_or_its_line_is_named),
		cmocka_unit_test(a_nul_is_no_text),
		cmocka_unit_test(no_cell_is_a_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
