/* SPDX-License-Identifier: MIT */
/* mail/attachment.h: a file out of the bytes of a mail, by the place that the
 * parser gave; nothing of MIME is read here.
 *
 * Shapes   a kind is known by the name's end and the first bytes together:
 *          what only one of them says is not believed
 * Units    bytes; ATTACHMENT_MAX_BYTES decoded
 * Errors   RC_PARK: the place is not in the mail, or its bytes are not those
 *          that the parser counted: a parser that lies, or another mail
 * Owner    the arena; the raw bytes are borrowed during the call
 * Source   RFC 2045 §6.7, §6.8; THREATS 7, 11, 13
 */
#ifndef MAIL_ATTACHMENT_H
#define MAIL_ATTACHMENT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"

struct arena;

#define ATTACHMENT_MAX_BYTES ((int64_t)20 * 1024 * 1024)	/* in all */
#define ATTACHMENTS_MOST 25	/* more belong to no point of an agenda */

/* `range` holds the raw mail's bytes from file->begin on, file->length of
 * them. The result's size and hash are held against file's. */
enum rc attachment_decode(struct arena *arena, struct bytes range,
	const struct mail_attachment *file, struct bytes *bytes,
	struct err *err);

/* The same with the whole mail at hand. */
enum rc attachment_read(struct arena *arena, struct bytes raw,
	const struct mail_attachment *file, struct bytes *bytes,
	struct err *err);

/* The media type of a kind that we pass on to others (pdf, docx, odt, txt,
 * md, png, jpg, ics, csv, xlsx, pptx); NULL for every other. */
const char *attachment_type(const char *name, struct bytes bytes);

/* A name to show and to send: one line, no path, no dot in front, no letters
 * that file systems or headers take for something else; «file-3» where
 * nothing is left, or there was none. */
const char *attachment_name(struct arena *arena, const char *name,
	size_t position);

/* Whether it is a file that somebody meant to send: no picture of a
 * signature, no answer of a calendar, no signature of the mail. */
bool attachment_is_meant(const struct mail_attachment *file);

#endif
