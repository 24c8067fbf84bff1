/* SPDX-License-Identifier: MIT */
/* Buttons pressed in calendars: Google's, Exchange's, Apple's shapes, and
 * those that mean harm. */
#include "test.h"

#include "base/arena.h"
#include "understand/fixture.h"
#include "understand/reply.h"

#define KIRSTEN "kirsten.holst@posteo.example"
#define OUR_UID "udsatteraad-2026-11-26@fjordby.example"
#define ANSWER .method = "REPLY", .uid = OUR_UID, .start_at = MEETING_AT, \
	.recurrence_at = -1, .sequence = 0

static const struct reply *
read_from(struct arena *arena, const char *email,
    const struct mail_calendar *calendars, size_t n_calendars, size_t *n)
{
	struct mail_address from = { NULL, email };
	struct mail mail = { .from = { &from, 1 }, .from_is_plain = true,
		.auth = MAIL_AUTH_PASS, .calendars = calendars,
		.n_calendars = n_calendars };
	struct who who;

	who_read(arena, &mail, &fixture, false, &who);
	return reply_read(arena, &mail, &fixture, &who, n);
}

static void
one_calendar_is_read_for_what_it_is(void **state)
{
	static const struct {
		const char *name;
		struct mail_calendar calendar;
		enum reply_kind kind;
		enum reply_says says;
	} cases[] = {
		{ "accepted", { ANSWER, .attendee = KIRSTEN,
		    .partstat = "ACCEPTED" }, REPLY_ANSWER, REPLY_YES },
		{ "declined", { ANSWER, .attendee = KIRSTEN,
		    .partstat = "DECLINED" }, REPLY_ANSWER, REPLY_NO },
		{ "tentative", { ANSWER, .attendee = KIRSTEN,
		    .partstat = "TENTATIVE" }, REPLY_ANSWER, REPLY_MAYBE },
		{ "no attendee", { ANSWER, .partstat = "DECLINED" },
		    REPLY_ANSWER, REPLY_NO },
		{ "another attendee", { ANSWER,
		    .attendee = "mb@rusmiddelcenter.example",
		    .partstat = "DECLINED" }, REPLY_DELEGATE, REPLY_NO },
		{ "handed on", { ANSWER, .attendee = KIRSTEN,
		    .partstat = "DELEGATED" }, REPLY_DELEGATE,
		    REPLY_SAYS_NONE },
		{ "counter", { .method = "COUNTER", .uid = OUR_UID,
		    .start_at = MEETING_AT + 3600, .recurrence_at = -1,
		    .attendee = KIRSTEN, .partstat = "TENTATIVE" },
		    REPLY_COUNTER, REPLY_MAYBE },
		{ "counter inside a reply", { ANSWER, .attendee = KIRSTEN,
		    .partstat = "ACCEPTED", .counter_proposed = true },
		    REPLY_COUNTER, REPLY_YES },
		{ "foreign event", { .method = "REPLY", .uid = "x@y.example",
		    .start_at = MEETING_AT + 60, .recurrence_at = -1,
		    .attendee = KIRSTEN, .partstat = "ACCEPTED" },
		    REPLY_FOREIGN_EVENT, REPLY_YES },
		{ "foreign event at our time", { .method = "REPLY",
		    .uid = "x@y.example", .start_at = MEETING_AT,
		    .recurrence_at = -1, .organizer = "boss@work.example",
		    .attendee = KIRSTEN, .partstat = "DECLINED" },
		    REPLY_FOREIGN_EVENT, REPLY_NO },
		{ "new UID at our time", { .method = "REPLY",
		    .uid = "x@phone.example", .start_at = MEETING_AT,
		    .recurrence_at = -1, .attendee = KIRSTEN,
		    .partstat = "DECLINED" }, REPLY_ANSWER, REPLY_NO },
		{ "request at us", { .method = "REQUEST", .uid = OUR_UID,
		    .start_at = MEETING_AT, .recurrence_at = -1 },
		    REPLY_FOREIGN_INVITATION, REPLY_SAYS_NONE },
		{ "cancel at us", { .method = "CANCEL", .uid = OUR_UID,
		    .start_at = MEETING_AT, .recurrence_at = -1 },
		    REPLY_CANCEL, REPLY_SAYS_NONE },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t n;
		const struct reply *r = read_from(arena, KIRSTEN,
		    &cases[i].calendar, 1, &n);

		if (n != 1 || r->kind != cases[i].kind)
			print_message("%s: %d\n", cases[i].name, r->kind);
		assert_int_equal(n, 1);
		assert_int_equal(r->kind, cases[i].kind);
		assert_int_equal(r->says, cases[i].says);
	}
	arena_close(&arena);
}

