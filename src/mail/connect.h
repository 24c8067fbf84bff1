/* SPDX-License-Identifier: MIT */
/* mail/connect.h: how libcurl is to reach a server, and what went wrong.
 *
 * Shapes   TLS is always verified, chain and name, TLS 1.2 at least; no
 *          proxy, no signal; SERVER_TLS_NONE only to a loopback address
 * Errors   every fault says what it is and what to do about it
 * Owner    the handle is the caller's; libcurl's own memory is wiped when it
 *          is freed (secrets lie in it)
 * Source   RFC 8314 §3; RFC 6125 (names); RFC 9051 §11.3
 */
#ifndef MAIL_CONNECT_H
#define MAIL_CONNECT_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/err.h"
#include "mail/server.h"

struct arena;

/* What kind of fault it was: it decides how soon to try again. */
enum connect_fault {
	CONNECT_AWAY,		/* the network, the server: try again soon */
	CONNECT_UNTRUSTED,	/* certificate or TLS: a person must act */
	CONNECT_REFUSED,	/* the log-in: many tries lock the account */
};

/* Starts libcurl, once in a process. */
enum rc connect_start(struct err *err);

/* Sets what is the same for every protocol: TLS, time limits, proxy. */
enum rc connect_prepare(CURL *curl, const struct server *server,
	struct err *err);

/* `scheme://host:port` for curl, the host in ASCII (RFC 5891). */
enum rc connect_url(struct arena *arena, const struct server *server,
	const char *scheme, const char *tls_scheme, const char **url,
	struct err *err);

/* The reason in words for a transfer that did not come as far as its
 * answer; `curl_said` is the handle's error buffer. Not for refused
 * log-ins, whose words the protocol knows. */
enum rc connect_failed(CURL *curl, CURLcode code, const struct server *server,
	const char *curl_said, enum connect_fault *fault, struct err *err);

#endif
