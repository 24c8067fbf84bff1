/* SPDX-License-Identifier: MIT */
/* The reader: works off what the engine asks for, lists what came, waits.
 *
 * One mail can end a connection (a server that chokes on it, an answer that
 * is none). So that it does not end every connection, the mails that were
 * under way when one broke are fetched one at a time from then on, and one
 * that breaks it alone for the second time is reported as missing. */
#define _GNU_SOURCE /* explicit_bzero */
#include "intake/reader.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "intake/reader_pace.h"
#include "intake/reader_run.h"
#include "mail/imap.h"

#define ALIVE_MS 20000		 /* of the 30 s that the engine waits */
#define MAX_UIDS 1000000	 /* in a frame; more come in the next */
#define MAX_SUSPECTS 512	 /* one batch */
#define MAX_DEATHS 2
#define MOVE_AGAIN_MS ((int64_t)60 * 1000)
#define LIVED_MS ((int64_t)60 * 1000) /* a connection that was none of a row
				       * of failures */
#define SAFETY_NET_S 300	 /* IDLE is believed for so long at least */
#define SOCKET_BYTES (4 * 1024 * 1024)

/* What the engine asks for, in the order it came. */
struct request {
	struct request *next;
	uint16_t kind;
	uint32_t uidvalidity;
	uint8_t folder;
	size_t n;
	uint32_t uids[];
};

struct suspect {
	uint32_t uid;
	unsigned deaths;
};

struct reader {
	int engine;
	bool gone;			/* the engine is, or wants us to be */
	struct arena *setup_arena, *arena;
	struct reader_setup setup;
	int64_t said_at_ms;		/* when the engine last heard of us */
	/* the server */
	struct imap *imap;
	uint32_t uidvalidity, next_uid;
	bool list_whole;
	enum reader_state state;
	unsigned failures;		/* in a row */
	int64_t try_at_ms, up_at_ms;
	/* the work */
	struct request *first, **last;
	int64_t move_at_ms;		/* after a refused move: not before */
	bool idle_said;
	/* the fetch under way */
	uint32_t *fetching;
	uint8_t *fetched;
	size_t n_fetching;
	struct suspect suspects[MAX_SUSPECTS];
	size_t n_suspects;
};

static enum rc take_frames(struct reader *r, struct err *err);

/* --- what we say -------------------------------------------------------- */

/* While the engine itself waits to write, its frames are taken first: else
 * both would wait for each other. */
static enum rc
say(struct reader *r, uint16_t kind, struct bytes payload, int fd,
    struct err *err)
{
	struct pollfd p = { .fd = r->engine, .events = POLLIN | POLLOUT };
	enum rc rc;

