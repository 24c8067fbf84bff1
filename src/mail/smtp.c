/* SPDX-License-Identifier: MIT */
/* One letter at a time over one connection, by libcurl's easy interface: its
 * multi interface stands still for all while one final answer is awaited. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/clock.h"
#include "mail/oauth2.h"
#include "mail/smtp_fault.h"
#include "mail/smtp_letter.h"
#include "mail/smtp_reply.h"

#define TIMEOUT_S 60		/* for one answer, where none is configured */
#define FINAL_S 600L		/* RFC 5321 §4.5.3.2.6: ten minutes for the
				 * answer to the dot; less makes doubles */
#define QUIT_MS 2000		/* a server that ignores QUIT costs us no more */
#define IDLE_S 30L		/* servers close idle connections after 60 s
				 * and more; one reused too late is a 421 */

/* What made our own callbacks end a transfer. */
enum stop {
	STOP_NONE,
	STOP_WITHDRAWN,		/* the owner said no to the dot */
	STOP_TIMEOUT,
	STOP_ENDING,
	STOP_NO_AUTH,		/* libcurl would go on without log-in */
	STOP_NO_UTF8,
};

struct smtp {
	const struct server *server;	/* borrowed */
	const char *hello;		/* borrowed */
	struct oauth2 *oauth2;		/* borrowed; NULL */
	struct arena *arena;		/* emptied for each letter */
	struct arena *own;		/* the token in use */
	const char *token;		/* in `own`; NULL */
	CURL *curl;			/* NULL until the first letter */
	bool spent;			/* the next letter needs a new one */
	char why[CURL_ERROR_SIZE];
	struct smtp_replies replies;
	/* of the letter under way */
	const struct smtp_owner *owner;	/* NULL: a connection for `check` */
	const char *from;
	struct curl_slist *rcpt;	/* the recipient, and its echo */
	struct bytes bytes;
	size_t handed;
	bool needs_utf8, has_echo;
	bool begun;			/* the owner was told once */
	enum stop stop;
	int64_t active_ms;		/* the last line, or bytes taken */
	curl_off_t sent;
};

void
smtp_start(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		abort();
}

static size_t
take_line(char *line, size_t size, size_t n, void *user)
{
	struct smtp *smtp = user;

	n *= size;
	smtp->active_ms = clock_ms();
	return smtp_replies_line(&smtp->replies, line, n) ? n : 0;
}

/* The connection stands; the next thing said is MAIL. */
static int
before_mail(void *user, char *ip, char *local_ip, int port, int local_port)
{
	struct smtp *smtp = user;

	(void)ip, (void)local_ip, (void)port, (void)local_port;
	smtp_replies_begin(&smtp->replies);
	if (smtp->server->auth != SERVER_AUTH_NONE
	    && !smtp->replies.logged_in)
		smtp->stop = STOP_NO_AUTH;
	else if (smtp->needs_utf8 && !smtp->replies.smtputf8)
		smtp->stop = STOP_NO_UTF8;
	if (smtp->stop != STOP_NONE)
		return CURL_PREREQFUNC_ABORT;
	if (smtp->owner != NULL && !smtp->begun)
		smtp->owner->begin(smtp->owner->owner);
	smtp->begun = true;
	return CURL_PREREQFUNC_OK;
}

/* The letter's bytes. libcurl writes the dot once it has had them all, so the
 * piece that holds the last of them waits for the owner's word. */
static size_t
give_bytes(char *to, size_t size, size_t n, void *user)
{
	struct smtp *smtp = user;
	size_t left = smtp->bytes.n - smtp->handed;

	n *= size;
	if (n >= left) {
		n = left;
		if (n > 0 && !smtp->owner->may_dot(smtp->owner->owner)) {
			smtp->stop = STOP_WITHDRAWN;
			return CURL_READFUNC_ABORT;
		}
	}
	memcpy(to, smtp->bytes.data + smtp->handed, n);
	smtp->handed += n;
	smtp->active_ms = clock_ms();
	return n;
}

