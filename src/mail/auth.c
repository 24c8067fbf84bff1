/* SPDX-License-Identifier: MIT */
/* Authentication-Results, read by its grammar and believed by its place. */
#include "mail/auth.h"

#include <string.h>

#include "base/arena.h"
#include "mail/address.h"
#include "mail/auth_results.h"

#define MAX_FIELDS 20	/* fields of ours that are read */

/* --- domains ----------------------------------------------------------- */

/* Names under which strangers register: second levels of country domains.
 * What is missing here can only be too strict for others, since alignment
 * needs the same name then. */
static bool
is_public_suffix(const char *domain)
{
	static const char *const second[] = { "co", "com", "org", "net",
		"gov", "ac", "edu", "or", "ne", "go", "mil", "gob", "nom",
		"ltd", "plc", "sch", "nhs", "police", "web", "info", "firm",
		"asso", "gouv", "k12", "id" };
	const char *dot = strchr(domain, '.');

	if (dot == NULL)
		return true;
	if (strchr(dot + 1, '.') != NULL || strlen(dot + 1) != 2)
		return false;
	for (size_t i = 0; i < sizeof second / sizeof *second; i++)
		if (strlen(second[i]) == (size_t)(dot - domain)
		    && strncmp(domain, second[i], strlen(second[i])) == 0)
			return true;
	return false;
}

/* RFC 7489 §3.1, relaxed, with the organisational domain taken as the
 * shorter of the two names. */
static bool
is_aligned(const char *a, const char *b)
{
	const char *longer = strlen(a) >= strlen(b) ? a : b;
	const char *shorter = longer == a ? b : a;
	size_t n = strlen(longer), k = strlen(shorter);

	if (k == 0)
		return false;
	if (n == k)
		return text_equal_nocase(a, b);
	return longer[n - k - 1] == '.' && !is_public_suffix(shorter)
	    && text_equal_nocase(longer + n - k, shorter);
}

static bool
is_same_domain(const char *value, const char *domain)
{
	return value != NULL
	    && text_equal_nocase(address_domain(value), domain);
}

/* --- DKIM: does the signature cover what we read? ---------------------- */

static const char *
tag_read(struct arena *arena, const char *value, const char *tag)
{
	size_t n = strlen(tag);

	for (const char *p = value; p != NULL && *p != '\0';
	    p = strchr(p, ';')) {
		const char *eq;

		p += strspn(p, "; \t");
		if (strncmp(p, tag, n) != 0)
			continue;
		eq = p + n + strspn(p + n, " \t");
		if (*eq == '=')
			return text_trim(arena, arena_strndup(arena, eq + 1,
			    strcspn(eq + 1, ";")));
	}
	return NULL;
}

/* h= is names apart by colons (RFC 6376 §3.5). */
static bool
names_have(const char *h, const char *name)
{
	size_t n = strlen(name);

	while (*h != '\0') {
		h += strspn(h, ": \t");
		if (text_starts_nocase(h, name)
		    && (h[n] == '\0' || strchr(": \t", h[n]) != NULL))
			return true;
		h += strcspn(h, ":");
	}
	return false;
}

enum signature { SIGNATURE_ABSENT, SIGNATURE_WHOLE, SIGNATURE_PARTIAL };

/* THREATS 5: a signature with l= lets anybody append, one that leaves out
 * From, Subject or Content-Type lets anybody change what is shown. Mails
 * whose signature field was taken off on the way keep their result. */
static enum signature
signature_of(struct arena *arena, const struct mail_header *headers, size_t n,
    const char *domain)
{
	enum signature found = SIGNATURE_ABSENT;

	for (size_t i = 0; i < n; i++) {
		const char *d, *h;

		if (!text_equal_nocase(headers[i].name, "DKIM-Signature"))
			continue;
		d = tag_read(arena, headers[i].value, "d");
		h = tag_read(arena, headers[i].value, "h");
		if (d == NULL || !is_aligned(d, domain))
			continue;
		if (h != NULL && names_have(h, "from")
		    && names_have(h, "subject")
		    && names_have(h, "content-type")
		    && tag_read(arena, headers[i].value, "l") == NULL)
			return SIGNATURE_WHOLE;
		found = SIGNATURE_PARTIAL;
	}
	return found;
}