	for (;;) {
		if (poll(&p, 1, -1) < 0)
			continue;
		if ((p.revents & POLLIN) != 0
		    && (rc = take_frames(r, err)) != RC_OK)
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

static enum rc
say_state(struct reader *r, enum reader_state state, const char *why,
    int64_t again_at_ms, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	r->state = state;
	wire_put_u8(&out, (uint8_t)state);
	wire_put_text(&out, why == NULL ? NULL
	    : text_repair(r->arena, why, strlen(why)));
	wire_put_i64(&out, again_at_ms);
	return say(r, READER_STATE, wire_bytes(&out), -1, err);
}

static enum rc
say_uids(struct reader *r, uint16_t kind, uint32_t uidvalidity, uint8_t byte,
    const uint32_t *uids, size_t n, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	wire_put_u32(&out, uidvalidity);
	wire_put_u8(&out, byte);
	wire_put_u32(&out, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_put_u32(&out, uids[i]);
	return say(r, kind, wire_bytes(&out), -1, err);
}

static enum rc
say_missing(struct reader *r, uint32_t uidvalidity, uint32_t uid,
    const char *why, struct err *err)
{
	struct wire_out out = wire_out(r->arena);

	wire_put_u32(&out, uidvalidity);
	wire_put_u32(&out, uid);
	wire_put_text(&out, text_repair(r->arena, why, strlen(why)));
	return say(r, READER_MISSING, wire_bytes(&out), -1, err);
}

/* A million UIDs fill a frame. More than that are said as «these are all»
 * and «these came since», so that none is left out. */
static enum rc
say_listed(struct reader *r, bool whole, const uint32_t *uids, size_t n,
    struct err *err)
{
	size_t some;
	enum rc rc;

	do {
		some = n < MAX_UIDS ? n : MAX_UIDS;
		rc = say_uids(r, READER_LISTED, r->uidvalidity, whole, uids,
		    some, err);
		whole = false;
		uids += some;
		n -= some;
	} while (rc == RC_OK && n > 0);
	return rc;
}

/* --- what the engine says ----------------------------------------------- */

static void
forget_requests(struct reader *r)
{
	while (r->first != NULL) {
		struct request *next = r->first->next;

		free(r->first);
		r->first = next;
	}
	r->last = &r->first;
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

/* Takes what lies there, and waits for nothing. */
static enum rc
take_frames(struct reader *r, struct err *err)
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
static bool
go_on(void *self)
{
	struct reader *r = self;
	struct pollfd p = { .fd = r->engine, .events = 0 };

	if (poll(&p, 1, 0) > 0)
		r->gone = true;
	if (!r->gone && clock_ms() - r->said_at_ms >= ALIVE_MS)
		(void)say(r, READER_ALIVE, (struct bytes){ .n = 0 }, -1,
		    NULL);
	return !r->gone;
}

/* --- what the server gives ---------------------------------------------- */

static void
mark_fetched(struct reader *r, uint32_t uid)
{
	for (size_t i = 0; i < r->n_fetching; i++)
		if (r->fetching[i] == uid)
			r->fetched[i] = 1;
}

static struct wire_out
mail_out(struct reader *r, uint32_t uid, int64_t size_bytes)
{
	struct wire_out out;

	arena_reset(r->arena);
	out = wire_out(r->arena);
	wire_put_u32(&out, r->uidvalidity);
	wire_put_u32(&out, uid);
	wire_put_i64(&out, size_bytes);
	return out;
}

static enum rc
file_came(void *self, uint32_t uid, int64_t size_bytes, int fd,
    struct err *err)
{
	struct reader *r = self;
	struct wire_out out = mail_out(r, uid, size_bytes);
	enum rc rc;

	mark_fetched(r, uid);
	rc = say(r, READER_MAIL, wire_bytes(&out), fd, err);
	return rc;
}

static enum rc
mail_came(void *self, uint32_t uid, struct bytes bytes, struct err *err)
{
	struct reader *r = self;
	struct wire_out out;
	enum rc rc;
	int fd;

	if (bytes.n > READER_INLINE_BYTES) {
		if ((rc = wire_memory_open(&fd, err)) != RC_OK)
			return rc;
		if ((rc = wire_memory_write(fd, bytes, err)) == RC_OK
		    && (rc = wire_memory_seal(fd, err)) == RC_OK)
			rc = file_came(self, uid, (int64_t)bytes.n, fd, err);
		(void)close(fd);
		return rc;
	}
	out = mail_out(r, uid, (int64_t)bytes.n);
	wire_put_bytes(&out, bytes);
	mark_fetched(r, uid);
	return say(r, READER_MAIL, wire_bytes(&out), -1, err);
}

static enum rc
head_came(void *self, uint32_t uid, int64_t size_bytes, struct bytes head,
    struct err *err)
{
	struct reader *r = self;
	struct wire_out out = mail_out(r, uid, size_bytes);

	wire_put_bytes(&out, head);
	mark_fetched(r, uid);
	return say(r, READER_TOO_LARGE, wire_bytes(&out), -1, err);
}

static enum rc
none_came(void *self, uint32_t uid, const char *why, struct err *err)
{
	struct reader *r = self;

	mark_fetched(r, uid);
	return say_missing(r, r->uidvalidity, uid, why, err);
}

/* --- mails that break the connection ------------------------------------ */

static struct suspect *
suspect(struct reader *r, uint32_t uid)
{
	for (size_t i = 0; i < r->n_suspects; i++)
		if (r->suspects[i].uid == uid)
			return &r->suspects[i];
	return NULL;
}

/* After a fetch that broke: who was still to come. */
static void
note_suspects(struct reader *r)
{
	size_t waiting = 0;

	for (size_t i = 0; i < r->n_fetching; i++)
		waiting += r->fetched[i] == 0;
	for (size_t i = 0; i < r->n_fetching; i++) {
		struct suspect *s = suspect(r, r->fetching[i]);

		if (r->fetched[i] != 0)
			continue;
		if (s == NULL && r->n_suspects < MAX_SUSPECTS) {
			s = &r->suspects[r->n_suspects++];
			*s = (struct suspect){ .uid = r->fetching[i] };
		}
		if (s != NULL && waiting == 1)
			s->deaths++;
		/* They come in order: the first in waiting is the one that
		 * broke it, the others are innocent so far. */
		break;
	}
}

static enum rc
fetch_some(struct reader *r, uint32_t *uids, size_t n, struct err *err)
{
	const struct imap_sink sink = { .self = r, .mail = mail_came,
		.mail_file = file_came, .too_large = head_came,
		.missing = none_came };
	enum rc rc;

	r->fetching = uids;
	r->n_fetching = n;
	r->fetched = calloc(n + 1, 1);
	if (r->fetched == NULL)
		return fail(err, RC_STOP, "out of memory");
	rc = imap_fetch(r->imap, uids, n, r->setup.mail_limit_bytes, &sink,
	    err);
	if (rc == RC_LATER && !r->gone)
		note_suspects(r);
	free(r->fetched);
	r->fetched = NULL;
	r->n_fetching = 0;
	return rc;
}

static enum rc
fetch_suspect(struct reader *r, struct suspect *s, struct err *err)
{
	uint32_t uid = s->uid;
	enum rc rc;

	if (s->deaths >= MAX_DEATHS) {
		log_warning("mail given up uid=%" PRIu32 ": each fetch of it "
		    "breaks the connection", uid);
		return say_missing(r, r->uidvalidity, uid,
		    "each fetch of it breaks the connection", err);
	}
	if ((rc = fetch_some(r, &uid, 1, err)) == RC_OK)
		*s = r->suspects[--r->n_suspects];
	return rc;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum rc
fetch(struct reader *r, uint32_t *uids, size_t n, struct err *err)
{
	struct suspect *s;
	size_t usual = 0;
	enum rc rc = RC_OK;

	qsort(uids, n, sizeof *uids, by_number);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		if (uids[i] == 0 || (i > 0 && uids[i] == uids[i - 1]))
			continue;
		if ((s = suspect(r, uids[i])) != NULL)
			rc = fetch_suspect(r, s, err);
		else
			uids[usual++] = uids[i];
	}
	return rc == RC_OK ? fetch_some(r, uids, usual, err) : rc;
}

/* --- the work ----------------------------------------------------------- */

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
	return !whole && n == 0 ? RC_OK : say_listed(r, whole, uids, n, err);
}

static enum rc
refuse_old(struct reader *r, const struct request *request, struct err *err)
{
	enum rc rc = RC_OK;

	/* Under their old numbers they are in the mailbox no more. */
	if (request->kind == READER_MOVE)
		return say_uids(r, READER_MOVED, request->uidvalidity,
		    request->folder, request->uids, request->n, err);
	for (size_t i = 0; i < request->n && rc == RC_OK; i++)
		rc = say_missing(r, request->uidvalidity, request->uids[i],
		    "the mailbox was numbered anew", err);
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
		said = say_uids(r, READER_MOVED, r->uidvalidity,
		    request->folder, request->uids, n_gone, &why);
	request->n -= n_gone;
	memmove(request->uids, request->uids + n_gone,
	    request->n * sizeof request->uids[0]);
	if (rc == RC_PARK)
		log_warning("mails not moved n=%zu: %s", request->n,
		    err->text);
	return rc != RC_OK ? rc : said;
}

/* A request that could not be done now, first in line again. */
static void
put_back(struct reader *r, struct request *request)
{
	request->next = r->first;
	if (r->first == NULL)
		r->last = &request->next;
	r->first = request;
}

/* The first request, with those behind it that one command can take too:
 * a move of 50 mails costs hardly more than of one. */
static struct request *
next_request(struct reader *r, bool moves_wait)
{
	struct request **at = &r->first, *request, **other, *more;
	size_t n;

	while (*at != NULL && moves_wait && (*at)->kind == READER_MOVE)
		at = &(*at)->next;
	if ((request = *at) == NULL)
		return NULL;
	n = request->n;
	*at = request->next;
	for (other = at; *other != NULL && (*other)->kind == request->kind;) {
		more = *other;
		if (more->uidvalidity != request->uidvalidity
		    || more->folder != request->folder) {
			other = &more->next;
			continue;
		}
		request = realloc(request, sizeof *request
		    + (n + more->n) * sizeof request->uids[0]);
		if (request == NULL)
			abort();
		memcpy(request->uids + n, more->uids,
		    more->n * sizeof more->uids[0]);
		n += more->n;
		*other = more->next;
		free(more);
	}
	request->n = n;
	request->next = NULL;
	r->last = &r->first;
	while (*r->last != NULL)
		r->last = &(*r->last)->next;
	return request;
}

static enum rc
work(struct reader *r, struct request *request, struct err *err)
{
	enum rc rc;

	if (request->uidvalidity != r->uidvalidity)
		rc = refuse_old(r, request, err);
	else if (request->kind == READER_FETCH)
		rc = fetch(r, request->uids, request->n, err);
	else {
		rc = move(r, request, err);
		if (rc == RC_PARK) {
			/* `status` shows it; reading goes on meanwhile. */
			r->move_at_ms = clock_ms() + MOVE_AGAIN_MS;
			put_back(r, request);
			return say_state(r, READER_CONNECTED, err->text,
			    r->move_at_ms, err);
		}
	}
	free(request);
	return rc;
}

static enum rc
connect_server(struct reader *r, enum imap_fault *fault, struct err *err)
{
	const struct imap_watch watch = { .go_on = go_on, .self = r };
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
	forget_requests(r);
	r->try_at_ms = clock_ms() + wait_ms;
	log_warning("server away, again in %" PRId64 " s: %s", wait_ms / 1000,
	    why->text);
	return say_state(r, READER_AWAY, why->text, r->try_at_ms, err);
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
	return say_state(r, READER_CONNECTED, NULL, 0, err);
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
	if (alive < left)
		left = alive < 0 ? 0 : alive;
	if (poll(&p, 1, (int)left) > 0)
		return take_frames(r, err);
	return go_on(r) ? RC_OK : RC_NONE;
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
		if ((rc = say_state(r, READER_IDLE, NULL, 0, &ignored))
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
	request = next_request(r, clock_ms() < r->move_at_ms);
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
		if ((rc = take_frames(r, err)) != RC_OK || r->gone)
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
	forget_requests(r);
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
