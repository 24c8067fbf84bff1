/* SPDX-License-Identifier: MIT */
/* Which points are about a person, and which only sound like it. */
#include "test.h"

#include "base/arena.h"
#include "understand/person_matter.h"

static void
a_matter_of_a_person_is_known_by_its_words(void **state)
{
	static const struct { const char *says; bool want; } rows[] = {
		{ "Personsag", true }, { "Personalesager i varmestuen", true },
		{ "Klage over en leder på herberget", true },
		{ "Mistillid til formanden", true },
		{ "Udelukkelse af medlemmer", true },
		{ "Konkret borgersag", true },
		{ "Flere personer på venteliste", false },
		{ "Udelukkelse fra herberger om natten", false },
		{ "Ansættelse af en ny gademedarbejder", false },
		{ "Klager over støj", false },
		{ "Boliger til unge", false }, { "", false }, { NULL, false },
		{ "A complaint about a member", true },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (person_matter_is(arena, rows[i].says) != rows[i].want)
			assert_string_equal(rows[i].says, "the other way");
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_matter_of_a_person_is_known_by_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
