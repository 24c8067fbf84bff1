/* SPDX-License-Identifier: MIT */
/* What nobody wrote is silent, and what somebody wrote is not: by headers,
 * by reports, and by words where a program sets neither. */
#include "test.h"

#include "base/arena.h"
#include "understand/bounce.h"
#include "understand/fixture.h"
#include "understand/silence.h"

#define KIRSTEN "kirsten.holst@posteo.example"
#define OUR_ID "<invitation.1@fjordby.example>"

struct sketch {
	const char *name, *from, *subject, *text, *header, *value;
	const char *want;	/* reason; NULL it is to be read */
	enum outcome outcome;
	enum mail_auth auth;
};

static bool
read_sketch(struct arena *arena, const struct sketch *s, struct mail *mail,
    struct silence *silence)
{
	struct mail_address *from = arena_alloc(arena, sizeof(*from));
	struct mail_header *header = arena_alloc(arena, sizeof(*header));
	struct words words;

	from->email = s->from == NULL ? KIRSTEN : s->from;
	*header = (struct mail_header){ s->header, s->value };
	mail->from = (struct mail_addresses){ from, 1 };
	mail->from_is_plain = true;
	mail->auth = s->auth;
	mail->subject = s->subject == NULL ? "Re: Indkaldelse" : s->subject;
	if (s->text != NULL)
		mail->text = s->text;
	if (s->header != NULL) {
		mail->headers = header;
		mail->n_headers = 1;
	}
	words_read(arena, mail, &fixture, &words);
	return silence_read(arena, mail, &words, &fixture, silence);
}

static void
sketches_hold(const struct sketch *sketches, size_t n)
{
	struct arena *arena = arena_open();

	for (size_t i = 0; i < n; i++) {
		const struct sketch *s = &sketches[i];
		struct mail mail = { .return_path = KIRSTEN };
		struct silence silence;
		bool found = read_sketch(arena, s, &mail, &silence);

		if (found != (s->want != NULL) || (found &&
		    strcmp(silence.reason, s->want) != 0))
			print_message("%s: %s\n", s->name,
			    found ? silence.reason : "read");
		assert_int_equal(found, s->want != NULL);
		if (!found)
			continue;
		assert_string_equal(silence.reason, s->want);
		assert_int_equal(silence.outcome, s->outcome);
		if (silence.outcome == OUTCOME_SILENT)
			assert_false(silence.may_answer);
	}
	arena_close(&arena);
}

#define HOLDS(sketches) \
	sketches_hold(sketches, sizeof(sketches) / sizeof(sketches)[0])

