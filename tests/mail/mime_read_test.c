/* SPDX-License-Identifier: MIT */
/* Whole mails: parts, words, files, and what of them is the same mail. */
#include "test.h"

#include "base/arena.h"
#include "base/sha256.h"
#include "base/wire.h"
#include "mail/mime_read.h"

#define HEAD "From: A <a@b.example>\nSubject: x\n" \
	"Date: Tue, 3 Nov 2026 21:14:07 +0100\nMIME-Version: 1.0\n"
#define MIXED HEAD "Content-Type: multipart/mixed; boundary=m\n\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=a\n\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\n\n"
#define HTML "Content-Type: text/html; charset=utf-8\n\n"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_open();
	mime_open();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static const struct mail *
read_n(const char *raw, size_t n)
{
	static const struct auth_trust trust = { .authserv_id = "mx.example" };
	const struct mail *mail = NULL;
	struct err err;

	assert_int_equal(mime_read(arena, &trust, (struct bytes){
	    (const unsigned char *)raw, n }, -1, &mail, &err), RC_OK);
	return mail;
}

static const struct mail *
read_text(const char *raw)
{
	return read_n(raw, strlen(raw));
}

static void
the_words_of_a_part_come_in_utf_8(void **state)
{
	static const struct { const char *says, *raw, *text; } rows[] = {
		{ "none said", HEAD "\nhej\r\nder", "hej\nder" },
		{ "quoted-printable", HEAD "Content-Transfer-Encoding: "
		  "Quoted-Printable\nContent-Type: text/plain; "
		  "charset=iso-8859-1\n\nm=F8de=  \nt =3D= =\n", "mødet == " },
		{ "base64 with junk in it", HEAD "Content-Transfer-Encoding: "
		  "base64\n\nTc\nO4-ZGU=\nIQ==", "Møde!" },
		{ "base64 without its end", HEAD "Content-Transfer-Encoding: "
		  "base64\n\nTcO4ZGU", "Møde" },
		{ "UTF-8 that is called ASCII", HEAD "Content-Type: text/"
		  "plain; charset=us-ascii\n\nm\xc3\xb8""de", "møde" },
		{ "windows-1252 that is called nothing", HEAD
		  "\nm\xf8""de \x96 her", "møde – her" },
		{ "windows-1252 that is called Latin-1", HEAD "Content-Type: "
		  "text/plain; charset=iso-8859-1\n\n\x93x\x94", "“x”" },
		{ "windows-1252 that is called UTF-8", HEAD "Content-Type: "
		  "text/plain; charset=utf-8\n\nm\xf8""de", "møde" },
		{ "UTF-8 with a broken letter", HEAD
		  "\nm\xc3\xb8""de \xc3", "møde \xef\xbf\xbd" },
		{ "code page 850", HEAD "Content-Type: text/plain; "
		  "charset=ibm850\n\nm\x9b""de", "møde" },
		{ "Macintosh", HEAD "Content-Type: text/plain; "
		  "charset=macintosh\n\nm\xbf""de", "møde" },
		{ "ISO-8859-15", HEAD "Content-Type: text/plain; "
		  "charset=\"ISO-8859-15\"\n\n\xa4", "€" },
		{ "UTF-7", HEAD "Content-Type: text/plain; charset=utf-7\n\n"
		  "m+APg-de +- +AOb", "møde + æ" },
		{ "Japanese", HEAD "Content-Type: text/plain; "
		  "charset=iso-2022-jp\n\n\x1b$B$\"\x1b(B", "あ" },
		{ "Chinese", HEAD "Content-Type: text/plain; "
		  "charset=gb2312\n\n\xc4\xe3", "你" },
		{ "an unknown set", HEAD "Content-Type: text/plain; "
		  "charset=IBM1390\n\na\x80", "a\xef\xbf\xbd" },
		{ "controls, bidi, zero width", HEAD
		  "\na\x1b[31mb\xe2\x80\xae""c\xe2\x80\x8b""d\x07",
		  "a [31mbcd " },
		{ "lone CR", HEAD "\na\rb\r\nc", "a\nb\nc" },
		{ "format=flowed", HEAD "Content-Type: text/plain; "
		  "format=flowed\n\nen \nto \ntre\n> citat \n> mere\n ind\n"
		  "-- \nsig \nmere",
		  "en to tre\n> citat mere\nind\n-- \nsig mere\n" },
		{ "delsp", HEAD "Content-Type: text/plain; format=flowed; "
		  "delsp=yes\n\nen \nto \n\nx", "ento\n\nx\n" },
		{ "uuencode is left alone", HEAD "Content-Transfer-Encoding: "
		  "x-uuencode\n\nbegin 644 a\n#86)C\n`\nend\n",
		  "begin 644 a\n#86)C\n`\nend\n" },
		{ "a multipart without parts", HEAD
		  "Content-Type: multipart/mixed; boundary=m\n\nhej\n",
		  "hej\n" },
		{ "a multipart without boundary", HEAD
		  "Content-Type: multipart/mixed\n\nhej", NULL },
		{ "a type that is none", HEAD "Content-Type: text\n\nhej",
		  "hej" },
		{ "no head", "hej\nmed dig\n", "hej\nmed dig\n" },
		{ "an empty line first", "\nFrom: a@b.example\n\nhej",
		  "From: a@b.example\n\nhej" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct mail *m = read_text(rows[i].raw);

		if (rows[i].text == NULL && m->text == NULL)
			continue;
		if (m->text == NULL || rows[i].text == NULL
		    || strcmp(m->text, rows[i].text) != 0) {
			print_error("%s: «%s»\n", rows[i].says, m->text);
			assert_true(false);
		}
	}
}

static void
sixteen_bits_a_letter(void **state)
{
	static const char raw[] = HEAD "Content-Type: text/plain; "
	    "charset=utf-16\n\n\xff\xfem\0\xf8\0\x3d\xd8\x4d\xdc";

	(void)state;
	assert_string_equal(read_n(raw, sizeof raw - 1)->text,
	    "m\xc3\xb8\xf0\x9f\x91\x8d");
}

static void
both_forms_of_a_mail_are_kept(void **state)
{
	const struct mail *m = read_text(HEAD ALTERNATIVE "--a\n" PLAIN
	    "hej *du*\n--a\n" HTML "<p>hej <b>du</b></p>\n--a--\n");

	(void)state;
	assert_string_equal(m->text, "hej *du*");
	assert_string_equal(m->html_text, "hej du\n");
	assert_false(m->html_differs);
	assert_int_equal(m->n_attachments, 0);
	m = read_text(HEAD ALTERNATIVE "--a\n" PLAIN "afbud\n--a\n" HTML
	    "<p>godkend<p style='display:none'>afbud</p>\n--a--\n");
	assert_true(m->html_differs);
	assert_string_equal(m->html_hidden, "afbud");
}

/* What stands in one part alone belongs to both views. */
static void
words_beside_the_two_forms_are_in_both(void **state)
{
	const struct mail *m = read_text(MIXED "--m\n" ALTERNATIVE "--a\n"
	    PLAIN "et\n--a\n" HTML "<p>et\n--a--\n--m\n" PLAIN "to\n--m\n"
	    HTML "<p>tre\n--m--\n");

	(void)state;
	assert_string_equal(m->text, "et\nto\ntre\n");
	assert_string_equal(m->html_text, "et\nto\ntre\n");
	assert_false(m->html_differs);
}

static void
files_are_hashed_named_and_read_where_they_are_text(void **state)
{
	const struct mail *m = read_text(MIXED "--m\n" PLAIN "hej\n--m\n"
	    "Content-Type: application/pdf; name=\"=?utf-8?Q?r=C3=A5d.pdf?=\""
	    "\nContent-Transfer-Encoding: base64\n\nYWJj\n--m\n"
	    "Content-Type: text/plain; charset=iso-8859-1\n"
	    "Content-Disposition: attachment; filename=\"../../e\\\\tc.txt\""
	    "\n\nm\xf8""de\n--m\nContent-Type: application/octet-stream\n"
	    "Content-Disposition: attachment; "
	    "filename*=utf-8''a%0D%0A%E2%80%AEb.md\n\nx\n--m\n"
	    HTML "<img src='cid:i'>\n--m\n"
	    "Content-Type: image/png\nContent-ID: <i>\n"
	    "Content-Disposition: inline\n\np\n--m\n"
	    "Content-Type: text/plain; name=b.txt\n\nfil\n--m--\n");
	uint8_t abc[SHA256_BYTES];

	(void)state;
	sha256_of("abc", 3, abc);
	assert_string_equal(m->text, "hej");
	assert_int_equal(m->n_attachments, 5);
	assert_string_equal(m->attachments[0].name, "råd.pdf");
	assert_string_equal(m->attachments[0].type, "application/pdf");
	assert_int_equal(m->attachments[0].size_bytes, 3);
	assert_memory_equal(m->attachments[0].sha256, abc, sizeof abc);
	assert_null(m->attachments[0].text);
	assert_string_equal(m->attachments[1].name, "tc.txt");
	assert_string_equal(m->attachments[1].text, "møde");
	assert_string_equal(m->attachments[2].name, "a b.md");
	assert_string_equal(m->attachments[2].text, "x");
	assert_true(m->attachments[3].is_inline);
	assert_string_equal(m->attachments[4].text, "fil");
	assert_false(m->attachments[4].is_inline);
}

static void
a_part_can_be_had_by_its_number(void **state)
{
	static const char raw[] = MIXED "--m\n" PLAIN "hej\n--m\n"
	    "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\nYWJj\n"
	    "--m--\n";
	struct bytes b = { (const unsigned char *)raw, sizeof raw - 1 }, got;
	const struct mail *m = read_text(raw);
	struct err err;

	(void)state;
	assert_int_equal(mime_read_part(arena, b, -1,
	    m->attachments[0].part, &got, &err), RC_OK);
	assert_int_equal(got.n, 3);
	assert_memory_equal(got.data, "abc", 3);
	assert_int_equal(mime_read_part(arena, b, -1, 0, &got, &err),
	    RC_NONE);
	assert_int_equal(mime_read_part(arena, b, -1, 9, &got, &err),
	    RC_NONE);
}

static void
the_first_of_a_doubled_field_counts(void **state)
{
	const struct mail *m = read_text("From: a@b.example\nFrom: "
	    "c@d.example\nSubject: et\nSubject: to\nContent-Type: text/plain"
	    "\nContent-Type: text/html\n\n<b>");

	(void)state;
	assert_string_equal(m->from.list[0].email, "a@b.example");
	assert_false(m->from_is_plain);
	assert_string_equal(m->subject, "et");
	assert_string_equal(m->text, "<b>");
	assert_int_equal(m->n_headers, 6);
	assert_string_equal(mail_header(m, "SUBJECT"), "et");
	assert_null(mail_header(m, "Cc"));
}

/* THREATS 4: what is plain is what every reader of the mail takes for the
 * sender; all else is nobody. */
static void
only_one_plain_from_is_somebody(void **state)
{
	static const struct { const char *head; bool is_plain; } rows[] = {
		{ "From: A <a@b.example>\n", true },
		{ "from:a@b.example\n", true },
		{ "From: A\n <a@b.example>\n", true },
		{ "From: (x)\n a@b.example\n", true },
		{ "Sender: c@d.example\nFrom: a@b.example\n", true },
		{ "Resent-From: c@d.example\nFrom: a@b.example\n", true },
		{ "From: a@b.example\nFrom: a@b.example\n", false },
		{ "From : c@d.example\nFrom: a@b.example\n", false },
		{ "From: a@b.example\nFrom\t: c@d.example\n", false },
		{ "From: a@b.example\nFROM: c@d.example\n", false },
		{ "From : a@b.example\n", false },
		{ "From: a@b.example, c@d.example\n", false },
		{ "From: x: a@b.example;\n", false },
		{ "From: a@b.example\r\rFrom: c@d.example\n", false },
		{ "From: a@b.example\rX\n", false },
		{ "From: A <a@b.example>\n <c@d.example>\n", false },
		{ "From: (<c@d.example>)\n a@b.example\n", false },
		{ "From: =?utf-8?q?a=40b.example?=\n", false },
		{ "From: =?utf-8?q?A_=3Ca=40b.example=3E?= <c@d.example>\n",
		  true },
		{ "From: A\n", false },
		{ "From:\n", false },
		{ "From\n", false },
		{ "To: c@d.example\n", false },
		{ "\nFrom: a@b.example\n", false },
		{ "no field\nFrom: a@b.example\n", false },
	};
	static const char nul[] = "From: a@b.example\0 <c@d.example>\n\n";

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct mail *m = read_text(arena_printf(arena,
		    "%sSubject: x\n\nhej", rows[i].head));

		if (m->from_is_plain != rows[i].is_plain)
			print_error("«%s»\n", rows[i].head);
		assert_int_equal(m->from_is_plain, rows[i].is_plain);
	}
	assert_false(read_n(nul, sizeof nul - 1)->from_is_plain);
}

