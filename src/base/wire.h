/* SPDX-License-Identifier: MIT */
/* base/wire.h: framed messages between the processes, over socket pairs.
 *
 * Shapes   a frame is a kind (the pair's own enum), a payload, and at most
 *          one descriptor, which carries what is too large for a payload
 *          (a mail as bytes in a sealed memory file)
 * Units    payload at most WIRE_MAX_BYTES; integers little-endian
 * Errors   RC_NONE the peer is gone; RC_LATER nothing there yet (a socket
 *          that does not block); RC_STOP a frame that is none
 * Owner    a frame read lives in the arena; its descriptor is the caller's
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

#define WIRE_MAX_BYTES ((size_t)4 * 1024 * 1024) /* a child that lies must
						  * not fill our memory */

struct frame {
	uint16_t kind;
	struct bytes payload;
	int fd;			/* -1 where none came */
};

/* How a frame begins: for base/channel.c, which collects frames without
 * waiting. Reading gives false for a head that is none. */
#define WIRE_HEAD_BYTES 8
void wire_head_write(unsigned char head[WIRE_HEAD_BYTES], uint16_t kind,
	size_t n, bool has_fd);
bool wire_head_read(const unsigned char head[WIRE_HEAD_BYTES], uint16_t *kind,
	size_t *n, bool *has_fd);

/* Two connected ends, both closed at exec but for what the child is given. */
enum rc wire_pair(int ends[2], struct err *err);

/* Sends one frame whole, waiting where the peer is slow. `fd` may be -1; it
 * stays open here. */
enum rc wire_write(int socket, uint16_t kind, struct bytes payload, int fd,
	struct err *err);

/* Reads one frame, waiting for it at most `wait_ms` (-1 for ever). */
enum rc wire_read(int socket, struct arena *arena, int wait_ms,
	struct frame *frame, struct err *err);

/* Payloads are written and read field by field. A NULL text stays NULL. */
struct wire_out {
	struct buf buf;
};

struct wire_out wire_out(struct arena *arena);
void wire_put_u8(struct wire_out *out, uint8_t value);
void wire_put_u32(struct wire_out *out, uint32_t value);
void wire_put_i64(struct wire_out *out, int64_t value);
void wire_put_text(struct wire_out *out, const char *text);
void wire_put_bytes(struct wire_out *out, struct bytes bytes);
struct bytes wire_bytes(const struct wire_out *out);

/* A reader never runs past the end: after the first field that is not there
 * `bad` is set, and what is read then is 0, NULL or empty. The one who reads
 * looks at `bad` once, at the end. Text is checked to be UTF-8. */
struct wire_in {
	struct arena *arena;	/* borrowed */
	struct bytes left;
	bool bad;
};

struct wire_in wire_in(struct arena *arena, struct bytes payload);
uint8_t wire_get_u8(struct wire_in *in);
uint32_t wire_get_u32(struct wire_in *in);
int64_t wire_get_i64(struct wire_in *in);
const char *wire_get_text(struct wire_in *in);
struct bytes wire_get_bytes(struct wire_in *in);

/* A count of things of at least `least_bytes` each, refused (bad, 0) where
 * the payload cannot hold so many: a lie must not cost memory. */
size_t wire_get_count(struct wire_in *in, size_t least_bytes);

/* A memory file, written then sealed against change; and its bytes mapped
 * for reading (n may be 0). wire_unmap lets go of a mapping. */
enum rc wire_memory_open(int *fd, struct err *err);
enum rc wire_memory_write(int fd, struct bytes bytes, struct err *err);
enum rc wire_memory_seal(int fd, struct err *err);
enum rc wire_map(int fd, struct bytes *bytes, struct err *err);
void wire_unmap(struct bytes *bytes);

#endif
