/* SPDX-License-Identifier: MIT */
/* Files out of a mail by their place alone, known by name and first bytes. */
#include "test.h"

#include "base/arena.h"
#include "base/wire.h"
#include "mail/attachment.h"
#include "mail/mime_read.h"

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

#define RAW "From: A <a@b.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n" \
	"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nHej\r\n" \
	"--m\r\nContent-Type: application/pdf; name=a.pdf\r\n" \
	"Content-Transfer-Encoding: base64\r\n" \
	"Content-Disposition: attachment; filename=a.pdf\r\n\r\n" \
	"JVBERi0x\r\nLjQK\r\n--m\r\n" \
	"Content-Type: text/plain\r\nContent-Disposition: attachment; " \
	"filename=b.txt\r\nContent-Transfer-Encoding: quoted-printable\r\n" \
	"\r\nm=C3=B8de\r\n--m\r\nContent-Type: text/csv\r\n" \
	"Content-Disposition: attachment; filename=c.csv\r\n\r\na;b\r\nc;d" \
	"\r\n--m--\r\n"

static const struct bytes raw = { (const unsigned char *)RAW,
	sizeof RAW - 1 };

/* As the engine has it: over the wire. */
static const struct mail *
read_mail(void)
{
	const struct mail *mail = NULL, *got = NULL;
	struct wire_out out = wire_out(arena);
	struct err err = { "" };

	assert_int_equal(mime_read(arena, NULL, raw, -1, &mail, &err), RC_OK);
	mail_write(&out, mail);
	assert_int_equal(mail_read(arena, wire_bytes(&out), &got, &err),
	    RC_OK);
	return got;
}

static void
a_file_is_decoded_from_its_place_alone(void **state)
{
	static const char *const want[] = { "%PDF-1.4\n", "møde",
		"a;b\r\nc;d" };
	const struct mail *mail = read_mail();

	(void)state;
	assert_int_equal(mail->n_attachments, 3);
	for (size_t i = 0; i < 3; i++) {
		struct bytes bytes;
		struct err err = { "" };

		assert_int_equal(attachment_read(arena, raw,
		    &mail->attachments[i], &bytes, &err), RC_OK);
		assert_int_equal(bytes.n, strlen(want[i]));
		assert_memory_equal(bytes.data, want[i], bytes.n);
	}
}

static void
a_place_that_is_not_that_of_the_file_is_refused(void **state)
{
	const struct mail *mail = read_mail();
	struct { const char *says; int64_t begin, length, size; } rows[] = {
		{ "before the mail", -1, 10, 9 },
		{ "behind it", (int64_t)raw.n + 1, 0, 0 },
		{ "over its end", (int64_t)raw.n - 2, 10, 9 },
		{ "so far that it wraps", INT64_MAX, INT64_MAX, 9 },
		{ "another part", 0, 16, 9 },
		{ "more than was counted", mail->attachments[0].begin,
		  mail->attachments[0].length, 8 },
		{ "less than was counted", mail->attachments[0].begin,
		  mail->attachments[0].length, 10 },
		{ "a size below nothing", mail->attachments[0].begin,
		  mail->attachments[0].length, -1 },
		{ "a size over the limit", mail->attachments[0].begin,
		  mail->attachments[0].length, ATTACHMENT_MAX_BYTES + 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_attachment file = mail->attachments[0];
		struct bytes bytes = { NULL, 0 };
		struct err err = { "" };

		file.begin = rows[i].begin;
		file.length = rows[i].length;
		file.size_bytes = rows[i].size;
		if (attachment_read(arena, raw, &file, &bytes, &err) !=
		    RC_PARK)
			assert_string_equal(rows[i].says, "refused");
	}
}

static void
a_kind_is_known_by_name_and_first_bytes(void **state)
{
	static const struct { const char *name, *bytes; bool want; } rows[] = {
		{ "Referat.PDF", "%PDF-1.7", true },
		{ "referat.pdf", "MZ\x90", false },
		{ "referat.pdf.exe", "MZ\x90", false },
		{ "referat.exe", "%PDF-1.7", false },
		{ "a.docx", "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaa[Content", true },
		{ "a.docx", "\xD0\xCF\x11\xE0", false },
		{ "a.docm", "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaa[Content", false },
		{ "a.odt", "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapp", true },
		{ "a.odt", "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaavirus.js.js", false },
		{ "a.txt", "hej med jer", true },
		{ "a.md", "# Dagsorden", true },
		{ "a.csv", "a;b", true },
		{ "a.txt", "\1\2\3", false },
		{ "a.png", "\x89PNG\r\n\x1a\n1", true },
		{ "a.jpeg", "\xFF\xD8\xFF\xE0", true },
		{ "a.ics", "BEGIN:VCALENDAR\r\n", true },
		{ "a.ics", "hej", false },
		{ "a.html", "<html>", false },
		{ "a.svg", "<svg>", false },
		{ "pdf", "%PDF-1.7", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct bytes b = { (const unsigned char *)rows[i].bytes,
			strlen(rows[i].bytes) };

		if ((attachment_type(rows[i].name, b) != NULL) !=
		    rows[i].want)
			assert_string_equal(rows[i].name, "otherwise");
	}
	assert_null(attachment_type(NULL, raw));
}

static void
a_name_is_made_safe(void **state)
{
	static const struct { const char *says, *want; } rows[] = {
		{ "../../etc/passwd", "passwd" },
		{ "C:\\Users\\x\\referat.docx", "referat.docx" },
		{ "..", "file-4" }, { "", "file-4" }, { NULL, "file-4" },
		{ ".htaccess", "htaccess" }, { "-rf.txt", "rf.txt" },
		{ "a\r\nBcc: x@y.example.txt", "a Bcc_ x@y.example.txt" },
		{ "a<b>\"c\"|?*;$(x)`.txt", "a_b__c______(x)_.txt" },
		{ "bilag  2 – økonomi.xlsx", "bilag 2 – økonomi.xlsx" },
		{ "mid\xE2\x80\xAEgnp.exe", "midgnp.exe" },
	};
	char *longer = arena_alloc(arena, 400);
	const char *got;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(attachment_name(arena, rows[i].says, 4),
		    rows[i].want);
	memset(longer, 'x', 300);
	memcpy(longer + 300, ".pdf", 4);
	got = attachment_name(arena, longer, 1);
	assert_true(strlen(got) <= 120);
	assert_true(text_ends(got, ".pdf"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_file_is_decoded_from_its_place_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_place_that_is_not_that_of_the_file_is_refused, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    a_kind_is_known_by_name_and_first_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(a_name_is_made_safe, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
