/* SPDX-License-Identifier: MIT */
/* What becomes of a letter. Alone: the server's lines. With the scripted peer
 * (PEER_DIR) and the private servers (SERVERS_*), both from smtp.check: whole
 * transfers. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "mail/oauth2.h"
#include "mail/smtp.h"
#include "mail/smtp_reply.h"

/* --- lines alone ---------------------------------------------------------- */

static void
say(struct smtp_hello *h, const char *line)
{
	smtp_hello_line(h, line, strlen(line));
}

static void
what_was_offered_before_tls_counts_no_longer(void **state)
{
	struct smtp_hello h;

	(void)state;
	smtp_hello_open(&h);
	say(&h, "220 hello\r\n");
	say(&h, "250-mail.example\r\n");
	say(&h, "250-SIZE 1000\r\n");
	say(&h, "250-PIPELINING\r\n");
	say(&h, "250-SMTPUTF8\r\n");
	say(&h, "250 AUTH PLAIN LOGIN\r\n");
	assert_true(h.smtputf8 && h.auth && h.size && h.pipelining);
	assert_int_equal(h.size_max, 1000);
	assert_string_equal(h.mechanisms, "PLAIN LOGIN");
	say(&h, "220 go ahead\r\n");
	assert_false(h.smtputf8 || h.auth || h.size || h.pipelining);
	say(&h, "250-mail.example\r\n");
	say(&h, "250 SIZE\r\n");
	assert_int_equal(h.size_max, 0);
	say(&h, "235 2.7.0 welcome\r\n");
	assert_true(h.logged_in && !h.refused);
	say(&h, "535 5.7.8 no\r\n");
	say(&h, "221 bye\r\n");
	assert_true(h.refused);
	assert_string_equal(h.reply.words, "535 5.7.8 no");
}

static void
a_reply_of_many_lines_is_one(void **state)
{
	struct smtp_reply r;

	(void)state;
	smtp_reply_open(&r);
	assert_int_equal(smtp_reply_line(&r, "550-5.1.1 no\r\n", 14),
	    SMTP_LINE_MORE);
	assert_int_equal(smtp_reply_line(&r, "550 5.1.1 such user\r\n", 21),
	    SMTP_LINE_LAST);
	assert_int_equal(r.code, 550);
	assert_string_equal(r.words, "550 5.1.1 no 5.1.1 such user");
	smtp_reply_open(&r);
	assert_int_equal(smtp_reply_line(&r, "250", 3), SMTP_LINE_LAST);
}

static void
a_line_that_is_no_reply_is_junk(void **state)
{
	static const char *const lines[] = { "", "25", "2x0 ok", "250ok",
		"hello there", " 250 ok", "199 low", "600 high", "\xff\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct smtp_reply r;

		smtp_reply_open(&r);
		assert_int_equal(smtp_reply_line(&r, lines[i],
		    strlen(lines[i])), SMTP_LINE_JUNK);
		assert_int_equal(r.code, 0);
	}
}

static void
a_reply_without_end_fills_no_memory(void **state)
{
	struct smtp_reply r;

	(void)state;
	smtp_reply_open(&r);
	for (int i = 0; i < 1000; i++)
		(void)smtp_reply_line(&r, "450-a long line, and again", 26);
	assert_int_equal(smtp_reply_line(&r, "450 end", 7), SMTP_LINE_LAST);
	assert_int_equal(r.code, 450);
	assert_int_equal(strlen(r.words), SMTP_WORDS_BYTES - 1);
}

/* --- whole transfers ------------------------------------------------------ */

#define BODY "From: raad@glostrup.example\r\nTo: kirsten@else.example\r\n" \
	"Message-ID: <1@glostrup.example>\r\nSubject: x\r\n\r\n" \
	".a dot\r\n..two\r\n.\r\nend\r\n"

struct watcher {
	unsigned begun, asked, wait_ms;
	bool no_dot, ending;
};

static void
begin(void *owner)
{
	((struct watcher *)owner)->begun++;
}

static bool
may_dot(void *owner)
{
	struct watcher *w = owner;

	w->asked++;
	return !w->no_dot;
}

