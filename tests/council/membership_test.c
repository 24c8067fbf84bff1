/* SPDX-License-Identifier: MIT */
/* Who sits where: each deed about places, its letters, and that undo finds
 * the tables as they were. */
#include "test.h"

#include "house.h"

#define SECRETARY "mekr@fjordby.example"
#define MEMBER "mb@center.example"
#define CHAIR "kirsten@mail.example"
#define NEW "mogens@nyt.example"
#define DAY 86400

/* As it is after this mail. */
static void
look_again(struct house *h)
{
	struct err err = { "" };

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
}

static const char *
places(struct house *h, const char *email)
{
	return look(h, arena_printf(h->arena, "SELECT group_concat(role || "
	    "coalesce(' from ' || date(from_day * 86400, 'unixepoch'), '') ||"
	    " coalesce(' until ' || date(until_day * 86400, 'unixepoch'),"
	    " ''), ', ') FROM (SELECT * FROM place JOIN person USING"
	    " (person_id) WHERE email = '%s' ORDER BY place_id)", email));
}

static void
undone(struct house *h, struct sent_mail m, const char *from,
    const char *before, long steps)
{
	struct sent_mail u = reply(h, from, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);

	assert_int_equal(u.end.outcome, OUTCOME_ACT);
	assert_string_equal(dump(h), before);
	assert_int_equal(number(h, "SELECT (SELECT count(*) FROM place_step)"
	    " + (SELECT count(*) FROM person_step)"), steps);
}

static struct sent_mail
resigns(struct house *h, const char *from, bool verified)
{
	return carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "resigns", .body = "udsatteraad",
	    .text = "Jeg tr\xc3\xa6" "der ud af r\xc3\xa5" "det.",
	    .sender = { .email = from, .person = "Mogens B\xc3\xa6k",
	    .verified = verified, .by = "dmarc=pass" } });
}

static void
a_member_leaves_by_his_own_yes(void **state)
{
	struct house *h = house_open();
	const char *before = dump(h);
	struct sent_mail m;

	(void)state;
	/* nobody vouches for it: nothing is asked */
	(void)resigns(h, MEMBER, false);
	assert_string_equal(letter(h, "resign/mail/1"), "");
	m = resigns(h, MEMBER, true);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_non_null(strstr(letter(h, "resign/mail/2"), "ordet JA"));
	assert_string_equal(letter(h, "receipt/mail/2"), "");
	assert_string_not_equal(letter(h, "notice/mail/2/human"), "");
	assert_string_equal(dump(h), before);
	/* somebody else's yes is none */
	m = reply(h, CHAIR, true, "resign/mail/2", true, ACTION_CONFIRM, NULL);
	assert_string_equal(dump(h), before);
	m = reply(h, MEMBER, true, "resign/mail/2", true, ACTION_CONFIRM,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(places(h, MEMBER), "member until 2026-11-05");
	assert_non_null(strstr(letter(h, "receipt/mail/4"), "Tak for den tid"));
	assert_non_null(strstr(letter(h, "notice/mail/4/done"), "Mogens"));
	assert_string_equal(look(h, "SELECT kind || ' ' || state FROM decision"
	    " WHERE kind = 'vacancy'"), "vacancy open");
	assert_string_equal(look(h, "SELECT state FROM decision"
	    " WHERE key = 'mail/2'"), "moot");
	undone(h, m, MEMBER, before, 0);
	assert_string_equal(look(h, "SELECT state FROM decision"
	    " WHERE kind = 'vacancy'"), "moot");
	house_close(h);
}

static struct sent_mail
secretary(struct house *h, struct action action)
{
	action.body = "udsatteraad";
	return act(h, SECRETARY, true, action);
}

static void
a_new_member_is_welcomed_and_taken_back(void **state)
{
	struct house *h = house_open();
	const char *before = dump(h), *text;
	struct action add = { .kind = ACTION_MEMBER_ADD, .email =
	    "lone@mail.example", .name = "Lone Friis", .order = "user",
	    .deadline_day = { 2027, 1, 1 } };
	struct sent_mail m;

	(void)state;
	m = act(h, CHAIR, true, (struct action){ .kind = ACTION_MEMBER_ADD,
	    .body = "udsatteraad", .email = "lone@mail.example" });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_string_equal(dump(h), before);
	m = secretary(h, add);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(places(h, "lone@mail.example"),
	    "member from 2027-01-01");
	text = letter(h, "welcome/2/lone@mail.example");
	assert_non_null(strstr(text, "Velkommen i Udsatter"));
	assert_non_null(strstr(text, "torsdag den 26. november 2026"));
	assert_non_null(strstr(text, "Mette Krogh"));
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id)), "Lone Friis"));
	undone(h, m, SECRETARY, before, 0);
	assert_int_equal(number(h, "SELECT state FROM letter"
	    " WHERE key LIKE 'welcome/%'"), LETTER_WITHDRAWN);
	/* who sits there gets no second seat */
	m = secretary(h, (struct action){ .kind = ACTION_MEMBER_ADD,
	    .email = MEMBER, .name = "Mogens" });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	house_close(h);
}

