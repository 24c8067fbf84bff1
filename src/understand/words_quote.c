/* SPDX-License-Identifier: MIT */
/* What somebody else wrote, told by how mail programs set it off: marks at
 * the line's start, a line that says who wrote it, a header block, a rule
 * with words in it. Each line is looked at a bounded number of times. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "understand/phrases.h"
#include "understand/words_part.h"

#define MAX_ATTRIBUTION_LINES 4	/* Gmail wraps at 76: address and all */
#define MAX_ATTRIBUTION_BYTES 400
#define MAX_HEAD_LINES 24	/* a header block with long recipient lists */

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

/* hh:mm or hh.mm with nothing of a date about it. */
static bool
has_clock(const char *low)
{
	for (const char *p = low; *p != '\0'; p++) {
		int hour;

		if (!is_digit(*p) || (p > low && (is_digit(p[-1]) ||
		    p[-1] == '.' || p[-1] == '-' || p[-1] == '/')))
			continue;
		hour = *p - '0';
		if (is_digit(p[1]))
			hour = hour * 10 + *++p - '0';
		if (hour < 24 && (p[1] == ':' || p[1] == '.') &&
		    p[2] >= '0' && p[2] <= '5' && is_digit(p[3]) &&
		    !is_digit(p[4]) && (p[4] != '.' || p[1] == ':' ||
		    (is_digit(p[5]) && is_digit(p[6]) && !is_digit(p[7]))) &&
		    p[4] != '/' && p[4] != '-')
			return true;
	}
	return false;
}

static bool
has_year(const char *low)
{
	for (const char *p = low; *p != '\0'; p++)
		if ((p == low || !is_digit(p[-1])) &&
		    ((p[0] == '1' && p[1] == '9') ||
		    (p[0] == '2' && p[1] == '0')) && is_digit(p[2]) &&
		    is_digit(p[3]) && !is_digit(p[4]))
			return true;
	return false;
}

/* Words outside <…>, "…" and (…). */
static size_t
words_outside(const char *low, size_t n)
{
	size_t words = 0;
	char until = '\0';
	bool inside = false;

	for (size_t i = 0; i < n; i++) {
		char c = low[i];

		if (until != '\0') {
			if (c == until)
				until = '\0';
			continue;
		}
		if (c == '<' || c == '"' || c == '(') {
			until = c == '<' ? '>' : c == '(' ? ')' : '"';
			inside = false;
		} else if (c == ' ' || c == '\t' || c == ',')
			inside = false;
		else if (!inside && (c >= 'a' || (unsigned char)c >= 0x80)) {
			inside = true;
			words++;
		}
	}
	return words;
}

/*
 * Whether the lower case text of one or a few lines says who wrote what
 * follows. When quote marks follow, a name and a date or address will do;
 * without them (marks lost) it must be a program's: a full date with the
 * time, or an address, and a colon at the end. «Den 5. november skrev
 * formanden til os:» is a sentence, and stays one.
 */
static bool
is_attribution(const char *low, bool marks_follow)
{
	size_t n = strlen(low), verb_n, before, after;
	const char *verb, *rest;
	bool mail = strchr(low, '@') != NULL, full, ends;

	while (n > 0 && (low[n - 1] == ' ' || low[n - 1] == '-'))
		n--;
	if (n < 6 || n > MAX_ATTRIBUTION_BYTES)
		return false;
	ends = low[n - 1] == ':' || low[n] == '-' ||
	    (n < strlen(low) && low[strlen(low) - 1] == '-');
	full = has_year(low) && has_clock(low);
	verb = phrases_in(section("wrote"), low, &verb_n);
	if (verb == NULL)	/* old Gmail, and languages we do not know */
		return ends && mail && (full || marks_follow) &&
		    (marks_follow || is_digit(low[0]) ||
		    phrases_at(section("opener"), low)) &&
		    words_outside(low, n) <= 14;
	rest = verb + verb_n;
	before = words_outside(low, (size_t)(verb - low));
	after = rest > low + n ? 0 :
	    words_outside(rest, n - (size_t)(rest - low));
	if (before > 14 || after > (full || mail ? 9u : 6u))
		return false;
	if (!marks_follow)
		return ends && (mail || full) && (after <= 6 || mail);
	if (!ends && !mail)
		return false;
	return mail || has_clock(low) || has_year(low) ||
	    (before <= 5 && after == 0);
}

static bool
is_open(const struct lines *l, size_t i)
{
	return i < l->n && l->at[i].depth == 0 && !l->at[i].blank &&
	    l->at[i].kind == WORDS_OWN;
}