static void
headers_count_by_their_value(void **state)
{
	static const struct sketch sketches[] = {
		{ .name = "auto-replied", .text = "Jeg kommer.",
		    .header = "Auto-Submitted", .value = "auto-replied",
		    .want = "auto-reply", .outcome = OUTCOME_SILENT },
		{ .name = "with a comment", .text = "Jeg kommer.",
		    .header = "auto-submitted",
		    .value = " Auto-Replied (vacation)",
		    .want = "auto-reply", .outcome = OUTCOME_SILENT },
		{ .name = "auto-generated", .text = "Jeg kommer.",
		    .header = "Auto-Submitted", .value = "auto-generated",
		    .want = "notice", .outcome = OUTCOME_SILENT },
		{ .name = "no is a person", .text = "Jeg kommer.",
		    .header = "Auto-Submitted", .value = "no" },
		{ .name = "NO is a person", .text = "Jeg kommer.",
		    .header = "Auto-Submitted", .value = "NO (me)" },
		{ .name = "X-Autoreply", .text = "x",
		    .header = "X-Autoreply", .value = "yes",
		    .want = "notice", .outcome = OUTCOME_SILENT },
		{ .name = "precedence", .text = "x", .header = "Precedence",
		    .value = "auto_reply", .want = "notice",
		    .outcome = OUTCOME_SILENT },
		{ .name = "Exchange writes this on all mail", .text = "x",
		    .header = "X-Auto-Response-Suppress", .value = "All" },
		{ .name = "list", .text = "x", .header = "List-Id",
		    .value = "Net <net.lister.example>", .want = "list",
		    .outcome = OUTCOME_SILENT },
		{ .name = "our own address is the list", .text = "x",
		    .header = "List-Id",
		    .value = "<udsatteraad.fjordby.example>" },
		{ .name = "newsletter", .text = "x",
		    .header = "List-Unsubscribe", .value = "<mailto:a@b>",
		    .want = "list", .outcome = OUTCOME_SILENT },
		{ .name = "bulk", .text = "x", .header = "Precedence",
		    .value = "bulk", .want = "list",
		    .outcome = OUTCOME_SILENT },
		{ .name = "spam flag", .text = "x", .from = "a@b.example",
		    .header = "X-Spam-Flag", .value = "YES", .want = "spam",
		    .outcome = OUTCOME_SILENT },
		{ .name = "spam status", .text = "x", .from = "a@b.example",
		    .header = "X-Spam-Status", .value = "Yes, score=7.9",
		    .want = "spam", .outcome = OUTCOME_SILENT },
		{ .name = "no spam", .text = "x", .from = "a@b.example",
		    .header = "X-Spam-Status", .value = "No, score=-1.9" },
		{ .name = "SCL 6", .text = "x", .from = "a@b.example",
		    .header = "X-MS-Exchange-Organization-SCL", .value = "6",
		    .want = "spam", .outcome = OUTCOME_SILENT },
		{ .name = "SCL -1", .text = "x", .from = "a@b.example",
		    .header = "X-MS-Exchange-Organization-SCL",
		    .value = "-1" },
		{ .name = "forefront", .text = "x", .from = "a@b.example",
		    .header = "X-Forefront-Antispam-Report",
		    .value = "CIP:203.0.113.7;SCL:9;CAT:HSPM;", .want = "spam",
		    .outcome = OUTCOME_SILENT },
		{ .name = "forefront, clean", .text = "x",
		    .from = "a@b.example",
		    .header = "X-Forefront-Antispam-Report",
		    .value = "CIP:203.0.113.7;SCL:1;CAT:NONE;" },
		{ .name = "a member marked as spam", .text = "x",
		    .header = "X-Spam-Flag", .value = "YES", .want = "spam",
		    .outcome = OUTCOME_HUMAN, .auth = MAIL_AUTH_PASS },
		{ .name = "our own address", .text = "Godkend",
		    .from = "udsatteraad@fjordby.example",
		    .want = "own-mail", .outcome = OUTCOME_SILENT },
		{ .name = "noreply", .text = "x",
		    .from = "noreply@butik.example", .want = "notice",
		    .outcome = OUTCOME_SILENT },
		{ .name = "a hearing from a portal", .text =
		    "H\xc3\xb8ring om lokalplan 12. Svar senest 1. december.",
		    .from = "noreply@portal.example" },
		{ .name = "Proton writes this on all mail", .text = "x",
		    .header = "Feedback-ID", .value = "1:user:proton" },
	};

	(void)state;
	HOLDS(sketches);
}