/* Called about once a second while libcurl waits for anything. */
static int
look_at_time(void *user, curl_off_t dt, curl_off_t dn, curl_off_t ut,
    curl_off_t sent)
{
	struct smtp *smtp = user;
	int64_t now = clock_ms(), wait_ms = (int64_t)1000
	    * (smtp->server->timeout_s != 0 ? smtp->server->timeout_s
		: TIMEOUT_S);

	(void)dt, (void)dn, (void)ut;
	if (sent != smtp->sent) {
		smtp->sent = sent;
		smtp->active_ms = now;
	}
	if (smtp->stop != STOP_NONE)
		return 1;
	if (smtp->replies.settled)
		wait_ms = QUIT_MS;
	else if (smtp->bytes.n > 0 && smtp->handed == smtp->bytes.n)
		wait_ms = FINAL_S * 1000;
	if (now - smtp->active_ms >= wait_ms)
		smtp->stop = STOP_TIMEOUT;
	else if (smtp->owner != NULL
	    && smtp->owner->is_ending(smtp->owner->owner))
		smtp->stop = STOP_ENDING;
	return smtp->stop != STOP_NONE;
}

/* QUIT is said, and its answer not awaited: libcurl would wait two minutes
 * for a server that gives none. */
static void
hang_up(struct smtp *smtp)
{
	curl_socket_t socket = CURL_SOCKET_BAD;

	if (smtp->curl == NULL)
		return;
	if (curl_easy_getinfo(smtp->curl, CURLINFO_ACTIVESOCKET, &socket)
	    == CURLE_OK && socket != CURL_SOCKET_BAD)
		(void)shutdown(socket, SHUT_RD);
	curl_easy_cleanup(smtp->curl);
	smtp->curl = NULL;
	smtp->spent = false;
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
login_set(CURL *curl, const struct server *s)
{
	if (s->auth == SERVER_AUTH_NONE)
		return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, s->user);
	curl_easy_setopt(curl, CURLOPT_SASL_IR, 1L);
	if (s->auth == SERVER_AUTH_XOAUTH2) {
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
		return;
	}
	curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS,
	    "AUTH=PLAIN;AUTH=LOGIN");
	curl_easy_setopt(curl, CURLOPT_PASSWORD, s->secret);
}

static enum rc
server_check(const struct smtp *smtp, struct err *err)
{
	const struct server *s = smtp->server;

	if (s->host == NULL || !smtp_is_host(s->host))
		return fail(err, RC_STOP, "smtp host '%s': is no host's name",
		    s->host == NULL ? "" : s->host);
	if (smtp->hello == NULL || !smtp_is_host(smtp->hello))
		return fail(err, RC_STOP, "smtp: the name for EHLO, '%s', is"
		    " no host's name", smtp->hello == NULL ? ""
		    : smtp->hello);
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
callbacks_set(CURL *curl, struct smtp *smtp)
{
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->why);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_at_time);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, before_mail);
	curl_easy_setopt(curl, CURLOPT_PREREQDATA, smtp);
}

static void
curl_make(struct smtp *smtp)
{
	const struct server *s = smtp->server;
	CURL *curl = curl_easy_init();

	if (curl == NULL)
		abort();
	smtp->curl = curl;
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(smtp->arena,
	    "%s://%s:%u/%s", s->tls == SERVER_TLS_IMPLICIT ? "smtps" : "smtp",
	    s->host, (unsigned)s->port, smtp->hello));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, s->timeout_s != 0
	    ? (long)s->timeout_s : (long)TIMEOUT_S);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, FINAL_S);
	curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, IDLE_S);
	tls_set(curl, s);
	login_set(curl, s);
	callbacks_set(curl, smtp);
}

