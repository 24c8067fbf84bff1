/* SPDX-License-Identifier: MIT */
/* mail/server.h: how to reach a mail server, and who we are there.
 *
 * Shapes   the same for IMAP and SMTP; written and read as a frame's payload
 * Errors   server_read: RC_STOP for a payload that is none
 * Owner    the texts live in the arena; the one who holds a secret wipes it
 *          (explicit_bzero) when it is no longer needed
 */
#ifndef MAIL_SERVER_H
#define MAIL_SERVER_H

#include <stdint.h>

#include "base/err.h"
#include "base/wire.h"

enum server_tls {
	SERVER_TLS_IMPLICIT,	/* 993, 465 */
	SERVER_TLS_STARTTLS,	/* 143, 587: refused where it is missing */
	SERVER_TLS_NONE,	/* loopback only; check warns */
};

enum server_auth {
	SERVER_AUTH_NONE,	/* SMTP relay that knows us by address */
	SERVER_AUTH_PASSWORD,
	SERVER_AUTH_XOAUTH2,	/* client credentials, RFC 6749 §4.4 */
};

struct server {
	const char *host;
	uint16_t port;
	enum server_tls tls;
	const char *ca_file;	/* PEM; NULL the system's */
	enum server_auth auth;
	const char *user;
	const char *secret;	/* password, or the client's secret */
	/* SERVER_AUTH_XOAUTH2 */
	const char *token_url;	/* https only (http on loopback in tests) */
	const char *client_id;
	const char *scope;
	uint32_t timeout_s;	/* for one answer of the server */
};

void server_write(struct wire_out *out, const struct server *server);
enum rc server_read(struct wire_in *in, struct server *server,
	struct err *err);

#endif