static bool
is_ending(void *owner)
{
	return ((struct watcher *)owner)->ending;
}

static uint16_t
peer_port(const char *name)
{
	char path[512], word[64];
	unsigned port = 0;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/peer-ports",
	    getenv("PEER_DIR"));
	f = fopen(path, "r");
	assert_non_null(f);
	while (fscanf(f, "%63s %u", word, &port) == 2)
		if (strcmp(word, name) == 0)
			break;
	(void)fclose(f);
	return (uint16_t)port;
}

static uint16_t
port_of(const char *variable)
{
	return (uint16_t)strtoul(getenv(variable), NULL, 10);
}

static struct server
plain_peer(const char *name)
{
	return (struct server){ .host = "127.0.0.1", .port = peer_port(name),
		.tls = SERVER_TLS_NONE, .timeout_s = 2 };
}

static struct smtp_answer
send_one(struct smtp *smtp, const char *from, const char *to,
    const char *echo, struct watcher *w)
{
	struct smtp_letter letter = { .from = from, .to = to, .echo = echo,
		.bytes = { (const unsigned char *)BODY, strlen(BODY) } };
	struct smtp_owner owner = { .owner = w, .begin = begin,
		.may_dot = may_dot, .is_ending = is_ending };
	struct smtp_answer answer;

	smtp_send(smtp, &letter, &owner, &answer);
	return answer;
}

static void
each_failure_of_a_letter_has_its_verdict(void **state)
{
	static const struct {
		const char *from, *to;
		enum smtp_verdict verdict;
		uint32_t code;
		unsigned asked;
		const char *says;
	} cases[] = {
		{ "r", "ok", SMTP_DELIVERED, 250, 1, "<1@peer.example>" },
		{ "", "ok", SMTP_DELIVERED, 250, 1, "taken" },
		{ "mail-451", "ok", SMTP_RETRY, 451, 0, "not from you" },
		{ "mail-550", "ok", SMTP_REFUSED, 550, 0, "not from you" },
		{ "mail-530", "ok", SMTP_RETRY, 530, 0, "not from you" },
		{ "r", "rcpt-450", SMTP_RETRY, 450, 0, "no such user" },
		{ "r", "rcpt-550", SMTP_REFUSED, 550, 0, "no such user" },
		{ "r", "rcpt-drop", SMTP_RETRY, 0, 0, "at RCPT" },
		{ "r", "data-451", SMTP_RETRY, 451, 0, "not now" },
		{ "r", "data-554", SMTP_REFUSED, 554, 0, "not ever" },
		{ "r", "data-drop", SMTP_RETRY, 0, 0, "at DATA" },
		{ "r", "dot-451", SMTP_RETRY, 451, 1, "try again" },
		{ "r", "dot-432", SMTP_RETRY, 432, 1, "thread limit" },
		{ "r", "dot-552", SMTP_REFUSED, 552, 1, "full for ever" },
		{ "r", "dot-drop", SMTP_UNCERTAIN, 0, 1, "final dot" },
		{ "r", "dot-half", SMTP_UNCERTAIN, 0, 1, "final dot" },
		{ "r", "dot-rst", SMTP_UNCERTAIN, 0, 1, "final dot" },
		{ "r", "dot-251", SMTP_DELIVERED, 251, 1, "forward" },
		{ "r", "dot-multi", SMTP_DELIVERED, 250, 1,
		  "<new-id@peer.example>" },
		/* longer than the time for other answers: the dot has more */
		{ "r", "dot-slow", SMTP_DELIVERED, 250, 1, "taken" },
		{ "r", "ok", SMTP_DELIVERED, 250, 1, "taken" },
	};
	struct server server = plain_peer("good");
	struct smtp *smtp;

	(void)state;
	server.timeout_s = 1;
	smtp = smtp_open(&server, "raad.example", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct watcher w = { .begun = 0 };
		char from[80] = "", to[80];
		struct smtp_answer a;

		if (*cases[i].from != '\0')
			(void)snprintf(from, sizeof from, "%s@glostrup.example",
			    cases[i].from);
		(void)snprintf(to, sizeof to, "%s@peer.example", cases[i].to);
		a = send_one(smtp, from, to, NULL, &w);
		if (a.verdict != cases[i].verdict || a.code != cases[i].code
		    || strstr(a.text, cases[i].says) == NULL)
			print_error("%s %s: %d %u %s\n", cases[i].from,
			    cases[i].to, (int)a.verdict, a.code, a.text);
		assert_int_equal(a.verdict, cases[i].verdict);
		assert_int_equal(a.code, cases[i].code);
		assert_non_null(strstr(a.text, cases[i].says));
		assert_int_equal(w.begun, 1);
		assert_int_equal(w.asked, cases[i].asked);
	}
	smtp_close(&smtp);
}