static void
token_forget(struct smtp *smtp)
{
	if (smtp->token != NULL)
		explicit_bzero((void *)(uintptr_t)smtp->token,
		    strlen(smtp->token));
	smtp->token = NULL;
	arena_reset(smtp->own);
}

/* The token for this transfer; another one where `refused`. */
static enum rc
token_load(struct smtp *smtp, bool refused, struct err *err)
{
	const char *token;
	enum rc rc;

	if (smtp->server->auth != SERVER_AUTH_XOAUTH2)
		return RC_OK;
	rc = oauth2_get(smtp->oauth2, smtp->arena,
	    refused ? smtp->token : NULL, &token, err);
	if (rc != RC_OK)
		return rc;
	if (smtp->token == NULL || strcmp(token, smtp->token) != 0) {
		token_forget(smtp);
		smtp->token = arena_strdup(smtp->own, token);
		smtp->spent = true; /* its connection was the old one's */
	}
	explicit_bzero((void *)(uintptr_t)token, strlen(token));
	return RC_OK;
}

static void
letter_set(const struct smtp *smtp)
{
	CURL *curl = smtp->curl;

	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, smtp->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, smtp->rcpt);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS,
	    smtp->has_echo ? 1L : 0L);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)smtp->bytes.n);
}

/* One attempt. Lines, bytes and time come in by the callbacks above. libcurl
 * keeps a connection whose dot was refused, and Postfix then answers the next
 * MAIL with «nested MAIL command»; and a handle with two connections shows us
 * the lines of both, the 221 of the old one as the answer to our dot. So
 * after any failure all is made anew. */
static enum rc
perform(struct smtp *smtp, bool token_refused, CURLcode *code,
    struct err *err)
{
	enum rc rc;

	if ((rc = token_load(smtp, token_refused, err)) != RC_OK)
		return rc;
	if (smtp->spent)
		hang_up(smtp);
	if (smtp->curl == NULL)
		curl_make(smtp);
	if (smtp->token != NULL)
		curl_easy_setopt(smtp->curl, CURLOPT_XOAUTH2_BEARER,
		    smtp->token);
	if (smtp->owner != NULL)
		letter_set(smtp);
	else /* goes through log-in and stops */
		curl_easy_setopt(smtp->curl, CURLOPT_CONNECT_ONLY, 1L);
	smtp_replies_open(&smtp->replies, smtp->has_echo);
	smtp->handed = 0;
	smtp->stop = STOP_NONE;
	smtp->why[0] = '\0';
	smtp->active_ms = clock_ms();
	smtp->sent = 0;
	*code = curl_easy_perform(smtp->curl);
	smtp->spent = *code != CURLE_OK;
	return RC_OK;
}

/* A connection that the server closed while nobody spoke: its first MAIL
 * meets a 421, or nothing at all. */
static bool
was_stale(struct smtp *smtp)
{
	const struct smtp_replies *r = &smtp->replies;
	long made = 1;

	if (smtp->stop != STOP_NONE || r->phase != SMTP_PHASE_MAIL)
		return false;
	curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &made);
	return made == 0 && (!r->settled || r->code == 421);
}

static bool
token_was_refused(const struct smtp *smtp, CURLcode code)
{
	return smtp->server->auth == SERVER_AUTH_XOAUTH2
	    && smtp->replies.phase == SMTP_PHASE_HELLO
	    && (code == CURLE_LOGIN_DENIED || smtp->replies.code == 535);
}

static enum rc
transfer(struct smtp *smtp, CURLcode *code, struct err *err)
{
	enum rc rc;

	if ((rc = server_check(smtp, err)) != RC_OK)
		return rc;
	rc = perform(smtp, false, code, err);
	if (rc == RC_OK && *code != CURLE_OK && was_stale(smtp))
		rc = perform(smtp, false, code, err);
	if (rc == RC_OK && *code != CURLE_OK
	    && token_was_refused(smtp, *code))
		rc = perform(smtp, true, code, err);
	return rc;
}