static void
automatic_replies_are_known_by_their_words(void **state)
{
	static const struct sketch sketches[] = {
		{ .name = "Danish", .subject = "Automatisk svar: Indkaldelse",
		    .text = "Jeg er p\xc3\xa5 ferie til og med 3. november." },
		{ .name = "Danish, older", .subject =
		    "Ikke til stede: Indkaldelse",
		    .text = "Jeg er p\xc3\xa5 kursus. Kontakt Lone i stedet." },
		{ .name = "autosvar", .subject = "Autosvar: Re: M\xc3\xb8""de",
		    .text = "Jeg l\xc3\xa6ser ikke mails f\xc3\xb8r mandag." },
		{ .name = "no prefix at all", .subject = "Re: Indkaldelse",
		    .text = "Tak for din mail.\n\nJeg har ferie og er tilbage "
		    "mandag den 9. november.\nEr det vigtigt, s\xc3\xa5 "
		    "ring p\xc3\xa5 12 34 56 78." },
		{ .name = "English", .subject = "Out of office: Indkaldelse",
		    .text = "I am out of the office until 12 November." },
		{ .name = "English, no prefix", .subject = "Re: Indkaldelse",
		    .text = "Thank you for your email. I am currently away and "
		    "will reply upon my return. For urgent matters please "
		    "contact Lone." },
		{ .name = "it says so itself", .subject = "Re: Indkaldelse",
		    .text = "Dette er et automatisk svar. Jeg er p\xc3\xa5 "
		    "barsel." },
		{ .name = "German", .subject = "Automatische Antwort: M",
		    .text = "Ich bin bis 12. November nicht im B\xc3\xbcro." },
		{ .name = "German, no prefix", .subject = "Re: M",
		    .text = "Vielen Dank f\xc3\xbcr Ihre Nachricht. Ich bin im "
		    "Urlaub und ab dem 12. wieder erreichbar." },
		{ .name = "Swedish", .subject = "Automatiskt svar: M",
		    .text = "Jag \xc3\xa4r p\xc3\xa5 semester till 12 nov." },
		{ .name = "Norwegian", .subject = "Automatisk svar: M",
		    .text = "Jeg er p\xc3\xa5 feriereise." },
		{ .name = "Norwegian, no prefix", .subject = "Re: M",
		    .text = "Takk for din e-post. Jeg er p\xc3\xa5 reise og "
		    "tilbake den 12. november." },
		{ .name = "nothing but the prefix",
		    .subject = "Automatic reply: M", .text = "" },
	};
	struct sketch copy;

	(void)state;
	for (size_t i = 0; i < sizeof(sketches) / sizeof(sketches[0]); i++) {
		copy = sketches[i];
		copy.want = "auto-reply";
		copy.outcome = OUTCOME_SILENT;
		sketches_hold(&copy, 1);
	}
}

static void
a_person_who_is_away_is_a_person(void **state)
{
	static const struct sketch sketches[] = {
		{ .name = "holiday on the day", .text =
		    "Tak for din mail. Jeg er p\xc3\xa5 ferie den dag, s\xc3"
		    "\xa5 jeg melder afbud til m\xc3\xb8""det." },
		{ .name = "substitute", .text = "Jeg er p\xc3\xa5 kursus den "
		    "26. I mit frav\xc3\xa6r m\xc3\xb8""der Lone." },
		{ .name = "back again", .text = "Jeg er tilbage den 3. og "
		    "kommer til m\xc3\xb8""det. Kontakt mig gerne." },
		{ .name = "not at the office", .text =
		    "Jeg er ikke p\xc3\xa5 kontoret den 26., afbud herfra." },
		{ .name = "subject says absent", .subject =
		    "Ikke til stede den 26. november",
		    .text = "Hilsen Kirsten" },
		{ .name = "answers an automatic reply",
		    .subject = "SV: Automatisk svar: Indkaldelse",
		    .text = "God ferie! Jeg kommer den 26." },
		{ .name = "thanks", .text = "Tak for din mail. Jeg kommer." },
		{ .name = "English", .text = "I am on vacation on the 26th, so "
		    "I cannot come to the meeting." },
		{ .name = "a receipt asked for", .subject = "Har I modtaget?",
		    .text = "Har I modtaget min ans\xc3\xb8gning?" },
		{ .name = "read", .subject = "Referat",
		    .text = "Referatet blev l\xc3\xa6st i g\xc3\xa5r." },
		{ .name = "no delivery", .subject = "Re: Indkaldelse",
		    .text = "Min mail til Birthe kunne ikke leveres." },
		{ .name = "confirms", .text =
		    "Jeg vil gerne bekr\xc3\xa6""fte, at jeg kommer." },
	};

	(void)state;
	HOLDS(sketches);
}

