/* SPDX-License-Identifier: MIT */
/* mail/smtp_reply.h: what a server's lines say.
 *
 * Shapes   a reply is one line or many, its words put behind each other;
 *          lines come with or without their CRLF
 * Errors   none: a line that is no reply is junk
 * Owner    plain memory, of fixed size
 * Source   RFC 5321 §4.2 (replies), §4.1.1.1 (EHLO); RFC 4954 §6 (235)
 */
#ifndef MAIL_SMTP_REPLY_H
#define MAIL_SMTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SMTP_WORDS_BYTES 1000	/* of a reply of many lines */
#define SMTP_MECHANISMS_BYTES 200

struct smtp_reply {
	uint32_t code;		/* 0: none yet */
	size_t n;
	char words[SMTP_WORDS_BYTES];	/* bytes, "550 5.1.1 no such user" */
};

enum smtp_line {
	SMTP_LINE_JUNK,
	SMTP_LINE_MORE,		/* others follow */
	SMTP_LINE_LAST,		/* the reply is whole */
};

void smtp_reply_open(struct smtp_reply *reply);
enum smtp_line smtp_reply_line(struct smtp_reply *reply, const char *line,
	size_t n);

/* What happened up to log-in: the last offer, and the first refusal. */
struct smtp_hello {
	bool logged_in, smtputf8, eight_bit, pipelining, size, auth, starttls;
	int64_t size_max;
	char mechanisms[SMTP_MECHANISMS_BYTES];
	bool refused;		/* `reply` is why */
	struct smtp_reply reply;	/* the one under way; the refusal */
};

void smtp_hello_open(struct smtp_hello *hello);
void smtp_hello_line(struct smtp_hello *hello, const char *line, size_t n);

#endif