static const char *
dashes_off(const char *low)
{
	return low + strspn(low, "-_=*~ \t>|");
}

/* The lines [s, e] as one; the break inside an address leaves no space. */
static const char *
lines_joined(const struct lines *l, size_t s, size_t e)
{
	struct buf buf = buf_open(l->arena);
	bool in_address = false;

	for (size_t i = s; i <= e; i++) {
		const char *low = l->at[i].low;

		if (strlen(low) > MAX_ATTRIBUTION_BYTES)
			return "";
		if (i > s && !in_address)
			buf_add_char(&buf, ' ');
		buf_add(&buf, i == s ? dashes_off(low) :
		    low + strspn(low, " \t"));
		for (const char *p = low; *p != '\0'; p++)
			in_address = *p == '<' || (in_address && *p != '>');
	}
	return buf_text(&buf);
}

static bool
is_opener(const char *low)
{
	low = dashes_off(low);
	return is_digit(*low) || phrases_at(section("opener"), low) != 0;
}

/* A line that an attribution can begin with: it opens with a date and has the
 * year or the time, and few words beside. */
static bool
is_dated(const char *low)
{
	return is_opener(low) && (has_year(low) || has_clock(low)) &&
	    words_outside(low, strlen(low)) <= 9;
}

/*
 * An attribution around line `i`, which holds the verb or ends in «>:»: its
 * first and last line. It begins at the line itself, or up to three lines
 * above at one that is dated; it ends at the next colon.
 */
static bool
attribution_find(const struct lines *l, size_t i, size_t *first, size_t *last)
{
	size_t ends[2] = { i, i };
	bool found = false;

	while (ends[1] < i + MAX_ATTRIBUTION_LINES - 1 &&
	    !text_ends(l->at[ends[1]].text, ":") && is_open(l, ends[1] + 1))
		ends[1]++;
	for (size_t k = 0; !found && k < (ends[1] == i ? 1u : 2u); k++) {
		size_t next = lines_next(l, ends[k] + 1);
		bool marks = next < l->n && l->at[next].depth > 0 &&
		    next <= ends[k] + 3;

		/* is_attribution says no to these, at more cost */
		if (!marks && !text_ends(l->at[ends[k]].text, ":") &&
		    !text_ends(l->at[ends[k]].text, "-"))
			continue;
		for (size_t s = i; s + MAX_ATTRIBUTION_LINES > i &&
		    is_open(l, s); s--) {
			if ((s == i || is_dated(l->at[s].low)) &&
			    is_attribution(lines_joined(l, s, ends[k]),
			    marks)) {
				*first = s;
				*last = ends[k];
				found = true;
			}
			if (s == 0)
				break;
		}
	}
	return found;
}

/* --- header blocks ----------------------------------------------------- */

enum head { HEAD_NONE, HEAD_FROM, HEAD_SENT, HEAD_TO, HEAD_SUBJECT, HEAD_CC };

/* «Fra:», «*From:* », «Fra<TAB>»; also without the colon before an address
 * (eM Client). *value is what follows. */
static enum head
head_of(const char *low, const char **value)
{
	static const struct {
		const char *section;
		enum head head;
	} kinds[] = {
		{ "head-from", HEAD_FROM }, { "head-sent", HEAD_SENT },
		{ "head-to", HEAD_TO }, { "head-subject", HEAD_SUBJECT },
		{ "head-cc", HEAD_CC },
	};
	size_t skip = strspn(low, " \t*>|");

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const char *p = low + skip;
		size_t n = phrases_at(section(kinds[k].section), p);

		if (n == 0)
			continue;
		p += n;
		p += strspn(p, " *");
		if (*p == ':')
			p++;
		else if (!(*p == '\t' || (p[-1] == ' ' &&
		    (*p == '"' || *p == '<') && strchr(p, '@') != NULL) ||
		    (p[-1] == ' ' && kinds[k].head == HEAD_SENT &&
		    is_digit(*p))))
			continue;
		*value = p + strspn(p, " \t*");
		return kinds[k].head;
	}
	return HEAD_NONE;
}

/* The labels that stand on one line, where a program lost its breaks: «Fra:
 * … Sendt: … Til: … Emne: …». */
