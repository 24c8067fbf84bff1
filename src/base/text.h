/* SPDX-License-Identifier: MIT */
/* base/text.h: UTF-8 text that ends in NUL, and buffers to build it in.
 *
 * Shapes   `const char *` is valid UTF-8 unless a name says bytes
 * Units    sizes in bytes; code points as uint32_t
 * Errors   none: what is not UTF-8 is made so by text_repair
 * Owner    what a function returns lives in the arena it was given
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Bytes that may hold anything, NUL too. */
struct bytes {
	const unsigned char *data;	/* borrowed */
	size_t n;
};

/* A text that grows. `data` is always NUL-terminated once something was
 * added; buf_text gives "" before. */
struct buf {
	struct arena *arena;	/* borrowed */
	char *data;
	size_t n, cap;
};

struct buf buf_open(struct arena *arena);
void buf_add(struct buf *buf, const char *text);
void buf_add_n(struct buf *buf, const char *data, size_t n);
void buf_add_char(struct buf *buf, char c);
void buf_add_code(struct buf *buf, uint32_t code);
void buf_addf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
const char *buf_text(const struct buf *buf);

/* How many bytes from `at` on are ' ' to '~'; stops at `end`, or at a NUL. */
size_t text_plain(const char *at, const char *end);

/* One code point from *at, which moves on; 0 at the end. A byte that is no
 * UTF-8 gives U+FFFD and moves one byte. */
uint32_t text_next(const char **at);

bool text_is_utf8(const char *data, size_t n);

/* A copy in which every byte that is no UTF-8, and every NUL, is U+FFFD. */
char *text_repair(struct arena *arena, const char *data, size_t n);

/* A decoded header value made harmless: C0, DEL, C1 (NEL), U+2028/9 become a
 * space; bidi controls and zero-width characters go (THREATS 6 and 7). */
char *text_one_line(struct arena *arena, const char *text);

/* The same for a text of many lines: LF and TAB stay, CRLF and CR become
 * LF. */
char *text_many_lines(struct arena *arena, const char *text);

/* Lower case for Latin letters (ASCII, Latin-1, Latin Extended-A), Greek and
 * Cyrillic; NBSP and its kin become a space. */
char *text_lower(struct arena *arena, const char *text);
uint32_t text_lower_code(uint32_t code);
bool text_is_letter(uint32_t code);

/* White space at both ends gone; and every run of it one space. */
char *text_trim(struct arena *arena, const char *text);
char *text_squeeze(struct arena *arena, const char *text);

/* ASCII case folded; NULL equals nothing. */
bool text_equal_nocase(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);
bool text_starts_nocase(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);
const char *text_find_nocase(const char *text, const char *word);

/* `text` cut at the last whole code point within `n` bytes. */
char *text_cut(struct arena *arena, const char *text, size_t n);

/* The lines of `text` without their LF (and without a CR before it); the
 * number in *n. */
const char **text_lines(struct arena *arena, const char *text, size_t *n);

#endif
