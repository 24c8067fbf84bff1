/* SPDX-License-Identifier: MIT */
/* dispatch/sender.h: what engine and sender say to each other.
 *
 * The sender holds the SMTP connections and their secret. It asks before the
 * final dot: SENDER_DOT comes as early as the letter's transfer begins, and
 * the last bytes wait for SENDER_DOT_OK, so that the engine can commit many
 * at once and nobody loses time.
 *
 * Errors   each letter ends in exactly one SENDER_RESULT; a sender that dies
 *          leaves those with DOT_OK uncertain and the others untouched
 */
#ifndef DISPATCH_SENDER_H
#define DISPATCH_SENDER_H

#include "base/err.h"
#include "base/wire.h"
#include "mail/server.h"

enum sender_frame {
	/* engine → sender */
	SENDER_OPEN = 1,	/* the first: struct sender_setup */
	SENDER_LETTER,		/* i64 id, text from ("" the null sender), text
				 * recipient, text echo (a second recipient,
				 * NULL), bytes, or an fd of them */
	SENDER_DOT_OK,		/* i64 id: `dot` is committed */
	SENDER_DOT_NO,		/* i64 id: do not send (withdrawn) */
	SENDER_CLOSE,		/* finish what is under way and exit */

	/* sender → engine */
	SENDER_DOT = 64,	/* i64 id: about to send, may I? */
	SENDER_RESULT,		/* i64 id, u8 enum sender_verdict, u32 SMTP
				 * code (0 none), text what the server said */
	SENDER_STATE,		/* u8 up, text why (NULL fine), i64 try again
				 * at ms of clock_ms */
	SENDER_ALIVE,		/* at least every 30 s */
};

enum sender_verdict {
	SENDER_DELIVERED,
	SENDER_RETRY,		/* 4xx, or never got as far as the dot */
	SENDER_REFUSED,		/* 5xx */
	SENDER_UNCERTAIN,	/* the dot is out, the answer is not in */
	SENDER_WITHDRAWN,	/* DOT_NO */
};

#define SENDER_INLINE_BYTES (256 * 1024)

struct sender_setup {
	struct server server;
	uint32_t connections;	/* at once, 1 … 16 */
	uint32_t per_minute;	/* the server's pace; 0 as fast as it takes */
	const char *hello;	/* name given in EHLO */
};

void sender_setup_write(struct wire_out *out, const struct sender_setup *setup);
enum rc sender_setup_read(struct wire_in *in, struct sender_setup *setup,
	struct err *err);

#endif
