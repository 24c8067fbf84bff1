/* SPDX-License-Identifier: MIT */
/* The reader: works off what the engine asks for, lists what came, waits. */
#define _GNU_SOURCE /* explicit_bzero */
#include "intake/reader_inside.h"

#include <inttypes.h>
#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "intake/reader_pace.h"
#include "intake/reader_run.h"

#define MOVE_AGAIN_MS ((int64_t)60 * 1000)
#define LIVED_MS ((int64_t)60 * 1000) /* a connection that was none of a row
				       * of failures */
#define SAFETY_NET_S 1200	 /* IDLE is believed for so long at least */
#define LONG_LIST 10000
#define SOCKET_BYTES (4 * 1024 * 1024)

/* A list of 100,000 passes through 8 MB of small pieces, which would be kept
 * for a list that never comes again. */
static void
let_go(struct reader *r, size_t n)
{
	if (n < LONG_LIST)
		return;
	arena_reset(r->arena);
	(void)malloc_trim(0);
}

static enum rc
list(struct reader *r, struct err *err)
{
	bool whole = r->list_whole;
	const uint32_t *uids;
	size_t n;
	enum rc rc;

	r->list_whole = false;
	rc = imap_list(r->imap, r->arena, whole ? 1 : r->next_uid, &uids, &n,
	    err);
	if (rc != RC_OK) {
		r->list_whole = r->list_whole || whole;
		return rc == RC_PARK ? RC_LATER : rc;
	}
	if (n > 0 && uids[n - 1] >= r->next_uid && uids[n - 1] != UINT32_MAX)
		r->next_uid = uids[n - 1] + 1;
	if (whole || n > 0)
		rc = reader_say_listed(r, whole, uids, n, err);
	let_go(r, n);
	return rc;
}

static enum rc
refuse_old(struct reader *r, const struct request *request, struct err *err)
{
	enum rc rc = RC_OK;

	/* Under their old numbers they are in the mailbox no more. */
	if (request->kind == READER_MOVE)
		return reader_say_uids(r, READER_MOVED, request->uidvalidity,
		    request->folder, request->uids, request->n, err);
	for (size_t i = 0; i < request->n && rc == RC_OK; i++)
		rc = reader_say_missing(r, request->uidvalidity,
		    request->uids[i], "the mailbox was numbered anew", err);
	return rc;
}

/* Says which are gone; the request keeps those that are left. */
static enum rc
move(struct reader *r, struct request *request, struct err *err)
{
	size_t n_gone = 0;
	enum rc rc, said = RC_OK;
	struct err why;

	rc = imap_move(r->imap, request->uids, request->n,
	    r->setup.folders[request->folder], &n_gone, err);
	if (n_gone > 0)
		said = reader_say_uids(r, READER_MOVED, r->uidvalidity,
		    request->folder, request->uids, n_gone, &why);
	request->n -= n_gone;
	memmove(request->uids, request->uids + n_gone,
	    request->n * sizeof request->uids[0]);
	if (rc == RC_PARK)
		log_warning("mails not moved n=%zu: %s", request->n,
		    err->text);
	return rc != RC_OK ? rc : said;
}

static enum rc
work(struct reader *r, struct request *request, struct err *err)
{
	enum rc rc;

	if (request->uidvalidity != r->uidvalidity)
		rc = refuse_old(r, request, err);
	else if (request->kind == READER_FETCH)
		rc = reader_fetch(r, request->uids, request->n, err);
	else {
		rc = move(r, request, err);
		if (rc == RC_PARK) {
			/* `status` shows it; reading goes on meanwhile. */
			r->move_at_ms = clock_ms() + MOVE_AGAIN_MS;
			reader_put_back(r, request);
			return reader_say_state(r, READER_CONNECTED, err->text,
			    r->move_at_ms, err);
		}
	}
	free(request);
	return rc;
}

static enum rc
connect_server(struct reader *r, enum imap_fault *fault, struct err *err)
{
	const struct imap_watch watch = { .go_on = reader_goes_on,
		.is_wanted = reader_is_wanted, .self = r,
		.idle_ms = notify_wants_signs() ? ALIVE_MS : 0 };
	struct imap *imap = NULL;
	uint32_t uidvalidity;
	enum rc rc;

	rc = imap_open(&r->setup.server, &watch, &imap, fault, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < READER_FOLDERS && rc == RC_OK; i++)
		rc = imap_folder_make(imap, r->setup.folders[i], err);
	if (rc == RC_OK)
		rc = imap_select(imap, r->setup.mailbox, &uidvalidity, err);
	if (rc != RC_OK) {
		imap_close(&imap);
		return rc;
	}
	if (uidvalidity != r->uidvalidity)
		r->n_suspects = 0;
	r->imap = imap;
	r->up_at_ms = clock_ms();
	r->uidvalidity = uidvalidity;
	r->next_uid = 1;
	r->list_whole = true;
	return RC_OK;
}

/* The connection is gone: say so, and when we try again. */
static enum rc
part(struct reader *r, enum imap_fault fault, const struct err *why,
    struct err *err)
{
	int64_t wait_ms;

	if (r->imap != NULL && clock_ms() - r->up_at_ms > LIVED_MS)
		r->failures = 0;
	wait_ms = pace_wait_ms(fault, ++r->failures);
	imap_close(&r->imap);
	reader_forget(r);
	r->try_at_ms = clock_ms() + wait_ms;
	log_warning("server away, again in %" PRId64 " s: %s", wait_ms / 1000,
	    why->text);
	return reader_say_state(r, READER_AWAY, why->text, r->try_at_ms, err);
}

