/* SPDX-License-Identifier: MIT */
/* What applicants say of themselves, and how the secretary says who is
 * appointed. */
#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "understand/seat_words.h"

static const struct {
	const char *text, *groups;
} said[] = {
	{ "Jeg er bruger af varmestuen.", "user" },
	{ "Jeg vil gerne ind som brugerrepræsentant", "user" },
	/* told of a life, but not said: nobody is made a user by a guess */
	{ "Jeg har selv boet på herberg i to år.", NULL },
	{ "Jeg er ikke bruger, men pårørende til en søn.", "relative" },
	{ "Jeg er ikke længere bruger.", NULL },
	{ "Min søn har det svært", NULL },
	{ "Jeg er formand for foreningen Kompasset",
	    "organisation association" },
	{ "Jeg sidder i skolebestyrelsen på Nordskolen", "school-board" },
	{ "Jeg er tillidsrepræsentant på vaskeriet", "labour-market" },
	{ "I am a user of the shelter", "user" },
	{ "I am not a user", NULL },
	{ "", NULL },
};

static void
only_what_is_said_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		struct arena *arena = arena_open();
		const char *got = seat_groups_said(arena, said[i].text);

		if ((got == NULL) != (said[i].groups == NULL) ||
		    (got != NULL && strcmp(got, said[i].groups) != 0)) {
			print_error("%s: %s\n", said[i].text, got);
			assert_true(false);
		}
		arena_close(&arena);
	}
}

static void
where_somebody_lives(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_true(seat_residence_said(arena, "Jeg bor i Glostrup.",
	    "Glostrup Kommune"));
	assert_true(seat_residence_said(arena, "Glostrup, i seks år",
	    "Glostrup Kommune"));
	assert_true(seat_residence_said(arena,
	    "I have lived in Glostrup for six years", "Glostrup Kommune"));
	assert_false(seat_residence_said(arena, "Jeg bor ikke i byen",
	    "Glostrup Kommune"));
	assert_false(seat_residence_said(arena, "Jeg vil gerne være med",
	    "Glostrup Kommune"));
	arena_close(&arena);
}

static void
a_shared_mailbox_is_known_by_its_name(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_true(seat_is_shared(arena, "Varmestuen Kilden",
	    "kilden@organisation.example"));
	assert_true(seat_is_shared(arena, NULL, "info@kilden.example"));
	assert_true(seat_is_shared(arena, "Familien Holm",
	    "holm@mail.example"));
	assert_false(seat_is_shared(arena, "Jimmy", "jimmy@mail.example"));
	assert_false(seat_is_shared(arena, "Conny Poster",
	    "conny@mail.example"));
	assert_false(seat_is_shared(arena, NULL, "postbud@mail.example"));
	arena_close(&arena);
}

static const struct {
	const char *text, *choice;
} choices[] = {
	{ "udpeg 1, 3 og 4; afslag til resten",
	    "appoint 1 3 4; reject rest" },
	{ "Udpeg 1, 3 og 4. 2 på reservelisten. Afslag til resten.",
	    "appoint 1 3 4; reserve 2; reject rest" },
	{ "Hej\n\nKommunalbestyrelsen har udpeget 1, 3 og 4\n"
	    "Reserve: 2 og 5\nAfslag: 6\n\nHilsen",
	    "appoint 1 3 4; reserve 2 5; reject 6" },
	{ "udpeg 1, 3 og 4, 2 på reservelisten",
	    "appoint 1 3 4; reserve 2" },
	{ "udpeg 1 og 3 som brugere, 4 som forening",
	    "appoint 1=user 3=user 4=organisation" },
	{ "1 og 2 udpeges, resten får afslag",
	    "appoint 1 2; reject rest" },
	{ "Afslag til 2. Udpeg resten.", "appoint rest; reject 2" },
	{ "Appoint 1 and 2, reject the rest.",
	    "appoint 1 2; reject rest" },
	{ "2 på reservelisten", "reserve 2" },
	{ "2 på reservelisten, 3 og 4 udpeges, afslag til resten",
	    "appoint 3 4; reserve 2; reject rest" },
	/* in two ways, so it is asked */
	{ "udpeg 1, 2, 3 reserve", NULL },
	{ "2 på reservelisten, 3 og 4", NULL },
	{ "udpeg 1 og 2. Afslag til 2", NULL },
	{ "1, 2 og 3", NULL },
	{ "udpeg 99999", NULL },
	{ "Tak for listen. Vi vender tilbage.", NULL },
	{ "", NULL },
};

static void
the_secretary_says_who_is_appointed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
		struct arena *arena = arena_open();
		const char *got = seat_choice_read(arena, choices[i].text);

		if ((got == NULL) != (choices[i].choice == NULL) ||
		    (got != NULL && strcmp(got, choices[i].choice) != 0)) {
			print_error("%s: %s\n", choices[i].text, got);
			assert_true(false);
		}
		arena_close(&arena);
	}
}

static void
somebody_who_is_dead_is_not_asked(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_true(seat_is_dead(arena, "Han er desværre død nu"));
	assert_false(seat_is_dead(arena, "Han er ikke død endnu"));
	assert_false(seat_is_dead(arena, "Han er dødtræt af systemet"));
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_said_counts),
		cmocka_unit_test(where_somebody_lives),
		cmocka_unit_test(a_shared_mailbox_is_known_by_its_name),
		cmocka_unit_test(the_secretary_says_who_is_appointed),
		cmocka_unit_test(somebody_who_is_dead_is_not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