static void
the_envelope_is_what_the_mailbox_wrote_down(void **state)
{
	const struct mail *m = read_text("Return-Path: <>\nDelivered-To: "
	    "A@b.example\nX-Original-To: a@b.example\nEnvelope-To: "
	    "<c@d.example>\n\n");

	(void)state;
	assert_string_equal(m->return_path, "");
	assert_int_equal(m->n_delivered_to, 2);
	assert_string_equal(m->delivered_to[1], "c@d.example");
	assert_null(read_text("A: b\n\n")->return_path);
	assert_null(read_text("Return-Path: x\n\n")->return_path);
}

static void
an_attached_mail_is_read_one_level_deep(void **state)
{
	const struct mail *m = read_text(MIXED "--m\n" PLAIN "se her\n--m\n"
	    "Content-Type: message/rfc822\n\nFrom: b@c.example\n"
	    "Message-ID: <1@c>\nSubject: inde\n\nindre ord\n--m--\n");

	(void)state;
	assert_non_null(m->inner);
	assert_string_equal(m->inner->subject, "inde");
	assert_string_equal(m->inner->text, "indre ord");
	assert_int_equal(m->inner->auth, MAIL_AUTH_NONE);
	assert_null(m->inner->inner);
	/* and it is no report */
	assert_int_equal(m->n_report_ids, 0);
}

