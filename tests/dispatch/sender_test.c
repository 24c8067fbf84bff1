/* SPDX-License-Identifier: MIT */
/* raadspost-sender as the engine sees it: frames in, frames out, with the
 * scripted peer and the private servers behind it (sender.check). Alone: the
 * setup's frame. */
#define _GNU_SOURCE
#include "test.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "dispatch/sender.h"

extern char **environ;

#define BODY "From: raad@glostrup.example\r\nTo: kirsten@else.example\r\n" \
	"Message-ID: <1@glostrup.example>\r\nSubject: x\r\n\r\nwords\r\n"

/* --- alone ---------------------------------------------------------------- */

static void
a_setup_comes_out_of_a_frame_as_it_went_in(void **state)
{
	struct arena *arena = arena_open();
	struct sender_setup given = { .server = { .host = "h", .port = 25 },
		.connections = 3, .per_minute = 30, .hello = "raad.example" },
		got;
	struct wire_out out = wire_out(arena);
	struct wire_in in;
	struct err err;

	(void)state;
	sender_setup_write(&out, &given);
	in = wire_in(arena, wire_bytes(&out));
	assert_int_equal(sender_setup_read(&in, &got, &err), RC_OK);
	assert_int_equal(got.connections, 3);
	assert_int_equal(got.per_minute, 30);
	assert_string_equal(got.hello, "raad.example");
	assert_string_equal(got.server.host, "h");
	arena_close(&arena);
}

static void
a_setup_of_no_or_too_many_connections_is_none(void **state)
{
	static const uint32_t wrong[] = { 0, 17, UINT32_MAX };
	struct arena *arena = arena_open();

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct sender_setup given = { .server = { .host = "h",
			.port = 25 }, .connections = wrong[i], .hello = "x" };
		struct wire_out out = wire_out(arena);
		struct sender_setup got;
		struct wire_in in;
		struct err err;

		sender_setup_write(&out, &given);
		in = wire_in(arena, wire_bytes(&out));
		assert_int_equal(sender_setup_read(&in, &got, &err), RC_STOP);
	}
	arena_close(&arena);
}

/* --- the process ---------------------------------------------------------- */

struct peer {
	struct arena *arena;
	int socket;
	pid_t pid;
};

struct result {
	int64_t id;
	enum sender_verdict verdict;
	uint32_t code;
	const char *text;
};

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

static bool
was_noted(const char *line)
{
	char path[512], row[512];
	bool found = false;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/peer-letters",
	    getenv("PEER_DIR"));
	if ((f = fopen(path, "r")) == NULL)
		return false;
	while (!found && fgets(row, sizeof row, f) != NULL)
		found = strncmp(row, line, strlen(line)) == 0;
	(void)fclose(f);
	return found;
}

static void
put(struct peer *p, uint16_t kind, const struct wire_out *out, int fd)
{
	struct err err;

	assert_int_equal(wire_write(p->socket, kind, wire_bytes(out), fd,
	    &err), RC_OK);
}

static void
put_id(struct peer *p, uint16_t kind, int64_t id)
{
	struct wire_out out = wire_out(p->arena);

	wire_put_i64(&out, id);
	put(p, kind, &out, -1);
}

static void
put_letter(struct peer *p, int64_t id, const char *to)
{
	struct wire_out out = wire_out(p->arena);

	wire_put_i64(&out, id);
	wire_put_text(&out, "raad@glostrup.example");
	wire_put_text(&out, to);
	wire_put_text(&out, NULL);
	wire_put_bytes(&out, (struct bytes){ (const unsigned char *)BODY,
	    strlen(BODY) });
	put(p, SENDER_LETTER, &out, -1);
}

static struct peer
start(const struct sender_setup *setup)
{
	const char *program = getenv("SENDER");
	char *argv[] = { (char *)(uintptr_t)program, NULL };
	posix_spawn_file_actions_t actions;
	struct peer p = { .arena = arena_open() };
	struct wire_out out = wire_out(p.arena);
	struct err err;
	int ends[2];

	assert_int_equal(wire_pair(ends, &err), RC_OK);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
	assert_int_equal(posix_spawn(&p.pid, program, &actions, NULL, argv,
	    environ), 0);
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)close(ends[1]);
	p.socket = ends[0];
	sender_setup_write(&out, setup);
	put(&p, SENDER_OPEN, &out, -1);
	return p;
}

static struct peer
start_at(const char *port, uint32_t connections)
{
	struct sender_setup setup = { .hello = "raad.example",
		.connections = connections, .server = { .host = "127.0.0.1",
		.port = peer_port(port), .timeout_s = 5 } };

	setup.server.tls = SERVER_TLS_NONE;
	return start(&setup);
}

