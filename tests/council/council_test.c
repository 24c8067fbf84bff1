/* SPDX-License-Identifier: MIT */
/* What the council makes of a purpose: rows, letters, limits, and back. */
#include "test.h"

#include "house.h"

#define APPLICANT "rikke@mail.example"

static struct sent_mail
apply(struct house *h, const char *from, bool verified, const char *body)
{
	return act(h, from, verified, (struct action){
	    .kind = ACTION_APPLICATION, .body = body, .name = "Rikke Dal",
	    .email = from, .text = "Jeg er bruger, mit CPR er 010203-4565" });
}

static void
an_application_is_stored_answered_and_told(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = apply(h, APPLICANT, true, "udsatteraad");

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(m.end.folder, 0);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 1);
	assert_string_equal(look(h, "SELECT words FROM application"),
	    "Jeg er bruger, mit CPR er 010203-xxxx");
	assert_non_null(strstr(letter(h, "receipt/mail/1"), APPLICANT));
	assert_non_null(strstr(letter(h, "receipt/mail/1"), "FORTRYD"));
	assert_null(strstr(letter(h, "receipt/mail/1"), "bruger"));
	assert_non_null(strstr(letter(h, "notice/mail/1/application"),
	    "mekr@fjordby.example|"));
	assert_non_null(strstr(letter(h, "notice/mail/1/application"),
	    "Rikke Dal"));
	assert_int_equal(number(h, "SELECT count(*) FROM letter"), 2);
	assert_int_equal(number(h, "SELECT count(*) FROM journal"), 1);
	house_close(h);
}

static void
a_second_application_replaces_the_first_and_keeps_it(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)apply(h, APPLICANT, true, "udsatteraad");
	(void)apply(h, APPLICANT, true, "udsatteraad");
	(void)apply(h, APPLICANT, true, "integrationsraad");
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 3);
	assert_string_equal(look(h, "SELECT group_concat(application_id)"
	    " FROM application WHERE replaced_by IS NULL"), "2,3");
	house_close(h);
}

static void
a_committee_takes_no_applications(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = apply(h, APPLICANT, true, "socialudvalg");

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(m.end.folder, 1);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	assert_int_equal(number(h, "SELECT count(*) FROM journal"), 0);
	assert_string_not_equal(letter(h, "notice/mail/1/human"), "");
	assert_string_not_equal(letter(h, "receipt/mail/1"), "");
	house_close(h);
}

static void
a_secretary_elsewhere_gets_a_number_and_no_words(void **state)
{
	struct house *h = house_open();
	const char *text;

	(void)state;
	(void)apply(h, APPLICANT, true, "integrationsraad");
	text = letter(h, "notice/mail/1/application");
	assert_non_null(strstr(text, "sofie@elsewhere.example|"));
	assert_null(strstr(text, "Rikke"));
	assert_null(strstr(text, APPLICANT));
	assert_null(strstr(text, "bruger"));
	assert_non_null(strstr(text, "1"));
	house_close(h);
}

static void
a_stranger_gets_fixed_words_once_a_day(void **state)
{
	struct house *h = house_open();
	const char *text;

	(void)state;
	(void)apply(h, "who@evil.example", false, "udsatteraad");
	text = letter(h, "receipt/mail/1");
	assert_string_not_equal(text, "");
	assert_null(strstr(text, "Rikke"));
	assert_null(strstr(text, "Navn Navnesen"));
	assert_null(strstr(text, "Emnet"));
	assert_null(strstr(text, "bruger"));
	(void)act(h, "who@evil.example", false, (struct action){
	    .kind = ACTION_IDEA, .body = "udsatteraad", .title = "Ryd op",
	    .text = "Ryd op" });
	assert_string_equal(letter(h, "receipt/mail/2"), "");
	assert_int_equal(number(h, "SELECT count(*) FROM item"), 1);
	(void)act(h, "else@evil.example", false, (struct action){
	    .kind = ACTION_IDEA, .body = "udsatteraad", .title = "Ryd op",
	    .text = "Ryd op" });
	text = letter(h, "receipt/mail/3");
	assert_string_not_equal(text, "");
	assert_null(strstr(text, "Ryd op"));
	h->council.now_at += 86401;
	(void)apply(h, "who@evil.example", false, "udsatteraad");
	assert_string_not_equal(letter(h, "receipt/mail/4"), "");
	house_close(h);
}