static void
what_cannot_be_read_is_said(void **state)
{
	static const struct { const char *raw; bool encrypted, is_signed; }
	    rows[] = {
		{ HEAD "Content-Type: multipart/encrypted; boundary=m\n\n"
		  "--m\nContent-Type: application/pgp-encrypted\n\nx\n--m--",
		  true, false },
		{ HEAD "Content-Type: application/pkcs7-mime; "
		  "smime-type=enveloped-data\n\nx", true, false },
		{ HEAD "Content-Type: application/pkcs7-mime; "
		  "smime-type=signed-data\n\nx", true, true },
		{ HEAD "\n-----BEGIN PGP MESSAGE-----\n\nx", true, false },
		{ HEAD "Content-Type: multipart/signed; boundary=m\n\n--m\n"
		  PLAIN "hej\n--m\nContent-Type: application/pgp-signature\n\n"
		  "x\n--m--", false, true },
		{ HEAD "\nhej", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct mail *m = read_text(rows[i].raw);

		assert_int_equal(m->is_encrypted, rows[i].encrypted);
		assert_int_equal(m->is_signed, rows[i].is_signed);
	}
}

static void
what_is_broken_says_why(void **state)
{
	static const char *const broken[] = {
		"", "hej", "\n\nhej",
		HEAD "Content-Type: multipart/mixed; boundary=m\n\nhej",
		HEAD "Content-Type: multipart/mixed\n\nhej",
		HEAD "Content-Type: text/plain; charset=IBM1390\n\n\x80",
		"From: a@b.example\nno field here\nSubject: x\n\nhej",
	};

	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		const struct mail *m = read_text(broken[i]);

		assert_true(m->is_broken);
		assert_non_null(m->broken_why);
	}
	assert_false(read_text(HEAD "\nhej")->is_broken);
	assert_false(read_text(HEAD "X-A: =?IBM1390?Q?=80?=\n\nhej \xc3")
	    ->is_broken);
	/* A last boundary that is missing costs no words. */
	assert_false(read_text(MIXED "--m\n" PLAIN "hej\n")->is_broken);
}

