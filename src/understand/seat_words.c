/* SPDX-License-Identifier: MIT */
/* Words of applicants, from src/understand/seat.lexicon. */
#include "understand/seat_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"

#define LEXICON "src/understand/seat.lexicon"
#define NOT_BYTES 24	/* «jeg er ikke længere bruger»: the word of negation
			 * stands that near before what it denies */

static const struct { const char *group, *section; } groups[] = {
	{ "user", "group-user" },
	{ "relative", "group-relative" },
	{ "organisation", "group-organisation" },
	{ "association", "group-association" },
	{ "labour-market", "group-labour-market" },
	{ "school-board", "group-school-board" },
	{ "staff", "group-staff" },
	{ "insight", "group-insight" },
};

/* A word of negation in the phrase, or before it in the same sentence. */
static bool
is_denied(struct arena *arena, const char *low, const char *at, size_t n)
{
	const char *from = at;
	const char *near;

	while (from > low && at - from < NOT_BYTES && from[-1] != '.' &&
	    from[-1] != '\n' && from[-1] != ',')
		from--;
	while (from > low && text_is_letter((unsigned char)from[-1]) &&
	    text_is_letter((unsigned char)*from))
		from++;	/* not in the middle of a word */
	if (phrases_at(phrases_section(LEXICON, "not"), at + n + (at[n] ==
	    ' ')) > 0)
		return true;	/* «jeg bor ikke» */
	near = arena_strndup(arena, from, (size_t)(at - from) + n);
	return phrases_in(phrases_section(LEXICON, "not"), near, NULL) !=
	    NULL;
}

static bool
is_said(struct arena *arena, const char *low, const char *section)
{
	const struct phrases *phrases = phrases_section(LEXICON, section);
	const char *at = low;
	size_t n;

	while ((at = phrases_in(phrases, at, &n)) != NULL) {
		if (!is_denied(arena, low, at, n))
			return true;
		at += n;
	}
	return false;
}

bool
seat_in_words(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
		if ((at == list || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

const char *
seat_groups_said(struct arena *arena, const char *text)
{
	const char *low = text_lower(arena, text);
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
		if (is_said(arena, low, groups[i].section))
			buf_addf(&out, "%s%s", out.n > 0 ? " " : "",
			    groups[i].group);
	return out.n > 0 ? buf_text(&out) : NULL;
}

bool
seat_residence_said(struct arena *arena, const char *text,
    const char *municipality)
{
	const char *low = text_lower(arena, text), *town;

	if (is_said(arena, low, "residence"))
		return true;
	if (municipality == NULL)
		return false;
	/* «Glostrup» alone answers «Hvor bor du?» */
	town = text_lower(arena, arena_strndup(arena, municipality,
	    strcspn(municipality, " ")));
	return text_starts(text_trim(arena, low), town);
}

bool
seat_is_elsewhere(struct arena *arena, const char *text)
{
	return is_said(arena, text_lower(arena, text), "elsewhere");
}

bool
seat_is_dead(struct arena *arena, const char *text)
{
	return is_said(arena, text_lower(arena, text), "dead");
}

bool
seat_is_shared(struct arena *arena, const char *name, const char *email)
{
	const struct phrases *shared = phrases_section(LEXICON, "shared");
	const char *local = email == NULL ? "" : arena_strndup(arena, email,
	    strcspn(email, "@"));

	return (name != NULL && phrases_in(shared, text_lower(arena, name),
	    NULL) != NULL) || phrases_is(shared, local);
}
