/* SPDX-License-Identifier: MIT */
/* mail/oauth2.h: a token from the mailbox's provider, by client credentials.
 *
 * Shapes   a token is printable ASCII, to be sent as XOAUTH2's bearer
 * Units    instants in UTC seconds
 * Errors   RC_LATER the provider is away, or answers what is no answer;
 *          RC_NONE it gives us no token (a wrong secret is for a person to
 *          mend: do not ask often); RC_STOP the configuration names no
 *          address to which a secret may go. All with the cure in the text
 * Owner    the arena's; a cache wipes its token when it is closed
 * Source   RFC 6749 §4.4 (the request), §5.1 and §5.2 (the answers)
 */
#ifndef MAIL_OAUTH2_H
#define MAIL_OAUTH2_H

#include <stdint.h>

#include "base/err.h"
#include "mail/server.h"

struct arena;

/* Asks server->token_url once. Secrets go by https alone (by http to
 * loopback), never along a redirect. `renew_at` is the instant after four
 * fifths of the token's life. server->ca_file, where set, is the only
 * authority for the provider's certificate, too. */
enum rc oauth2_token(struct arena *arena, const struct server *server,
	const char **token, int64_t *renew_at, struct err *err);

/* A token kept, for several threads. `server` is borrowed. */
struct oauth2;

struct oauth2 *oauth2_open(const struct server *server);
void oauth2_close(struct oauth2 **oauth2);

/* The token in force, a new one where it is old. `refused` (or NULL) is the
 * one that a mail server has just refused: it is not given again. */
enum rc oauth2_get(struct oauth2 *oauth2, struct arena *arena,
	const char *refused, const char **token, struct err *err);

#endif
