/* SPDX-License-Identifier: MIT */
/* mail/mime_walk.h: where the parts of a mail lie, and what they claim to be.
 *
 * Shapes   parts in depth-first order, the mail itself first; bodies are the
 *          bytes as they stand, still encoded
 * Units    at most MIME_MAX_PARTS parts, MIME_MAX_DEPTH deep
 * Errors   none: past a limit the walk stops, and `why` says which
 * Owner    bodies borrow from the bytes; the rest is the arena's
 * Source   RFC 2045 §5, RFC 2046 §5.1, RFC 2183; THREATS 11
 *
 * One pass over the lines: a line that begins with "--" is held against the
 * boundaries that are open, none is looked for ahead. So the cost is that of
 * the bytes, however they nest.
 */
#ifndef MAIL_MIME_WALK_H
#define MAIL_MIME_WALK_H

#include "mail/head.h"
#include "mail/transfer.h"

#define MIME_MAX_PARTS 1000
#define MIME_MAX_DEPTH 32

struct mime_part {
	struct head head;
	struct head_params type;	/* .value "text/plain" where absent */
	struct head_params disposition;
	struct bytes body;		/* borrowed */
	enum transfer transfer;
	int parent;			/* -1 for the mail itself */
	int depth;
	bool is_multipart;		/* has parts below it */
	bool has_type;			/* a Content-Type that can be read */
};

struct mime_walk {
	struct mime_part *parts;
	size_t n;
	const char *why;	/* a limit or a fault; NULL */
};

struct mime_walk mime_walk(struct arena *arena, struct bytes raw);

/* The part's file name, decoded and made safe; NULL where it has none. */
const char *mime_part_name(struct arena *arena, const struct mime_part *part);

#endif
