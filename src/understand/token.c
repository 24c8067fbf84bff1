/* SPDX-License-Identifier: MIT */
/* A text cut into tokens; sentences and clauses are told by the signs and
 * by how the lines break. */
#include "understand/token.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define LINE_IS_SHORT 46 /* bytes; a line that ends earlier was ended by the
			  * writer, not by his program's margin */
#define WORD_MAX 64	/* a «word» of a megabyte is none */

/* The ASCII that stands for a letter: one or two characters. */
static const char *
fold(uint32_t c)
{
	static const struct { uint32_t from, to; const char *as; } folds[] = {
		{ 0xE0, 0xE3, "a" }, { 0xE4, 0xE4, "ae" }, { 0xE5, 0xE5, "aa" },
		{ 0xE6, 0xE6, "ae" }, { 0xE7, 0xE7, "c" }, { 0xE8, 0xEB, "e" },
		{ 0xEC, 0xEF, "i" }, { 0xF0, 0xF0, "d" }, { 0xF1, 0xF1, "n" },
		{ 0xF2, 0xF5, "o" }, { 0xF6, 0xF6, "oe" }, { 0xF8, 0xF8, "oe" },
		{ 0xF9, 0xFC, "u" }, { 0xFD, 0xFD, "y" }, { 0xFF, 0xFF, "y" },
		{ 0x101, 0x105, "a" }, { 0x107, 0x10D, "c" },
		{ 0x10F, 0x111, "d" }, { 0x113, 0x11B, "e" },
		{ 0x11F, 0x11F, "g" }, { 0x12B, 0x131, "i" },
		{ 0x142, 0x142, "l" }, { 0x144, 0x148, "n" },
		{ 0x14D, 0x14F, "o" }, { 0x151, 0x151, "oe" },
		{ 0x153, 0x153, "oe" }, { 0x159, 0x159, "r" },
		{ 0x15B, 0x161, "s" }, { 0x163, 0x165, "t" },
		{ 0x16B, 0x173, "u" }, { 0x17A, 0x17E, "z" },
	};

	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++)
		if (c >= folds[i].from && c <= folds[i].to)
			return folds[i].as;
	return NULL;
}

/* Combining marks (a name that came decomposed): the ring and the two dots
 * change the letter, the rest is dropped. */
static bool
norm_combine(struct buf *out, uint32_t c)
{
	if (c < 0x300 || c > 0x36F)
		return false;
	if (out->n > 0 && c == 0x30A && out->data[out->n - 1] == 'a')
		buf_add_char(out, 'a');
	if (out->n > 0 && c == 0x308 && (out->data[out->n - 1] == 'a'
	    || out->data[out->n - 1] == 'o'))
		buf_add_char(out, 'e');
	return true;
}

char *
token_norm(struct arena *arena, const char *text, size_t n)
{
	struct buf out = buf_open(arena);
	const char *at = text, *end = text + n;

	if (text_plain(at, end) == n) {	/* most words */
		char *norm = arena_strndup(arena, text, n);

		for (size_t i = 0; i < n; i++)
			if (norm[i] >= 'A' && norm[i] <= 'Z')
				norm[i] = (char)(norm[i] + 32);
		return norm;
	}
	while (at < end && *at != '\0') {
		uint32_t c = text_lower_code(text_next(&at));
		const char *as = c < 0x80 ? NULL : fold(c);

		if (norm_combine(&out, c))
			continue;
		if (as != NULL)
			buf_add(&out, as);
		else
			buf_add_code(&out, c);
	}
	return arena_strdup(arena, buf_text(&out));
}

static bool
is_letter(uint32_t c)
{
	return text_is_letter(c) || (c >= 0x300 && c <= 0x36F);
}

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static uint32_t
peek(const char *at)
{
	return text_next(&at);
}

static size_t
part_length(const char *at)
{
	size_t n = 0;

	while ((at[n] >= '0' && at[n] <= '9')
	    || ((at[n] | 0x20) >= 'a' && (at[n] | 0x20) <= 'z')
	    || at[n] == '.' || at[n] == '_' || at[n] == '%' || at[n] == '+'
	    || at[n] == '-')
		n++;
	return n;
}

