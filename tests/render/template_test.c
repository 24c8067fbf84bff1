/* SPDX-License-Identifier: MIT */
/* Templates: what is not right is said with file and line, and what a
 * stranger wrote never becomes markup. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/embedded.h"
#include "base/text.h"
#include "render/fields.h"
#include "render/markdown.h"
#include "render/template.h"

static char folder[] = "/tmp/raadspost-template.XXXXXX";

static int
open_folder(void **state)
{
	char path[256];

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/da", folder);
	return mkdir(path, 0700);
}

static int
close_folder(void **state)
{
	char path[256];

	(void)state;
	template_forget();
	(void)snprintf(path, sizeof(path), "%s/da/x.md", folder);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/da", folder);
	(void)rmdir(path);
	return rmdir(folder);
}

/* Writes `source` as the template x and fills it in; "!" and the error where
 * that fails. */
static const char *
try_template(struct arena *arena, const char *source,
    const struct json_fields *fields)
{
	const char *subject = NULL, *markdown = NULL;
	const struct template *template;
	struct err err = { "" };
	char path[256];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/da/x.md", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	(void)fputs(source, file);
	(void)fclose(file);
	template_forget();
	if (template_load(folder, "da", "x-y-z", &template, &err) != RC_OK ||
	    template_render(template, arena, fields, NULL, &subject,
	    &markdown, &err) != RC_OK) {
		const char *at = strstr(err.text, "/da/");

		return arena_printf(arena, "!%s", at == NULL ? err.text : at);
	}
	return arena_printf(arena, "%s|%s", subject, markdown);
}

#define HEAD "{{!\nWords.\n  name\n  more?\n  list*\n  list.item\n}}\n" \
	"Subject: S {{name}}{{more}}\n\n"

static void
a_template_is_filled_in(void **state)
{
	struct arena *arena = arena_open();
	struct json_fields *f = fields_open(arena);

	(void)state;
	fields_text(f, "name", "N");
	fields_text(fields_item(f, "list"), "item", "a");
	fields_text(fields_item(f, "list"), "item", "b");
	assert_string_equal(try_template(arena, HEAD
	    "{{#list}}\n- {{item}} {{name}}\n{{/list}}\nend\n", f),
	    "S N|- a N\n- b N\nend\n");
	assert_string_equal(try_template(arena, HEAD
	    "{{#list?}}\nonce{{name}}\n{{/list?}}\n{{#list}}{{item}}{{/list}}",
	    f), "S N|onceN\nab");
	assert_string_equal(try_template(arena, HEAD
	    "{{#more}}m{{/more}}{{^more}}no{{/more}}{{^list}}x{{/list}}"
	    "{{#list}}{{item}}{{/list}}", f), "S N|noab");
	arena_close(&arena);
}

static void
a_fault_is_told_with_file_and_line(void **state)
{
	static const struct { const char *source, *want; } rows[] = {
		{ HEAD "{{#list}}{{item}}{{/list}}\n{{nobody}}\n",
		  "!/da/x.md:11: «nobody» is not in the list of fields at the "
		  "head" },
		{ HEAD "one\n{{#list}}{{item}}\n",
		  "!/da/x.md: {{#list}} is never closed" },
		{ HEAD "{{#list}}{{item}}{{/more}}\n",
		  "!/da/x.md:10: {{/more}} closes nothing" },
		{ HEAD "{{name}}\n", "!/da/x.md:5: «list» is listed but not "
		  "used" },
		{ HEAD "{{name\n", "!/da/x.md:10: {{name is not closed" },
		{ HEAD "{{> nowhere}}\n", "!/da/x.md:10: no part «nowhere»" },
		{ HEAD "{{{name}}}\n", "!/da/x.md:10: {{{name}}} is only for "
		  "pages" },
		{ "Subject: x\n\n", "!/da/x.md:1: a template opens with a "
		  "comment {{! … }} that lists its fields" },
		{ "{{!\nx\n}}\nhello\n\nSubject: late\n", "!/da/x.md: no "
		  "«Subject: …» after the list of fields" },
		{ "{{!\nx\n  other\n}}\nSubject: x\n\n{{other}}",
		  "!/da/x.md:7: the field «other» was not given" },
		{ "{{!\nx\n}}\nSubject: x\n\n{{> x}}",
		  "!/da/x.md:6: parts too deep" },
	};
	struct arena *arena = arena_open();
	struct json_fields *f = fields_open(arena);

	(void)state;
	fields_text(f, "name", "N");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(try_template(arena, rows[i].source, f),
		    rows[i].want);
	arena_close(&arena);
}

/* What goes in as one line, and as a quoted block, is read by cmark as plain
 * text: the HTML has no tag but those of the template. */
