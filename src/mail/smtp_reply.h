/* SPDX-License-Identifier: MIT */
/* mail/smtp_reply.h: what the server's lines mean, in their order.
 *
 * libcurl's own result does not tell whether a letter was taken: its code can
 * be stale after a drop. So each line is followed here, with the phase that
 * it answers; the first reply that settles the letter is kept, and what comes
 * after it (QUIT's 221) changes nothing.
 *
 * Shapes   lines as libcurl gives them, with their CRLF, never more than one
 * Errors   none: a line that is no reply settles nothing
 * Owner    plain memory, of fixed size
 * Source   RFC 5321 §4.2 (replies), §4.3.2 (which reply to which command)
 */
#ifndef MAIL_SMTP_REPLY_H
#define MAIL_SMTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SMTP_WORDS_BYTES 1000	/* of a reply of many lines */
#define SMTP_MECHANISMS_BYTES 200

enum smtp_phase {
	SMTP_PHASE_HELLO,	/* greeting, EHLO, STARTTLS, AUTH */
	SMTP_PHASE_MAIL,
	SMTP_PHASE_RCPT,
	SMTP_PHASE_ECHO,	/* the second recipient */
	SMTP_PHASE_DATA,
	SMTP_PHASE_BODY,	/* 354 was seen */
	SMTP_PHASES
};

struct smtp_replies {
	/* of the connection */
	bool logged_in, smtputf8, eight_bit, auth, starttls;
	int64_t size_max;
	char mechanisms[SMTP_MECHANISMS_BYTES];
	/* of the letter */
	enum smtp_phase phase;	/* whose reply comes next */
	bool settled;		/* `code` and `words` are the last word */
	bool has_echo, echo_refused;
	unsigned n_replies;	/* of this letter's transfer */
	uint32_t code;
	char words[SMTP_WORDS_BYTES];	/* bytes, "550 5.1.1 no such user" */
	/* of the reply that is coming */
	char coming[SMTP_WORDS_BYTES];
	size_t n_coming;
};

/* A new letter: on a connection to come, or on one that was used before. */
void smtp_replies_open(struct smtp_replies *replies, bool has_echo);

/* The connection stands and we are logged in: what follows answers MAIL. */
void smtp_replies_begin(struct smtp_replies *replies);

/* False where the transfer must end now: the recipient is refused, and
 * libcurl would go on for the echo alone. */
bool smtp_replies_line(struct smtp_replies *replies, const char *line,
	size_t n);

#endif
