/* SPDX-License-Identifier: MIT */
/* Client credentials for a token, by one POST; the answer is small JSON. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "mail/oauth2.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"

#define ANSWER_BYTES ((size_t)64 * 1024) /* a provider that babbles must not
					  * fill our memory; tokens are 2 kB */
#define WHY_BYTES 240		/* of the provider's own words, in an error */
#define LIFE_S 3600		/* where the answer does not say: RFC 6749
				 * §5.1 leaves it to be agreed; all give 1 h */
#define LIFE_MIN_S 1
#define LIFE_MAX_S 86400	/* longer would outlive a withdrawn secret */
#define TIMEOUT_S 30L

struct answer {
	char *data;		/* of ANSWER_BYTES + 1 */
	size_t n;
	bool too_large;
};

static size_t
take_answer(char *data, size_t size, size_t n, void *user)
{
	struct answer *answer = user;

	n *= size;
	if (n > ANSWER_BYTES - answer->n) {
		answer->too_large = true;
		return 0;
	}
	memcpy(answer->data + answer->n, data, n);
	answer->n += n;
	return n;
}

static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0
	    || (strncmp(host, "127.", 4) == 0
		&& host[strspn(host, "0123456789.")] == '\0');
}

/* Where the secret may go: https to anybody, http within this machine. */
static enum rc
url_check(const char *url, struct err *err)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL;
	bool good;

	good = parts != NULL && url != NULL
	    && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK
	    && curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
	    && curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK
	    && (strcmp(scheme, "https") == 0
		|| (strcmp(scheme, "http") == 0 && is_loopback(host)));
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(parts);
	return good ? RC_OK : fail(err, RC_STOP, "token address '%s': must"
	    " begin with https:// (the secret is sent there)",
	    url == NULL ? "" : url);
}

/* name=value&…, each value escaped (RFC 6749 §4.4.2). The caller wipes it. */
static enum rc
form_write(CURL *curl, struct arena *arena, const struct server *server,
    char **form, struct err *err)
{
	char *id = curl_easy_escape(curl, server->client_id, 0);
	char *secret = curl_easy_escape(curl, server->secret, 0);
	char *scope = server->scope == NULL ? NULL
	    : curl_easy_escape(curl, server->scope, 0);
	enum rc rc = RC_OK;

	if (id == NULL || secret == NULL)
		rc = fail(err, RC_LATER, "no memory for the token's request");
	else
		*form = arena_printf(arena, "grant_type=client_credentials"
		    "&client_id=%s&client_secret=%s%s%s", id, secret,
		    scope == NULL ? "" : "&scope=",
		    scope == NULL ? "" : scope);
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	curl_free(id);
	curl_free(secret);
	curl_free(scope);
	return rc;
}

/* Printable ASCII without spaces: it is put into a SASL message as it is. */
static bool
is_token(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			return false;
	return *text != '\0';
}

/* expires_in is a number; some providers write it as a text. */
static int64_t
life_s(const json_t *root)
{
	const json_t *in = json_object_get(root, "expires_in");
	int64_t s = LIFE_S;

	if (json_is_integer(in))
		s = json_integer_value(in);
	else if (json_is_string(in))
		s = strtoll(json_string_value(in), NULL, 10);
	if (s < LIFE_MIN_S)
		return LIFE_MIN_S;
	return s > LIFE_MAX_S ? LIFE_MAX_S : s;
}

/* RFC 6749 §5.2: `error` is one of few words, error_description is for the
 * person who configures; providers put several lines into it. */
static enum rc
refused(struct arena *arena, const char *url, long status, const json_t *root,
    struct err *err)
{
	const char *error = json_string_value(json_object_get(root, "error"));
	const char *why = json_string_value(json_object_get(root,
	    "error_description"));
	const char *cure = "";

	if (error == NULL)
		return fail(err, RC_LATER, "token from %s: answered %ld"
		    " without saying why", url, status);
	if (strcmp(error, "invalid_client") == 0
	    || strcmp(error, "unauthorized_client") == 0)
		cure = "; check client_id and the secret, which may have run"
		    " out";
	else if (strcmp(error, "invalid_scope") == 0)
		cure = "; check scope";
	why = why == NULL ? "" : text_squeeze(arena, text_one_line(arena,
	    text_cut(arena, why, WHY_BYTES)));
	return fail(err, RC_NONE, "token from %s: refused, %.40s%s%s%s", url,
	    text_one_line(arena, error), *why == '\0' ? "" : ": ", why, cure);
}

static enum rc
answer_read(struct arena *arena, const char *url, long status,
    const struct answer *answer, const char **token, int64_t *renew_at,
    struct err *err)
{
	json_t *root = json_loadb(answer->data, answer->n, 0, NULL);
	const char *got, *type;
	enum rc rc;

