/* SPDX-License-Identifier: MIT */
/* Our own letters: heads that hold what was meant and nothing more, bodies
 * in lines that every server carries. */
#include "test.h"

#include "base/arena.h"
#include "mail/body_write.h"
#include "mail/header_write.h"
#include "mail/mime_write.h"

static const char *
subject(struct arena *arena, const char *value)
{
	struct buf out = buf_open(arena);
	struct err err = { "" };

	if (header_text(&out, "Subject", value, &err) != RC_OK)
		return arena_printf(arena, "!%s", err.text);
	return buf_text(&out);
}

static void
a_subject_is_encoded_where_it_must_be(void **state)
{
	static const struct { const char *value, *want; } rows[] = {
		{ "Plain words", "Subject: Plain words\r\n" },
		{ "", "Subject:\r\n" },
		{ "på æ", "Subject: =?UTF-8?Q?p=C3=A5_=C3=A6?=\r\n" },
		{ "=?x?=", "Subject: =?UTF-8?Q?=3D=3Fx=3F=3D?=\r\n" },
		{ " a", "Subject: =?UTF-8?Q?_a?=\r\n" },
		{ "a  b", "Subject: =?UTF-8?Q?a__b?=\r\n" },
		{ "a_b?", "Subject: a_b?\r\n" },
		{ "a\r\nBcc: b", "!header Subject: control character 0x0d" },
		{ "a\nb", "!header Subject: control character 0x0a" },
		{ "a\tb", "!header Subject: control character 0x09" },
		{ "a\x7f", "!header Subject: control character 0x7f" },
		{ "one two three four five six seven eight nine ten eleven"
		  " twelve thirteen", "Subject: one two three four five six"
		  " seven eight nine ten eleven twelve\r\n thirteen\r\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(subject(arena, rows[i].value),
		    rows[i].want);
	arena_close(&arena);
}

/* Each encoded word is read by itself: whole code points, 75 at most, lines
 * of 76 (RFC 2047 §2 and §5). */
static void
a_long_subject_is_never_split_within_a_letter(void **state)
{
	struct arena *arena = arena_open();
	struct buf value = buf_open(arena);

	(void)state;
	for (int n = 0; n < 120; n++) {
		const char *line, *head = subject(arena, buf_text(&value));

		for (line = head; *line != '\0';) {
			const char *end = strstr(line, "\r\n");
			const char *word = strstr(line, "=?UTF-8?Q?");

			assert_non_null(end);
			assert_true(end - line <= 76);
			if (word != NULL && word < end) {
				/* what follows a lead byte belongs to it */
				assert_false(word[10] == '=' &&
				    (word[11] == '8' || word[11] == '9' ||
				    word[11] == 'A' || word[11] == 'B'));
				assert_memory_equal(end - 2, "?=", 2);
				assert_true(end - word <= 75);
			}
			line = end + 2;
		}
		buf_add(&value, n % 7 == 3 ? "\xf0\x9f\xa6\x8a" :
		    n % 3 == 0 ? "\xc3\xa6" : n % 5 == 0 ? " " : "x");
	}
	arena_close(&arena);
}

static void
a_name_stands_before_its_address(void **state)
{
	static const struct { const char *name, *email, *want; } rows[] = {
		{ NULL, "a@b.example", "To: a@b.example\r\n" },
		{ "", "a@b.example", "To: a@b.example\r\n" },
		{ "Jens-Ole Friis", "j@b.example",
		  "To: Jens-Ole Friis <j@b.example>\r\n" },
		{ "Friis, J.", "j@b.example",
		  "To: \"Friis, J.\" <j@b.example>\r\n" },
		{ "a \"b\" \\", "j@b.example",
		  "To: \"a \\\"b\\\" \\\\\" <j@b.example>\r\n" },
		{ "x@y.example", "j@b.example",
		  "To: \"x@y.example\" <j@b.example>\r\n" },
		{ "Søs (formand)", "j@b.example",
		  "To: =?UTF-8?Q?S=C3=B8s_=28formand=29?= <j@b.example>\r\n" },
		{ "a\nb", "j@b.example", NULL },
		{ "a", "j@b.example>, <c@d.example", NULL },
		{ "a", "\"a b\"@c.example", NULL },
		{ "a", NULL, NULL },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = buf_open(arena);
		struct err err;
		enum rc rc = header_address(&out, "To", (struct mail_address){
		    rows[i].name, rows[i].email }, &err);

		assert_int_equal(rc, rows[i].want == NULL ? RC_PARK : RC_OK);
		if (rows[i].want != NULL)
			assert_string_equal(buf_text(&out), rows[i].want);
	}
	arena_close(&arena);
}

static void
only_plain_addresses_and_ids_are_written(void **state)
{
	static const char *const good[] = { "a@b", "a.b+c@d-e.example",
		"o'brien_1@x.example", "a@xn--mde-0na.example" };
	static const char *const bad[] = { "", "@", "a@", "@b", "a", ".a@b",
		"a.@b", "a..b@c", "a@b.", "a@.b", "a@b..c", "a@-b", "a@b-",
		"a b@c", "a@b c", "a,b@c", "a@b,c@d", "<a@b>", "a@b\n",
		"\xc3\xa6@b", "a@\xc3\xa6", "a(b)@c", "\"a\"@b", "a@[1.2.3.4]" };
	static const char *const ids[] = { "<a@b>", "<a.b$c@d-e>" };
	static const char *const no_ids[] = { "", "<>", "<a>", "a@b", "<a@b",
		"<a@b> <c@d>", "<a b@c>", "<@b>", "<a@>", "<a@b\r\n>",
		"<a@b@c>", "<a<b@c>" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(address_is_plain(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(address_is_plain(bad[i]));
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		assert_true(message_id_is_plain(ids[i], strlen(ids[i])));
	for (size_t i = 0; i < sizeof(no_ids) / sizeof(no_ids[0]); i++)
		assert_false(message_id_is_plain(no_ids[i],
		    strlen(no_ids[i])));
}

static void
a_file_name_goes_by_rfc_2231(void **state)
{
	static const struct { const char *name, *want; } rows[] = {
		{ "a b.pdf", " filename=\"a b.pdf\"" },
		{ "på.pdf", " filename*=UTF-8''p%C3%A5.pdf" },
		{ "a\"b;c", " filename*=UTF-8''a%22b%3Bc" },
		{ "referat af mødet i udsatterådet i november 2026.pdf",
		  " filename*0*=UTF-8''referat%20af%20m%C3%B8det%20i%20"
		  "udsatter%C3%A5det%20i;\r\n"
		  " filename*1*=%20november%202026.pdf" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = buf_open(arena);
		struct err err;

		assert_int_equal(header_file(&out, rows[i].name, &err), RC_OK);
		assert_string_equal(buf_text(&out), arena_printf(arena,
		    "Content-Disposition: attachment;\r\n%s\r\n",
		    rows[i].want));
	}
	arena_close(&arena);
}

static void
the_date_is_in_the_zone_with_its_offset(void **state)
{
	struct arena *arena = arena_open();
	struct buf out = buf_open(arena);

	(void)state;
	header_date(&out, "Date", 1793869920);
	header_date(&out, "Date", 1782900000);
	assert_string_equal(buf_text(&out),
	    "Date: Thu, 05 Nov 2026 10:12:00 +0100\r\n"
	    "Date: Wed, 01 Jul 2026 12:00:00 +0200\r\n");
	arena_close(&arena);
}

static void
quoted_printable_is_safe_on_the_way(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "a\n", "a\r\n" },
		{ "a", "a\r\n" },
		{ "a \n \n", "a=20\r\n=20\r\n" },
		{ "a\tb=\n", "a=09b=3D\r\n" },
		{ ".\n..\n", "=2E\r\n=2E.\r\n" },
		{ "From x\nFromage\n", "=46rom x\r\nFromage\r\n" },
		{ "a\rb\r\n", "a=0Db=0D\r\n" },
		{ "\n\n", "\r\n\r\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = buf_open(arena);

		body_quoted_printable(&out, rows[i].text);
		assert_string_equal(buf_text(&out), rows[i].want);
	}
	arena_close(&arena);
}

static void
lines_are_never_longer_than_76(void **state)
{
	struct arena *arena = arena_open();
	struct buf text = buf_open(arena);

	(void)state;
	for (int n = 1; n < 400; n++) {
		struct buf out = buf_open(arena), plain = buf_open(arena);
		const char *p;

		buf_add(&text, n % 11 == 0 ? "\xc3\xa6" : n % 7 == 0 ? "." :
		    n % 5 == 0 ? "=" : n % 3 == 0 ? " " : "x");
		body_quoted_printable(&out, buf_text(&text));
		for (p = buf_text(&out); *p != '\0';) {
			size_t m = strcspn(p, "\r");

			assert_true(m <= 76);
			assert_false(m > 0 && p[m - 1] == ' ');
			assert_false(p[0] == '.');
			p += m + 2;
		}
		body_base64(&plain, (struct bytes){
		    (const unsigned char *)text.data, text.n });
		for (p = buf_text(&plain); *p != '\0'; p += 2 +
		    strcspn(p, "\r"))
			assert_true(strcspn(p, "\r") <= 76);
	}
	arena_close(&arena);
}

static void
base64_is_that_of_rfc_4648(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "", "" }, { "f", "Zg==\r\n" }, { "fo", "Zm8=\r\n" },
		{ "foo", "Zm9v\r\n" }, { "foob", "Zm9vYg==\r\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = buf_open(arena);

		body_base64(&out, (struct bytes){ (const unsigned char *)
		    rows[i].text, strlen(rows[i].text) });
		assert_string_equal(buf_text(&out), rows[i].want);
	}
	arena_close(&arena);
}

/* RFC 3676 §4: soft ends with a space, stuffing, quotes each with its mark. */
static void
paragraphs_flow(void **state)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "short\n\nnext\n", "short\n\nnext\n" },
		{ "one two three four five six seven eight nine ten eleven"
		  " twelve thirteen fourteen\n",
		  "one two three four five six seven eight nine ten eleven"
		  " twelve thirteen \nfourteen\n" },
		{ "> one two three four five six seven eight nine ten eleven"
		  " twelve thirteen\n",
		  "> one two three four five six seven eight nine ten eleven"
		  " twelve \n> thirteen\n" },
		{ "> > a\n>\n> b\n", ">> a\n>\n> b\n" },
		{ " > no quote\n", "  > no quote\n" },
		{ "From me\n", " From me\n" },
		{ "trailing   \n", "trailing\n" },
		{ "-- \nsig\n", "-- \nsig\n" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = buf_open(arena);

		body_flow(&out, rows[i].text);
		assert_string_equal(buf_text(&out), rows[i].want);
	}
	arena_close(&arena);
}

static void
references_are_cleaned_and_kept_short(void **state)
{
	struct arena *arena = arena_open();
	struct buf many = buf_open(arena);
	struct mime_letter letter = { .message_id = "<me@a.example>",
		.from = { NULL, "a@a.example" }, .to = { NULL, "b@b.example" },
		.subject = "s", .language = "da", .text = "t\n",
		.html = "<p>t</p>\n", .in_reply_to = "<last@x>" };
	struct bytes raw;
	struct err err;
	const char *text;

	(void)state;
	for (int i = 0; i < 500; i++)
		buf_addf(&many, "<i%d@x> junk <a@b\x01> ", i);
	buf_add(&many, "<last@x>");
	letter.references = buf_text(&many);
	assert_int_equal(mime_write(arena, &letter, &raw, &err), RC_OK);
	text = (const char *)raw.data;
	assert_non_null(strstr(text, "In-Reply-To: <last@x>\r\n"));
	assert_non_null(strstr(text, "References: <i0@x> <i492@x> <i493@x>"
	    " <i494@x> <i495@x> <i496@x> <i497@x>\r\n <i498@x> <i499@x>"
	    " <last@x>\r\n"));
	letter.in_reply_to = "<evil@x>\r\nBcc: a@b";
	letter.references = NULL;
	assert_int_equal(mime_write(arena, &letter, &raw, &err), RC_OK);
	assert_null(strstr((const char *)raw.data, "evil"));
	letter.message_id = "<a@b>\r\nX: y";
	assert_int_equal(mime_write(arena, &letter, &raw, &err), RC_PARK);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_subject_is_encoded_where_it_must_be),
		cmocka_unit_test(a_long_subject_is_never_split_within_a_letter),
		cmocka_unit_test(a_name_stands_before_its_address),
		cmocka_unit_test(only_plain_addresses_and_ids_are_written),
		cmocka_unit_test(a_file_name_goes_by_rfc_2231),
		cmocka_unit_test(the_date_is_in_the_zone_with_its_offset),
		cmocka_unit_test(quoted_printable_is_safe_on_the_way),
		cmocka_unit_test(lines_are_never_longer_than_76),
		cmocka_unit_test(base64_is_that_of_rfc_4648),
		cmocka_unit_test(paragraphs_flow),
		cmocka_unit_test(references_are_cleaned_and_kept_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
