/* SPDX-License-Identifier: MIT */
/* Logs in to an IMAP server, and says in plain words why it could not. */
#define _GNU_SOURCE /* explicit_bzero, strcasestr */
#include "mail/imap_login.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "mail/connect.h"
#include "mail/oauth2.h"

#define MAX_LINES 500 /* a server that greets without end */

/* What the server said until the log-in was done. */
struct heard {
	char bye[200], refusal[200];
	bool plain, login, disabled, xoauth2, starttls, imap;
	bool tried;		/* the log-in was answered */
	unsigned lines;
};

static void
keep(char *to, size_t size, const char *from, size_t n)
{
	if (n >= size)
		n = size - 1;
	while (n > 0 && (from[n - 1] == '\r' || from[n - 1] == '\n'))
		n--;
	memcpy(to, from, n);
	to[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)to[i] < ' ' || (unsigned char)to[i] > '~')
			to[i] = '?';
}

static bool
has_word(const char *line, const char *word)
{
	const char *at = strcasestr(line, word);
	size_t n = strlen(word);

	return at != NULL && (at[n] == ' ' || at[n] == '\0' || at[n] == ']');
}

static void
hear_capability(struct heard *heard, const char *line)
{
	heard->plain = has_word(line, "AUTH=PLAIN");
	heard->login = has_word(line, "AUTH=LOGIN");
	heard->xoauth2 = has_word(line, "AUTH=XOAUTH2");
	heard->disabled = has_word(line, "LOGINDISABLED");
	heard->starttls = has_word(line, "STARTTLS");
}

static size_t
hear(char *data, size_t size, size_t n, void *self)
{
	struct heard *heard = self;
	char line[1024];

	n *= size;
	if (++heard->lines > MAX_LINES)
		return 0;
	keep(line, sizeof line, data, n);
	if (strncasecmp(line, "* BYE", 5) == 0)
		keep(heard->bye, sizeof heard->bye, line + 5,
		    strlen(line + 5));
	else if (strncasecmp(line, "* CAPABILITY", 12) == 0)
		hear_capability(heard, line);
	/* An IMAP server speaks first, and untagged (RFC 9051 §7.1.4). */
	if (line[0] != '*' && !heard->imap)
		return 0;
	if (line[0] == '*')
		heard->imap = true;
	else if (line[0] != '+') {
		const char *word = strchr(line, ' ');

		if (word != NULL && (strncasecmp(word, " NO", 3) == 0
		    || strncasecmp(word, " BAD", 4) == 0)) {
			heard->tried = true;
			keep(heard->refusal, sizeof heard->refusal, word + 1,
			    strlen(word + 1));
		}
	}
	return n;
}

static int
watched(void *self, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct imap_watch *watch = self;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return watch->go_on(watch->self) ? 0 : 1;
}

static enum rc
login_refused(const struct server *server, const struct heard *heard,
    struct err *err)
{
	const char *said = heard->refusal[0] != '\0' ? heard->refusal
	    : heard->bye[0] != '\0' ? heard->bye : "no reason given";

	if (heard->disabled && !heard->plain && !heard->login)
		return fail(err, RC_LATER, "%s allows no log-in on port %u "
		    "(LOGINDISABLED)%s", server->host,
		    (unsigned)server->port, server->tls == SERVER_TLS_NONE
		    ? ": set tls to starttls or implicit"
		    : ": ask for basic authentication, or use xoauth2");
	if (server->auth == SERVER_AUTH_XOAUTH2) {
		if (!heard->xoauth2)
			return fail(err, RC_LATER, "%s takes no XOAUTH2: set "
			    "auth to password", server->host);
		return fail(err, RC_LATER, "%s refuses the token for %s "
		    "(%.120s): has the application the right "
		    "IMAP.AccessAsApp, and its service principal access to "
		    "this mailbox?", server->host, server->user, said);
	}
	if (!heard->tried && heard->xoauth2 && !heard->plain)
		return fail(err, RC_LATER, "%s takes no password: set auth "
		    "to xoauth2", server->host);
	return fail(err, RC_LATER, "%s refuses the log-in of %s (%.160s): "
	    "look at user and password", server->host, server->user, said);
}

/* A refusal for now, which says nothing of user or password (RFC 5530 §3):
 * to wait ten minutes for it would be too long. */
static bool
is_passing(const struct heard *heard)
{
	static const char *const codes[] = { "[UNAVAILABLE]", "[INUSE]",
		"[LIMIT]", "[SERVERBUG]" };

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcasestr(heard->refusal, codes[i]) != NULL)
			return true;
	return false;
}

static void
set_secret(CURL *curl, const struct server *server, const char *token,
    const char *mechanism)
{
	curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
	if (server->auth == SERVER_AUTH_XOAUTH2) {
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, token);
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
	} else {
		curl_easy_setopt(curl, CURLOPT_PASSWORD, server->secret);
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, mechanism);
	}
}

static void
forget_secret(CURL *curl)
{
	curl_easy_setopt(curl, CURLOPT_USERNAME, NULL);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, NULL);
	curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, NULL);
}

static enum rc
fault_in_words(CURL *curl, CURLcode code, const struct server *server,
    const struct heard *heard, const char *curl_said, enum imap_fault *fault,
    struct err *err)
{
	enum connect_fault kind;
	enum rc rc;