static bool
was_taken(const char *local)
{
	char path[512], row[512], want[128];
	bool found = false;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/peer-letters",
	    getenv("PEER_DIR"));
	(void)snprintf(want, sizeof want, "taken %s@", local);
	if ((f = fopen(path, "r")) == NULL)
		return false;
	while (!found && fgets(row, sizeof row, f) != NULL)
		found = strncmp(row, want, strlen(want)) == 0;
	(void)fclose(f);
	return found;
}

static void
proxy_plan(const char *way, unsigned at)
{
	char path[512];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/plan", getenv("PEER_DIR"));
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fprintf(f, "%s=%u rst=%u\n", way, at, at % 2);
	(void)fclose(f);
}

/* A connection cut after each byte, in both directions (THREATS failure 3):
 * what is called for later was never taken, what is called delivered was. */
static void
a_cut_at_any_byte_makes_no_letter_lost_or_doubled(void **state)
{
	enum { UP = 330, DOWN = 190 }; /* more than the whole session has */
	struct server server = { .host = "127.0.0.1", .tls = SERVER_TLS_NONE,
		.port = port_of("PROXY_PORT"), .timeout_s = 5 };
	unsigned n[SMTP_WITHDRAWN + 1] = { 0 };

	(void)state;
	for (unsigned i = 0; i < UP + DOWN; i++) {
		struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
		struct watcher w = { .begun = 0 };
		char local[32], to[64];
		struct smtp_answer a;

		proxy_plan(i < UP ? "up" : "down", i < UP ? i : i - UP);
		(void)snprintf(local, sizeof local, "cut%u", i);
		(void)snprintf(to, sizeof to, "%s@peer.example", local);
		a = send_one(smtp, "", to, NULL, &w);
		n[a.verdict]++;
		smtp_close(&smtp);
		if (a.verdict == SMTP_UNCERTAIN)
			continue;
		if (was_taken(local) != (a.verdict == SMTP_DELIVERED))
			print_error("%s: %d %s\n", local, (int)a.verdict,
			    a.text);
		assert_int_equal(was_taken(local),
		    a.verdict == SMTP_DELIVERED);
	}
	assert_int_equal(n[SMTP_REFUSED] + n[SMTP_WITHDRAWN], 0);
	assert_true(n[SMTP_DELIVERED] > 0 && n[SMTP_RETRY] > 0
	    && n[SMTP_UNCERTAIN] > 0);
}

/* Larger than what lies in the sockets' buffers, so that the cut is seen. */
static void
a_cut_in_a_large_letters_middle_is_tried_again(void **state)
{
	enum { LINES = 60000 };
	struct server server = plain_peer("good");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .begun = 0 };
	struct smtp_owner owner = { .owner = &w, .begin = begin,
		.may_dot = may_dot, .is_ending = is_ending };
	struct smtp_letter letter = { .from = "", .to =
		"body-drop@peer.example" };
	char *bytes = malloc(LINES * 100);
	struct smtp_answer a;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', LINES * 100);
	for (size_t i = 1; i <= LINES; i++)
		memcpy(bytes + i * 100 - 2, "\r\n", 2);
	letter.bytes = (struct bytes){ (unsigned char *)bytes, LINES * 100 };
	smtp_send(smtp, &letter, &owner, &a);
	assert_int_equal(a.verdict, SMTP_RETRY);
	assert_int_equal(a.fault, SMTP_FAULT_AWAY);
	assert_int_equal(w.asked, 0);
	smtp_close(&smtp);
	free(bytes);
}

