/* SPDX-License-Identifier: MIT */
/* Around a person's own words: the gateway's banner, the closing formula and
 * the name, contact lines and slogans of an office, the phone's footer, the
 * disclaimer. A PS below the name is the person's own again.
 *
 * In doubt a line stays: a slogan read as an answer is caught by the
 * question that follows, words that are lost are lost. But below a name with
 * a title or a number nothing counts unless it says «PS»: there stand «afbud
 * til frokost senest kl. 10» and «jeg træffes ikke om torsdagen». */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

#define MAX_TAIL_LINES 24	/* non-blank lines of a signature */

static const struct phrases *
section(const char *name)
{
	return phrases_section(QUOTE_LEXICON, name);
}

/*
 * «…, håber I klarer jer. Kærlig hilsen Aase», «… referat. /Mette», «… fra
 * forvaltningen. Ole»: the formula or name behind the last sentence of a
 * line goes.
 */
static void
inline_closing_take(struct lines *l, size_t i)
{
	struct line *line = &l->at[i];
	size_t n = strlen(line->low), least;

	if (n != strlen(line->text) || n < 6)
		return;
	least = n > MAX_SIGNATURE_LINE ? n - MAX_SIGNATURE_LINE : 1;
	for (size_t at = least; at < n; at++) {
		const char *p = line->low + at;
		bool strict, after_end = at >= 2 && p[-1] == ' ' &&
		    strchr(".!?)", p[-2]) != NULL;
		size_t got;

		if (!after_end && !(*p == '/' && p[-1] == ' '))
			continue;
		got = *p == '/' ? 0 : closing_at(p, &strict);
		if (got != 0)
			got += strspn(p + got, " ,.!");
		if ((got != 0 && (p[got] == '\0' || name_fits(l,
		    line->text + at + got, p + got, !strict, false))) ||
		    (got == 0 && name_fits(l, line->text + at, p, false,
		    true) && line_words(p) <= 3)) {
			line->text = text_trim(l->arena, arena_strndup(
			    l->arena, line->text, at));
			line->low = text_lower(l->arena, line->text);
			lines_sign(l, "closing formula");
			return;
		}
	}
}

/*
 * Below a name: the person's own words again where they say so. `bare` is a
 * signature of which only the formula and a name was seen so far: there
 * «jeg» or a whole sentence is an afterthought, too. Below a title or a
 * number they are the office's («Jeg træffes ikke om torsdagen»).
 */
static bool
is_afterthought(struct lines *l, size_t i, size_t end, bool bare)
{
	const char *low = l->at[i].low;
	size_t words = 0;

	low += strspn(low, " \t*_(");
	if (phrases_at(section("postscript"), low) != 0)
		return true;
	for (size_t k = i; k < end; k++)
		words += line_words(l->at[k].low);
	if (words < 4)
		return false;
	for (size_t k = i; bare && k < end; k++)
		if (line_says_self(l->arena, l->at[k].low))
			return true;
	return bare && !line_is_contact(low) &&
	    (line_ends_sentence(l->at[end - 1].text) ||
	    text_ends(l->at[end - 1].text, ":"));
}

/*
 * The signature that begins at `i`: everything to the end of the part but
 * afterthoughts. `delimited` is one behind «-- »: there only a PS is own.
 * Returns where own words go on.
 */
static size_t
signature_take(struct lines *l, size_t i, struct words_part part,
    bool delimited, const char *sign)
{
	size_t lines = 0;
	bool bare = !delimited;

	while (i < part.to) {
		size_t end;

		if (!line_is_own(l, i)) {
			i++;
			continue;
		}
		end = lines_paragraph(l, i, part.to);
		if (lines > 0 && (delimited ? phrases_at(
		    section("postscript"), l->at[i].low) != 0 :
		    is_afterthought(l, i, end, bare)))
			return i;
		/* one formula line, one name line: still bare */
		for (size_t k = i; k < end; k++, lines++)
			if (lines > 1 || line_is_contact(l->at[k].low) ||
			    (lines == 1 && strchr(l->at[k].low, ',') != NULL))
				bare = false;
		lines_take(l, i, end, WORDS_SIGNATURE, sign);
		i = end;
	}
	return part.to;
}

/* Own lines from `i` on, counted to MAX_TAIL_LINES. */
static size_t
tail_lines(const struct lines *l, size_t i, size_t to)
{
	size_t n = 0;

	for (; i < to && n < MAX_TAIL_LINES; i++)
		n += line_is_own(l, i);
	return n;
}

/* «-- », or a «--» or drawn line over a few short lines. */
static bool
is_delimiter(const struct lines *l, size_t i, size_t to)
{
	bool contact = false;

	if (l->at[i].is_dash)
		return true;
	if (strcmp(l->at[i].text, "--") != 0 && !line_is_rule(l->at[i].low) &&
	    strcmp(l->at[i].text, "\xe2\x80\x94") != 0)
		return false;
	if (tail_lines(l, i + 1, to) > 12)
		return false;
	for (size_t k = i + 1; k < to; k++) {
		if (!line_is_own(l, k))
			continue;
		if (strlen(l->at[k].low) > MAX_SIGNATURE_LINE)
			return false;
		contact = contact || line_is_contact(l->at[k].low) ||
		    line_is_name(l, k);
	}
	return contact;
}

/* The signature's words after a name without a formula: short lines, none
 * of them a person's speech. */
static bool
is_signature_tail(struct lines *l, size_t i, size_t to)
{
	size_t lines = 0;
	bool bare = true;

	while (i < to) {
		size_t end;

		if (!line_is_own(l, i)) {
			i++;
			continue;
		}
		end = lines_paragraph(l, i, to);
		if (lines > 0 && is_afterthought(l, i, end, bare))
			return false;
		for (size_t k = i; k < end; k++, lines++) {
			if (strlen(l->at[k].low) > MAX_SIGNATURE_LINE ||
			    lines > MAX_TAIL_LINES)
				return false;
			if (lines > 1 || line_is_contact(l->at[k].low))
				bare = false;
		}
		i = end;
	}
	return true;
}