/* The next frame but for signs of life. */
static uint16_t
next(struct peer *p, struct wire_in *in, int wait_ms)
{
	struct frame frame;
	struct err err;

	do {
		if (wire_read(p->socket, p->arena, wait_ms, &frame, &err)
		    != RC_OK)
			return 0;
	} while (frame.kind == SENDER_ALIVE);
	*in = wire_in(p->arena, frame.payload);
	return frame.kind;
}

static struct result
result_read(struct wire_in *in)
{
	struct result r = { .id = wire_get_i64(in) };

	r.verdict = (enum sender_verdict)wire_get_u8(in);
	r.code = wire_get_u32(in);
	r.text = wire_get_text(in);
	assert_false(in->bad);
	return r;
}

/* Allows every dot until the next result comes. */
static struct result
next_result(struct peer *p, int wait_ms)
{
	struct wire_in in;
	uint16_t kind;

	while ((kind = next(p, &in, wait_ms)) != SENDER_RESULT) {
		assert_int_not_equal(kind, 0);
		if (kind == SENDER_DOT)
			put_id(p, SENDER_DOT_OK, wire_get_i64(&in));
	}
	return result_read(&in);
}

/* Ends as the engine does when it dies; gives how it exited. */
static int
end(struct peer *p, int within_ms)
{
	int64_t until = clock_ms() + within_ms;
	int status = 0;

	(void)close(p->socket);
	while (waitpid(p->pid, &status, WNOHANG) == 0) {
		if (clock_ms() > until) {
			(void)kill(p->pid, SIGKILL);
			(void)waitpid(p->pid, &status, 0);
			break;
		}
		(void)poll(NULL, 0, 5);
	}
	arena_close(&p->arena);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
a_letter_is_asked_for_and_delivered(void **state)
{
	struct peer p = start_at("good", 2);
	struct wire_in in;
	struct result r;

	(void)state;
	put_letter(&p, 7, "ok@peer.example");
	assert_int_equal(next(&p, &in, 5000), SENDER_STATE);
	assert_int_equal(wire_get_u8(&in), 1);
	assert_int_equal(next(&p, &in, 5000), SENDER_DOT);
	assert_int_equal(wire_get_i64(&in), 7);
	put_id(&p, SENDER_DOT_OK, 7);
	r = next_result(&p, 5000);
	assert_int_equal(r.id, 7);
	assert_int_equal(r.verdict, SENDER_DELIVERED);
	assert_int_equal(r.code, 250);
	assert_string_equal(r.text, "2.0.0 taken as <1@peer.example>");
	assert_int_equal(end(&p, 3000), 0);
}

static void
no_dot_goes_out_before_it_is_allowed(void **state)
{
	struct peer p = start_at("good", 1);
	struct wire_in in;

	(void)state;
	put_letter(&p, 1, "held@peer.example");
	assert_int_equal(next(&p, &in, 5000), SENDER_STATE);
	assert_int_equal(next(&p, &in, 5000), SENDER_DOT);
	assert_int_equal(next(&p, &in, 400), 0);
	assert_false(was_noted("taken held@"));
	put_id(&p, SENDER_DOT_OK, 99); /* somebody else's */
	assert_int_equal(next(&p, &in, 200), 0);
	put_id(&p, SENDER_DOT_OK, 1);
	assert_int_equal(next_result(&p, 5000).verdict, SENDER_DELIVERED);
	assert_true(was_noted("taken held@"));
	put_letter(&p, 2, "withdrawn@peer.example");
	assert_int_equal(next(&p, &in, 5000), SENDER_DOT);
	put_id(&p, SENDER_DOT_NO, 2);
	assert_int_equal(next_result(&p, 5000).verdict, SENDER_WITHDRAWN);
	put_letter(&p, 3, "after@peer.example");
	assert_int_equal(next_result(&p, 5000).verdict, SENDER_DELIVERED);
	assert_false(was_noted("taken withdrawn@"));
	assert_int_equal(end(&p, 3000), 0);
}

static void
each_kind_of_end_reaches_the_engine(void **state)
{
	static const struct {
		const char *to;
		enum sender_verdict verdict;
		uint32_t code;
		const char *text;
	} cases[] = {
		{ "rcpt-450", SENDER_RETRY, 450, "5.1.1 no such user" },
		{ "rcpt-550", SENDER_REFUSED, 550, "5.1.1 no such user" },
		{ "dot-451", SENDER_RETRY, 451, "4.7.1 try again" },
		{ "dot-552", SENDER_REFUSED, 552, "5.2.2 mailbox full" },
		{ "dot-drop", SENDER_UNCERTAIN, 0, "final dot" },
		{ "data-drop", SENDER_RETRY, 0, "at DATA" },
		{ "bad\r\nRCPT TO:<x", SENDER_REFUSED, 0, "no mailbox" },
		{ "ok", SENDER_DELIVERED, 250, "taken" },
	};
	struct peer p = start_at("good", 1);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char to[80];
		struct result r;

		(void)snprintf(to, sizeof to, "%s@peer.example",
		    cases[i].to);
		put_letter(&p, (int64_t)i, to);
		r = next_result(&p, 5000);
		if (strstr(r.text, cases[i].text) == NULL)
			assert_string_equal(r.text, cases[i].text);
		assert_int_equal(r.id, i);
		assert_int_equal(r.verdict, cases[i].verdict);
		assert_int_equal(r.code, cases[i].code);
	}
	assert_int_equal(end(&p, 3000), 0);
}

