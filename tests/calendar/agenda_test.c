/* SPDX-License-Identifier: MIT */
/* From the draft to the agenda that everybody may read. */
#include "test.h"

#include "year.h"

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
	/* which is the receipt as well: one letter a mail */
	assert_int_equal(letters(h, arena_printf(h->arena,
	    "receipt/mail/%ld", (long)m.mail_id)), 0);
	assert_non_null(strstr(text, "Svar FORTRYD"));
	assert_null(strstr(drafts(h, "kirsten@mail.example"), "FORTRYD"));
	/* and it can be taken back */
	(void)reply(h, SECRETARY, true, look(h, "SELECT key FROM letter WHERE"
	    " key LIKE 'agenda-draft/%/v2-%' AND to_email = '" SECRETARY
	    "'"), false, ACTION_UNDO, NULL);
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
	assert_int_equal(letters(h, "invitation" ABOUT), 6);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_draft_has_what_was_proposed_by_whom),
		cmocka_unit_test(
		    unreleased_nothing_goes_and_she_is_reminded_daily),
		cmocka_unit_test(released_it_goes_on_its_day_and_once),
		cmocka_unit_test(a_late_release_has_ten_minutes_to_be_stopped),
		cmocka_unit_test(her_changes_come_back_as_a_new_draft),
		cmocka_unit_test(an_older_draft_releases_nothing),
		cmocka_unit_test(changed_and_released_in_one_mail),
		cmocka_unit_test(others_release_and_change_nothing),
		cmocka_unit_test(a_closed_point_goes_to_members_alone),
		cmocka_unit_test(closed_words_in_an_open_point_are_held_back),
		cmocka_unit_test(
		    the_committee_is_invited_and_reads_nothing_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
