/* SPDX-License-Identifier: MIT */
/* Frames over a socket pair, with a descriptor where one is needed. */
#define _GNU_SOURCE /* memfd_create, SCM_RIGHTS */
#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#define ABSENT_TEXT UINT32_MAX

/* u32 size, u16 kind, u8 whether a descriptor comes, u8 0 */
void
wire_head_write(unsigned char head[WIRE_HEAD_BYTES], uint16_t kind, size_t n,
    bool has_fd)
{
	head[0] = (unsigned char)n;
	head[1] = (unsigned char)(n >> 8);
	head[2] = (unsigned char)(n >> 16);
	head[3] = (unsigned char)(n >> 24);
	head[4] = (unsigned char)kind;
	head[5] = (unsigned char)(kind >> 8);
	head[6] = has_fd;
	head[7] = 0;
}

bool
wire_head_read(const unsigned char head[WIRE_HEAD_BYTES], uint16_t *kind,
    size_t *n, bool *has_fd)
{
	*n = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16
	    | (size_t)head[3] << 24;
	*kind = (uint16_t)(head[4] | head[5] << 8);
	*has_fd = head[6] == 1;
	return *n <= WIRE_MAX_BYTES && head[6] <= 1 && head[7] == 0;
}

enum rc
wire_pair(int ends[2], struct err *err)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return fail(err, RC_STOP, "socket pair: %s", strerror(errno));
	return RC_OK;
}

static enum rc
wait_for(int socket, short events, int wait_ms, struct err *err)
{
	struct pollfd p = { .fd = socket, .events = events };
	int n;

	do
		n = poll(&p, 1, wait_ms);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fail(err, RC_STOP, "poll: %s", strerror(errno));
	return n == 0 ? fail(err, RC_LATER, "no answer in %d ms", wait_ms)
	    : RC_OK;
}

static enum rc
send_all(int socket, struct iovec *iov, size_t n_iov, int fd, struct err *err)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = n_iov };
	enum rc rc;

	if (fd >= 0) {
		struct cmsghdr *c;

		memset(&control, 0, sizeof control);
		msg.msg_control = control.bytes;
		msg.msg_controllen = sizeof control.bytes;
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(c), &fd, sizeof fd);
	}
	while (msg.msg_iovlen > 0) {
		ssize_t n = sendmsg(socket, &msg, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			if ((rc = wait_for(socket, POLLOUT, -1, err)) != RC_OK)
				return rc;
			continue;
		}
		if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
			return fail(err, RC_NONE, "the peer is gone");
		if (n < 0)
			return fail(err, RC_STOP, "send: %s",
			    strerror(errno));
		msg.msg_control = NULL;
		msg.msg_controllen = 0;
		while (msg.msg_iovlen > 0
		    && (size_t)n >= msg.msg_iov->iov_len) {
			n -= (ssize_t)msg.msg_iov->iov_len;
			msg.msg_iov++;
			msg.msg_iovlen--;
		}
		if (msg.msg_iovlen > 0) {
			msg.msg_iov->iov_base =
			    (char *)msg.msg_iov->iov_base + n;
			msg.msg_iov->iov_len -= (size_t)n;
		}
	}
	return RC_OK;
}

enum rc
wire_write(int socket, uint16_t kind, struct bytes payload, int fd,
    struct err *err)
{
	unsigned char head[WIRE_HEAD_BYTES];
	struct iovec iov[2] = {
		{ .iov_base = head, .iov_len = sizeof head },
		{ .iov_base = (void *)(uintptr_t)payload.data,
		  .iov_len = payload.n },
	};

	if (payload.n > WIRE_MAX_BYTES)
		return fail(err, RC_STOP, "a frame of %zu bytes is too large",
		    payload.n);
	wire_head_write(head, kind, payload.n, fd >= 0);
	return send_all(socket, iov, payload.n > 0 ? 2 : 1, fd, err);
}

/* Takes the descriptor that came with these bytes; a second one is closed. */
static void
take_fd(struct msghdr *msg, int *fd)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c != NULL;
	    c = CMSG_NXTHDR(msg, c)) {
		int got;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS
		    || c->cmsg_len < CMSG_LEN(sizeof got))
			continue;
		memcpy(&got, CMSG_DATA(c), sizeof got);
		if (*fd >= 0)
			(void)close(got);
		else
			*fd = got;
	}
}

static enum rc
recv_all(int socket, unsigned char *data, size_t n, int wait_ms, int *fd,
    struct err *err)
{
	size_t have = 0;
	enum rc rc;

	while (have < n) {
		union {
			char bytes[CMSG_SPACE(sizeof(int))];
			struct cmsghdr align;
		} control;
		struct iovec iov = { .iov_base = data + have,
			.iov_len = n - have };
		struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1,
			.msg_control = control.bytes,
			.msg_controllen = sizeof control.bytes };
		ssize_t got = recvmsg(socket, &msg,
		    MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			/* Once begun, a frame comes whole. */
			rc = wait_for(socket, POLLIN,
			    have == 0 ? wait_ms : -1, err);
			if (rc != RC_OK)
				return rc;
			continue;
		}
		if (got == 0 || (got < 0 && errno == ECONNRESET))
			return fail(err, RC_NONE, "the peer is gone");
		if (got < 0)
			return fail(err, RC_STOP, "receive: %s",
			    strerror(errno));
		take_fd(&msg, fd);
		have += (size_t)got;
	}
	return RC_OK;
}

enum rc
wire_read(int socket, struct arena *arena, int wait_ms, struct frame *frame,
    struct err *err)
{
	unsigned char head[WIRE_HEAD_BYTES], *data;
	uint16_t kind;
	int fd = -1;
	bool has_fd;
	size_t n;
	enum rc rc;

