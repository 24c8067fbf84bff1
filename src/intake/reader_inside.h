/* SPDX-License-Identifier: MIT */
/* intake/reader_inside.h: what the reader's files share, and nobody else.
 *
 * Units    ms of clock_ms
 * Errors   RC_NONE the engine is gone, and `gone` is set
 * Owner    reader_run's; `arena` lasts for one turn of the loop
 */
#ifndef INTAKE_READER_INSIDE_H
#define INTAKE_READER_INSIDE_H

#include <stdbool.h>

#include "intake/reader.h"
#include "mail/imap.h"

#define MAX_SUSPECTS 512 /* one batch */
#define ALIVE_MS 20000 /* of the 30 s that the engine waits */

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
	/* mails that a connection broke at */
	struct suspect suspects[MAX_SUSPECTS];
	size_t n_suspects;
};

/* reader_talk.c: frames to the engine and from it. */
enum rc reader_say(struct reader *r, uint16_t kind, struct bytes payload,
	int fd, struct err *err);
enum rc reader_say_state(struct reader *r, enum reader_state state,
	const char *why, int64_t again_at_ms, struct err *err);
enum rc reader_say_uids(struct reader *r, uint16_t kind,
	uint32_t uidvalidity, uint8_t byte, const uint32_t *uids, size_t n,
	struct err *err);
enum rc reader_say_missing(struct reader *r, uint32_t uidvalidity,
	uint32_t uid, const char *why, struct err *err);
enum rc reader_say_listed(struct reader *r, bool whole, const uint32_t *uids,
	size_t n, struct err *err);

/* Takes what the engine has said so far, and waits for nothing. */
enum rc reader_take(struct reader *r, struct err *err);

/* An imap_watch: the engine's watchdog hears of us, and we of its end. */
bool reader_goes_on(void *self);

/* reader_queue.c: requests in the order they came. */
void reader_forget(struct reader *r);
void reader_put_back(struct reader *r, struct request *request);

/* The first request, with those behind it that one command can take too;
 * NULL where there is none. The caller frees it. */
struct request *reader_next(struct reader *r, bool moves_wait);

/* An imap_watch: true where a request waits that can be done now. */
bool reader_is_wanted(void *self);

/* reader_fetch.c: mails from the server to the engine. */
enum rc reader_fetch(struct reader *r, uint32_t *uids, size_t n,
	struct err *err);

#endif
