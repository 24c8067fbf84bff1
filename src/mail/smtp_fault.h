/* SPDX-License-Identifier: MIT */
/* mail/smtp_fault.h: what went wrong with a connection, and what to do.
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
	const struct smtp_replies *replies;	/* borrowed */
	int code;		/* CURLcode */
	const char *why;	/* borrowed: libcurl's own words, or "" */
	long verified;		/* CURLINFO_SSL_VERIFYRESULT */
	bool timed_out, ending, no_auth;
};

/* The server's own words where it settled the letter; else ours. */
const char *smtp_situation_words(struct arena *arena,
	const struct smtp_situation *now);

/* Codes that speak of us and not of the letter: RFC 4954 §6. */
bool smtp_code_is_login(uint32_t code);

/* Whose fault it is that a letter could not go now. */
enum smtp_fault smtp_fault_of(const struct smtp_replies *replies,
	bool no_login);

#endif
