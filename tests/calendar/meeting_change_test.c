/* SPDX-License-Identifier: MIT */
/* A meeting is planned, moved, changed, called off: who hears of it and when,
 * what is asked again, and what is taken back. */
#include "test.h"

#include "year.h"

#include "council/deed.h"
#include "council/year_plan.h"
#include "rules/meeting_facts.h"
#include "store/meeting_change.h"

#define SECRETARY "mekr@fjordby.example"
#define WHEN(h, m) date_at((struct date){ 2026, 11, 10 }, h, m)

static const struct date day0 = { 2026, 11, 5 }, day1 = { 2026, 11, 10 };

/* The world as it is at that minute, nobody sleeps. */
static void
clock_at(struct house *h, int64_t now_at)
{
	struct err err = { "" };

	h->council.now_at = h->outbox.now_at = now_at;
	assert_int_equal(world_load(h->store, h->arena, now_at, &h->world,
	    &err), RC_OK);
}

static struct sent_mail
order(struct house *h, int64_t now_at, enum action_kind kind,
    const char *meeting, const char *facts)
{
	clock_at(h, now_at);
	return act(h, SECRETARY, true, (struct action){ .kind = kind,
	    .body = "udsatteraad", .meeting = meeting, .text = facts,
	    .title = "2026-12-18" });
}

