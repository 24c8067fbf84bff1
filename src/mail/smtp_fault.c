/* SPDX-License-Identifier: MIT */
/* Faults of a connection in plain words, each with its cure. */
#include "mail/smtp_fault.h"

#include <curl/curl.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Bits of GnuTLS' gnutls_certificate_status_t (gnutls/gnutls.h), which
 * libcurl hands on; its header is not otherwise needed. */
#define CERT_SIGNER_NOT_FOUND (1L << 6)
#define CERT_NOT_ACTIVATED (1L << 9)
#define CERT_EXPIRED (1L << 10)

bool
smtp_code_is_login(uint32_t code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

bool
smtp_reply_is_crowded(const struct smtp_reply *reply)
{
	return reply->code == 421 || (reply->code / 100 == 4
	    && strstr(reply->words, " 4.3.2 ") != NULL);
}

const char *
smtp_reply_text(struct arena *arena, const struct smtp_reply *reply)
{
	return text_squeeze(arena, text_one_line(arena, text_repair(arena,
	    reply->words, reply->n)));
}

static bool
is_login(const struct smtp_situation *now)
{
	return now->no_auth || now->code == CURLE_LOGIN_DENIED
	    || (now->hello->refused
		&& smtp_code_is_login(now->hello->reply.code));
}

enum smtp_fault
smtp_situation_fault(const struct smtp_situation *now)
{
	if (now->hello->refused && smtp_reply_is_crowded(&now->hello->reply))
		return SMTP_FAULT_CROWDED;
	return is_login(now) ? SMTP_FAULT_LOGIN : SMTP_FAULT_AWAY;
}

static const char *
certificate_words(struct arena *arena, const struct smtp_situation *now)
{
	if ((now->verified & CERT_EXPIRED) != 0)
		return "its certificate has expired; the server's operator"
		    " must renew it";
	if ((now->verified & CERT_NOT_ACTIVATED) != 0)
		return "its certificate is not valid yet; check this"
		    " machine's clock";
	if ((now->verified & CERT_SIGNER_NOT_FOUND) != 0)
		return "its certificate is signed by an authority that we do"
		    " not know; set ca_file to that authority's certificate";
	if (strstr(now->why, "match") != NULL)
		return arena_printf(arena, "its certificate is for another"
		    " name (%s); set host to the name that it holds",
		    now->why);
	return arena_printf(arena, "its certificate is not good (%s)",
	    now->why);
}

static const char *
connect_words(struct arena *arena, const struct smtp_situation *now)
{
	switch ((CURLcode)now->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "no such host; check its name, and this machine's DNS";
	case CURLE_COULDNT_CONNECT:
		return "nobody answers there; check host, port and the"
		    " firewall";
	case CURLE_OPERATION_TIMEDOUT:
		return "no answer in time; check host, port and the firewall";
	case CURLE_USE_SSL_FAILED:
		return "it offers no TLS (STARTTLS), so nothing was said to"
		    " it; check port, or somebody stands between";
	case CURLE_SSL_CACERT_BADFILE:
		return "ca_file cannot be read, or holds no certificate";
	case CURLE_PEER_FAILED_VERIFICATION:
		return certificate_words(arena, now);
	case CURLE_SSL_CONNECT_ERROR:
		return arena_printf(arena, "TLS failed (%s); is the port one"
		    " of implicit TLS, and TLS 1.2 allowed there?", now->why);
	case CURLE_LOGIN_DENIED:
		return "the log-in is refused; check user and the secret";
	case CURLE_WEIRD_SERVER_REPLY:
		return arena_printf(arena, "it does not speak SMTP as it"
		    " should (%s); check port", now->why);
	default:
		return arena_printf(arena, "the connection broke (%s)",
		    *now->why != '\0' ? now->why
		    : curl_easy_strerror((CURLcode)now->code));
	}
}

const char *
smtp_situation_words(struct arena *arena, const struct smtp_situation *now)
{
	const char *said = smtp_reply_text(arena, &now->hello->reply);
	const char *at = arena_printf(arena, "smtp %s:%u", now->server->host,
	    (unsigned)now->server->port);

	if (now->no_auth)
		return arena_printf(arena, "%s: it offers no log-in that we"
		    " know; check port and auth", at);
	if (now->ending)
		return arena_printf(arena, "%s: given up, we are to stop",
		    at);
	if (now->hello->refused && is_login(now))
		return arena_printf(arena, "%s: the log-in is refused (%s);"
		    " check user and the secret", at, said);
	if (now->hello->refused)
		return arena_printf(arena, "%s: %s", at, said);
	if (now->timed_out)
		return arena_printf(arena, "%s: no answer in time; check host"
		    " and port", at);
	return arena_printf(arena, "%s: %s", at, connect_words(arena, now));
}
