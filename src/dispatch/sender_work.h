/* SPDX-License-Identifier: MIT */
/* dispatch/sender_work.h: the sender's two halves to each other: sender.c
 * hears the engine, sender_work.c has the threads that send.
 *
 * Shapes   a letter is queued, then a worker's, then its result is written
 * Owner    the one `struct sender`; what its lock covers is said there
 */
#ifndef DISPATCH_SENDER_WORK_H
#define DISPATCH_SENDER_WORK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dispatch/sender.h"
#include "dispatch/sender_pace.h"
#include "mail/smtp.h"

struct arena;
struct oauth2;

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
	struct smtp *smtp;	/* its connection, or one to come; NULL */
	struct letter *letter;	/* the one under way; NULL */
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
	size_t n_queued, n_idle, n_workers, n_connections;
	struct worker workers[SENDER_CONNECTIONS_MOST];
	struct pace pace;
	struct link link;
	bool trying;		/* LINK_NEW or LINK_DOWN: one worker looks */
	bool closing;		/* nothing new is begun */
	bool gone;		/* the engine */
	int64_t end_ms;
};

void sender_frame_write(struct sender *sender, enum sender_frame kind,
	const struct wire_out *out);
void sender_letter_close(struct letter *letter);

/* The lock is held for both: takes the whole queue; starts as many workers as
 * there is work for. */
struct letter *sender_queue_cut(struct sender *sender);
void sender_workers_start(struct sender *sender);

#endif
