/* SPDX-License-Identifier: MIT */
/* The least that any client must do: log in, fetch every mail of INBOX in
 * batches, append it to a file, make the batch durable, and move the batch.
 * No parsing, no TLS, no database: what is left is the server's own time.
 *
 *   bare_imap PORT USER PASSWORD FOLDER BATCH FILE
 *
 * Prints `mails N seconds S`. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define IN_BYTES (256 * 1024)

static int sock, file;
static char in[IN_BYTES];
static size_t in_at, in_n;

static _Noreturn void
die(const char *why)
{
	(void)fprintf(stderr, "bare_imap: %s\n", why);
	exit(1);
}

static void
fill(void)
{
	ssize_t n = read(sock, in, sizeof in);

	if (n <= 0)
		die("the server is gone");
	in_at = 0;
	in_n = (size_t)n;
}

/* One line without its CRLF; a long one is cut, since only its head counts. */
static void
line_read(char *line, size_t size)
{
	size_t n = 0;

	for (;;) {
		char c;

		if (in_at == in_n)
			fill();
		c = in[in_at++];
		if (c == '\n')
			break;
		if (c != '\r' && n + 1 < size)
			line[n++] = c;
	}
	line[n] = '\0';
}

static void
body_keep(size_t n)
{
	while (n > 0) {
		size_t k;

		if (in_at == in_n)
			fill();
		k = in_n - in_at < n ? in_n - in_at : n;
		if (write(file, in + in_at, k) != (ssize_t)k)
			die("cannot write");
		in_at += k;
		n -= k;
	}
}

__attribute__((format(printf, 1, 2))) static void
say(const char *format, ...)
{
	char out[8192];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(out, sizeof out, format, args);
	va_end(args);
	if (n < 0 || write(sock, out, (size_t)n) != n)
		die("cannot send");
}

/* Reads until the tagged answer; counts the mails that come with literals,
 * and the EXISTS of a SELECT. */
static size_t
answer(size_t *exists)
{
	char line[4096];
	size_t mails = 0;

	for (;;) {
		char *brace;

		line_read(line, sizeof line);
		if (strncmp(line, "a ", 2) == 0) {
			if (strncmp(line, "a OK", 4) != 0)
				die(line);
			return mails;
		}
		if (exists != NULL && strstr(line, " EXISTS") != NULL)
			*exists = strtoul(line + 2, NULL, 10);
		brace = strrchr(line, '{');
		if (brace != NULL && line[strlen(line) - 1] == '}') {
			body_keep(strtoul(brace + 1, NULL, 10));
			mails++;
		}
	}
}

int
main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct timespec from, until;
	size_t exists = 0, mails = 0, batch;
	char line[4096];
	int one = 1;

	if (argc != 7)
		die("usage: PORT USER PASSWORD FOLDER BATCH FILE");
	batch = strtoul(argv[5], NULL, 10);
	file = open(argv[6], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	sock = socket(AF_INET, SOCK_STREAM, 0);
	to.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (file < 0 || connect(sock, (struct sockaddr *)&to, sizeof to) != 0)
		die("cannot connect");
	(void)setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	line_read(line, sizeof line);
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	say("a LOGIN %s %s\r\n", argv[2], argv[3]);
	(void)answer(NULL);
	say("a SELECT INBOX\r\n");
	(void)answer(&exists);
	while (exists > 0) {
		size_t n = exists < batch ? exists : batch;

		say("a FETCH 1:%zu (UID BODY.PEEK[])\r\n", n);
		mails += answer(NULL);
		if (fdatasync(file) != 0)
			die("cannot sync");
		say("a MOVE 1:%zu \"%s\"\r\n", n, argv[4]);
		(void)answer(NULL);
		exists -= n;
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	(void)printf("mails %zu seconds %.3f\n", mails,
	    (double)(until.tv_sec - from.tv_sec)
	    + (double)(until.tv_nsec - from.tv_nsec) / 1e9);
	say("a LOGOUT\r\n");
	return 0;
}
