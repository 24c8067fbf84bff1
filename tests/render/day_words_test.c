/* SPDX-License-Identifier: MIT */
/* Days as a person writes them, in the zone of the installation. */
#include "test.h"

#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "render/day_words.h"

static int
in_copenhagen(void **state)
{
	(void)state;
	(void)setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	return 0;
}

static void
danish_days_read_like_a_letter(void **state)
{
	struct arena *a = arena_open();
	int64_t at = date_at((struct date){ 2026, 11, 26 }, 16, 0);

	(void)state;
	assert_string_equal(day_words(a, "da", (struct date){ 2026, 3, 1 }),
	    "søndag den 1. marts 2026");
	assert_string_equal(day_words_short(a, "da",
	    (struct date){ 2026, 5, 31 }), "31. maj");
	assert_string_equal(day_words_at(a, "da", at),
	    "torsdag den 26. november 2026 kl. 16.00");
	assert_string_equal(day_words_span(a, "da", at, at + 7200),
	    "torsdag den 26. november 2026 kl. 16.00–18.00");
	assert_string_equal(day_words_span(a, "da", at, at),
	    "torsdag den 26. november 2026 kl. 16.00");
	assert_string_equal(day_words_span(a, "da", at, at + 86400),
	    "torsdag den 26. november 2026 kl. 16.00 – "
	    "fredag den 27. november 2026 kl. 16.00");
	arena_close(&a);
}

/* LIBRARIES: 16:00 is 15:00 UTC in December and 14:00 in June. */
static void
summer_and_winter_have_their_own_hour(void **state)
{
	struct arena *a = arena_open();

	(void)state;
	assert_string_equal(day_words_at(a, "en", 1796742000),
	    "Tuesday 8 December 2026 at 16:00");
	assert_string_equal(day_words_at(a, "en", 1780927200),
	    "Monday 8 June 2026 at 16:00");
	assert_string_equal(day_words_span(a, "en", 1780927200, 1780934400),
	    "Monday 8 June 2026, 16:00–18:00");
	arena_close(&a);
}

static void
an_unknown_language_gets_a_plain_date(void **state)
{
	struct arena *a = arena_open();

	(void)state;
	assert_string_equal(day_words(a, "xx", (struct date){ 2026, 3, 1 }),
	    "2026-03-01");
	assert_string_equal(day_words(a, "../da",
	    (struct date){ 2026, 3, 1 }), "2026-03-01");
	arena_close(&a);
}

static void
names_are_joined_as_in_speech(void **state)
{
	const char *const names[] = { "A", "B", "C" };
	struct arena *a = arena_open();

	(void)state;
	assert_string_equal(words_join(a, "da", names, 3), "A, B og C");
	assert_string_equal(words_join(a, "en", names, 2), "A and B");
	assert_string_equal(words_join(a, "da", names, 1), "A");
	assert_string_equal(words_join(a, "da", names, 0), "");
	arena_close(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(danish_days_read_like_a_letter),
		cmocka_unit_test(summer_and_winter_have_their_own_hour),
		cmocka_unit_test(an_unknown_language_gets_a_plain_date),
		cmocka_unit_test(names_are_joined_as_in_speech),
	};

	return cmocka_run_group_tests(tests, in_copenhagen, NULL);
}