static void
strangers_are_limited_by_domain_and_in_all(void **state)
{
	struct house *h = house_open();
	char email[64];

	(void)state;
	for (int i = 0; i < 30; i++) {
		(void)snprintf(email, sizeof email, "x%d@evil.example", i);
		(void)apply(h, email, false, "udsatteraad");
	}
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE kind <> 14"), 20);
	for (int i = 0; i < 200; i++) {
		(void)snprintf(email, sizeof email, "x@d%d.example", i);
		(void)apply(h, email, false, "udsatteraad");
	}
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE kind <> 14"), 200);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 230);
	house_close(h);
}

static void
a_sender_gets_at_most_so_many_answers_an_hour(void **state)
{
	struct house *h = house_open();

	(void)state;
	for (int i = 0; i < 14; i++)
		(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE to_email = '" APPLICANT "'"), 10);
	h->council.now_at += 3601;
	(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE to_email = '" APPLICANT "'"), 11);
	house_close(h);
}

static const struct one_deed {
	const char *from;
	struct action action;
} every_deed[] = {
	{ "mb@center.example", { .kind = ACTION_ABSENCE,
	    .person = "mb@center.example",
	    .meeting = "udsatteraad/2026-11-26" } },
	{ "mb@center.example", { .kind = ACTION_ATTENDANCE,
	    .person = "mb@center.example",
	    .meeting = "udsatteraad/2026-11-26" } },
	{ "mb@center.example", { .kind = ACTION_TENTATIVE,
	    .person = "mb@center.example",
	    .meeting = "udsatteraad/2026-11-26" } },
	{ "mekr@fjordby.example", { .kind = ACTION_SUBSTITUTE,
	    .person = "mb@center.example", .substitute = "Tove Abel",
	    .meeting = "udsatteraad/2026-11-26" } },
	{ "mb@center.example", { .kind = ACTION_AGENDA_ITEM,
	    .body = "udsatteraad", .meeting = "udsatteraad/2026-11-26",
	    .title = "Boliger", .text = "Om boliger" } },
	{ APPLICANT, { .kind = ACTION_IDEA, .body = "udsatteraad",
	    .title = "Boliger", .text = "Om boliger" } },
	{ APPLICANT, { .kind = ACTION_APPLICATION, .body = "udsatteraad",
	    .name = "Rikke Dal", .email = APPLICANT, .text = "Mig" } },
	{ APPLICANT, { .kind = ACTION_NOMINATION, .body = "udsatteraad",
	    .name = "Per Holm", .email = "per@mail.example",
	    .by = APPLICANT, .text = "Per" } },
	{ APPLICANT, { .kind = ACTION_NOMINATION, .body = "udsatteraad",
	    .name = "Per Holm", .by = APPLICANT, .text = "Per" } },
	{ "mb@center.example", { .kind = ACTION_HEARING_COMMENT,
	    .body = "udsatteraad", .hearing = "udsatteraad/h/bolig",
	    .person = "mb@center.example", .text = "Flere boliger" } },
	{ "mb@center.example", { .kind = ACTION_MINUTES_APPROVE,
	    .meeting = "udsatteraad/2026-11-26",
	    .person = "mb@center.example" } },
	{ "mb@center.example", { .kind = ACTION_MINUTES_COMMENT,
	    .meeting = "udsatteraad/2026-11-26",
	    .person = "mb@center.example", .text = "Punkt 2 er forkert" } },
	{ "mb@center.example", { .kind = ACTION_RANKING,
	    .body = "udsatteraad", .person = "mb@center.example",
	    .order = "BA" } },
	{ APPLICANT, { .kind = ACTION_SUBSCRIBE, .body = "udsatteraad",
	    .email = APPLICANT } },
	{ APPLICANT, { .kind = ACTION_UNSUBSCRIBE, .body = "udsatteraad",
	    .email = APPLICANT } },
};

/* Each deed once on empty tables and once on what an earlier one left. */
static void
undo_right_after_each_deed_restores_the_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof every_deed / sizeof every_deed[0]; i++) {
		const struct one_deed *d = &every_deed[i];
		struct house *h = house_open();

		for (int again = 0; again < 2; again++) {
			const char *before = dump(h), *after, *key;
			struct sent_mail m = act(h, d->from, true, d->action);

			assert_int_equal(m.end.outcome, OUTCOME_ACT);
			/* Who is on the list stays on it, and the other way
			 * round. */
			if (d->action.kind != ACTION_UNSUBSCRIBE &&
			    (d->action.kind != ACTION_SUBSCRIBE || !again))
				assert_string_not_equal(dump(h), before);
			key = arena_printf(h->arena, "receipt/mail/%ld",
			    (long)m.mail_id);
			m = reply(h, d->from, true, key, false, ACTION_UNDO,
			    NULL);
			assert_int_equal(m.end.outcome, OUTCOME_ACT);
			after = dump(h);
			assert_string_equal(after, before);
			/* A second «FORTRYD» finds nothing. */
			(void)reply(h, d->from, true, key, false, ACTION_UNDO,
			    NULL);
			assert_string_equal(dump(h), before);
			(void)act(h, d->from, true, d->action);
		}
		assert_int_equal(number(h, "SELECT count(*) FROM journal"
		    " WHERE state = 'undone'"), 2);
		assert_int_equal(number(h, "SELECT count(*) FROM journal"
		    " WHERE state = 'undone' AND label IS NOT NULL"), 0);
		house_close(h);
	}
}