static void
a_withdrawn_letter_never_has_its_dot(void **state)
{
	struct server server = plain_peer("good");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .no_dot = true };
	struct smtp_answer a = send_one(smtp, "", "withdrawn@peer.example",
	    NULL, &w);

	(void)state;
	assert_int_equal(a.verdict, SMTP_WITHDRAWN);
	assert_int_equal(w.asked, 1);
	smtp_close(&smtp);
}

static void
the_echo_is_a_second_recipient_that_stops_nothing(void **state)
{
	struct server server = plain_peer("good");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .begun = 0 };
	struct smtp_answer a;

	(void)state;
	a = send_one(smtp, "", "ok@peer.example", "ok@glostrup.example", &w);
	assert_int_equal(a.verdict, SMTP_DELIVERED);
	assert_false(a.echo_refused);
	a = send_one(smtp, "", "ok@peer.example", "rcpt-550@peer.example",
	    &w);
	assert_int_equal(a.verdict, SMTP_DELIVERED);
	assert_true(a.echo_refused);
	w.asked = 0;
	a = send_one(smtp, "", "rcpt-550@peer.example", "ok@peer.example",
	    &w);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	assert_int_equal(w.asked, 0);
	smtp_close(&smtp);
}

static void
a_bad_address_or_byte_is_refused_before_a_word_is_said(void **state)
{
	struct server server = plain_peer("silent");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .begun = 0 };
	struct smtp_owner owner = { .owner = &w, .begin = begin,
		.may_dot = may_dot, .is_ending = is_ending };
	struct smtp_letter letter = { .from = "", .to = "k@else.example",
		.bytes = { (const unsigned char *)"A: b\r\n\r\nx\n.\r\n", 13 } };
	struct smtp_answer a;

	(void)state;
	a = send_one(smtp, "", "k@else.example>\r\nRCPT TO:<x@evil.example",
	    NULL, &w);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	assert_int_equal(a.code, 0);
	a = send_one(smtp, "a\r\nb@else.example", "k@else.example", NULL, &w);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	a = send_one(smtp, "", "k@else.example", "x\n@else.example", &w);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	smtp_send(smtp, &letter, &owner, &a);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	assert_non_null(strstr(a.text, "line 3"));
	assert_int_equal(w.begun, 0);
	smtp_close(&smtp);
}

static void
an_address_with_other_letters_needs_a_server_that_takes_them(void **state)
{
	struct server server = plain_peer("good");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .begun = 0 };
	struct smtp_answer a = send_one(smtp, "", "jørgen@peer.example", NULL,
	    &w);

	(void)state;
	assert_int_equal(a.verdict, SMTP_REFUSED);
	assert_non_null(strstr(a.text, "SMTPUTF8"));
	assert_int_equal(w.begun, 0);
	smtp_close(&smtp);
	server = (struct server){ .host = "127.0.0.1",
		.port = port_of("SERVERS_RELAY_PORT"), .tls = SERVER_TLS_NONE };
	smtp = smtp_open(&server, "raad.example", NULL);
	a = send_one(smtp, "", "jørgen@else.example", NULL, &w);
	assert_int_equal(a.verdict, SMTP_DELIVERED);
	smtp_close(&smtp);
}

static void
a_connection_that_was_closed_while_idle_costs_no_letter(void **state)
{
	struct server server = plain_peer("idle-421");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct watcher w = { .begun = 0 };
		struct smtp_answer a = send_one(smtp, "", "ok@peer.example",
		    NULL, &w);

		assert_int_equal(a.verdict, SMTP_DELIVERED);
		assert_int_equal(w.begun, 1);
	}
	smtp_close(&smtp);
}

