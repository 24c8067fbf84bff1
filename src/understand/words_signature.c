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

#define MAX_NAME_WORDS 6
#define MAX_SIGNATURE_LINE 100	/* bytes; beyond it a line is prose */
#define MAX_TAIL_LINES 24	/* non-blank lines of a signature */
#define MAX_PARAGRAPH_BYTES 4000	/* a disclaimer is shorter */

/* Lines [from, to) of one run of own words. */
struct part {
	size_t from, to;
};

static const struct phrases *
section(const char *name)
{
	return phrases_section(QUOTE_LEXICON, name);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_own(const struct lines *l, size_t i)
{
	return l->at[i].kind == WORDS_OWN && !l->at[i].blank;
}

static void
take(struct lines *l, size_t from, size_t to, enum words_kind kind,
    const char *sign)
{
	for (size_t i = from; i < to; i++)
		if (l->at[i].kind == WORDS_OWN)
			l->at[i].kind = kind;
	lines_sign(l, sign);
}

/* The end of the paragraph that begins at `i`. */
static size_t
paragraph_end(const struct lines *l, size_t i, size_t to)
{
	while (i < to && is_own(l, i))
		i++;
	return i;
}

static bool
ends_sentence(const char *text)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" )\"*_", text[n - 1]) != NULL)
		n--;
	return n > 0 && strchr(".!?", text[n - 1]) != NULL;
}

static size_t
word_count(const char *low)
{
	size_t n = 0;

	for (bool in = false; *low != '\0'; low++) {
		bool space = *low == ' ' || *low == '\t';

		n += !space && !in;
		in = !space;
	}
	return n;
}

/* Somebody speaks of himself, not inside «…» or "…": a motto may. */
static bool
says_self(struct arena *arena, const char *low)
{
	char *copy = arena_strdup(arena, low);
	bool in = false;

	for (char *p = copy; *p != '\0'; p++) {
		unsigned char a = (unsigned char)p[0];
		unsigned char b = (unsigned char)p[1];

		if (a == '"')
			in = !in;
		else if (a == 0xC2 && (b == 0xAB || b == 0xBB))
			in = b == 0xAB;
		else if (a == 0xE2 && b == 0x80 && (p[2] == '\x9c' ||
		    p[2] == '\x9d' || p[2] == '\x9e'))
			in = p[2] != '\x9d' && !in;
		else if (in)
			*p = ' ';
	}
	return phrases_in(section("self"), copy, NULL) != NULL;
}

static bool
is_rule(const char *low)
{
	size_t n = strspn(low, "-_=*~#+ \t");

	return low[n] == '\0' && n >= 3;
}

/* --- names and contact lines ----------------------------------------------- */

static bool
is_sender_word(const struct lines *l, const char *low, size_t n)
{
	for (size_t i = 0; i < l->n_names; i++)
		if (strlen(l->names[i]) == n &&
		    memcmp(l->names[i], low, n) == 0)
			return true;
	return false;
}

static bool
is_initial(const struct lines *l, const char *low, size_t n)
{
	for (size_t i = 0; n > 0 && i < l->n_names; i++)
		if (strncmp(l->names[i], low, n) == 0 &&
		    (n == 1 || (unsigned char)low[0] >= 0xC3) && n <= 2)
			return true;
	return false;
}

/* A word that begins with a capital: its lower case is another. */
static bool
is_capital(const char *text, const char *low)
{
	return *text != *low || ((unsigned char)*text >= 0xC3 &&
	    text[1] != low[1]);
}

/* No letter in it: a smiley, a heart, a dash. */
static bool
is_sign(const char *low, size_t n)
{
	if ((unsigned char)*low >= 0xE2)
		return true;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)low[i] >= 0x80 || is_digit(low[i]) ||
		    (low[i] >= 'a' && low[i] <= 'z'))
			return low[0] == '<' && n == 2;
	return true;
}

/*
 * Words that may stand behind a formula or on a name's line: capitals, the
 * sender's names, «fra», and after a comma his title. `loose` also takes two
 * small words («hilsen jimmy»).
 */
