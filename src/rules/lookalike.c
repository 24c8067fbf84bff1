/* SPDX-License-Identifier: MIT */
/* Addresses that a reader could take for another one (THREATS 6). */
#include "rules/lookalike.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MAX_ADDRESS 256
#define MIN_LOCAL 8

/* At most one letter more, less or other, or two neighbours swapped. */
static bool
is_near(const char *a, size_t an, const char *b, size_t bn)
{
	size_t i = 0, ae = an, be = bn;

	if (an > bn + 1 || bn > an + 1)
		return false;
	while (i < an && i < bn && a[i] == b[i])
		i++;
	while (ae > i && be > i && a[ae - 1] == b[be - 1]) {
		ae--;
		be--;
	}
	if (ae - i <= 1 && be - i <= 1)
		return true;
	return ae - i == 2 && be - i == 2 && a[i] == b[i + 1] &&
	    a[i + 1] == b[i];
}

/* What the eye takes for the same: 0 and o, 1 and l and i, rn and m, vv and
 * w; dots and dashes are overlooked. */
static size_t
skeleton(const char *text, size_t n, char out[MAX_ADDRESS])
{
	size_t k = 0;

	for (size_t i = 0; i < n && k + 1 < MAX_ADDRESS; i++) {
		char c = text[i];

		if (c == '.' || c == '-' || c == '_')
			continue;
		if (c == 'r' && i + 1 < n && text[i + 1] == 'n') {
			c = 'm';
			i++;
		} else if (c == 'v' && i + 1 < n && text[i + 1] == 'v') {
			c = 'w';
			i++;
		}
		out[k++] = c == '0' ? 'o' : c == '1' || c == 'i' ? 'l' :
		    c == '5' ? 's' : c;
	}
	out[k] = '\0';
	return k;
}

static bool
is_same_look(const char *a, size_t an, const char *b, size_t bn)
{
	char as[MAX_ADDRESS], bs[MAX_ADDRESS];

	return skeleton(a, an, as) == skeleton(b, bn, bs) &&
	    strcmp(as, bs) == 0;
}

/* A domain that pretends to be `real`: near it, the same to the eye, under
 * another domain, with something hung on its first label, or in letters that
 * are not Latin (an ACE label). */
static bool
is_domain_alike(const char *domain, const char *real)
{
	size_t n = strlen(domain), rn = strlen(real);
	size_t first = strcspn(real, ".");

	if (strcmp(domain, real) == 0)
		return false;
	if (is_near(domain, n, real, rn) || is_same_look(domain, n, real, rn))
		return true;
	if (text_starts(domain, "xn--") || strstr(domain, ".xn--") != NULL)
		return true;
	if (strncmp(domain, real, rn) == 0 && domain[rn] == '.')
		return true;
	return first >= 5 && strncmp(domain, real, first) == 0 &&
	    (domain[first] == '-' || domain[first] == '.');
}

bool
address_looks_alike(const char *email, const char *real)
{
	const char *at = strrchr(email, '@'), *rat = strrchr(real, '@');
	size_t n, rn;

	if (at == NULL || rat == NULL || strcmp(email, real) == 0 ||
	    strlen(email) >= MAX_ADDRESS || strlen(real) >= MAX_ADDRESS)
		return false;
	n = (size_t)(at - email);
	rn = (size_t)(rat - real);
	if (strcmp(at, rat) == 0) {
		if (is_same_look(email, n, real, rn) && rn >= 4)
			return true;
		return n >= MIN_LOCAL && rn >= MIN_LOCAL &&
		    is_near(email, n, real, rn);
	}
	return (n == rn && memcmp(email, real, n) == 0 &&
	    is_domain_alike(at + 1, rat + 1)) ||
	    (is_same_look(email, n, real, rn) && is_near(at + 1,
	    strlen(at + 1), rat + 1, strlen(rat + 1)));
}