/* Each connection that must not be made, with the words for the operator. */
static void
a_bad_connection_is_given_up_with_its_cure(void **state)
{
	static const struct {
		const char *port;
		enum server_tls tls;
		bool login;
		enum smtp_fault fault;
		const char *says;
	} cases[] = {
		{ "greet-554", SERVER_TLS_NONE, false, SMTP_FAULT_AWAY,
		  "not for you" },
		{ "greet-421", SERVER_TLS_NONE, false, SMTP_FAULT_CROWDED,
		  "4.3.2" },
		{ "silent", SERVER_TLS_NONE, false, SMTP_FAULT_AWAY,
		  "no answer in time" },
		{ "close", SERVER_TLS_NONE, false, SMTP_FAULT_AWAY, "broke" },
		{ "babble", SERVER_TLS_NONE, false, SMTP_FAULT_AWAY,
		  "check host" },
		{ "silent", SERVER_TLS_IMPLICIT, false, SMTP_FAULT_AWAY,
		  "no answer in time" },
		{ "good", SERVER_TLS_IMPLICIT, false, SMTP_FAULT_AWAY,
		  "TLS failed" },
		{ "no-starttls", SERVER_TLS_STARTTLS, true, SMTP_FAULT_AWAY,
		  "no TLS" },
		{ "strip", SERVER_TLS_STARTTLS, true, SMTP_FAULT_AWAY,
		  "TLS not available" },
		{ "inject", SERVER_TLS_STARTTLS, true, SMTP_FAULT_AWAY,
		  "should" },
		{ "no-auth", SERVER_TLS_IMPLICIT, true, SMTP_FAULT_LOGIN,
		  "no log-in" },
		{ "deny", SERVER_TLS_IMPLICIT, true, SMTP_FAULT_LOGIN,
		  "log-in is refused" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct watcher w = { .begun = 0 };
		struct server server = plain_peer(cases[i].port);
		struct smtp *smtp;
		struct smtp_answer a;

		server.tls = cases[i].tls;
		server.ca_file = getenv("SERVERS_CA");
		if (cases[i].login) {
			server.auth = SERVER_AUTH_PASSWORD;
			server.user = "raad@glostrup.example";
			server.secret = "canary-password";
		}
		smtp = smtp_open(&server, "raad.example", NULL);
		a = send_one(smtp, "", "ok@peer.example", NULL, &w);
		if (a.verdict != SMTP_RETRY || a.fault != cases[i].fault
		    || strstr(a.text, cases[i].says) == NULL)
			print_error("%s: %d %d %s\n", cases[i].port,
			    (int)a.verdict, (int)a.fault, a.text);
		assert_int_equal(a.verdict, SMTP_RETRY);
		assert_int_equal(a.fault, cases[i].fault);
		assert_non_null(strstr(a.text, cases[i].says));
		assert_int_equal(w.begun, 0);
		smtp_close(&smtp);
	}
}

static void
a_server_that_ignores_quit_costs_three_seconds_at_most(void **state)
{
	struct server server = plain_peer("no-quit");
	struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
	struct watcher w = { .begun = 0 };
	int64_t before = clock_ms();
	struct smtp_answer a;

	(void)state;
	a = send_one(smtp, "", "rcpt-550@peer.example", NULL, &w);
	assert_int_equal(a.verdict, SMTP_REFUSED);
	assert_in_range(clock_ms() - before, 0, 4000);
	a = send_one(smtp, "", "ok@peer.example", NULL, &w);
	assert_int_equal(a.verdict, SMTP_DELIVERED);
	before = clock_ms();
	smtp_close(&smtp);
	assert_in_range(clock_ms() - before, 0, 500);
}

static struct server
postfix(enum server_tls tls, const char *host)
{
	return (struct server){ .host = host, .tls = tls,
		.port = port_of(tls == SERVER_TLS_IMPLICIT
		    ? "SERVERS_SMTPS_PORT" : "SERVERS_SMTP_PORT"),
		.ca_file = getenv("SERVERS_CA"), .auth = SERVER_AUTH_PASSWORD,
		.user = "raad@glostrup.example", .secret = "hemmelig æ",
		.timeout_s = 10 };
}

static void
postfix_takes_letters_over_both_kinds_of_tls(void **state)
{
	static const enum server_tls kinds[] = { SERVER_TLS_IMPLICIT,
		SERVER_TLS_STARTTLS };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct server server = postfix(kinds[i], "localhost");
		struct smtp *smtp = smtp_open(&server, "raad.example", NULL);
		struct watcher w = { .begun = 0 };
		static const struct {
			const char *to;
			enum smtp_verdict verdict;
			uint32_t code;
		} cases[] = {
			{ "kirsten@else.example", SMTP_DELIVERED, 250 },
			{ "kirsten@else.example", SMTP_DELIVERED, 250 },
			{ "k@tempfail.example", SMTP_RETRY, 450 },
			{ "k@refused.example", SMTP_REFUSED, 550 },
			{ "k@late-tempfail.example", SMTP_RETRY, 451 },
			{ "k@late-refused.example", SMTP_REFUSED, 554 },
			{ "kirsten@else.example", SMTP_DELIVERED, 250 },
		};

		for (size_t n = 0; n < sizeof cases / sizeof cases[0]; n++) {
			struct smtp_answer a = send_one(smtp,
			    "raad@glostrup.example", cases[n].to, NULL, &w);

			if (a.code != cases[n].code)
				print_error("%s: %s\n", cases[n].to, a.text);
			assert_int_equal(a.verdict, cases[n].verdict);
			assert_int_equal(a.code, cases[n].code);
		}
		smtp_close(&smtp);
	}
}