static void
a_new_chair_follows_the_old_one(void **state)
{
	struct house *h = house_open();
	const char *before = dump(h);
	struct sent_mail m = secretary(h, (struct action){
	    .kind = ACTION_MEMBER_ROLE, .person = MEMBER, .choice = "chair",
	    .deadline_day = { 2027, 1, 1 } });

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(places(h, MEMBER),
	    "member until 2026-12-31, chair from 2027-01-01");
	assert_string_equal(places(h, CHAIR),
	    "chair until 2026-12-31, member from 2027-01-01");
	assert_non_null(strstr(letter(h, "receipt/mail/1"), "formand"));
	undone(h, m, SECRETARY, before, 0);
	house_close(h);
}

static void
a_substitute_takes_the_seat_by_the_secretarys_yes(void **state)
{
	struct house *h = house_open();
	const char *before;
	struct sent_mail m;

	(void)state;
	(void)secretary(h, (struct action){ .kind = ACTION_MEMBER_ADD,
	    .email = "bo@mail.example", .name = "Bo Dam",
	    .choice = "substitute" });
	look_again(h);
	before = dump(h);
	m = secretary(h, (struct action){ .kind = ACTION_MEMBER_LEAVE,
	    .person = MEMBER });
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(places(h, MEMBER), "member until 2026-11-04");
	/* no letter to the one who left, whatever the reason */
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE to_email = '" MEMBER "'"), 0);
	assert_string_equal(look(h, "SELECT words FROM decision"
	    " WHERE kind = 'succession'"), "Bo Dam");
	undone(h, m, SECRETARY, before, 1);
	house_close(h);
}

static void
a_substitute_comes_at_once_where_the_rule_says(void **state)
{
	static const struct file_rule rules[] = {
		{ "substitute-succeeds", "yes" } };
	static const struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.takes_applications = true, .rules = rules, .n_rules = 1 };
	static const struct council_file file = { .bodies = &body,
		.n_bodies = 1 };
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	const char *before;
	struct sent_mail m;
	size_t n;

	(void)state;
	assert_int_equal(import_apply(h->store, h->arena, &file, NOW,
	    &changes, &n, &err), RC_OK);
	(void)secretary(h, (struct action){ .kind = ACTION_MEMBER_ADD,
	    .email = "bo@mail.example", .name = "Bo Dam",
	    .choice = "substitute" });
	look_again(h);
	before = dump(h);
	m = secretary(h, (struct action){ .kind = ACTION_MEMBER_LEAVE,
	    .person = MEMBER });
	assert_string_equal(places(h, "bo@mail.example"),
	    "substitute until 2026-11-04, member from 2026-11-05");
	assert_int_equal(number(h, "SELECT count(*) FROM decision"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'welcome/%/bo@mail.example'"), 2);
	undone(h, m, SECRETARY, before, 1);
	house_close(h);
}

/* --- another address -------------------------------------------------------- */

static struct sent_mail
moves(struct house *h, const char *to)
{
	struct action *a = arena_alloc(h->arena, sizeof *a);

	*a = (struct action){ .kind = ACTION_ADDRESS_CHANGE, .person = MEMBER,
		.to = to, .part = -1 };
	return carry(h, (struct purpose){ .outcome = OUTCOME_ASK,
	    .reason = "confirm", .sender = { .email = MEMBER,
	    .verified = true, .by = "dmarc=pass" }, .pending = a,
	    .n_pending = 1 });
}

static void
an_address_is_confirmed_by_both_and_moves_everywhere(void **state)
{
	struct house *h = house_open();
	const char *before;
	struct sent_mail m;

	(void)state;
	(void)act(h, MEMBER, true, (struct action){ .kind = ACTION_SUBSCRIBE,
	    .body = "integrationsraad", .email = MEMBER });
	(void)act(h, MEMBER, true, (struct action){ .kind = ACTION_ABSENCE,
	    .meeting = "udsatteraad/2026-11-26", .person = MEMBER });
	before = dump(h);
	m = moves(h, NEW);
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	/* the new address's yes before the old one's: there is no question */
	m = reply(h, NEW, true, "ask/mail/3", true, ACTION_CONFIRM, NULL);
	assert_string_equal(dump(h), before);
	m = reply(h, MEMBER, true, "ask/mail/3", true, ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(dump(h), before);
	assert_non_null(strstr(letter(h, "receipt/mail/5"), NEW));
	assert_non_null(strstr(letter(h, "address/mail/5"), NEW "|"));
	/* the old one cannot answer for the new */
	(void)reply(h, MEMBER, true, "address/mail/5", true, ACTION_CONFIRM,
	    NULL);
	assert_string_equal(dump(h), before);
	m = reply(h, NEW, false, "address/mail/5", true, ACTION_CONFIRM,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT (SELECT count(*) FROM person WHERE"
	    " email = '" NEW "') + (SELECT count(*) FROM subscription WHERE"
	    " email = '" NEW "') + (SELECT count(*) FROM attendance WHERE"
	    " email = '" NEW "')"), 3);
	assert_null(strstr(dump(h), MEMBER));
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'address-old/%' AND to_email = '" MEMBER "'"), 1);
	m = reply(h, NEW, true, arena_printf(h->arena, "receipt/mail/%lld",
	    (long long)m.mail_id), true, ACTION_UNDO, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM person WHERE"
	    " email = '" MEMBER "'"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM subscription WHERE"
	    " email = '" MEMBER "'"), 1);
	house_close(h);
}

static void
an_address_of_somebody_else_is_refused_in_clear_words(void **state)
{
	static const struct { const char *to, *says; } cases[] = {
		{ CHAIR, "bruges allerede" },
		{ "udsatteraad@fjordby.example", "bruges allerede" },
		{ "kirsten@mai1.example", "forveksles" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct house *h = house_open();
		const char *before = dump(h);

		(void)moves(h, cases[i].to);
		(void)reply(h, MEMBER, true, "ask/mail/1", true,
		    ACTION_CONFIRM, NULL);
		assert_non_null(strstr(letter(h, "receipt/mail/2"),
		    cases[i].says));
		assert_string_equal(dump(h), before);
		assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE"
		    " key LIKE 'address/%'"), 0);
		house_close(h);
	}
}

