/* SPDX-License-Identifier: MIT */
/* store/inbox.h: the mails that came, from their bytes to their end.
 *
 * Shapes   a mail is known by (uidvalidity, uid), and again by Message-ID
 *          and content hash together: the same id with other content is a
 *          new mail
 * Units    came_at in UTC seconds, when we had it
 * Errors   RC_NONE where said; RC_LATER, RC_STOP as store.h
 * Owner    rows live in the arena
 * Source   DESIGN «Nothing lost», «Nothing twice», «Nothing vanishes»
 */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/mail.h"
#include "rules/purpose.h"

struct arena;
struct store;

enum inbox_state {
	INBOX_STORED,	/* its bytes are safe, nothing was made of it */
	INBOX_DONE,	/* outcome and reason are written */
	INBOX_FILED,	/* and it has left the mailbox */
};

struct inbox_new {
	uint32_t uidvalidity, uid;
	int64_t came_at;
	struct bytes raw;	/* the bytes, or … */
	int fd;			/* … a file of size_bytes; -1 none */
	int64_t size_bytes;
	bool head_only;		/* too large: raw is its head alone */
	int32_t attempts;	/* counted with it: it goes to a parser now */
};

struct inbox_row {
	int64_t mail_id;
	uint32_t uidvalidity, uid;
	int64_t came_at, size_bytes;
	int32_t attempts;	/* times handed to the parser */
	enum inbox_state state;
	enum outcome outcome;	/* from INBOX_DONE on */
	int32_t folder;		/* where it is to lie: 0 done, 1 secretary,
				 * 2 fault */
	const char *reason, *from, *subject, *message_id, *why;
	int64_t same_as;	/* the mail that it is a copy of; 0 */
};

/* RC_NONE: (uidvalidity, uid) is there already; *mail_id is that row in
 * either case. A new uidvalidity of the same mail is a new row, which
 * inbox_parsed recognises. A file is copied in pieces, never held whole. */
enum rc inbox_add(struct store *store, const struct inbox_new *mail,
	int64_t *mail_id, struct err *err);

/* RC_NONE: never seen. */
enum rc inbox_find(struct store *store, struct arena *arena,
	uint32_t uidvalidity, uint32_t uid, struct inbox_row *row,
	struct err *err);
enum rc inbox_load(struct store *store, struct arena *arena, int64_t mail_id,
	struct inbox_row *row, struct err *err);

/* Which of `n` uids (ascending) are not known yet: fetch[0 … *n_fetch); and
 * which are done and only to be moved, as rows without their texts. One pass
 * over the index. */
enum rc inbox_sort(struct store *store, struct arena *arena,
	uint32_t uidvalidity, const uint32_t *uids, size_t n,
	uint32_t **fetch, size_t *n_fetch,
	struct inbox_row **move, size_t *n_move, struct err *err);

/* Stored but not done, oldest first: what a crash left. */
enum rc inbox_waiting(struct store *store, struct arena *arena, size_t limit,
	struct inbox_row **rows, size_t *n, struct err *err);

/* Newest first, those before that id (0: from the newest), for `list mail`. */
enum rc inbox_list(struct store *store, struct arena *arena,
	int64_t before_mail_id, size_t limit, struct inbox_row **rows,
	size_t *n, struct err *err);

/* The raw bytes: up to INBOX_INLINE_BYTES in the arena, above it in a memory
 * file (the caller closes *fd, else -1). */
#define INBOX_INLINE_BYTES (128 * 1024)
enum rc inbox_raw(struct store *store, struct arena *arena, int64_t mail_id,
	struct bytes *raw, int *fd, struct err *err);

/* One more attempt is about to be made; committed before the parser sees it. */
enum rc inbox_attempt(struct store *store, int64_t mail_id, struct err *err);

/* Writes what the parser read of the head. *same_as is an earlier mail with
 * the same Message-ID and content, 0 where there is none; *same_id is true
 * where one has the same Message-ID and other content. */
enum rc inbox_parsed(struct store *store, int64_t mail_id,
	const struct mail *mail, int64_t *same_as, bool *same_id,
	struct err *err);

/* Its subject says why somebody does not come. */
enum rc inbox_forget_subject(struct store *store, int64_t mail_id,
	struct err *err);
/* The end of a mail: outcome, reason, why, folder. */
enum rc inbox_done(struct store *store, int64_t mail_id,
	enum outcome outcome, const char *reason, const char *why,
	int32_t folder, struct err *err);

/* The mailbox holds these `n` uids (ascending) and no others: what is done and
 * not among them has left it, whoever moved it. Killed between the move and
 * the word of it, we learn of it here. */
enum rc inbox_gone(struct store *store, struct arena *arena,
	uint32_t uidvalidity, const uint32_t *uids, size_t n,
	struct err *err);

/* The mailbox no longer holds these. */
enum rc inbox_filed(struct store *store, uint32_t uidvalidity,
	const uint32_t *uids, size_t n, struct err *err);

#endif
