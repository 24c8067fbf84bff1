/* SPDX-License-Identifier: MIT */
/* The sender: one thread hears the engine, and one a connection sends. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "dispatch/sender.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "dispatch/sender_pace.h"
#include "mail/oauth2.h"
#include "mail/smtp.h"

#define ALIVE_MS 20000
#define LOOK_MS 20		/* while we close, for the last worker */
#define IDLE_MS ((int64_t)25 * 1000) /* then an idle connection is closed: a
				      * server's own limit is 60 s and more */
#define FINISH_MS ((int64_t)SENDER_FINISH_S * 1000)
#define QUIT_MS 500		/* for the QUITs of idle connections */
#define ABORT_MS 2500		/* a transfer looks at `abort` once a second */
#define STACK_BYTES ((size_t)512 * 1024)

enum dot { DOT_NOT_ASKED, DOT_ASKED, DOT_YES, DOT_NO };

struct letter {
	struct letter *next;
	struct arena *arena;	/* holds its frame, and this */
	struct bytes mapped;	/* of a large one */
	struct smtp_letter mail;
	int64_t id;
	enum dot dot;
};

struct sender;

struct worker {
	struct sender *sender;
	pthread_t thread;
	pthread_cond_t decided;	/* its letter may have its dot, or not */
	struct smtp *smtp;
	struct letter *letter;	/* the one under way; NULL */
	uint32_t number;
};

struct sender {
	int socket;
	struct arena *arena;	/* of the setup */
	struct sender_setup setup;
	struct oauth2 *oauth2;
	pthread_mutex_t writing;	/* frames to the engine are whole */
	atomic_bool abort;	/* give up what is still under way */

	pthread_mutex_t lock;	/* all below */
	pthread_cond_t work;
	struct letter *first, **last;
	size_t n_queued, n_idle, n_workers;
	struct worker workers[SENDER_CONNECTIONS_MOST];
	struct pace pace;
	struct link link;
	bool trying;		/* LINK_NEW or LINK_DOWN: one worker looks */
	bool closing;		/* nothing new is begun */
	bool gone;		/* the engine */
	int64_t end_ms;
};

/* --- frames to the engine ------------------------------------------------- */

static void
frame_write(struct sender *s, enum sender_frame kind,
    const struct wire_out *out)
{
	struct err err;

	(void)pthread_mutex_lock(&s->writing);
	/* An engine that is gone is seen by the one who reads. */
	(void)wire_write(s->socket, (uint16_t)kind, wire_bytes(out), -1,
	    &err);
	(void)pthread_mutex_unlock(&s->writing);
}

static void
dot_ask(struct sender *s, struct arena *arena, int64_t id)
{
	struct wire_out out = wire_out(arena);

	wire_put_i64(&out, id);
	frame_write(s, SENDER_DOT, &out);
}

/* The reply's code stands in a field of its own. */
static const char *
words_of(const struct smtp_answer *answer)
{
	return answer->code != 0 && strlen(answer->text) >= 4
	    && answer->text[3] == ' ' ? answer->text + 4 : answer->text;
}

static void
result_write(struct sender *s, const struct letter *letter,
    const struct smtp_answer *answer)
{
	static const enum sender_verdict verdicts[] = {
		[SMTP_DELIVERED] = SENDER_DELIVERED,
		[SMTP_RETRY] = SENDER_RETRY,
		[SMTP_REFUSED] = SENDER_REFUSED,
		[SMTP_UNCERTAIN] = SENDER_UNCERTAIN,
		[SMTP_WITHDRAWN] = SENDER_WITHDRAWN,
	};
	struct wire_out out = wire_out(letter->arena);

	wire_put_i64(&out, letter->id);
	wire_put_u8(&out, (uint8_t)verdicts[answer->verdict]);
	wire_put_u32(&out, answer->code);
	wire_put_text(&out, answer->echo_refused
	    ? arena_printf(letter->arena, "%s (the echo was refused)",
		words_of(answer)) : words_of(answer));
	frame_write(s, SENDER_RESULT, &out);
}

static void
state_write(struct sender *s, bool up, const char *why, int64_t again_ms)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);

	wire_put_u8(&out, up);
	wire_put_text(&out, why);
	wire_put_i64(&out, again_ms);
	frame_write(s, SENDER_STATE, &out);
	arena_close(&arena);
}

/* --- letters -------------------------------------------------------------- */

static void
letter_close(struct letter *letter)
{
	struct arena *arena = letter->arena;

	wire_unmap(&letter->mapped);
	arena_close(&arena);
}

static struct letter *
queue_take(struct sender *s)
{
	struct letter *letter = s->first;

	s->first = letter->next;
	if (s->first == NULL)
		s->last = &s->first;
	s->n_queued--;
	letter->next = NULL;
	return letter;
}

static void
queue_put_back(struct sender *s, struct letter *letter)
{
	letter->next = s->first;
	if (s->first == NULL)
		s->last = &letter->next;
	s->first = letter;
	s->n_queued++;
}

/* The whole queue, cut off. */
static struct letter *
queue_cut(struct sender *s)
{
	struct letter *first = s->first;

	s->first = NULL;
	s->last = &s->first;
	s->n_queued = 0;
	return first;
}

