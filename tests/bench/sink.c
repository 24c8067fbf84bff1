/* SPDX-License-Identifier: MIT */
/* The fastest SMTP server we could think of: it takes every letter, keeps
 * none, and counts. One thread and epoll, no log-in, no TLS.
 *
 *	sink		writes its port, then serves until SIGTERM; then writes
 *			how many letters and bytes it took */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINE_BYTES 1000
#define READ_BYTES (256 * 1024)

static const char *const end = "\r\n.\r\n";

struct peer {
	int socket;
	bool in_data;
	size_t n_end;		/* bytes of `end` seen */
	size_t n_line;
	char line[LINE_BYTES];
};

static volatile sig_atomic_t ended;
static unsigned long letters, bytes;

static void
on_term(int number)
{
	(void)number;
	ended = 1;
}

static bool
say(const struct peer *p, const char *text)
{
	return send(p->socket, text, strlen(text), MSG_NOSIGNAL) > 0;
}

static bool
command(struct peer *p)
{
	switch (p->line[0] & 0x5F) {
	case 'E':
		return say(p, "250-sink.example\r\n250 SIZE 100000000\r\n");
	case 'D':
		p->in_data = true;
		p->n_end = 2; /* the CRLF of DATA counts, RFC 5321 §4.1.1.4 */
		return say(p, "354 go on\r\n");
	case 'Q':
		(void)say(p, "221 bye\r\n");
		return false;
	default:
		return say(p, "250 ok\r\n");
	}
}

/* How much of `data` belongs to the letter; it may end in it. */
static size_t
letter_bytes(struct peer *p, const char *data, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p->n_end == 0) { /* fast over what is no line's end */
			const char *cr = memchr(data + i, '\r', n - i);

			if (cr == NULL)
				return n;
			i = (size_t)(cr - data);
		}
		p->n_end = data[i] == end[p->n_end] ? p->n_end + 1
		    : data[i] == '\r' ? 1 : 0;
		if (p->n_end == 5)
			return i + 1;
	}
	return n;
}

static bool
take(struct peer *p, const char *data, size_t n)
{
	while (n > 0) {
		size_t used = 0;

		if (p->in_data) {
			used = letter_bytes(p, data, n);
			bytes += used;
			if (p->n_end == 5) {
				p->in_data = false;
				letters++;
				if (!say(p, "250 taken\r\n"))
					return false;
			}
		} else {
			while (used < n && data[used] != '\n') {
				if (p->n_line < LINE_BYTES)
					p->line[p->n_line++] = data[used];
				used++;
			}
			if (used < n) {
				used++;
				if (!command(p))
					return false;
				p->n_line = 0;
			}
		}
		data += used;
		n -= used;
	}
	return true;
}

static void
peer_open(int epoll, int listener)
{
	int one = 1;
	struct peer *p = calloc(1, sizeof *p);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };

	if (p == NULL)
		exit(1);
	p->socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (p->socket < 0) {
		free(p);
		return;
	}
	(void)setsockopt(p->socket, IPPROTO_TCP, TCP_NODELAY, &one,
	    sizeof one);
	(void)epoll_ctl(epoll, EPOLL_CTL_ADD, p->socket, &e);
	(void)say(p, "220 sink.example ESMTP\r\n");
}

int
main(void)
{
	static char data[READ_BYTES];
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n_at = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = NULL };
	struct sigaction term = { .sa_handler = on_term };

	(void)sigaction(SIGTERM, &term, NULL);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0
	    || listen(listener, 64) != 0
	    || getsockname(listener, (struct sockaddr *)&at, &n_at) != 0
	    || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e) != 0) {
		perror("sink");
		return 1;
	}
	(void)printf("%u\n", (unsigned)ntohs(at.sin_port));
	(void)fflush(stdout);
	while (!ended) {
		struct epoll_event got[64];
		int n = epoll_wait(epoll, got, 64, -1);

		for (int i = 0; i < n; i++) {
			struct peer *p = got[i].data.ptr;
			ssize_t have;

			if (p == NULL) {
				peer_open(epoll, listener);
				continue;
			}
			have = recv(p->socket, data, sizeof data, 0);
			if (have <= 0 || !take(p, data, (size_t)have)) {
				(void)close(p->socket);
				free(p);
			}
		}
	}
	(void)printf("%lu letters, %lu bytes\n", letters, bytes);
	return 0;
}