static enum rc
try_server(struct reader *r, struct err *err)
{
	enum imap_fault fault = IMAP_FAULT_AWAY;
	struct err why;
	enum rc rc;

	rc = connect_server(r, &fault, &why);
	if (r->gone)
		return RC_OK;
	if (rc != RC_OK)
		return part(r, fault, &why, err);
	return reader_say_state(r, READER_CONNECTED, NULL, 0, err);
}

/* Away: until it is time to try again. */
static enum rc
wait_away(struct reader *r, struct err *err)
{
	int64_t left = r->try_at_ms - clock_ms();
	int64_t alive = r->said_at_ms + ALIVE_MS - clock_ms();
	struct pollfd p = { .fd = r->engine, .events = POLLIN };

	if (left <= 0)
		return try_server(r, err);
	if (notify_wants_signs() && alive < left)
		left = alive < 0 ? 0 : alive;
	if (poll(&p, 1, (int)left) > 0)
		return reader_take(r, err);
	return reader_goes_on(r) ? RC_OK : RC_NONE;
}

static int64_t
idle_ms(const struct reader *r)
{
	int64_t wait_s = r->setup.poll_s, left;

	if (imap_has_idle(r->imap) && wait_s < SAFETY_NET_S)
		wait_s = SAFETY_NET_S;
	left = wait_s * 1000;
	if (r->first != NULL && r->move_at_ms - clock_ms() < left)
		left = r->move_at_ms - clock_ms();
	return left < 0 ? 0 : left;
}

/* Nothing to do: wait for the server or the engine. After a wait that nobody
 * ended the mailbox is looked at all the same: IDLE has been seen to say
 * nothing. */
static enum rc
wait_idle(struct reader *r, struct err *err)
{
	int64_t wait_ms = idle_ms(r), until = clock_ms() + wait_ms;
	struct err ignored;
	enum rc rc;

	if (!r->idle_said) {
		r->idle_said = true;
		if ((rc = reader_say_state(r, READER_IDLE, NULL, 0, &ignored))
		    != RC_OK)
			return rc;
	}
	rc = imap_wait(r->imap, r->engine, wait_ms, err);
	if (rc != RC_OK || clock_ms() < until || imap_has_news(r->imap))
		return rc;
	return list(r, err);
}

/* One turn with a server. */
static enum rc
turn(struct reader *r, struct err *err)
{
	struct request *request;

	if (imap_is_renumbered(r->imap))
		return fail(err, RC_LATER, "the mailbox was numbered anew");
	if (r->list_whole || imap_has_news(r->imap)) {
		r->idle_said = false;
		return list(r, err);
	}
	request = reader_next(r, clock_ms() < r->move_at_ms);
	if (request == NULL)
		return wait_idle(r, err);
	r->idle_said = false;
	return work(r, request, err);
}

static enum rc
loop(struct reader *r, struct err *err)
{
	struct err why = { .text = "" };
	enum rc rc = RC_OK;

	while (rc == RC_OK && !r->gone) {
		arena_reset(r->arena);
		if (r->imap == NULL) {
			rc = wait_away(r, err);
			continue;
		}
		if ((rc = reader_take(r, err)) != RC_OK || r->gone)
			continue;
		if ((rc = turn(r, &why)) == RC_OK || r->gone)
			continue;
		/* A full memory file and the like end the connection too:
		 * the engine asks again. */
		rc = rc == RC_STOP ? fail(err, rc, "%s", why.text)
		    : part(r, IMAP_FAULT_AWAY, &why, err);
	}
	return r->gone ? RC_OK : rc;
}

static enum rc
read_setup(struct reader *r, struct err *err)
{
	struct frame frame;
	struct wire_in in;
	enum rc rc;

	rc = wire_read(r->engine, r->setup_arena, -1, &frame, err);
	if (rc == RC_NONE) {
		r->gone = true;
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	if (frame.fd >= 0)
		(void)close(frame.fd);
	if (frame.kind != READER_OPEN)
		return fail(err, RC_STOP, "the engine did not say what to "
		    "read first");
	in = wire_in(r->setup_arena, frame.payload);
	rc = reader_setup_read(&in, &r->setup, err);
	/* The secret is held once: as long as we may have to log in again. */
	explicit_bzero((void *)(uintptr_t)frame.payload.data,
	    frame.payload.n);
	return rc;
}

static void
reader_close(struct reader *r)
{
	imap_close(&r->imap);
	reader_forget(r);
	if (r->setup.server.secret != NULL)
		explicit_bzero((void *)(uintptr_t)r->setup.server.secret,
		    strlen(r->setup.server.secret));
	arena_close(&r->arena);
	arena_close(&r->setup_arena);
}

enum rc
reader_run(int engine, struct err *err)
{
	struct reader *r = calloc(1, sizeof *r);
	int bytes = SOCKET_BYTES;
	enum rc rc;

	if (r == NULL)
		return fail(err, RC_STOP, "out of memory");
	/* So that a frame that poll says may go goes without waiting. */
	(void)setsockopt(engine, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
	r->engine = engine;
	r->last = &r->first;
	r->setup_arena = arena_open();
	r->arena = arena_open();
	r->said_at_ms = clock_ms();
	if ((rc = read_setup(r, err)) == RC_OK)
		rc = loop(r, err);
	reader_close(r);
	free(r);
	return rc;
}
