/* SPDX-License-Identifier: MIT */
/* A trivial engine for raadspost-sender: gives it N letters of SIZE bytes,
 * allows every dot at once, and says how long it took from the moment that
 * the process has sent its first one (it lives as long as the engine).
 *
 *	feed_tool PROGRAM PORT CONNECTIONS N SIZE
 *
 * Prints `seconds letters delivered` and exits 0 where all were delivered. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "dispatch/sender.h"

extern char **environ;

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t
start(const char *program, int *engine)
{
	char *argv[] = { (char *)(uintptr_t)program, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	struct err err;
	pid_t pid;

	if (wire_pair(ends, &err) != RC_OK)
		exit(1);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
	if (posix_spawn(&pid, program, &actions, NULL, argv, environ) != 0) {
		(void)fprintf(stderr, "%s: cannot be run\n", program);
		exit(1);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)close(ends[1]);
	*engine = ends[0];
	return pid;
}

/* Lines of 76 bytes, as quoted-printable and base64 have. */
static char *
letter_make(size_t size)
{
	static const char head[] = "From: raad@glostrup.example\r\n"
	    "To: kirsten@else.example\r\nSubject: bench\r\n\r\n";
	size_t n = sizeof head - 1;
	char *bytes = malloc(size + 128);

	if (bytes == NULL)
		exit(1);
	memcpy(bytes, head, n);
	for (size_t in_line = 0; n < size; n++, in_line++) {
		if (in_line == 76) {
			memcpy(bytes + n, "\r\n", 2);
			n++;
			in_line = (size_t)-1;
			continue;
		}
		bytes[n] = (char)('a' + n % 26);
	}
	memcpy(bytes + size - 2, "\r\n", 2);
	return bytes;
}

static void
put(struct channel *c, uint16_t kind, const struct wire_out *out)
{
	struct err err;

	if (channel_put(c, kind, wire_bytes(out), -1, &err) != RC_OK)
		exit(1);
	channel_release(c);
}

/* A letter's frame, made once: only its id differs, which is written first. */
static struct wire_out
frame_make(struct arena *arena, size_t size)
{
	struct wire_out out = wire_out(arena);

	wire_put_i64(&out, 0);
	wire_put_text(&out, "raad@glostrup.example");
	wire_put_text(&out, "kirsten@else.example");
	wire_put_text(&out, NULL);
	wire_put_bytes(&out, (struct bytes){
	    (unsigned char *)letter_make(size), size });
	return out;
}

static void
put_letter(struct channel *c, struct wire_out *frame, size_t id)
{
	for (size_t i = 0; i < 8; i++)
		frame->buf.data[i] = (char)(id >> i * 8);
	put(c, SENDER_LETTER, frame);
}

/* What the sender says, until something was heard; how many results. */
static size_t
hear(struct channel *c, struct arena *arena, size_t *delivered)
{
	struct pollfd p = { .fd = channel_socket(c), .events = POLLIN };
	struct frame frame;
	struct err err;
	size_t done = 0;

	arena_reset(arena);
	if (channel_flush(c, &err) == RC_NONE)
		exit(1);
	if (channel_waiting(c) > 0)
		p.events |= POLLOUT;
	(void)poll(&p, 1, -1);
	if (channel_fill(c, &err) == RC_NONE)
		exit(1);
	while (channel_take(c, arena, &frame, &err) == RC_OK) {
		struct wire_in in = wire_in(arena, frame.payload);
		struct wire_out out = wire_out(arena);

		wire_put_i64(&out, wire_get_i64(&in));
		if (frame.kind == SENDER_DOT)
			put(c, SENDER_DOT_OK, &out);
		if (frame.kind != SENDER_RESULT)
			continue;
		done++;
		if (wire_get_u8(&in) == SENDER_DELIVERED)
			*delivered += 1;
	}
	return done;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open();
	struct sender_setup setup = { .hello = "raad.example", .server = {
		.host = "127.0.0.1", .tls = SERVER_TLS_NONE,
		.timeout_s = 30 } };
	struct wire_out out = wire_out(arena);
	size_t n, given = 0, done = 0, delivered = 0, most;
	struct arena *turn = arena_open();
	struct wire_out frame;
	struct channel *c;
	int engine, status;
	double from;
	pid_t pid;

	if (argc != 6) {
		(void)fputs("feed_tool PROGRAM PORT CONNECTIONS N SIZE\n",
		    stderr);
		return 2;
	}
	setup.server.port = (uint16_t)strtoul(argv[2], NULL, 10);
	setup.connections = (uint32_t)strtoul(argv[3], NULL, 10);
	n = strtoul(argv[4], NULL, 10);
	frame = frame_make(arena, strtoul(argv[5], NULL, 10));
	pid = start(argv[1], &engine);
	c = channel_open(engine);
	sender_setup_write(&out, &setup);
	put(c, SENDER_OPEN, &out);
	put_letter(c, &frame, n);
	while (hear(c, turn, &delivered) == 0)
		continue;
	delivered = 0;
	most = setup.connections * SENDER_QUEUE_A_CONNECTION;
	from = seconds();
	while (done < n) {
		for (; given < n && given - done < most; given++)
			put_letter(c, &frame, given);
		done += hear(c, turn, &delivered);
	}
	(void)printf("%.3f %zu %zu\n", seconds() - from, n, delivered);
	channel_close(&c);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return delivered == n ? 0 : 1;
}