	if (!json_is_object(root)) {
		rc = fail(err, RC_LATER, "token from %s: answered %ld and no"
		    " JSON; is this the address of tokens?", url, status);
		goto out;
	}
	if (status != 200) {
		rc = refused(arena, url, status, root, err);
		goto out;
	}
	got = json_string_value(json_object_get(root, "access_token"));
	type = json_string_value(json_object_get(root, "token_type"));
	if (got == NULL || !is_token(got)
	    || (type != NULL && !text_equal_nocase(type, "Bearer"))) {
		rc = fail(err, RC_LATER, "token from %s: the answer holds no"
		    " bearer token", url);
		goto out;
	}
	*renew_at = clock_now() + life_s(root) * 4 / 5;
	*token = arena_strdup(arena, got);
	rc = RC_OK;
out:
	json_decref(root);
	return rc;
}

static enum rc
not_asked(const char *url, CURLcode code, const char *why,
    const struct answer *answer, struct err *err)
{
	if (answer->too_large)
		return fail(err, RC_LATER, "token from %s: the answer is"
		    " larger than %zu bytes", url, ANSWER_BYTES);
	return fail(err, RC_LATER, "token from %s: %s", url,
	    *why != '\0' ? why : curl_easy_strerror(code));
}

static void
options_set(CURL *curl, const struct server *server, const char *form,
    struct answer *answer, char *why)
{
	bool plain = strncmp(server->token_url, "http:", 5) == 0;

	curl_easy_setopt(curl, CURLOPT_URL, server->token_url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, plain ? "http"
	    : "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	if (server->ca_file != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, TIMEOUT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, server->timeout_s != 0
	    ? (long)server->timeout_s : TIMEOUT_S);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
}

enum rc
oauth2_token(struct arena *arena, const struct server *server,
    const char **token, int64_t *renew_at, struct err *err)
{
	char why[CURL_ERROR_SIZE] = "", *form = NULL;
	struct answer answer = { .data = NULL };
	CURL *curl = NULL;
	long status = 0;
	CURLcode code;
	enum rc rc;

	if (server->client_id == NULL || server->secret == NULL)
		return fail(err, RC_STOP, "token: client_id or the secret is"
		    " not set");
	if ((rc = url_check(server->token_url, err)) != RC_OK)
		return rc;
	answer.data = arena_alloc(arena, ANSWER_BYTES + 1);
	if ((curl = curl_easy_init()) == NULL)
		return fail(err, RC_LATER, "no memory for a connection");
	if ((rc = form_write(curl, arena, server, &form, err)) != RC_OK)
		goto out;
	options_set(curl, server, form, &answer, why);
	code = curl_easy_perform(curl);
	if (code != CURLE_OK) {
		rc = not_asked(server->token_url, code, why, &answer, err);
		goto out;
	}
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	rc = answer_read(arena, server->token_url, status, &answer, token,
	    renew_at, err);
out:
	curl_easy_cleanup(curl);
	if (form != NULL)
		explicit_bzero(form, strlen(form));
	explicit_bzero(answer.data, answer.n);
	return rc;
}

struct oauth2 {
	const struct server *server;	/* borrowed */
	pthread_mutex_t lock;
	struct arena *arena;		/* holds the token, and nothing else */
	char *token;
	int64_t renew_at;
};

struct oauth2 *
oauth2_open(const struct server *server)
{
	struct oauth2 *oauth2 = calloc(1, sizeof *oauth2);

	if (oauth2 == NULL)
		abort(); /* as arena_open: without memory the process ends */
	oauth2->server = server;
	oauth2->arena = arena_open();
	(void)pthread_mutex_init(&oauth2->lock, NULL);
	return oauth2;
}

static void
forget(struct oauth2 *oauth2)
{
	if (oauth2->token != NULL)
		explicit_bzero(oauth2->token, strlen(oauth2->token));
	oauth2->token = NULL;
	arena_reset(oauth2->arena);
}

void
oauth2_close(struct oauth2 **oauth2)
{
	if (*oauth2 == NULL)
		return;
	forget(*oauth2);
	arena_close(&(*oauth2)->arena);
	(void)pthread_mutex_destroy(&(*oauth2)->lock);
	free(*oauth2);
	*oauth2 = NULL;
}

/* The lock is held while the provider is asked: the threads that wait get
 * the same new token, and it is asked once. */
enum rc
oauth2_get(struct oauth2 *oauth2, struct arena *arena, const char *refused,
    const char **token, struct err *err)
{
	const char *fresh;
	int64_t renew_at;
	enum rc rc = RC_OK;

	(void)pthread_mutex_lock(&oauth2->lock);
	if (oauth2->token == NULL || clock_now() >= oauth2->renew_at
	    || (refused != NULL && strcmp(oauth2->token, refused) == 0)) {
		forget(oauth2);
		rc = oauth2_token(oauth2->arena, oauth2->server, &fresh,
		    &renew_at, err);
		if (rc == RC_OK) {
			oauth2->renew_at = renew_at;
			oauth2->token = arena_strdup(oauth2->arena, fresh);
		}
	}
	if (rc == RC_OK)
		*token = arena_strdup(arena, oauth2->token);
	(void)pthread_mutex_unlock(&oauth2->lock);
	return rc;
}