/* --- where our house begins -------------------------------------------- */

/* The word after `keyword` in a Received (RFC 5321 §4.4), and with `rest`
 * what follows it. Comments before it are skipped. */
static const char *
clause_read(struct arena *arena, const char *value, const char *keyword,
    const char **rest)
{
	size_t n = strlen(keyword);
	const char *p = auth_skip_cfws(value);

	while (*p != '\0' && *p != ';') {
		size_t k = strcspn(p, " \t(;");

		if (k == n && text_starts_nocase(p, keyword)) {
			p = auth_skip_cfws(p + k);
			k = strcspn(p, " \t(;");
			*rest = p + k;
			return text_lower(arena, arena_strndup(arena, p, k));
		}
		p = auth_skip_cfws(p + (k == 0 ? 1 : k));
	}
	return NULL;
}

static bool
is_own_host(const struct auth_trust *trust, const char *host)
{
	if (host == NULL)
		return false;
	if (trust->n_hosts == 0)
		return text_equal_nocase(host, trust->authserv_id);
	for (size_t i = 0; i < trust->n_hosts; i++)
		if (text_equal_nocase(host, trust->hosts[i]))
			return true;
	return text_equal_nocase(host, trust->authserv_id);
}

/* A hop within the house: written by our host, and the other end is our
 * host by its address, or speaks LMTP, which no stranger can. What the other
 * end calls itself (the HELO) is not asked: «from NAME (dns [address])». */
static bool
is_inner_hop(struct arena *arena, const struct auth_trust *trust,
    const char *value)
{
	const char *rest, *with, *from;

	if (!is_own_host(trust, clause_read(arena, value, "by", &rest)))
		return false;
	with = clause_read(arena, value, "with", &rest);
	if (with != NULL && text_starts(with, "lmtp"))
		return true;
	from = clause_read(arena, value, "from", &rest);
	if (from == NULL)
		return true; /* picked up on the host itself */
	rest += strspn(rest, " \t");
	if (*rest != '(')
		return false;
	for (rest++; *rest == ' '; rest++)
		;
	if (text_starts(rest, "localhost [127.0.0.1]")
	    || text_starts(rest, "[127.0.0.1]")
	    || text_starts(rest, "localhost [::1]")
	    || text_starts(rest, "localhost [IPv6:::1]")
	    || text_starts(rest, "[IPv6:::1]"))
		return true;
	return is_own_host(trust, text_lower(arena, arena_strndup(arena,
	    rest, strcspn(rest, " \t)"))));
}

/* The number of fields from the top that our house wrote. */
static size_t
own_fields(struct arena *arena, const struct auth_trust *trust,
    const struct mail_header *headers, size_t n)
{
	size_t i = 0;

	while (i < n && !(text_equal_nocase(headers[i].name, "Received")
	    && !is_inner_hop(arena, trust, headers[i].value)))
		i++;
	if (!trust->is_below || i == n)
		return i;
	/* Results below the Received by which it came in: up to the next
	 * field that is neither a result nor a filter's note. */
	{
		const char *rest;

		if (!is_own_host(trust, clause_read(arena, headers[i].value,
		    "by", &rest)))
			return i;
	}
	for (i++; i < n && (text_equal_nocase(headers[i].name,
	    "Authentication-Results") || text_equal_nocase(headers[i].name,
	    "Received-SPF") || text_starts_nocase(headers[i].name, "DKIM-Fil")
	    || text_starts_nocase(headers[i].name, "DMARC-Fil")
	    || text_starts_nocase(headers[i].name, "X-Spam")); i++)
		;
	return i;
}

