/* SPDX-License-Identifier: MIT */
/* intake/reader.h: what engine and reader say to each other.
 *
 * The reader holds the IMAP connection and its secret, and decides nothing:
 * it lists the mailbox whenever something may have changed, fetches what the
 * engine asks for, and moves what the engine is done with. All requests may
 * be under way at once; the reader works them off in the order they came.
 *
 * Shapes   frames of base/wire.h, the payload's fields in the order given
 * Errors   a connection that breaks: the reader says READER_STATE, forgets
 *          the requests under way, connects again with back-off and lists;
 *          the engine asks again for what it still wants
 */
#ifndef INTAKE_READER_H
#define INTAKE_READER_H

#include "base/err.h"
#include "base/wire.h"
#include "mail/server.h"

enum reader_frame {
	/* engine → reader */
	READER_OPEN = 1,	/* the first: struct reader_setup */
	READER_FETCH,		/* u32 uidvalidity, u32 n, n × u32 uid */
	READER_MOVE,		/* u32 uidvalidity, u8 folder (enum reader_folder),
				 * u32 n, n × u32 uid */
	READER_LIST,		/* list now, also where nothing seems new */
	READER_CLOSE,		/* log out and exit */

	/* reader → engine */
	READER_LISTED = 64,	/* u32 uidvalidity, u8 whole, u32 n, n × u32
				 * uid: `whole` 1 all there are now, 0 only
				 * those that came since */
	READER_MAIL,		/* u32 uidvalidity, u32 uid, i64 size, fd: a
				 * sealed memory file; for up to
				 * READER_INLINE_BYTES instead bytes, no fd */
	READER_MISSING,		/* u32 uidvalidity, u32 uid, text why: gone, or
				 * the server does not give it */
	READER_TOO_LARGE,	/* u32 uidvalidity, u32 uid, i64 size, bytes
				 * head: above the limit, its head alone */
	READER_MOVED,		/* u32 uidvalidity, u8 folder, u32 n, n × u32
				 * uid: no longer in the mailbox */
	READER_STATE,		/* u8 enum reader_state, text why (NULL fine),
				 * i64 try again at ms of clock_ms (0) */
	READER_ALIVE,		/* every 20 s where systemd watches */
};

#define READER_INLINE_BYTES (128 * 1024)

struct reader_setup {
	struct server server;
	const char *mailbox;		/* "INBOX" */
	const char *folders[3];		/* by enum reader_folder, UTF-8 with
					 * "/" whatever the server's delimiter */
	int64_t mail_limit_bytes;	/* above it: READER_TOO_LARGE */
	uint32_t poll_s;		/* without IDLE, and as its safety net */
};

void reader_setup_write(struct wire_out *out, const struct reader_setup *setup);
enum rc reader_setup_read(struct wire_in *in, struct reader_setup *setup,
	struct err *err);

enum reader_folder {
	READER_DONE,		/* Rådspost/Behandlet */
	READER_SECRETARY,	/* Rådspost/Til sekretæren */
	READER_FAULT,		/* Rådspost/Fejl */
	READER_FOLDERS
};

enum reader_state {
	READER_AWAY,		/* not connected; why says what to do */
	READER_CONNECTED,	/* logged in, folders there; with a why: mails
				 * that could not be moved, tried again */
	READER_IDLE,		/* listed, and waiting for the server */
};

#endif
