/* SPDX-License-Identifier: MIT */
/* The year of one council, day by day, on a real database. */
#include "test.h"

#include "../council/house.h"
#include "base/date.h"
#include "calendar/calendar.h"
#include "rules/year.h"
#include "store/attendance.h"
#include "store/due.h"
#include "store/journal.h"

#define MEETING "udsatteraad/2026-12-17"

/* The same meeting, held with the committee. */
static struct house *
meeting_open(bool dialogue)
{
	/* the two of house.h are called off */
	struct file_meeting m[] = {
		{ .id = MEETING, .place = "Centret", .kind = MEETING_ORDINARY,
		    .state = MEETING_PLANNED },
		council_meetings[0], council_meetings[1],
	};
	static const struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.address = "udsatteraad@fjordby.example",
		.committee = "socialudvalg", .takes_applications = true,
		.n_meetings = 3 };
	static const struct file_place politicians[] = {
		{ .name = "Udvalgsformanden", .role = ROLE_CHAIR,
		    .email = "formand@raadhus.example" },
		{ .name = "Udvalgsmedlem To", .role = ROLE_MEMBER,
		    .email = "to@raadhus.example" },
		{ .name = "Udvalgets sekret\xc3\xa6r", .role = ROLE_SECRETARY,
		    .email = "sekretaer@raadhus.example" },
	};
	struct file_body b = body, two[2] = { body, {
		.slug = "socialudvalg", .name = "Socialudvalget",
		.kind = BODY_COMMITTEE, .places = politicians,
		.n_places = dialogue ? 3 : 0, .has_places = dialogue } };
	struct house *h = house_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	m[0].start_at = date_at((struct date){ 2026, 12, 17 }, 16, 0);
	m[0].end_at = m[0].start_at + 7200;
	m[1].state = m[2].state = MEETING_CANCELLED;
	if (dialogue) {
		m[0].kind = MEETING_DIALOGUE;
		m[0].with_body = "socialudvalg";
	}
	b.meetings = m;
	two[0] = b;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = two, .n_bodies = 2 }, NOW,
	    &changes, &n, &err), RC_OK);
	return h;
}

static struct house *
year_open(void)
{
	return meeting_open(false);
}

/* The engine calls at that hour; how many due dates were carried out. */
static size_t
at(struct house *h, struct date day, int hour, int64_t *next_at)
{
	int64_t ignored, now_at = date_at(day, hour, 0);
	struct err err = { "" };
	size_t n = 0;
	enum rc rc;

	h->council.now_at = h->outbox.now_at = now_at;
	assert_int_equal(store_begin(h->store, &err), RC_OK);
	assert_int_equal(world_load(h->store, h->arena, now_at, &h->world,
	    &err), RC_OK);
	rc = calendar_run(&h->council, h->arena, next_at == NULL ? &ignored :
	    next_at, &n, &err);
	if (rc != RC_OK)
		print_error("%d %s\n", rc, err.text);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(store_commit(h->store, &err), RC_OK);
	return n;
}

static void
says(struct house *h, const char *email, enum reply reply)
{
	struct err err = { "" };
	int64_t journal_id;

	assert_int_equal(journal_add(h->store, &(struct journal_row){
	    .at = h->council.now_at, .deed = "attendance",
	    .body = "udsatteraad", .by = email, .by_what = "dmarc=pass",
	    .about = MEETING }, &journal_id, &err), RC_OK);
	assert_int_equal(attendance_set(h->store, &(struct attendance){
	    .meeting = MEETING, .email = email, .reply = reply,
	    .at = h->council.now_at, .journal_id = journal_id }, &err),
	    RC_OK);
}

static long
letters(struct house *h, const char *like)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " WHERE key LIKE '%s%%'", like));
}

#define ABOUT "/" MEETING "/"

