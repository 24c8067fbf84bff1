/* SPDX-License-Identifier: MIT */
/* mail/head.h: the head of a mail or of a part, field by field.
 *
 * Shapes   a field's value is the bytes after the colon, folds and all; the
 *          readers below unfold it and make it UTF-8 of one line
 * Units    limits in bytes: what is longer is cut there, and `why` says so
 * Errors   none: a head of nonsense is a head without fields
 * Owner    fields borrow from the bytes; decoded texts are the arena's
 * Source   RFC 5322 §2.2, §3.3 (dates), §3.6.4 (ids); RFC 2047; RFC 2231
 */
#ifndef MAIL_HEAD_H
#define MAIL_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

#define HEAD_MAX_BYTES ((size_t)256 * 1024) /* THREATS 11: all fields kept */
#define HEAD_MAX_FIELD_BYTES ((size_t)64 * 1024)
#define HEAD_FIELD_BYTES 64	/* so many fields: a limit / this */
#define HEAD_MAX_PARAMS 128
#define HEAD_MAX_IDS 100

struct head_field {
	struct bytes name;	/* borrowed */
	struct bytes value;	/* borrowed */
	bool is_odd;		/* blanks before the colon, or a NUL or bare
				 * CR within: readers differ on such */
};

struct head {
	const struct head_field *fields;
	size_t n;
	size_t body_at;		/* where the body begins */
	const char *why;	/* what was cut; NULL */
	bool is_ended;		/* an empty line ended it */
};

/* The head at the front of `bytes`, at most `max_bytes` of it kept. */
struct head head_read(struct arena *arena, struct bytes bytes,
	size_t max_bytes);

/* The first field of that name, any case; NULL. */
const struct head_field *head_find(const struct head *head,
	const char *name);
bool head_is(const struct head_field *field, const char *name);

/* One line of UTF-8, with and without its encoded words decoded. `*lost`
 * (may be NULL) is set where a character set was unknown. */
const char *head_unfold(struct arena *arena, struct bytes value);
const char *head_decode(struct arena *arena, struct bytes value, bool *lost);

/* Encoded words in a text that is unfolded already (RFC 2047). */
const char *head_decode_words(struct arena *arena, const char *text,
	bool *lost);

/* A value with parameters: Content-Type, Content-Disposition. */
struct head_param {
	const char *name;	/* lower case */
	const char *value;	/* decoded (RFC 2231; RFC 2047 too, which
				 * many programs write there) */
};

struct head_params {
	const char *value;	/* before the first ';', lower case, no
				 * blanks; "" where there is none */
	const struct head_param *list;
	size_t n;
	bool is_cut;
};

struct head_params head_params_read(struct arena *arena, struct bytes value,
	bool *lost);
const char *head_param(const struct head_params *params, const char *name);

/* RFC 5322 §3.3 with the obsolete zones; false where it is no date. */
bool head_date_read(const char *text, int64_t *at, int32_t *offset_s);

/* The message ids "<…@…>" of a field, the last `max` of them. */
const char *const *head_ids_read(struct arena *arena, const char *text,
	size_t max, size_t *n);

#endif
