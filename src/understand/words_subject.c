/* SPDX-License-Identifier: MIT */
/* A subject without what mail programs and gateways put before it. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

#define MAX_PREFIXES 20 /* «Re: Re: SV: …» of a thread that went round */

/* Behind a prefix of `n` bytes: «:», «[2]:», «(2):», «^2:»; 0 where none. */
static size_t
prefix_end(const char *low, size_t n)
{
	size_t at = n + strspn(low + n, " ");

	if (low[at] == '[' || low[at] == '(' || low[at] == '^') {
		at++;
		at += strspn(low + at, "0123456789");
		at += strspn(low + at, "])");
	}
	at += strspn(low + at, " ");
	if (low[at] == ':')
		return at + 1 + strspn(low + at + 1, " ");
	return 0;
}

/* «[EKSTERN] » */
static size_t
tag_end(const char *low)
{
	size_t n;

	if (low[0] != '[' && low[0] != '(' && low[0] != '*')
		return 0;
	n = 1 + strspn(low + 1, "*[( ");
	n += phrases_at(phrases_section(QUOTE_LEXICON, "gateway-tag"),
	    low + n);
	if (n == 1 || (low[n] != ']' && low[n] != ')' && low[n] != '*'))
		return 0;
	return n + strspn(low + n, "])* :");
}

/* «Automatisk svar: …», «Ikke til stede Re: …»; alone it stays as it is. A
 * person's «Fraværsbesked til Mette» is none. */
static bool
auto_end(const char *low, size_t n, size_t *end)
{
	size_t at = n + strspn(low + n, " ");
	size_t re = phrases_at(phrases_section(QUOTE_LEXICON,
	    "reply-prefix"), low + at);

	if (low[at] == '\0') {
		*end = 0;
		return true;
	}
	if (low[at] != ':' && (re == 0 || prefix_end(low + at, re) == 0))
		return false;
	*end = at + strspn(low + at, ": ");
	return true;
}

const char *
words_subject(struct arena *arena, const char *subject, bool *is_reply,
    bool *is_forward, bool *is_auto)
{
	const char *low, *text;
	bool outer = true;

	if (subject == NULL)
		return "";
	text = text_squeeze(arena, subject);
	low = text_lower(arena, text);
	/* lower case keeps the length of all letters that a prefix has */
	for (int i = 0; i < MAX_PREFIXES && strlen(low) == strlen(text); i++) {
		size_t n, end = 0;

		if ((end = tag_end(low)) != 0) {
			/* a gateway's, says nothing */
		} else if ((n = phrases_at(phrases_section(QUOTE_LEXICON,
		    "auto-prefix"), low)) != 0 && auto_end(low, n, &end)) {
			*is_auto = *is_auto || outer;
		} else if ((n = phrases_at(phrases_section(QUOTE_LEXICON,
		    "reply-prefix"), low)) != 0 &&
		    (end = prefix_end(low, n)) != 0) {
			*is_reply = *is_reply || outer;
			outer = false;
		} else if ((n = phrases_at(phrases_section(QUOTE_LEXICON,
		    "forward-prefix"), low)) != 0 &&
		    (end = prefix_end(low, n)) != 0) {
			*is_forward = *is_forward || outer;
			outer = false;
		}
		if (end == 0)
			break;
		text += end;
		low += end;
	}
	return text;
}
