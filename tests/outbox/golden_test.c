/* SPDX-License-Identifier: MIT */
/* Letters as they leave, byte for byte: tests/outbox/letters/NAME.draft gives
 * NAME.eml. `make golden` writes those anew, and the difference is reviewed.
 * One process-wide zone: the tests run with TZ=Europe/Copenhagen. */
#include "test.h"

#include <dirent.h>

#include "outbox/sample.h"
#include "render/template.h"

#define FOLDER "tests/outbox/letters"

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_draft(const struct dirent *entry)
{
	return text_ends(entry->d_name, ".draft");
}

/* True where the letter is as it was; or was renewed. */
static bool
same_as_before(struct arena *arena, const char *name)
{
	const char *path = arena_printf(arena, FOLDER "/%s", name), *was, *eml;
	struct err err = { "" };
	struct letter_new letter;
	struct outbox_draft draft;
	struct outbox outbox;
	const char *token;
	FILE *file;

	eml = arena_printf(arena, "%.*s.eml", (int)(strlen(path) - 6), path);
	sample_read(arena, path, &outbox, &draft, &token);
	if (letter_finish(&outbox, arena, &draft, token, &letter, &err) !=
	    RC_OK) {
		print_error("%s: %s\n", path, err.text);
		return false;
	}
	if (getenv("GOLDEN") != NULL) {
		file = fopen(eml, "we");
		assert_non_null(file);
		(void)fwrite(letter.raw.data, 1, letter.raw.n, file);
		(void)fclose(file);
		return true;
	}
	was = sample_file(arena, eml);
	if (was != NULL && strlen(was) == letter.raw.n &&
	    memcmp(was, letter.raw.data, letter.raw.n) == 0)
		return true;
	print_error("%s differs; `make golden` renews it\n", eml);
	return false;
}

static void
letters_leave_as_they_did(void **state)
{
	struct arena *arena = arena_open();
	struct dirent **entries;
	int n = scandir(FOLDER, &entries, is_draft, by_name), good = 0;

	(void)state;
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		good += same_as_before(arena, entries[i]->d_name);
		arena_reset(arena);
		free(entries[i]);
	}
	free(entries);
	arena_close(&arena);
	template_forget();
	assert_int_equal(good, n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_leave_as_they_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