static void
a_certificate_that_is_not_good_ends_it_before_the_password(void **state)
{
	static const struct {
		const char *host, *says;
	} cases[] = {
		{ "127.0.0.2", "expired" },
		{ "127.0.0.3", "for another name" },
		{ "127.0.0.4", "authority that we do not know" },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct server server = postfix(i < 3 ? SERVER_TLS_IMPLICIT
		    : SERVER_TLS_STARTTLS, cases[i % 3].host);
		struct smtp_offer offer;
		struct err err = { .text = "" };

		assert_int_equal(smtp_check(arena, &server, "raad.example",
		    &offer, NULL, &err), RC_LATER);
		if (strstr(err.text, cases[i % 3].says) == NULL)
			assert_string_equal(err.text, cases[i % 3].says);
	}
	arena_close(&arena);
}

static void
check_names_the_fault_and_the_cure(void **state)
{
	struct arena *arena = arena_open();
	struct server good = postfix(SERVER_TLS_STARTTLS, "localhost"), bad;
	struct smtp_offer offer;
	struct err err = { .text = "" };

	(void)state;
	if (smtp_check(arena, &good, "raad.example", &offer, NULL, &err)
	    != RC_OK)
		assert_string_equal(err.text, "");
	assert_true(offer.smtputf8 && offer.eight_bit && offer.auth);
	assert_int_equal(offer.size_max, 31457280);
	assert_non_null(strstr(offer.mechanisms, "XOAUTH2"));
	bad = good;
	bad.secret = "wrong";
	assert_int_equal(smtp_check(arena, &bad, "raad.example", &offer,
	    NULL, &err), RC_LATER);
	assert_non_null(strstr(err.text, "check user and the secret"));
	assert_null(strstr(err.text, "wrong"));
	bad = good;
	bad.port = 9;
	(void)smtp_check(arena, &bad, "raad.example", &offer, NULL, &err);
	assert_non_null(strstr(err.text, "firewall"));
	bad = good;
	bad.host = "no-such-host.invalid";
	(void)smtp_check(arena, &bad, "raad.example", &offer, NULL, &err);
	assert_non_null(strstr(err.text, "no such host"));
	bad = good;
	bad.ca_file = "/nowhere/ca.pem";
	(void)smtp_check(arena, &bad, "raad.example", &offer, NULL, &err);
	assert_non_null(strstr(err.text, "ca_file"));
	bad = good;
	bad.tls = SERVER_TLS_IMPLICIT;
	(void)smtp_check(arena, &bad, "raad.example", &offer, NULL, &err);
	assert_non_null(strstr(err.text, "implicit TLS"));
	bad = good;
	bad.host = "mail.example/x";
	assert_int_equal(smtp_check(arena, &bad, "raad.example", &offer,
	    NULL, &err), RC_STOP);
	bad = good;
	bad.host = "mail.example";
	bad.tls = SERVER_TLS_NONE;
	assert_int_equal(smtp_check(arena, &bad, "raad.example", &offer,
	    NULL, &err), RC_STOP);
	assert_non_null(strstr(err.text, "without TLS"));
	arena_close(&arena);
}