static void
the_invitation_goes_once_on_its_day(void **state)
{
	struct house *h = year_open();
	int64_t next_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 7, &next_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	assert_true(next_at <= date_at((struct date){ 2026, 11, 5 }, 8, 0));
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE slug ="
	    " '" MEETING "' AND state = 'called'"), 1);
	assert_int_equal(at(h, (struct date){ 2026, 11, 5 }, 9, NULL), 0);
	/* the clock goes back a month: nothing again */
	assert_int_equal(at(h, (struct date){ 2026, 10, 5 }, 9, NULL), 0);
	assert_int_equal(at(h, (struct date){ 2026, 11, 5 }, 9, NULL), 0);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_non_null(strstr(letter(h, "invitation" ABOUT
	    "mb@center.example"), "torsdag den 17. december 2026"));
	house_close(h);
}

static void
those_who_are_silent_are_asked_again(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	says(h, "mb@center.example", REPLY_COMES);
	says(h, "aase@mail.example", REPLY_ABSENT);
	(void)at(h, (struct date){ 2026, 12, 1 }, 8, NULL);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 1);
	assert_string_not_equal(letter(h, "answer-reminder" ABOUT
	    "kirsten@mail.example"), "");
	house_close(h);
}

static void
two_days_before_all_but_the_absent_are_reminded(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	says(h, "mb@center.example", REPLY_COMES);
	says(h, "aase@mail.example", REPLY_ABSENT);
	(void)at(h, (struct date){ 2026, 12, 15 }, 8, NULL);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 2);
	assert_string_equal(letter(h, "meeting-reminder" ABOUT
	    "aase@mail.example"), "");
	assert_non_null(strstr(letter(h, "meeting-reminder" ABOUT
	    "mb@center.example"), "Du har svaret, at du kommer"));
	assert_non_null(strstr(letter(h, "meeting-reminder" ABOUT
	    "kirsten@mail.example"), "Vi ved ikke endnu"));
	house_close(h);
}

static void
after_a_stop_it_is_caught_up_or_passed(void **state)
{
	struct house *h = year_open();

	(void)state;
	/* Asleep until the day before: invited late, reminded, but nobody is
	 * asked for points that are over. */
	(void)at(h, (struct date){ 2026, 12, 16 }, 10, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 3);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 0);
	/* Asleep until it is over: no letter at all. */
	house_close(h);
	h = year_open();
	(void)at(h, (struct date){ 2026, 12, 18 }, 10, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE ref ="
	    " '" MEETING "'"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM meeting WHERE slug ="
	    " '" MEETING "' AND state = 'held'"), 1);
	assert_true(number(h, "SELECT count(*) FROM due_done WHERE"
	    " outcome = 'passed'") >= 3);
	house_close(h);
}

static void
nobody_is_woken_at_night(void **state)
{
	struct house *h = year_open();
	int64_t next_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 8 }, 23, &next_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	assert_true(next_at == date_at((struct date){ 2026, 11, 9 }, 7, 0));
	(void)at(h, (struct date){ 2026, 11, 9 }, 7, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	house_close(h);
}