/* Three answers; the middle one goes, then the last: the first counts again,
 * and never two at once. */
static void
undo_in_the_middle_passes_on_what_it_had_replaced(void **state)
{
	static const char *const now = "SELECT group_concat(reply)"
	    " FROM attendance WHERE replaced_by IS NULL";
	struct house *h = house_open();

	(void)state;
	for (int i = 0; i < 3; i++)
		(void)act(h, every_deed[i].from, true, every_deed[i].action);
	assert_string_equal(look(h, now), "tentative");
	(void)reply(h, "mb@center.example", true, "receipt/mail/2", true,
	    ACTION_UNDO, NULL);
	assert_string_equal(look(h, now), "tentative");
	(void)reply(h, "mb@center.example", true, "receipt/mail/3", true,
	    ACTION_UNDO, NULL);
	assert_string_equal(look(h, now), "absent");
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 1);
	house_close(h);
}

static void
only_the_sender_takes_back_what_he_did(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	(void)apply(h, APPLICANT, true, "udsatteraad");
	m = reply(h, "aase@mail.example", true, "receipt/mail/1", true,
	    ACTION_UNDO, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, APPLICANT, false, "receipt/mail/1", false, ACTION_UNDO,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 1);
	m = reply(h, APPLICANT, false, "receipt/mail/1", true, ACTION_UNDO,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM application"), 0);
	house_close(h);
}

static void
a_nomination_cannot_be_taken_back_once_the_nominee_was_asked(void **state)
{
	struct house *h = house_open();
	struct err err;
	struct sent_mail m;

	(void)state;
	(void)act(h, APPLICANT, true, every_deed[7].action);
	assert_int_equal(letter_move(h->store, number(h, "SELECT letter_id"
	    " FROM letter WHERE key = 'consent/nomination/1'"),
	    LETTER_SENDING, NOW, 0, NULL, &err), RC_OK);
	m = reply(h, APPLICANT, true, "receipt/mail/1", true, ACTION_UNDO,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM nomination"), 1);
	assert_string_not_equal(letter(h, "notice/mail/2/undo-late"), "");
	assert_string_not_equal(letter(h, "receipt/mail/2"), "");
	house_close(h);
}

static void
a_nominee_is_asked_and_says_yes(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	(void)act(h, APPLICANT, true, every_deed[7].action);
	assert_non_null(strstr(letter(h, "consent/nomination/1"),
	    "per@mail.example|"));
	assert_non_null(strstr(letter(h, "notice/mail/1/nomination"),
	    "Per Holm"));
	m = reply(h, "aase@mail.example", true, "consent/nomination/1", true,
	    ACTION_CONSENT, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, "per@mail.example", false, "consent/nomination/1", false,
	    ACTION_CONSENT, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, "per@mail.example", false, "consent/nomination/1", true,
	    ACTION_CONSENT, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT state FROM nomination"),
	    "consented");
	assert_string_not_equal(letter(h, "notice/mail/4/consent"), "");
	house_close(h);
}

static void
a_refusal_leaves_nothing_of_the_nominee(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	(void)act(h, APPLICANT, true, every_deed[7].action);
	m = reply(h, "per@mail.example", true, "consent/nomination/1", true,
	    ACTION_CONSENT_REFUSE, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT state || coalesce(name, '') ||"
	    " coalesce(email, '') || coalesce(words, '') FROM nomination"),
	    "refused");
	assert_non_null(strstr(letter(h, "nomination/1/ended"), APPLICANT));
	assert_null(strstr(letter(h, "nomination/1/ended"), "Per"));
	assert_null(strstr(letter(h, "notice/mail/2/consent"), "Per"));
	assert_null(strstr(dump(h), "Per"));
	assert_int_equal(number(h, "SELECT count(*) FROM journal"
	    " WHERE label LIKE '%Per%'"), 0);
	house_close(h);
}

static struct sent_mail
ask(struct house *h, const char *from, bool verified, const char *reason,
    struct action pending, const char *const *choices, size_t n_choices)
{
	struct action *copy = arena_alloc(h->arena, sizeof *copy);

	*copy = pending;
	copy->part = -1;
	return carry(h, (struct purpose){ .outcome = OUTCOME_ASK,
	    .sender = { .email = from, .verified = verified,
	    .by = verified ? "dmarc=pass" : "nothing" }, .reason = reason,
	    .body = "udsatteraad", .pending = copy, .n_pending = 1,
	    .choices = choices, .n_choices = n_choices });
}

static const struct action regrets = {
	.kind = ACTION_ABSENCE, .person = "mb@center.example",
	.meeting = "udsatteraad/2026-11-26",
};

static void
the_address_on_file_confirms_what_nobody_vouched_for(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = ask(h, "mb@center.example", false, "unverified",
	    regrets, NULL, 0);

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 0);
	assert_non_null(strstr(letter(h, "ask/mail/1"),
	    "mb@center.example|"));
	m = reply(h, "mb@center.example", false, "ask/mail/1", false,
	    ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, "evil@mail.example", true, "ask/mail/1", true,
	    ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 0);
	m = reply(h, "mb@center.example", false, "ask/mail/1", true,
	    ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT reply FROM attendance"),
	    "absent");
	m = reply(h, "mb@center.example", false, "ask/mail/1", true,
	    ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	house_close(h);
}

static void
a_confirmation_runs_out_after_seven_days(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = ask(h, "mb@center.example", false, "unverified",
	    regrets, NULL, 0);

	(void)state;
	h->council.now_at += 7 * 86400 + 1;
	m = reply(h, "mb@center.example", true, "ask/mail/1", true,
	    ACTION_CONFIRM, NULL);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 0);
	house_close(h);
}

