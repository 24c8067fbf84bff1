/* SPDX-License-Identifier: MIT */
/* Bounces as mail servers write them, with and without a machine's part. */
#include "test.h"

#include "base/arena.h"
#include "mail/mime_read.h"

#define DAEMON "Return-Path: <>\nFrom: MAILER-DAEMON@far.example\n" \
	"To: raadspost@fjordby.example\n"
#define REPORT(kind) DAEMON "Subject: Undelivered\nContent-Type: " \
	"multipart/report; report-type=" kind "; boundary=m\n\n--m\n" \
	"Content-Type: text/plain\n\nhej\n"

struct row {
	const char *says, *raw;
	const char *recipient, *action, *status, *diagnostic; /* a part */
	const char *id;
	size_t n;
};

static const struct row rows[] = {
	{ "RFC 3464", REPORT("delivery-status") "--m\nContent-Type: message/"
	  "delivery-status\n\nReporting-MTA: dns; x\nX-Original-Message-ID: "
	  "<1@f>\n\nFinal-Recipient: rfc822; New@d.example\n"
	  "Original-Recipient: rfc822;old@d.example\nAction: Failed (x)\n"
	  "Status: 5.1.1 (gone)\nDiagnostic-Code: smtp; 550 5.1.1 no such\n"
	  "  user\n\n--m\nContent-Type: text/rfc822-headers\n\n"
	  "Message-ID: <2@f>\nReferences: <1@f> <3@f>\n\n--m--\n",
	  "old@d.example", "failed", "5.1.1", "550 5.1.1 no such user",
	  "<1@f>", 1 },
	{ "two recipients", REPORT("delivery-status") "--m\nContent-Type: "
	  "message/delivery-status\n\nReporting-MTA: dns; x\n\n"
	  "Final-Recipient: rfc822;a@d.example\nAction: delayed\nStatus: "
	  "4.4.1\n\nFinal-Recipient: rfc822;b@d.example\nAction: failed\n\n"
	  "--m--\n", "a@d.example", "delayed", "4.4.1", NULL, NULL, 2 },
	{ "no groups apart", REPORT("delivery-status") "--m\nContent-Type: "
	  "message/delivery-status\n\nReporting-MTA: dns; x\n"
	  "Final-Recipient: rfc822;a@d.example\nAction: failed\nStatus: "
	  "5.0.0\n\n--m--\n", "a@d.example", "failed", "5.0.0", NULL, NULL,
	  1 },
	{ "a read receipt", REPORT("disposition-notification") "--m\n"
	  "Content-Type: message/disposition-notification\n\n"
	  "Final-Recipient: rfc822;a@d.example\nOriginal-Message-ID: <1@f>\n"
	  "Disposition: manual-action/MDN-sent-manually; displayed\n\n"
	  "--m--\n", "a@d.example", "displayed", NULL, NULL, "<1@f>", 1 },
	{ "a complaint", REPORT("feedback-report") "--m\nContent-Type: "
	  "message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
	  "Original-Rcpt-To: <a@d.example>\n\n--m\nContent-Type: "
	  "message/rfc822\n\nMessage-ID: <1@f>\n\nx\n--m--\n", "a@d.example",
	  "abuse", NULL, NULL, "<1@f>", 1 },
	{ "qmail", DAEMON "Subject: failure notice\n\n"
	  "Hi. This is the qmail-send program at far.example.\n"
	  "I'm afraid I wasn't able to deliver your message to the following "
	  "addresses.\nThis is a permanent error; I've given up. Sorry it "
	  "didn't work out.\n\n<a@d.example>:\nSorry, no mailbox here by "
	  "that name. (#5.1.1)\n\n--- Below this line is a copy of the "
	  "message.\n\nReturn-Path: <x@f.example>\nMessage-ID: <1@f>\nTo: "
	  "c@d.example\n", "a@d.example", "failed", "5.1.1",
	  "no mailbox here", "<1@f>", 1 },
	{ "Exim", DAEMON "Subject: Mail delivery failed: returning message "
	  "to sender\nAuto-Submitted: auto-replied\nX-Failed-Recipients: "
	  "a@d.example\n\nThis message was created automatically by mail "
	  "delivery software.\n\nA message that you sent could not be "
	  "delivered to one or more of its\nrecipients. This is a permanent "
	  "error. The following address(es) failed:\n\n  a@d.example\n    "
	  "host mx.d.example [192.0.2.1]\n    SMTP error from remote mail "
	  "server after RCPT TO:<a@d.example>:\n    550 5.7.1 rejected\n\n"
	  "------ This is a copy of the message, including all the headers. "
	  "------\n\nMessage-ID: <1@f>\n", "a@d.example", "failed", "5.7.1",
	  "550 5.7.1 rejected", "<1@f>", 1 },
	{ "Exim, delayed", DAEMON "Subject: Warning: message 1a delayed 24 "
	  "hours\nAuto-Submitted: auto-replied\nX-Failed-Recipients: \n\n"
	  "Delay reason: x\n\n  a@d.example\n    Delay reason: connection "
	  "timed out\n\nNo action is required on your part. Delivery "
	  "attempts will continue.\n", "a@d.example", "delayed", NULL,
	  "connection timed out", NULL, 1 },
	{ "Postfix in words", DAEMON "Subject: Undelivered Mail Returned to "
	  "Sender\n\nThis is the mail system at host x.example.\n\nFor further "
	  "assistance, please send mail to postmaster.\n\n                "
	  "   The mail system\n\n<a@d.example>: host mx.d.example[192.0.2.1] "
	  "said: 552 5.2.2 Over\n    quota (in reply to RCPT TO command)\n",
	  "a@d.example", "failed", "5.2.2", "Over quota", NULL, 1 },
	{ "Sendmail", DAEMON "Subject: Returned mail: see transcript for "
	  "details\n\n   ----- The following addresses had permanent fatal "
	  "errors -----\n<a@d.example>\n    (reason: 550 <a@d.example>... "
	  "User unknown)\n\n   ----- Transcript of session follows -----\n",
	  "a@d.example", "failed", "5.1.1", "User unknown", NULL, 1 },
	{ "Exchange, Danish", DAEMON "Subject: Kan ikke leveres: M\xc3\xb8""de"
	  "\n\nLevering mislykkedes for disse modtagere eller grupper:\n\n"
	  "a@d.example<mailto:a@d.example>\nDen mailadresse, du angav, blev "
	  "ikke fundet.\n\nDiagnosticeringsoplysninger til administratorer:"
	  "\n\nOprindelige meddelelsesheadere:\n\nMessage-ID: <1@f>\n",
	  "a@d.example", "failed", "5.1.1", "blev ikke fundet", "<1@f>", 1 },
	{ "Exchange, English", DAEMON "Subject: Undeliverable: x\n\nDelivery "
	  "has failed to these recipients or groups:\n\nA B (a@d.example)\n",
	  "a@d.example", "failed", NULL, NULL, NULL, 1 },
	{ "Yahoo", DAEMON "Subject: Failure Notice\n\nSorry, we were unable "
	  "to deliver your message to the following address.\n\n"
	  "<a@d.example>:\n554: delivery error: dd This user doesn't have a "
	  "d.example account (a@d.example) [0]\n\n--- Original message "
	  "follows.\n", "a@d.example", "failed", "5.1.1",
	  "doesn't have a d.example account", NULL, 1 },
	{ "Gmail of old", DAEMON "Subject: Delivery Status Notification "
	  "(Failure)\nX-Failed-Recipients: a@d.example\n\nDelivery to the "
	  "following recipient failed permanently:\n\n     a@d.example\n\n"
	  "Technical details of permanent failure:\nDNS Error: Domain name "
	  "not found\n\n----- Original message -----\n", "a@d.example",
	  "failed", "5.1.2", "Domain name not found", NULL, 1 },
	{ "Gmail now, Danish", DAEMON "Subject: Delivery Status Notification "
	  "(Failure)\n\n** Adressen blev ikke fundet **\n\nDin mail blev ikke "
	  "leveret til a@d.example, fordi adressen ikke blev fundet.\n",
	  "a@d.example", "failed", "5.1.1", NULL, NULL, 1 },
	{ "a bounce that names nobody", DAEMON "Subject: failure notice\n\n"
	  "It did not work.\n", NULL, "failed", NULL, NULL, NULL, 1 },
	{ "our own address in it is not the one", DAEMON "Subject: failure "
	  "notice\n\n<raadspost@fjordby.example>:\nx\n", NULL, "failed", NULL,
	  NULL, NULL, 1 },
	/* what is none */
	{ "a person who quotes a bounce", "Return-Path: <p@d.example>\nFrom: "
	  "p@d.example\nSubject: failure notice\n\n<a@d.example>:\nx\n"
	  "Message-ID: <1@f>\n", NULL, NULL, NULL, NULL, NULL, 0 },
	{ "an automatic reply", "Return-Path: <>\nFrom: p@d.example\n"
	  "Subject: Automatisk svar\n\na@d.example er p\xc3\xa5 ferie\n",
	  NULL, NULL, NULL, NULL, NULL, 0 },
	{ "a forwarded mail", "From: p@d.example\nSubject: VS: x\n"
	  "Content-Type: message/rfc822\n\nMessage-ID: <1@f>\n\nx\n", NULL,
	  NULL, NULL, NULL, NULL, 0 },
};