static size_t
heads_on_line(const char *low)
{
	static const char *const kinds[] = { "head-sent", "head-to",
		"head-subject" };
	size_t n = 0;

	for (size_t k = 0; k < 3; k++) {
		const char *p = low;
		size_t got;

		while ((p = phrases_in(section(kinds[k]), p + 1, &got)) !=
		    NULL)
			if (p[got] == ':') {
				n++;
				break;
			}
	}
	return n;
}

/* No letter or digit on it, three characters at least: a drawn line. */
static bool
is_rule(const char *low)
{
	size_t n = strspn(low, "-_=*~ \t");

	return low[n] == '\0' && n >= 3;
}

/*
 * A header block at line `i`: From and two more of Sent, To, Subject, with
 * continuation lines. It needs a sign that a program wrote it: an address, a
 * time of day, or the rule above it; a memo's «Til: … Fra: … Emne: …» has
 * none. *end is the line after it.
 */
static bool
head_block(struct lines *l, size_t i, bool after_rule, size_t *end)
{
	bool seen[HEAD_CC + 1] = { false };
	bool mail = false, clock = false, wide = false;
	size_t gap = 0, last = i, kinds = 0;
	const char *subject = NULL, *value = NULL;

	if (head_of(l->at[i].low, &value) == HEAD_FROM &&
	    heads_on_line(l->at[i].low) >= 2 &&
	    (strchr(value, '@') != NULL || has_clock(value))) {
		*end = i + 1;
		return true;
	}
	for (size_t k = i; k < l->n && k < i + MAX_HEAD_LINES; k++) {
		enum head h;

		if (l->at[k].depth != l->at[i].depth)
			break;
		if (l->at[k].blank) {
			wide = true;
			if (++gap > 1)
				break;
			continue;
		}
		h = head_of(l->at[k].low, &value);
		if (h == HEAD_NONE) {
			if (++gap > 2 || wide)
				break;
			mail = mail || (kinds < 4 &&
			    strchr(l->at[k].low, '@') != NULL);
			continue;
		}
		if (seen[h] && h != HEAD_CC && h != HEAD_SENT)
			break;
		if (!seen[h] && h != HEAD_CC)
			kinds++;
		seen[h] = true;
		mail = mail || strchr(value, '@') != NULL;
		clock = clock || (h == HEAD_SENT && has_clock(value));
		if (h == HEAD_SUBJECT)
			subject = strlen(l->at[k].text) ==
			    strlen(l->at[k].low) ? l->at[k].text +
			    (value - l->at[k].low) : value;
		last = k;
		gap = 0;
		wide = false;
	}
	if (!seen[HEAD_FROM] || (kinds < 3 && !(kinds == 2 && after_rule &&
	    mail)))
		return false;
	if (!mail && !clock && !after_rule)
		return false;
	*end = last + 1;
	if (subject != NULL && l->forwarded_subject == NULL)
		l->forwarded_subject = text_trim(l->arena, subject);
	return true;
}

/* --- rules with words in them ------------------------------------------ */

enum separator { SEPARATOR_NONE, SEPARATOR_ORIGINAL, SEPARATOR_FORWARDED };

static enum separator
separator_of(const char *low)
{
	const char *core = dashes_off(low);
	size_t n = strlen(core), dashes = (size_t)(core - low), words;
	bool ruled;

	if (n == 0 || n > 200)
		return SEPARATOR_NONE;
	while (n > 0 && strchr("-_=*~ :", core[n - 1]) != NULL)
		n--;
	ruled = dashes >= 2 && core[n] != '\0';
	if (!ruled && !text_ends(low, ":"))
		return SEPARATOR_NONE;
	if (ruled && (words = phrases_at(section("original"), core)) != 0 &&
	    words_outside(core + words, n - words) <= 4)
		return SEPARATOR_ORIGINAL;
	if (ruled && (words = phrases_at(section("forwarded"), core)) != 0 &&
	    words_outside(core + words, n - words) <= 8)
		return SEPARATOR_FORWARDED;
	words = phrases_at(section("forwarded-plain"), core);
	return words != 0 && words == n ? SEPARATOR_FORWARDED :
	    SEPARATOR_NONE;
}

/* --- the regions ------------------------------------------------------- */

/*
 * Everything from `i` on is somebody else's, unless it is marked: then the
 * marks say how far it goes.
 */
static void
region_take(struct lines *l, size_t i, enum words_kind kind)
{
	size_t next = lines_next(l, i);
	bool marked = next < l->n && l->at[next].depth > 0;

	for (size_t k = i; k < l->n; k++) {
		if (marked && l->at[k].depth == 0 && !l->at[k].blank)
			return;
		if (l->at[k].kind == WORDS_OWN ||
		    l->at[k].kind == WORDS_QUOTED)
			l->at[k].kind = kind;
	}
}

