/* SPDX-License-Identifier: MIT */
/* The reader's half of the conversation with the engine. */
#include "intake/reader_inside.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/notify.h"

#define MAX_UIDS 1000000 /* in a frame; more come in the next */

/* While the engine itself waits to write, its frames are taken first: else
 * both would wait for each other. */
enum rc
reader_say(struct reader *r, uint16_t kind, struct bytes payload, int fd,
    struct err *err)
{
	struct pollfd p = { .fd = r->engine, .events = POLLIN | POLLOUT };
	enum rc rc;

	for (;;) {
		if (poll(&p, 1, -1) < 0)
			continue;
		if ((p.revents & POLLIN) != 0
		    && (rc = reader_take(r, err)) != RC_OK)
			return rc;
		if (r->gone || (p.revents & (POLLERR | POLLHUP)) != 0) {
			r->gone = true;
			return fail(err, RC_NONE, "the engine is gone");
		}
		if ((p.revents & POLLOUT) != 0)
			break;
	}
	rc = wire_write(r->engine, kind, payload, fd, err);
	if (rc == RC_NONE)
		r->gone = true;
	r->said_at_ms = clock_ms();
	return rc;
}

enum rc
reader_say_state(struct reader *r, enum reader_state state, const char *why,
    int64_t again_at_ms, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	r->state = state;
	wire_put_u8(&out, (uint8_t)state);
	wire_put_text(&out, why == NULL ? NULL
	    : text_repair(r->arena, why, strlen(why)));
	wire_put_i64(&out, again_at_ms);
	return reader_say(r, READER_STATE, wire_bytes(&out), -1, err);
}

enum rc
reader_say_uids(struct reader *r, uint16_t kind, uint32_t uidvalidity,
    uint8_t byte, const uint32_t *uids, size_t n, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	wire_put_u32(&out, uidvalidity);
	wire_put_u8(&out, byte);
	wire_put_u32(&out, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_put_u32(&out, uids[i]);
	return reader_say(r, kind, wire_bytes(&out), -1, err);
}

enum rc
reader_say_missing(struct reader *r, uint32_t uidvalidity, uint32_t uid,
    const char *why, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	wire_put_u32(&out, uidvalidity);
	wire_put_u32(&out, uid);
	wire_put_text(&out, text_repair(r->arena, why, strlen(why)));
	return reader_say(r, READER_MISSING, wire_bytes(&out), -1, err);
}

/* A million UIDs fill a frame. More than that are said as «these are all»
 * and «these came since», so that none is left out. */
enum rc
reader_say_listed(struct reader *r, bool whole, const uint32_t *uids, size_t n,
    struct err *err)
{
	size_t some;
	enum rc rc;

	do {
		some = n < MAX_UIDS ? n : MAX_UIDS;
		rc = reader_say_uids(r, READER_LISTED, r->uidvalidity, whole,
		    uids, some, err);
		whole = false;
		uids += some;
		n -= some;
	} while (rc == RC_OK && n > 0);
	return rc;
}

static enum rc
take_request(struct reader *r, const struct frame *frame, struct err *err)
{
	struct wire_in in = wire_in(r->arena, frame->payload);
	struct request *request;
	uint32_t uidvalidity = wire_get_u32(&in);
	uint8_t folder = frame->kind == READER_MOVE ? wire_get_u8(&in) : 0;
	size_t n = wire_get_count(&in, 4);

	if (in.bad || folder >= READER_FOLDERS)
		return fail(err, RC_STOP, "a request of the engine is none");
	request = calloc(1, sizeof *request + n * sizeof request->uids[0]);
	if (request == NULL)
		return fail(err, RC_STOP, "out of memory");
	request->kind = frame->kind;
	request->uidvalidity = uidvalidity;
	request->folder = folder;
	request->n = n;
	for (size_t i = 0; i < n; i++)
		request->uids[i] = wire_get_u32(&in);
	*r->last = request;
	r->last = &request->next;
	return RC_OK;
}

static enum rc
take_frame(struct reader *r, const struct frame *frame, struct err *err)
{
	if (frame->fd >= 0)
		(void)close(frame->fd);
	switch (frame->kind) {
	case READER_FETCH:
	case READER_MOVE:
		/* Away, everything under way is forgotten; the engine asks
		 * again after the next list. */
		return r->imap == NULL ? RC_OK : take_request(r, frame, err);
	case READER_LIST:
		r->list_whole = true;
		return RC_OK;
	case READER_CLOSE:
		r->gone = true;
		return RC_OK;
	default:
		return fail(err, RC_STOP, "the engine says %u",
		    (unsigned)frame->kind);
	}
}

enum rc
reader_take(struct reader *r, struct err *err)
{
	struct frame frame;
	enum rc rc;

	while (!r->gone) {
		rc = wire_read(r->engine, r->arena, 0, &frame, err);
		if (rc == RC_LATER)
			return RC_OK;
		if (rc == RC_NONE) {
			r->gone = true;
			return RC_OK;
		}
		if (rc != RC_OK
		    || (rc = take_frame(r, &frame, err)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* Called while the server is waited for: the engine's watchdog hears of us,
 * and we of its end. */
bool
reader_goes_on(void *self)
{
	struct reader *r = self;

	/* Its requests wait in line; READER_CLOSE does not. */
	if (reader_take(r, NULL) != RC_OK)
		r->gone = true;
	if (!r->gone && notify_wants_signs()
	    && clock_ms() - r->said_at_ms >= ALIVE_MS)
		(void)reader_say(r, READER_ALIVE, (struct bytes){ .n = 0 }, -1,
		    NULL);
	return !r->gone;
}
