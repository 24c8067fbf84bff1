/* SPDX-License-Identifier: MIT */
/* A connection by libcurl's CONNECT_ONLY, and reading and writing over it. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "mail/smtp_talk.h"

#include <curl/curl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "mail/oauth2.h"
#include "mail/smtp_fault.h"
#include "mail/smtp_letter.h"

#define TIMEOUT_S 60		/* for one answer, where none is configured */
#define LOOK_MS 1000		/* how often the owner is asked */
#define HEARD_BYTES 4096	/* a line longer than this is no SMTP */

struct smtp_talk {
	const struct server *server;	/* borrowed */
	const char *hello_name;		/* borrowed */
	struct oauth2 *oauth2;		/* borrowed; NULL */
	struct arena *own;		/* the token in use */
	const char *token;		/* in `own`; NULL */
	CURL *curl;			/* NULL: not connected */
	curl_socket_t socket;
	struct smtp_hello hello;
	char why[CURL_ERROR_SIZE];
	/* while connecting */
	const struct smtp_owner *owner;
	bool timed_out, ending;
	int64_t active_ms;		/* the last line, or letter */
	/* heard, and not yet read */
	char heard[HEARD_BYTES];
	size_t n_heard, at;
};

void
smtp_start(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		abort();
}

static int64_t
timeout_ms(const struct server *s)
{
	return (int64_t)1000 * (s->timeout_s != 0 ? s->timeout_s : TIMEOUT_S);
}

/* --- connecting ----------------------------------------------------------- */

static size_t
take_line(char *line, size_t size, size_t n, void *user)
{
	struct smtp_talk *talk = user;

	talk->active_ms = clock_ms();
	smtp_hello_line(&talk->hello, line, size * n);
	return size * n;
}

/* Called about once a second while libcurl waits for anything. */
static int
look_at_time(void *user, curl_off_t dt, curl_off_t dn, curl_off_t ut,
    curl_off_t un)
{
	struct smtp_talk *talk = user;

	(void)dt, (void)dn, (void)ut, (void)un;
	talk->timed_out = clock_ms() - talk->active_ms
	    >= timeout_ms(talk->server);
	talk->ending = talk->owner != NULL
	    && talk->owner->is_ending(talk->owner->owner);
	return talk->timed_out || talk->ending;
}

static enum rc
server_check(const struct smtp_talk *talk, struct err *err)
{
	const struct server *s = talk->server;

	if (s->host == NULL || !smtp_is_host(s->host))
		return fail(err, RC_STOP, "smtp host '%s': is no host's name",
		    s->host == NULL ? "" : s->host);
	if (talk->hello_name == NULL || !smtp_is_host(talk->hello_name))
		return fail(err, RC_STOP, "smtp: the name for EHLO, '%s', is"
		    " no host's name", talk->hello_name == NULL ? ""
		    : talk->hello_name);
	if (s->tls == SERVER_TLS_NONE && strcmp(s->host, "localhost") != 0
	    && strncmp(s->host, "127.", 4) != 0)
		return fail(err, RC_STOP, "smtp %s: without TLS only this"
		    " machine may be spoken to; set tls", s->host);
	if (s->auth != SERVER_AUTH_NONE
	    && (s->user == NULL || s->secret == NULL))
		return fail(err, RC_STOP, "smtp %s: user or the secret is"
		    " not set", s->host);
	return RC_OK;
}

static void
tls_set(CURL *curl, const struct server *s)
{
	curl_easy_setopt(curl, CURLOPT_USE_SSL, s->tls == SERVER_TLS_NONE
	    ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	if (s->ca_file != NULL) { /* only this authority, not one more */
		curl_easy_setopt(curl, CURLOPT_CAINFO, s->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
}

static void
login_set(CURL *curl, const struct server *s, const char *token)
{
	if (s->auth == SERVER_AUTH_NONE)
		return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, s->user);
	curl_easy_setopt(curl, CURLOPT_SASL_IR, 1L);
	if (s->auth == SERVER_AUTH_XOAUTH2) {
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, token);
		return;
	}
	curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS,
	    "AUTH=PLAIN;AUTH=LOGIN");
	curl_easy_setopt(curl, CURLOPT_PASSWORD, s->secret);
}

static void
curl_make(struct smtp_talk *talk, struct arena *arena)
{
	const struct server *s = talk->server;
	CURL *curl = curl_easy_init();

	if (curl == NULL)
		abort(); /* as base/arena */
	talk->curl = curl;
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(arena,
	    "%s://%s:%u/%s", s->tls == SERVER_TLS_IMPLICIT ? "smtps" : "smtp",
	    s->host, (unsigned)s->port, talk->hello_name));
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)timeout_ms(s));
	tls_set(curl, s);
	login_set(curl, s, talk->token);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, talk->why);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, talk);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_at_time);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, talk);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