static void
the_body_sets_its_own_days(void **state)
{
	static const struct file_rule rules[] = {
		{ "invitation-days", "-20 working days" },
		{ "meeting-reminder-days", "nonsense" } };
	struct file_body body = { .slug = "udsatteraad",
		.name = "Udsatter\xc3\xa5" "det", .kind = BODY_COUNCIL,
		.takes_applications = true, .rules = rules, .n_rules = 2 };
	struct house *h = year_open();
	struct import_change *changes;
	struct err err = { "" };
	size_t n;

	(void)state;
	assert_int_equal(import_apply(h->store, h->arena,
	    &(struct council_file){ .bodies = &body, .n_bodies = 1 }, NOW,
	    &changes, &n, &err), RC_OK);
	(void)at(h, (struct date){ 2026, 11, 18 }, 12, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	(void)at(h, (struct date){ 2026, 11, 19 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	/* a slip in a rule: the usual day */
	(void)at(h, (struct date){ 2026, 12, 15 }, 8, NULL);
	assert_int_equal(letters(h, "meeting-reminder" ABOUT), 3);
	house_close(h);
}

static void
whoever_was_invited_late_is_not_asked_at_once(void **state)
{
	struct house *h = year_open();

	(void)state;
	(void)at(h, (struct date){ 2026, 12, 2 }, 8, NULL);
	(void)at(h, (struct date){ 2026, 12, 3 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 3);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 0);
	house_close(h);
}

/* Two days before Sunday, 3 January 2027, is New Year's Day. */
static void
a_day_that_is_a_holiday_counts_as_the_one_before(void **state)
{
	struct house *h = year_open();
	struct world_meeting meeting = { .id = MEETING,
		.day = { 2027, 1, 3 } };
	struct gathering g;
	struct err err = { "" };
	int64_t at = 0;

	(void)state;
	assert_int_equal(gathering_open(&h->council, h->arena,
	    &h->world.bodies[0], &meeting, &g, &err), RC_OK);
	assert_int_equal(gathering_day(&g, "meeting-reminder-days", "-2", &at,
	    &err), RC_OK);
	assert_true(at == date_at((struct date){ 2026, 12, 31 }, 8, 0));
	house_close(h);
}

/* To look does nothing. */
static void
asking_when_is_not_doing(void **state)
{
	struct house *h = year_open();
	struct err err = { "" };
	int64_t next_at = 0, told_at;

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 7, &told_at);
	assert_int_equal(calendar_next(&h->council, h->arena, &next_at,
	    &err), RC_OK);
	assert_true(next_at == told_at);
	h->council.now_at = date_at((struct date){ 2026, 11, 5 }, 8, 0);
	assert_int_equal(calendar_next(&h->council, h->arena, &next_at,
	    &err), RC_OK);
	assert_true(next_at == h->council.now_at);
	assert_int_equal(letters(h, "invitation" ABOUT), 0);
	house_close(h);
}

/* Called each hour that it asks for, or each hour of the year: the same. */
static void
calling_when_it_asks_is_enough(void **state)
{
	struct house *h = year_open();
	int64_t next_at = date_at((struct date){ 2026, 11, 1 }, 0, 0);
	char *keys;
	int turns = 0;

	(void)state;
	while (next_at != CALENDAR_NEVER && turns++ < 200) {
		struct local l = date_local(next_at);

		assert_int_equal(l.minute, 0);
		(void)at(h, l.day, l.hour, &next_at);
	}
	assert_true(turns < 100);
	keys = strdup(look(h, "SELECT group_concat(key) FROM (SELECT key FROM"
	    " letter WHERE ref = '" MEETING "' ORDER BY key)"));
	house_close(h);
	h = year_open();
	for (int i = 0; i < 50 * 24; i++)
		(void)at(h, date_add_days((struct date){ 2026, 11, 1 },
		    i / 24), i % 24, NULL);
	assert_string_equal(look(h, "SELECT group_concat(key) FROM (SELECT"
	    " key FROM letter WHERE ref = '" MEETING "' ORDER BY key)"),
	    keys);
	free(keys);
	house_close(h);
}

/* --- the agenda ------------------------------------------------------------ */

#define SECRETARY "mekr@fjordby.example"

static struct action
about(enum action_kind kind, const char *text)
{
	return (struct action){ .kind = kind, .body = "udsatteraad",
		.meeting = MEETING, .title = text, .text = text };
}

/* `who` answers the newest draft that he has got. */
static struct sent_mail
answer(struct house *h, const char *who, struct action action)
{
	struct world_sent *sent = arena_alloc(h->arena, sizeof *sent);
	struct err err = { "" };

	assert_int_equal(world_load(h->store, h->arena, h->council.now_at,
	    &h->world, &err), RC_OK);
	*sent = (struct world_sent){ .kind = LETTER_AGENDA_DRAFT,
		.ref = MEETING, .to = who,
		.message_id = look(h, arena_printf(h->arena, "SELECT"
		    " message_id FROM letter WHERE kind = %d AND to_email ="
		    " '%s' ORDER BY letter_id DESC LIMIT 1",
		    LETTER_AGENDA_DRAFT, who)) };
	h->world.sent = sent;
	h->world.n_sent = 1;
	return act(h, who, true, action);
}

static const char *
drafts(struct house *h, const char *who)
{
	return look(h, arena_printf(h->arena, "SELECT subject || '|' || text"
	    " FROM letter JOIN letter_raw USING (letter_id) WHERE kind = %d"
	    " AND to_email = '%s' ORDER BY letter_id DESC LIMIT 1",
	    LETTER_AGENDA_DRAFT, who));
}

static const char *
titles(struct house *h)
{
	return look(h, "SELECT group_concat(title, ';') FROM (SELECT title"
	    " FROM agenda_point WHERE agenda_id = (SELECT agenda_id FROM"
	    " agenda ORDER BY version DESC LIMIT 1) ORDER BY number)");
}

/* Invited, two points proposed, and the draft made on 4 December. */
static struct house *
draft_open(void)
{
	struct house *h = year_open();

	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	(void)act(h, "mb@center.example", true, about(ACTION_AGENDA_ITEM,
	    "Flere boliger"));
	(void)act(h, "borger@mail.example", false,
	    about(ACTION_AGENDA_ITEM, "En hundepark"));
	(void)at(h, (struct date){ 2026, 12, 3 }, 20, NULL);
	assert_string_equal(drafts(h, SECRETARY), "");
	(void)at(h, (struct date){ 2026, 12, 4 }, 7, NULL);
	return h;
}

static void
the_draft_has_what_was_proposed_by_whom(void **state)
{
	struct house *h = draft_open();
	const char *text = drafts(h, SECRETARY);

	(void)state;
	assert_string_equal(titles(h), "Godkendelse af dagsorden og referat;"
	    "Flere boliger;En hundepark;Orientering fra formanden;"
	    "Orientering fra medlemmerne;Eventuelt");
	assert_non_null(strstr(text, "2. Flere boliger – forslag fra "
	    "Mogens Bæk"));
	assert_non_null(strstr(text, "3. En hundepark – forslag fra en "
	    "borger. Punktet er kun med, hvis du godkender"));
	assert_null(strstr(text, "borger@mail.example"));
	assert_non_null(strstr(text, "0 af 3 har sagt"));
	assert_string_not_equal(drafts(h, "kirsten@mail.example"), "");
	assert_string_equal(drafts(h, "mb@center.example"), "");
	house_close(h);
}

static void
unreleased_nothing_goes_and_she_is_reminded_daily(void **state)
{
	struct house *h = draft_open();

	(void)state;
	for (int day = 4; day <= 17; day++)
		for (int hour = 0; hour < 24; hour += 3)
			(void)at(h, (struct date){ 2026, 12, day }, hour,
			    NULL);
	assert_int_equal(letters(h, "agenda/"), 0);
	/* D-10 to the day itself, to her and to the chair */
	assert_int_equal(letters(h, "agenda-draft" ABOUT "v1-"), 2 + 2 * 11);
	house_close(h);
}

static void
released_it_goes_on_its_day_and_once(void **state)
{
	struct house *h = draft_open();
	struct sent_mail m;

	(void)state;
	h->council.now_at += 3600;
	m = answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)),
	    "onsdag den 9. december 2026 kl. 08.00"));
	(void)at(h, (struct date){ 2026, 12, 8 }, 12, NULL);
	assert_int_equal(letters(h, "agenda/"), 0);
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	/* three members and the secretary */
	assert_int_equal(letters(h, "agenda/"), 4);
	(void)at(h, (struct date){ 2026, 12, 10 }, 8, NULL);
	assert_int_equal(letters(h, "agenda/"), 4);
	/* and nobody is reminded of a release */
	assert_int_equal(letters(h, "agenda-draft" ABOUT "v1-"), 2);
	/* too late to take back */
	m = reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state = 'mailed'"), 1);
	house_close(h);
}