static void
the_method_of_the_mime_part_says_nothing(void **state)
{
	struct arena *arena = arena_open();
	struct mail_calendar c = { .type_method = "REPLY", .uid = OUR_UID,
		.start_at = MEETING_AT, .recurrence_at = -1,
		.partstat = "DECLINED" };
	size_t n;

	(void)state;
	(void)read_from(arena, KIRSTEN, &c, 1, &n);
	assert_int_equal(n, 0);
	c.method = "COUNTER";
	assert_int_equal(read_from(arena, KIRSTEN, &c, 1, &n)->kind,
	    REPLY_COUNTER);
	arena_close(&arena);
}

static void
a_part_that_comes_twice_is_one_and_the_newest_wins(void **state)
{
	struct arena *arena = arena_open();
	struct mail_calendar c[] = {
		{ ANSWER, .attendee = KIRSTEN, .partstat = "DECLINED",
		    .stamp_at = 200 },
		{ ANSWER, .attendee = KIRSTEN, .partstat = "DECLINED",
		    .stamp_at = 200 },
		{ ANSWER, .attendee = KIRSTEN, .partstat = "ACCEPTED",
		    .stamp_at = 100 },
	};
	size_t n;
	const struct reply *r = read_from(arena, KIRSTEN, c, 3, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_int_equal(r->says, REPLY_NO);
	c[2].stamp_at = 300;
	r = read_from(arena, KIRSTEN, c, 3, &n);
	assert_int_equal(n, 1);
	assert_int_equal(r->says, REPLY_YES);
	/* a proposal is never outrun by the plain answer beside it */
	c[0].counter_proposed = true;
	r = read_from(arena, KIRSTEN, c, 3, &n);
	assert_int_equal(n, 1);
	assert_int_equal(r->kind, REPLY_COUNTER);
	arena_close(&arena);
}

static void
a_delegate_is_named_and_the_remark_kept(void **state)
{
	struct arena *arena = arena_open();
	struct mail_calendar c = { ANSWER, .attendee = KIRSTEN,
		.sent_by = "kd@rusmiddelcenter.example",
		.partstat = "DECLINED", .comment = " \n" };
	size_t n;
	const struct reply *r = read_from(arena,
	    "kd@rusmiddelcenter.example", &c, 1, &n);

	(void)state;
	assert_int_equal(r->kind, REPLY_DELEGATE);
	assert_string_equal(r->person, KIRSTEN);
	assert_string_equal(r->delegate, "kd@rusmiddelcenter.example");
	assert_null(r->comment);
	c.comment = "kan ikke\n";
	r = read_from(arena, KIRSTEN, &c, 1, &n);
	assert_string_equal(r->comment, "kan ikke");
	arena_close(&arena);
}

static void
time_alone_needs_a_place_in_the_body(void **state)
{
	struct arena *arena = arena_open();
	struct mail_calendar c = { .method = "REPLY", .uid = "x@y.example",
		.start_at = MEETING_AT, .recurrence_at = -1,
		.partstat = "ACCEPTED" };
	size_t n;

	(void)state;
	assert_int_equal(read_from(arena, "stranger@x.example", &c, 1,
	    &n)->kind, REPLY_FOREIGN_EVENT);
	/* the committee, at the dialogue meeting */
	c.start_at = MEETING_AT + 1036800;
	assert_int_equal(read_from(arena, "kalu@fjordby.example", &c, 1,
	    &n)->kind, REPLY_ANSWER);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_calendar_is_read_for_what_it_is),
		cmocka_unit_test(the_method_of_the_mime_part_says_nothing),
		cmocka_unit_test(
		    a_part_that_comes_twice_is_one_and_the_newest_wins),
		cmocka_unit_test(a_delegate_is_named_and_the_remark_kept),
		cmocka_unit_test(time_alone_needs_a_place_in_the_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
