/* SPDX-License-Identifier: MIT */
/* raadspost-parser: started by the engine with their socket as descriptor 3;
 * gives up everything but its memory, then reads one mail after the other. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "intake/parser.h"
#include "intake/parser_jail.h"
#include "mail/mime_read.h"

#define ENGINE_FD 3
#define MAILS_MAX 20000	/* then a fresh process: whatever a library lost
			 * over the mails is given back */
#define PIECE_BYTES ((size_t)128 * 1024) /* from here on the C library maps */

struct parser {
	struct arena *arena;
	struct arena *kept;	/* what PARSER_OPEN said */
	struct auth_trust trust;
	size_t n_mails;
};

static enum rc
refuse(struct parser *parser, uint32_t tag, const char *why, struct err *err)
{
	struct wire_out out = wire_out(parser->arena);

	wire_put_u32(&out, tag);
	wire_put_text(&out, why);
	return wire_write(ENGINE_FD, PARSER_REFUSED, wire_bytes(&out), -1,
	    err);
}

static enum rc
answer_mail(struct parser *parser, const struct parser_request *request,
    struct bytes raw, int fd, struct err *err)
{
	struct wire_out out = wire_out(parser->arena);
	const struct mail *mail;
	struct err why;
	enum rc rc;

	parser->n_mails++;
	rc = mime_read(parser->arena, &parser->trust, raw, fd, &mail, &why);
	if (rc != RC_OK)
		return refuse(parser, request->tag, why.text, err);
	wire_put_u32(&out, request->tag);
	mail_write(&out, mail);
	if (out.buf.n > WIRE_MAX_BYTES)
		return refuse(parser, request->tag,
		    "what can be read of the mail is too much", err);
	return wire_write(ENGINE_FD, PARSER_MAIL, wire_bytes(&out), -1, err);
}

static enum rc
answer_part(struct parser *parser, const struct parser_request *request,
    struct bytes raw, int fd, struct err *err)
{
	struct wire_out out = wire_out(parser->arena);
	struct err why;
	int file = -1;
	int64_t size_bytes = 0;
	enum rc rc;

	rc = wire_memory_open(&file, &why);
	if (rc == RC_OK)
		rc = mime_write_part(parser->arena, raw, fd, request->part,
		    file, &size_bytes, &why);
	if (rc == RC_OK)
		rc = wire_memory_seal(file, &why);
	if (rc == RC_OK) {
		wire_put_u32(&out, request->tag);
		wire_put_i64(&out, size_bytes);
		rc = wire_write(ENGINE_FD, PARSER_BYTES, wire_bytes(&out),
		    file, err);
	} else
		rc = refuse(parser, request->tag, why.text, err);
	if (file >= 0)
		(void)close(file);
	return rc;
}

/* The trust outlives the mail whose arena it was read into. */
static void
trust_keep(struct parser *parser, const struct auth_trust *trust)
{
	const char **hosts;

	arena_reset(parser->kept);
	hosts = arena_array(parser->kept, trust->n_hosts + 1, sizeof *hosts);
	for (size_t i = 0; i < trust->n_hosts; i++)
		hosts[i] = arena_strdup(parser->kept, trust->hosts[i]);
	parser->trust = *trust;
	parser->trust.authserv_id = arena_strdup(parser->kept,
	    trust->authserv_id);
	parser->trust.hosts = hosts;
}

static enum rc
answer(struct parser *parser, const struct frame *frame, struct err *err)
{
	struct parser_request request;
	struct bytes mapped = { .n = 0 }, raw;
	enum rc rc;

	rc = parser_request_read(parser->arena, frame, &request, err);
	if (rc != RC_OK)
		return rc;
	if (request.kind == PARSER_OPEN) {
		trust_keep(parser, &request.trust);
		return RC_OK;
	}
	if (frame->fd >= 0) {
		rc = wire_map(frame->fd, &mapped, err);
		if (rc != RC_OK)
			return rc;
	}
	raw = frame->fd >= 0 ? mapped : request.raw;
	rc = request.kind == PARSER_READ
	    ? answer_mail(parser, &request, raw, frame->fd, err)
	    : answer_part(parser, &request, raw, frame->fd, err);
	wire_unmap(&mapped);
	return rc;
}

static bool
nothing_waits(void)
{
	struct pollfd p = { .fd = ENGINE_FD, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

static enum rc
run(struct parser *parser, struct err *err)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK) {
		struct frame frame;

		if (parser->n_mails >= MAILS_MAX && nothing_waits())
			return RC_OK;
		arena_reset(parser->arena);
		rc = wire_read(ENGINE_FD, parser->arena, -1, &frame, err);
		if (rc != RC_OK)
			break;
		rc = answer(parser, &frame, err);
		if (frame.fd >= 0)
			(void)close(frame.fd);
	}
	return rc == RC_NONE ? RC_OK : rc; /* the engine is gone: so are we */
}

int
main(void)
{
	struct parser parser = { .arena = NULL };
	struct err err = { .text = "" };
	int type = 0;
	socklen_t n = sizeof type;

	log_open("raadspost-parser", LOG_LEVEL_INFO);
	if (getsockopt(ENGINE_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0) {
		(void)fputs("raadspost-parser: started by raadspost run, not "
		    "by hand\n", stderr);
		return 2;
	}
	(void)fcntl(ENGINE_FD, F_SETFD, FD_CLOEXEC);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	/* Large blocks go back to the system when a mail is done. */
	(void)mallopt(M_MMAP_THRESHOLD, (int)PIECE_BYTES);
	(void)mallopt(M_TRIM_THRESHOLD, (int)(4 * PIECE_BYTES));
	/* With a name the C library reads the zone's file once, here; without
	 * one it looks at /etc/localtime again for each date. */
	if (getenv("TZ") == NULL)
		(void)setenv("TZ", ":/etc/localtime", 1);
	tzset();
	(void)date_local(0);
	mime_open();
	parser.arena = arena_open();
	parser.kept = arena_open();
	parser.trust.authserv_id = "";
	if (parser_jail(&err) != RC_OK || run(&parser, &err) != RC_OK) {
		log_err("%s", err.text);
		return 1;
	}
	return 0;
}