/* The engine calls at that instant. */
static size_t
turn(struct house *h, int64_t now_at)
{
	int64_t next;
	struct err err = { "" };
	size_t n = 0;

	clock_at(h, now_at);
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(calendar_run(&h->council, h->arena, &next, &n,
	    &err), RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return n;
}

static const char *
start_of(struct house *h, const char *meeting)
{
	return look(h, arena_printf(h->arena, "SELECT datetime(start_at,"
	    " 'unixepoch', 'localtime') || ' ' || state || ' ' || round ||"
	    " ' ' || coalesce(place, '-') FROM meeting WHERE slug = '%s'",
	    meeting));
}

static const char *
receipt(struct house *h, struct sent_mail sent)
{
	return letter(h, arena_printf(h->arena, "receipt/mail/%lld",
	    (long long)sent.mail_id));
}

static void
a_moved_meeting_is_told_after_ten_minutes_and_asked_again(void **state)
{
	struct house *h = year_open();
	struct sent_mail sent;

	(void)state;
	(void)at(h, day0, 8, NULL);
	assert_int_equal(letters(h, "invitation/"), 3);
	says(h, "mb@center.example", REPLY_COMES);
	sent = order(h, WHEN(10, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2026-12-18\nplace: Biblioteket\n");
	assert_int_equal(sent.end.outcome, OUTCOME_ACT);
	assert_non_null(strstr(receipt(h, sent), "kl. 10.10 til 3 i rådet. "
	    "De bliver spurgt igen"));
	assert_non_null(strstr(receipt(h, sent), "fredag den 18. december "
	    "2026"));
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-18 16:00:00 called 1 Biblioteket");
	(void)turn(h, WHEN(10, 9));
	assert_int_equal(letters(h, "meeting-change/"), 0);
	(void)turn(h, WHEN(10, 10));
	assert_int_equal(letters(h, "meeting-change/"), 3);
	assert_non_null(strstr(letter(h, "meeting-change/" MEETING
	    "/1/mb@center.example"), "Dit gamle svar gælder ikke"));
	assert_non_null(strstr(letter(h, "meeting-change/" MEETING
	    "/1/aase@mail.example"), "Før var det torsdag den 17. december "
	    "2026 kl. 16.00"));
	assert_null(strstr(letter(h, "meeting-change/" MEETING
	    "/1/aase@mail.example"), "gamle svar"));
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"
	    " WHERE replaced_by IS NULL"), 0);
	assert_int_equal(number(h, "SELECT sequence FROM meeting"
	    " WHERE slug = '" MEETING "'"), 1);
	(void)turn(h, WHEN(12, 0));
	assert_int_equal(letters(h, "meeting-change/"), 3);
	assert_int_equal(letters(h, "invitation/"), 3);
	house_close(h);
}

/* The reminders of the old day were sent: those of the new one come too. */
static void
the_due_dates_begin_anew_and_nothing_comes_twice(void **state)
{
	struct house *h = year_open();
	struct date near = { 2026, 12, 15 };

	(void)state;
	(void)at(h, day0, 8, NULL);
	(void)at(h, (struct date){ 2026, 12, 1 }, 8, NULL);
	assert_int_equal(letters(h, "answer-reminder/"), 3);
	(void)at(h, near, 8, NULL);
	assert_int_equal(letters(h, "meeting-reminder/"), 3);
	(void)order(h, date_at(near, 9, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2027-01-28\n");
	(void)turn(h, date_at(near, 9, 10));
	assert_int_equal(letters(h, "meeting-change/"), 3);
	for (struct date day = near; date_compare(day,
	    (struct date){ 2027, 1, 30 }) < 0; day = date_add_days(day, 1))
		(void)at(h, day, 10, NULL);
	assert_int_equal(letters(h, "answer-reminder/"), 6);
	assert_int_equal(letters(h, "meeting-reminder/"), 6);
	assert_int_equal(letters(h, "invitation/"), 3);
	assert_string_equal(start_of(h, MEETING),
	    "2027-01-28 16:00:00 held 1 Centret");
	house_close(h);
}

static void
stop_within_the_window_takes_it_back(void **state)
{
	struct house *h = year_open();
	struct sent_mail sent;
	const char *before;

	(void)state;
	(void)at(h, day0, 8, NULL);
	before = dump(h);
	sent = order(h, WHEN(10, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2026-12-18\n");
	clock_at(h, WHEN(10, 5));
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)sent.mail_id), true,
	    ACTION_UNDO, NULL);
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-17 16:00:00 called 0 Centret");
	(void)turn(h, WHEN(11, 0));
	assert_int_equal(letters(h, "meeting-change/"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM meeting_change"), 0);
	assert_int_equal(strlen(before), strlen(dump(h)));
	house_close(h);
}

static void
after_the_letters_it_is_too_late(void **state)
{
	struct house *h = year_open();
	struct sent_mail sent;

	(void)state;
	(void)at(h, day0, 8, NULL);
	sent = order(h, WHEN(10, 0), ACTION_MEETING_CANCEL, MEETING, "");
	(void)turn(h, WHEN(10, 10));
	assert_int_equal(letters(h, "meeting-cancel/"), 3);
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)sent.mail_id), true,
	    ACTION_UNDO, NULL);
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-17 16:00:00 cancelled 0 Centret");
	/* and nothing more of it */
	for (struct date day = day1; date_compare(day,
	    (struct date){ 2026, 12, 20 }) < 0; day = date_add_days(day, 1))
		(void)at(h, day, 10, NULL);
	assert_int_equal(letters(h, "meeting-reminder/"), 0);
	assert_int_equal(letters(h, "agenda-draft/"), 0);
	house_close(h);
}

/* Two changes in one window: one letter; the first is taken back alone. */
static void
two_changes_go_in_one_letter_and_are_taken_back_one_by_one(void **state)
{
	struct house *h = year_open();
	struct sent_mail first;

	(void)state;
	(void)at(h, day0, 8, NULL);
	first = order(h, WHEN(10, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2026-12-18\n");
	(void)order(h, WHEN(10, 4), ACTION_MEETING_CHANGE, MEETING,
	    "place: Biblioteket\n");
	(void)turn(h, WHEN(10, 11));
	assert_int_equal(letters(h, "meeting-change/"), 0);
	clock_at(h, WHEN(10, 12));
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)first.mail_id), true,
	    ACTION_UNDO, NULL);
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-17 16:00:00 called 0 Biblioteket");
	(void)turn(h, WHEN(10, 14));
	assert_int_equal(letters(h, "meeting-change/"), 3);
	assert_non_null(strstr(letter(h, "meeting-change/" MEETING
	    "/2/mb@center.example"), "Nyt sted: Biblioteket"));
	assert_null(strstr(letter(h, "meeting-change/" MEETING
	    "/2/mb@center.example"), "Ny tid"));
	house_close(h);
}

