/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "base/arena.h"
#include "intake/reader.h"
#include "intake/reader_pace.h"

static const struct reader_setup whole = {
	.server = {
		.host = "mail.example", .port = 993,
		.tls = SERVER_TLS_STARTTLS, .ca_file = "/etc/ca.pem",
		.auth = SERVER_AUTH_XOAUTH2, .user = "raad@x.example",
		.secret = "s", .token_url = "https://t.example",
		.client_id = "c", .scope = "o", .timeout_s = 60,
	},
	.mailbox = "INBOX",
	.folders = { "A/B", "A/C", "A/D" },
	.mail_limit_bytes = (int64_t)5 << 32,
	.poll_s = 60,
};

static void
a_setup_comes_out_as_it_went_in(void **state)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	struct reader_setup got;
	struct wire_in in;

	(void)state;
	reader_setup_write(&out, &whole);
	in = wire_in(arena, wire_bytes(&out));
	assert_int_equal(reader_setup_read(&in, &got, NULL), RC_OK);
	assert_int_equal(in.left.n, 0);
	assert_string_equal(got.server.host, whole.server.host);
	assert_string_equal(got.server.scope, whole.server.scope);
	assert_string_equal(got.mailbox, whole.mailbox);
	for (size_t i = 0; i < READER_FOLDERS; i++)
		assert_string_equal(got.folders[i], whole.folders[i]);
	assert_int_equal(got.mail_limit_bytes, whole.mail_limit_bytes);
	assert_int_equal(got.poll_s, whole.poll_s);
	arena_close(&arena);
}

static void
a_setup_that_is_none_is_refused(void **state)
{
	struct reader_setup bad[] = { whole, whole, whole, whole }, got;
	struct arena *arena = arena_open();
	struct wire_out out;
	struct wire_in in;
	struct bytes bytes;

	(void)state;
	bad[0].mailbox = NULL;
	bad[1].folders[READER_FAULT] = "";
	bad[2].mail_limit_bytes = 0;
	bad[3].poll_s = 0;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		out = wire_out(arena);
		reader_setup_write(&out, &bad[i]);
		in = wire_in(arena, wire_bytes(&out));
		assert_int_equal(reader_setup_read(&in, &got, NULL),
		    RC_STOP);
	}
	/* cut short at every byte */
	out = wire_out(arena);
	reader_setup_write(&out, &whole);
	bytes = wire_bytes(&out);
	for (size_t n = 0; n < bytes.n; n++) {
		in = wire_in(arena, (struct bytes){ bytes.data, n });
		assert_int_equal(reader_setup_read(&in, &got, NULL),
		    RC_STOP);
	}
	arena_close(&arena);
}

static void
patience_doubles_from_a_second_to_ten_minutes(void **state)
{
	int64_t before = 0, ms;

	(void)state;
	assert_int_equal(pace_wait_ms(IMAP_FAULT_AWAY, 1), 1000);
	assert_int_equal(pace_wait_ms(IMAP_FAULT_AWAY, 2), 2000);
	assert_int_equal(pace_wait_ms(IMAP_FAULT_UNTRUSTED, 5), 16000);
	for (unsigned n = 1; n < 200; n++) {
		ms = pace_wait_ms(IMAP_FAULT_AWAY, n);
		assert_true(ms >= before && ms <= 600000);
		before = ms;
	}
	assert_int_equal(before, 600000);
}

static void
a_refused_log_in_is_tried_at_most_six_times_an_hour(void **state)
{
	int64_t at_ms = 0;
	unsigned tries = 0;

	(void)state;
	while (at_ms < 3600 * 1000)
		at_ms += pace_wait_ms(IMAP_FAULT_REFUSED, ++tries);
	assert_true(tries <= 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_setup_comes_out_as_it_went_in),
		cmocka_unit_test(a_setup_that_is_none_is_refused),
		cmocka_unit_test(
		    patience_doubles_from_a_second_to_ten_minutes),
		cmocka_unit_test(
		    a_refused_log_in_is_tried_at_most_six_times_an_hour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
