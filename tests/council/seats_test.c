/* SPDX-License-Identifier: MIT */
/* Applications, calls and appointments: what each deed writes, and that undo
 * finds the tables as they were. */
#include "test.h"

#include "house.h"

#include "council/seats.h"

#define APPLICANT "rikke@mail.example"
#define SECRETARY "mekr@fjordby.example"
#define CHAIR "kirsten@mail.example"
#define DAY 86400

/* The tables of a call are no part of dump(). */
static const char *
seats(struct house *h)
{
	return look(h, "SELECT (SELECT group_concat(call_id || state ||"
	    " coalesce(send_at, '') || coalesce(decided_by, '')) FROM call)"
	    " || '|' || (SELECT count(*) FROM call_seat) || '|' ||"
	    " (SELECT count(*) FROM call_address) || '|' || coalesce((SELECT"
	    " group_concat(number || coalesce(outcome, '-') || coalesce(seat,"
	    " '-')) FROM candidate), '') || '|' ||"
	    " (SELECT count(*) FROM application_note)");
}

static struct house *
house_with_seats(void)
{
	static const struct file_seat groups[] = {
		{ .group = "user", .number = 3, .at_least = 2 },
		{ .group = "organisation", .number = 1 },
		{ .group = "municipal-council", .number = 2,
		    .named_by = "Byr\xc3\xa5" "det" },
	};
	static const struct file_rule rules[] = {
		{ "application-asks", "residence words group" },
	};
	static const struct file_body body = {
		.slug = "udsatteraad", .name = "Udsatter\xc3\xa5" "det",
		.kind = BODY_COUNCIL, .address = "udsatteraad@fjordby.example",
		.takes_applications = true, .seats = groups, .n_seats = 3,
		.has_seats = true, .rules = rules, .n_rules = 1 };
	static const struct council_file file = { .bodies = &body,
		.n_bodies = 1 };
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	assert_int_equal(import_apply(h->store, h->arena, &file, NOW,
	    &changes, &n, &err), RC_OK);
	return h;
}

static struct sent_mail
applies(struct house *h, const char *from, const char *words)
{
	return act(h, from, true, (struct action){
	    .kind = ACTION_APPLICATION, .body = "udsatteraad",
	    .name = "Rikke Dal", .email = from, .text = words });
}

#define WHOLE "Jeg bor i Fjordby og er bruger af varmestuen, og jeg har tid " \
	"og lyst til at v\xc3\xa6re med i jeres m\xc3\xb8" "der."
#define BARE "Jeg vil gerne s\xc3\xb8ge en plads."

/* «FORTRYD» by the one who wrote that mail: all as before. */
static void
undone(struct house *h, struct sent_mail m, const char *from,
    const char *before, const char *seats_before)
{
	struct sent_mail u = reply(h, from, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);

	assert_int_equal(u.end.outcome, OUTCOME_ACT);
	assert_string_equal(dump(h), before);
	assert_string_equal(seats(h), seats_before);
}

static void
what_is_missing_is_asked_for_once(void **state)
{
	struct house *h = house_with_seats();
	const char *text;

	(void)state;
	(void)applies(h, APPLICANT, BARE);
	text = letter(h, "receipt/mail/1");
	assert_non_null(strstr(text, "Hvor bor du?"));
	assert_non_null(strstr(text, "et par ord om dig selv"));
	assert_non_null(strstr(text, "brugere eller"));
	assert_string_equal(look(h, "SELECT asks FROM application"),
	    "residence words group");
	/* the second one is bare as well, and he was asked before */
	(void)applies(h, APPLICANT, BARE);
	text = letter(h, "receipt/mail/2");
	assert_non_null(strstr(text, "erstatter"));
	assert_null(strstr(text, "Hvor bor du?"));
	(void)applies(h, "hele@mail.example", WHOLE);
	assert_null(strstr(letter(h, "receipt/mail/3"), "mangler"));
	assert_string_equal(look(h, "SELECT seat || resident FROM application"
	    " WHERE email = 'hele@mail.example'"), "user1");
	house_close(h);
}