static void
after_a_change_of_room_the_answers_stand(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, day0, 8, NULL);
	says(h, "mb@center.example", REPLY_COMES);
	(void)order(h, WHEN(10, 0), ACTION_MEETING_CHANGE, MEETING,
	    "place: Biblioteket\n");
	(void)turn(h, WHEN(10, 10));
	assert_non_null(strstr(letter(h, "meeting-change/" MEETING
	    "/1/mb@center.example"), "Dit svar gælder stadig"));
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"
	    " WHERE replaced_by IS NULL"), 1);
	house_close(h);
}

static void
a_planned_meeting_is_called_on_its_day_or_when_the_window_is_over(
    void **state)
{
	struct house *h = year_open();
	struct sent_mail sent = order(h, WHEN(10, 0), ACTION_MEETING_PLAN,
	    NULL, "day: 2026-12-03\nstart: 16:00\nend: 18:00\n"
	    "place: V\xc3\xa6restedet\ntheme: b\xc3\xb8rn\n");

	(void)state;
	assert_non_null(strstr(receipt(h, sent), "Nyt møde: torsdag den 3. "
	    "december 2026 kl. 16.00–18.00, Værestedet. Tema: børn"));
	assert_non_null(strstr(receipt(h, sent), "kl. 10.10 til 3 i rådet"));
	(void)turn(h, WHEN(10, 5));
	assert_int_equal(letters(h, "invitation/udsatteraad/2026-12-03"), 0);
	(void)turn(h, WHEN(10, 10));
	(void)turn(h, WHEN(10, 11));
	assert_int_equal(letters(h, "invitation/udsatteraad/2026-12-03"), 3);
	/* a second one on that day has another id */
	sent = order(h, WHEN(11, 0), ACTION_MEETING_PLAN, NULL,
	    "day: 2026-12-03\nstart: 19:00\nagain: yes\n");
	assert_string_equal(start_of(h, "udsatteraad/2026-12-03-2"),
	    "2026-12-03 19:00:00 planned 0 -");
	clock_at(h, WHEN(11, 5));
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%lld", (long long)sent.mail_id), true,
	    ACTION_UNDO, NULL);
	assert_string_equal(start_of(h, "udsatteraad/2026-12-03-2"), "");
	house_close(h);
}

static void
what_cannot_be_is_not_done(void **state)
{
	static const struct {
		enum action_kind kind;
		const char *meeting, *facts;
	} rows[] = {
		{ ACTION_MEETING_PLAN, NULL, "day: 2026-12-17\nstart: 19:00" },
		{ ACTION_MEETING_PLAN, NULL, "day: 2026-11-01\nstart: 19:00" },
		{ ACTION_MEETING_PLAN, NULL, "day: 2027-02-29\nstart: 19:00" },
		{ ACTION_MEETING_MOVE, MEETING, "day: 2026-11-01\n" },
		{ ACTION_MEETING_CHANGE, MEETING, "place: a\\nb\n" },
		{ ACTION_MEETING_CHANGE, MEETING, "end: 15:00\n" },
		{ ACTION_MEETING_CHANGE, MEETING, "place: Centret\n" },
		{ ACTION_MEETING_CANCEL, "udsatteraad/2026-11-26", "" },
		{ ACTION_MEETING_GUEST, MEETING, "name: Ida\n" },
		{ ACTION_MEETING_GUEST, MEETING,
		    "email: ida@x.example\nstart: 20:00\n" },
	};
	struct house *h = year_open();
	const char *before;

	(void)state;
	(void)at(h, day0, 8, NULL);
	before = dump(h);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sent_mail sent = order(h, WHEN(10, 0), rows[i].kind,
		    rows[i].meeting, rows[i].facts);

		if (sent.end.outcome == OUTCOME_ACT)
			print_error("%s %s is done\n",
			    action_word(rows[i].kind), rows[i].facts);
		assert_int_not_equal(sent.end.outcome, OUTCOME_ACT);
		assert_string_equal(dump(h), before);
	}
	assert_int_equal(number(h, "SELECT count(*) FROM meeting_change"), 0);
	house_close(h);
}