static void
what_a_stranger_writes_is_never_markup(void **state)
{
	static const struct { const char *text, *html; } rows[] = {
		{ "# Hello", "# Hello" },
		{ "a\n===", "a ===" },
		{ "- x", "- x" },
		{ "1. x", "1. x" },
		{ "    code", "code" },
		{ "*a* _b_ `c` ~~d~~", "*a* _b_ `c` ~~d~~" },
		{ "[x](https://evil.example)", "[x](https://evil.example)" },
		{ "![x](cid:1)", "![x](cid:1)" },
		{ "<b>x</b><!-- ", "&lt;b&gt;x&lt;/b&gt;&lt;!--" },
		{ "<https://evil.example>",
		  "&lt;https://evil.example&gt;" },
		{ "&amp;&#60;", "&amp;amp;&amp;#60;" },
		{ "[x]: https://evil.example", "[x]: https://evil.example" },
		{ "a\\", "a\\" },
		{ "---", "---" },
		{ "{{name}}", "{{name}}" },
		{ "a\x01" "b\xe2\x80\xae", "a b" },
	};
	struct arena *arena = arena_open();
	struct markdown_out out;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct json_fields *f = fields_open(arena);
		const char *got;

		fields_text(f, "name", rows[i].text);
		got = try_template(arena, "{{!\nx\n  name\n}}\nSubject: s\n\n"
		    "{{name}}\n", f);
		assert_int_equal(markdown_render(arena, got + 2, &out, &err),
		    RC_OK);
		assert_string_equal(out.html, arena_printf(arena,
		    "<p style=\"margin:0 0 16px\">%s</p>\n", rows[i].html));
	}
	arena_close(&arena);
}

static void
a_quoted_block_keeps_its_lines(void **state)
{
	struct arena *arena = arena_open();
	struct json_fields *f = fields_open(arena);
	struct markdown_out out;
	const char *got;
	struct err err;

	(void)state;
	fields_text(f, "name", "one\ntwo\n\n> three\n    - four\n\n\n");
	got = try_template(arena, "{{!\nx\n  name\n}}\nSubject: s {{name}}\n\n"
	    "So:\n\n> {{name}}\n\nEnd: {{name}}\n", f);
	assert_int_equal(markdown_render(arena, strchr(got, '|') + 1, &out,
	    &err), RC_OK);
	assert_string_equal(out.text,
	    "So:\n\n> one\n> two\n>\n>  > three\n> - four\n\n"
	    "End: one two > three - four\n");
	assert_null(strstr(out.html, "<li"));
	arena_close(&arena);
}

/* LIBRARIES M1: what takes cmark seconds as markup is words here. */
static void
hostile_text_costs_little(void **state)
{
	static const char *const pieces[] = { "![[]()", "[a](<b", "*a _b ",
		">", "`", "- ", "<a ", "&#", "\\", "a\n", "> \n", "\n\n" };
	struct arena *arena = arena_open();
	int64_t start = clock_ms();
	struct markdown_out out;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct json_fields *f = fields_open(arena);
		struct buf text = buf_open(arena);
		const char *got;

		while (text.n < 200000)
			buf_add(&text, pieces[i]);
		fields_text(f, "name", buf_text(&text));
		got = try_template(arena, "{{!\nx\n  name\n}}\nSubject: s\n\n"
		    "> {{name}}\n", f);
		assert_int_equal(markdown_render(arena, got + 2, &out, &err),
		    RC_OK);
	}
	assert_true(clock_ms() - start < 2000);
	arena_close(&arena);
}

static void
text_looks_as_it_should(void **state)
{
	static const struct { const char *markdown, *text; } rows[] = {
		{ "# Title\n\nPara *one*\nmore **two**\n",
		  "Title\n\nPara one more two\n" },
		{ "Before:\n\n- a\n- b\n\nAfter\n",
		  "Before:\n\n- a\n- b\n\nAfter\n" },
		{ "1. a\n2. b\n   - c\n   - d\n3. e\n",
		  "1. a\n2. b\n  - c\n  - d\n3. e\n" },
		{ "a\\\nb\n\n---\n\nc\n", "a\nb\n\n----------\n\nc\n" },
		{ "> q\n\nr\n\n> s\n", "> q\n\nr\n\n> s\n" },
		{ "[here](https://a.example/x) <b@a.example>\n",
		  "here (https://a.example/x) b@a.example\n" },
		{ "[bad](javascript:alert) <b>x</b>\n", "bad x\n" },
		{ "- a\n\n- b\n", "- a\n\n- b\n" },
	};
	struct arena *arena = arena_open();
	struct markdown_out out;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(markdown_render(arena, rows[i].markdown,
		    &out, &err), RC_OK);
		assert_string_equal(out.text, rows[i].text);
	}
	arena_close(&arena);
}

/* Each language's letters: right by themselves, every field listed is used
 * and every one used is listed (the engine sees to both). */
static void
every_template_can_be_read(void **state)
{
	const struct template *template;
	struct err err = { "" };
	int n = 0, good = 0;

	(void)state;
	for (size_t i = 0; i < embedded_count; i++) {
		const char *name = embedded_files[i].name;
		char language[3] = "", file[128];

		if (sscanf(name, "templates/%2[a-z]/%100[^.].md", language,
		    file) != 2 || !text_ends(name, ".md") ||
		    strstr(embedded_files[i].data, "\nSubject: ") == NULL)
			continue;
		if (template_load(NULL, language, file, &template, &err) !=
		    RC_OK)
			print_error("%s\n", err.text);
		else
			good++;
		n++;
	}
	assert_int_equal(good, n);
	assert_true(n > 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_is_filled_in),
		cmocka_unit_test(a_fault_is_told_with_file_and_line),
		cmocka_unit_test(what_a_stranger_writes_is_never_markup),
		cmocka_unit_test(a_quoted_block_keeps_its_lines),
		cmocka_unit_test(hostile_text_costs_little),
		cmocka_unit_test(text_looks_as_it_should),
		cmocka_unit_test(every_template_can_be_read),
	};

	return cmocka_run_group_tests(tests, open_folder, close_folder);
}