/* An address begins here when letters, digits and ._+- lead to an @ with a
 * dot behind it; its length, or 0. */
static size_t
address_length(const char *at)
{
	size_t local = part_length(at), domain;

	if (local == 0 || local > WORD_MAX || at[local] != '@')
		return 0;
	domain = part_length(at + local + 1);
	while (domain > 0 && strchr("._-", at[local + domain]) != NULL)
		domain--;
	if (domain < 3 || memchr(at + local + 1, '.', domain) == NULL)
		return 0;
	return local + 1 + domain;
}

static size_t
link_length(const char *at)
{
	if (!text_starts_nocase(at, "http://")
	    && !text_starts_nocase(at, "https://")
	    && !text_starts_nocase(at, "www."))
		return 0;
	return strcspn(at, " \t\n<>\"");
}

static size_t
word_length(const char *at)
{
	const char *from = at, *end = at;

	while (*at != '\0') {
		uint32_t c = text_next(&at);

		if (is_letter(c) || (is_digit(c) && end != from)) {
			end = at;
			continue;
		}
		/* inside a word: Jens-Ole, Mogens', don't, it's, é'er */
		if ((c == '-' || c == '\'' || c == 0x2019)
		    && is_letter(peek(at)))
			continue;
		break;
	}
	return (size_t)(end - from);
}

/* Signs that mean the same: quotes of all lands, dashes, dots. */
static char
mark_of(uint32_t c)
{
	if (c < 0x80)
		return (char)c;
	if (c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F))
		return '"';
	if (c >= 0x2018 && c <= 0x201B)
		return '\'';
	if (c >= 0x2010 && c <= 0x2015)
		return '-';
	if (c == 0x2022 || c == 0xB7 || c == 0x25CF)
		return '*';
	if (c == 0x2026)
		return '.';
	return '~';
}

struct cutter {
	struct arena *arena;
	struct tokens *tokens;
	uint32_t line;
	bool in_subject, context;
};

static void
token_add(struct cutter *c, enum token_kind kind, const char *from, size_t n)
{
	struct tokens *t = c->tokens;
	struct token *token = &t->list[t->n];
	const char *at = from;
	uint32_t first = text_next(&at), code;

	*token = (struct token){
		.begin = (uint32_t)(from - t->text),
		.end = (uint32_t)(from - t->text + (ptrdiff_t)n),
		.line = c->line,
		.next = (uint32_t)t->n + 1,
		.number = -1,
		.date = -1,
		.name = -1,
		.kind = (uint8_t)kind,
		.mark = kind == TOKEN_MARK ? mark_of(first) : '\0',
		.capital = kind == TOKEN_WORD
		    && text_lower_code(first) != first,
		.in_subject = c->in_subject,
		.context = c->context,
	};
	token->shouts = token->capital && at < from + n;
	while (token->shouts && at < from + n) {
		code = text_next(&at);
		token->shouts = text_lower_code(code) != code
		    || !text_is_letter(code);
	}
	if (kind == TOKEN_NUMBER && n <= 6) {
		token->number = 0;
		for (size_t i = 0; i < n; i++)
			token->number = token->number * 10 + (from[i] - '0');
	}
	token->norm = kind == TOKEN_MARK
	    ? arena_printf(c->arena, "%c", token->mark)
	    : token_norm(c->arena, from, n);
	t->n++;
}

