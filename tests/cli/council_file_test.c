/* SPDX-License-Identifier: MIT */
/* A council file: what is read of it, and what a mistake is told. */
#include "test.h"

#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli/council_file.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_open();
	(void)setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void
a_body_is_read_with_all_that_it_has(void **state)
{
	struct council_file f;
	const struct file_body *b;
	struct err err;

	(void)state;
	assert_int_equal(council_file_read(arena, "a.conf",
	    "municipality = 'By'\nbody 'raad' {\n name = 'Rådet'\n"
	    " seat 'user' { number = 3 at-least = 2 }\n"
	    " person 'Mette@By.example' { name = 'Mette' role = chair"
	    "  also = secretary from = 2026-01-01 }\n"
	    " meeting '2026-06-11' { start = '16.00' end = '18:00' }\n"
	    " meeting '2026-12-10-2' { start = '16:00' end = '18:00'"
	    "  kind = dialogue points-until = 2026-11-26 }\n"
	    " hearing 'bolig' { title = 'B' deadline = 2026-05-01 }\n"
	    " topic 'A' { title = 'Skæve boliger' }\n"
	    " rule 'quorum' { value = 4 }\n}\n", &f, &err), RC_OK);
	assert_int_equal(f.n_bodies, 1);
	b = &f.bodies[0];
	assert_true(b->takes_applications);
	assert_int_equal(b->n_places, 2);
	assert_string_equal(b->places[0].email, "mette@by.example");
	assert_int_equal(b->places[0].role, ROLE_CHAIR);
	assert_int_equal(b->places[1].role, ROLE_SECRETARY);
	assert_int_equal(b->places[0].from_day.year, 2026);
	assert_int_equal(b->places[0].until_day.year, 0);
	assert_int_equal(b->n_meetings, 2);
	/* 16.00 in June is 14.00 UTC, in December 15.00 */
	assert_int_equal(b->meetings[0].start_at % 86400, 14 * 3600);
	assert_int_equal(b->meetings[1].start_at % 86400, 15 * 3600);
	assert_string_equal(b->meetings[1].id, "raad/2026-12-10-2");
	assert_int_equal(b->meetings[1].kind, MEETING_DIALOGUE);
	assert_string_equal(b->hearings[0].id, "raad/h/bolig");
	assert_int_equal(b->topics[0].letter, 'A');
	assert_string_equal(b->rules[0].value, "4");
	assert_true(b->has_places && b->has_seats && b->has_topics);
}

static void
the_five_councils_are_read(void **state)
{
	static const char *const paths[] = { "seeds/glostrup/council.conf",
		"seeds/gladsaxe/council.conf", "seeds/albertslund/council.conf",
		"seeds/koebenhavn/council.conf", "seeds/roedovre/council.conf" };

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct council_file f;
		struct bytes text;
		struct err err;

		assert_int_equal(file_read(arena, paths[i], 1000000, &text,
		    &err), RC_OK);
		assert_int_equal(council_file_read(arena, paths[i],
		    (const char *)text.data, &f, &err), RC_OK);
		assert_true(f.n_bodies > 0);
	}
}

static void
a_mistake_is_told_with_its_line(void **state)
{
	static const struct { const char *given, *want; } table[] = {
		{ "body 'r' {\n name = 'R'\n person 'mette' { name = 'M' }\n}",
		    "a.conf:3: «mette» is no e-mail address" },
		{ "body 'r' {\n name = 'R'\n meeting '2026-02-30' {"
		    " start = '16:00' end = '18:00' }\n}", "a.conf:3: "
		    "«2026-02-30»: a meeting is named by its day, as "
		    "\"2026-11-26\" (a second one: \"2026-11-26-2\")" },
		{ "body 'r' {\n name = 'R'\n meeting '2026-02-03' {\n"
		    " start = '16:00'\n end = '15:00' }\n}",
		    "a.conf:5: the meeting ends before it begins" },
		{ "body 'r' {\n name = 'R'\n meeting '2026-02-03' {\n"
		    " start = '25:00'\n end = '15:00' }\n}",
		    "a.conf:4: «25:00» is no time of day, as 16:00" },
		{ "body 'Rådet' { name = 'R' }", "a.conf:1: «Rådet»: a body is "
		    "named by a-z, 0-9 and «-», as \"udsatteraad\"" },
		{ "body 'r' {\n name = 'R'\n topic 'AB' { title = 'x' }\n}",
		    "a.conf:3: «AB»: a topic is one letter, A to Z" },
		{ "body 'r' {\n name = 'R'\n person 'a@b.example' {\n"
		    " name = 'M'\n role = boss }\n}", "a.conf:5: «role» cannot "
		    "be «boss»; one of: chair vice-chair member appointee "
		    "substitute secretary guest subscriber" },
		{ "municipality = 'By'\n", "a.conf:1: no «body» in this file; "
		    "is it a council file?" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct council_file f;
		struct err err = { "" };

		assert_int_equal(council_file_read(arena, "a.conf",
		    table[i].given, &f, &err), RC_STOP);
		assert_string_equal(err.text, table[i].want);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_body_is_read_with_all_that_it_has),
		TEST(the_five_councils_are_read),
		TEST(a_mistake_is_told_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