static void
a_late_release_has_ten_minutes_to_be_stopped(void **state)
{
	struct house *h = draft_open();
	struct sent_mail m;

	(void)state;
	(void)at(h, (struct date){ 2026, 12, 11 }, 12, NULL);
	m = answer(h, "kirsten@mail.example", about(ACTION_AGENDA_APPROVE,
	    NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_non_null(strstr(letter(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)), "kl. 12.10"));
	(void)at(h, (struct date){ 2026, 12, 11 }, 12, NULL);
	assert_int_equal(letters(h, "agenda/"), 0);
	/* «FORTRYD» in time: a draft again, and an hour later still one */
	(void)reply(h, "kirsten@mail.example", true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state = 'draft'"), 1);
	(void)at(h, (struct date){ 2026, 12, 11 }, 13, NULL);
	assert_int_equal(letters(h, "agenda/"), 0);
	m = answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	(void)at(h, (struct date){ 2026, 12, 11 }, 14, NULL);
	assert_int_equal(letters(h, "agenda/"), 4);
	house_close(h);
}

static void
her_changes_come_back_as_a_new_draft(void **state)
{
	struct house *h = draft_open();
	const char *text;
	struct sent_mail m;

	(void)state;
	m = answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Hej\nFlyt punkt 2 op som punkt 1. Slet punkt 3.\n"
	    "Og husk kaffen til mødet."));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(titles(h), "Flere boliger;Godkendelse af "
	    "dagsorden og referat;Orientering fra formanden;Orientering fra "
	    "medlemmerne;Eventuelt");
	text = drafts(h, SECRETARY);
	assert_non_null(strstr(text, "> Og husk kaffen til mødet."));
	assert_non_null(strstr(text, "Ikke længere med: En hundepark"));
	assert_non_null(strstr(text, "Flyttet til nr. 1: Flere boliger"));
	/* the chair has it, too */
	assert_non_null(strstr(drafts(h, "kirsten@mail.example"),
	    "Og husk kaffen"));
	/* and it can be taken back */
	(void)reply(h, SECRETARY, true, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id), false, ACTION_UNDO, NULL);
	assert_int_equal(number(h, "SELECT max(version) FROM agenda"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM agenda_point"), 6);
	/* what she answers is gone with it: she gets the one that counts */
	m = answer(h, SECRETARY, about(ACTION_AGENDA_EDIT, "Slet punkt 2"));
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_int_equal(number(h, "SELECT max(version) FROM agenda"), 1);
	/* a draft of the same number is another letter */
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Slet punkt 2"));
	assert_int_equal(letters(h, "agenda-draft" ABOUT "v2-"), 2 + 2);
	house_close(h);
}

static void
an_older_draft_releases_nothing(void **state)
{
	struct house *h = draft_open();
	struct sent_mail m;

	(void)state;
	/* the chair changes it, the secretary answers what she had */
	(void)answer(h, "kirsten@mail.example", about(ACTION_AGENDA_EDIT,
	    "Slet punkt 3"));
	h->world.n_sent = 0;
	m = act(h, SECRETARY, true, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_int_equal(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state <> 'draft'"), 0);
	assert_non_null(strstr(drafts(h, SECRETARY),
	    "ikke et svar på det nyeste udkast"));
	/* the right one in hand, it works */
	m = answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	/* twice: she hears that it is done */
	m = answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_non_null(strstr(drafts(h, SECRETARY), "allerede godkendt"));
	assert_int_equal(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state = 'released'"), 1);
	house_close(h);
}

static void
changed_and_released_in_one_mail(void **state)
{
	static const char *const texts[] = { "Slet punkt 3. Ellers godkendt.",
		"Slet punkt 3. Og ring til Per. Ellers godkendt." };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct house *h = draft_open();
		struct action two[2];
		struct err err = { "" };

		(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
		    "Slet punkt 6"));
		assert_int_equal(world_load(h->store, h->arena,
		    h->council.now_at, &h->world, &err), RC_OK);
		h->world.sent = &(struct world_sent){
			.kind = LETTER_AGENDA_DRAFT, .to = SECRETARY,
			.message_id = look(h, "SELECT message_id FROM letter"
			" WHERE key LIKE 'agenda-draft/%/v2-%' AND to_email ="
			" '" SECRETARY "'") };
		h->world.n_sent = 1;
		two[0] = about(ACTION_AGENDA_EDIT, texts[i]);
		two[1] = about(ACTION_AGENDA_APPROVE, NULL);
		two[0].part = two[1].part = -1;
		(void)carry(h, (struct purpose){ .outcome = OUTCOME_ACT,
		    .sender = { .email = SECRETARY, .verified = true,
		    .by = "dmarc=pass" }, .body = "udsatteraad",
		    .actions = two, .n_actions = 2 });
		/* What was not understood is not released. */
		assert_string_equal(look(h, "SELECT state FROM agenda ORDER"
		    " BY version DESC LIMIT 1"), i == 0 ? "released" :
		    "draft");
		house_close(h);
	}
}

static void
others_release_and_change_nothing(void **state)
{
	struct house *h = draft_open();
	struct sent_mail m;

	(void)state;
	m = answer(h, "mb@center.example", about(ACTION_AGENDA_APPROVE,
	    NULL));
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = answer(h, "mb@center.example", about(ACTION_AGENDA_EDIT,
	    "Slet punkt 1"));
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, SECRETARY, false, about(ACTION_AGENDA_APPROVE, NULL));
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state = 'draft'"), 1);
	house_close(h);
}

static void
subscribe(struct house *h, const char *email)
{
	(void)act(h, email, true, (struct action){ .kind = ACTION_SUBSCRIBE,
	    .body = "udsatteraad", .email = email });
}

#define CANARY "Kanariefuglens klage over en leder"

/* Any bytes of any letter to that address. */
static bool
reads(struct house *h, const char *email, const char *words)
{
	return number(h, arena_printf(h->arena, "SELECT count(*) FROM letter"
	    " JOIN letter_raw USING (letter_id) WHERE to_email = '%s' AND"
	    " key LIKE 'agenda/%%' AND (instr(raw, '%s') OR instr(text,"
	    " '%s') OR instr(subject, '%s'))", email, words, words,
	    words)) > 0;
}

static void
a_closed_point_goes_to_members_alone(void **state)
{
	struct house *h = draft_open();

	(void)state;
	subscribe(h, "abonnent@mail.example");
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Tilføj punkt om " CANARY));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Luk punkt 6"));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_int_equal(letters(h, "agenda/"), 5);
	assert_true(reads(h, "mb@center.example", "Kanariefuglens"));
	assert_false(reads(h, "abonnent@mail.example", "anariefugl"));
	assert_true(reads(h, "abonnent@mail.example", "6. Lukket punkt"));
	house_close(h);
}

