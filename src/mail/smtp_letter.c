/* SPDX-License-Identifier: MIT */
/* The last look at a letter before its bytes meet a server. */
#include "mail/smtp_letter.h"

#include <idn2.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

#define LOCAL_BYTES 64		/* RFC 5321 §4.5.3.1.1 */
#define DOMAIN_BYTES 253	/* §4.5.3.1.2 says 255, of which DNS takes 2 */
#define LABEL_BYTES 63
#define LINE_BYTES 998		/* RFC 5322 §2.1.1, without the CRLF */

/* An address in an error, cut so that the reason behind it stays readable. */
#define SHOWN 80

/* RFC 5322 §3.2.3. */
static bool
is_atext(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (c >= '0' && c <= '9')
	    || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Dot-string = Atom *("." Atom); UTF8-non-ascii counts as atext. */
static bool
is_local(const char *text, size_t n, bool *is_utf8)
{
	bool dot = true; /* one may not stand first, last or doubled */

	*is_utf8 = false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '.' && dot)
			return false;
		if (c >= 0x80)
			*is_utf8 = true;
		else if (c != '.' && !is_atext(c))
			return false;
		dot = c == '.';
	}
	return n > 0 && !dot;
}

/* C1 controls, spaces and bidi marks are UTF8-non-ascii by the letter of
 * RFC 6531 §3.3; no mailbox has them, a forged one may. */
static bool
is_plain(struct arena *arena, const char *text)
{
	return strcmp(text_one_line(arena, text), text) == 0
	    && strcmp(text_squeeze(arena, text), text) == 0;
}

/* sub-domain *("." sub-domain), each Let-dig [Ldh-str] (§4.1.2). */
static bool
is_domain(const char *text)
{
	size_t label = 0, n = strlen(text);

	for (size_t i = 0; i < n; i++) {
		char c = text[i];
		bool let_dig = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		    || (c >= '0' && c <= '9');

		if (c == '.') {
			if (label == 0 || text[i - 1] == '-')
				return false;
			label = 0;
			continue;
		}
		if (!let_dig && (c != '-' || label == 0))
			return false;
		if (++label > LABEL_BYTES)
			return false;
	}
	return n > 0 && n <= DOMAIN_BYTES && label > 0 && text[n - 1] != '-';
}

bool
smtp_is_host(const char *host)
{
	return is_domain(host);
}

/* The domain as DNS knows it: møde.example is xn--mde-0na.example. */
static const char *
domain_ascii(struct arena *arena, const char *domain)
{
	const char *ascii = NULL;
	char *got = NULL;

	if (!text_is_utf8(domain, strlen(domain)))
		return NULL;
	if (idn2_to_ascii_8z(domain, &got,
	    IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
		return NULL;
	if (is_domain(got))
		ascii = arena_strdup(arena, got);
	idn2_free(got);
	return ascii;
}

enum rc
smtp_address(struct arena *arena, const char *address,
    struct smtp_address *out, struct err *err)
{
	const char *at = strrchr(address, '@'), *domain;
	char *shown = text_one_line(arena, text_repair(arena, address,
	    strnlen(address, SHOWN)));
	struct smtp_address got;
	size_t local;

	if (at == NULL)
		return fail(err, RC_PARK, "address '%s': has no @", shown);
	local = (size_t)(at - address);
	if (local > LOCAL_BYTES)
		return fail(err, RC_PARK, "address '%s': more than %d bytes"
		    " before the @", shown, LOCAL_BYTES);
	if (!is_local(address, local, &got.is_utf8)
	    || (got.is_utf8 && (!text_is_utf8(address, local)
		|| !is_plain(arena, arena_strndup(arena, address, local)))))
		return fail(err, RC_PARK, "address '%s': what stands before"
		    " the @ is no mailbox", shown);
	if ((domain = domain_ascii(arena, at + 1)) == NULL)
		return fail(err, RC_PARK, "address '%s': what stands after"
		    " the @ is no domain", shown);
	got.text = arena_printf(arena, "%.*s@%s", (int)local, address,
	    domain);
	*out = got;
	return RC_OK;
}

/* One line, from `line` to its LF; where it is bad, the reason. */
static const char *
line_fault(const unsigned char *line, size_t n, bool ended)
{
	if (!ended || n == 0 || line[n - 1] != '\r')
		return "does not end in CRLF";
	if (memchr(line, '\r', n - 1) != NULL)
		return "holds a CR";
	if (n - 1 > LINE_BYTES)
		return "is longer than 998 bytes";
	return NULL;
}

/* Thirty-two bytes at a time: this is looked at for every letter. */
static bool
is_seven_bit(const unsigned char *data, size_t n)
{
	uint64_t all[4] = { 0 }, now[4];
	size_t i = 0;

	for (; i + sizeof now <= n; i += sizeof now) {
		memcpy(now, data + i, sizeof now);
		for (size_t k = 0; k < 4; k++)
			all[k] |= now[k];
	}
	for (; i < n; i++)
		all[0] |= data[i];
	return ((all[0] | all[1] | all[2] | all[3])
	    & UINT64_C(0x8080808080808080)) == 0;
}

/* Every line; how many begin with a dot. */
static enum rc
lines_check(struct bytes bytes, bool is_utf8, size_t *dots, struct err *err)
{
	const unsigned char *at = bytes.data, *end = at + bytes.n;
	bool in_headers = true;

	*dots = 0;
	for (size_t number = 1; at < end; number++) {
		const unsigned char *lf = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((lf == NULL ? end : lf) - at);
		const char *why = line_fault(at, n, lf != NULL);

		if (why != NULL || lf == NULL)
			return fail(err, RC_PARK, "the letter's line %zu %s",
			    number, why);
		if (n == 1 && in_headers) {
			in_headers = false;
			if (!is_seven_bit(at, (size_t)(end - at)))
				return fail(err, RC_PARK, "the letter's body"
				    " is not 7-bit");
		}
		if (in_headers && !is_utf8 && !is_seven_bit(at, n))
			return fail(err, RC_PARK, "the letter's line %zu is"
			    " not 7-bit", number);
		*dots += *at == '.';
		at = lf + 1;
	}
	return RC_OK;
}

enum rc
smtp_bytes(struct arena *arena, struct bytes bytes, bool is_utf8,
    struct bytes *out, struct err *err)
{
	const unsigned char *at = bytes.data, *end = at + bytes.n;
	unsigned char *copy, *to;
	size_t dots;
	enum rc rc;

	if (bytes.n == 0)
		return fail(err, RC_PARK, "the letter is empty");
	if (memchr(at, '\0', bytes.n) != NULL)
		return fail(err, RC_PARK, "the letter holds a NUL");
	if ((rc = lines_check(bytes, is_utf8, &dots, err)) != RC_OK)
		return rc;
	copy = to = arena_alloc(arena, bytes.n + dots + 3);
	for (const unsigned char *line = at; dots > 0;
	    line = (const unsigned char *)memchr(line, '\n',
		(size_t)(end - line)) + 1) {
		if (*line != '.')
			continue;
		memcpy(to, at, (size_t)(line - at));
		to += line - at;
		*to++ = '.';
		at = line;
		dots--;
	}
	memcpy(to, at, (size_t)(end - at));
	to += end - at;
	memcpy(to, ".\r\n", 3);
	*out = (struct bytes){ copy, (size_t)(to + 3 - copy) };
	return RC_OK;
}
