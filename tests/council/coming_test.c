/* SPDX-License-Identifier: MIT */
/* Regrets, substitutes, and a meeting that cannot decide any more. */
#include "test.h"

#include "house.h"
#include "council/gathering.h"

#define MEETING "udsatteraad/2026-11-26"
#define MOGENS "mb@center.example"
#define AASE "aase@mail.example"
#define TOVE "tove@mail.example"
#define IDA "ida@mail.example"

/* Two substitutes for Mogens. */
static struct house *
open_house(void)
{
	static const struct file_place places[] = {
		{ .name = "Kirsten Holst", .email = "kirsten@mail.example",
		    .role = ROLE_CHAIR, .seat = "user" },
		{ .name = "Mogens B\xc3\xa6k", .email = MOGENS,
		    .role = ROLE_MEMBER, .seat = "staff" },
		{ .name = "Aase Lind", .email = AASE, .role = ROLE_MEMBER,
		    .seat = "relative" },
		{ .name = "Mette Krogh", .email = "mekr@fjordby.example",
		    .role = ROLE_SECRETARY },
		{ .name = "Tove Abel", .email = TOVE,
		    .role = ROLE_SUBSTITUTE, .substitute_for = MOGENS },
		{ .name = "Ida Munk", .email = IDA, .role = ROLE_SUBSTITUTE,
		    .substitute_for = MOGENS },
	};
	struct file_body body = bodies[0];
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	body.places = places;
	body.n_places = 6;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, NOW, &h->world, &err),
	    RC_OK);
	return h;
}

static struct sent_mail
says(struct house *h, const char *who, enum action_kind kind,
    const char *substitute)
{
	h->council.now_at += 60;
	return act(h, who, true, (struct action){ .kind = kind,
	    .person = who, .meeting = MEETING, .substitute = substitute });
}

static long
letters(struct house *h, const char *name, const char *to)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " WHERE key LIKE '%s/%%' AND to_email LIKE '%s'", name, to));
}

static void
the_first_substitute_who_says_yes_takes_the_seat(void **state)
{
	struct house *h = open_house();
	struct gathering g;
	struct err err = { "" };

	(void)state;
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", "%"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " CAST(raw AS TEXT) LIKE '%text/calendar; charset=utf-8;%'"), 2);
	/* again: nobody is asked twice */
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", "%"), 2);
	(void)says(h, IDA, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", TOVE), 1);
	assert_int_equal(letters(h, "substitute-off", IDA), 0);
	/* the second yes changes nothing, and she is told so */
	(void)says(h, TOVE, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", IDA), 0);
	assert_int_equal(letters(h, "substitute-off", TOVE), 2);
	assert_int_equal(gathering_open(&h->council, h->arena,
	    &h->world.bodies[0], world_meeting(h->council.world, MEETING,
	    NULL), &g, &err), RC_OK);
	for (size_t i = 0; i < g.roll.n; i++)
		if (strcmp(g.roll.lines[i].email, MOGENS) == 0)
			assert_string_equal(g.roll.lines[i].stand_in,
			    "Ida Munk");
	/* he comes after all */
	(void)says(h, MOGENS, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "substitute-off", IDA), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw JOIN"
	    " letter USING (letter_id) WHERE to_email = '" IDA "' AND"
	    " text LIKE '%Mogens B\xc3\xa6k kommer alligevel%'"), 1);
	house_close(h);
}

static void
who_names_another_has_called_one_already(void **state)
{
	struct house *h = open_house();
	struct action two[2] = {
		{ .kind = ACTION_ABSENCE, .person = MOGENS,
		    .meeting = MEETING, .part = -1 },
		{ .kind = ACTION_SUBSTITUTE, .person = MOGENS,
		    .meeting = MEETING, .substitute = "Per Holm",
		    .part = -1 } };

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
	    .sender = { .email = MOGENS, .verified = true,
	    .by = "dmarc=pass" }, .actions = two, .n_actions = 2 });
	assert_int_equal(letters(h, "substitute-call", "%"), 0);
	house_close(h);
}

static void
a_substitute_who_said_no_is_not_asked(void **state)
{
	struct house *h = open_house();

	(void)state;
	(void)says(h, TOVE, ACTION_ABSENCE, NULL);
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "substitute-call", TOVE), 0);
	assert_int_equal(letters(h, "substitute-call", IDA), 1);
	house_close(h);
}

static void
whoever_leads_hears_when_it_cannot_decide(void **state)
{
	struct house *h = open_house();

	(void)state;
	/* three seats, two are needed; one of each group */
	(void)says(h, AASE, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " text LIKE '%Der kommer ingen p\xc3\xa5r\xc3\xb8rende.%' AND"
	    " text NOT LIKE '%kan ikke beslutte%'"), 2);
	(void)says(h, MOGENS, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	assert_int_equal(number(h, "SELECT count(*) FROM letter_raw WHERE"
	    " text LIKE '%kan ikke beslutte noget%'"), 2);
	/* the substitute makes it good, and nobody is told of a loss */
	(void)says(h, TOVE, ACTION_ATTENDANCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	/* the same words again: no second notice */
	(void)says(h, AASE, ACTION_ABSENCE, NULL);
	assert_int_equal(letters(h, "notice-quorum", "%"), 4);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_first_substitute_who_says_yes_takes_the_seat),
		cmocka_unit_test(who_names_another_has_called_one_already),
		cmocka_unit_test(a_substitute_who_said_no_is_not_asked),
		cmocka_unit_test(whoever_leads_hears_when_it_cannot_decide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