static bool
is_same(const char *got, const char *want)
{
	return want == NULL || got == NULL ? want == got
	    : strcmp(got, want) == 0;
}

static void
each_server_is_understood(void **state)
{
	static const struct auth_trust trust = { .authserv_id = "mx.example" };
	struct arena *arena = arena_open();
	int faults = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *w = &rows[i];
		static const struct mail_report none;
		const struct mail_report *r = &none;
		const struct mail *m;
		const char *id;
		struct err err;

		assert_int_equal(mime_read(arena, &trust, (struct bytes){
		    (const unsigned char *)w->raw, strlen(w->raw) }, -1, &m,
		    &err), RC_OK);
		if (m->n_reports > 0)
			r = &m->reports[0];
		id = m->n_report_ids == 0 ? NULL : m->report_ids[0];
		if (m->n_reports != w->n
		    || !is_same(r->recipient, w->recipient)
		    || !is_same(r->action, w->action)
		    || !is_same(r->status, w->status) || !is_same(id, w->id)
		    || (w->diagnostic != NULL && (r->diagnostic == NULL
		    || strstr(r->diagnostic, w->diagnostic) == NULL))) {
			print_error("%s: %zu, %s %s %s «%s» %s\n", w->says,
			    m->n_reports, r->recipient, r->action, r->status,
			    r->diagnostic, id);
			faults++;
		}
	}
	assert_int_equal(faults, 0);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_server_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
