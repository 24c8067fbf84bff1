/* SPDX-License-Identifier: MIT */
/* Who sends: the address that our server vouches for, and nothing else. */
#include "test.h"

#include "base/arena.h"
#include "understand/fixture.h"
#include "understand/who.h"

static struct who
ask(struct arena *arena, const char *name, const char *email,
    enum mail_auth auth)
{
	struct mail_address from = { name, email };
	struct mail mail = { .from = { &from, 1 }, .from_is_plain = true,
		.auth = auth, .auth_why = "dmarc=pass header.from=x" };
	struct who who;

	who_read(arena, &mail, &fixture, false, &who);
	return who;
}

static void
a_person_has_places_in_every_body(void **state)
{
	struct arena *arena = arena_open();
	struct who who = ask(arena, "H", "hath@fjordby.example",
	    MAIL_AUTH_PASS);

	(void)state;
	assert_true(who.verified);
	assert_string_equal(who.person, "Hanne Thorup");
	assert_string_equal(who.roles,
	    "udsatteraad:member, socialudvalg:chair");
	assert_string_equal(who.by, "dmarc=pass");
	assert_non_null(who_in(&who, &fixture_bodies[2]));
	assert_null(who_in(&who, &fixture_bodies[1]));
	arena_close(&arena);
}

static void
only_our_servers_word_verifies(void **state)
{
	static const enum mail_auth no[] = { MAIL_AUTH_NONE, MAIL_AUTH_FAIL,
		MAIL_AUTH_ERROR, MAIL_AUTH_FORGED };
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct who who = ask(arena, "Mette Krogh",
		    "mekr@fjordby.example", no[i]);

		assert_false(who.verified);
		assert_int_equal(who.alarm, no[i] == MAIL_AUTH_FORGED);
		assert_non_null(who.person);
	}
	arena_close(&arena);
}

static void
a_from_that_parsers_may_read_otherwise_verifies_nobody(void **state)
{
	struct arena *arena = arena_open();
	struct mail_address from[2] = { { NULL, "mekr@fjordby.example" },
		{ NULL, "x@evil.example" } };
	struct mail mail = { .from = { from, 1 }, .from_is_plain = false,
		.auth = MAIL_AUTH_PASS };
	struct who who;

	(void)state;
	who_read(arena, &mail, &fixture, false, &who);
	assert_false(who.verified);
	mail.from_is_plain = true;
	mail.from.n = 2;
	who_read(arena, &mail, &fixture, false, &who);
	assert_false(who.verified);
	mail.from.n = 0;
	who_read(arena, &mail, &fixture, true, &who);
	assert_null(who.email);
	assert_false(who.verified);
	arena_close(&arena);
}

static void
a_token_for_this_address_verifies_as_well(void **state)
{
	struct arena *arena = arena_open();
	struct mail_address from = { NULL, "mekr@fjordby.example" };
	struct mail mail = { .from = { &from, 1 }, .from_is_plain = true };
	struct who who;

	(void)state;
	who_read(arena, &mail, &fixture, true, &who);
	assert_true(who.verified);
	assert_string_equal(who.by, "token");
	arena_close(&arena);
}

static void
look_alikes_are_told_from_strangers(void **state)
{
	static const struct {
		const char *email;
		const char *like;
	} cases[] = {
		{ "kirsten.holst@p0steo.example",
		    "kirsten.holst@posteo.example" },
		{ "kirsten.hoist@posteo.example",
		    "kirsten.holst@posteo.example" },
		{ "kirsten.h0lst@posteo.example",
		    "kirsten.holst@posteo.example" },
		{ "kirsten-holst@posteo.example",
		    "kirsten.holst@posteo.example" },
		{ "kirsten.holts@posteo.example",
		    "kirsten.holst@posteo.example" },
		{ "mekr@fjordbv.example", "mekr@fjordby.example" },
		{ "mekr@fjordby.example.evil", "mekr@fjordby.example" },
		{ "mekr@fjordby-kommune.example", "mekr@fjordby.example" },
		{ "mekr@xn--fjrdby-0ra.example", "mekr@fjordby.example" },
		{ "raadspost@fjordby.exarnple",
		    "raadspost@fjordby.example" },
		{ "kirsten.holst@mail.example", NULL },
		{ "kirsten.hansen@posteo.example", NULL },
		{ "mekl@fjordby.example", NULL },	/* a colleague */
		{ "md@rusmiddelcenter.example", NULL },
		{ "preben@fjordnet.example", NULL },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct who who = ask(arena, NULL, cases[i].email,
		    MAIL_AUTH_PASS);

		if (who.looks_alike != (cases[i].like != NULL))
			print_message("%s\n", cases[i].email);
		assert_int_equal(who.looks_alike, cases[i].like != NULL);
		if (cases[i].like != NULL)
			assert_string_equal(who.like, cases[i].like);
		assert_null(who.person);
	}
	arena_close(&arena);
}

static void
a_name_identifies_nobody(void **state)
{
	struct arena *arena = arena_open();
	struct who who = ask(arena, "Mette Krogh",
	    "mette.krogh77@webmail.example", MAIL_AUTH_PASS);

	(void)state;
	assert_true(who.same_name);
	assert_false(who.looks_alike);
	assert_null(who.person);
	assert_string_equal(who.like, "mekr@fjordby.example");
	assert_false(ask(arena, "Mette", "m@x.example",
	    MAIL_AUTH_PASS).same_name);
	arena_close(&arena);
}

static void
the_committee_counts_at_the_dialogue_meeting_alone(void **state)
{
	struct arena *arena = arena_open();
	struct who who = ask(arena, NULL, "kalu@fjordby.example",
	    MAIL_AUTH_PASS);

	(void)state;
	assert_non_null(who_at(&who, &fixture, &fixture_bodies[0],
	    &fixture_meetings[1]));
	assert_null(who_at(&who, &fixture, &fixture_bodies[0],
	    &fixture_meetings[0]));
	arena_close(&arena);
}

static void
our_own_addresses_are_ours(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	assert_true(ask(arena, NULL, "udsatteraad+x@fjordby.example",
	    MAIL_AUTH_PASS).is_ours);
	assert_false(ask(arena, NULL, "mekr@fjordby.example",
	    MAIL_AUTH_PASS).is_ours);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_has_places_in_every_body),
		cmocka_unit_test(only_our_servers_word_verifies),
		cmocka_unit_test(
		    a_from_that_parsers_may_read_otherwise_verifies_nobody),
		cmocka_unit_test(a_token_for_this_address_verifies_as_well),
		cmocka_unit_test(look_alikes_are_told_from_strangers),
		cmocka_unit_test(a_name_identifies_nobody),
		cmocka_unit_test(
		    the_committee_counts_at_the_dialogue_meeting_alone),
		cmocka_unit_test(our_own_addresses_are_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