static void
only_who_plans_may(void **state)
{
	static const char *const nobody[] = { "aase@mail.example",
		"kirsten@mail.example", "sofie@elsewhere.example",
		"borger@mail.example" };
	struct house *h = year_open();

	(void)state;
	(void)at(h, day0, 8, NULL);
	for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
		clock_at(h, WHEN(10, 0));
		(void)act(h, nobody[i], true, (struct action){
		    .kind = ACTION_MEETING_CANCEL, .body = "udsatteraad",
		    .meeting = MEETING, .text = "" });
	}
	clock_at(h, WHEN(10, 0));
	(void)act(h, SECRETARY, false, (struct action){
	    .kind = ACTION_MEETING_CANCEL, .body = "udsatteraad",
	    .meeting = MEETING, .text = "" });
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-17 16:00:00 called 0 Centret");
	house_close(h);
}

static void
a_guest_is_asked_answers_and_hears_of_the_move(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, day0, 8, NULL);
	(void)order(h, WHEN(10, 0), ACTION_MEETING_GUEST, MEETING,
	    "name: Ida Holm\nemail: ida@center.example\nstart: 16:30\n"
	    "point: 2\nmatter: sm\xc3\xa5 b\xc3\xb8rn\n");
	assert_int_equal(letters(h, "guest/"), 0);
	(void)turn(h, WHEN(10, 10));
	assert_int_equal(letters(h, "guest/"), 1);
	assert_non_null(strstr(letter(h, "guest/" MEETING
	    "/1/ida@center.example"), "Din tid: kl. 16.30, punkt 2"));
	assert_int_equal(letters(h, "meeting-change/"), 0);
	clock_at(h, WHEN(12, 0));
	(void)act(h, "ida@center.example", true, (struct action){
	    .kind = ACTION_GUEST_REPLY, .meeting = MEETING, .order = "yes",
	    .body = "udsatteraad", .title = "Sundhed p\xc3\xa5 gadeplan" });
	assert_string_equal(look(h, "SELECT reply || ' ' || title FROM"
	    " meeting_guest WHERE replaced_by IS NULL"),
	    "yes Sundhed p\xc3\xa5 gadeplan");
	/* another cannot answer for her */
	(void)act(h, "aase@mail.example", true, (struct action){
	    .kind = ACTION_GUEST_REPLY, .meeting = MEETING, .order = "no",
	    .body = "udsatteraad" });
	assert_int_equal(number(h, "SELECT count(*) FROM meeting_guest"
	    " WHERE replaced_by IS NULL AND reply = 'yes'"), 1);
	(void)order(h, WHEN(13, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2026-12-18\nstart: 17:00\n");
	(void)turn(h, WHEN(13, 10));
	assert_int_equal(letters(h, "meeting-change/"), 4);
	assert_string_equal(look(h, "SELECT datetime(from_at, 'unixepoch',"
	    " 'localtime') FROM meeting_guest WHERE replaced_by IS NULL"),
	    "2026-12-18 17:30:00");
	assert_non_null(strstr(letter(h, "meeting-change/" MEETING
	    "/2/ida@center.example"), "Kommer du?"));
	house_close(h);
}

/* Whoever sits in both gets one invitation; each body has its own agenda. */
static void
a_joint_meeting_has_one_invitation_and_an_agenda_of_each(void **state)
{
	struct house *h = year_open();
	struct err err = { "" };
	struct import_change *changes;
	const struct file_place places[] = {
		{ .name = "Sofie Ravn", .email = "sofie@elsewhere.example",
		    .role = ROLE_SECRETARY },
		{ .name = "Aase Lind", .email = "aase@mail.example",
		    .role = ROLE_MEMBER },
		{ .name = "Long", .email = "long@mail.example",
		    .role = ROLE_CHAIR },
	};
	const struct file_body body = { .slug = "integrationsraad",
		.name = "Integrationsr\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.places = places, .n_places = 3, .has_places = true };
	size_t n;

	(void)state;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	(void)order(h, WHEN(10, 0), ACTION_MEETING_PLAN, NULL,
	    "day: 2026-12-10\nstart: 16:00\nkind: joint\n"
	    "with: integrationsraad\n");
	(void)turn(h, WHEN(10, 10));
	(void)turn(h, WHEN(10, 11));
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key LIKE"
	    " 'invitation/%/2026-12-10/%' AND to_email ="
	    " 'aase@mail.example'"), 1);
	assert_int_equal(number(h, "SELECT count(DISTINCT to_email) FROM"
	    " letter WHERE key LIKE 'invitation/%/2026-12-10/%'"), 5);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'invitation/integrationsraad/%'"), 0);
	/* an answer about either part is one answer */
	clock_at(h, WHEN(12, 0));
	(void)act(h, "long@mail.example", true, (struct action){
	    .kind = ACTION_ATTENDANCE, .body = "integrationsraad",
	    .meeting = "integrationsraad/2026-12-10",
	    .person = "long@mail.example" });
	assert_string_equal(look(h, "SELECT slug FROM attendance JOIN meeting"
	    " USING (meeting_id) WHERE email = 'long@mail.example'"),
	    "udsatteraad/2026-12-10");
	/* each secretary has a draft of her own */
	(void)at(h, (struct date){ 2026, 11, 27 }, 8, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key LIKE"
	    " 'agenda-draft/udsatteraad/2026-12-10/%' AND to_email = '"
	    SECRETARY "'"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key LIKE"
	    " 'agenda-draft/integrationsraad/2026-12-10/%' AND to_email ="
	    " 'sofie@elsewhere.example'"), 1);
	/* and both parts move together */
	(void)order(h, date_at((struct date){ 2026, 11, 27 }, 10, 0),
	    ACTION_MEETING_MOVE, "udsatteraad/2026-12-10",
	    "day: 2026-12-11\n");
	assert_int_equal(number(h, "SELECT count(DISTINCT start_at) FROM"
	    " meeting WHERE slug LIKE '%/2026-12-10'"), 1);
	house_close(h);
}

