/* SPDX-License-Identifier: MIT */
/* Frames in and out without waiting: two queues of bytes, and the descriptors
 * that belong to them in their order. */
#define _GNU_SOURCE /* SCM_RIGHTS, F_DUPFD_CLOEXEC */
#include "base/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

#define READ_BYTES ((size_t)256 * 1024)
#define READ_MOST_BYTES ((size_t)1024 * 1024) /* then the others have a turn */
#define KEEP_BYTES ((size_t)1024 * 1024) /* a burst is not kept for ever */
#define FDS_MOST 1024	/* a peer must not use up our descriptors */

/* Bytes from..n are in the queue. */
struct queue {
	unsigned char *data;
	size_t from, n, cap;
};

/* A descriptor, and for those going out the place of its frame. */
struct held {
	int fd;
	uint64_t at;
};

struct channel {
	int socket;
	struct queue in, out;
	uint64_t sent;		/* bytes that ever left: places count on */
	size_t released;	/* of out, from its start */
	struct held in_fds[FDS_MOST], out_fds[FDS_MOST];
	size_t n_in, n_out;
};

static void *
grow(void *data, size_t n)
{
	void *more = realloc(data, n);

	if (more == NULL)
		abort(); /* as base/arena: the supervisor starts us again */
	return more;
}

static unsigned char *
queue_room(struct queue *q, size_t n)
{
	if (q->from == q->n) {
		q->from = q->n = 0;
		if (q->cap > KEEP_BYTES) {
			free(q->data);
			q->data = NULL;
			q->cap = 0;
		}
	}
	if (q->cap - q->n < n && q->from > 0) {
		memmove(q->data, q->data + q->from, q->n - q->from);
		q->n -= q->from;
		q->from = 0;
	}
	if (q->cap - q->n < n) {
		q->cap = (q->n + n) * 2;
		q->data = grow(q->data, q->cap);
	}
	return q->data + q->n;
}

struct channel *
channel_open(int socket)
{
	struct channel *c = calloc(1, sizeof *c);
	int flags = fcntl(socket, F_GETFL);

	if (c == NULL)
		abort();
	c->socket = socket;
	if (flags >= 0)
		(void)fcntl(socket, F_SETFL, flags | O_NONBLOCK);
	return c;
}

void
channel_close(struct channel **channel)
{
	struct channel *c = *channel;

	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n_in; i++)
		(void)close(c->in_fds[i].fd);
	for (size_t i = 0; i < c->n_out; i++)
		(void)close(c->out_fds[i].fd);
	(void)close(c->socket);
	free(c->in.data);
	free(c->out.data);
	free(c);
	*channel = NULL;
}

int
channel_socket(const struct channel *channel)
{
	return channel->socket;
}

enum rc
channel_put(struct channel *c, uint16_t kind, struct bytes payload, int fd,
    struct err *err)
{
	unsigned char *to;
	uint64_t at = c->sent + (c->out.n - c->out.from);

	if (payload.n > WIRE_MAX_BYTES)
		return fail(err, RC_STOP, "a frame of %zu bytes is too large",
		    payload.n);
	if (fd >= 0) {
		int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);

		if (own < 0 || c->n_out == FDS_MOST) {
			if (own >= 0)
				(void)close(own);
			return fail(err, RC_LATER, "too many open files");
		}
		c->out_fds[c->n_out++] = (struct held){ own, at };
	}
	to = queue_room(&c->out, WIRE_HEAD_BYTES + payload.n);
	wire_head_write(to, kind, payload.n, fd >= 0);
	if (payload.n > 0)
		memcpy(to + WIRE_HEAD_BYTES, payload.data, payload.n);
	c->out.n += WIRE_HEAD_BYTES + payload.n;
	return RC_OK;
}

void
channel_release(struct channel *c)
{
	c->released = c->out.n - c->out.from;
}

void
channel_drop(struct channel *c)
{
	uint64_t end = c->sent + c->released;

	c->out.n = c->out.from + c->released;
	while (c->n_out > 0 && c->out_fds[c->n_out - 1].at >= end)
		(void)close(c->out_fds[--c->n_out].fd);
}

size_t
channel_waiting(const struct channel *c)
{
	return c->released;
}

/* Sends up to the next frame that has a descriptor; that frame's descriptor
 * goes with its first byte. */