/* The server's words, or ours where it said nothing. */
static void
words_set(struct smtp *smtp, struct smtp_answer *answer, CURLcode code)
{
	struct smtp_situation now = {
		.server = smtp->server, .replies = &smtp->replies,
		.code = (int)code, .why = smtp->why,
		.timed_out = smtp->stop == STOP_TIMEOUT,
		.ending = smtp->stop == STOP_ENDING,
		.no_auth = smtp->stop == STOP_NO_AUTH,
	};
	const char *text;

	curl_easy_getinfo(smtp->curl, CURLINFO_SSL_VERIFYRESULT,
	    &now.verified);
	if (smtp->stop == STOP_WITHDRAWN)
		text = "withdrawn before the final dot";
	else if (smtp->stop == STOP_NO_UTF8)
		text = "the server takes no addresses with other letters than"
		    " a-z (SMTPUTF8)";
	else
		text = smtp_situation_words(smtp->arena, &now);
	(void)snprintf(answer->text, sizeof answer->text, "%s",
	    text_cut(smtp->arena, text, sizeof answer->text - 1));
}

/* After 354: the first reply settles it, and without one the letter may have
 * been taken as soon as libcurl had its last byte. */
static enum smtp_verdict
verdict_after_354(const struct smtp *smtp)
{
	const struct smtp_replies *r = &smtp->replies;
	bool whole = smtp->handed == smtp->bytes.n;

	if (r->settled && r->code >= 500)
		return SMTP_REFUSED;
	if (r->settled && r->code >= 400)
		return SMTP_RETRY;
	if (!whole)
		return SMTP_RETRY;
	return r->settled && r->code / 100 == 2 ? SMTP_DELIVERED
	    : SMTP_UNCERTAIN;
}

static void
judge(const struct smtp *smtp, CURLcode code, struct smtp_answer *answer)
{
	const struct smtp_replies *r = &smtp->replies;

	answer->code = r->settled ? r->code : 0;
	answer->echo_refused = r->echo_refused;
	answer->fault = SMTP_FAULT_NONE;
	if (smtp->stop == STOP_WITHDRAWN)
		answer->verdict = SMTP_WITHDRAWN;
	else if (smtp->stop == STOP_NO_UTF8)
		answer->verdict = SMTP_REFUSED;
	else if (r->phase == SMTP_PHASE_BODY)
		answer->verdict = verdict_after_354(smtp);
	else if (r->phase != SMTP_PHASE_HELLO && r->settled && r->code >= 500
	    && !smtp_code_is_login(r->code))
		answer->verdict = SMTP_REFUSED;
	else
		answer->verdict = SMTP_RETRY;
	if (answer->verdict == SMTP_RETRY
	    || answer->verdict == SMTP_UNCERTAIN)
		answer->fault = smtp_fault_of(r, smtp->stop == STOP_NO_AUTH
		    || code == CURLE_LOGIN_DENIED);
}

/* Nothing was said to the server: the letter is bad (RC_PARK), there is no
 * token, or the configuration is none. */
static void
refuse(struct smtp_answer *answer, enum rc rc, const struct err *err)
{
	*answer = (struct smtp_answer){
		.verdict = rc == RC_PARK ? SMTP_REFUSED : SMTP_RETRY,
		.fault = rc == RC_PARK ? SMTP_FAULT_NONE
		    : rc == RC_LATER ? SMTP_FAULT_AWAY : SMTP_FAULT_LOGIN,
	};
	(void)snprintf(answer->text, sizeof answer->text, "%.*s",
	    (int)sizeof answer->text - 1, err->text);
}

/* The envelope, checked; the body, checked. What fails here is our mistake. */
static enum rc
letter_check(struct smtp *smtp, const struct smtp_letter *letter,
    struct err *err)
{
	struct smtp_address from = { .text = "" }, to, echo = { .text = NULL };
	enum rc rc;