static void
tokens_cut(struct cutter *c, const char *at, const char *end)
{
	while (at < end && *at != '\0') {
		uint32_t code = peek(at);
		const char *from = at;
		size_t n = 0;
		enum token_kind kind = TOKEN_MARK;

		if (c->tokens->n + 1 >= c->tokens->cap) {
			c->tokens->cut = true;
			return;
		}
		if (code == '\n')
			c->line++;
		if (code <= ' ' || code == 0xA0 || code == 0xFE0F) {
			(void)text_next(&at);
			continue;
		}
		if (code < 0x80 && (n = address_length(at)) != 0)
			kind = TOKEN_EMAIL;
		else if (code < 0x80 && (n = link_length(at)) != 0)
			kind = TOKEN_LINK;
		else if (is_digit(code)) {
			n = strspn(at, "0123456789");
			kind = TOKEN_NUMBER;
		} else if (is_letter(code) && (n = word_length(at)) != 0)
			kind = TOKEN_WORD;
		else {
			(void)text_next(&at);
			n = (size_t)(at - from);
		}
		token_add(c, kind, from, n);
		at = from + n;
	}
}

static bool
is_abbreviation(const char *norm)
{
	static const char *const short_words[] = {
		"kl", "d", "ca", "nr", "mvh", "tlf", "evt", "pkt", "bl", "f",
		"fx", "feks", "eks", "inkl", "ift", "ifm", "pga", "mht", "vedr",
		"jf", "ang", "st", "hr", "fr", "mrs", "mr", "ms", "dr", "osv",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
		"okt", "oct", "nov", "dec", "des", "man", "tir", "tirs", "ons",
		"tor", "tors", "fre", "lor", "son", "kr", "stk", "max", "min",
		"dvs", "mfl", "mv", "ds", "sth", "cand", "a", "e", "g", "m",
	};

	for (size_t i = 0; i < sizeof(short_words) / sizeof(short_words[0]);
	    i++)
		if (strcmp(short_words[i], norm) == 0)
			return true;
	return false;
}

/* A full stop ends a sentence, but not behind «kl.», and not behind a number
 * when what follows goes on («den 26. november», «d. 26. er jeg», «16.30»);
 * «den 26. Hilsen» does end. */
static bool
stop_ends(const struct tokens *t, size_t i)
{
	const struct token *before = i > 0 ? &t->list[i - 1] : NULL;
	const struct token *after = i + 1 < t->n ? &t->list[i + 1] : NULL;

	if (after == NULL || before == NULL)
		return true;
	if (before->kind == TOKEN_NUMBER)
		return after->begin > t->list[i].end
		    && (after->capital || after->kind == TOKEN_NUMBER)
		    && after->kind == TOKEN_WORD;
	if (before->kind == TOKEN_WORD && is_abbreviation(before->norm))
		return after->line != before->line && after->capital;
	return after->begin > t->list[i].end || after->kind == TOKEN_MARK;
}

static size_t
line_length(const char *text, size_t at)
{
	size_t from = at, end = at;

	while (from > 0 && text[from - 1] != '\n')
		from--;
	while (text[end] != '\0' && text[end] != '\n')
		end++;
	return end - from;
}

/* A line end ends a sentence: at a blank line, before a list mark, and
 * behind a line too short to have been broken by a program. */
static bool
line_ends(const struct tokens *t, size_t i)
{
	const struct token *a = &t->list[i], *b = &t->list[i + 1];

	if (a->line == b->line)
		return false;
	if (b->line - a->line > 1 || a->in_subject != b->in_subject)
		return true;
	if (a->mark == ':')
		return true;
	if (b->kind == TOKEN_MARK && strchr("-*>", b->mark) != NULL)
		return true;
	if (b->kind == TOKEN_NUMBER && i + 2 < t->n
	    && strchr(".):", t->list[i + 2].mark) != NULL
	    && t->list[i + 2].mark != '\0' && a->kind != TOKEN_NUMBER)
		return true;
	if (a->mark == ',')
		return line_length(t->text, a->begin) < 30;
	return line_length(t->text, a->begin) < LINE_IS_SHORT;
}