static void
closed_words_in_an_open_point_are_held_back(void **state)
{
	struct house *h = draft_open();

	(void)state;
	subscribe(h, "abonnent@mail.example");
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Tilføj punkt om " CANARY));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Luk punkt 6\nPunkt 2 skal hedde Mere om klage over en leder"));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_int_equal(letters(h, "agenda/"), 4);
	assert_int_equal(letters(h, "agenda-stopped/"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM letter WHERE key"
	    " LIKE 'agenda/%' AND to_email = 'abonnent@mail.example'"), 0);
	house_close(h);
}

/* The politicians are asked to the meeting, and are reminded; but a closed
 * point is the council's own. */
static void
the_committee_is_invited_and_reads_nothing_closed(void **state)
{
	struct house *h = meeting_open(true);

	(void)state;
	(void)at(h, (struct date){ 2026, 11, 5 }, 8, NULL);
	assert_int_equal(letters(h, "invitation" ABOUT), 5);
	assert_non_null(strstr(letter(h, "invitation" ABOUT
	    "to@raadhus.example"), "dialogmøde sammen med Socialudvalget"));
	says(h, "to@raadhus.example", REPLY_COMES);
	(void)at(h, (struct date){ 2026, 12, 1 }, 8, NULL);
	assert_int_equal(letters(h, "answer-reminder" ABOUT), 4);
	(void)at(h, (struct date){ 2026, 12, 4 }, 7, NULL);
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
	    "Tilføj punkt om " CANARY));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT, "Luk punkt 4"));
	(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE, NULL));
	(void)at(h, (struct date){ 2026, 12, 9 }, 8, NULL);
	assert_int_equal(letters(h, "agenda/"), 4 + 3);
	assert_true(reads(h, "mb@center.example", "Kanariefuglens"));
	assert_false(reads(h, "to@raadhus.example", "anariefugl"));
	assert_true(reads(h, "to@raadhus.example", "4. Lukket punkt"));
	assert_false(reads(h, "sekretaer@raadhus.example", "anariefugl"));
	house_close(h);
}