static struct sent_mail
adds(struct house *h, const char *from, bool verified, const char *key,
    bool with_token, const char *words)
{
	return act(h, from, verified, (struct action){
	    .kind = ACTION_APPLICATION_ADD, .text = words,
	    .ref = look(h, arena_printf(h->arena,
	    "SELECT message_id FROM letter WHERE key = '%s'", key)),
	    .token = with_token ? look(h, arena_printf(h->arena,
	    "SELECT token FROM letter WHERE key = '%s'", key)) : NULL });
}

static void
the_answer_completes_the_application(void **state)
{
	struct house *h = house_with_seats();
	const char *before, *before_seats;
	struct sent_mail m;

	(void)state;
	(void)applies(h, APPLICANT, BARE);
	before = dump(h);
	before_seats = seats(h);
	/* somebody else, and somebody with neither proof nor word */
	(void)adds(h, "anden@evil.example", true, "receipt/mail/1", true,
	    WHOLE);
	(void)adds(h, APPLICANT, false, "receipt/mail/1", false, WHOLE);
	assert_string_equal(seats(h), before_seats);
	m = adds(h, APPLICANT, false, "receipt/mail/1", true,
	    "Jeg bor her og er bruger. CPR 010203-4565");
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT words || seat || resident"
	    " FROM application_note"),
	    "Jeg bor her og er bruger. CPR 010203-xxxxuser1");
	undone(h, m, APPLICANT, before, before_seats);
	house_close(h);
}

static struct sent_mail
withdraws(struct house *h, const char *from, bool verified)
{
	return act(h, from, verified, (struct action){
	    .kind = ACTION_APPLICATION_WITHDRAW, .body = "udsatteraad" });
}

static void
an_applicant_takes_it_back_and_nobody_else(void **state)
{
	struct house *h = house_with_seats();
	const char *before, *before_seats;
	struct sent_mail m;

	(void)state;
	(void)applies(h, APPLICANT, WHOLE);
	before = dump(h);
	before_seats = seats(h);
	m = withdraws(h, "anden@evil.example", true);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = withdraws(h, APPLICANT, false);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_string_equal(dump(h), before);
	m = withdraws(h, APPLICANT, true);
	assert_string_equal(look(h, "SELECT state FROM application"),
	    "withdrawn");
	undone(h, m, APPLICANT, before, before_seats);
	house_close(h);
}

static void
one_who_may_write_for_another_makes_a_proposal(void **state)
{
	struct house *h = house_with_seats();
	const char *before = dump(h), *before_seats = seats(h);
	struct sent_mail m = act(h, "varmestuen@mail.example", true,
	    (struct action){ .kind = ACTION_APPLICATION,
	    .body = "udsatteraad", .name = "Jimmy Storm",
	    .email = "varmestuen@mail.example",
	    .by = "varmestuen@mail.example", .text = WHOLE });

	(void)state;
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	assert_string_equal(look(h, "SELECT state || name FROM nomination"),
	    "no-addressJimmy Storm");
	assert_non_null(strstr(letter(h, "receipt/mail/1"),
	    "ikke er ans\xc3\xb8gerens egen"));
	undone(h, m, "varmestuen@mail.example", before, before_seats);
	m = act(h, "datter@mail.example", true, (struct action){
	    .kind = ACTION_APPLICATION, .body = "udsatteraad",
	    .name = "Ida Holm", .email = "ida@mail.example",
	    .by = "datter@mail.example", .text = WHOLE });
	assert_non_null(strstr(letter(h, "consent/nomination/2"),
	    "ida@mail.example|"));
	house_close(h);
}

/* --- calls --------------------------------------------------------------- */

static struct sent_mail
calls(struct house *h, const char *from, struct date deadline)
{
	return act(h, from, true, (struct action){ .kind = ACTION_CALL_OPEN,
	    .body = "udsatteraad", .deadline_day = deadline,
	    .to = "a@mail.example b@mail.example" });
}
static const struct date in_a_month = { 2026, 12, 4 };

