/* SPDX-License-Identifier: MIT */
/* Blocks of memory, given out from the front and let go all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/format.h"

#define BLOCK_BYTES ((size_t)32 * 1024) /* a usual mail fits into one */

struct block {
	struct block *next;
	size_t size_bytes, used;
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct block *blocks;	/* the one in use is the first */
};

static _Noreturn void
out_of_memory(void)
{
	(void)fputs("raadspost: out of memory\n", stderr);
	abort();
}

static struct block *
block_open(size_t size_bytes)
{
	struct block *block;

	if (size_bytes > SIZE_MAX - sizeof *block)
		out_of_memory();
	block = malloc(sizeof *block + size_bytes);
	if (block == NULL)
		out_of_memory();
	block->next = NULL;
	block->size_bytes = size_bytes;
	block->used = 0;
	return block;
}

struct arena *
arena_open(void)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (arena == NULL)
		out_of_memory();
	return arena;
}

static void
blocks_free(struct block *block)
{
	while (block != NULL) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void
arena_close(struct arena **arena)
{
	if (*arena == NULL)
		return;
	blocks_free((*arena)->blocks);
	free(*arena);
	*arena = NULL;
}

void
arena_reset(struct arena *arena)
{
	struct block *keep = NULL, *block, *next;

	for (block = arena->blocks; block != NULL; block = next) {
		next = block->next;
		if (keep == NULL && block->size_bytes == BLOCK_BYTES)
			keep = block;
		else
			free(block);
	}
	if (keep != NULL) {
		keep->next = NULL;
		keep->used = 0;
	}
	arena->blocks = keep;
}

void *
arena_room(struct arena *arena, size_t size_bytes)
{
	struct block *block = arena->blocks;
	void *given;

	if (size_bytes > SIZE_MAX - alignof(max_align_t))
		out_of_memory();
	size_bytes = (size_bytes + alignof(max_align_t) - 1)
	    & ~(alignof(max_align_t) - 1);
	if (block == NULL || block->size_bytes - block->used < size_bytes) {
		if (size_bytes > BLOCK_BYTES / 4 && block != NULL) {
			/* A large one gets its own, behind the one in use. */
			struct block *own = block_open(size_bytes);

			own->next = block->next;
			block->next = own;
			own->used = size_bytes;
			return own->data;
		}
		block = block_open(size_bytes > BLOCK_BYTES ? size_bytes
		    : BLOCK_BYTES);
		block->next = arena->blocks;
		arena->blocks = block;
	}
	given = block->data + block->used;
	block->used += size_bytes;
	return given;
}

void *
arena_alloc(struct arena *arena, size_t size_bytes)
{
	void *given = arena_room(arena, size_bytes);

	memset(given, 0, size_bytes);
	return given;
}

void *
arena_array(struct arena *arena, size_t n, size_t size_bytes)
{
	if (size_bytes != 0 && n > SIZE_MAX / size_bytes)
		out_of_memory();
	return arena_alloc(arena, n * size_bytes);
}

char *
arena_strndup(struct arena *arena, const char *text, size_t n)
{
	char *copy = arena_room(arena, n + 1);

	if (n != 0)
		memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char first[512];	/* most fit: formatted once, and copied */
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = format_write(first, sizeof first, format, again);
	va_end(again);
	if (n < 0)
		out_of_memory();
	if ((size_t)n < sizeof first)
		return arena_strndup(arena, first, (size_t)n);
	text = arena_room(arena, (size_t)n + 1);
	(void)format_write(text, (size_t)n + 1, format, args);
	return text;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

size_t
arena_size_bytes(const struct arena *arena)
{
	size_t size_bytes = 0;

	for (const struct block *b = arena->blocks; b != NULL; b = b->next)
		size_bytes += b->size_bytes;
	return size_bytes;
}