/* The letters that were not begun go back to the engine. */
static void
letters_return(struct sender *s, struct letter *first, const char *why)
{
	struct smtp_answer answer = { .verdict = SMTP_RETRY };

	(void)strncpy(answer.text, why, sizeof answer.text - 1);
	while (first != NULL) {
		struct letter *next = first->next;

		result_write(s, first, &answer);
		letter_close(first);
		first = next;
	}
}

/* --- workers are started ------------------------------------------------- */

static void *work(void *user);

static bool
worker_start(struct sender *s)
{
	struct worker *w = &s->workers[s->n_workers];
	pthread_attr_t attr;
	int got;

	w->sender = s;
	w->number = (uint32_t)s->n_workers;
	(void)pthread_cond_init(&w->decided, NULL);
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
#ifndef __SANITIZE_ADDRESS__ /* its frames are larger */
	(void)pthread_attr_setstacksize(&attr, STACK_BYTES);
#endif
	got = pthread_create(&w->thread, &attr, work, w);
	(void)pthread_attr_destroy(&attr);
	if (got != 0) {
		log_err("sender: no thread: %s", strerror(got));
		return false;
	}
	s->n_workers++;
	return true;
}

/* As many as there is work for; one alone until the server is known to be
 * there. The lock is held. */
static void
workers_start(struct sender *s)
{
	while (s->n_idle < s->n_queued && s->n_workers < (s->link.state
	    == LINK_UP ? s->setup.connections : 1))
		if (!worker_start(s))
			break;
}

/* --- what a connection asks ----------------------------------------------- */

/* Called by the connection once it stands; the first of all lets the others
 * begin. */
static void
on_begin(void *owner)
{
	struct worker *w = owner;
	struct sender *s = w->sender;
	bool news;

	(void)pthread_mutex_lock(&s->lock);
	w->letter->dot = DOT_ASKED;
	news = link_up(&s->link);
	s->trying = false;
	if (news) {
		workers_start(s);
		(void)pthread_cond_broadcast(&s->work);
	}
	(void)pthread_mutex_unlock(&s->lock);
	if (news)
		state_write(s, true, NULL, 0);
	dot_ask(s, w->letter->arena, w->letter->id);
}

static bool
on_may_dot(void *owner)
{
	struct worker *w = owner;
	struct sender *s = w->sender;
	bool yes;

	(void)pthread_mutex_lock(&s->lock);
	while (w->letter->dot == DOT_ASKED && !s->gone && !s->abort)
		(void)pthread_cond_wait(&w->decided, &s->lock);
	yes = w->letter->dot == DOT_YES && !s->abort;
	(void)pthread_mutex_unlock(&s->lock);
	return yes;
}

static bool
on_is_ending(void *owner)
{
	return ((struct worker *)owner)->sender->abort;
}

/* --- a worker ------------------------------------------------------------- */

static void
wait_until(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t at_ms)
{
	struct timespec at = { .tv_sec = (time_t)(at_ms / 1000),
		.tv_nsec = (long)(at_ms % 1000) * 1000000 };

	(void)pthread_cond_timedwait(cond, lock, &at);
}

enum turn { TURN_WAIT, TURN_SEND, TURN_PROBE, TURN_END };

/* What this worker does now; where it waits, until when (0 for ever). The
 * lock is held. */
static enum turn
turn_of(struct sender *s, const struct worker *w, int64_t *until_ms)
{
	int64_t now = clock_ms(), wait_ms;

	*until_ms = 0;
	if (s->closing)
		return TURN_END;
	if (s->link.state == LINK_DOWN && !s->trying) {
		*until_ms = s->link.again_ms;
		return now >= s->link.again_ms ? TURN_PROBE : TURN_WAIT;
	}
	if (s->first == NULL || (s->trying && s->link.state != LINK_UP))
		return TURN_WAIT;
	if (w->number >= link_allowed(&s->link, now)) {
		*until_ms = s->link.state == LINK_UP ? s->link.more_ms : 0;
		return TURN_WAIT;
	}
	wait_ms = pace_wait_ms(&s->pace, now);
	if (wait_ms > 0) {
		*until_ms = now + wait_ms;
		return TURN_WAIT;
	}
	return TURN_SEND;
}

/* Waits for the next turn; an idle connection is closed after a while. */
static enum turn
turn_wait(struct sender *s, struct worker *w)
{
	int64_t idle_ms = clock_ms() + IDLE_MS, until_ms;
	enum turn turn;

	s->n_idle++;
	while ((turn = turn_of(s, w, &until_ms)) == TURN_WAIT) {
		if (w->smtp != NULL && clock_ms() >= idle_ms) {
			(void)pthread_mutex_unlock(&s->lock);
			smtp_close(&w->smtp);
			(void)malloc_trim(0); /* we may idle for days */
			(void)pthread_mutex_lock(&s->lock);
			continue;
		}
		if (w->smtp != NULL && (until_ms == 0 || until_ms > idle_ms))
			until_ms = idle_ms;
		if (until_ms == 0)
			(void)pthread_cond_wait(&s->work, &s->lock);
		else
			wait_until(&s->work, &s->lock, until_ms);
	}
	s->n_idle--;
	return turn;
}