static void
token_forget(struct smtp_talk *talk)
{
	if (talk->token != NULL)
		explicit_bzero((void *)(uintptr_t)talk->token,
		    strlen(talk->token));
	talk->token = NULL;
	arena_reset(talk->own);
}

/* The token in force; another one where ours was refused. */
static enum rc
token_load(struct smtp_talk *talk, struct arena *arena, bool refused,
    struct err *err)
{
	const char *token;
	enum rc rc;

	if (talk->server->auth != SERVER_AUTH_XOAUTH2)
		return RC_OK;
	rc = oauth2_get(talk->oauth2, arena, refused ? talk->token : NULL,
	    &token, err);
	if (rc != RC_OK)
		return rc;
	token_forget(talk);
	talk->token = arena_strdup(talk->own, token);
	explicit_bzero((void *)(uintptr_t)token, strlen(token));
	return RC_OK;
}

static CURLcode
perform(struct smtp_talk *talk, struct arena *arena)
{
	CURLcode code;

	curl_make(talk, arena);
	smtp_hello_open(&talk->hello);
	talk->why[0] = '\0';
	talk->timed_out = talk->ending = false;
	talk->active_ms = clock_ms();
	code = curl_easy_perform(talk->curl);
	if (code == CURLE_OK)
		code = curl_easy_getinfo(talk->curl, CURLINFO_ACTIVESOCKET,
		    &talk->socket);
	if (code == CURLE_OK && talk->socket == CURL_SOCKET_BAD)
		code = CURLE_COULDNT_CONNECT;
	return code;
}

static bool
is_refused(const struct smtp_talk *talk, CURLcode code)
{
	return code == CURLE_LOGIN_DENIED || (talk->hello.refused
	    && smtp_code_is_login(talk->hello.reply.code));
}

static enum rc
not_connected(struct smtp_talk *talk, struct arena *arena, CURLcode code,
    enum smtp_fault *fault, struct err *err)
{
	struct smtp_situation now = {
		.server = talk->server, .hello = &talk->hello,
		.code = (int)code, .why = talk->why,
		.timed_out = talk->timed_out, .ending = talk->ending,
		.no_auth = code == CURLE_OK,
	};

	curl_easy_getinfo(talk->curl, CURLINFO_SSL_VERIFYRESULT,
	    &now.verified);
	*fault = smtp_situation_fault(&now);
	(void)fail(err, RC_LATER, "%s", smtp_situation_words(arena, &now));
	smtp_talk_hang_up(talk, false);
	return RC_LATER;
}

enum rc
smtp_talk_connect(struct smtp_talk *talk, struct arena *arena,
    const struct smtp_owner *owner, enum smtp_fault *fault, struct err *err)
{
	CURLcode code;
	enum rc rc;

	*fault = SMTP_FAULT_LOGIN; /* of all that fails before a word */
	if ((rc = server_check(talk, err)) != RC_OK)
		return rc;
	if ((rc = token_load(talk, arena, false, err)) != RC_OK) {
		if (rc == RC_LATER)
			*fault = SMTP_FAULT_AWAY;
		return rc;
	}
	talk->owner = owner;
	code = perform(talk, arena);
	if (code != CURLE_OK && is_refused(talk, code)
	    && talk->token != NULL) {
		smtp_talk_hang_up(talk, false);
		if ((rc = token_load(talk, arena, true, err)) != RC_OK)
			return rc;
		code = perform(talk, arena);
	}
	talk->owner = NULL;
	talk->n_heard = talk->at = 0;
	/* libcurl goes on where no log-in is offered: we do not. */
	if (code != CURLE_OK || (talk->server->auth != SERVER_AUTH_NONE
	    && !talk->hello.logged_in))
		return not_connected(talk, arena, code, fault, err);
	*fault = SMTP_FAULT_NONE;
	return RC_OK;
}

bool
smtp_talk_is_open(const struct smtp_talk *talk)
{
	return talk->curl != NULL;
}

int64_t
smtp_talk_used_ms(const struct smtp_talk *talk)
{
	return talk->active_ms;
}

const struct smtp_hello *
smtp_talk_hello(const struct smtp_talk *talk)
{
	return &talk->hello;
}

/* --- talking -------------------------------------------------------------- */