static void
an_engine_that_dies_has_its_allowed_letters_finished(void **state)
{
	struct peer p = start_at("good", 2);
	struct wire_in in;

	(void)state;
	put_letter(&p, 1, "dot-slow@peer.example");
	put_letter(&p, 2, "orphan@peer.example");
	for (int dots = 0; dots < 2;)
		if (next(&p, &in, 5000) == SENDER_DOT)
			dots++;
	put_id(&p, SENDER_DOT_OK, 1);
	(void)poll(NULL, 0, 100);
	assert_false(was_noted("taken dot-slow@"));
	assert_int_equal(end(&p, 10000), 0);
	assert_true(was_noted("taken dot-slow@"));
	assert_false(was_noted("taken orphan@"));
}

static void
an_idle_sender_goes_with_its_engine_at_once(void **state)
{
	struct peer p = start_at("good", 2);
	int64_t before;

	(void)state;
	put_letter(&p, 1, "ok@peer.example");
	(void)next_result(&p, 5000);
	before = clock_ms();
	assert_int_equal(end(&p, 5000), 0);
	assert_in_range(clock_ms() - before, 0, 1000);
}

static void
close_finishes_what_is_begun_and_drops_the_rest(void **state)
{
	struct peer p = start_at("good", 1);
	struct wire_in in;
	struct wire_out nothing = wire_out(p.arena);

	(void)state;
	put_letter(&p, 1, "begun@peer.example");
	put_letter(&p, 2, "waiting@peer.example");
	assert_int_equal(next(&p, &in, 5000), SENDER_STATE);
	assert_int_equal(next(&p, &in, 5000), SENDER_DOT);
	put(&p, SENDER_CLOSE, &nothing, -1);
	(void)poll(NULL, 0, 100);
	put_id(&p, SENDER_DOT_OK, 1);
	assert_int_equal(next_result(&p, 5000).id, 1);
	assert_int_equal(next(&p, &in, 5000), 0); /* it is gone */
	assert_true(was_noted("taken begun@"));
	assert_false(was_noted("taken waiting@"));
	assert_int_equal(end(&p, 3000), 0);
}

static void
a_large_letter_comes_as_a_memory_file(void **state)
{
	enum { LINES = 30000 };
	struct peer p = start_at("good", 1);
	struct wire_out out = wire_out(p.arena);
	char *bytes = malloc(LINES * 76);
	struct err err;
	int fd;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', LINES * 76);
	for (size_t i = 1; i <= LINES; i++)
		memcpy(bytes + i * 76 - 2, "\r\n", 2);
	assert_int_equal(wire_memory_open(&fd, &err), RC_OK);
	assert_int_equal(wire_memory_write(fd, (struct bytes){
	    (unsigned char *)bytes, LINES * 76 }, &err), RC_OK);
	assert_int_equal(wire_memory_seal(fd, &err), RC_OK);
	wire_put_i64(&out, 1);
	wire_put_text(&out, "");
	wire_put_text(&out, "large@peer.example");
	wire_put_text(&out, NULL);
	put(&p, SENDER_LETTER, &out, fd);
	(void)close(fd);
	free(bytes);
	assert_int_equal(next_result(&p, 10000).verdict, SENDER_DELIVERED);
	assert_true(was_noted("taken large@peer.example 2280000"));
	assert_int_equal(end(&p, 3000), 0);
}

