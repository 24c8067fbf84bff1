/* SPDX-License-Identifier: MIT */
/* dispatch/sender.h: what engine and sender say to each other.
 *
 * The sender holds the SMTP connections and their secret. It asks before the
 * final dot: SENDER_DOT comes as early as the letter's transfer begins, and
 * the last bytes wait for SENDER_DOT_OK, so that the engine can commit many
 * at once and nobody loses time.
 *
 * Shapes   a RESULT's text is what stood behind the reply's code; where the
 *          code is 0 the server never spoke of this letter, and the text is
 *          ours. A letter is asked for once: SENDER_DOT comes at most one
 *          time before its RESULT, and not at all where it failed earlier
 * Errors   each letter ends in exactly one SENDER_RESULT; a sender that dies
 *          leaves those with DOT_OK uncertain and the others untouched. After
 *          STATE down the letters not yet begun come back as RETRY; the
 *          sender looks for the server itself and says STATE up. After
 *          CLOSE, or when the engine is gone, what was not begun is dropped
 *          without a word, what has its DOT_OK is finished within
 *          SENDER_FINISH_S, and the sender exits
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
	SENDER_ALIVE,		/* every 20 s where systemd watches */
};

enum sender_verdict {
	SENDER_DELIVERED,
	SENDER_RETRY,		/* 4xx, or never got as far as the dot */
	SENDER_REFUSED,		/* 5xx */
	SENDER_UNCERTAIN,	/* the dot is out, the answer is not in */
	SENDER_WITHDRAWN,	/* DOT_NO */
};

#define SENDER_INLINE_BYTES (256 * 1024)
#define SENDER_FINISH_S 20
#define SENDER_CONNECTIONS_MOST 16
#define SENDER_QUEUE_A_CONNECTION 4 /* letters to have under way for each:
				     * one on the wire, the others so that it
				     * never waits; more ends the sender */

struct sender_setup {
	struct server server;
	uint32_t connections;	/* at once, 1 … 16 */
	uint32_t per_minute;	/* the server's pace; 0 as fast as it takes */
	const char *hello;	/* name given in EHLO */
};

void sender_setup_write(struct wire_out *out, const struct sender_setup *setup);
enum rc sender_setup_read(struct wire_in *in, struct sender_setup *setup,
	struct err *err);

/* The process itself: speaks with the engine on `socket` until it closes. */
enum rc sender_run(int socket, struct err *err);

#endif
