/* SPDX-License-Identifier: MIT */
/* mail/smtp_fault.h: why there is no connection, and what to do.
 *
 * Shapes   one line of UTF-8: where, what, and the cure after a semicolon
 * Owner    the arena's
 */
#ifndef MAIL_SMTP_FAULT_H
#define MAIL_SMTP_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "mail/server.h"
#include "mail/smtp.h"
#include "mail/smtp_reply.h"

struct arena;

struct smtp_situation {
	const struct server *server;	/* borrowed */
	const struct smtp_hello *hello;	/* borrowed */
	int code;		/* CURLcode */
	const char *why;	/* borrowed: libcurl's own words, or "" */
	long verified;		/* CURLINFO_SSL_VERIFYRESULT */
	bool timed_out, ending, no_auth;
};

const char *smtp_situation_words(struct arena *arena,
	const struct smtp_situation *now);
enum smtp_fault smtp_situation_fault(const struct smtp_situation *now);

/* Codes that speak of us and not of the letter: RFC 4954 §6. */
bool smtp_code_is_login(uint32_t code);
/* 421, and Microsoft's 4.3.2: fewer connections, or letters. */
bool smtp_reply_is_crowded(const struct smtp_reply *reply);
/* Its words, made harmless: one line of UTF-8. */
const char *smtp_reply_text(struct arena *arena,
	const struct smtp_reply *reply);

#endif
