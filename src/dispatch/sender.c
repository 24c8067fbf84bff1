/* SPDX-License-Identifier: MIT */
/* The sender hears the engine: letters, decisions, and that it is to end. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "dispatch/sender.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/notify.h"
#include "dispatch/sender_work.h"
#include "mail/oauth2.h"

#define ALIVE_MS 20000
#define LOOK_MS 20		/* while we close, for the last worker */
#define FINISH_MS ((int64_t)SENDER_FINISH_S * 1000)
#define QUIT_MS 500		/* for the QUITs of idle connections */
#define ABORT_MS 2500		/* a transfer looks at `abort` once a second */

/* The bytes lie in the frame, or in a memory file that came with it. */
static enum rc
letter_read(struct arena *arena, struct frame *frame, struct letter **letter,
    struct err *err)
{
	struct wire_in in = wire_in(arena, frame->payload);
	struct letter *got = arena_alloc(arena, sizeof *got);
	enum rc rc = RC_OK;

	got->arena = arena;
	got->id = wire_get_i64(&in);
	got->mail.from = wire_get_text(&in);
	got->mail.to = wire_get_text(&in);
	got->mail.echo = wire_get_text(&in);
	if (frame->fd >= 0) {
		rc = wire_map(frame->fd, &got->mapped, err);
		(void)close(frame->fd);
		got->mail.bytes = got->mapped;
	} else
		got->mail.bytes = wire_get_bytes(&in);
	if (rc == RC_OK && (in.bad || got->mail.from == NULL
	    || got->mail.to == NULL)) {
		wire_unmap(&got->mapped);
		rc = fail(err, RC_STOP, "the engine's letter is none");
	}
	*letter = got;
	return rc;
}

/* The arena becomes the letter's. */
static enum rc
on_letter(struct sender *s, struct arena **arena, struct frame *frame,
    struct err *err)
{
	struct letter *letter;
	enum rc rc = letter_read(*arena, frame, &letter, err);

	if (rc != RC_OK)
		return rc;
	*arena = NULL;
	(void)pthread_mutex_lock(&s->lock);
	if (s->n_queued >= (size_t)s->setup.connections
	    * SENDER_QUEUE_A_CONNECTION)
		rc = fail(err, RC_STOP, "the engine sends more letters than"
		    " it may");
	*s->last = letter;
	s->last = &letter->next;
	s->n_queued++;
	sender_workers_start(s);
	/* One is enough, where any of them may take it. */
	if (s->link.allowed < s->link.most)
		(void)pthread_cond_broadcast(&s->work);
	else
		(void)pthread_cond_signal(&s->work);
	(void)pthread_mutex_unlock(&s->lock);
	return rc;
}

static void
on_decision(struct sender *s, int64_t id, enum dot dot)
{
	(void)pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < SENDER_CONNECTIONS_MOST; i++) {
		struct worker *w = &s->workers[i];

		if (w->letter != NULL && w->letter->id == id
		    && w->letter->dot == DOT_ASKED) {
			w->letter->dot = dot;
			(void)pthread_cond_signal(&w->decided);
		}
	}
	(void)pthread_mutex_unlock(&s->lock);
}

/* Those that wait for a decision look again. The lock is held. */
static void
decided_all(struct sender *s)
{
	for (size_t i = 0; i < SENDER_CONNECTIONS_MOST; i++)
		if (s->workers[i].sender != NULL)
			(void)pthread_cond_signal(&s->workers[i].decided);
}

/* Nothing more is begun. Where the engine is gone, nobody is left to allow a
 * dot: those that wait for one are given up. */
static void
closing(struct sender *s, bool gone)
{
	struct letter *back, *next;

	(void)pthread_mutex_lock(&s->lock);
	if (!s->closing)
		s->end_ms = clock_ms() + FINISH_MS;
	s->closing = true;
	s->gone = s->gone || gone;
	back = sender_queue_cut(s);
	decided_all(s);
	(void)pthread_cond_broadcast(&s->work);
	(void)pthread_mutex_unlock(&s->lock);
	for (; back != NULL; back = next) {
		next = back->next;
		sender_letter_close(back);
	}
}

static enum rc
frame_take(struct sender *s, struct arena **arena, struct frame *frame,
    struct err *err)
{
	struct wire_in in = wire_in(*arena, frame->payload);