/* --- the verdict ------------------------------------------------------- */

struct judging {
	struct arena *arena;
	const struct mail_header *headers;
	size_t n_headers;
	const char *from, *domain;
	enum signature signature;
	bool dmarc_pass, dmarc_fail, dkim_pass, spf_pass, auth_pass;
	bool spf_fail, compauth_pass, temporary, has_any;
};

static void
judge_result(struct judging *j, const struct auth_result *r)
{
	const char *v;

	j->has_any = true;
	if (strcmp(r->value, "temperror") == 0)
		j->temporary = true;
	if (strcmp(r->method, "dmarc") == 0) {
		v = auth_prop(r, "header.from");
		if (strcmp(r->value, "fail") == 0)
			j->dmarc_fail = true;
		if (strcmp(r->value, "pass") == 0
		    && (v == NULL || is_same_domain(v, j->domain)))
			j->dmarc_pass = true;
	} else if (strcmp(r->method, "dkim") == 0) {
		v = auth_prop(r, "header.d");
		if (v == NULL)
			v = auth_prop(r, "header.i");
		if (strcmp(r->value, "pass") == 0 && v != NULL
		    && is_aligned(address_domain(v), j->domain))
			j->dkim_pass = true;
	} else if (strcmp(r->method, "spf") == 0) {
		v = auth_prop(r, "smtp.mailfrom");
		if (v == NULL)
			v = auth_prop(r, "smtp.mfrom");
		if (v == NULL || !is_aligned(address_domain(v), j->domain))
			return;
		j->spf_pass |= strcmp(r->value, "pass") == 0;
		j->spf_fail |= strcmp(r->value, "fail") == 0;
	} else if (strcmp(r->method, "auth") == 0) {
		v = auth_prop(r, "smtp.auth");
		j->auth_pass |= strcmp(r->value, "pass") == 0 && v != NULL
		    && strcmp(v, j->from) == 0;
	} else if (strcmp(r->method, "compauth") == 0)
		j->compauth_pass |= strcmp(r->value, "pass") == 0;
}

/* dmarc=fail beats all. dmarc=pass may rest on a signature that covers only
 * half of what we read: then SPF must carry it. */
static enum mail_auth
verdict(struct judging *j, const char **why)
{
	bool partial = j->signature == SIGNATURE_PARTIAL;

	if (j->dmarc_fail) {
		*why = arena_printf(j->arena, "dmarc=fail for %s", j->domain);
		return MAIL_AUTH_FAIL;
	}
	if (j->dmarc_pass && (!partial || j->spf_pass)) {
		*why = arena_printf(j->arena, "dmarc=pass for %s", j->domain);
		return MAIL_AUTH_PASS;
	}
	if (j->dkim_pass && !partial) {
		*why = arena_printf(j->arena, "dkim=pass, aligned with %s",
		    j->domain);
		return MAIL_AUTH_PASS;
	}
	if (j->spf_pass) {
		*why = arena_printf(j->arena, "spf=pass, aligned with %s",
		    j->domain);
		return MAIL_AUTH_PASS;
	}
	if (j->auth_pass) {
		*why = arena_printf(j->arena, "logged in as %s", j->from);
		return MAIL_AUTH_PASS;
	}
	if (partial && (j->dmarc_pass || j->dkim_pass)) {
		*why = "the DKIM signature covers only part of the mail";
		return MAIL_AUTH_NONE;
	}
	if (j->temporary) {
		*why = "our server could not check it at the time";
		return MAIL_AUTH_ERROR;
	}
	if (j->spf_fail) {
		*why = arena_printf(j->arena, "spf=fail for %s", j->domain);
		return MAIL_AUTH_FAIL;
	}
	*why = j->has_any ? arena_printf(j->arena, "nothing passed that is "
	    "aligned with %s", j->domain) : "our server wrote no result";
	return MAIL_AUTH_NONE;
}