/* A server on a port that answers first nobody, then everybody. */
static pid_t
server_fork(int listener, int engine)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)alarm(60); /* a test that fails leaves it */
	(void)close(engine); /* or the sender never sees it gone */
	(void)close(STDOUT_FILENO);
	(void)close(STDERR_FILENO);
	for (;;) {
		int s = accept(listener, NULL, NULL);
		char line[512];

		(void)dprintf(s, "220 late\r\n");
		while (read(s, line, sizeof line) > 0)
			(void)dprintf(s, "250 ok\r\n");
		(void)close(s);
	}
}

static void
a_server_that_is_away_gives_letters_back_and_is_found_again(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	struct sender_setup setup = { .hello = "raad.example",
		.connections = 3, .server = { .host = "127.0.0.1",
		.tls = SERVER_TLS_NONE, .timeout_s = 5 } };
	struct wire_in in;
	struct peer p;
	pid_t server;
	int back = 0;
	bool down = false;

	(void)state;
	assert_int_equal(bind(listener, (struct sockaddr *)&at, n), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n),
	    0);
	setup.server.port = ntohs(at.sin_port);
	p = start(&setup);
	for (int64_t id = 0; id < 5; id++)
		put_letter(&p, id, "ok@peer.example");
	while (back < 5 || !down) {
		uint16_t kind = next(&p, &in, 5000);

		assert_int_not_equal(kind, SENDER_DOT);
		if (kind == SENDER_RESULT) {
			struct result r = result_read(&in);

			assert_int_equal(r.verdict, SENDER_RETRY);
			assert_int_equal(r.code, 0);
			assert_non_null(strstr(r.text, "nobody answers"));
			back++;
		} else {
			int64_t again_ms;

			assert_int_equal(kind, SENDER_STATE);
			assert_int_equal(wire_get_u8(&in), 0);
			assert_non_null(strstr(wire_get_text(&in),
			    "firewall"));
			again_ms = wire_get_i64(&in);
			assert_in_range(again_ms - clock_ms(), 0, 2500);
			down = true;
		}
	}
	assert_int_equal(listen(listener, 16), 0);
	server = server_fork(listener, p.socket);
	(void)close(listener);
	for (;;) { /* down again, perhaps, and then up by itself */
		assert_int_equal(next(&p, &in, 10000), SENDER_STATE);
		if (wire_get_u8(&in) == 1)
			break;
	}
	assert_int_equal(end(&p, 5000), 0);
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
}

static void
a_refused_log_in_stops_all_and_is_not_tried_again_soon(void **state)
{
	struct sender_setup setup = { .hello = "raad.example",
		.connections = 4, .server = { .host = "127.0.0.1",
		.port = peer_port("deny"), .tls = SERVER_TLS_IMPLICIT,
		.auth = SERVER_AUTH_PASSWORD, .user = "raad@glostrup.example",
		.secret = "canary-password", .timeout_s = 5,
		.ca_file = getenv("SERVERS_CA") } };
	struct peer p = start(&setup);
	struct wire_in in;
	int back = 0;
	bool down = false;

	(void)state;
	for (int64_t id = 0; id < 8; id++)
		put_letter(&p, id, "ok@peer.example");
	while (back < 8 || !down) {
		if (next(&p, &in, 5000) == SENDER_RESULT) {
			assert_int_equal(result_read(&in).verdict,
			    SENDER_RETRY);
			back++;
			continue;
		}
		assert_int_equal(wire_get_u8(&in), 0);
		assert_non_null(strstr(wire_get_text(&in), "log-in"));
		assert_true(wire_get_i64(&in) - clock_ms() > 590000);
		down = true;
	}
	assert_int_equal(next(&p, &in, 2500), 0);
	assert_int_equal(end(&p, 5000), 0);
}

static void
a_crowded_server_takes_all_over_fewer_connections(void **state)
{
	struct peer p = start_at("crowd", 4);

	(void)state;
	for (int64_t id = 0; id < 16; id++)
		put_letter(&p, id, "dot-slow@peer.example");
	for (int i = 0; i < 16; i++)
		assert_int_equal(next_result(&p, 30000).verdict,
		    SENDER_DELIVERED);
	assert_int_equal(end(&p, 5000), 0);
}

static void
the_pace_is_kept(void **state)
{
	struct sender_setup setup = { .hello = "raad.example",
		.connections = 4, .per_minute = 30, .server = {
		.host = "127.0.0.1", .port = peer_port("good"),
		.tls = SERVER_TLS_NONE, .timeout_s = 5 } };
	struct peer p = start(&setup);
	int64_t before = clock_ms();

	(void)state;
	for (int64_t id = 0; id < 12; id++)
		put_letter(&p, id, "ok@peer.example");
	for (int i = 0; i < 10; i++)
		(void)next_result(&p, 5000);
	assert_in_range(clock_ms() - before, 0, 1900);
	(void)next_result(&p, 5000);
	assert_in_range(clock_ms() - before, 1900, 3500);
	(void)next_result(&p, 5000);
	assert_in_range(clock_ms() - before, 3800, 6000);
	assert_int_equal(end(&p, 5000), 0);
}

