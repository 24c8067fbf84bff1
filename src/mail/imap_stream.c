/* SPDX-License-Identifier: MIT */
/* libetpan's stream driver over a connection that libcurl opened. */
#include "mail/imap_stream.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define SHOWN_BYTES 120 /* of the line that broke a limit */
#define WATCH_MS 1000
#define SLOWEST_BYTES_PER_MS 4 /* 4 kB/s: slower is a server that
				* holds us */

void
imap_stream_kill(struct imap_stream *stream, const char *why)
{
	if (stream->dead)
		return;
	stream->dead = true;
	(void)snprintf(stream->why, sizeof stream->why, "%s", why);
}

void
imap_stream_limit(struct imap_stream *stream, uint64_t may_get,
    size_t line_max, size_t literal_max)
{
	stream->waited_ms = 0;
	stream->got = 0;
	stream->may_get = may_get;
	stream->gate.line_max = line_max;
	stream->gate.literal_max = literal_max;
}

static bool
goes_on(struct imap_stream *stream)
{
	if (stream->watch.go_on == NULL
	    || stream->watch.go_on(stream->watch.self))
		return true;
	stream->called_off = true;
	imap_stream_kill(stream, "called off");
	return false;
}

/* What the server may make us wait for this command: one time limit, and a
 * little more for each byte, so that a server that drips ends too. */
static int64_t
patience_ms(const struct imap_stream *stream)
{
	return (int64_t)stream->timeout_s * 1000
	    + (int64_t)(stream->got / SLOWEST_BYTES_PER_MS) - stream->waited_ms;
}

static bool
wait_server(struct imap_stream *stream, short events)
{
	struct pollfd p = { .fd = stream->socket, .events = events };
	int64_t begun, left;
	int got;

	for (;;) {
		if (!goes_on(stream))
			return false;
		if ((left = patience_ms(stream)) <= 0) {
			imap_stream_kill(stream, stream->got == 0
			    ? "no answer within the time limit"
			    : "the server answers too slowly");
			return false;
		}
		begun = clock_ms();
		got = poll(&p, 1, (int)(left < WATCH_MS ? left : WATCH_MS));
		stream->waited_ms += clock_ms() - begun;
		if (got > 0)
			return true;
		if (got < 0 && errno != EINTR) {
			imap_stream_kill(stream, strerror(errno));
			return false;
		}
	}
}

/* What came from curl is counted, and looked at before anyone parses it. */
static bool
take(struct imap_stream *stream, const unsigned char *data, size_t n)
{
	const char *why;
	char text[sizeof stream->why];

	stream->got += n;
	if (stream->got > stream->may_get) {
		imap_stream_kill(stream,
		    "the server sends more than was asked for");
		return false;
	}
	if ((why = imap_gate_pass(&stream->gate, data, n)) != NULL) {
		(void)snprintf(text, sizeof text, "%s (%.*s)", why,
		    SHOWN_BYTES, stream->gate.last);
		imap_stream_kill(stream, text);
		return false;
	}
	return true;
}

static void
connection_broke(struct imap_stream *stream, CURLcode code)
{
	imap_stream_kill(stream, code == CURLE_OK || code == CURLE_RECV_ERROR
	    || code == CURLE_SEND_ERROR ? "the server closed the connection"
	    : curl_easy_strerror(code));
}

/* Takes what is there, without waiting: false where nothing is, or the
 * stream died. What TLS has already decrypted is seen by no poll, so this
 * comes before each (LIBRARIES E5). */
static bool
receive(struct imap_stream *stream)
{
	size_t got = 0;
	CURLcode code;

	code = curl_easy_recv(stream->curl, stream->raw, sizeof stream->raw,
	    &got);
	if (code == CURLE_AGAIN)
		return false;
	if (code != CURLE_OK || got == 0) {
		connection_broke(stream, code);
		return false;
	}
	return take(stream, stream->raw, got);
}