/* THREATS, failures: the same mail by two ways, or the same id with other
 * words. */
static void
the_same_words_have_the_same_hash(void **state)
{
	static const char one[] = HEAD "Content-Type: text/plain; "
	    "charset=utf-8\n\nm\xc3\xb8""de  i dag\n";
	static const char *const same[] = {
		"Received: x\n" HEAD "Content-Type: text/plain; "
		"charset=utf-8\n\nm\xc3\xb8""de  i dag\n",
		HEAD "Content-Type: text/plain; charset=iso-8859-1\nContent-"
		"Transfer-Encoding: quoted-printable\n\nm=F8de=\n i dag  \n",
	};
	static const char *const other[] = {
		HEAD "\nm\xc3\xb8""de i morgen\n",
		"From: B <a@b.example>\nSubject: x\nDate: Tue, 3 Nov 2026 "
		"21:14:07 +0100\n\nm\xc3\xb8""de  i dag\n",
		"From: A <a@b.example>\nSubject: y\nDate: Tue, 3 Nov 2026 "
		"21:14:07 +0100\n\nm\xc3\xb8""de  i dag\n",
	};
	const struct mail *m = read_text(one);

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_memory_equal(read_text(same[i])->content_sha256,
		    m->content_sha256, 32);
	for (size_t i = 0; i < 3; i++)
		assert_memory_not_equal(read_text(other[i])->content_sha256,
		    m->content_sha256, 32);
}

