/* SPDX-License-Identifier: MIT */
/* base/file.h: whole files, read and written, with the reason in words.
 *
 * Units    bytes
 * Errors   RC_NONE no such file; RC_LATER the disk is full; RC_STOP the rest,
 *          with path and cure
 * Owner    the arena's; what is read ends in a NUL that `n` leaves out
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

enum rc file_read(struct arena *arena, const char *path, size_t most_bytes,
	struct bytes *bytes, struct err *err);
/* From an open descriptor to its end, standard input say; `name` for the
 * errors. */
enum rc file_read_fd(struct arena *arena, int fd, const char *name,
	size_t most_bytes, struct bytes *bytes, struct err *err);

/* A new file, never over one that is there (RC_STOP), synced. */
enum rc file_create(const char *path, unsigned mode, struct bytes bytes,
	struct err *err);

/* A secret: refused where others than the owner may read it. Its last line
 * break is gone. The caller wipes it. */
enum rc file_read_secret(struct arena *arena, const char *path,
	const char **secret, struct err *err);

#endif
