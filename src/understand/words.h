/* SPDX-License-Identifier: MIT */
/* understand/words.h: what of a mail the sender wrote himself.
 *
 * Shapes   LF lines without white space at their ends; own text has at most
 *          one blank line in a row and none at its ends. Absent is NULL, but
 *          `text` and `subject` are never NULL ("" where there is nothing)
 * Units    none
 * Errors   none: every mail has an answer, `empty` is one
 * Owner    the arena; nothing is borrowed but the mail's subject
 * Source   RFC 3676 §4.3 (signature), §4.5 (quoting); issue «the sender's
 *          own words»; quote.lexicon names the program behind each form
 */
#ifndef UNDERSTAND_WORDS_H
#define UNDERSTAND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/mail.h"
#include "rules/world.h"

struct arena;

enum words_kind {
	WORDS_OWN,		/* the sender's own */
	WORDS_QUOTED,		/* somebody's, quoted; without its marks */
	WORDS_FORWARDED,	/* of a mail passed on, its head left out */
	WORDS_SIGNATURE,	/* closing name, contact lines */
	WORDS_NOISE,		/* attribution, header block, disclaimer,
				 * banner, phone footer */
};

/* A run of lines of one kind, in the order of the mail. An answer between
 * quoted lines is an own piece after a quoted one; the line it answers is the
 * last of that. */
struct words_piece {
	enum words_kind kind;
	int depth;		/* of the quote: 1, 2 …; 0 own */
	const char *text;
};

struct words {
	const char *text;	/* own words, pieces joined by a blank line */
	const char *subject;	/* without Re:, SV:, VS:, Fwd: … */
	bool is_reply_subject;	/* there was Re:, SV:, AW: … */
	bool is_forward;	/* VS:/Fwd: with, or a forwarded head in, it */
	bool is_auto_subject;	/* «Automatisk svar:», «Automatic reply:» … */
	const char *quoted;	/* all that was quoted, marks off; NULL */
	const char *forwarded;	/* text of the mail passed on; NULL */
	const char *forwarded_subject;	/* of its header block; NULL */
	const char *signature;	/* cut off: name, phone, title; NULL */
	const struct words_piece *pieces;
	size_t n_pieces;
	bool between;		/* own words stand between quoted lines */
	bool only_quoted;	/* there was text, but none of his own */
	bool empty;		/* nothing written, quoted or own */
	bool from_html;		/* the HTML was read, not the plain text */
	bool html_differs;	/* text and HTML have other own words: ask */
	const char *hidden;	/* words that the HTML hid; NULL */
	const char *why;	/* one line for explain: what was left out and
				 * by which sign; NULL nothing */
};

/* `world` gives the letters that may be quoted back (world->sent with text),
 * and our own addresses. */
void words_read(struct arena *arena, const struct mail *mail,
	const struct world *world, struct words *words);

/* The same for a bare text, as the text of an attachment or of an inner mail.
 */
void words_read_text(struct arena *arena, const char *text,
	const struct world *world, struct words *words);

#endif
