/* SPDX-License-Identifier: MIT */
/* raadspost-paper: started by the engine for one document, with their socket
 * as descriptor 3; reads its fonts, gives up everything but its memory, and
 * only then reads what it is to print. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/jail.h"
#include "base/log.h"
#include "base/wire.h"
#include "render/paper.h"
#include "render/paper_press.h"

#define ENGINE_FD 3

/* Forty pages take some 40 MB; a document that takes ten times as much is
 * none of a council. */
static enum rc
jail(struct err *err)
{
	/* fontconfig asks whether a font is still there */
	static const int also[] = { SYS_access };
	static const struct jail closed = {
		.kind = JAIL_BYTES,
		.memory_bytes = (uint64_t)768 * 1024 * 1024,
		.descriptors = 16,
		.file_bytes = 1,	/* it writes to its socket alone */
		.also = also, .n_also = 1,
	};
	const struct rlimit seconds = { PAPER_SECONDS, PAPER_SECONDS };

	if (setrlimit(RLIMIT_CPU, &seconds) != 0)
		return fail(err, RC_STOP, "rlimit: no limit of seconds");
	return jail_close(&closed, err);
}

static enum rc
answer(struct press *press, struct arena *arena, const struct frame *frame,
    struct err *err)
{
	struct wire_out out = wire_out(arena);
	struct paper paper;
	struct bytes pdf;
	struct err why = { "" };
	enum rc rc;

	if (frame->kind != PAPER_ASK)
		return fail(err, RC_STOP, "a frame of kind %u", frame->kind);
	rc = paper_read(arena, frame->payload, &paper, &why);
	if (rc == RC_OK)
		rc = press_print(press, &paper, &pdf, &why);
	if (rc == RC_OK && pdf.n > PAPER_PDF_BYTES)
		rc = fail(&why, RC_PARK, "paper: %zu bytes are too many",
		    pdf.n);
	if (rc == RC_OK)
		return wire_write(ENGINE_FD, PAPER_PDF, pdf, -1, err);
	wire_put_text(&out, why.text);
	return wire_write(ENGINE_FD, PAPER_REFUSED, wire_bytes(&out), -1,
	    err);
}

int
main(void)
{
	struct arena *arena = arena_open();
	struct press press = { .arena = arena };
	struct frame frame = { .fd = -1 };
	struct err err = { "" };
	int type = 0;
	socklen_t n = sizeof type;
	enum rc rc;

	log_open("raadspost-paper", LOG_LEVEL_INFO);
	if (getsockopt(ENGINE_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0) {
		(void)fputs("raadspost-paper: started by raadspost, not by "
		    "hand\n", stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if ((rc = press_open(&press, arena, &err)) == RC_OK &&
	    (rc = jail(&err)) == RC_OK &&
	    (rc = wire_read(ENGINE_FD, arena, -1, &frame, &err)) == RC_OK)
		rc = answer(&press, arena, &frame, &err);
	if (rc != RC_OK && rc != RC_NONE) {
		log_err("%s", err.text);
		return 1;
	}
	press_close(&press);
	arena_close(&arena);
	return 0;
}