	if (frame->kind == SENDER_LETTER)
		return on_letter(s, arena, frame, err);
	if (frame->fd >= 0)
		(void)close(frame->fd);
	switch (frame->kind) {
	case SENDER_DOT_OK:
		on_decision(s, wire_get_i64(&in), DOT_YES);
		return RC_OK;
	case SENDER_DOT_NO:
		on_decision(s, wire_get_i64(&in), DOT_NO);
		return RC_OK;
	case SENDER_CLOSE:
		closing(s, false);
		return RC_OK;
	default:
		return fail(err, RC_STOP, "a frame of kind %u is none",
		    (unsigned)frame->kind);
	}
}

static bool
has_letters(const struct sender *s)
{
	for (size_t i = 0; i < SENDER_CONNECTIONS_MOST; i++)
		if (s->workers[i].letter != NULL)
			return true;
	return false;
}

/* While we close: whether the last letter is finished, or the time is up. */
static bool
is_done(struct sender *s)
{
	int64_t now = clock_ms();
	bool done;

	if (!s->closing)
		return false;
	(void)pthread_mutex_lock(&s->lock);
	done = s->n_workers == 0 || now >= s->end_ms + ABORT_MS
	    || (!has_letters(s) && now >= s->end_ms - FINISH_MS + QUIT_MS);
	if (now >= s->end_ms && !s->abort) {
		s->abort = true;
		decided_all(s);
	}
	(void)pthread_mutex_unlock(&s->lock);
	return done;
}

static enum rc
hear(struct sender *s, struct err *err)
{
	struct arena *arena = NULL;
	struct wire_out nothing;
	struct frame frame;
	enum rc rc = RC_OK;

	while (!is_done(s)) {
		if (s->gone) {
			(void)nanosleep(&(struct timespec){ .tv_nsec =
			    LOOK_MS * 1000000L }, NULL);
			continue;
		}
		if (arena == NULL)
			arena = arena_open();
		else
			arena_reset(arena);
		rc = wire_read(s->socket, arena, s->closing ? LOOK_MS
		    : notify_wants_signs() ? ALIVE_MS : -1, &frame, err);
		if (rc == RC_LATER) {
			nothing = wire_out(arena);
			sender_frame_write(s, SENDER_ALIVE, &nothing);
		} else if (rc == RC_NONE)
			closing(s, true);
		else if (rc != RC_OK
		    || (rc = frame_take(s, &arena, &frame, err)) != RC_OK)
			break;
		rc = RC_OK;
	}
	arena_close(&arena);
	return rc;
}

/* --- the whole ------------------------------------------------------------ */

/* The first frame; its bytes hold the secret, and are wiped at once. */
static enum rc
setup_load(struct sender *s, struct err *err)
{
	struct arena *arena = arena_open();
	struct frame frame = { .fd = -1 };
	struct wire_in in;
	enum rc rc = wire_read(s->socket, arena, -1, &frame, err);

	if (rc == RC_OK && frame.kind != SENDER_OPEN)
		rc = fail(err, RC_STOP, "the engine begins with a frame of"
		    " kind %u", (unsigned)frame.kind);
	if (rc == RC_OK) {
		in = wire_in(s->arena, frame.payload);
		rc = sender_setup_read(&in, &s->setup, err);
		explicit_bzero((void *)(uintptr_t)frame.payload.data,
		    frame.payload.n);
	}
	if (frame.fd >= 0)
		(void)close(frame.fd);
	arena_close(&arena);
	return rc;
}

static void
sender_open(struct sender *s, int socket)
{
	pthread_condattr_t attr;

	*s = (struct sender){ .socket = socket };
	s->arena = arena_open();
	s->last = &s->first;
	(void)pthread_mutex_init(&s->writing, NULL);
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&s->work, &attr);
	(void)pthread_condattr_destroy(&attr);
}

/* Workers that are still alive after the last bound hold what is here; the
 * process ends with them, so it is wiped and not taken away. */
enum rc
sender_run(int socket, struct err *err)
{
	static struct sender s;
	enum rc rc;

	sender_open(&s, socket);
	if ((rc = setup_load(&s, err)) != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	smtp_start();
	s.oauth2 = oauth2_open(&s.setup.server);
	pace_open(&s.pace, s.setup.per_minute, clock_ms());
	link_open(&s.link, s.setup.connections);
	rc = hear(&s, err);
	if (s.setup.server.secret != NULL)
		explicit_bzero((void *)(uintptr_t)s.setup.server.secret,
		    strlen(s.setup.server.secret));
	return rc;
}