static void
another_members_regrets_are_asked_of_that_member(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = ask(h, "wife@mail.example", true, "other-person",
	    regrets, NULL, 0);
	const char *key = "confirm/mail/1/absence/mb@center.example";

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	assert_non_null(strstr(letter(h, key), "mb@center.example|"));
	assert_non_null(strstr(letter(h, "ask/mail/1"),
	    "wife@mail.example|"));
	m = reply(h, "mb@center.example", true, key, false, ACTION_CONFIRM,
	    NULL);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_int_equal(number(h, "SELECT count(*) FROM attendance"), 1);
	house_close(h);
}

static void
a_question_with_choices_takes_a_number(void **state)
{
	struct house *h = house_open();
	const char *choices[] = { "udsatteraad/2026-11-06",
	    "udsatteraad/2026-11-26" };
	struct sent_mail m = ask(h, "mb@center.example", true,
	    "which-meeting", (struct action){ .kind = ACTION_ABSENCE,
	    .person = "mb@center.example" }, choices, 2);

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ASK);
	m = reply(h, "mb@center.example", true, "ask/mail/1", false,
	    ACTION_CONFIRM, "3");
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, "mb@center.example", true, "ask/mail/1", false,
	    ACTION_CONFIRM, "2. december");
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = reply(h, "mb@center.example", true, "ask/mail/1", false,
	    ACTION_CONFIRM, "Nr. 2");
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT slug FROM attendance"
	    " JOIN meeting USING (meeting_id)"), "udsatteraad/2026-11-26");
	house_close(h);
}

