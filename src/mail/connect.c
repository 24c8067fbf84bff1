/* SPDX-License-Identifier: MIT */
/* Sets up a libcurl handle for a mail server, and puts its faults into words
 * that name the cure. */
#define _GNU_SOURCE /* explicit_bzero */
#include "mail/connect.h"

#include <arpa/inet.h>
#include <errno.h>
#include <idn2.h>
#include <malloc.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

#define CONNECT_S 30L /* a server that does not even take the call */

/* gnutls_certificate_status_t, which CURLINFO_SSL_VERIFYRESULT hands on. */
#define VERIFY_REVOKED (1L << 5)
#define VERIFY_NO_SIGNER (1L << 6)
#define VERIFY_NOT_YET (1L << 9)
#define VERIFY_EXPIRED (1L << 10)

/* libcurl copies passwords and tokens about: what it frees is wiped. */
static void
wiping_free(void *at)
{
	if (at != NULL)
		explicit_bzero(at, malloc_usable_size(at));
	free(at);
}

static void *
wiping_realloc(void *at, size_t n)
{
	size_t had = at == NULL ? 0 : malloc_usable_size(at);
	void *moved;

	if (at != NULL && n <= had && n > had / 2)
		return at;
	if ((moved = malloc(n)) == NULL)
		return NULL;
	if (at != NULL)
		memcpy(moved, at, had < n ? had : n);
	wiping_free(at);
	return moved;
}

enum rc
connect_start(struct err *err)
{
	static bool started;

	if (started)
		return RC_OK;
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free,
	    wiping_realloc, strdup, calloc) != 0)
		return fail(err, RC_STOP, "libcurl does not start");
	started = true;
	return RC_OK;
}

static bool
is_loopback(const struct sockaddr *addr)
{
	if (addr->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, addr, sizeof in);
		return ntohl(in.sin_addr.s_addr) >> 24 == 127;
	}
	if (addr->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, addr, sizeof in6);
		return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
	}
	return false;
}

/* Without TLS a password may not leave the machine, whatever the name
 * resolves to: asked of each address before it is called. */
static curl_socket_t
open_loopback(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)self;
	(void)purpose;
	if (!is_loopback(&address->addr)) {
		errno = EPERM;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype, address->protocol);
}

static bool
has_line_break(const char *text)
{
	return text != NULL && strpbrk(text, "\r\n") != NULL;
}

enum rc
connect_url(struct arena *arena, const struct server *server,
    const char *scheme, const char *tls_scheme, const char **url,
    struct err *err)
{
	const char *host = server->host;
	char *ascii = NULL;
	bool v6;
	int got;

	if (host == NULL || *host == '\0' || server->port == 0)
		return fail(err, RC_STOP, "no host or no port is configured");
	v6 = strchr(host, ':') != NULL;
	if (!v6) {
		got = idn2_to_ascii_8z(host, &ascii,
		    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
		if (got != IDN2_OK)
			return fail(err, RC_STOP,
			    "«%.200s» is no host name: %s", host,
			    idn2_strerror(got));
		host = arena_strdup(arena, ascii);
		idn2_free(ascii);
	}
	if (host[strspn(host, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:")] != '\0')
		return fail(err, RC_STOP, "«%.200s» is no host name",
		    server->host);
	*url = arena_printf(arena, v6 ? "%s://[%s]:%u" : "%s://%s:%u",
	    server->tls == SERVER_TLS_IMPLICIT ? tls_scheme : scheme, host,
	    (unsigned)server->port);
	return RC_OK;
}

enum rc
connect_prepare(CURL *curl, const struct server *server, struct err *err)
{
	long timeout_s = server->timeout_s == 0 ? 60
	    : (long)server->timeout_s;

	if (has_line_break(server->user) || has_line_break(server->secret))
		return fail(err, RC_STOP, "user or secret has a line break");
	/* CAINFO alone would add to the system's directory (LIBRARIES C1). */
	if (server->ca_file != NULL) {
		if (access(server->ca_file, R_OK) != 0)
			return fail(err, RC_STOP,
			    "%s: %s: the file of the certificate authority "
			    "cannot be read", server->ca_file,
			    strerror(errno));
		curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    server->tls == SERVER_TLS_NONE ? (long)CURLUSESSL_NONE
	    : (long)CURLUSESSL_ALL);
	if (server->tls == SERVER_TLS_NONE)
		curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION,
		    open_loopback);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
	    timeout_s < CONNECT_S ? timeout_s : CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout_s);
	return RC_OK;
}

static enum rc
certificate_failed(CURL *curl, const struct server *server,
    const char *curl_said, struct err *err)
{
	long bits = 0;

	curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &bits);
	if (strstr(curl_said, "does not match") != NULL)
		return fail(err, RC_LATER,
		    "the certificate is for another name than %s: use the "
		    "name that it was made for as host (%.160s)",
		    server->host, curl_said);
	if ((bits & VERIFY_EXPIRED) != 0)
		return fail(err, RC_LATER,
		    "the certificate of %s has expired: it must be renewed "
		    "on the server (or this machine's clock is wrong)",
		    server->host);
	if ((bits & VERIFY_NOT_YET) != 0)
		return fail(err, RC_LATER,
		    "the certificate of %s is not yet valid: look at this "
		    "machine's clock", server->host);
	if ((bits & VERIFY_REVOKED) != 0)
		return fail(err, RC_LATER,
		    "the certificate of %s was revoked", server->host);
	if ((bits & VERIFY_NO_SIGNER) != 0)
		return fail(err, RC_LATER,
		    "the certificate of %s comes from an authority that is "
		    "not trusted here: %s%s", server->host,
		    server->ca_file == NULL
		    ? "name the authority's file as ca_file"
		    : "it is not the one in ",
		    server->ca_file == NULL ? "" : server->ca_file);
	return fail(err, RC_LATER, "the certificate of %s is not accepted: "
	    "%.200s", server->host, curl_said);
}

static enum rc
call_failed(CURL *curl, const struct server *server, const char *curl_said,
    struct err *err)
{
	long number = 0;

	curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &number);
	if (number == ECONNREFUSED)
		return fail(err, RC_LATER, "%s refuses the connection on "
		    "port %u: is the port right, and does the server run?",
		    server->host, (unsigned)server->port);
	if (server->tls == SERVER_TLS_NONE && number != ENETUNREACH)
		return fail(err, RC_LATER, "%s is not on this machine: "
		    "without TLS only loopback is called; set tls to "
		    "implicit or starttls", server->host);
	return fail(err, RC_LATER, "no connection to %s port %u: %s",
	    server->host, (unsigned)server->port,
	    number != 0 ? strerror((int)number) : curl_said);
}

enum rc
connect_failed(CURL *curl, CURLcode code, const struct server *server,
    const char *curl_said, enum connect_fault *fault, struct err *err)
{
	if (curl_said == NULL || *curl_said == '\0')
		curl_said = curl_easy_strerror(code);
	*fault = CONNECT_AWAY;
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return fail(err, RC_LATER, "there is no host %s: look at its "
		    "spelling and at the name server", server->host);
	case CURLE_COULDNT_CONNECT:
		return call_failed(curl, server, curl_said, err);
	case CURLE_OPERATION_TIMEDOUT:
		return fail(err, RC_LATER, "no answer from %s port %u within "
		    "%u s: a firewall, or a port that expects %s?",
		    server->host, (unsigned)server->port,
		    (unsigned)server->timeout_s,
		    server->tls == SERVER_TLS_IMPLICIT
		    ? "starttls" : "implicit TLS");
	case CURLE_PEER_FAILED_VERIFICATION:
		*fault = CONNECT_UNTRUSTED;
		return certificate_failed(curl, server, curl_said, err);
	case CURLE_SSL_CACERT_BADFILE:
		*fault = CONNECT_UNTRUSTED;
		return fail(err, RC_LATER, "%s holds no certificate of an "
		    "authority in PEM form",
		    server->ca_file == NULL ? "the system's store"
		    : server->ca_file);
	case CURLE_USE_SSL_FAILED:
		*fault = CONNECT_UNTRUSTED;
		return fail(err, RC_LATER, "%s port %u offers no STARTTLS: "
		    "no password is sent without TLS; use the port with "
		    "implicit TLS, or repair the server", server->host,
		    (unsigned)server->port);
	case CURLE_SSL_CONNECT_ERROR:
		*fault = CONNECT_UNTRUSTED;
		return fail(err, RC_LATER, "no TLS 1.2 or newer with %s port "
		    "%u (%.160s)%s", server->host, (unsigned)server->port,
		    curl_said, server->tls == SERVER_TLS_IMPLICIT
		    ? ": does the port expect starttls?" : "");
	case CURLE_ABORTED_BY_CALLBACK:
		return fail(err, RC_NONE, "called off");
	default:
		return fail(err, RC_LATER, "%s port %u: %.200s",
		    server->host, (unsigned)server->port, curl_said);
	}
}
