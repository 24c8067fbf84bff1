/* SPDX-License-Identifier: MIT */
/* The life of a meeting, and what can be said of one. */
#include "test.h"

#include <string.h>

#include "base/arena.h"
#include "rules/meeting.h"
#include "rules/meeting_facts.h"
#include "rules/year.h"
#include "rules/year_plan.h"

#define NOW 1793865600	/* 2026-11-05T09:00+01:00 */

static void
a_meeting_lives_as_written(void **state)
{
	/*    planned called held minutes-draft minutes-released cancelled */
	static const char *const may[MEETING_STATES] = {
		[MEETING_PLANNED] =          ".xx..x",
		[MEETING_CALLED] =           "..x..x",
		[MEETING_HELD] =             "...x..",
		[MEETING_MINUTES_DRAFT] =    "..x.x.",
		[MEETING_MINUTES_RELEASED] = "......",
		[MEETING_CANCELLED] =        "xx....",
	};

	(void)state;
	for (int from = 0; from < MEETING_STATES; from++)
		for (int to = 0; to < MEETING_STATES; to++)
			assert_int_equal(meeting_may_move(
			    (enum meeting_state)from,
			    (enum meeting_state)to), may[from][to] == 'x');
	assert_true(meeting_is_ahead(MEETING_CALLED));
	assert_false(meeting_is_ahead(MEETING_CANCELLED));
}

static void
the_secretary_plans_and_the_chair_where_the_body_says_so(void **state)
{
	struct world_body body = { .slug = "raad" };

	(void)state;
	for (int role = ROLE_NONE; role <= ROLE_SUBSCRIBER; role++)
		assert_int_equal(meeting_may_plan(&body, (enum role)role),
		    role == ROLE_SECRETARY);
	body.chair_plans = true;
	assert_true(meeting_may_plan(&body, ROLE_CHAIR));
	assert_true(meeting_may_plan(&body, ROLE_VICE_CHAIR));
	assert_false(meeting_may_plan(&body, ROLE_MEMBER));
}

static void
facts_come_back_as_they_went(void **state)
{
	struct arena *arena = arena_open();
	struct meeting_facts f = meeting_facts_none(), back;

	(void)state;
	assert_string_equal(meeting_facts_write(arena, &f), "");
	f = (struct meeting_facts){ .day = { 2027, 2, 25 }, .weekday = 4,
		.start_min = 16 * 60, .end_min = 18 * 60 + 30, .place =
		"V\xc3\xa6restedet\nto", .theme = "b\xc3\xb8rn", .with =
		"a b", .kind = MEETING_DIALOGUE, .again = true, .name = "N",
		.email = "n@x.example", .matter = "om", .point = 2 };
	assert_true(meeting_facts_read(arena, meeting_facts_write(arena, &f),
	    &back));
	assert_string_equal(meeting_facts_write(arena, &back),
	    meeting_facts_write(arena, &f));
	assert_string_equal(back.place, f.place);
	assert_int_equal(back.end_min, 18 * 60 + 30);
	assert_false(meeting_facts_read(arena, "hour: 12\n", &back));
	assert_false(meeting_facts_read(arena, "start: 25:00\n", &back));
	assert_false(meeting_facts_read(arena, "day: soon\n", &back));
	arena_close(&arena);
}

static void
what_cannot_be_is_named(void **state)
{
	static const struct {
		const char *says, *facts, *fault;
		bool change;
	} rows[] = {
		{ "all is there", "day: 2027-02-25\nstart: 16:00\nend: 18:00",
		    "right", false },
		{ "no hour", "day: 2027-02-25", "no-when", false },
		{ "no day", "start: 16:00", "no-when", false },
		{ "29 February of a common year",
		    "day: 2027-02-29\nstart: 16:00", "no-such-day", false },
		{ "29 February of a leap year",
		    "day: 2028-02-29\nstart: 16:00", "right", false },
		{ "a Thursday called Friday",
		    "day: 2027-02-25\nweekday: 5\nstart: 16:00", "weekday",
		    false },
		{ "yesterday", "day: 2026-11-04\nstart: 16:00", "past",
		    false },
		{ "an hour ago", "day: 2026-11-05\nstart: 08:00", "past",
		    false },
		{ "its end before its start",
		    "day: 2027-02-25\nstart: 18:00\nend: 16:00", "end",
		    false },
		{ "a place with a line break",
		    "day: 2027-02-25\nstart: 16:00\nplace: a\\nb", "place",
		    false },
		{ "an empty place",
		    "day: 2027-02-25\nstart: 16:00\nplace: ", "place",
		    false },
		{ "two on one day", "day: 2026-11-26\nstart: 19:00",
		    "same-day", false },
		{ "two on one day, and meant",
		    "day: 2026-11-26\nstart: 19:00\nagain: yes", "right",
		    false },
		{ "where one was called off", "day: 2026-12-01\nstart: 19:00",
		    "right", false },
		{ "another place", "place: Biblioteket", "right", true },
		{ "the same place", "place: Centret", "nothing", true },
		{ "its own day", "day: 2026-11-26", "nothing", true },
		{ "a later hour", "start: 17:00", "right", true },
		{ "back in time", "day: 2026-11-02", "past", true },
	};
	struct arena *arena = arena_open();
	struct world_meeting meetings[] = {
		{ .id = "raad/2026-11-26", .place = "Centret",
		    .day = { 2026, 11, 26 }, .state = MEETING_CALLED },
		{ .id = "raad/2026-12-01", .day = { 2026, 12, 1 },
		    .state = MEETING_CANCELLED },
	};
	struct world_body body = { .slug = "raad", .meetings = meetings,
		.n_meetings = 2 };
	struct meeting_facts f;
	char *place;

	(void)state;
	meetings[0].start_at = date_at(meetings[0].day, 16, 0);
	meetings[0].end_at = meetings[0].start_at + 7200;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *got;

		if (!meeting_facts_read(arena, rows[i].facts, &f))
			fail_msg("%s: no facts", rows[i].says);
		got = meeting_fault_word(meeting_facts_check(&f, &body,
		    rows[i].change ? &meetings[0] : NULL, NOW));
		if (strcmp(got, rows[i].fault) != 0)
			fail_msg("%s: %s", rows[i].says, got);
	}
	f = meeting_facts_none();
	place = arena_alloc(arena, 501);
	memset(place, 'x', 500);
	f.place = place;
	assert_int_equal(meeting_facts_check(&f, &body, &meetings[0], NOW),
	    MEETING_PLACE);
	arena_close(&arena);
}

