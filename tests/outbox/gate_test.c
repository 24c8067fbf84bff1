/* SPDX-License-Identifier: MIT */
/* The gate: a right letter passes; with one thing changed it does not. */
#include "test.h"

#include <stdlib.h>

#include "base/arena.h"
#include "outbox/gate.h"

static struct mime_letter
a_letter(void)
{
	return (struct mime_letter){ .message_id = "<a1@fjordby.example>",
		.date_at = 1793869920,
		.from = { "Udsatterådet, Fjordby", "u@fjordby.example" },
		.to = { "Bo \"B\" Møller, tømrer", "bo@mail.example" },
		.subject = "Kvittering på æøå", .language = "da",
		.text = "Hej\n\nTak for din mail på æøå.\n",
		.html = "<p>Hej</p>\n<p>Tak</p>\n", .is_answer = true };
}

static enum rc
gate_after(struct arena *arena, const struct mime_letter *written,
    const struct mime_letter *meant, const char *find, const char *put,
    struct err *err)
{
	struct bytes raw = { NULL, 0 };
	const char *text, *at;
	struct buf out = buf_open(arena);

	assert_int_equal(mime_write(arena, written, &raw, err), RC_OK);
	text = arena_strndup(arena, (const char *)raw.data, raw.n);
	if (find != NULL) {
		at = strstr(text, find);
		assert_non_null(at);
		buf_add_n(&out, text, (size_t)(at - text));
		buf_add(&out, put);
		buf_add(&out, at + strlen(find));
		raw = (struct bytes){ (unsigned char *)out.data, out.n };
	}
	return gate_check(arena, meant, raw, err);
}

static void
what_was_meant_passes(void **state)
{
	static const struct mime_file files[] = {
		{ "referat på dansk.pdf", "application/pdf",
		  { (const unsigned char *)"%PDF", 4 } },
		{ "tom.txt", "text/plain", { NULL, 0 } },
	};
	struct arena *arena = arena_open();
	struct mime_letter letter = a_letter();
	struct err err = { "" };

	(void)state;
	assert_int_equal(gate_after(arena, &letter, &letter, NULL, NULL,
	    &err), RC_OK);
	letter.files = files;
	letter.n_files = 2;
	letter.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
	letter.calendar_method = "REQUEST";
	letter.reply_to = "u+tag@fjordby.example";
	letter.list_id = "u.fjordby.example";
	letter.list_name = "Udsatterådet";
	letter.list_unsubscribe = "u+afmeld@fjordby.example";
	letter.in_reply_to = "<x@y>";
	letter.references = "<a@b> nonsense <c@d>";
	if (gate_after(arena, &letter, &letter, NULL, NULL, &err) != RC_OK)
		print_error("%s\n", err.text);
	assert_int_equal(gate_after(arena, &letter, &letter, NULL, NULL,
	    &err), RC_OK);
	arena_close(&arena);
}

static void
one_thing_changed_is_parked(void **state)
{
	static const struct { const char *find, *put, *says; } rows[] = {
		{ "To: ", "Bcc: x@y.example\r\nTo: ", "field To is not there" },
		{ "Subject: ", "X-A: b\r\nSubject: ", "Subject is not there" },
		{ "MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\n"
		  "MIME-Version: 1.0\r\n", "field Content-Type is not" },
		{ "<bo@mail.example>", "<bo@mail.example>, x@y.example",
		  "recipient" },
		{ "<bo@mail.example>", "<bp@mail.example>", "recipient" },
		{ "=C3=B8mrer", "=C3=A6mrer", "recipient" },
		{ "<u@fjordby", "<v@fjordby", "From" },
		{ "Kvittering", "Kvittering!", "subject" },
		{ "<a1@", "<a2@", "Message-ID" },
		{ "Tak for din", "Tak for min", "text" },
		{ "<p>Tak", "<p><b>Tak", "HTML" },
		{ "din mail", "din\nmail", "LF without CR" },
		{ "din mail", "din\rmail", "CR without LF" },
		{ "din mail", "din\x01mail", "7-bit" },
		{ "din mail", "din \xc3\xa5 mail", "7-bit" },
		{ "quoted-printable", "8bit", "text" },
		{ "text/html", "text/enriched", "HTML" },
		{ "Auto-Submitted: auto-replied\r\n", "", "Auto-Submitted" },
		{ "Content-Language", "Content Language", "none" },
	};
	struct arena *arena = arena_open();
	struct mime_letter letter = a_letter();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct err err = { "" };
		enum rc rc = gate_after(arena, &letter, &letter, rows[i].find,
		    rows[i].put, &err);

		if (rc != RC_PARK || strstr(err.text, rows[i].says) == NULL)
			print_error("%zu: %d %s\n", i, rc, err.text);
		assert_int_equal(rc, RC_PARK);
		assert_non_null(strstr(err.text, rows[i].says));
	}
	arena_close(&arena);
}

static void
a_personal_number_does_not_leave(void **state)
{
	struct arena *arena = arena_open();
	struct mime_letter letter = a_letter();
	struct mime_file file = { "cpr 010190-1234.pdf", "application/pdf",
		{ (const unsigned char *)"%PDF", 4 } };
	struct err err = { "" };

	(void)state;
	letter.text = "Hej\n\nMit CPR er 010190-1234.\n";
	assert_int_equal(gate_after(arena, &letter, &letter, NULL, NULL,
	    &err), RC_PARK);
	letter = a_letter();
	letter.subject = "CPR 010190 - 1234";
	assert_int_equal(gate_after(arena, &letter, &letter, NULL, NULL,
	    &err), RC_PARK);
	letter = a_letter();
	letter.files = &file;
	letter.n_files = 1;
	assert_int_equal(gate_after(arena, &letter, &letter, NULL, NULL,
	    &err), RC_PARK);
	assert_non_null(strstr(err.text, "personal number"));
	arena_close(&arena);
}

/* Cut anywhere, the bytes are refused, and nothing is read past their end. */
static void
a_part_of_a_letter_is_no_letter(void **state)
{
	struct arena *arena = arena_open();
	struct mime_letter letter = a_letter();
	struct bytes raw = { NULL, 0 };
	struct err err = { "" };

	(void)state;
	assert_int_equal(mime_write(arena, &letter, &raw, &err), RC_OK);
	for (size_t n = 0; n < raw.n; n++) {
		unsigned char *copy = malloc(n > 0 ? n : 1);

		memcpy(copy, raw.data, n);
		assert_int_equal(gate_check(arena, &letter,
		    (struct bytes){ copy, n }, &err), RC_PARK);
		free(copy);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_meant_passes),
		cmocka_unit_test(one_thing_changed_is_parked),
		cmocka_unit_test(a_personal_number_does_not_leave),
		cmocka_unit_test(a_part_of_a_letter_is_no_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