static void
other_machines_are_known_by_their_words(void **state)
{
	static const struct sketch sketches[] = {
		{ .name = "read receipt",
		    .subject = "L\xc3\xa6st: Udkast til referat",
		    .text = "Meddelelsen\n\nblev l\xc3\xa6st 29. oktober.",
		    .want = "read-receipt", .outcome = OUTCOME_SILENT },
		{ .name = "read receipt, English", .subject = "Read: Agenda",
		    .text = "Your message\n\nwas read on Thursday.",
		    .want = "read-receipt", .outcome = OUTCOME_SILENT },
		{ .name = "read receipt, German", .subject = "Gelesen: M",
		    .text = "Ihre Nachricht\n\nwurde am Montag gelesen.",
		    .want = "read-receipt", .outcome = OUTCOME_SILENT },
		{ .name = "deleted unread", .subject = "Ikke l\xc3\xa6st: M",
		    .text = "Meddelelsen blev slettet uden at blive "
		    "l\xc3\xa6st.", .want = "read-receipt",
		    .outcome = OUTCOME_SILENT },
		{ .name = "recall", .subject = "Recall: SV: Indkaldelse",
		    .text = "Kirsten would like to recall the message \"SV\".",
		    .want = "recall", .outcome = OUTCOME_HUMAN },
		{ .name = "what became of the recall",
		    .subject = "Message Recall Success: SV", .text = "x",
		    .want = "notice", .outcome = OUTCOME_SILENT },
		{ .name = "challenge", .from = "a@b.example", .text =
		    "To have your message delivered, click the link "
		    "https://filter.example/x", .want = "challenge",
		    .outcome = OUTCOME_SILENT },
		{ .name = "ticket", .from = "support@b.example",
		    .subject = "[Sag 12] Din henvendelse er modtaget",
		    .text = "Vi har modtaget din mail og svarer snart.",
		    .want = "notice", .outcome = OUTCOME_SILENT },
		{ .name = "web form", .from = "wordpress@forening.example",
		    .text = "Navn: Rita\nE-mail: r@mail.example\n"
		    "Besked: Jeg vil gerne v\xc3\xa6re med.",
		    .want = "web-form", .outcome = OUTCOME_HUMAN },
		{ .name = "a person lists her data", .text =
		    "Navn: Rita Sandholm\nE-mail: r@mail.example\n"
		    "Besked: Jeg s\xc3\xb8ger pladsen." },
	};

	(void)state;
	HOLDS(sketches);
}

static void
a_calendar_answer_is_read_though_a_program_sent_it(void **state)
{
	static const struct sketch sketch = { .header = "Auto-Submitted",
		.value = "auto-generated", .text = "x" };
	struct mail_calendar calendar = { .method = "REPLY",
		.recurrence_at = -1 };
	struct mail mail = { .calendars = &calendar, .n_calendars = 1 };
	struct arena *arena = arena_open();
	struct silence silence;

	(void)state;
	assert_false(read_sketch(arena, &sketch, &mail, &silence));
	/* … but no receipt goes to a program */
	assert_true(silence_forbids_answer(&mail, &fixture));
	calendar.method = "REQUEST";
	mail.n_headers = 0;
	assert_true(read_sketch(arena, &(struct sketch){ .text = "x" }, &mail,
	    &silence));
	assert_string_equal(silence.reason, "foreign-invitation");
	assert_int_equal(silence.outcome, OUTCOME_HUMAN);
	assert_true(silence.may_answer || mail.n_headers > 0);
	arena_close(&arena);
}

static void
what_cannot_be_read_goes_to_a_person(void **state)
{
	struct arena *arena = arena_open();
	struct mail inner = { .subject = "Et \xc3\xb8nske" };
	struct mail sealed = { .is_encrypted = true };
	struct mail broken = { .is_broken = true };
	struct mail carrier = { .inner = &inner };
	struct silence s;

	(void)state;
	assert_true(read_sketch(arena, &(struct sketch){ .text = NULL },
	    &sealed, &s));
	assert_string_equal(s.reason, "encrypted");
	assert_int_equal(s.outcome, OUTCOME_HUMAN);
	assert_true(read_sketch(arena, &(struct sketch){ .text = NULL },
	    &broken, &s));
	assert_string_equal(s.reason, "broken");
	assert_true(read_sketch(arena, &(struct sketch){ .text =
	    "Se den vedh\xc3\xa6""ftede mail." }, &carrier, &s));
	assert_string_equal(s.reason, "mail-as-attachment");
	assert_false(read_sketch(arena, &(struct sketch){ .text =
	    "Jeg kommer den 26." }, &carrier, &s));
	arena_close(&arena);
}

/* --- bounces -------------------------------------------------------------- */