static void
every_question_and_every_human_reason_has_its_letter(void **state)
{
	static const char *const ask_reasons[] = { "which-meeting",
	    "no-meeting-that-day", "which-body", "which-hearing",
	    "unverified", "unknown-person", "other-person", "two-readings",
	    "condition", "no-deadline", "no-name", "no-order",
	    "calendar-unknown", "calendar-words", "calendar-other",
	    "other-address", "confirm", "html-differs" };
	static const char *const human_reasons[] = { "question",
	    "not-understood", "thanks", "empty", "not-a-member",
	    "not-allowed", "past-meeting", "not-released", "coloured",
	    "withdrawn", "resigns", "move-meeting", "whole-body",
	    "unsubscribe-member", "hearing-citizen", "ranking-protest",
	    "condition", "other-person", "forwarded", "attached-mail",
	    "documents", "encrypted", "unreadable", "calendar-request",
	    "calendar-counter", "recall", "web-form", "lookalike", "press",
	    "late" };
	struct house *h = house_open();
	size_t n = 0;

	(void)state;
	h->council.answers_per_hour = 1000;
	for (size_t i = 0; i < sizeof ask_reasons / sizeof *ask_reasons; i++)
		for (int verified = 0; verified < 2; verified++) {
			struct action none = { .kind = ACTION_IDEA,
			    .body = "udsatteraad" };

			h->council.now_at += 2 * 86400;
			(void)ask(h, "mb@center.example", verified,
			    ask_reasons[i], none, NULL, 0);
			n++;
		}
	for (size_t i = 0; i < sizeof human_reasons / sizeof *human_reasons;
	    i++) {
		struct sent_mail m = carry(h, (struct purpose){
		    .outcome = OUTCOME_HUMAN, .reason = human_reasons[i],
		    .sender = { .email = "mb@center.example",
		    .verified = true, .by = "dmarc=pass" } });

		assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
		n++;
	}
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE to_email = 'mb@center.example'"), n);
	house_close(h);
}

static void
a_mail_for_a_person_goes_to_the_secretary_with_its_words(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = carry(h, (struct purpose){
	    .outcome = OUTCOME_HUMAN, .reason = "question",
	    .body = "udsatteraad", .text = "Hvad er 010203-4565?",
	    .sender = { .email = APPLICANT, .verified = true,
	    .by = "dmarc=pass" } });
	const char *text = letter(h, "notice/mail/1/human");

	(void)state;
	assert_int_equal(m.end.folder, 1);
	assert_string_equal(m.end.reason, "human-question");
	assert_non_null(strstr(text, "mekr@fjordby.example|"));
	assert_non_null(strstr(text, APPLICANT));
	assert_non_null(strstr(text, "010203-xxxx"));
	assert_null(strstr(text, "4565"));
	house_close(h);
}