static ssize_t
send_some(struct channel *c)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec iov = { .iov_base = c->out.data + c->out.from,
		.iov_len = c->released };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	bool with_fd = c->n_out > 0 && c->out_fds[0].at == c->sent;
	size_t next = with_fd ? 1 : 0;
	ssize_t n;

	if (c->n_out > next && c->out_fds[next].at < c->sent + c->released)
		iov.iov_len = (size_t)(c->out_fds[next].at - c->sent);
	if (with_fd) {
		struct cmsghdr *h;

		memset(&control, 0, sizeof control);
		msg.msg_control = control.bytes;
		msg.msg_controllen = sizeof control.bytes;
		h = CMSG_FIRSTHDR(&msg);
		h->cmsg_level = SOL_SOCKET;
		h->cmsg_type = SCM_RIGHTS;
		h->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(h), &c->out_fds[0].fd, sizeof(int));
	}
	n = sendmsg(c->socket, &msg, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n > 0 && with_fd) {
		(void)close(c->out_fds[0].fd);
		memmove(c->out_fds, c->out_fds + 1,
		    --c->n_out * sizeof c->out_fds[0]);
	}
	return n;
}

enum rc
channel_flush(struct channel *c, struct err *err)
{
	while (c->released > 0) {
		ssize_t n = send_some(c);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return RC_OK;
		if (n < 0)
			return fail(err, errno == EPIPE || errno == ECONNRESET
			    ? RC_NONE : RC_STOP, "send: %s", strerror(errno));
		c->out.from += (size_t)n;
		c->released -= (size_t)n;
		c->sent += (uint64_t)n;
	}
	return RC_OK;
}

enum rc
channel_flush_secret(struct channel *c, struct err *err)
{
	enum rc rc = channel_flush(c, err);

	if (c->out.data != NULL && c->released == 0)
		explicit_bzero(c->out.data, c->out.cap);
	return rc;
}

static bool
keep_fds(struct channel *c, struct msghdr *msg)
{
	bool fits = true;

	for (struct cmsghdr *h = CMSG_FIRSTHDR(msg); h != NULL;
	    h = CMSG_NXTHDR(msg, h)) {
		int fd;

		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS
		    || h->cmsg_len != CMSG_LEN(sizeof fd))
			continue;
		memcpy(&fd, CMSG_DATA(h), sizeof fd);
		if (c->n_in == FDS_MOST) {
			(void)close(fd);
			fits = false;
		} else {
			c->in_fds[c->n_in++] = (struct held){ fd, 0 };
		}
	}
	return fits && (msg->msg_flags & MSG_CTRUNC) == 0;
}

enum rc
channel_fill(struct channel *c, struct err *err)
{
	for (size_t took = 0; took < READ_MOST_BYTES;) {
		union {
			char bytes[CMSG_SPACE(sizeof(int))];
			struct cmsghdr align;
		} control;
		struct iovec iov = { .iov_base = queue_room(&c->in, READ_BYTES),
			.iov_len = READ_BYTES };
		struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1,
			.msg_control = control.bytes,
			.msg_controllen = sizeof control.bytes };
		ssize_t n = recvmsg(c->socket, &msg,
		    MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return RC_OK;
		if (n == 0 || (n < 0 && errno == ECONNRESET))
			return fail(err, RC_NONE, "the peer is gone");
		if (n < 0)
			return fail(err, RC_STOP, "receive: %s",
			    strerror(errno));
		if (!keep_fds(c, &msg))
			return fail(err, RC_STOP, "more descriptors than "
			    "frames");
		c->in.n += (size_t)n;
		took += (size_t)n;
	}
	return RC_OK;
}

enum rc
channel_take(struct channel *c, struct arena *arena, struct frame *frame,
    struct err *err)
{
	const unsigned char *at = c->in.data + c->in.from;
	size_t have = c->in.n - c->in.from, n;
	unsigned char *data;
	uint16_t kind;
	bool has_fd;

	if (have < WIRE_HEAD_BYTES)
		return RC_LATER;
	if (!wire_head_read(at, &kind, &n, &has_fd))
		return fail(err, RC_STOP, "a frame of %zu bytes is none", n);
	if (have < WIRE_HEAD_BYTES + n)
		return RC_LATER;
	if (has_fd && c->n_in == 0)
		return fail(err, RC_STOP, "a frame without its descriptor");
	data = arena_alloc(arena, n + 1);
	memcpy(data, at + WIRE_HEAD_BYTES, n);
	*frame = (struct frame){ .kind = kind, .payload = { data, n },
		.fd = -1 };
	if (has_fd) {
		frame->fd = c->in_fds[0].fd;
		memmove(c->in_fds, c->in_fds + 1,
		    --c->n_in * sizeof c->in_fds[0]);
	}
	c->in.from += WIRE_HEAD_BYTES + n;
	return RC_OK;
}
