/* SPDX-License-Identifier: MIT */
/* Every letter of every language is finished twice: once with every field
 * that its head lists, once with those alone that must be there. What comes
 * out passes the gate and has no hole in it. With LETTERS=DIR the texts are
 * written there, for a look at them all. */
#include "test.h"

#include "base/embedded.h"
#include "outbox/sample.h"
#include "render/template.h"

#define LANGUAGES 2

/* The newest object of each list, by its path: lists within lists. */
struct objects {
	const char *paths[40];
	struct json_fields *list[40];
	size_t n;
};

static struct json_fields *
object_of(const struct objects *o, const char *path, size_t n)
{
	for (size_t i = o->n; i-- > 0;)
		if (strlen(o->paths[i]) == n && strncmp(o->paths[i], path,
		    n) == 0)
			return o->list[i];
	return NULL;
}

/* The list at the head of a template and of the parts it names. */
static void
add_fields(struct arena *arena, const char *language, const char *source,
    struct json_fields *fields, bool all)
{
	const char *end = strstr(source, "\n}}\n"), *where;
	struct objects objects = { .n = 0 };
	struct json_fields *item;
	const char **lines;
	size_t n;

	lines = text_lines(arena, arena_strndup(arena, source,
	    (size_t)(end - source)), &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = lines[i] + 2, *dot;
		size_t m = strcspn(name, " ");
		char mark = m > 0 ? name[m - 1] : '\0';

		if (!text_starts(lines[i], "  ") || (mark == '?' && !all) ||
		    (mark == '*' && !all))
			continue;
		name = arena_strndup(arena, name, m - (mark == '?' ||
		    mark == '*'));
		dot = strrchr(name, '.');
		item = dot == NULL ? NULL : object_of(&objects, name,
		    (size_t)(dot - name));
		/* of a house field the house has a value, if it has one */
		if (mark != '*' && dot == NULL && fields_find(fields, name) ==
		    NULL && strcmp(name, "to_name") != 0)
			fields_text(fields, name, arena_printf(arena,
			    "(%s)", name));
		if (dot != NULL && item != NULL && mark != '*')
			fields_text(item, dot + 1, arena_printf(arena,
			    "(%s)", dot + 1));
		if (mark == '*') {
			item = fields_item(item != NULL ? item : fields,
			    dot != NULL && item != NULL ? dot + 1 : name);
			fields_text(item, "words", "(words)");
			objects.paths[objects.n] = name;
			objects.list[objects.n++] = item;
		}
	}
	for (const char *p = strstr(end, "{{> "); p != NULL;
	    p = strstr(p + 1, "{{> ")) {
		const char *part = arena_printf(arena, "%.*s.md",
		    (int)strcspn(p + 4, "}"), p + 4);

		if (strcmp(part, "greeting.md") == 0 ||
		    strcmp(part, "closing.md") == 0)
			continue;
		add_fields(arena, language, template_file(NULL, arena,
		    language, part, &where), fields, all);
	}
}

static void
write_for_a_look(struct arena *arena, const char *language, const char *name,
    bool all, const struct letter_new *letter)
{
	const char *path;
	FILE *file;

	if (getenv("LETTERS") == NULL)
		return;
	path = arena_printf(arena, "%s/%s-%s-%s.txt", getenv("LETTERS"),
	    language, name, all ? "all" : "few");
	if ((file = fopen(path, "we")) == NULL)
		return;
	(void)fprintf(file, "%s\n\n%s", letter->subject, letter->text);
	(void)fclose(file);
}

static bool
finish(struct arena *arena, const char *language, const char *name,
    const char *source, bool all)
{
	struct json_fields *fields = fields_open(arena);
	struct outbox_draft draft = { .key = name, .template = name,
		.language = language, .to = "a@b.example",
		.to_name = all ? "Kirsten Holst" : NULL,
		.body = &sample_body, .fields = fields };
	struct letter_new letter;
	struct err err = { "" };
	const char *faults[] = { "{{", "}}", " ,", " .\n", "()", "  ",
		"\n\n\n", " ?", "..", " :" };

	add_fields(arena, language, source, fields, all);
	if (letter_finish(&sample_outbox, arena, &draft, all ?
	    "k7q2mzxwd4e3hbtaol5rcnvyfj" : NULL, &letter, &err) != RC_OK) {
		print_error("%s %s: %s\n", language, name, err.text);
		return false;
	}
	write_for_a_look(arena, language, name, all, &letter);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (strstr(letter.text, faults[i]) != NULL &&
		    strcmp(name, "trial") != 0) {
			print_error("%s %s: «%s» in:\n%s\n", language, name,
			    faults[i], letter.text);
			return false;
		}
	return true;
}

static void
every_letter_can_be_finished(void **state)
{
	static const char languages[LANGUAGES][3] = { "da", "en" };
	struct arena *arena = arena_open();
	int n[LANGUAGES] = { 0 }, good = 0;

	(void)state;
	for (size_t i = 0; i < embedded_count; i++)
		for (size_t l = 0; l < LANGUAGES; l++) {
			const char *path = embedded_files[i].name;
			const char *folder = arena_printf(arena,
			    "templates/%s/", languages[l]), *name;

			if (!text_starts(path, folder) ||
			    !text_ends(path, ".md") || strstr(
			    embedded_files[i].data, "\nSubject: ") == NULL)
				continue;
			path += strlen(folder);
			name = arena_strndup(arena, path, strlen(path) - 3);
			n[l] += 2;
			good += finish(arena, languages[l], name,
			    embedded_files[i].data, true);
			good += finish(arena, languages[l], name,
			    embedded_files[i].data, false);
			arena_reset(arena);
		}
	arena_close(&arena);
	template_forget();
	assert_true(n[0] > 80);
	assert_int_equal(n[0], n[1]);	/* English has them all, too */
	assert_int_equal(good, n[0] + n[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_can_be_finished),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
