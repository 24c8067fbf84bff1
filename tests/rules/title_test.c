/* SPDX-License-Identifier: MIT */
/* Titles that were cut from a sentence, as they are to stand. */
#include "test.h"

#include "base/arena.h"
#include "rules/title.h"

static void
a_title_begins_large_and_ends_without_a_mark(void **state)
{
	static const struct { const char *says, *want; } rows[] = {
		{ "bænke ved stationen?", "Bænke ved stationen" },
		{ "ældre på gaden.", "Ældre på gaden" },
		{ "hvad gør vi om natten?", "Hvad gør vi om natten?" },
		{ "Hvad gør vi om natten?!", "Hvad gør vi om natten" },
		{ "økonomi, ", "Økonomi" }, { "iPad-hjælp", "iPad-hjælp" },
		{ "IT-hjælp!", "IT-hjælp" }, { "e-mail", "E-mail" },
		{ "puljer m.v.", "Puljer m.v." }, { "  to   ord ", "To ord" },
		{ "24-timers cafe", "24-timers cafe" },
		{ "?", "?" }, { "", "" }, { NULL, NULL },
		{ "«gratis tandlæge»", "«gratis tandlæge»" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *got = title_nice(arena, rows[i].says,
		    "hvad hvem kan");

		if (rows[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, rows[i].want);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_title_begins_large_and_ends_without_a_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