static void
a_frame_carries_all_of_it(void **state)
{
	const struct mail *m = read_text("Return-Path: <>\nDelivered-To: "
	    "x@y.example\nReferences: <1@a> <2@b>\nIn-Reply-To: <2@b>\nCc: "
	    "c@d.example\nReply-To: r@d.example\nSender: s@d.example\n"
	    "To: t@d.example\nMessage-ID: <3@c>\n" MIXED
	    "--m\n" PLAIN "hej\n--m\nContent-Type: message/rfc822\n\n"
	    "Subject: inde\n\nord\n--m\nContent-Type: text/calendar; "
	    "method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"
	    "UID:u@v\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\n"
	    "END:VEVENT\nEND:VCALENDAR\n--m\nContent-Type: "
	    "message/delivery-status\n\nA: b\n\nFinal-Recipient: rfc822; "
	    "q@r.example\nAction: failed\nStatus: 5.1.1\n\n--m--\n");
	struct wire_out once = wire_out(arena), twice = wire_out(arena);
	struct bytes payload;
	const struct mail *again;
	struct err err;

	(void)state;
	mail_write(&once, m);
	payload = wire_bytes(&once);
	assert_int_equal(mail_read(arena, payload, &again, &err), RC_OK);
	mail_write(&twice, again);
	assert_int_equal(twice.buf.n, once.buf.n);
	assert_memory_equal(twice.buf.data, once.buf.data, once.buf.n);
	assert_string_equal(again->calendars[0].partstat, "DECLINED");
	assert_string_equal(again->reports[0].recipient, "q@r.example");
	assert_string_equal(again->inner->subject, "inde");
	/* Cut anywhere, it is none. */
	for (size_t n = 0; n < payload.n; n++)
		assert_int_equal(mail_read(arena, (struct bytes){
		    payload.data, n }, &again, &err), RC_STOP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_a_part_come_in_utf_8),
		cmocka_unit_test(sixteen_bits_a_letter),
		cmocka_unit_test(both_forms_of_a_mail_are_kept),
		cmocka_unit_test(words_beside_the_two_forms_are_in_both),
		cmocka_unit_test(
		    files_are_hashed_named_and_read_where_they_are_text),
		cmocka_unit_test(a_part_can_be_had_by_its_number),
		cmocka_unit_test(the_first_of_a_doubled_field_counts),
		cmocka_unit_test(only_one_plain_from_is_somebody),
		cmocka_unit_test(the_envelope_is_what_the_mailbox_wrote_down),
		cmocka_unit_test(an_attached_mail_is_read_one_level_deep),
		cmocka_unit_test(what_cannot_be_read_is_said),
		cmocka_unit_test(what_is_broken_says_why),
		cmocka_unit_test(the_same_words_have_the_same_hash),
		cmocka_unit_test(a_frame_carries_all_of_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
