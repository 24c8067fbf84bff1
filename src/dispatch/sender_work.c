/* SPDX-License-Identifier: MIT */
/* The threads that send, one a connection. */
#include "dispatch/sender_work.h"

#include <malloc.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

#define IDLE_MS ((int64_t)25 * 1000) /* then an idle connection is closed: a
				      * server's own limit is 60 s and more */
#define STACK_BYTES ((size_t)512 * 1024)

/* --- frames to the engine ------------------------------------------------- */

void
sender_frame_write(struct sender *s, enum sender_frame kind,
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
	sender_frame_write(s, SENDER_DOT, &out);
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
	sender_frame_write(s, SENDER_RESULT, &out);
}

static void
state_write(struct sender *s, bool up, const char *why, int64_t again_ms)
{
	struct arena *arena = arena_open();
	struct wire_out out = wire_out(arena);

	wire_put_u8(&out, up);
	wire_put_text(&out, why);
	wire_put_i64(&out, again_ms);
	sender_frame_write(s, SENDER_STATE, &out);
	arena_close(&arena);
}

/* --- letters -------------------------------------------------------------- */

void
sender_letter_close(struct letter *letter)
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
struct letter *
sender_queue_cut(struct sender *s)
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
		sender_letter_close(first);
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
void
sender_workers_start(struct sender *s)
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
		sender_workers_start(s);
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
	/* Who has a connection may use it; who has none may make one. */
	if (w->smtp == NULL && s->n_connections >= link_allowed(&s->link,
	    now)) {
		*until_ms = s->link.state == LINK_UP && s->link.allowed
		    < s->link.most ? s->link.more_ms : 0;
		return TURN_WAIT;
	}
	wait_ms = pace_wait_ms(&s->pace, now);
	if (wait_ms > 0) {
		*until_ms = now + wait_ms;
		return TURN_WAIT;
	}
	return TURN_SEND;
}

/* Another worker may make one in its place. The lock is held, and let go of
 * while QUIT is said. */
static void
connection_close(struct sender *s, struct worker *w)
{
	struct smtp *smtp = w->smtp;

	if (smtp == NULL)
		return;
	(void)pthread_mutex_unlock(&s->lock);
	smtp_close(&smtp);
	(void)pthread_mutex_lock(&s->lock);
	w->smtp = NULL;
	s->n_connections--;
	(void)pthread_cond_broadcast(&s->work);
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
			connection_close(s, w);
			(void)malloc_trim(0); /* we may idle for days */
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
	back = sender_queue_cut(s);
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
	connection_close(s, w);
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

	smtp_send(w->smtp, &letter->mail, &owner, &answer);
	if (is_put_back(s, w, &answer))
		return;
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
	sender_letter_close(letter);
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
		sender_workers_start(s);
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
		if (turn == TURN_SEND && w->smtp == NULL) {
			w->smtp = smtp_open(&s->setup.server,
			    s->setup.hello, s->oauth2);
			s->n_connections++;
		}
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
	connection_close(s, w);
	s->n_workers--;
	(void)pthread_mutex_unlock(&s->lock);
	return NULL;
}
