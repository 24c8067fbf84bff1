/* SPDX-License-Identifier: MIT */
/* mail/mime_inside.h: what the files that read a mail share: mime_read.c the
 * words, mime_head.c the head, mime_files.c the rest.
 *
 * Owner    all of it lives as long as the mail's arena
 */
#ifndef MAIL_MIME_INSIDE_H
#define MAIL_MIME_INSIDE_H

#include "base/sha256.h"
#include "mail/auth.h"
#include "mail/mail.h"
#include "mail/mime_walk.h"

/* What a part is for the one who reads the mail. */
enum use { USE_NONE, USE_PLAIN, USE_HTML, USE_FILE };

struct reader {
	struct arena *arena;
	struct mail *mail;
	struct bytes raw;	/* borrowed */
	struct mime_walk walk;
	enum use *uses;		/* of each part */
	int *units;		/* parts that say the same in other forms */
	const char **texts;	/* of plain and HTML parts */
	size_t text_max, words_left;
	bool lost;		/* a character set that we do not know */
	bool is_inner;
	struct sha256 content;
};

/* The mail is not wholly read; the first reason stays. */
void mime_note(struct reader *r, const char *why);

bool mime_is_type(const struct mime_part *part, const char *type);
bool mime_is_marked_file(const struct mime_part *part);
bool mime_is_signature(const struct mime_part *part);
bool mime_is_blank(const char *text);

/* A part's bytes out of their transfer encoding; its text, unflowed. */
struct bytes mime_part_bytes(struct reader *r, const struct mime_part *part,
	size_t max);
const char *mime_plain_read(struct reader *r, const struct mime_part *part,
	size_t max);

/* The most that one more text may hold, and what it held. */
size_t mime_words_room(const struct reader *r);
void mime_words_take(struct reader *r, const char *text);

/* mime_head.c: the first field of that name, decoded; NULL. */
const char *mime_value_of(struct reader *r, const struct head *head,
	const char *name);
void mime_head_fill(struct reader *r, const struct head *head);
void mime_auth_fill(struct reader *r, const struct auth_trust *trust,
	const struct head *head);

/* mime_files.c */
void mime_files_read(struct reader *r);
void mime_calendars_read(struct reader *r);
void mime_reports_read(struct reader *r);

#endif