static bool
is_results(const struct mail_header *h)
{
	return text_equal_nocase(h->name, "Authentication-Results");
}

static enum mail_auth
judge_standard(struct judging *j, const struct auth_trust *trust,
    const char **why)
{
	struct auth_results *results = arena_alloc(j->arena, sizeof *results);
	size_t own = own_fields(j->arena, trust, j->headers, j->n_headers);
	size_t n_fields = 0;

	for (size_t i = 0; i < j->n_headers; i++) {
		if (!is_results(&j->headers[i]))
			continue;
		if (n_fields++ == MAX_FIELDS)
			break;
		auth_results_read(j->arena, j->headers[i].value, results);
		if (!text_equal_nocase(results->id, trust->authserv_id))
			continue;
		if (i >= own) {
			*why = arena_printf(j->arena, "a result in the name "
			    "of %s that it did not write", results->id);
			return MAIL_AUTH_FORGED;
		}
		for (size_t k = 0; k < results->n; k++)
			judge_result(j, &results->list[k]);
	}
	return verdict(j, why);
}

static bool
is_exchange_host(const struct auth_trust *trust, const char *host)
{
	static const char *const microsoft[] = { "outlook.com" };
	const char *const *list = trust->n_hosts == 0 ? microsoft
	    : trust->hosts;
	size_t n = trust->n_hosts == 0 ? 1 : trust->n_hosts;

	for (size_t i = 0; host != NULL && i < n; i++) {
		size_t k = strlen(list[i]), m = strlen(host);

		if (m >= k && text_equal_nocase(host + m - k, list[i])
		    && (m == k || host[m - k - 1] == '.'))
			return true;
	}
	return false;
}

static enum mail_auth
judge_exchange(struct judging *j, const struct auth_trust *trust,
    const char **why)
{
	struct auth_results *results = arena_alloc(j->arena, sizeof *results);
	bool seen = false;

	for (size_t i = 0; i < j->n_headers; i++) {
		const struct mail_header *h = &j->headers[i];
		const char *rest;

		if (text_equal_nocase(h->name, "Received")
		    && !is_exchange_host(trust, clause_read(j->arena,
		    h->value, "by", &rest)))
			break;
		if (text_equal_nocase(h->name,
		    "X-MS-Exchange-Organization-AuthAs")
		    && text_equal_nocase(text_trim(j->arena, h->value),
		    "Internal")) {
			*why = "sent within the tenant";
			return MAIL_AUTH_PASS;
		}
		if (!is_results(h) || seen)
			continue;
		seen = true;
		auth_results_read(j->arena, h->value, results);
		if (results->id != NULL)
			continue; /* somebody else's */
		for (size_t k = 0; k < results->n; k++)
			judge_result(j, &results->list[k]);
	}
	/* Only DMARC and Microsoft's own verdict together (THREATS 3). */
	j->dkim_pass = j->auth_pass = false;
	j->spf_pass &= j->dmarc_pass;
	if (j->dmarc_pass && !j->compauth_pass) {
		*why = "dmarc=pass, but no compauth=pass";
		return MAIL_AUTH_NONE;
	}
	return verdict(j, why);
}

enum mail_auth
auth_judge(struct arena *arena, const struct auth_trust *trust,
    const struct mail_header *headers, size_t n_headers, const char *from,
    const char **why)
{
	struct judging j = { .arena = arena, .headers = headers,
		.n_headers = n_headers, .from = from };

	if (from == NULL) {
		*why = "no plain From address";
		return MAIL_AUTH_NONE;
	}
	j.domain = address_domain(from);
	j.signature = signature_of(arena, headers, n_headers, j.domain);
	return trust->profile == AUTH_EXCHANGE
	    ? judge_exchange(&j, trust, why) : judge_standard(&j, trust, why);
}