static void
a_file_that_is_read_again_leaves_what_has_become_of_a_meeting(void **state)
{
	struct house *h = year_open();
	struct file_meeting m = { .id = MEETING, .place = "Centret",
		.kind = MEETING_ORDINARY, .state = MEETING_PLANNED };
	struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.committee = "socialudvalg", .takes_applications = true,
		.meetings = &m, .n_meetings = 1 };
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	(void)state;
	m.start_at = date_at((struct date){ 2026, 12, 17 }, 16, 0);
	m.end_at = m.start_at + 7200;
	(void)at(h, day0, 8, NULL);
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(n, 0);
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-17 16:00:00 called 0 Centret");
	(void)order(h, WHEN(10, 0), ACTION_MEETING_MOVE, MEETING,
	    "day: 2026-12-18\n");
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	assert_int_equal(n, 0);
	assert_string_equal(start_of(h, MEETING),
	    "2026-12-18 16:00:00 called 1 Centret");
	house_close(h);
}

/* Once, on 1 November or the working day after; her «ok» plans them all, and
 * is taken back as one. */
static void
the_year_is_proposed_once_and_taken_by_one_word(void **state)
{
	struct house *h = year_open();
	struct decision_row row = { .kind = "year-plan" };
	struct err err = { "" };

	(void)state;
	(void)at(h, (struct date){ 2026, 10, 31 }, 12, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM year_plan"), 0);
	(void)at(h, (struct date){ 2026, 11, 2 }, 9, NULL);
	(void)at(h, (struct date){ 2026, 11, 2 }, 10, NULL);
	(void)at(h, (struct date){ 2026, 11, 9 }, 10, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE kind ="
	    " 'year-plan'"), 1);
	assert_non_null(strstr(look(h, "SELECT words FROM decision WHERE kind"
	    " = 'year-plan'"), "torsdag den 16. december 2027 kl. 16.00"));
	assert_int_equal(number(h, "SELECT count(*) FROM decision WHERE kind ="
	    " 'dialogue-missing'"), 1);
	{
		struct act a = { .council = &h->council, .arena = h->arena,
			.sender = { .email = SECRETARY, .verified = true },
			.why = buf_open(h->arena) };
		struct deed_end end = { 0 };
		int64_t line;

		assert_int_equal(journal_add(h->store, &(struct journal_row){
		    .at = h->council.now_at, .deed = "decide",
		    .body = "udsatteraad" }, &line, &err), RC_OK);
		row.body = "udsatteraad";
		row.row_id = 2027;
		row.key = "year-plan/udsatteraad/2027";
		assert_int_equal(decision_year_plan.run(&a, &row, "accept",
		    NULL, line, &end, &err), RC_OK);
		assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE"
		    " state = 'planned' AND start_at > unixepoch("
		    "'2027-01-01')"), 2);
		assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE"
		    " kind = 'dialogue' AND with_body = 'socialudvalg'"), 1);
		assert_int_equal(decision_year_plan.undo(&a, line, &err),
		    RC_OK);
		assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE"
		    " start_at > unixepoch('2027-01-01')"), 0);
	}
	house_close(h);
}

