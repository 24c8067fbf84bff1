/* SPDX-License-Identifier: MIT */
/* Any bytes as all that an IMAP server says after the log-in: our gate and
 * libetpan's parser behind it, through a whole session of the reader. The
 * connection is this file: libcurl's functions are its own. */
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "mail/imap.h"
#include "mail/imap_login.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const uint8_t *said;
static size_t left;
static int handle, socket_fd = -1;
static volatile unsigned char touched;

CURLcode
curl_easy_recv(CURL *curl, void *buffer, size_t n, size_t *got)
{
	(void)curl;
	*got = n < left ? n : left;
	memcpy(buffer, said, *got);
	said += *got;
	left -= *got;
	return CURLE_OK; /* 0 bytes: the server closed */
}

CURLcode
curl_easy_send(CURL *curl, const void *buffer, size_t n, size_t *sent)
{
	(void)curl;
	(void)buffer;
	*sent = n;
	return CURLE_OK;
}

#undef curl_easy_getinfo
CURLcode
curl_easy_getinfo(CURL *curl, CURLINFO info, ...)
{
	va_list args;

	(void)curl;
	va_start(args, info);
	if (info == CURLINFO_ACTIVESOCKET)
		*va_arg(args, curl_socket_t *) = socket_fd;
	va_end(args);
	return CURLE_OK;
}

void
curl_easy_cleanup(CURL *curl)
{
	(void)curl;
}

enum rc
imap_login(struct arena *arena, const struct server *server,
    const struct imap_watch *watch, CURL **curl, enum imap_fault *fault,
    struct err *err)
{
	(void)arena;
	(void)server;
	(void)watch;
	(void)fault;
	(void)err;
	*curl = &handle;
	return RC_OK;
}

static void
touch(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		touched ^= bytes.data[i];
}

static enum rc
mail_came(void *self, uint32_t uid, struct bytes bytes, struct err *err)
{
	(void)self;
	(void)uid;
	(void)err;
	touch(bytes);
	return RC_OK;
}

static enum rc
file_came(void *self, uint32_t uid, int64_t size_bytes, int fd,
    struct err *err)
{
	(void)self;
	(void)uid;
	(void)size_bytes;
	(void)fd;
	(void)err;
	return RC_OK;
}

static enum rc
head_came(void *self, uint32_t uid, int64_t size_bytes, struct bytes head,
    struct err *err)
{
	(void)size_bytes;
	return mail_came(self, uid, head, err);
}

static enum rc
none_came(void *self, uint32_t uid, const char *why, struct err *err)
{
	(void)self;
	(void)uid;
	(void)err;
	touched ^= (unsigned char)why[0];
	return RC_OK;
}

static void
session(struct imap *imap, struct arena *arena)
{
	const struct imap_sink sink = { NULL, mail_came, file_came, head_came,
		none_came };
	uint32_t uidvalidity, broke_at, few[8];
	const uint32_t *uids;
	struct err err;
	size_t n, gone;

	if (imap_folder_make(imap, "Fejl", &err) != RC_OK
	    || imap_select(imap, "INBOX", &uidvalidity, &err) != RC_OK
	    || imap_list(imap, arena, 1, &uids, &n, &err) != RC_OK)
		return;
	if (n > 8)
		n = 8;
	if (n > 0)
		memcpy(few, uids, n * sizeof *few);
	if (imap_fetch(imap, few, n, 1000000, &sink, &broke_at, &err)
	    != RC_OK)
		return;
	(void)imap_move(imap, few, n, "Fejl", &gone, &err);
	(void)imap_wait(imap, -1, 0, &err);
	(void)imap_noop(imap, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct server server = { .host = "mail.example", .port = 993,
		.timeout_s = 1 };
	struct arena *arena = arena_open();
	struct imap *imap = NULL;
	enum imap_fault fault;
	struct err err;
	int pair[2];

	if (socket_fd < 0
	    && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
		socket_fd = pair[0];
	said = data;
	left = n;
	if (imap_open(&server, NULL, &imap, &fault, &err) == RC_OK)
		session(imap, arena);
	imap_close(&imap);
	arena_close(&arena);
	return 0;
}