/* The server is away. Those who fail together say so once. */
static void
down(struct sender *s, enum smtp_fault fault, const char *why)
{
	struct letter *back;
	int64_t again_ms;
	bool news;

	(void)pthread_mutex_lock(&s->lock);
	news = link_down(&s->link, fault, clock_ms());
	again_ms = s->link.again_ms;
	s->trying = false;
	back = queue_cut(s);
	(void)pthread_cond_broadcast(&s->work);
	(void)pthread_mutex_unlock(&s->lock);
	if (news)
		state_write(s, false, why, again_ms);
	letters_return(s, back, why);
}

/* True where the letter waits here for another connection: the server wants
 * fewer, and had not heard of the letter. */
static bool
is_put_back(struct sender *s, struct worker *w,
    const struct smtp_answer *answer)
{
	bool back = false;

	if (answer->fault != SMTP_FAULT_CROWDED)
		return false;
	(void)pthread_mutex_lock(&s->lock);
	if (link_crowded(&s->link, clock_ms())
	    && w->letter->dot == DOT_NOT_ASKED
	    && s->link.state == LINK_UP && !s->closing) {
		queue_put_back(s, w->letter);
		w->letter = NULL;
		back = true;
		(void)pthread_cond_broadcast(&s->work);
	}
	(void)pthread_mutex_unlock(&s->lock);
	return back;
}

static void
send_letter(struct sender *s, struct worker *w)
{
	struct smtp_owner owner = { .owner = w, .begin = on_begin,
		.may_dot = on_may_dot, .is_ending = on_is_ending };
	struct smtp_answer answer;
	struct letter *letter = w->letter;
	bool begun, gone;

	if (w->smtp == NULL)
		w->smtp = smtp_open(&s->setup.server, s->setup.hello,
		    s->oauth2);
	smtp_send(w->smtp, &letter->mail, &owner, &answer);
	if (is_put_back(s, w, &answer)) {
		smtp_close(&w->smtp);
		return;
	}
	(void)pthread_mutex_lock(&s->lock);
	begun = letter->dot != DOT_NOT_ASKED;
	gone = s->gone;
	w->letter = NULL;
	/* A letter that is our own mistake tells nothing of the server. */
	if (!begun && answer.fault == SMTP_FAULT_NONE) {
		s->trying = false;
		(void)pthread_cond_broadcast(&s->work);
	}
	(void)pthread_mutex_unlock(&s->lock);
	/* Withdrawn because nobody is left to allow it: nobody is told. */
	if (!gone || answer.verdict != SMTP_WITHDRAWN)
		result_write(s, letter, &answer);
	letter_close(letter);
	if (!begun && answer.fault != SMTP_FAULT_NONE)
		down(s, answer.fault, answer.text);
	else if (answer.fault == SMTP_FAULT_LOGIN)
		down(s, answer.fault, answer.text);
}

/* Looks whether the server is there again, without a letter. */
static void
probe(struct sender *s)
{
	struct arena *arena = arena_open();
	struct smtp_offer offer;
	enum smtp_fault fault;
	struct err err = { .text = "" };
	bool news = false;

	if (smtp_check(arena, &s->setup.server, s->setup.hello, &offer,
	    &fault, &err) != RC_OK) {
		down(s, fault, err.text);
	} else {
		(void)pthread_mutex_lock(&s->lock);
		news = link_up(&s->link);
		s->trying = false;
		workers_start(s);
		(void)pthread_cond_broadcast(&s->work);
		(void)pthread_mutex_unlock(&s->lock);
	}
	if (news)
		state_write(s, true, NULL, 0);
	arena_close(&arena);
}

static void *
work(void *user)
{
	struct worker *w = user;
	struct sender *s = w->sender;
	enum turn turn;

	(void)pthread_mutex_lock(&s->lock);
	while ((turn = turn_wait(s, w)) != TURN_END) {
		if (s->link.state != LINK_UP)
			s->trying = true;
		if (turn == TURN_SEND) {
			w->letter = queue_take(s);
			pace_take(&s->pace, clock_ms());
		}
		(void)pthread_mutex_unlock(&s->lock);
		if (turn == TURN_SEND)
			send_letter(s, w);
		else
			probe(s);
		(void)pthread_mutex_lock(&s->lock);
	}
	s->n_workers--;
	(void)pthread_mutex_unlock(&s->lock);
	smtp_close(&w->smtp);
	return NULL;
}

/* --- frames from the engine ----------------------------------------------- */

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
	workers_start(s);
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
	back = queue_cut(s);
	decided_all(s);
	(void)pthread_cond_broadcast(&s->work);
	(void)pthread_mutex_unlock(&s->lock);
	for (; back != NULL; back = next) {
		next = back->next;
		letter_close(back);
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
		    : ALIVE_MS, &frame, err);
		if (rc == RC_LATER) {
			nothing = wire_out(arena);
			frame_write(s, SENDER_ALIVE, &nothing);
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
