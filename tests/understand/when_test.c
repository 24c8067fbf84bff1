/* SPDX-License-Identifier: MIT */
/* Dates as people write them: which meeting day they fit. */
#include "test.h"

#include "base/arena.h"
#include "understand/lexicon.h"
#include "understand/understand.h"
#include "understand/when.h"

static struct lexicon *lexicon;

/* Says which row it was; the test goes on, to tell them all. */
#define print_bad(...) (print_message(__VA_ARGS__), print_message("\n"), 1)

static int
open_all(void **state)
{
	struct err err;

	(void)state;
	return lexicon_open(NULL, &lexicon, &err) == RC_OK ? 0 : 1;
}

static int
close_all(void **state)
{
	(void)state;
	lexicon_close(&lexicon);
	return 0;
}

/* Written on Wednesday 4 November 2026. */
static void
a_day_fits_however_it_is_written(void **state)
{
	static const struct {
		const char *text;
		struct date day;
		enum when_fit fit;
	} rows[] = {
		{ "den 26. november", { 2026, 11, 26 }, WHEN_FITS },
		{ "d. 26. november 2026", { 2026, 11, 26 }, WHEN_FITS },
		{ "d 26", { 2026, 11, 26 }, WHEN_FITS },
		{ "den 26.", { 2026, 11, 26 }, WHEN_FITS },
		{ "26/11", { 2026, 11, 26 }, WHEN_FITS },
		{ "d. 26.11.", { 2026, 11, 26 }, WHEN_FITS },
		{ "26-11-2026", { 2026, 11, 26 }, WHEN_FITS },
		{ "26/11-26", { 2026, 11, 26 }, WHEN_FITS },
		{ "2026-11-26", { 2026, 11, 26 }, WHEN_FITS },
		{ "den 26. ds.", { 2026, 11, 26 }, WHEN_FITS },
		{ "den seksogtyvende", { 2026, 11, 26 }, WHEN_FITS },
		{ "26 november", { 2026, 11, 26 }, WHEN_FITS },
		{ "26 novenber", { 2026, 11, 26 }, WHEN_FITS },
		{ "November 26th", { 2026, 11, 26 }, WHEN_FITS },
		{ "the 26th", { 2026, 11, 26 }, WHEN_FITS },
		{ "i november", { 2026, 11, 26 }, WHEN_FITS },
		{ "novembermødet", { 2026, 11, 26 }, WHEN_FITS },
		{ "uge 48", { 2026, 11, 26 }, WHEN_FITS },
		{ "torsdag om tre uger", { 2026, 11, 26 }, WHEN_FITS },
		{ "om tre uger", { 2026, 11, 26 }, WHEN_FITS },
		{ "torsdag den 26.", { 2026, 11, 26 }, WHEN_FITS },
		{ "tors. d. 26/11", { 2026, 11, 26 }, WHEN_FITS },
		{ "om torsdagen", { 2026, 11, 26 }, WHEN_FITS },
		{ "på torsdag", { 2026, 11, 5 }, WHEN_FITS },
		{ "på torsdag", { 2026, 11, 26 }, WHEN_NO },
		{ "onsdag den 26. november", { 2026, 11, 26 },
		    WHEN_WRONG_WEEKDAY },
		{ "fra den 20. til den 30. november", { 2026, 11, 26 },
		    WHEN_FITS },
		{ "den 18.-20. november", { 2026, 11, 19 }, WHEN_FITS },
		{ "den 26. oktober", { 2026, 11, 26 }, WHEN_NO },
		{ "25. februar", { 2027, 2, 25 }, WHEN_FITS },
		{ "den 8/12 kl. 15.30", { 2026, 12, 8 }, WHEN_FITS },
		{ "i næste uge", { 2026, 11, 11 }, WHEN_FITS },
		{ "førstkommende torsdag", { 2026, 11, 5 }, WHEN_FITS },
	};
	int bad = 0;
	struct date sent = { 2026, 11, 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *arena = arena_open();
		struct tokens tokens;
		const struct when *list;
		size_t n;

		tokens_read(arena, "", false, rows[i].text, &tokens);
		lexicon_know(lexicon, arena, &tokens);
		list = when_find(lexicon, arena, &tokens, sent, &n);
		if (n == 0 || when_fits(&list[0], sent, rows[i].day)
		    != rows[i].fit)
			bad += print_bad("«%s»: %zu dates", rows[i].text, n);
		arena_close(&arena);
	}
	assert_int_equal(bad, 0);
}

static void
what_is_no_date_is_none(void **state)
{
	static const char *const rows[] = {
		"kl. 16.30", "punkt 3", "3.000 kr.", "12 34 56 78", "min søn",
		"2027-2030", "man kan jo", "mellem 18 og 25 år", "nr. 14",
		"fra kl 15", "i 9 år", "§ 15",
	};
	int bad = 0;
	struct date sent = { 2026, 11, 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *arena = arena_open();
		struct tokens tokens;
		size_t n;

		tokens_read(arena, "", false, rows[i], &tokens);
		lexicon_know(lexicon, arena, &tokens);
		(void)when_find(lexicon, arena, &tokens, sent, &n);
		if (n != 0)
			bad += print_bad("«%s»", rows[i]);
		arena_close(&arena);
	}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_fits_however_it_is_written),
		cmocka_unit_test(what_is_no_date_is_none),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