	rc = recv_all(socket, head, sizeof head, wait_ms, &fd, err);
	if (rc != RC_OK)
		return rc;
	if (!wire_head_read(head, &kind, &n, &has_fd)
	    || has_fd != (fd >= 0)) {
		if (fd >= 0)
			(void)close(fd);
		return fail(err, RC_STOP, "a frame of %zu bytes is none", n);
	}
	data = arena_alloc(arena, n + 1);
	rc = recv_all(socket, data, n, -1, &fd, err);
	if (rc != RC_OK) {
		if (fd >= 0)
			(void)close(fd);
		return rc;
	}
	*frame = (struct frame){
		.kind = kind,
		.payload = { .data = data, .n = n },
		.fd = fd,
	};
	return RC_OK;
}

struct wire_out
wire_out(struct arena *arena)
{
	return (struct wire_out){ .buf = buf_open(arena) };
}

void
wire_put_u8(struct wire_out *out, uint8_t value)
{
	buf_add_n(&out->buf, (const char *)&value, 1);
}

void
wire_put_u32(struct wire_out *out, uint32_t value)
{
	char b[4] = { (char)value, (char)(value >> 8), (char)(value >> 16),
		(char)(value >> 24) };

	buf_add_n(&out->buf, b, sizeof b);
}

void
wire_put_i64(struct wire_out *out, int64_t value)
{
	uint64_t v = (uint64_t)value;

	wire_put_u32(out, (uint32_t)v);
	wire_put_u32(out, (uint32_t)(v >> 32));
}

void
wire_put_bytes(struct wire_out *out, struct bytes bytes)
{
	wire_put_u32(out, (uint32_t)bytes.n);
	buf_add_n(&out->buf, (const char *)bytes.data, bytes.n);
}

void
wire_put_text(struct wire_out *out, const char *text)
{
	if (text == NULL) {
		wire_put_u32(out, ABSENT_TEXT);
		return;
	}
	wire_put_bytes(out, (struct bytes){ (const unsigned char *)text,
	    strlen(text) });
}

struct bytes
wire_bytes(const struct wire_out *out)
{
	return (struct bytes){ (const unsigned char *)buf_text(&out->buf),
		out->buf.n };
}

struct wire_in
wire_in(struct arena *arena, struct bytes payload)
{
	return (struct wire_in){ .arena = arena, .left = payload };
}

static const unsigned char *
take(struct wire_in *in, size_t n)
{
	const unsigned char *at = in->left.data;

	if (in->bad || in->left.n < n) {
		in->bad = true;
		return NULL;
	}
	in->left.data += n;
	in->left.n -= n;
	return at;
}

uint8_t
wire_get_u8(struct wire_in *in)
{
	const unsigned char *b = take(in, 1);

	return b == NULL ? 0 : b[0];
}

uint32_t
wire_get_u32(struct wire_in *in)
{
	const unsigned char *b = take(in, 4);

	return b == NULL ? 0 : (uint32_t)b[0] | (uint32_t)b[1] << 8
	    | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

int64_t
wire_get_i64(struct wire_in *in)
{
	uint64_t low = wire_get_u32(in), high = wire_get_u32(in);

	return (int64_t)(low | high << 32);
}

struct bytes
wire_get_bytes(struct wire_in *in)
{
	size_t n = wire_get_u32(in);
	const unsigned char *data = take(in, n);

	return data == NULL ? (struct bytes){ .data = NULL }
	    : (struct bytes){ data, n };
}

const char *
wire_get_text(struct wire_in *in)
{
	uint32_t n = wire_get_u32(in);
	const unsigned char *data;

	if (in->bad || n == ABSENT_TEXT)
		return NULL;
	if ((data = take(in, n)) == NULL)
		return NULL;
	if (memchr(data, '\0', n) != NULL
	    || !text_is_utf8((const char *)data, n)) {
		in->bad = true;
		return NULL;
	}
	return arena_strndup(in->arena, (const char *)data, n);
}

size_t
wire_get_count(struct wire_in *in, size_t least_bytes)
{
	size_t n = wire_get_u32(in);

	if (in->bad || n > in->left.n / (least_bytes == 0 ? 1 : least_bytes)) {
		in->bad = true;
		return 0;
	}
	return n;
}

enum rc
wire_memory_open(int *fd, struct err *err)
{
	int got = memfd_create("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (got < 0)
		return fail(err, RC_LATER, "memory file: %s",
		    strerror(errno));
	*fd = got;
	return RC_OK;
}

enum rc
wire_memory_write(int fd, struct bytes bytes, struct err *err)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.data, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fail(err, RC_LATER, "memory file: %s",
			    strerror(errno));
		bytes.data += n;
		bytes.n -= (size_t)n;
	}
	return RC_OK;
}

enum rc
wire_memory_seal(int fd, struct err *err)
{
	int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

	if (fcntl(fd, F_ADD_SEALS, seals) != 0)
		return fail(err, RC_STOP, "seal: %s", strerror(errno));
	return RC_OK;
}

enum rc
wire_map(int fd, struct bytes *bytes, struct err *err)
{
	struct stat st;
	void *data;

	if (fstat(fd, &st) != 0)
		return fail(err, RC_STOP, "map: %s", strerror(errno));
	if (st.st_size == 0) {
		*bytes = (struct bytes){ .data = NULL };
		return RC_OK;
	}
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return fail(err, RC_LATER, "map: %s", strerror(errno));
	*bytes = (struct bytes){ data, (size_t)st.st_size };
	return RC_OK;
}

void
wire_unmap(struct bytes *bytes)
{
	if (bytes->n != 0)
		(void)munmap((void *)(uintptr_t)bytes->data, bytes->n);
	*bytes = (struct bytes){ .data = NULL };
}
