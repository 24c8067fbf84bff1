/* SPDX-License-Identifier: MIT */
/* Personal numbers: found however they are written, and nothing else is. */
#include "test.h"

#include "base/arena.h"
#include "rules/cpr.h"

static const struct {
	const char *says;
	enum cpr_kind want;
} finds[] = {
	/* made up: 070761-4285 passes mod 11, 010203-1239 does not */
	{ "Jeg er f\xc3\xb8""dt 010203-1239.", CPR_POSSIBLE },
	{ "070761-4285", CPR_CERTAIN },
	{ "0707614285", CPR_CERTAIN },
	{ "070761 4285", CPR_CERTAIN },
	{ "070761\xc2\xa0""4285", CPR_CERTAIN },	/* no-break space */
	{ "070761\xe2\x80\x93""4285", CPR_CERTAIN },	/* en dash */
	{ "070761 - 4285", CPR_CERTAIN },
	{ "070761-\n4285", CPR_CERTAIN },
	{ "070761\r\n4285", CPR_CERTAIN },
	{ "0\xe2\x80\x8b""70761-4285", CPR_CERTAIN },	/* zero width */
	{ "\xef\xbc\x90\xef\xbc\x97""0761-4285", CPR_CERTAIN },	/* wide */
	{ "010165-1234", CPR_CERTAIN },		/* 1 January: no mod 11 */
	{ "mit cpr-nummer er 010203-0000", CPR_CERTAIN },	/* named */
	{ "CPR 6102031234", CPR_CERTAIN },	/* replacement number */
	{ "320199-1234", CPR_NONE },
	{ "011399-1234", CPR_NONE },
	{ "310299-1234", CPR_NONE },
	{ "12 34 56 78", CPR_NONE },
	{ "tlf. 20 10 20 30 40", CPR_NONE },
	{ "sagsnr. 00.22.00-A00-7-26", CPR_NONE },
	{ "CVR 12345678", CPR_NONE },
	{ "den 26. november 2026 kl. 16.00-18.00", CPR_NONE },
	{ "10-12-2026 og 08-12-2026", CPR_NONE },
	{ "07076142851", CPR_NONE },		/* eleven digits */
	{ "1070761-4285", CPR_NONE },
	{ "070761-42", CPR_NONE },
	{ "", CPR_NONE },
};

static void
numbers_are_found_however_they_are_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(finds) / sizeof(finds[0]); i++) {
		if (cpr_find(finds[i].says) != finds[i].want)
			print_message("%s\n", finds[i].says);
		assert_int_equal(cpr_find(finds[i].says), finds[i].want);
	}
	assert_int_equal(cpr_find(NULL), CPR_NONE);
}

static void
the_last_four_are_masked_and_the_rest_stays(void **state)
{
	struct arena *arena = arena_open();
	const char *text = "cpr 070761-4285 og 070761 \n4285. Mvh";
	size_t n;

	(void)state;
	assert_string_equal(cpr_mask(arena, text, CPR_POSSIBLE, &n),
	    "cpr 070761-xxxx og 070761-xxxx. Mvh");
	assert_int_equal(n, 2);
	text = "intet her, 12 34 56 78";
	assert_ptr_equal(cpr_mask(arena, text, CPR_POSSIBLE, &n), text);
	assert_int_equal(n, 0);
	assert_null(cpr_mask(arena, NULL, CPR_POSSIBLE, &n));
	arena_close(&arena);
}

static void
only_numbers_of_that_certainty_are_masked(void **state)
{
	struct arena *arena = arena_open();
	const char *text = "010203-1239, 070761-4285";

	(void)state;
	assert_string_equal(cpr_mask(arena, text, CPR_CERTAIN, NULL),
	    "010203-1239, 070761-xxxx");
	assert_string_equal(cpr_mask(arena, text, CPR_POSSIBLE, NULL),
	    "010203-xxxx, 070761-xxxx");
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_found_however_they_are_written),
		cmocka_unit_test(the_last_four_are_masked_and_the_rest_stays),
		cmocka_unit_test(only_numbers_of_that_certainty_are_masked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