static void
noise_take(struct lines *l, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < l->n; i++)
		l->at[i].kind = WORDS_NOISE;
}

/* Tries line `i` as the head of a quotation without or before marks; true
 * when it was one, and *next is where to go on. */
static bool
quotation_begin(struct lines *l, size_t i, size_t *next)
{
	enum separator sep = separator_of(l->at[i].low);
	size_t first = i, end = i, head = i;
	bool rule = sep != SEPARATOR_NONE || is_rule(l->at[i].low);
	const char *value;
	enum words_kind kind = WORDS_QUOTED;

	if (rule)
		head = end = lines_next(l, i + 1);
	if (head < l->n && (l->at[head].kind == WORDS_OWN ||
	    (rule && l->at[head].depth > 0)) &&
	    head_of(l->at[head].low, &value) != HEAD_NONE &&
	    head_block(l, head, rule, &end)) {
		lines_sign(l, "header block of a quoted mail");
		if (l->is_forward || sep == SEPARATOR_FORWARDED)
			kind = WORDS_FORWARDED;
	} else if (sep != SEPARATOR_NONE) {
		lines_sign(l, "rule over a quoted mail");
		if (sep == SEPARATOR_FORWARDED ||
		    (l->is_forward && sep == SEPARATOR_ORIGINAL))
			kind = WORDS_FORWARDED;
		end = i + 1;
	} else if (!rule && (phrases_in(section("wrote"), l->at[i].low,
	    NULL) != NULL || text_ends(l->at[i].text, ">:") ||
	    text_ends(l->at[i].text, ">):")) &&
	    attribution_find(l, i, &first, &end)) {
		lines_sign(l, "line that says who wrote what follows");
		end++;
	} else
		return false;
	noise_take(l, first, end);
	region_take(l, end, kind);
	*next = end;
	return true;
}

/*
 * A program that wraps a quoted line without a mark on its rest: one short
 * line with marked lines right above and below it, that goes on with the
 * sentence above. An answer has a blank line, or follows a finished sentence.
 */
static void
wrapped_take(struct lines *l)
{
	for (size_t i = 1; i + 1 < l->n; i++) {
		const struct line *up = &l->at[i - 1];
		size_t n = strlen(up->text);

		if (l->at[i].depth != 0 || l->at[i].blank ||
		    l->at[i].kind != WORDS_OWN || up->depth == 0 || n < 60 ||
		    l->at[i + 1].depth != up->depth ||
		    strchr(".?!:", up->text[n - 1]) != NULL ||
		    strlen(l->at[i].text) >= n)
			continue;
		l->at[i].depth = up->depth;
		l->at[i].kind = up->kind;
	}
}

/* A run of at least two lines that begin with `is_mark`: bars of old
 * programs, initials as in «MK> ». */
static size_t
other_mark(const char *text)
{
	size_t n = 0;

	if (text[0] == '|' && (text[1] == ' ' || text[1] == '\0'))
		return text_ends(text + 1, "|") ? 0 : 1;
	while (n < 3 && ((text[n] >= 'A' && text[n] <= 'Z') ||
	    (text[n] >= 'a' && text[n] <= 'z')))
		n++;
	return n > 0 && text[n] == '>' && (text[n + 1] == ' ' ||
	    text[n + 1] == '\0') ? n + 1 : 0;
}

static void
other_marks_take(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		size_t end = i;

		while (end < l->n && l->at[end].depth == 0 &&
		    other_mark(l->at[end].text) != 0)
			end++;
		for (size_t k = i; end - i >= 2 && k < end; k++) {
			size_t n = other_mark(l->at[k].text);

			l->at[k].text += n;
			l->at[k].low += n;
			l->at[k].depth = 1;
			l->at[k].blank = l->at[k].text[strspn(l->at[k].text,
			    " \t")] == '\0';
		}
		if (end > i)
			i = end - 1;
	}
}

void
words_quote(struct lines *l)
{
	size_t i, next;

	other_marks_take(l);
	for (i = 0; i < l->n; i++)
		if (l->at[i].depth > 0) {
			l->at[i].kind = WORDS_QUOTED;
			lines_sign(l, "quote marks");
		}
	for (i = 0; i < l->n; i = next) {
		next = i + 1;
		if (is_open(l, i))
			(void)quotation_begin(l, i, &next);
	}
	wrapped_take(l);
}
