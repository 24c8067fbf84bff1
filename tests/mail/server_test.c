/* SPDX-License-Identifier: MIT */
/* A server's description goes through a frame and comes out the same. */
#include "test.h"

#include "base/arena.h"
#include "mail/server.h"

static void
a_server_comes_out_of_a_frame_as_it_went_in(void **state)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	struct server given = {
		.host = "mail.example", .port = 993,
		.tls = SERVER_TLS_STARTTLS, .auth = SERVER_AUTH_XOAUTH2,
		.user = "råd@mail.example", .secret = "hemmelig",
		.token_url = "https://token.example/token",
		.client_id = "app", .timeout_s = 30,
	}, got;
	struct wire_in in;
	struct err err;

	(void)state;
	server_write(&out, &given);
	in = wire_in(arena, wire_bytes(&out));
	assert_int_equal(server_read(&in, &got, &err), RC_OK);
	assert_string_equal(got.host, "mail.example");
	assert_int_equal(got.port, 993);
	assert_int_equal(got.tls, SERVER_TLS_STARTTLS);
	assert_null(got.ca_file);
	assert_int_equal(got.auth, SERVER_AUTH_XOAUTH2);
	assert_string_equal(got.user, "råd@mail.example");
	assert_string_equal(got.secret, "hemmelig");
	assert_string_equal(got.token_url, "https://token.example/token");
	assert_string_equal(got.client_id, "app");
	assert_null(got.scope);
	assert_int_equal(got.timeout_s, 30);
	arena_close(&arena);
}

static void
a_payload_cut_anywhere_is_refused(void **state)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	struct server given = { .host = "h", .port = 25, .user = "u" }, got;
	struct bytes whole;
	struct err err;

	(void)state;
	server_write(&out, &given);
	whole = wire_bytes(&out);
	for (size_t n = 0; n < whole.n; n++) {
		struct wire_in in = wire_in(arena,
		    (struct bytes){ whole.data, n });

		assert_int_equal(server_read(&in, &got, &err), RC_STOP);
	}
	arena_close(&arena);
}

static void
an_unknown_kind_of_tls_is_refused_and_not_taken_for_none(void **state)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);
	struct server given = { .host = "h", .port = 25,
		.tls = (enum server_tls)7 }, got;
	struct wire_in in;
	struct err err;

	(void)state;
	server_write(&out, &given);
	in = wire_in(arena, wire_bytes(&out));
	assert_int_equal(server_read(&in, &got, &err), RC_STOP);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_server_comes_out_of_a_frame_as_it_went_in),
		cmocka_unit_test(a_payload_cut_anywhere_is_refused),
		cmocka_unit_test(
		    an_unknown_kind_of_tls_is_refused_and_not_taken_for_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