static void
a_token_opens_postfix_and_a_refused_one_is_renewed_once(void **state)
{
	static const struct {
		const char *path;
		enum smtp_verdict verdict;
		enum smtp_fault fault;
	} cases[] = {
		{ "", SMTP_DELIVERED, SMTP_FAULT_NONE },
		{ "/first-bad", SMTP_DELIVERED, SMTP_FAULT_NONE },
		{ "/revoked", SMTP_RETRY, SMTP_FAULT_LOGIN },
		{ "/500", SMTP_RETRY, SMTP_FAULT_AWAY },
	};
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct server server = postfix(SERVER_TLS_STARTTLS,
		    "localhost");
		struct watcher w = { .begun = 0 };
		struct oauth2 *oauth2;
		struct smtp *smtp;
		struct smtp_answer a;

		server.auth = SERVER_AUTH_XOAUTH2;
		server.client_id = "app";
		server.secret = "app-secret";
		server.token_url = arena_printf(arena, "%s%s",
		    getenv("SERVERS_TOKEN_URL"), cases[i].path);
		oauth2 = oauth2_open(&server);
		smtp = smtp_open(&server, "raad.example", oauth2);
		for (int n = 0; n < 2; n++) {
			a = send_one(smtp, "raad@glostrup.example",
			    "kirsten@else.example", NULL, &w);
			if (a.verdict != cases[i].verdict)
				print_error("%s: %s\n", cases[i].path,
				    a.text);
			assert_int_equal(a.verdict, cases[i].verdict);
			assert_int_equal(a.fault, cases[i].fault);
		}
		smtp_close(&smtp);
		oauth2_close(&oauth2);
	}
	arena_close(&arena);
}

int
main(void)
{
	const struct CMUnitTest alone[] = {
		cmocka_unit_test(what_was_offered_before_tls_counts_no_longer),
		cmocka_unit_test(a_reply_of_many_lines_is_one),
		cmocka_unit_test(a_line_that_is_no_reply_is_junk),
		cmocka_unit_test(a_reply_without_end_fills_no_memory),
	};
	const struct CMUnitTest served[] = {
		cmocka_unit_test(each_failure_of_a_letter_has_its_verdict),
		cmocka_unit_test(
		    a_cut_in_a_large_letters_middle_is_tried_again),
		cmocka_unit_test(
		    a_cut_at_any_byte_makes_no_letter_lost_or_doubled),
		cmocka_unit_test(a_withdrawn_letter_never_has_its_dot),
		cmocka_unit_test(
		    the_echo_is_a_second_recipient_that_stops_nothing),
		cmocka_unit_test(
		    a_bad_address_or_byte_is_refused_before_a_word_is_said),
		cmocka_unit_test(
		    an_address_with_other_letters_needs_a_server_that_takes_them
		    ),
		cmocka_unit_test(
		    a_connection_that_was_closed_while_idle_costs_no_letter),
		cmocka_unit_test(a_bad_connection_is_given_up_with_its_cure),
		cmocka_unit_test(
		    a_server_that_ignores_quit_costs_three_seconds_at_most),
		cmocka_unit_test(postfix_takes_letters_over_both_kinds_of_tls),
		cmocka_unit_test(
		    a_certificate_that_is_not_good_ends_it_before_the_password),
		cmocka_unit_test(check_names_the_fault_and_the_cure),
		cmocka_unit_test(
		    a_token_opens_postfix_and_a_refused_one_is_renewed_once),
	};

	smtp_start();
	if (getenv("PEER_DIR") == NULL)
		return cmocka_run_group_tests(alone, NULL, NULL);
	return cmocka_run_group_tests(served, NULL, NULL);
}
