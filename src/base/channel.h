/* SPDX-License-Identifier: MIT */
/* base/channel.h: the engine's end of a conversation in frames (base/wire.h):
 * it never waits for the peer, and says nothing before a commit.
 *
 * Shapes   frames are put, released by the commit that they depend on (or
 *          dropped with its rollback), and flushed as the peer takes them
 * Units    bytes
 * Errors   RC_NONE the peer is gone; RC_STOP it sent what is no frame: the
 *          caller ends that peer and closes the channel
 * Owner    the channel keeps copies of what was put, and duplicates of
 *          descriptors; a frame taken lives in the arena, its fd is the
 *          caller's
 */
#ifndef BASE_CHANNEL_H
#define BASE_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/wire.h"

struct arena;
struct channel;

struct channel *channel_open(int socket);	/* takes the socket */
void channel_close(struct channel **channel);
int channel_socket(const struct channel *channel);

enum rc channel_put(struct channel *channel, uint16_t kind,
	struct bytes payload, int fd, struct err *err);
void channel_release(struct channel *channel);
void channel_drop(struct channel *channel);	/* what was not released */
enum rc channel_flush(struct channel *channel, struct err *err);
/* The same, and then nothing of what was sent is left in memory. */
enum rc channel_flush_secret(struct channel *channel, struct err *err);
size_t channel_waiting(const struct channel *channel); /* released, unsent */

/* Takes in what has come, at most about a megabyte at a time. */
enum rc channel_fill(struct channel *channel, struct err *err);
/* The next whole frame; RC_LATER: none yet. */
enum rc channel_take(struct channel *channel, struct arena *arena,
	struct frame *frame, struct err *err);

#endif