static ssize_t
stream_read(mailstream_low *low, void *data, size_t n)
{
	static const char greeting[] = "* PREAUTH ready\r\n";
	struct imap_stream *stream = low->data;
	size_t got;

	if (stream->dead || n == 0)
		return -1;
	if (!stream->greeted) {
		if (n < sizeof greeting - 1)
			return -1;
		stream->greeted = true;
		memcpy(data, greeting, sizeof greeting - 1);
		return sizeof greeting - 1;
	}
	for (;;) {
		got = imap_gate_take(&stream->gate, data, n);
		if (got > 0)
			return (ssize_t)got;
		if (receive(stream))
			continue;
		if (stream->dead || !wait_server(stream, POLLIN))
			return -1;
	}
}

static ssize_t
stream_write(mailstream_low *low, const void *data, size_t n)
{
	struct imap_stream *stream = low->data;
	CURLcode code;
	size_t sent;

	if (stream->dead)
		return -1;
	for (;;) {
		code = curl_easy_send(stream->curl, data, n, &sent);
		if (code == CURLE_OK && sent > 0)
			return (ssize_t)sent;
		if (code != CURLE_AGAIN && code != CURLE_OK) {
			connection_broke(stream, code);
			return -1;
		}
		if (!wait_server(stream, POLLOUT))
			return -1;
	}
}

static int
stream_low_close(mailstream_low *low)
{
	struct imap_stream *stream = low->data;

	imap_stream_kill(stream, "closed");
	return 0;
}

static int
stream_fd(mailstream_low *low)
{
	struct imap_stream *stream = low->data;

	return stream->socket;
}

static void
stream_low_free(mailstream_low *low)
{
	free(low->identifier);
	free(low);
}

static void
stream_cancel(mailstream_low *low)
{
	(void)low;
}

static mailstream_low_driver driver = {
	.mailstream_read = stream_read,
	.mailstream_write = stream_write,
	.mailstream_close = stream_low_close,
	.mailstream_get_fd = stream_fd,
	.mailstream_free = stream_low_free,
	.mailstream_cancel = stream_cancel,
};

mailstream_low *
imap_stream_low(struct imap_stream *stream)
{
	return mailstream_low_new(stream, &driver);
}

enum rc
imap_stream_open(CURL *curl, uint32_t timeout_s,
    const struct imap_watch *watch, struct imap_stream **stream,
    struct err *err)
{
	struct imap_stream *s = calloc(1, sizeof *s);
	curl_socket_t socket = CURL_SOCKET_BAD;

	if (s == NULL)
		return fail(err, RC_STOP, "out of memory");
	if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket)
	    != CURLE_OK || socket == CURL_SOCKET_BAD) {
		free(s);
		return fail(err, RC_LATER, "the connection is gone again");
	}
	s->curl = curl;
	s->socket = socket;
	s->timeout_s = timeout_s == 0 ? 60 : timeout_s;
	if (watch != NULL)
		s->watch = *watch;
	*stream = s;
	return RC_OK;
}

void
imap_stream_close(struct imap_stream **stream)
{
	if (*stream == NULL)
		return;
	curl_easy_cleanup((*stream)->curl);
	imap_gate_close(&(*stream)->gate);
	free(*stream);
	*stream = NULL;
}

enum imap_waited
imap_stream_wait(struct imap_stream *stream, int other, int64_t wait_ms)
{
	int64_t until = clock_ms() + wait_ms, left;
	struct pollfd p[2] = {
		{ .fd = stream->socket, .events = POLLIN },
		{ .fd = other, .events = POLLIN },
	};
	int got;

	for (;;) {
		if (stream->dead)
			return IMAP_WAITED_DEAD;
		if (receive(stream))
			return IMAP_WAITED_DATA;
		if (stream->dead)
			return IMAP_WAITED_DEAD;
		if ((left = until - clock_ms()) < 0)
			left = 0;
		got = poll(p, 2, (int)(left < INT32_MAX ? left : INT32_MAX));
		if (got < 0 && errno != EINTR) {
			imap_stream_kill(stream, strerror(errno));
			return IMAP_WAITED_DEAD;
		}
		if (got > 0 && p[1].revents != 0)
			return IMAP_WAITED_OTHER;
		if (got == 0)
			return IMAP_WAITED_TIME;
	}
}