static const struct {
	const char *name, *from, *subject, *text;
	enum bounce_kind kind;
	bool hard;
} bounces[] = {
	{ "qmail", "MAILER-DAEMON@mx.example", "failure notice",
	    "Hi. This is the qmail-send program at mx.example.\nI'm afraid I "
	    "wasn't able to deliver your message to the following addresses."
	    "\nThis is a permanent error; I've given up. Sorry it didn't work "
	    "out.\n\n<" KIRSTEN ">:\nSorry, no mailbox here by that name. "
	    "(#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
	    "Message-ID: " OUR_ID "\n", BOUNCE_FAILED, true },
	{ "Exim", "mailer-daemon@mx.example", "Mail delivery failed: "
	    "returning message to sender",
	    "A message that you sent could not be delivered to one or more of "
	    "its\nrecipients. This is a permanent error. The following "
	    "address(es) failed:\n\n  " KIRSTEN "\n    Unrouteable address\n\n"
	    "Message-ID: " OUR_ID "\n", BOUNCE_FAILED, true },
	{ "Exim, delay", "mailer-daemon@mx.example",
	    "Warning: message 1kX delayed 24 hours",
	    "A message that you sent has not yet been delivered to one or more "
	    "of its\nrecipients. No action is required on your part.\n\n"
	    "Message-ID: " OUR_ID "\n", BOUNCE_DELAYED, false },
	{ "Yahoo", "mailer-daemon@yahoo.example", "Failure Notice",
	    "Sorry, we were unable to deliver your message to the following "
	    "address.\n\n<" KIRSTEN ">:\n554: delivery error: This user "
	    "doesn't have an account. No such user.\n\nMessage-ID: " OUR_ID,
	    BOUNCE_FAILED, true },
	{ "Exchange 2003", "postmaster@mx.example", "Undeliverable: "
	    "Indkaldelse", "Your message did not reach some or all of the "
	    "intended recipients.\n\nThe e-mail account does not exist at the "
	    "organization this message was sent to.\n\nMessage-ID: " OUR_ID,
	    BOUNCE_FAILED, true },
	{ "Exchange, German", "postmaster@mx.example", "Unzustellbar: M",
	    "Fehler bei der Nachrichtenzustellung. Ihre Nachricht konnte nicht "
	    "zugestellt werden. Der Benutzer ist unbekannt.\n" OUR_ID,
	    BOUNCE_FAILED, true },
	{ "sendmail", "MAILER-DAEMON@mx.example", "Returned mail: see "
	    "transcript for details", "----- The following addresses had "
	    "permanent fatal errors -----\n<" KIRSTEN ">\n(reason: 550 5.1.1 "
	    "User unknown)\n" OUR_ID, BOUNCE_FAILED, true },
	{ "mailbox full", "MAILER-DAEMON@mx.example", "Undelivered Mail "
	    "Returned to Sender", "This is the mail system at host mx.example."
	    "\n\n<" KIRSTEN ">: 552 5.2.2 Mailbox full, no such user quota\n"
	    OUR_ID, BOUNCE_FAILED, false },
	{ "Gmail in Danish", "mailer-daemon@gmail.example", "Delivery Status "
	    "Notification (Failure)", "Din mail blev ikke leveret til " KIRSTEN
	    ", fordi adressen ikke blev fundet.\n" OUR_ID, BOUNCE_FAILED,
	    true },
	{ "refused as spam", "MAILER-DAEMON@mx.example", "Undelivered Mail "
	    "Returned to Sender", "This is the mail system at host mx.example."
	    "\n\n<" KIRSTEN ">: 554 5.7.1 Message rejected as spam\n" OUR_ID,
	    BOUNCE_FAILED, false },
};

