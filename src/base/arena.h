/* SPDX-License-Identifier: MIT */
/* base/arena.h: memory that lives as long as one mail, or one due date.
 *
 * Shapes   what an arena gives is zeroed and aligned for any type
 * Units    bytes
 * Errors   none: without memory the process ends, and the supervisor starts
 *          it again; the transaction that was open rolls back
 * Owner    the arena's; nobody frees what it gave
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena **arena);

/* Forgets everything given so far, and keeps one block for the next mail. */
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size_bytes);

/* As arena_alloc, but not zeroed: for those who write all of it at once. */
void *arena_room(struct arena *arena, size_t size_bytes);

/* As arena_alloc for `n` things of `size_bytes`; ends the process where the
 * product does not fit. */
void *arena_array(struct arena *arena, size_t n, size_t size_bytes);

/* A copy with its NUL. `text` may be NULL, which gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t n);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* What the arena holds from the system now, for `status` and the tests. */
size_t arena_size_bytes(const struct arena *arena);

#endif