	if (*letter->from != '\0' && (rc = smtp_address(smtp->arena,
	    letter->from, &from, err)) != RC_OK)
		return rc;
	if ((rc = smtp_address(smtp->arena, letter->to, &to, err)) != RC_OK)
		return rc;
	if (letter->echo != NULL && (rc = smtp_address(smtp->arena,
	    letter->echo, &echo, err)) != RC_OK)
		return rc;
	smtp->needs_utf8 = from.is_utf8 || to.is_utf8 || echo.is_utf8;
	rc = smtp_bytes(letter->bytes, smtp->needs_utf8, err);
	if (rc != RC_OK)
		return rc;
	smtp->from = from.text;
	smtp->has_echo = echo.text != NULL;
	smtp->rcpt = curl_slist_append(NULL, to.text);
	if (echo.text != NULL)
		smtp->rcpt = curl_slist_append(smtp->rcpt, echo.text);
	return RC_OK;
}

void
smtp_send(struct smtp *smtp, const struct smtp_letter *letter,
    const struct smtp_owner *owner, struct smtp_answer *answer)
{
	CURLcode code = CURLE_OK;
	struct err err = { .text = "" };
	enum rc rc;

	arena_reset(smtp->arena);
	smtp->owner = owner;
	smtp->bytes = letter->bytes;
	smtp->begun = false;
	if ((rc = letter_check(smtp, letter, &err)) == RC_OK)
		rc = transfer(smtp, &code, &err);
	if (rc == RC_OK) {
		judge(smtp, code, answer);
		words_set(smtp, answer, code);
	} else
		refuse(answer, rc, &err);
	curl_slist_free_all(smtp->rcpt);
	smtp->rcpt = NULL;
	smtp->owner = NULL;
	smtp->bytes = (struct bytes){ .data = NULL };
}

struct smtp *
smtp_open(const struct server *server, const char *hello,
    struct oauth2 *oauth2)
{
	struct smtp *smtp = calloc(1, sizeof *smtp);

	if (smtp == NULL)
		abort();
	smtp->server = server;
	smtp->hello = hello;
	smtp->oauth2 = oauth2;
	smtp->arena = arena_open();
	smtp->own = arena_open();
	return smtp;
}

void
smtp_close(struct smtp **smtp)
{
	if (*smtp == NULL)
		return;
	hang_up(*smtp);
	token_forget(*smtp);
	arena_close(&(*smtp)->arena);
	arena_close(&(*smtp)->own);
	free(*smtp);
	*smtp = NULL;
}

enum rc
smtp_check(struct arena *arena, const struct server *server,
    const char *hello, struct smtp_offer *offer, struct err *err)
{
	struct oauth2 *oauth2 = oauth2_open(server);
	struct smtp *smtp = smtp_open(server, hello, oauth2);
	const struct smtp_replies *r = &smtp->replies;
	struct smtp_answer answer;
	CURLcode code = CURLE_OK;
	enum rc rc = transfer(smtp, &code, err);

	if (rc == RC_OK && code == CURLE_OK && !r->logged_in
	    && server->auth != SERVER_AUTH_NONE)
		smtp->stop = STOP_NO_AUTH;
	if (rc == RC_OK && (code != CURLE_OK || smtp->stop != STOP_NONE)) {
		words_set(smtp, &answer, code);
		rc = fail(err, RC_LATER, "%s", answer.text);
	} else if (rc == RC_OK)
		*offer = (struct smtp_offer){
			.smtputf8 = r->smtputf8, .eight_bit = r->eight_bit,
			.auth = r->auth, .starttls = r->starttls,
			.size_max = r->size_max,
			.mechanisms = text_repair(arena, r->mechanisms,
			    strlen(r->mechanisms)),
		};
	smtp_close(&smtp);
	oauth2_close(&oauth2);
	return rc;
}