static void
bounces_of_all_servers_are_read(void **state)
{
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(bounces) / sizeof(bounces[0]); i++) {
		struct sketch sketch = { .from = text_lower(arena,
		    bounces[i].from), .subject = bounces[i].subject,
		    .text = bounces[i].text };
		struct mail mail = { .return_path = "" };
		struct silence s;

		assert_true(read_sketch(arena, &sketch, &mail, &s));
		if (strcmp(s.reason, bounces[i].kind == BOUNCE_FAILED ?
		    "bounce" : "delayed") != 0 || s.hard != bounces[i].hard)
			print_message("%s: %s %d\n", bounces[i].name,
			    s.reason, s.hard);
		assert_string_equal(s.reason, bounces[i].kind ==
		    BOUNCE_FAILED ? "bounce" : "delayed");
		assert_int_equal(s.hard, bounces[i].hard);
		assert_ptr_equal(s.letter, &fixture_sent[0]);
		if (bounces[i].kind == BOUNCE_FAILED)
			assert_string_equal(s.unreachable, KIRSTEN);
		else
			assert_null(s.unreachable);
	}
	arena_close(&arena);
}

static void
a_report_without_our_id_reaches_nobody(void **state)
{
	static const char *const none[] = { "<x@y.example>" };
	struct arena *arena = arena_open();
	struct mail_report report = { .kind = MAIL_REPORT_DELIVERY,
		.recipient = KIRSTEN, .action = "failed", .status = "5.1.1" };
	struct mail mail = { .return_path = "", .reports = &report,
		.n_reports = 1, .report_ids = none, .n_report_ids = 1 };
	struct sketch sketch = { .from = "mailer-daemon@evil.example",
		.subject = "Undelivered Mail Returned to Sender",
		.text = KIRSTEN ": user unknown" };
	struct silence s;

	(void)state;
	assert_true(read_sketch(arena, &sketch, &mail, &s));
	assert_string_equal(s.reason, "foreign-bounce");
	assert_null(s.unreachable);
	assert_int_equal(s.outcome, OUTCOME_SILENT);
	arena_close(&arena);
}

static void
a_report_says_what_became_of_our_letter(void **state)
{
	static const char *const ours[] = { OUR_ID };
	static const struct {
		const char *action, *status, *diagnostic, *reason;
		bool hard;
	} cases[] = {
		{ "failed", "5.1.1", NULL, "bounce", true },
		{ "failed", "5.1.10", NULL, "bounce", true },
		{ "failed", "5.2.2", NULL, "bounce", false },
		{ "failed", "5.7.1", "rejected by policy", "bounce", false },
		{ "failed", "5.0.0", "550 user unknown", "bounce", true },
		{ "failed", "5.0.0", "550 go away", "bounce", false },
		{ "failed", "4.4.7", "timed out", "bounce", false },
		{ "failed", "5.1.1", "mailbox is full", "bounce", false },
		{ "delayed", "4.4.1", NULL, "delayed", false },
		{ "delivered", "2.0.0", NULL, "delivered", false },
		{ "relayed", "2.0.0", NULL, "delivered", false },
		{ "expanded", "2.0.0", NULL, "delivered", false },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mail_report report = { .kind = MAIL_REPORT_DELIVERY,
			.recipient = "forwarded@elsewhere.example",
			.action = cases[i].action,
			.status = cases[i].status,
			.diagnostic = cases[i].diagnostic };
		struct mail mail = { .return_path = "", .reports = &report,
			.n_reports = 1, .report_ids = ours,
			.n_report_ids = 1 };
		struct silence s;

		assert_true(read_sketch(arena, &(struct sketch){ .from =
		    "mailer-daemon@mx.example", .text = "x" }, &mail, &s));
		assert_string_equal(s.reason, cases[i].reason);
		assert_int_equal(s.hard, cases[i].hard);
		/* the letter went to her, whoever it was sent on to */
		if (strcmp(s.reason, "bounce") == 0)
			assert_string_equal(s.unreachable, KIRSTEN);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_count_by_their_value),
		cmocka_unit_test(automatic_replies_are_known_by_their_words),
		cmocka_unit_test(a_person_who_is_away_is_a_person),
		cmocka_unit_test(other_machines_are_known_by_their_words),
		cmocka_unit_test(
		    a_calendar_answer_is_read_though_a_program_sent_it),
		cmocka_unit_test(what_cannot_be_read_goes_to_a_person),
		cmocka_unit_test(bounces_of_all_servers_are_read),
		cmocka_unit_test(a_report_without_our_id_reaches_nobody),
		cmocka_unit_test(a_report_says_what_became_of_our_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
