/* SPDX-License-Identifier: MIT */
/* Encoded words (RFC 2047) and parameters (RFC 2231), forgiving as mail
 * programs are, in one pass. */
#include "mail/head.h"

#include <string.h>

#include "base/arena.h"
#include "mail/charset.h"
#include "mail/transfer.h"

#define CHARSET_MAX 40
#define SECTION_MAX 256	/* RFC 2231 §3: numbered pieces of one value */
#define VALUE_MAX 4096	/* a file name or boundary that is longer is none */

/* --- RFC 2047 ---------------------------------------------------------- */

struct word {
	char charset[CHARSET_MAX];
	char encoding;		/* 'q' or 'b' */
	const char *text;
	size_t n;
	const char *end;	/* after "?=" */
};

/* RFC 2047 §2: "=?" charset "?" encoding "?" encoded-text "?="; RFC 2231 §5
 * puts a language behind the charset. The text ends at the first '?', so
 * that a thousand beginnings cost no more than one. */
static bool
word_read(const char *p, struct word *word)
{
	size_t n = 0;

	p += 2;
	while (*p != '?' && *p != '*') {
		if ((unsigned char)*p <= ' ' || *p == '=' || *p == '"'
		    || n == CHARSET_MAX - 1)
			return false;
		word->charset[n++] = *p++;
	}
	word->charset[n] = '\0';
	while (*p != '?') {
		if ((unsigned char)*p <= ' ' || *p == '=')
			return false;
		p++;
	}
	p++;
	word->encoding = (char)(*p | 0x20);
	if (n == 0 || (word->encoding != 'q' && word->encoding != 'b')
	    || p[1] != '?')
		return false;
	word->text = p + 2;
	word->n = strcspn(word->text, "?");
	word->end = word->text + word->n + 2;
	return word->text[word->n] == '?' && word->text[word->n + 1] == '=';
}

static void
word_decode(struct buf *out, const struct word *word)
{
	struct bytes text = { (const unsigned char *)word->text, word->n };

	if (word->encoding == 'b')
		transfer_base64(out, text);
	else
		transfer_q(out, text);
}

/* Words of one set that follow each other are one text: programs cut in the
 * middle of a letter. */
const char *
head_decode_words(struct arena *arena, const char *text, bool *lost)
{
	struct buf out;
	const char *p = text, *at;

	if (strstr(text, "=?") == NULL)
		return text;
	out = buf_open(arena);
	while ((at = strstr(p, "=?")) != NULL) {
		struct word word, next;
		struct buf raw = buf_open(arena);

		if (!word_read(at, &word)) {
			buf_add_n(&out, p, (size_t)(at - p) + 2);
			p = at + 2;
			continue;
		}
		buf_add_n(&out, p, (size_t)(at - p));
		word_decode(&raw, &word);
		for (p = word.end;; p = next.end) {
			const char *q = p + strspn(p, " \t");

			/* §6.2: blanks between words are not shown. */
			if (strncmp(q, "=?", 2) != 0 || !word_read(q, &next))
				break;
			if (!text_equal_nocase(next.charset, word.charset)) {
				p = q;
				break;
			}
			word_decode(&raw, &next);
		}
		buf_add(&out, charset_one_line(arena, word.charset,
		    (struct bytes){ (const unsigned char *)buf_text(&raw),
		    raw.n }, lost));
	}
	buf_add(&out, p);
	return out.data == NULL ? "" : out.data;
}

/* --- parameters -------------------------------------------------------- */

struct piece {
	const char *name;	/* lower case, without '*' and number */
	int section;		/* -1 where it stands alone */
	bool is_extended;	/* %XX, and a charset in the first */
	struct bytes value;
};

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks and comments; `at` moves on. */
static void
skip_cfws(struct bytes b, size_t *at)
{
	size_t depth = 0;

	for (; *at < b.n; (*at)++) {
		unsigned char c = b.data[*at];

		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (c == '\\' && depth > 0)
			(*at)++;
		else if (depth == 0 && !is_space(c))
			return;
	}
	*at = b.n;
}