static void
an_engine_that_sends_too_much_or_nonsense_is_left(void **state)
{
	struct peer p = start_at("silent", 1);
	struct wire_out nothing = wire_out(p.arena);
	struct wire_in in;

	(void)state;
	for (int64_t id = 0; id < 6; id++)
		put_letter(&p, id, "ok@peer.example");
	while (next(&p, &in, 5000) != 0)
		continue;
	assert_int_equal(end(&p, 3000), 1);
	p = start_at("good", 1);
	put(&p, 42, &nothing, -1);
	assert_int_equal(next(&p, &in, 5000), 0);
	assert_int_equal(end(&p, 3000), 1);
}

static bool
status_says(pid_t pid, const char *line)
{
	char path[64], row[256];
	bool found = false;
	FILE *f;

	(void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	assert_non_null(f);
	while (!found && fgets(row, sizeof row, f) != NULL)
		found = strncmp(row, line, strlen(line)) == 0;
	(void)fclose(f);
	return found;
}

static void
the_process_gives_up_what_it_does_not_need(void **state)
{
	struct peer p = start_at("good", 1);

	(void)state;
	put_letter(&p, 1, "ok@peer.example");
	(void)next_result(&p, 5000);
	assert_true(status_says(p.pid, "NoNewPrivs:\t1"));
	assert_true(status_says(p.pid, "Seccomp:\t2"));
	assert_int_equal(end(&p, 3000), 0);
}

/* --- with real servers ---------------------------------------------------- */

static void
postfix_takes_a_hundred_letters_over_four_connections(void **state)
{
	struct sender_setup setup = { .hello = "raad.example",
		.connections = 4, .server = { .host = "localhost",
		.port = (uint16_t)strtoul(getenv("SERVERS_SMTP_PORT"), NULL,
		10), .tls = SERVER_TLS_STARTTLS,
		.auth = SERVER_AUTH_XOAUTH2, .client_id = "app",
		.user = "raad@glostrup.example", .secret = "app-secret",
		.token_url = getenv("SERVERS_TOKEN_URL"), .timeout_s = 10,
		.ca_file = getenv("SERVERS_CA") } };
	struct peer p = start(&setup);
	int64_t given = 0;

	(void)state;
	for (; given < 16; given++)
		put_letter(&p, given, "hundred@else.example");
	for (int done = 0; done < 100; done++) {
		assert_int_equal(next_result(&p, 10000).verdict,
		    SENDER_DELIVERED);
		if (given < 100)
			put_letter(&p, given++, "hundred@else.example");
	}
	assert_int_equal(end(&p, 5000), 0);
}

int
main(void)
{
	const struct CMUnitTest alone[] = {
		cmocka_unit_test(a_setup_comes_out_of_a_frame_as_it_went_in),
		cmocka_unit_test(
		    a_setup_of_no_or_too_many_connections_is_none),
	};
	const struct CMUnitTest served[] = {
		cmocka_unit_test(a_letter_is_asked_for_and_delivered),
		cmocka_unit_test(no_dot_goes_out_before_it_is_allowed),
		cmocka_unit_test(each_kind_of_end_reaches_the_engine),
		cmocka_unit_test(
		    an_engine_that_dies_has_its_allowed_letters_finished),
		cmocka_unit_test(an_idle_sender_goes_with_its_engine_at_once),
		cmocka_unit_test(
		    close_finishes_what_is_begun_and_drops_the_rest),
		cmocka_unit_test(a_large_letter_comes_as_a_memory_file),
		cmocka_unit_test(
		    a_server_that_is_away_gives_letters_back_and_is_found_again
		    ),
		cmocka_unit_test(
		    a_refused_log_in_stops_all_and_is_not_tried_again_soon),
		cmocka_unit_test(
		    a_crowded_server_takes_all_over_fewer_connections),
		cmocka_unit_test(the_pace_is_kept),
		cmocka_unit_test(
		    an_engine_that_sends_too_much_or_nonsense_is_left),
		cmocka_unit_test(the_process_gives_up_what_it_does_not_need),
		cmocka_unit_test(
		    postfix_takes_a_hundred_letters_over_four_connections),
	};

	if (getenv("SENDER") == NULL)
		return cmocka_run_group_tests(alone, NULL, NULL);
	return cmocka_run_group_tests(served, NULL, NULL);
}
