/* SPDX-License-Identifier: MIT */
/* «Kun tekst», «stor skrift», «in English please»: every letter to that
 * address, and to no other. */
#include "test.h"

#include "house.h"

#define AASE "aase@mail.example"
#define MOGENS "mb@center.example"

static struct sent_mail
choose(struct house *h, const char *who, bool verified, const char *to)
{
	return act(h, who, verified, (struct action){
	    .kind = ACTION_READER_CHOICE, .to = to, .email = who });
}

static const char *
receipt(struct house *h, const char *who, struct sent_mail *m)
{
	*m = act(h, who, true, (struct action){ .kind = ACTION_ABSENCE,
	    .meeting = "udsatteraad/2026-11-26", .person = who });
	return look(h, arena_printf(h->arena, "SELECT raw FROM letter_raw"
	    " JOIN letter USING (letter_id) WHERE key = 'receipt/mail/%ld'",
	    (long)m->mail_id));
}

static void
each_choice_is_honoured_for_that_address_alone(void **state)
{
	struct house *h = house_open();
	struct sent_mail m, first;

	(void)state;
	first = choose(h, AASE, true, "text");
	assert_int_equal(first.end.outcome, OUTCOME_ACT);
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)first.mail_id)),
	    "Mails fra os til dig: kun tekst"));
	assert_null(strstr(receipt(h, AASE, &m), "text/html"));
	assert_non_null(strstr(receipt(h, MOGENS, &m), "text/html"));
	assert_non_null(strstr(receipt(h, MOGENS, &m), "16px"));
	(void)choose(h, AASE, true, "large english");
	assert_non_null(strstr(receipt(h, AASE, &m), "text/html"));
	assert_non_null(strstr(receipt(h, AASE, &m), "24px"));
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)), "We have noted"));
	assert_non_null(strstr(receipt(h, MOGENS, &m), "16px"));
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)), "Vi har noteret"));
	(void)choose(h, AASE, true, "normal danish");
	assert_non_null(strstr(receipt(h, AASE, &m), "16px"));
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)), "Vi har noteret"));
	house_close(h);
}

static void
a_choice_is_undone_to_the_one_before(void **state)
{
	struct house *h = house_open();
	struct sent_mail m, second;

	(void)state;
	(void)choose(h, AASE, true, "large");
	second = choose(h, AASE, true, "text normal");
	assert_null(strstr(receipt(h, AASE, &m), "text/html"));
	(void)reply(h, AASE, true, arena_printf(h->arena, "receipt/mail/%ld",
	    (long)second.mail_id), false, ACTION_UNDO, NULL);
	assert_non_null(strstr(receipt(h, AASE, &m), "24px"));
	assert_int_equal(number(h, "SELECT count(*) FROM reader"), 1);
	house_close(h);
}

static void
nobody_chooses_for_another(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	m = choose(h, AASE, false, "text");
	assert_int_not_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM reader"), 0);
	assert_non_null(strstr(receipt(h, AASE, &m), "text/html"));
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_choice_is_honoured_for_that_address_alone),
		cmocka_unit_test(a_choice_is_undone_to_the_one_before),
		cmocka_unit_test(nobody_chooses_for_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