static const char *
token_read(struct arena *arena, struct bytes b, size_t *at, const char *stops)
{
	size_t from = *at;
	char *token;

	while (*at < b.n && !is_space(b.data[*at]) && b.data[*at] != '\0'
	    && strchr(stops, b.data[*at]) == NULL)
		(*at)++;
	token = arena_strndup(arena, (const char *)b.data + from,
	    *at - from > VALUE_MAX ? VALUE_MAX : *at - from);
	for (char *p = token; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	return token;
}

/* A quoted string (RFC 2045 §5.1), or what stands up to the next ';': names
 * with blanks and no quotes are common. */
static struct bytes
value_read(struct arena *arena, struct bytes b, size_t *at)
{
	unsigned char *out;
	size_t from, n = 0;

	if (*at < b.n && b.data[*at] == '"') {
		out = arena_alloc(arena, b.n - *at + 1);
		for ((*at)++; *at < b.n && b.data[*at] != '"'; (*at)++) {
			if (b.data[*at] == '\\' && *at + 1 < b.n)
				(*at)++;
			if (b.data[*at] != '\r' && b.data[*at] != '\n')
				out[n++] = b.data[*at];
		}
		if (*at < b.n)
			(*at)++;
		return (struct bytes){ out, n > VALUE_MAX ? VALUE_MAX : n };
	}
	for (from = *at; *at < b.n && b.data[*at] != ';'; (*at)++)
		n = is_space(b.data[*at]) ? n : *at - from + 1;
	return (struct bytes){ b.data + from, n > VALUE_MAX ? VALUE_MAX : n };
}

/* RFC 2231 §3 and §4: name, name*, name*0, name*0*. */
static void
piece_name(struct piece *piece, char *name)
{
	char *star = strchr(name, '*');
	int v = 0;

	piece->name = name;
	piece->section = -1;
	if (star == NULL)
		return;
	*star++ = '\0';
	if (*star == '\0') {
		piece->is_extended = true;
		return;
	}
	while (*star >= '0' && *star <= '9' && v < SECTION_MAX)
		v = v * 10 + (*star++ - '0');
	piece->section = v;
	piece->is_extended = *star == '*';
}

static size_t
pieces_read(struct arena *arena, struct bytes b, size_t at,
    struct piece *pieces, bool *is_cut)
{
	size_t n = 0;

	while (at < b.n) {
		struct piece piece = { .section = -1 };
		char *name;

		skip_cfws(b, &at);
		if (at < b.n && b.data[at] == ';') {
			at++;
			continue;
		}
		if (at >= b.n)
			break;
		name = arena_strdup(arena, token_read(arena, b, &at, "=;("));
		skip_cfws(b, &at);
		if (at >= b.n || b.data[at] != '=') {
			/* A word alone, or a NUL: on to the next ';'. */
			while (at < b.n && b.data[at] != ';')
				at++;
			continue;
		}
		at++;
		skip_cfws(b, &at);
		piece_name(&piece, name);
		piece.value = value_read(arena, b, &at);
		if (n == HEAD_MAX_PARAMS) {
			*is_cut = true;
			break;
		}
		pieces[n++] = piece;
	}
	return n;
}

static int
hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
percent_decode(struct buf *out, struct bytes b)
{
	for (size_t i = 0; i < b.n; i++) {
		int high, low;

		if (b.data[i] == '%' && i + 2 < b.n
		    && (high = hex_value(b.data[i + 1])) >= 0
		    && (low = hex_value(b.data[i + 2])) >= 0) {
			buf_add_char(out, (char)(high << 4 | low));
			i += 2;
		} else
			buf_add_char(out, (char)b.data[i]);
	}
}

/* charset'language'text: takes the front off `value`. */
static const char *
extended_charset(struct arena *arena, struct bytes *value)
{
	const unsigned char *one, *two;
	const char *charset;

	one = memchr(value->data, '\'', value->n);
	two = one == NULL ? NULL : memchr(one + 1, '\'',
	    value->n - (size_t)(one + 1 - value->data));
	if (two == NULL)
		return NULL;
	charset = arena_strndup(arena, (const char *)value->data,
	    (size_t)(one - value->data));
	value->n -= (size_t)(two + 1 - value->data);
	value->data = two + 1;
	return charset;
}

/* All pieces of one name put together in the order of their numbers; a gap
 * ends the value. An extended value wins over a plain one (RFC 6266 §4.3
 * says it of the web, mail programs write both as well). */
static const char *
param_join(struct arena *arena, const struct piece *pieces, size_t n,
    const char *name, bool *lost)
{
	const struct piece *alone = NULL, *extended = NULL;
	const struct piece *sections[SECTION_MAX];
	struct buf raw = buf_open(arena);
	const char *charset = NULL;
	bool is_cut_up = false;
	struct bytes value;

	for (size_t i = 0; i < n; i++)
		is_cut_up |= pieces[i].section >= 0;
	if (is_cut_up)
		memset(sections, 0, sizeof sections);

	for (size_t i = 0; i < n; i++) {
		const struct piece *p = &pieces[i];

		if (strcmp(p->name, name) != 0)
			continue;
		if (p->section >= 0 && p->section < SECTION_MAX
		    && sections[p->section] == NULL)
			sections[p->section] = p;
		else if (p->section < 0 && p->is_extended && extended == NULL)
			extended = p;
		else if (p->section < 0 && alone == NULL)
			alone = p;
	}
	if (extended != NULL) {
		value = extended->value;
		charset = extended_charset(arena, &value);
		percent_decode(&raw, value);
	} else if (is_cut_up && sections[0] != NULL) {
		for (size_t i = 0; i < SECTION_MAX && sections[i]; i++) {
			value = sections[i]->value;
			if (i == 0 && sections[i]->is_extended)
				charset = extended_charset(arena, &value);
			if (sections[i]->is_extended)
				percent_decode(&raw, value);
			else
				buf_add_n(&raw, (const char *)value.data,
				    value.n);
		}
	} else if (alone != NULL)
		return head_decode_words(arena, charset_one_line(arena, NULL,
		    alone->value, NULL), lost);
	return charset_one_line(arena, charset, (struct bytes){
	    (const unsigned char *)buf_text(&raw), raw.n }, lost);
}

struct head_params
head_params_read(struct arena *arena, struct bytes b, bool *lost)
{
	struct head_params params = { .value = "" };
	struct piece pieces[HEAD_MAX_PARAMS];
	struct head_param *list;
	size_t at = 0, n;

	skip_cfws(b, &at);
	params.value = token_read(arena, b, &at, ";(");
	skip_cfws(b, &at);
	if (at >= b.n)
		return params;
	n = pieces_read(arena, b, at, pieces, &params.is_cut);
	list = arena_array(arena, n + 1, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		bool seen = false;

		for (size_t k = 0; k < params.n && !seen; k++)
			seen = strcmp(list[k].name, pieces[i].name) == 0;
		if (seen)
			continue;
		list[params.n++] = (struct head_param){
			.name = pieces[i].name,
			.value = param_join(arena, pieces, n, pieces[i].name,
			    lost),
		};
	}
	params.list = list;
	return params;
}

const char *
head_param(const struct head_params *params, const char *name)
{
	for (size_t i = 0; i < params->n; i++)
		if (strcmp(params->list[i].name, name) == 0)
			return params->list[i].value;
	return NULL;
}