/* Does anything own but a greeting stand above line `i` of the part? */
static bool
has_words_above(const struct lines *l, size_t from, size_t i)
{
	while (i-- > from)
		if (line_is_own(l, i))
			return true;
	return false;
}

/* The line introduces what follows: «Jeg foreslår:» and a list of names. */
static bool
is_introduced(const struct lines *l, size_t from, size_t i)
{
	while (i-- > from)
		if (line_is_own(l, i))
			return text_ends(l->at[i].text, ":");
	return false;
}

static bool
has_contact(const struct lines *l, size_t i, size_t to)
{
	for (; i < to; i++)
		if (line_is_own(l, i) && line_is_contact(l->at[i].low))
			return true;
	return false;
}

/* A name alone below the last quoted lines, with a blank line between, where
 * own words stand above them. */
static bool
is_last_name(const struct lines *l, struct words_part part, size_t i)
{
	return i > 0 && l->at[i - 1].blank && part.to == l->n &&
	    has_words_above(l, 0, part.from);
}

/* Below the last words: a line with the sender's name, and what follows. */
static void
name_take(struct lines *l, struct words_part part)
{
	size_t seen = 0;

	for (size_t i = part.to; i-- > part.from && seen < MAX_TAIL_LINES;) {
		if (!line_is_own(l, i))
			continue;
		seen++;
		if (!line_is_name(l, i) || !is_signature_tail(l, i, part.to))
			continue;
		if (is_introduced(l, part.from, i) ||
		    (!has_words_above(l, part.from, i) &&
		    !has_contact(l, i, part.to) && !is_last_name(l, part,
		    i)))
			continue;
		lines_take(l, i, part.to, WORDS_SIGNATURE, "the sender's name");
		part.to = i;
		seen = 0;
	}
}

/* A last paragraph of two short lines or more, one of them a number or an
 * address, is an office's. */
static void
contact_take(struct lines *l, struct words_part part)
{
	size_t end = part.to, first, contacts = 0;

	while (end > part.from && !line_is_own(l, end - 1))
		end--;
	first = end;
	while (first > part.from && line_is_own(l, first - 1))
		first--;
	if (end - first < 2 || !has_words_above(l, part.from, first))
		return;
	for (size_t i = first; i < end; i++) {
		if (strlen(l->at[i].low) > MAX_SIGNATURE_LINE ||
		    line_says_self(l->arena, l->at[i].low) ||
		    (line_ends_sentence(l->at[i].text) &&
		    line_words(l->at[i].low) > 6) ||
		    text_ends(l->at[i].text, "?"))
			return;
		contacts += line_is_contact(l->at[i].low);
	}
	if (contacts > 0)
		lines_take(l, first, end, WORDS_SIGNATURE, "contact lines");
}

static void
part_clean(struct lines *l, struct words_part part)
{
	size_t i = part.from;

	words_banner(l, part);
	words_footer(l, part);
	while (i < part.to) {
		if (line_is_own(l, i) && line_is_closing(l, i))
			i = signature_take(l, i, part, false,
			    "closing formula");
		else if (line_is_own(l, i) && is_delimiter(l, i, part.to)) {
			l->at[i].kind = WORDS_NOISE;
			i = signature_take(l, i + 1, part, true,
			    "signature");
		} else
			i++;
	}
	name_take(l, part);
	contact_take(l, part);
	name_take(l, part);
	words_rules(l, part);
	for (i = part.to; i-- > part.from;)
		if (line_is_own(l, i)) {
			inline_closing_take(l, i);
			break;
		}
}

/* Quoted lines below line `i`, counted to three. */
static size_t
tail_quoted(const struct lines *l, size_t i)
{
	size_t n = 0;

	for (i++; i < l->n && n < 3; i++)
		n += !l->at[i].blank && l->at[i].kind == WORDS_QUOTED;
	return n;
}

/*
 * Nothing own above a quotation without marks: the answer may stand below
 * it. There it begins with the first paragraph after the last closing formula
 * of the quoted letter that says «jeg».
 */
static void
below_take(struct lines *l)
{
	size_t closing = l->n;

	for (size_t i = 0; i < l->n; i++) {
		if (l->at[i].blank)
			continue;
		if (l->at[i].kind == WORDS_OWN ||
		    l->at[i].kind == WORDS_FORWARDED || l->at[i].depth > 0)
			return;
		if (l->at[i].kind == WORDS_QUOTED && line_is_closing(l, i) &&
		    tail_quoted(l, i) > 2)
			closing = i;
	}
	for (size_t i = closing; i < l->n; i++) {
		size_t end = i;

		if (l->at[i].blank || (i > 0 && !l->at[i - 1].blank))
			continue;
		while (end < l->n && !l->at[end].blank)
			end++;
		for (size_t k = i; k < end; k++)
			if (line_says_self(l->arena, l->at[k].low)) {
				for (k = i; k < l->n; k++)
					l->at[k].kind = WORDS_OWN;
				lines_sign(l, "the letter above the answer");
				return;
			}
	}
}

void
words_signature(struct lines *l)
{
	below_take(l);
	if (l->has_calendar)
		words_calendar(l);
	words_armour(l);
	for (size_t i = 0; i < l->n; i++) {
		struct words_part part = { i, i };

		if (!line_is_own(l, i))
			continue;
		while (part.to < l->n && l->at[part.to].kind == WORDS_OWN)
			part.to++;
		part_clean(l, part);
		i = part.to;
	}
}
