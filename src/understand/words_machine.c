/* SPDX-License-Identifier: MIT */
/* What no person wrote: the gateway's banner, the disclaimer of an office, the
 * footer of a phone, a calendar's own sentence, the armour of a signed text. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

#define MAX_PARAGRAPH_BYTES 4000	/* a disclaimer is shorter */

static const struct phrases *
section(const char *name)
{
	return phrases_section(QUOTE_LEXICON, name);
}

/*
 * A disclaimer or banner in the paragraph [i, end): from the line with its
 * phrase, or the one that it is wrapped from, to the paragraph's end.
 */
static bool
machine_take(struct lines *l, size_t i, size_t end, const char *list,
    const char *sign)
{
	size_t bytes = 0, first = end, last = end;

	for (size_t k = i; k < end; k++)
		bytes += strlen(l->at[k].low);
	if (bytes > MAX_PARAGRAPH_BYTES)
		return false;
	for (size_t k = i; k < end && first == end; k++)
		if (phrases_in(section(list), l->at[k].low, NULL) != NULL)
			first = k;
	if (first == end)
		return false;
	while (first > i && strlen(l->at[first - 1].low) >= 50 &&
	    !line_ends_sentence(l->at[first - 1].text))
		first--;
	for (size_t k = first; k < end; k++)
		if (line_says_self(l->arena, l->at[k].low)) {
			last = k;
			break;
		}
	while (last < end && last > first && strlen(l->at[last - 1].low) >= 50
	    && !line_ends_sentence(l->at[last - 1].text))
		last--;
	if (last <= first)
		return false;
	lines_take(l, first, last, WORDS_NOISE, sign);
	return true;
}

/* A banner stands first or last, with its drawn lines. Above the words it
 * ends with its last sentence, though no blank line follows. */
void
words_banner(struct lines *l, struct words_part part)
{
	size_t i = part.from, paragraphs = 0;

	for (; i < part.to && paragraphs < 3; i++) {
		size_t end, stop;

		if (!line_is_own(l, i))
			continue;
		end = lines_paragraph(l, i, part.to);
		paragraphs++;
		for (stop = i; stop < end; stop++) {
			bool wrapped = stop > i && strlen(l->at[stop -
			    1].low) >= 50 && !line_ends_sentence(l->at[stop -
			    1].text);

			if (!wrapped && !line_is_rule(l->at[stop].low) &&
			    phrases_in(section("banner"), l->at[stop].low,
			    NULL) == NULL)
				break;
		}
		while (stop > i && line_is_rule(l->at[i].low) && stop == i + 1)
			stop--;
		if (stop > i)
			lines_take(l, i, stop, WORDS_NOISE,
			    "a gateway's banner");
		if (stop < end)
			break;
		i = end - 1;
	}
	for (i = part.to; i-- > part.from;)
		if (line_is_own(l, i)) {
			size_t first = i;

			while (first > part.from && line_is_own(l, first - 1))
				first--;
			(void)machine_take(l, first, i + 1, "banner",
			    "a gateway's banner");
			break;
		}
}

void
words_footer(struct lines *l, struct words_part part)
{
	for (size_t i = part.from; i < part.to; i++) {
		size_t end;

		if (!line_is_own(l, i))
			continue;
		end = lines_paragraph(l, i, part.to);
		(void)machine_take(l, i, end, "disclaimer", "a disclaimer");
		for (; i < end; i++) {
			const char *low = l->at[i].low;

			low += strspn(low, " \t*_<");
			if (line_is_own(l, i) && phrases_at(section("footer"),
			    low) != 0 && line_words(low) <= 12)
				lines_take(l, i, i + 1, WORDS_NOISE,
				    "a phone's footer");
		}
	}
}

/* A calendar program's own sentence beside its data: none of it is the
 * sender's, his remark stands in the data, too. */
void
words_calendar(struct lines *l)
{
	bool machine = false;

	for (size_t i = 0; i < l->n && !machine; i++)
		machine = line_is_own(l, i) && phrases_in(section("calendar"),
		    l->at[i].low, NULL) != NULL;
	if (machine)
		lines_take(l, 0, l->n, WORDS_NOISE,
		    "a calendar program's words");
}

/* RFC 9580 §7: «-----BEGIN PGP SIGNED MESSAGE-----» with its headers, and the
 * signature at the foot. */
void
words_armour(struct lines *l)
{
	bool inside = false;

	for (size_t i = 0; i < l->n; i++) {
		const char *low = l->at[i].low;

		if (text_starts(low, "-----begin pgp signature"))
			inside = true;
		if ((inside || text_starts(low, "-----begin pgp") ||
		    (i > 0 && text_starts(l->at[i - 1].low,
		    "-----begin pgp signed") && text_starts(low, "hash:"))) &&
		    l->at[i].kind == WORDS_OWN)
			l->at[i].kind = WORDS_NOISE;
		if (text_starts(low, "-----end pgp"))
			inside = false;
	}
}

/* Drawn lines that are left at either end of the part. */
void
words_rules(struct lines *l, struct words_part part)
{
	for (size_t i = part.from; i < part.to; i++)
		if (line_is_own(l, i)) {
			if (!line_is_rule(l->at[i].low))
				break;
			l->at[i].kind = WORDS_NOISE;
		}
	for (size_t i = part.to; i-- > part.from;)
		if (line_is_own(l, i)) {
			if (!line_is_rule(l->at[i].low))
				break;
			l->at[i].kind = WORDS_NOISE;
		}
}