/* --- out of reach ----------------------------------------------------------- */

static void
bounces(struct house *h, bool hard)
{
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_SILENT,
	    .reason = "bounce", .unreachable = MEMBER,
	    .unreachable_hard = hard });
}

static size_t
due(struct house *h)
{
	struct letter_row *rows;
	struct err err = { "" };
	size_t n, count = 0;

	assert_int_equal(letter_due(h->store, h->arena,
	    h->council.now_at + DAY, 200, &rows, &n, &err), RC_OK);
	for (size_t i = 0; i < n; i++)
		count += strcmp(rows[i].to, MEMBER) == 0;
	return count;
}

static void
two_hard_bounces_in_three_days_pause_and_a_mail_ends_it(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)act(h, MEMBER, true, (struct action){ .kind = ACTION_ABSENCE,
	    .meeting = "udsatteraad/2026-11-26", .person = MEMBER });
	assert_int_equal(due(h), 1);
	bounces(h, true);
	bounces(h, true);	/* the same day: a server that is ill */
	bounces(h, false);
	assert_int_equal(due(h), 1);
	h->council.now_at += 3 * DAY;
	bounces(h, false);
	assert_int_equal(due(h), 1);
	bounces(h, true);
	assert_int_equal(due(h), 0);
	bounces(h, true);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'notice/%/unreachable' AND to_email = '" SECRETARY "'"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM decision"
	    " WHERE kind = 'unreachable' AND state = 'open'"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM place"
	    " WHERE until_day IS NOT NULL"), 0);
	/* what nobody vouches for ends nothing */
	(void)act(h, MEMBER, false, (struct action){ .kind = ACTION_IDEA,
	    .title = "Bus", .text = "Bus" });
	assert_int_equal(due(h), 0);
	h->council.now_at += 20 * DAY;
	(void)act(h, MEMBER, true, (struct action){ .kind = ACTION_IDEA,
	    .body = "udsatteraad", .title = "Bus", .text = "Bus" });
	/* the new receipt goes, what waited for weeks does not */
	assert_int_equal(due(h), 1);
	assert_string_equal(look(h, "SELECT state FROM decision"
	    " WHERE kind = 'unreachable'"), "moot");
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_leaves_by_his_own_yes),
		cmocka_unit_test(a_new_member_is_welcomed_and_taken_back),
		cmocka_unit_test(a_new_chair_follows_the_old_one),
		cmocka_unit_test(
		    a_substitute_takes_the_seat_by_the_secretarys_yes),
		cmocka_unit_test(
		    a_substitute_comes_at_once_where_the_rule_says),
		cmocka_unit_test(
		    an_address_is_confirmed_by_both_and_moves_everywhere),
		cmocka_unit_test(
		    an_address_of_somebody_else_is_refused_in_clear_words),
		cmocka_unit_test(
		    two_hard_bounces_in_three_days_pause_and_a_mail_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
