/* SPDX-License-Identifier: MIT */
/* mail/smtp.h: one connection to a submission server, and what came of each
 * letter on it.
 *
 * Shapes   a connection belongs to one thread; it is made at the first letter,
 *          used again for the next, and made anew where the server closed it
 * Units    seconds and milliseconds as named; sizes in bytes
 * Errors   a letter has no error: it has a verdict, a fault and the words
 * Owner    the caller's; what an answer holds is inside it
 * Source   RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 1870 (SIZE);
 *          RFC 2920 (PIPELINING); RFC 6531 (SMTPUTF8). 8BITMIME (RFC
 *          6152) is not used: our letters are 7-bit
 */
#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "mail/server.h"

struct arena;
struct oauth2;
struct smtp;

#define SMTP_TEXT_BYTES 401	/* of the server's words: its new Message-ID
				 * (Microsoft 365) is among them */

enum smtp_verdict {
	SMTP_DELIVERED,		/* 2xx after the final dot */
	SMTP_RETRY,		/* 4xx, or the dot was never out */
	SMTP_REFUSED,		/* 5xx for this letter, or our own mistake */
	SMTP_UNCERTAIN,		/* the dot may be out, no answer came */
	SMTP_WITHDRAWN,		/* `ask` said no */
};

/* Why it failed, for the one who decides about the next letter. */
enum smtp_fault {
	SMTP_FAULT_NONE,	/* this letter's own affair */
	SMTP_FAULT_AWAY,	/* no connection, no TLS, it dropped */
	SMTP_FAULT_LOGIN,	/* not let in: trying often locks us out */
	SMTP_FAULT_CROWDED,	/* 421, 4.3.2: too many connections, or mails */
};

struct smtp_letter {
	const char *from;	/* "" the null sender */
	const char *to;
	const char *echo;	/* a second recipient, or NULL */
	struct bytes bytes;
};

struct smtp_answer {
	enum smtp_verdict verdict;
	enum smtp_fault fault;
	uint32_t code;		/* SMTP reply code; 0: the server never spoke
				 * of this letter */
	bool echo_refused;	/* the letter went, its echo did not */
	char text[SMTP_TEXT_BYTES];	/* UTF-8, one line */
};

/* What the connection asks its owner. `begin`: the server is there and we are
 * logged in, the letter is about to be said. `may_dot`: all but the last bytes
 * are out; waits for a decision, false withdraws the letter. `is_ending`: we
 * are to stop (looked at about once a second); what is out is finished within
 * that second or is uncertain. */
struct smtp_owner {
	void *owner;
	void (*begin)(void *owner);
	bool (*may_dot)(void *owner);
	bool (*is_ending)(void *owner);
};

/* `server`, `hello` and `oauth2` (NULL but for XOAUTH2) are borrowed. */
struct smtp *smtp_open(const struct server *server, const char *hello,
	struct oauth2 *oauth2);
/* Says QUIT, and does not wait for its answer. */
void smtp_close(struct smtp **smtp);

/* Once in the process, before the first thread. */
void smtp_start(void);

/* Sends one letter. A connection that the server closed while it was idle is
 * made anew within the call. */
void smtp_send(struct smtp *smtp, const struct smtp_letter *letter,
	const struct smtp_owner *owner, struct smtp_answer *answer);

/* What the server said of itself in EHLO. */
struct smtp_offer {
	bool smtputf8, eight_bit, auth, starttls;
	int64_t size_max;	/* 0: it did not say */
	const char *mechanisms;	/* "PLAIN LOGIN XOAUTH2"; "" */
};

/* For `raadspost check`: connects, verifies, logs in. The error names the
 * fault and the cure, RC_STOP where the configuration itself is wrong,
 * RC_LATER else. `fault` may be NULL. */
enum rc smtp_check(struct arena *arena, const struct server *server,
	const char *hello, struct smtp_offer *offer, enum smtp_fault *fault,
	struct err *err);

#endif