static void
distress_is_told_at_once_and_never_quoted(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_HUMAN,
	    .reason = "distress", .distress = true, .body = "udsatteraad",
	    .text = "Jeg kan ikke mere", .sender = { .email = APPLICANT,
	    .verified = true, .by = "dmarc=pass" } });
	assert_non_null(strstr(letter(h, "receipt/mail/1"), "70 20 12 01"));
	assert_null(strstr(letter(h, "receipt/mail/1"), "ikke mere"));
	assert_string_not_equal(letter(h, "notice/mail/1/distress"), "");
	assert_null(strstr(letter(h, "notice/mail/1/distress"), "ikke mere"));
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE class = 0"), 2);
	house_close(h);
}

static void
silence_is_silent_and_a_hard_bounce_is_noted(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = carry(h, (struct purpose){
	    .outcome = OUTCOME_SILENT, .reason = "automatic",
	    .sender = { .email = "mb@center.example" } });

	(void)state;
	assert_int_equal(number(h, "SELECT count(*) FROM letter"), 0);
	assert_string_equal(m.end.reason, "silent-automatic");
	(void)carry(h, (struct purpose){ .outcome = OUTCOME_SILENT,
	    .reason = "bounce", .unreachable = "mb@center.example",
	    .unreachable_hard = true });
	assert_string_equal(look(h, "SELECT unreachable_n FROM person"
	    " WHERE email = 'mb@center.example'"), "1");
	assert_int_equal(number(h, "SELECT count(*) FROM place"
	    " WHERE until_day IS NOT NULL"), 0);
	house_close(h);
}

static void
what_is_not_carried_out_yet_goes_to_a_person(void **state)
{
	static const enum action_kind kinds[] = { ACTION_AGENDA_APPROVE,
	    ACTION_AGENDA_EDIT, ACTION_MINUTES_SUBMIT, ACTION_HEARING_OPEN,
	    ACTION_ADDRESS_CHANGE, ACTION_RESIGN };
	struct house *h = house_open();

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct sent_mail m = act(h, "mekr@fjordby.example", true,
		    (struct action){ .kind = kinds[i], .body = "udsatteraad",
		    .meeting = "udsatteraad/2026-11-26" });

		assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	}
	assert_int_equal(number(h, "SELECT count(*) FROM journal"), 0);
	house_close(h);
}

static void
the_council_looks_again_who_may(void **state)
{
	struct house *h = house_open();
	struct sent_mail m;

	(void)state;
	m = act(h, "aase@mail.example", true, regrets);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, "mb@center.example", false, regrets);
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, APPLICANT, true, (struct action){ .kind = ACTION_RANKING,
	    .body = "udsatteraad", .person = APPLICANT, .order = "AB" });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	m = act(h, APPLICANT, true, (struct action){
	    .kind = ACTION_SUBSCRIBE, .body = "udsatteraad",
	    .email = "victim@mail.example" });
	assert_int_equal(m.end.outcome, OUTCOME_HUMAN);
	assert_int_equal(number(h, "SELECT count(*) FROM journal"), 0);
	m = act(h, "mekr@fjordby.example", true, regrets);
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	house_close(h);
}

static void
regrets_for_tomorrow_reach_the_secretary_at_once(void **state)
{
	struct house *h = house_open();

	(void)state;
	(void)act(h, "mb@center.example", true, (struct action){
	    .kind = ACTION_ABSENCE, .person = "mb@center.example",
	    .meeting = "udsatteraad/2026-11-06" });
	assert_int_equal(number(h, "SELECT class FROM letter"
	    " WHERE key = 'notice/mail/1/done'"), 0);
	assert_string_not_equal(letter(h, "notice/mail/1/done"), "");
	(void)act(h, "mb@center.example", true, regrets);
	assert_string_equal(letter(h, "notice/mail/2/done"), "");
	house_close(h);
}