/* Forty agendas, some of their points closed, to a member and a subscriber. */
static void
random_agendas_keep_their_canaries(void **state)
{
	struct house *h = draft_open();
	unsigned seed = 20261217;
	int leaks = 0, kept = 0;

	(void)state;
	subscribe(h, "abonnent@mail.example");
	for (int i = 0; i < 40; i++) {
		struct buf text = buf_open(h->arena);
		int n = 2 + (int)((seed = seed * 1103515245u + 12345u) >> 16)
		    % 8;

		for (int k = 1; k <= n; k++)
			buf_addf(&text, "%d. Emne k%da%db\n", k, i, k);
		(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
		    buf_text(&text)));
		text = buf_open(h->arena);
		for (int k = 1; k <= 10; k++)
			buf_addf(&text, "Åbn punkt %d\n", k);
		for (int k = 1; k <= n; k++)
			if (((seed = seed * 1103515245u + 12345u) >> 16) & 1)
				buf_addf(&text, "Luk punkt %d\n", k);
		(void)answer(h, SECRETARY, about(ACTION_AGENDA_EDIT,
		    buf_text(&text)));
		(void)answer(h, SECRETARY, about(ACTION_AGENDA_APPROVE,
		    NULL));
		(void)at(h, (struct date){ 2026, 12, 9 }, 9 + i % 8, NULL);
	}
	leaks = (int)number(h, "SELECT count(*) FROM agenda_point JOIN"
	    " agenda USING (agenda_id) JOIN letter ON key = 'agenda" ABOUT
	    "v' || version || '/abonnent@mail.example'"
	    " JOIN letter_raw USING (letter_id) WHERE closed AND (instr(text, title) OR instr(subject, title)"
	    " OR instr(raw, title))");
	kept = (int)number(h, "SELECT count(*) FROM agenda_point JOIN"
	    " agenda USING (agenda_id) JOIN letter ON key = 'agenda" ABOUT
	    "v' || version || '/mb@center.example'"
	    " JOIN letter_raw USING (letter_id) WHERE closed AND instr(text, title)");
	assert_true(number(h, "SELECT count(*) FROM agenda WHERE"
	    " state = 'mailed'") >= 30);
	assert_true(kept > 50);
	assert_int_equal(leaks, 0);
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_invitation_goes_once_on_its_day),
		cmocka_unit_test(those_who_are_silent_are_asked_again),
		cmocka_unit_test(
		    two_days_before_all_but_the_absent_are_reminded),
		cmocka_unit_test(after_a_stop_it_is_caught_up_or_passed),
		cmocka_unit_test(nobody_is_woken_at_night),
		cmocka_unit_test(the_body_sets_its_own_days),
		cmocka_unit_test(
		    whoever_was_invited_late_is_not_asked_at_once),
		cmocka_unit_test(
		    a_day_that_is_a_holiday_counts_as_the_one_before),
		cmocka_unit_test(asking_when_is_not_doing),
		cmocka_unit_test(calling_when_it_asks_is_enough),
		cmocka_unit_test(the_draft_has_what_was_proposed_by_whom),
		cmocka_unit_test(
		    unreleased_nothing_goes_and_she_is_reminded_daily),
		cmocka_unit_test(released_it_goes_on_its_day_and_once),
		cmocka_unit_test(
		    a_late_release_has_ten_minutes_to_be_stopped),
		cmocka_unit_test(her_changes_come_back_as_a_new_draft),
		cmocka_unit_test(an_older_draft_releases_nothing),
		cmocka_unit_test(changed_and_released_in_one_mail),
		cmocka_unit_test(others_release_and_change_nothing),
		cmocka_unit_test(a_closed_point_goes_to_members_alone),
		cmocka_unit_test(closed_words_in_an_open_point_are_held_back),
		cmocka_unit_test(
		    the_committee_is_invited_and_reads_nothing_closed),
		cmocka_unit_test(random_agendas_keep_their_canaries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