static bool
is_name(const struct lines *l, const char *text, const char *low, bool loose,
    bool need_sender)
{
	size_t words = 0, small = 0, known = 0, allowed = loose ? 2 : 0;
	bool title = false;

	if (strlen(text) != strlen(low) || strlen(low) > MAX_SIGNATURE_LINE)
		return false;
	while (*low != '\0') {
		size_t skip = strspn(low, " \t/,.*_~-()|"), n;

		title = title || (known > 1 &&
		    memchr(low, ',', skip) != NULL);
		low += skip;
		text += skip;
		n = strcspn(low, " \t,.*_~()|/-");
		if (n == 0)
			break;
		if ((is_digit(*low) && !loose) || low[n - 1] == '?' ||
		    (low[n - 1] == ':' && n > 1))
			return false;
		if (is_sign(low, n)) {	/* «Linda :)», «Linda <3» */
			low += n;
			text += n;
			continue;
		}
		/* «hilsen på vegne af bestyrelsen» */
		if (words++ == 0 && loose && phrases_at(section("behalf"),
		    low) != 0)
			allowed = MAX_NAME_WORDS;
		if (is_sender_word(l, low, n - (low[n - 1] == '!')) || (words == 1 &&
		    is_initial(l, low, n)))
			known++;
		else if (need_sender && words == 1)
			return false;
		else if (!is_capital(text, low) && !title &&
		    !(n == 3 && memcmp(low, "fra", 3) == 0) &&
		    !(n == 1 && *low == 'v') &&
		    !(n <= 3 && (memcmp(low, "og", 2) == 0 ||
		    memcmp(low, "af", 2) == 0 || memcmp(low, "&", 1) == 0)))
			small++;
		low += n;
		text += n;
	}
	if (words == 0)
		return !need_sender;
	return words <= MAX_NAME_WORDS && small <= allowed;
}

static bool
is_name_line(const struct lines *l, size_t i)
{
	return is_name(l, l->at[i].text, l->at[i].low, false, true);
}

/* Eight digits or more with spaces between at most: no date, no CPR number. */
static bool
has_phone(const char *low)
{
	size_t digits = 0;

	for (; *low != '\0'; low++) {
		if (is_digit(*low)) {
			if (++digits >= 8 && low[1] != '-' && low[1] != '/' &&
			    !is_digit(low[1]))
				return true;
		} else if (*low != ' ' && *low != '+' && *low != '(' &&
		    *low != ')')
			digits = 0;
	}
	return false;
}

static bool
is_contact(const char *low)
{
	const char *p = low + strspn(low, " \t*|");
	size_t n = phrases_at(section("contact"), p);

	if (n != 0 && (p[n] == ' ' || p[n] == ':' || p[n - 1] == ':' ||
	    p[n - 1] == '.') && (strpbrk(p + n, "0123456789@") != NULL ||
	    strstr(p + n, "www") != NULL))
		return word_count(low) <= 12;
	if (n != 0 && (text_starts(p, "www.") || text_starts(p, "http")))
		return word_count(low) <= 3;
	if (strchr(low, '@') != NULL)
		return word_count(low) <= 4;
	return has_phone(low) && word_count(low) <= 12 &&
	    !ends_sentence(low);
}

/* --- closing formulas ------------------------------------------------------ */

/* The bytes that a formula takes at the start of a line; 0. */
static size_t
formula_at(const char *low, bool *strict)
{
	size_t n = phrases_at(section("closing"), low), at = 0;

	*strict = false;
	if (n != 0)
		return n;
	n = phrases_at(section("closing-strict"), low);
	if (n != 0) {
		*strict = true;
		return n;
	}
	for (int words = 0; words < 4; words++) {
		if ((n = phrases_at(section("greeting-noun"), low + at)) != 0)
			return words > 0 ? at + n : 0;
		if ((n = phrases_at(section("greeting-lead"), low + at)) == 0)
			return 0;
		at += n;
		at += strcspn(low + at, " ");
		at += strspn(low + at, " ");
	}
	return 0;
}

static bool
is_closing(const struct lines *l, size_t i)
{
	const struct line *line = &l->at[i];
	size_t skip = strspn(line->low, " \t*_"), n;
	bool strict;

	if (strlen(line->low) > MAX_SIGNATURE_LINE ||
	    strlen(line->low) != strlen(line->text))
		return false;
	n = formula_at(line->low + skip, &strict);
	if (n == 0)
		return false;
	n += skip;
	n += strspn(line->low + n, " ,.!*_-");
	return line->low[n] == '\0' || is_name(l, line->text + n,
	    line->low + n, !strict, false);
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
		got = *p == '/' ? 0 : formula_at(p, &strict);
		if (got != 0)
			got += strspn(p + got, " ,.!");
		if ((got != 0 && (p[got] == '\0' || is_name(l,
		    line->text + at + got, p + got, !strict, false))) ||
		    (got == 0 && is_name(l, line->text + at, p, false,
		    true) && word_count(p) <= 3)) {
			line->text = text_trim(l->arena, arena_strndup(
			    l->arena, line->text, at));
			line->low = text_lower(l->arena, line->text);
			lines_sign(l, "closing formula");
			return;
		}
	}
}

/* --- signatures ------------------------------------------------------------ */

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
		words += word_count(l->at[k].low);
	if (words < 4)
		return false;
	for (size_t k = i; bare && k < end; k++)
		if (says_self(l->arena, l->at[k].low))
			return true;
	return bare && !is_contact(low) && (ends_sentence(l->at[end - 1].text)
	    || text_ends(l->at[end - 1].text, ":"));
}