static void
an_unreadable_mail_and_a_lost_letter_are_told(void **state)
{
	struct house *h = house_open();
	struct mail_address from = { NULL, APPLICANT };
	struct mail mail = { .from = { &from, 1 }, .from_is_plain = true,
	    .message_id = "<a@b.example>" };
	struct council_end end;
	struct letter_row row;
	struct err err = { "" };
	int64_t id;

	(void)state;
	(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_int_equal(inbox_add(h->store, &(struct inbox_new){
	    .uidvalidity = 1, .uid = 99, .fd = -1 }, &id, &err), RC_OK);
	assert_int_equal(council_set_aside(&h->council, h->arena, id, &mail,
	    "it killed the parser twice", &end, &err), RC_OK);
	assert_int_equal(end.folder, 2);
	assert_non_null(strstr(letter(h, "notice/mail/2/unreadable"),
	    "sekretariat@fjordby.example|"));
	assert_string_not_equal(letter(h, "receipt/mail/2"), "");
	assert_int_equal(letter_load(h->store, h->arena, number(h,
	    "SELECT letter_id FROM letter WHERE key = 'receipt/mail/1'"),
	    &row, &err), RC_OK);
	row.state = LETTER_FAILED;
	for (int i = 0; i < 2; i++)
		assert_int_equal(council_letter_failed(&h->council, h->arena,
		    &row, &err), RC_OK);
	assert_int_equal(number(h, "SELECT count(*) FROM letter"
	    " WHERE key LIKE 'notice/letter/%/failed'"), 1);
	house_close(h);
}

/* Every text of every table that holds these words: "table.column …". */
static const char *
where_is(struct house *h, const char *words)
{
	struct buf out = buf_open(h->arena);
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(h->look, "SELECT t.name, c.name"
	    " FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
	    " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'", -1,
	    &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(stmt, 0);
		const char *column = (const char *)sqlite3_column_text(stmt, 1);

		if (number(h, arena_printf(h->arena, "SELECT count(*) FROM %s"
		    " WHERE instr(%s, '%s') > 0", table, column, words)) > 0)
			buf_addf(&out, "%s.%s ", table, column);
	}
	(void)sqlite3_finalize(stmt);
	return buf_text(&out);
}

#define CPR "010203-4565"

static void
no_deed_leaves_a_personal_number_in_any_table(void **state)
{
	const struct one_deed *d;

	(void)state;
	for (size_t i = 0; i < sizeof every_deed / sizeof every_deed[0]; i++) {
		struct house *h = house_open();
		struct action a;

		d = &every_deed[i];
		a = d->action;
		h->subject = "Fra 010203-4565 om kanariefuglen";
		a.text = a.text ? "Mit nummer er 0102034565, kanariefugl" : NULL;
		a.title = a.title ? "Om " CPR ", kanariefugl" : NULL;
		a.name = a.name ? "Rikke " CPR " Kanariefugl" : NULL;
		a.substitute = a.substitute ? "Tove " CPR : NULL;
		for (int way = 0; way < 3; way++)
			(void)carry(h, (struct purpose){ .outcome = way == 0 ?
			    OUTCOME_ACT : way == 1 ? OUTCOME_ASK :
			    OUTCOME_HUMAN, .sender = { .email = d->from,
			    .name = "Rikke " CPR, .verified = true,
			    .by = "dmarc=pass" }, .body = "udsatteraad",
			    .text = "kanariefugl, masked already",
			    .reason = way == 0 ? NULL : way == 1 ?
			    "unverified" : "question",
			    .why = (const char *const[]){ "name " CPR },
			    .n_why = 1,
			    .actions = way == 0 ? &a : NULL,
			    .n_actions = way == 0,
			    .pending = way == 1 ? &a : NULL,
			    .n_pending = way == 1 });
		/* the look does look */
		assert_non_null(strstr(where_is(h, "kanariefugl"),
		    "mail.subject "));
		assert_string_equal(where_is(h, CPR), "");
		assert_string_equal(where_is(h, "0102034565"), "");
		house_close(h);
	}
}

static void
a_hearing_waits_for_the_secretary_and_asks_nobody(void **state)
{
	struct house *h = house_open();
	struct sent_mail m = act(h, "plan@fjordby.example", true,
	    (struct action){ .kind = ACTION_HEARING_OPEN,
	    .body = "udsatteraad", .title = "Boligpolitik",
	    .deadline_day = { 2026, 12, 1 } });

	(void)state;
	assert_int_equal(m.end.outcome, OUTCOME_ACT);
	assert_string_equal(look(h, "SELECT state FROM hearing"
	    " WHERE request_id IS NOT NULL"), "received");
	assert_non_null(strstr(letter(h, "receipt/mail/1"),
	    "Høring til Udsatterådet: Boligpolitik, svar senest tirsdag"));
	assert_string_equal(look(h, "SELECT kind || ref FROM decision"),
	    "hearingudsatteraad/h/boligpolitik");
	assert_int_equal(number(h, "SELECT count(*) FROM letter"), 1);
	house_close(h);
}

static void
the_legal_ground_stands_in_the_receipt_where_there_is_one(void **state)
{
	struct house *h = house_open();
	struct err err = { "" };

	(void)state;
	(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_null(strstr(letter(h, "receipt/mail/1"), "  "));
	assert_int_equal(setting_save(h->store, "ground", "Vi gør det"
	    " efter loven.", &err), RC_OK);
	(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_non_null(strstr(letter(h, "receipt/mail/2"), "skrev. Vi"));
	assert_int_equal(setting_save(h->store, "ground", "", &err), RC_OK);
	(void)apply(h, APPLICANT, true, "udsatteraad");
	assert_null(strstr(letter(h, "receipt/mail/3"), "  "));
	assert_null(strstr(letter(h, "receipt/mail/3"), "loven"));
	house_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_application_is_stored_answered_and_told),
		cmocka_unit_test(
		    a_second_application_replaces_the_first_and_keeps_it),
		cmocka_unit_test(a_committee_takes_no_applications),
		cmocka_unit_test(
		    a_secretary_elsewhere_gets_a_number_and_no_words),
		cmocka_unit_test(a_stranger_gets_fixed_words_once_a_day),
		cmocka_unit_test(strangers_are_limited_by_domain_and_in_all),
		cmocka_unit_test(
		    a_sender_gets_at_most_so_many_answers_an_hour),
		cmocka_unit_test(
		    undo_right_after_each_deed_restores_the_tables),
		cmocka_unit_test(
		    undo_in_the_middle_passes_on_what_it_had_replaced),
		cmocka_unit_test(only_the_sender_takes_back_what_he_did),
		cmocka_unit_test(
		    a_nomination_cannot_be_taken_back_once_the_nominee_was_asked),
		cmocka_unit_test(a_nominee_is_asked_and_says_yes),
		cmocka_unit_test(a_refusal_leaves_nothing_of_the_nominee),
		cmocka_unit_test(
		    the_address_on_file_confirms_what_nobody_vouched_for),
		cmocka_unit_test(a_confirmation_runs_out_after_seven_days),
		cmocka_unit_test(
		    another_members_regrets_are_asked_of_that_member),
		cmocka_unit_test(a_question_with_choices_takes_a_number),
		cmocka_unit_test(
		    every_question_and_every_human_reason_has_its_letter),
		cmocka_unit_test(
		    a_mail_for_a_person_goes_to_the_secretary_with_its_words),
		cmocka_unit_test(distress_is_told_at_once_and_never_quoted),
		cmocka_unit_test(silence_is_silent_and_a_hard_bounce_is_noted),
		cmocka_unit_test(what_is_not_carried_out_yet_goes_to_a_person),
		cmocka_unit_test(the_council_looks_again_who_may),
		cmocka_unit_test(
		    regrets_for_tomorrow_reach_the_secretary_at_once),
		cmocka_unit_test(an_unreadable_mail_and_a_lost_letter_are_told),
		cmocka_unit_test(no_deed_leaves_a_personal_number_in_any_table),
		cmocka_unit_test(a_hearing_waits_for_the_secretary_and_asks_nobody),
		cmocka_unit_test(
		    the_legal_ground_stands_in_the_receipt_where_there_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
