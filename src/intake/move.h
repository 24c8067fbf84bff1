/* SPDX-License-Identifier: MIT */
/* intake/move.h: which mails of the mailbox are on their way where.
 *
 * Shapes   a UID is known here while something is under way: wanted, asked
 *          for, or being moved; all else is the store's to say. One
 *          UIDVALIDITY at a time; another one forgets everything
 * Errors   none
 * Owner    the one who opened it
 * Source   DESIGN 6: only after the commit is a mail moved
 */
#ifndef INTAKE_MOVE_H
#define INTAKE_MOVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intake/reader.h"

struct channel;

enum way {
	WAY_NONE,
	WAY_WANTED,	/* not yet asked for */
	WAY_ASKED,	/* READER_FETCH is out */
	WAY_MISSING,	/* the server did not give it; asked again after the
			 * next connection */
	WAY_MOVING,	/* to be moved, or READER_MOVE is out */
};

struct uids {
	uint32_t *list;
	size_t from, n, cap;
};

struct move {
	uint32_t uidvalidity;
	struct way_slot {
		uint32_t uid;
		uint32_t way;	/* enum way; WAY_NONE: a free slot, or one
				 * that was let go (uid not 0) */
	} *slots;
	size_t n_slots, n_used;
	struct uids want;
	struct uids done[READER_FOLDERS];
	size_t n_asked, n_moving;	/* requests that wait for an answer */
	int64_t oldest_ms;		/* of `done`, 0 none */
};

void move_close(struct move *move);
/* Forgets what is under way: the connection broke, or the mailbox is another
 * one. */
void move_forget(struct move *move, uint32_t uidvalidity);

enum way move_way(const struct move *move, uint32_t uid);
void move_want(struct move *move, uint32_t uid);
/* The answer to a fetch came. */
void move_came(struct move *move, uint32_t uid, bool is_missing);
/* The mail is done, it goes to `folder`. */
void move_done(struct move *move, uint32_t uid, int32_t folder,
	int64_t now_ms);
void move_moved(struct move *move, uint32_t uid);

/* Puts READER_FETCH for at most `most` of what is wanted. */
enum rc move_fetch(struct move *move, struct channel *reader, size_t most,
	struct err *err);
/* Puts READER_MOVE for folders that have at least `least` mails. */
enum rc move_flush(struct move *move, struct channel *reader, size_t least,
	struct err *err);
size_t move_waiting(const struct move *move);	/* done, not yet asked for */

#endif
