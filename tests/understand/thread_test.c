/* SPDX-License-Identifier: MIT */
/* Which letter is answered, and what the address says. */
#include "test.h"

#include "base/arena.h"
#include "understand/fixture.h"
#include "understand/thread.h"

static const struct words no_words = { .text = "", .subject = "" };

static struct thread
thread_of(struct arena *arena, const struct mail *mail)
{
	struct thread thread;

	thread_read(arena, mail, &no_words, &fixture, &thread);
	return thread;
}

static void
in_reply_to_comes_before_references(void **state)
{
	static const char *const reply[] = { "<x@y.example>",
		"<hearing.2@fjordby.example>" };
	static const char *const refs[] = { "<invitation.1@fjordby.example>" };
	struct arena *arena = arena_open();
	struct mail mail = { .in_reply_to = reply, .n_in_reply_to = 2,
		.references = refs, .n_references = 1 };
	struct thread t = thread_of(arena, &mail);

	(void)state;
	assert_ptr_equal(t.letter, &fixture_sent[1]);
	assert_string_equal(t.hearing->title, "Boligpolitik");
	assert_null(t.meeting);
	assert_string_equal(t.body->slug, "udsatteraad");
	assert_true(t.other_letters);
	arena_close(&arena);
}

static void
references_count_from_the_end(void **state)
{
	static const char *const refs[] = { "<hearing.2@fjordby.example>",
		"<invitation.1@fjordby.example>", "<forwarded@x.example>" };
	struct arena *arena = arena_open();
	struct mail mail = { .references = refs, .n_references = 3 };
	struct thread t = thread_of(arena, &mail);

	(void)state;
	assert_ptr_equal(t.letter, &fixture_sent[0]);
	assert_ptr_equal(t.meeting, &fixture_meetings[0]);
	assert_false(t.by_token);
	arena_close(&arena);
}

static void
a_token_is_found_in_address_and_words(void **state)
{
	struct arena *arena = arena_open();
	struct mail_address to = { NULL,
		"raadspost+" TOKEN "@fjordby.example" };
	struct mail by_address = { .to = { &to, 1 } };
	struct mail by_text = {
		.text = "ja\n\n> Svar: (ABCDEFGHIJKLMNOPQRSTUVWX23)\n" };
	struct mail longer = { .text = "ja " TOKEN "a" };
	struct thread t = thread_of(arena, &by_address);

	(void)state;
	assert_ptr_equal(t.letter, &fixture_sent[0]);
	assert_true(t.by_token);
	t = thread_of(arena, &by_text);
	assert_ptr_equal(t.letter, &fixture_sent[0]);
	/* an invitation's token says which, not who */
	assert_false(t.token_ok);
	assert_null(thread_of(arena, &longer).letter);
	arena_close(&arena);
}

static void
only_a_confirmation_to_this_sender_proves_who(void **state)
{
	struct arena *arena = arena_open();
	struct mail_address from = { NULL, "kirsten.holst@posteo.example" };
	struct mail_address other = { NULL, "mb@rusmiddelcenter.example" };
	struct mail mail = { .from = { &from, 1 },
		.text = "ja\n\n> " TOKEN_CONFIRM "\n" };

	(void)state;
	assert_true(thread_of(arena, &mail).token_ok);
	mail.from.list = &other;
	assert_false(thread_of(arena, &mail).token_ok);
	arena_close(&arena);
}

static void
addresses_name_body_and_purpose(void **state)
{
	static const struct {
		const char *email, *body;
		enum thread_presumes presumes;
		bool ours;
	} cases[] = {
		{ "raadspost@fjordby.example", NULL, PRESUMES_NOTHING, true },
		{ "udsatteraad@fjordby.example", "udsatteraad",
		    PRESUMES_NOTHING, true },
		{ "raadspost+integrationsraad@fjordby.example",
		    "integrationsraad", PRESUMES_NOTHING, true },
		{ "udsatteraad+afbud@fjordby.example", "udsatteraad",
		    PRESUMES_ABSENCE, true },
		{ "udsatteraad+dagsorden@fjordby.example", "udsatteraad",
		    PRESUMES_ITEM, true },
		{ "udsatteraad+ansoegning@fjordby.example", "udsatteraad",
		    PRESUMES_APPLICATION, true },
		{ "udsatteraad+hoering@fjordby.example", "udsatteraad",
		    PRESUMES_HEARING, true },
		{ "udsatteraad+ide@fjordby.example", "udsatteraad",
		    PRESUMES_IDEA, true },
		{ "udsatteraad+referat@fjordby.example", "udsatteraad",
		    PRESUMES_MINUTES, true },
		{ "udsatteraad+tilmeld@fjordby.example", "udsatteraad",
		    PRESUMES_SUBSCRIBE, true },
		{ "raadspost+udsatteraad+afmeld@fjordby.example",
		    "udsatteraad", PRESUMES_UNSUBSCRIBE, true },
		{ "udsatteraad+hvadsomhelst@fjordby.example", "udsatteraad",
		    PRESUMES_NOTHING, true },
		{ "udsatteraad@fjordby.example.evil", NULL, PRESUMES_NOTHING,
		    false },
		{ "mekr@fjordby.example", NULL, PRESUMES_NOTHING, false },
		{ "udsatteraad", NULL, PRESUMES_NOTHING, false },
		{ NULL, NULL, PRESUMES_NOTHING, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct world_body *body = NULL;
		enum thread_presumes presumes = PRESUMES_NOTHING;

		assert_int_equal(thread_address(&fixture, cases[i].email,
		    &body, &presumes), cases[i].ours);
		assert_int_equal(presumes, cases[i].presumes);
		if (cases[i].body == NULL)
			assert_null(body);
		else
			assert_string_equal(body->slug, cases[i].body);
	}
}

static void
two_bodies_in_to_are_two(void **state)
{
	struct arena *arena = arena_open();
	struct mail_address to[] = {
		{ NULL, "udsatteraad@fjordby.example" },
		{ NULL, "integrationsraad@fjordby.example" },
		{ NULL, "udsatteraad+x@fjordby.example" },
		{ NULL, "somebody@else.example" },
	};
	static const char *const delivered[] = {
		"raadspost+udsatteraad@fjordby.example" };
	struct mail mail = { .to = { to, 4 } };
	struct thread t = thread_of(arena, &mail);

	(void)state;
	assert_true(t.ambiguous_body);
	assert_int_equal(t.n_address_bodies, 2);
	assert_null(t.address_body);
	mail.to.n = 1;
	assert_string_equal(thread_of(arena, &mail).address_body->slug,
	    "udsatteraad");
	mail.to = (struct mail_addresses){ &to[3], 1 };
	mail.cc = (struct mail_addresses){ &to[1], 1 };
	t = thread_of(arena, &mail);
	assert_true(t.only_cc);
	assert_string_equal(t.address_body->slug, "integrationsraad");
	mail.cc.n = 0;
	mail.delivered_to = delivered;
	mail.n_delivered_to = 1;
	t = thread_of(arena, &mail);
	assert_true(t.to_us);
	assert_string_equal(t.address_body->slug, "udsatteraad");
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_reply_to_comes_before_references),
		cmocka_unit_test(references_count_from_the_end),
		cmocka_unit_test(a_token_is_found_in_address_and_words),
		cmocka_unit_test(
		    only_a_confirmation_to_this_sender_proves_who),
		cmocka_unit_test(addresses_name_body_and_purpose),
		cmocka_unit_test(two_bodies_in_to_are_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