/* A dialogue meeting that is planned in the end needs no answer any more. */
static void
the_dialogue_meeting_is_asked_for_until_it_is_planned(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 9 }, 10, NULL);
	assert_string_equal(look(h, "SELECT state FROM decision WHERE kind ="
	    " 'dialogue-missing'"), "open");
	(void)order(h, WHEN(10, 0), ACTION_MEETING_PLAN, NULL,
	    "day: 2026-12-10\nstart: 16:00\nkind: dialogue\n");
	(void)turn(h, WHEN(10, 11));
	assert_string_not_equal(look(h, "SELECT state FROM decision WHERE"
	    " kind = 'dialogue-missing'"), "open");
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_moved_meeting_is_told_after_ten_minutes_and_asked_again),
		cmocka_unit_test(
		    the_due_dates_begin_anew_and_nothing_comes_twice),
		cmocka_unit_test(stop_within_the_window_takes_it_back),
		cmocka_unit_test(after_the_letters_it_is_too_late),
		cmocka_unit_test(
		    two_changes_go_in_one_letter_and_are_taken_back_one_by_one),
		cmocka_unit_test(after_a_change_of_room_the_answers_stand),
		cmocka_unit_test(
    a_planned_meeting_is_called_on_its_day_or_when_the_window_is_over),
		cmocka_unit_test(what_cannot_be_is_not_done),
		cmocka_unit_test(only_who_plans_may),
		cmocka_unit_test(
		    a_guest_is_asked_answers_and_hears_of_the_move),
		cmocka_unit_test(
		    a_joint_meeting_has_one_invitation_and_an_agenda_of_each),
		cmocka_unit_test(
	a_file_that_is_read_again_leaves_what_has_become_of_a_meeting),
		cmocka_unit_test(
		    the_year_is_proposed_once_and_taken_by_one_word),
		cmocka_unit_test(
		    the_dialogue_meeting_is_asked_for_until_it_is_planned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