static bool
ends_clause(const struct tokens *t, size_t i)
{
	const struct token *token = &t->list[i];

	if (token->kind != TOKEN_MARK)
		return false;
	/* a number's own comma or colon: 3,5 and 16:30 */
	if ((token->mark == ',' || token->mark == ':') && i > 0
	    && i + 1 < t->n && t->list[i - 1].kind == TOKEN_NUMBER
	    && t->list[i + 1].kind == TOKEN_NUMBER
	    && t->list[i + 1].begin == token->end)
		return false;
	if (token->mark == '-')	/* a dash between words, not a date's */
		return i > 0 && t->list[i - 1].end < token->begin;
	return strchr(",;:()[]\"~", token->mark) != NULL;
}

static void
sentences_set(struct tokens *t)
{
	uint32_t sentence = 0, clause = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct token *token = &t->list[i];
		bool ends;

		token->sentence = sentence;
		token->clause = clause;
		if (i + 1 >= t->n)
			break;
		ends = line_ends(t, i);
		if (token->kind == TOKEN_MARK)
			ends = ends || token->mark == '!' || token->mark == '?'
			    || (token->mark == '.' && stop_ends(t, i));
		if (ends && t->list[i + 1].kind == TOKEN_MARK
		    && strchr("!?.)\"'", t->list[i + 1].mark) != NULL
		    && t->list[i + 1].begin == token->end)
			ends = false;
		if (ends)
			sentence++;
		if (ends || ends_clause(t, i))
			clause++;
	}
	t->n_sentences = sentence + 1;
	t->n_clauses = clause + 1;
}

/* A sentence asks when a question mark is among its last signs. */
static void
questions_set(struct arena *arena, struct tokens *t)
{
	bool *asks = arena_array(arena, t->n_sentences, sizeof(bool));

	for (size_t i = 0; i < t->n; i++)
		asks[t->list[i].sentence] = t->list[i].mark == '?'
		    || (asks[t->list[i].sentence]
		    && t->list[i].kind == TOKEN_MARK);
	t->questions = asks;
}

void
tokens_read(struct arena *arena, const char *subject, bool context,
    const char *text, struct tokens *tokens)
{
	struct cutter c = { .arena = arena, .tokens = tokens,
		.in_subject = true, .context = context };
	size_t head = strlen(subject);

	*tokens = (struct tokens){ 0 };
	tokens->text = arena_printf(arena, "%s\n\n%s", subject, text);
	tokens->cap = strlen(tokens->text) + 2;
	if (tokens->cap > TOKENS_MAX)
		tokens->cap = TOKENS_MAX;
	tokens->list = arena_array(arena, tokens->cap, sizeof(struct token));
	tokens_cut(&c, tokens->text, tokens->text + head);
	tokens->text_at = tokens->n;
	c.in_subject = false;
	c.context = false;
	c.line += 2;
	tokens_cut(&c, tokens->text + head + 2,
	    tokens->text + strlen(tokens->text));
	sentences_set(tokens);
	questions_set(arena, tokens);
}

bool
tokens_is_question(const struct tokens *t, uint32_t sentence)
{
	return sentence < t->n_sentences && t->questions[sentence];
}

size_t
tokens_sentence_begin(const struct tokens *t, size_t at)
{
	while (at > 0 && t->list[at - 1].sentence == t->list[at].sentence)
		at--;
	return at;
}

size_t
tokens_sentence_end(const struct tokens *t, size_t at)
{
	uint32_t sentence = t->list[at].sentence;

	while (at < t->n && t->list[at].sentence == sentence)
		at++;
	return at;
}

size_t
tokens_clause_begin(const struct tokens *t, size_t at)
{
	while (at > 0 && t->list[at - 1].clause == t->list[at].clause)
		at--;
	return at;
}

size_t
tokens_clause_end(const struct tokens *t, size_t at)
{
	uint32_t clause = t->list[at].clause;

	while (at < t->n && t->list[at].clause == clause)
		at++;
	return at;
}

char *
tokens_text(struct arena *arena, const struct tokens *t, size_t from,
    size_t to)
{
	if (from >= to || from >= t->n)
		return arena_strdup(arena, "");
	if (to > t->n)
		to = t->n;
	return arena_strndup(arena, t->text + t->list[from].begin,
	    t->list[to - 1].end - t->list[from].begin);
}
