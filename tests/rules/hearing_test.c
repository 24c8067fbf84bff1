/* SPDX-License-Identifier: MIT */
/* A hearing's life, its days, and changes to an answer. */
#include "test.h"

#include "base/arena.h"
#include "rules/hearing.h"

/* Every pair: what is not in the table cannot happen. */
static void
a_hearing_lives_as_its_table_says(void **state)
{
	enum { RE, AS, DR, CH, AP, AN, CL, DE, NO = -1 };
	/* ask, decline, compile, edit, hand, approve, back, send, lapse */
	static const int table[HEARING_STATES][HEARING_ACTS] = {
		[HEARING_RECEIVED] = { AS, DE, NO, NO, NO, NO, NO, NO, CL },
		[HEARING_ASKED] = { NO, DE, DR, NO, NO, NO, NO, NO, CL },
		[HEARING_DRAFTING] = { NO, DE, NO, DR, CH, AP, NO, NO, CL },
		[HEARING_WITH_CHAIR] = { NO, NO, NO, DR, NO, AP, DR, NO, CL },
		[HEARING_APPROVED] = { NO, NO, NO, DR, NO, NO, DR, AN, NO },
		[HEARING_ANSWERED] = { NO, NO, NO, NO, NO, NO, NO, NO, CL },
		[HEARING_CLOSED] = { NO, NO, NO, NO, NO, NO, NO, NO, NO },
		[HEARING_DECLINED] = { AS, NO, NO, NO, NO, NO, RE, NO, NO },
	};

	(void)state;
	for (int from = 0; from < HEARING_STATES; from++) {
		enum hearing_state read;

		assert_true(hearing_state_read(hearing_state_word(
		    (enum hearing_state)from), &read));
		assert_int_equal(read, from);
		for (int act = 0; act < HEARING_ACTS; act++) {
			enum hearing_state to;
			bool may = hearing_may((enum hearing_state)from,
			    (enum hearing_act)act, &to);

			assert_int_equal(may, table[from][act] != NO);
			if (may)
				assert_int_equal(to, table[from][act]);
		}
	}
}

static const struct {
	const char *says;
	struct date today, deadline, members, first, second;
	bool short_notice;
	struct date better;
} plans[] = {
	{ "four weeks: five working days for the secretary, two reminders",
	    { 2019, 9, 2 }, { 2019, 9, 30 }, { 2019, 9, 23 }, { 2019, 9, 18 },
	    { 2019, 9, 20 }, false, { 2019, 9, 16 } },
	{ "a deadline on Christmas Day counts back from the 23rd",
	    { 2026, 11, 30 }, { 2026, 12, 25 }, { 2026, 12, 16 },
	    { 2026, 12, 11 }, { 2026, 12, 15 }, false, { 2026, 12, 14 } },
	{ "a week: the members have all but the last day, no room for more",
	    { 2026, 11, 2 }, { 2026, 11, 6 }, { 2026, 11, 5 },
	    { 2026, 11, 4 }, { 0, 0, 0 }, true, { 2026, 11, 16 } },
	{ "tomorrow: the members answer today",
	    { 2026, 11, 5 }, { 2026, 11, 6 }, { 2026, 11, 5 },
	    { 0, 0, 0 }, { 0, 0, 0 }, true, { 2026, 11, 19 } },
	{ "over already: today, and more time is asked for",
	    { 2026, 11, 5 }, { 2026, 11, 3 }, { 2026, 11, 5 },
	    { 0, 0, 0 }, { 0, 0, 0 }, true, { 2026, 11, 19 } },
	{ "the first day is the tenth working day: enough",
	    { 2026, 11, 2 }, { 2026, 11, 16 }, { 2026, 11, 9 },
	    { 2026, 11, 4 }, { 2026, 11, 6 }, false, { 2026, 11, 16 } },
};

static void
the_days_are_counted_back_from_the_deadline(void **state)
{
	struct year_days least, answer, remind;

	(void)state;
	assert_true(year_days_read(HEARING_LEAST_DAYS, &least));
	assert_true(year_days_read(HEARING_ANSWER_DAYS, &answer));
	assert_true(year_days_read(HEARING_REMIND_DAYS, &remind));
	for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
		struct hearing_days d = hearing_plan(plans[i].today,
		    plans[i].deadline, least, answer, remind);
		const struct date *got[] = { &d.members, &d.remind[0],
		    &d.remind[1], &d.better };
		const struct date *want[] = { &plans[i].members,
		    &plans[i].first, &plans[i].second, &plans[i].better };

		for (int k = 0; k < 4; k++) {
			if (memcmp(got[k], want[k], sizeof **got) != 0)
				print_error("%s: day %d is %d-%d-%d\n",
				    plans[i].says, k, got[k]->year,
				    got[k]->month, got[k]->day);
			assert_memory_equal(got[k], want[k], sizeof **got);
		}
		assert_int_equal(d.short_notice, plans[i].short_notice);
	}
}

static void
a_title_gives_a_name_for_the_id(void **state)
{
	static const struct { const char *title, *want; } all[] = {
		{ "Boligpolitik 2027", "boligpolitik-2027" },
		{ "Samlet plan for sårbare – høring!",
		    "samlet-plan-for-saarbare-hoering" },
		{ "«»", "hoering" }, { "", "hoering" }, { NULL, "hoering" },
		{ "Ææ Øø Åå", "aeae-oeoe-aaaa" },
		{ "En meget lang titel som ingen kan huske til i morgen",
		    "en-meget-lang-titel-som-ingen-kan-huske" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		assert_string_equal(hearing_slug(arena, all[i].title),
		    all[i].want);
	arena_close(&arena);
}

static const struct {
	const char *says;
	struct hearing_edit edit;
	const char *want;	/* NULL: refused */
} edits[] = {
	{ "part 2 anew", { HEARING_EDIT_SET, 2, "X" }, "a\nb\n\nX\n\nd" },
	{ "part 1 goes", { HEARING_EDIT_DROP, 1, NULL }, "c\n\nd" },
	{ "one more", { HEARING_EDIT_ADD, 0, "e" }, "a\nb\n\nc\n\nd\n\ne" },
	{ "one more in front", { HEARING_EDIT_ADD, 3, "e" },
	    "a\nb\n\nc\n\ne\n\nd" },
	{ "all anew", { HEARING_EDIT_ALL, 0, "z\n\ny" }, "z\n\ny" },
	{ "no part 4", { HEARING_EDIT_SET, 4, "X" }, NULL },
	{ "no part 0", { HEARING_EDIT_DROP, 0, NULL }, NULL },
	{ "nothing is no answer", { HEARING_EDIT_ALL, 0, " \n" }, NULL },
};

static void
an_answer_is_changed_by_its_parts(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
		const char *got = NULL;
		bool may = hearing_change(arena, "a\nb\n\n\nc\n \nd\n",
		    &edits[i].edit, &got);

		assert_int_equal(may, edits[i].want != NULL);
		if (may)
			assert_string_equal(got, edits[i].want);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hearing_lives_as_its_table_says),
		cmocka_unit_test(the_days_are_counted_back_from_the_deadline),
		cmocka_unit_test(a_title_gives_a_name_for_the_id),
		cmocka_unit_test(an_answer_is_changed_by_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