	if (code == CURLE_LOGIN_DENIED && is_passing(heard)) {
		*fault = IMAP_FAULT_AWAY;
		return fail(err, RC_LATER, "%s lets nobody in for now "
		    "(%.160s)", server->host, heard->refusal);
	}
	if (code == CURLE_LOGIN_DENIED) {
		*fault = IMAP_FAULT_REFUSED;
		return login_refused(server, heard, err);
	}
	*fault = IMAP_FAULT_AWAY;
	if (heard->bye[0] != '\0')
		return fail(err, RC_LATER, "%s says goodbye:%.200s",
		    server->host, heard->bye);
	if (code == CURLE_WEIRD_SERVER_REPLY && heard->imap)
		return fail(err, RC_LATER, "%s port %u breaks the rules of "
		    "IMAP (%.160s): somebody may be in between",
		    server->host, (unsigned)server->port, curl_said);
	if (code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_WRITE_ERROR)
		return fail(err, RC_LATER, "%s port %u does not speak IMAP: "
		    "is the port right?", server->host,
		    (unsigned)server->port);
	rc = connect_failed(curl, code, server, curl_said, &kind, err);
	if (kind == CONNECT_UNTRUSTED)
		*fault = IMAP_FAULT_UNTRUSTED;
	return rc;
}

static enum rc
login_once(struct arena *arena, const struct server *server,
    const struct imap_watch *watch, const char *token, const char *mechanism,
    CURL **curl, struct heard *heard, enum imap_fault *fault, struct err *err)
{
	char curl_said[CURL_ERROR_SIZE] = "";
	const char *url;
	CURLcode code;
	CURL *c;
	enum rc rc;

	*fault = IMAP_FAULT_AWAY;
	memset(heard, 0, sizeof *heard);
	if ((rc = connect_url(arena, server, "imap", "imaps", &url, err))
	    != RC_OK)
		return rc;
	if ((c = curl_easy_init()) == NULL)
		return fail(err, RC_STOP, "libcurl gives no handle");
	if ((rc = connect_prepare(c, server, err)) != RC_OK) {
		curl_easy_cleanup(c);
		return rc;
	}
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	curl_easy_setopt(c, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, curl_said);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, heard);
	curl_easy_setopt(c, CURLOPT_SASL_IR, 1L);
	/* The whole of it, so that a server that drips ends too. */
	curl_easy_setopt(c, CURLOPT_TIMEOUT,
	    2L * (server->timeout_s == 0 ? 60 : (long)server->timeout_s));
	if (watch != NULL && watch->go_on != NULL) {
		curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
		curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watched);
		curl_easy_setopt(c, CURLOPT_XFERINFODATA, watch);
	}
	set_secret(c, server, token, mechanism);
	code = curl_easy_perform(c);
	forget_secret(c);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, NULL);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, NULL);
	if (code == CURLE_OK) {
		*curl = c;
		return RC_OK;
	}
	rc = fault_in_words(c, code, server, heard, curl_said, fault, err);
	curl_easy_cleanup(c);
	return rc;
}

static enum rc
login_password(struct arena *arena, const struct server *server,
    const struct imap_watch *watch, CURL **curl, enum imap_fault *fault,
    struct err *err)
{
	struct heard heard;
	enum rc rc;

	/* Named, since else curl prefers NTLM or CRAM-MD5 where offered, and
	 * a server's faulty offer would end it. */
	rc = login_once(arena, server, watch, NULL, "AUTH=PLAIN;AUTH=LOGIN",
	    curl, &heard, fault, err);
	if (rc != RC_LATER || *fault != IMAP_FAULT_REFUSED || heard.plain
	    || heard.login || heard.disabled || heard.tried)
		return rc;
	/* Whatever it has: the LOGIN command where it knows no SASL. */
	return login_once(arena, server, watch, NULL, NULL, curl, &heard,
	    fault, err);
}

static enum rc
login_token(struct arena *arena, const struct server *server,
    const struct imap_watch *watch, CURL **curl, enum imap_fault *fault,
    struct err *err)
{
	struct heard heard;
	const char *token;
	int64_t expires_at;
	enum rc rc;

	*fault = IMAP_FAULT_AWAY;
	if ((rc = oauth2_token(arena, server, &token, &expires_at, err))
	    != RC_OK) {
		/* A refused secret is a refused log-in. */
		if (rc == RC_PARK || rc == RC_STOP)
			*fault = IMAP_FAULT_REFUSED;
		return rc == RC_PARK ? RC_LATER : rc;
	}
	rc = login_once(arena, server, watch, token, NULL, curl, &heard,
	    fault, err);
	explicit_bzero((void *)(uintptr_t)token, strlen(token));
	return rc;
}

enum rc
imap_login(struct arena *arena, const struct server *server,
    const struct imap_watch *watch, CURL **curl, enum imap_fault *fault,
    struct err *err)
{
	enum rc rc;

	*fault = IMAP_FAULT_AWAY;
	if ((rc = connect_start(err)) != RC_OK)
		return rc;
	return server->auth == SERVER_AUTH_XOAUTH2
	    ? login_token(arena, server, watch, curl, fault, err)
	    : login_password(arena, server, watch, curl, fault, err);
}