/*
 * The signature that begins at `i`: everything to the end of the part but
 * afterthoughts. `delimited` is one behind «-- »: there only a PS is own.
 * Returns where own words go on.
 */
static size_t
signature_take(struct lines *l, size_t i, struct part part, bool delimited,
    const char *sign)
{
	size_t lines = 0;
	bool bare = !delimited;

	while (i < part.to) {
		size_t end;

		if (!is_own(l, i)) {
			i++;
			continue;
		}
		end = paragraph_end(l, i, part.to);
		if (lines > 0 && (delimited ? phrases_at(
		    section("postscript"), l->at[i].low) != 0 :
		    is_afterthought(l, i, end, bare)))
			return i;
		/* one formula line, one name line: still bare */
		for (size_t k = i; k < end; k++, lines++)
			if (lines > 1 || is_contact(l->at[k].low) ||
			    (lines == 1 && strchr(l->at[k].low, ',') != NULL))
				bare = false;
		take(l, i, end, WORDS_SIGNATURE, sign);
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
		n += is_own(l, i);
	return n;
}

/* «-- », or a «--» or drawn line over a few short lines. */
static bool
is_delimiter(const struct lines *l, size_t i, size_t to)
{
	bool contact = false;

	if (l->at[i].is_dash)
		return true;
	if (strcmp(l->at[i].text, "--") != 0 && !is_rule(l->at[i].low) &&
	    strcmp(l->at[i].text, "\xe2\x80\x94") != 0)
		return false;
	if (tail_lines(l, i + 1, to) > 12)
		return false;
	for (size_t k = i + 1; k < to; k++) {
		if (!is_own(l, k))
			continue;
		if (strlen(l->at[k].low) > MAX_SIGNATURE_LINE)
			return false;
		contact = contact || is_contact(l->at[k].low) ||
		    is_name_line(l, k);
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

		if (!is_own(l, i)) {
			i++;
			continue;
		}
		end = paragraph_end(l, i, to);
		if (lines > 0 && is_afterthought(l, i, end, bare))
			return false;
		for (size_t k = i; k < end; k++, lines++) {
			if (strlen(l->at[k].low) > MAX_SIGNATURE_LINE ||
			    lines > MAX_TAIL_LINES)
				return false;
			if (lines > 1 || is_contact(l->at[k].low))
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
		if (is_own(l, i))
			return true;
	return false;
}

/* The line introduces what follows: «Jeg foreslår:» and a list of names. */
static bool
is_introduced(const struct lines *l, size_t from, size_t i)
{
	while (i-- > from)
		if (is_own(l, i))
			return text_ends(l->at[i].text, ":");
	return false;
}

static bool
has_contact(const struct lines *l, size_t i, size_t to)
{
	for (; i < to; i++)
		if (is_own(l, i) && is_contact(l->at[i].low))
			return true;
	return false;
}

/* A name alone below the last quoted lines, with a blank line between, where
 * own words stand above them. */
static bool
is_last_name(const struct lines *l, struct part part, size_t i)
{
	return i > 0 && l->at[i - 1].blank && part.to == l->n &&
	    has_words_above(l, 0, part.from);
}

/* Below the last words: a line with the sender's name, and what follows. */
static void
name_take(struct lines *l, struct part part)
{
	size_t seen = 0;

	for (size_t i = part.to; i-- > part.from && seen < MAX_TAIL_LINES;) {
		if (!is_own(l, i))
			continue;
		seen++;
		if (!is_name_line(l, i) || !is_signature_tail(l, i, part.to))
			continue;
		if (is_introduced(l, part.from, i) ||
		    (!has_words_above(l, part.from, i) &&
		    !has_contact(l, i, part.to) && !is_last_name(l, part,
		    i)))
			continue;
		take(l, i, part.to, WORDS_SIGNATURE, "the sender's name");
		part.to = i;
		seen = 0;
	}
}

/* A last paragraph of two short lines or more, one of them a number or an
 * address, is an office's. */
static void
contact_take(struct lines *l, struct part part)
{
	size_t end = part.to, first, contacts = 0;

	while (end > part.from && !is_own(l, end - 1))
		end--;
	first = end;
	while (first > part.from && is_own(l, first - 1))
		first--;
	if (end - first < 2 || !has_words_above(l, part.from, first))
		return;
	for (size_t i = first; i < end; i++) {
		if (strlen(l->at[i].low) > MAX_SIGNATURE_LINE ||
		    says_self(l->arena, l->at[i].low) ||
		    (ends_sentence(l->at[i].text) &&
		    word_count(l->at[i].low) > 6) ||
		    text_ends(l->at[i].text, "?"))
			return;
		contacts += is_contact(l->at[i].low);
	}
	if (contacts > 0)
		take(l, first, end, WORDS_SIGNATURE, "contact lines");
}

/* --- what machines add ----------------------------------------------------- */

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
	    !ends_sentence(l->at[first - 1].text))
		first--;
	for (size_t k = first; k < end; k++)
		if (says_self(l->arena, l->at[k].low)) {
			last = k;
			break;
		}
	while (last < end && last > first && strlen(l->at[last - 1].low) >= 50
	    && !ends_sentence(l->at[last - 1].text))
		last--;
	if (last <= first)
		return false;
	take(l, first, last, WORDS_NOISE, sign);
	return true;
}

/* A banner stands first or last, with its drawn lines. Above the words it
 * ends with its last sentence, though no blank line follows. */
static void
banner_take(struct lines *l, struct part part)
{
	size_t i = part.from, paragraphs = 0;

	for (; i < part.to && paragraphs < 3; i++) {
		size_t end, stop;

		if (!is_own(l, i))
			continue;
		end = paragraph_end(l, i, part.to);
		paragraphs++;
		for (stop = i; stop < end; stop++) {
			bool wrapped = stop > i && strlen(l->at[stop -
			    1].low) >= 50 && !ends_sentence(l->at[stop -
			    1].text);

			if (!wrapped && !is_rule(l->at[stop].low) &&
			    phrases_in(section("banner"), l->at[stop].low,
			    NULL) == NULL)
				break;
		}
		while (stop > i && is_rule(l->at[i].low) && stop == i + 1)
			stop--;
		if (stop > i)
			take(l, i, stop, WORDS_NOISE, "a gateway's banner");
		if (stop < end)
			break;
		i = end - 1;
	}
	for (i = part.to; i-- > part.from;)
		if (is_own(l, i)) {
			size_t first = i;

			while (first > part.from && is_own(l, first - 1))
				first--;
			(void)machine_take(l, first, i + 1, "banner",
			    "a gateway's banner");
			break;
		}
}

static void
machines_take(struct lines *l, struct part part)
{
	for (size_t i = part.from; i < part.to; i++) {
		size_t end;

		if (!is_own(l, i))
			continue;
		end = paragraph_end(l, i, part.to);
		(void)machine_take(l, i, end, "disclaimer", "a disclaimer");
		for (; i < end; i++) {
			const char *low = l->at[i].low;

			low += strspn(low, " \t*_<");
			if (is_own(l, i) && phrases_at(section("footer"),
			    low) != 0 && word_count(low) <= 12)
				take(l, i, i + 1, WORDS_NOISE,
				    "a phone's footer");
		}
	}
}

/* A calendar program's own sentence beside its data: none of it is the
 * sender's, his remark stands in the data, too. */
static void
calendar_take(struct lines *l)
{
	bool machine = false;

	for (size_t i = 0; i < l->n && !machine; i++)
		machine = is_own(l, i) && phrases_in(section("calendar"),
		    l->at[i].low, NULL) != NULL;
	if (machine)
		take(l, 0, l->n, WORDS_NOISE, "a calendar program's words");
}

/* RFC 9580 §7: «-----BEGIN PGP SIGNED MESSAGE-----» with its headers, and the
 * signature at the foot. */
static void
armour_take(struct lines *l)
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
static void
rules_take(struct lines *l, struct part part)
{
	for (size_t i = part.from; i < part.to; i++)
		if (is_own(l, i)) {
			if (!is_rule(l->at[i].low))
				break;
			l->at[i].kind = WORDS_NOISE;
		}
	for (size_t i = part.to; i-- > part.from;)
		if (is_own(l, i)) {
			if (!is_rule(l->at[i].low))
				break;
			l->at[i].kind = WORDS_NOISE;
		}
}

static void
part_clean(struct lines *l, struct part part)
{
	size_t i = part.from;

	banner_take(l, part);
	machines_take(l, part);
	while (i < part.to) {
		if (is_own(l, i) && is_closing(l, i))
			i = signature_take(l, i, part, false,
			    "closing formula");
		else if (is_own(l, i) && is_delimiter(l, i, part.to)) {
			l->at[i].kind = WORDS_NOISE;
			i = signature_take(l, i + 1, part, true,
			    "signature");
		} else
			i++;
	}
	name_take(l, part);
	contact_take(l, part);
	name_take(l, part);
	rules_take(l, part);
	for (i = part.to; i-- > part.from;)
		if (is_own(l, i)) {
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
		if (l->at[i].kind == WORDS_QUOTED && is_closing(l, i) &&
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
			if (says_self(l->arena, l->at[k].low)) {
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
		calendar_take(l);
	armour_take(l);
	for (size_t i = 0; i < l->n; i++) {
		struct part part = { i, i };

		if (!is_own(l, i))
			continue;
		while (part.to < l->n && l->at[part.to].kind == WORDS_OWN)
			part.to++;
		part_clean(l, part);
		i = part.to;
	}
}
