/* SPDX-License-Identifier: MIT */
/* Where a client's secret may go; and, with the private servers running
 * (SERVERS_DIR, from oauth2.check), what becomes of each kind of answer. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "mail/oauth2.h"

static struct server
app(const char *url)
{
	return (struct server){
		.host = "localhost", .port = 1, .auth = SERVER_AUTH_XOAUTH2,
		.user = "raad@glostrup.example", .client_id = "app",
		.secret = "app-secret&=+ æ", .scope = "https://x/.default",
		.token_url = url, .ca_file = getenv("SERVERS_CA"),
		.timeout_s = 5,
	};
}

static void
a_secret_goes_to_no_address_in_clear(void **state)
{
	static const char *const urls[] = {
		"http://token.example/token", "ftp://127.0.0.1/", "", "token",
		"http://127.0.0.1.example/token", "file:///etc/passwd",
		"http://localhost.example/", "http://x@127.evil.example/",
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		struct server server = app(urls[i]);
		const char *token;
		int64_t renew_at;
		struct err err = { .text = "" };

		assert_int_equal(oauth2_token(arena, &server, &token,
		    &renew_at, &err), RC_STOP);
		assert_non_null(strstr(err.text, "https://"));
	}
	arena_close(&arena);
}

static void
a_provider_that_is_away_is_asked_later(void **state)
{
	struct arena *arena = arena_open();
	struct server server = app("http://127.0.0.1:9/token");
	const char *token;
	int64_t renew_at;
	struct err err = { .text = "" };

	(void)state;
	assert_int_equal(oauth2_token(arena, &server, &token, &renew_at,
	    &err), RC_LATER);
	assert_non_null(strstr(err.text, "127.0.0.1:9"));
	arena_close(&arena);
}

static void
each_bad_answer_says_in_words_what_is_wrong(void **state)
{
	static const struct {
		const char *path, *says;
	} cases[] = {
		{ "/500", "no JSON" },
		{ "/redirect", "302" },
		{ "/huge", "larger than" },
		{ "/garbage", "no JSON" },
		{ "/empty", "no JSON" },
		{ "/no-token", "no bearer token" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct server server = app(arena_printf(arena, "%s%s",
		    getenv("SERVERS_TOKEN_URL"), cases[i].path));
		const char *token;
		int64_t renew_at;
		struct err err = { .text = "" };

		assert_int_equal(oauth2_token(arena, &server, &token,
		    &renew_at, &err), RC_LATER);
		if (strstr(err.text, cases[i].says) == NULL)
			assert_string_equal(err.text, cases[i].says);
	}
	arena_close(&arena);
}

static void
a_wrong_secret_is_told_with_the_providers_words_and_the_cure(void **state)
{
	struct arena *arena = arena_open();
	struct server server = app(getenv("SERVERS_TOKEN_URL"));
	const char *token;
	int64_t renew_at;
	struct err err = { .text = "" };

	(void)state;
	server.secret = "guess";
	assert_int_equal(oauth2_token(arena, &server, &token, &renew_at,
	    &err), RC_NONE);
	assert_non_null(strstr(err.text, "invalid_client"));
	assert_non_null(strstr(err.text, "AADSTS7000215"));
	assert_non_null(strstr(err.text, "check client_id"));
	assert_null(strchr(err.text, '\n'));
	assert_null(strstr(err.text, "guess"));
	arena_close(&arena);
}

static void
an_unknown_authority_gets_no_secret(void **state)
{
	struct arena *arena = arena_open();
	struct server server = app(getenv("SERVERS_TOKEN_URL"));
	const char *token;
	int64_t renew_at;
	struct err err = { .text = "" };

	(void)state;
	server.ca_file = NULL;
	assert_int_equal(oauth2_token(arena, &server, &token, &renew_at,
	    &err), RC_LATER);
	assert_non_null(strstr(err.text, "certificate"));
	arena_close(&arena);
}

static void
a_token_is_kept_until_it_is_old_or_refused(void **state)
{
	struct arena *arena = arena_open();
	struct server server = app(getenv("SERVERS_TOKEN_URL"));
	struct oauth2 *oauth2 = oauth2_open(&server);
	const char *first, *second, *third;
	int64_t renew_at;
	struct err err = { .text = "" };

	(void)state;
	assert_int_equal(oauth2_get(oauth2, arena, NULL, &first, &err),
	    RC_OK);
	assert_int_equal(oauth2_get(oauth2, arena, NULL, &second, &err),
	    RC_OK);
	assert_string_equal(first, second);
	clock_set(clock_now() + 2881); /* 80 % of an hour, and a second */
	/* the provider's clock did not move: the text may be the same one,
	 * the log of its requests counts */
	assert_int_equal(oauth2_get(oauth2, arena, first, &third, &err),
	    RC_OK);
	assert_int_equal(oauth2_token(arena, &server, &first, &renew_at,
	    &err), RC_OK);
	assert_in_range(renew_at - clock_now(), 2878, 2881);
	oauth2_close(&oauth2);
	assert_null(oauth2);
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest alone[] = {
		cmocka_unit_test(a_secret_goes_to_no_address_in_clear),
		cmocka_unit_test(a_provider_that_is_away_is_asked_later),
	};
	const struct CMUnitTest served[] = {
		cmocka_unit_test(each_bad_answer_says_in_words_what_is_wrong),
		cmocka_unit_test(
		    a_wrong_secret_is_told_with_the_providers_words_and_the_cure
		    ),
		cmocka_unit_test(an_unknown_authority_gets_no_secret),
		cmocka_unit_test(a_token_is_kept_until_it_is_old_or_refused),
	};

	if (getenv("SERVERS_TOKEN_URL") == NULL)
		return cmocka_run_group_tests(alone, NULL, NULL);
	return cmocka_run_group_tests(served, NULL, NULL);
}