static void
who_moves_the_beginning_moves_the_end(void **state)
{
	struct world_meeting old = { .day = { 2026, 11, 26 } };
	struct meeting_facts f = meeting_facts_none();
	int64_t start_at, end_at;

	(void)state;
	old.start_at = date_at(old.day, 16, 0);
	old.end_at = old.start_at + 5400;
	f.start_min = 17 * 60;
	meeting_facts_times(&f, &old, &start_at, &end_at);
	assert_int_equal(start_at, old.start_at + 3600);
	assert_int_equal(end_at - start_at, 5400);
	f = meeting_facts_none();
	f.day = (struct date){ 2026, 12, 3 };
	meeting_facts_times(&f, &old, &start_at, &end_at);
	assert_int_equal(start_at, old.start_at + 7 * 86400);
	assert_int_equal(end_at - start_at, 5400);
	meeting_facts_times(&f, NULL, &start_at, &end_at);
	assert_int_equal(end_at - start_at, MEETING_MINUTES * 60);
}

/* Four meetings with two places in turn, one of them in a school holiday, and
 * no dialogue meeting: next year has them all, and one. */
static void
next_year_is_proposed_after_this_one(void **state)
{
	static const struct {
		struct date day;
		const char *place;
	} year[] = {
		{ { 2026, 2, 5 }, "A" }, { { 2026, 4, 9 }, "B" },
		{ { 2026, 5, 14 }, "A" }, { { 2026, 11, 26 }, "B" },
	};
	struct arena *arena = arena_open();
	struct world_meeting m[4] = { { .id = NULL } };
	struct world_body body = { .slug = "raad", .committee = "udvalg",
		.meetings = m, .n_meetings = 4 };
	struct meeting_facts *list, *back;
	bool dialogue = false, other;
	size_t n, k;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		m[i] = (struct world_meeting){ .id = "x", .day = year[i].day,
			.place = year[i].place, .state = MEETING_HELD,
			.start_at = date_at(year[i].day, 16, 0),
			.end_at = date_at(year[i].day, 18, 0) };
	}
	assert_int_equal(year_meetings(&body, 2026, &other), 4);
	assert_false(other);
	list = year_plan_make(arena, &body, 2027, &n);
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i].day.year, 2027);
		assert_int_equal(date_weekday(list[i].day), 4);
		assert_true(year_is_working(list[i].day));
		assert_false(year_is_school_holiday(list[i].day));
		assert_int_equal(list[i].start_min, 16 * 60);
		dialogue = dialogue || list[i].kind == MEETING_DIALOGUE;
		if (i > 0)
			assert_true(date_compare(list[i - 1].day,
			    list[i].day) < 0);
	}
	assert_true(dialogue);
	assert_string_equal(list[0].place, "B");
	assert_string_equal(list[1].place, "A");
	/* it comes back from its text */
	back = year_plan_read(arena, year_plan_write(arena, list, n), &k);
	assert_int_equal(k, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(meeting_facts_write(arena, &list[i]),
		    meeting_facts_write(arena, &back[i]));
	body.n_meetings = 0;
	(void)year_plan_make(arena, &body, 2027, &n);
	assert_int_equal(n, 0);
	arena_close(&arena);
}

static void
children_and_staff_are_away_in_these_weeks(void **state)
{
	(void)state;
	assert_true(year_is_school_holiday((struct date){ 2027, 2, 18 }));
	assert_true(year_is_school_holiday((struct date){ 2027, 2, 25 }));
	assert_true(year_is_school_holiday((struct date){ 2027, 7, 15 }));
	assert_true(year_is_school_holiday((struct date){ 2027, 10, 21 }));
	assert_false(year_is_school_holiday((struct date){ 2027, 3, 4 }));
	assert_false(year_is_school_holiday((struct date){ 2027, 10, 28 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_meeting_lives_as_written),
		cmocka_unit_test(
		    the_secretary_plans_and_the_chair_where_the_body_says_so),
		cmocka_unit_test(facts_come_back_as_they_went),
		cmocka_unit_test(what_cannot_be_is_named),
		cmocka_unit_test(who_moves_the_beginning_moves_the_end),
		cmocka_unit_test(next_year_is_proposed_after_this_one),
		cmocka_unit_test(children_and_staff_are_away_in_these_weeks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
