/* SPDX-License-Identifier: MIT */
/* dispatch/dispatch.h: a letter goes: the engine's side of the conversation
 * with the sender.
 *
 * A letter goes: due → `sending` committed, handed over → the sender asks
 * before the final dot → `dot` committed, allowed → its result written. The
 * caller opens one transaction a turn and commits before the channel speaks.
 * What was not written because the disk was full stays here, and is written
 * by a later turn.
 *
 * Shapes   at most four letters a connection are under way
 * Units    milliseconds of clock_ms, letters in UTC seconds
 * Errors   RC_LATER: the disk is full; RC_STOP: we are broken; RC_PARK: the
 *          sender lies, end it
 * Owner    dispatch_open's caller; the channel is borrowed while it is up
 * Source   DESIGN 5; THREATS failures 1, 2, 4; RFC 5321 §4.5.4.1 (retries)
 */
#ifndef DISPATCH_DISPATCH_H
#define DISPATCH_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/wire.h"
#include "outbox/outbox.h"

struct arena;
struct channel;
struct dispatch;
struct store;

struct dispatch_rules {
	struct store *store;		/* borrowed, both */
	struct outbox *outbox;
	uint32_t connections;
	int64_t retry_s;		/* the first pause, doubled up to … */
	int64_t retry_most_s;		/* … an hour */
	int64_t give_up_s;
	int64_t uncertain_wait_s;
	int answers_per_hour, stranger_answers_per_day;
};

/* For `status`. */
struct dispatch_count {
	uint64_t sent, deferred, failed, uncertain;	/* since the start */
	size_t under_way;
	bool up;
	char why[256];			/* of a sender that is not; "" fine */
	int64_t sent_at;		/* the last one; 0 none */
	int64_t again_ms;
};

struct dispatch *dispatch_open(const struct dispatch_rules *rules);
void dispatch_close(struct dispatch **dispatch);

/* Takes up what a crash left; within a transaction. */
enum rc dispatch_recover(struct dispatch *dispatch, struct err *err);

void dispatch_sender_up(struct dispatch *dispatch, struct channel *sender);
/* It is gone: what was allowed its dot is uncertain, the rest is queued. */
void dispatch_sender_down(struct dispatch *dispatch);

/* Letters may have been queued since. */
void dispatch_look(struct dispatch *dispatch);

enum rc dispatch_frame(struct dispatch *dispatch, struct arena *arena,
	const struct frame *frame, struct err *err);

/* Writes what is known, hands over what is due. `stop`: nothing new. */
enum rc dispatch_turn(struct dispatch *dispatch, bool stop, struct err *err);
/* The turn's transaction is committed, or gone. */
void dispatch_committed(struct dispatch *dispatch);
void dispatch_rolled_back(struct dispatch *dispatch);

/* Until the next letter is due; -1 none waits. */
int64_t dispatch_wait_ms(const struct dispatch *dispatch);
/* Nothing is under way, and nothing due. */
bool dispatch_is_done(const struct dispatch *dispatch);
size_t dispatch_under_way(const struct dispatch *dispatch);
void dispatch_count(const struct dispatch *dispatch,
	struct dispatch_count *count);

#endif