static enum call_state
call_go(struct house *h, enum rc (*go)(struct council *, struct arena *,
    struct call_row *, struct err *))
{
	struct call_row call;
	struct err err = { "" };

	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(call_newest(h->store, h->arena, "udsatteraad", &call,
	    &err), RC_OK);
	h->outbox.now_at = h->council.now_at;
	assert_int_equal(go(&h->council, h->arena, &call, &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return call.state;
}

static void
a_call_waits_for_its_stop_window_and_can_be_stopped(void **state)
{
	struct house *h = house_with_seats();
	const char *before = dump(h), *before_seats = seats(h);
	struct sent_mail m;

	(void)state;
	(void)calls(h, CHAIR, in_a_month);
	assert_string_equal(seats(h), before_seats);
	(void)calls(h, SECRETARY, (struct date){ 2026, 11, 5 });
	assert_string_equal(seats(h), before_seats);
	m = calls(h, SECRETARY, in_a_month);
	/* two users and one of organisations: Kirsten sits there */
	assert_string_equal(look(h, "SELECT group_concat(seat || number)"
	    " FROM call_seat"), "organisation1,user2");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'call/%'"), 0);
	(void)calls(h, SECRETARY, in_a_month);
	assert_int_equal(number(h, "SELECT count(*) FROM call"), 1);
	undone(h, m, SECRETARY, before, before_seats);
	(void)calls(h, SECRETARY, in_a_month);
	assert_int_equal(call_go(h, council_call_send), CALL_OPEN);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'call/%/_@mail.example'"), 2);
	m.mail_id = number(h, "SELECT max(mail_id) FROM mail");
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_UNDO,
	    NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM call"), 1);
	house_close(h);
}

static void
a_late_application_is_kept_by_the_applicants_word(void **state)
{
	struct house *h = house_with_seats();
	const char *before, *before_seats;
	struct sent_mail m;

	(void)state;
	(void)calls(h, SECRETARY, in_a_month);
	(void)call_go(h, council_call_send);
	(void)call_go(h, council_call_close);
	m = applies(h, APPLICANT, WHOLE);
	assert_string_equal(look(h, "SELECT state FROM application"), "late");
	before = dump(h);
	before_seats = seats(h);
	m = reply(h, APPLICANT, false, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)m.mail_id), true, ACTION_CONFIRM,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT state || kept_at FROM"
	    " application"), arena_printf(h->arena, "received%d", NOW));
	undone(h, m, APPLICANT, before, before_seats);
	house_close(h);
}

/* --- appointments -------------------------------------------------------- */

static struct house *
house_with_list(void)
{
	struct house *h = house_with_seats();

	(void)calls(h, SECRETARY, in_a_month);
	(void)call_go(h, council_call_send);
	(void)applies(h, APPLICANT, WHOLE);
	(void)applies(h, "b@mail.example", WHOLE);
	(void)applies(h, "c@mail.example", "Jeg kommer fra en forening og bor "
	    "i byen, hvor jeg har hjulpet mange.");
	(void)applies(h, "d@mail.example", WHOLE);
	(void)call_go(h, council_call_close);
	return h;
}

static struct sent_mail
appoints(struct house *h, const char *from, bool verified, const char *choice)
{
	return act(h, from, verified, (struct action){
	    .kind = ACTION_APPOINT, .body = "udsatteraad", .title = choice,
	    .ref = look(h, "SELECT message_id FROM letter"
	    " WHERE key LIKE 'seat-list/%'") });
}

static void
only_the_secretary_appoints_from_the_list(void **state)
{
	struct house *h = house_with_list();
	const char *before = dump(h), *before_seats = seats(h);
	struct sent_mail m;

	(void)state;
	(void)appoints(h, CHAIR, true, "appoint 1");
	(void)appoints(h, SECRETARY, false, "appoint 1");
	(void)appoints(h, APPLICANT, true, "appoint 1");
	m = appoints(h, SECRETARY, true, "appoint 1 9");
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	(void)appoints(h, SECRETARY, true, "appoint 1=municipal-council");
	(void)appoints(h, SECRETARY, true, "appoint 1; reject 1");
	assert_string_equal(dump(h), before);
	assert_string_equal(seats(h), before_seats);
	house_close(h);
}