/* Waits for the socket, and asks the owner now and then. */
static enum smtp_got
wait_socket(struct smtp_talk *talk, const struct smtp_owner *owner,
    short events, int64_t until_ms)
{
	struct pollfd p = { .fd = talk->socket, .events = events };
	int64_t left = until_ms - clock_ms();

	if (left <= 0)
		return SMTP_GOT_TIMEOUT;
	if (poll(&p, 1, left < LOOK_MS ? (int)left : LOOK_MS) == 0
	    && owner->is_ending(owner->owner))
		return SMTP_GOT_ENDING;
	return SMTP_GOT_IT;
}

enum smtp_got
smtp_talk_write(struct smtp_talk *talk, const struct smtp_owner *owner,
    const void *data, size_t n, int64_t until_ms, size_t *sent)
{
	const char *at = data;
	enum smtp_got got;

	*sent = 0;
	while (*sent < n) {
		size_t now = 0;
		CURLcode code = curl_easy_send(talk->curl, at + *sent,
		    n - *sent, &now);

		*sent += now;
		talk->active_ms = clock_ms();
		if (code == CURLE_OK && now > 0)
			continue;
		if (code != CURLE_OK && code != CURLE_AGAIN)
			return SMTP_GOT_GONE;
		got = wait_socket(talk, owner, POLLOUT, until_ms);
		if (got != SMTP_GOT_IT)
			return got;
	}
	return SMTP_GOT_IT;
}

/* More bytes behind those that are there. libcurl first: TLS may hold some
 * that no poll would tell of. */
static enum smtp_got
hear(struct smtp_talk *talk, const struct smtp_owner *owner,
    int64_t until_ms)
{
	enum smtp_got got;

	if (talk->at > 0) {
		memmove(talk->heard, talk->heard + talk->at,
		    talk->n_heard - talk->at);
		talk->n_heard -= talk->at;
		talk->at = 0;
	}
	if (talk->n_heard == sizeof talk->heard)
		return SMTP_GOT_GONE; /* a line without end */
	for (;;) {
		size_t n = 0;
		CURLcode code = curl_easy_recv(talk->curl,
		    talk->heard + talk->n_heard,
		    sizeof talk->heard - talk->n_heard, &n);

		if (code == CURLE_OK && n > 0) {
			talk->n_heard += n;
			talk->active_ms = clock_ms();
			return SMTP_GOT_IT;
		}
		if (code != CURLE_AGAIN)
			return SMTP_GOT_GONE;
		got = wait_socket(talk, owner, POLLIN, until_ms);
		if (got != SMTP_GOT_IT)
			return got;
	}
}

enum smtp_got
smtp_talk_read(struct smtp_talk *talk, const struct smtp_owner *owner,
    struct smtp_reply *reply, int64_t until_ms)
{
	enum smtp_got got;

	smtp_reply_open(reply);
	for (;;) {
		const char *line = talk->heard + talk->at;
		const char *end = memchr(line, '\n',
		    talk->n_heard - talk->at);
		enum smtp_line kind;

		if (end == NULL) {
			got = hear(talk, owner, until_ms);
			if (got != SMTP_GOT_IT) {
				reply->code = 0; /* not whole: none */
				return got;
			}
			continue;
		}
		talk->at += (size_t)(end - line) + 1;
		kind = smtp_reply_line(reply, line, (size_t)(end - line));
		if (kind == SMTP_LINE_LAST)
			return SMTP_GOT_IT;
		if (kind == SMTP_LINE_JUNK || clock_ms() >= until_ms) {
			reply->code = 0;
			return SMTP_GOT_GONE;
		}
	}
}

void
smtp_talk_hang_up(struct smtp_talk *talk, bool polite)
{
	size_t n;

	if (talk->curl == NULL)
		return;
	if (polite)
		(void)curl_easy_send(talk->curl, "QUIT\r\n", 6, &n);
	curl_easy_cleanup(talk->curl);
	talk->curl = NULL;
}

struct smtp_talk *
smtp_talk_open(const struct server *server, const char *hello,
    struct oauth2 *oauth2)
{
	struct smtp_talk *talk = calloc(1, sizeof *talk);

	if (talk == NULL)
		abort();
	talk->server = server;
	talk->hello_name = hello;
	talk->oauth2 = oauth2;
	talk->own = arena_open();
	return talk;
}

void
smtp_talk_close(struct smtp_talk **talk)
{
	if (*talk == NULL)
		return;
	smtp_talk_hang_up(*talk, true);
	token_forget(*talk);
	arena_close(&(*talk)->own);
	free(*talk);
	*talk = NULL;
}