static void
an_appointment_is_shown_and_can_be_stopped(void **state)
{
	struct house *h = house_with_list();
	const char *before = dump(h), *before_seats = seats(h), *text;
	struct sent_mail m = appoints(h, SECRETARY, true,
	    "appoint 1; reserve 4; reject rest");

	(void)state;
	text = letter(h, arena_printf(h->arena, "receipt/mail/%lld",
	    (long long)m.mail_id));
	assert_non_null(strstr(text, "STOP"));
	assert_non_null(strstr(text, "ikke besat"));
	assert_string_equal(look(h, "SELECT group_concat(number || outcome ||"
	    " coalesce(seat, '') || coalesce(rank, '')) FROM candidate"),
	    "1appointeduser,2rejected,3rejected,4reserve1");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'seat-decision/%'"), 0);
	undone(h, m, SECRETARY, before, before_seats);
	house_close(h);
}

static void
each_hears_what_was_decided_and_the_rest_waits(void **state)
{
	struct house *h = house_with_list();

	(void)state;
	(void)appoints(h, SECRETARY, true, "appoint 1 3");
	h->council.now_at += 700;
	assert_int_equal(call_go(h, council_call_deliver), CALL_CLOSED);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'seat-decision/%'"), 2);
	assert_string_equal(look(h, "SELECT group_concat(seat) FROM"
	    " (SELECT place.seat FROM place JOIN person USING (person_id) WHERE email IN ('" APPLICANT "',"
	    " 'c@mail.example') ORDER BY 1)"), "organisation,user");
	(void)appoints(h, SECRETARY, true, "appoint 2; reserve 1");
	assert_int_equal(number(h, "SELECT count(*) FROM candidate"
	    " WHERE outcome IS NOT NULL"), 2);
	(void)appoints(h, SECRETARY, true, "appoint 2; reserve rest");
	h->council.now_at += 700;
	assert_int_equal(call_go(h, council_call_deliver), CALL_ENDED);
	assert_string_equal(look(h, "SELECT group_concat(state) FROM (SELECT"
	    " state FROM application ORDER BY application_id)"),
	    "accepted,accepted,accepted,reserve");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'seat-decision/%'"), 4);
	/* a place on the reserve list is the person's to give up */
	(void)withdraws(h, "d@mail.example", true);
	assert_string_equal(look(h, "SELECT state FROM application"
	    " WHERE email = 'd@mail.example'"), "withdrawn");
	house_close(h);
}

static void
organisations_fill_the_seats_of_some_councils(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	((struct world_body *)(uintptr_t)&h->world.bodies[0])
	    ->takes_applications = false;
	m = applies(h, APPLICANT, WHOLE);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_non_null(strstr(letter(h, "receipt/mail/1"),
	    "Organisationerne v\xc3\xa6lger"));
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_missing_is_asked_for_once),
		cmocka_unit_test(the_answer_completes_the_application),
		cmocka_unit_test(an_applicant_takes_it_back_and_nobody_else),
		cmocka_unit_test(
		    one_who_may_write_for_another_makes_a_proposal),
		cmocka_unit_test(
		    a_call_waits_for_its_stop_window_and_can_be_stopped),
		cmocka_unit_test(
		    a_late_application_is_kept_by_the_applicants_word),
		cmocka_unit_test(only_the_secretary_appoints_from_the_list),
		cmocka_unit_test(an_appointment_is_shown_and_can_be_stopped),
		cmocka_unit_test(
		    each_hears_what_was_decided_and_the_rest_waits),
		cmocka_unit_test(
		    organisations_fill_the_seats_of_some_councils),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
