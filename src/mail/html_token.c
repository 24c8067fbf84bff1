/* SPDX-License-Identifier: MIT */
/* The tokenizer: every byte is passed once. */
#include "mail/html_token.h"

#include <string.h>

#include "base/arena.h"

#define ENTITY_MAX 10 /* letters of the longest name, and one more */

static const struct {
	const char *name;
	uint16_t code;
} entities[] = {
#include "html_entity.inc"
};

/* Numbers of these were written by programs that meant windows-1252. */
static const uint16_t western[32] = {
	0x20AC, 0x20, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x20, 0x17D, 0x20,
	0x20, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x20, 0x17E, 0x178,
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* "&#65;", "&#x41;": `at` stands behind the '#'. */
static uint32_t
number_read(const char *at, const char *end, const char **after)
{
	uint32_t base = 10, code = 0;
	const char *from;

	if (at < end && lower(*at) == 'x') {
		base = 16;
		at++;
	}
	for (from = at; at < end; at++) {
		uint32_t v;

		if (is_digit(*at))
			v = (uint32_t)(*at - '0');
		else if (base == 16 && lower(*at) >= 'a' && lower(*at) <= 'f')
			v = (uint32_t)(lower(*at) - 'a' + 10);
		else
			break;
		if (code < 0x110000)
			code = code * base + v;
	}
	if (at == from)
		return 0;
	*after = at + (at < end && *at == ';');
	if (code >= 0x80 && code < 0xA0)
		return western[code - 0x80];
	if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		return 0xFFFD;
	return code;
}

uint32_t
html_entity(const char *at, const char *end, const char **after)
{
	size_t low = 0, high = sizeof entities / sizeof *entities, n = 0;
	char name[ENTITY_MAX + 1];

	at++;
	if (at < end && *at == '#')
		return number_read(at + 1, end, after);
	while (at + n < end && n < ENTITY_MAX
	    && (is_letter(at[n]) || is_digit(at[n]))) {
		name[n] = at[n];
		n++;
	}
	name[n] = '\0';
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, entities[middle].name);

		if (order == 0) {
			bool closed = at + n < end && at[n] == ';';

			/* Only the old Latin-1 names go without ';'. */
			if (!closed && entities[middle].code > 0xFF)
				return 0;
			*after = at + n + closed;
			return entities[middle].code;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

const char *
html_value(struct arena *arena, struct bytes value, size_t max)
{
	const char *at = (const char *)value.data, *end;
	struct buf out;

	if (value.n > max)
		value.n = max;
	if (value.n == 0)
		return "";
	if (memchr(at, '&', value.n) == NULL)
		return arena_strndup(arena, at, value.n);
	out = buf_open(arena);
	for (end = at + value.n; at < end;) {
		const char *after = at;
		uint32_t code = *at == '&' ? html_entity(at, end, &after) : 0;

		if (code != 0) {
			buf_add_code(&out, code);
			at = after;
		} else
			buf_add_char(&out, *at++);
	}
	return buf_text(&out);
}

struct html_reader
html_reader(const char *html)
{
	return (struct html_reader){ html, html + strlen(html) };
}

static void
attr_keep(struct html_token *t, const char *name, size_t n, const char *value,
    size_t value_n)
{
	static const char *const names[HTML_ATTRS] = {
		[HTML_STYLE] = "style", [HTML_CLASS] = "class",
		[HTML_ID] = "id", [HTML_COLOR] = "color",
		[HTML_BGCOLOR] = "bgcolor", [HTML_HIDDEN] = "hidden",
		[HTML_TYPE] = "type", [HTML_ALT] = "alt",
		[HTML_START] = "start", [HTML_NAME] = "name",
	};

	if (n < 2 || n > 7)
		return;
	for (int i = 0; i < HTML_ATTRS; i++) {
		size_t k = 0;

		if (t->has[i])
			continue;
		while (k < n && lower(name[k]) == names[i][k])
			k++;
		if (k == n && names[i][k] == '\0') {
			t->has[i] = true;
			t->attrs[i] = (struct bytes){
				(const unsigned char *)value, value_n };
			return;
		}
	}
}

/* §13.2.5.32 and on: attributes up to '>'. False at the end of the input:
 * such a tag is dropped. */
static bool
attrs_read(struct html_reader *r, struct html_token *t)
{
	const char *p = r->at;

	while (p < r->end) {
		const char *name = p, *name_end, *value = p;
		size_t value_n = 0;

		if (is_space(*p) || *p == '/') {
			p++;
			continue;
		}
		if (*p == '>') {
			r->at = p + 1;
			return true;
		}
		p += *p == '=';
		while (p < r->end && !is_space(*p) && *p != '/' && *p != '>'
		    && *p != '=')
			p++;
		name_end = p;
		while (p < r->end && is_space(*p))
			p++;
		if (p < r->end && *p == '=') {
			for (p++; p < r->end && is_space(*p); p++)
				;
			if (p < r->end && (*p == '"' || *p == '\'')) {
				char quote = *p++;

				value = p;
				p = memchr(p, quote, (size_t)(r->end - p));
				if (p == NULL)
					break;
				value_n = (size_t)(p++ - value);
			} else {
				for (value = p; p < r->end && !is_space(*p)
				    && *p != '>'; p++)
					;
				value_n = (size_t)(p - value);
			}
		}
		attr_keep(t, name, (size_t)(name_end - name), value, value_n);
	}
	r->at = r->end;
	return false;
}

static const char *
find(const char *at, const char *end, const char *what)
{
	size_t n = strlen(what);

	while ((size_t)(end - at) >= n) {
		const char *p = memchr(at, what[0], (size_t)(end - at));

		if (p == NULL || (size_t)(end - p) < n)
			return NULL;
		if (memcmp(p, what, n) == 0)
			return p;
		at = p + 1;
	}
	return NULL;
}

/* "<!", "<?", "</" before no letter: a comment of some kind, which ends at
 * "-->" or at '>'. What never ends takes all the rest with it. */
static void
comment_skip(struct html_reader *r)
{
	const char *p = r->at, *close;

	if (r->end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
		p += 4;
		if (p < r->end && *p == '>')
			close = p - 2;
		else if (r->end - p >= 2 && p[0] == '-' && p[1] == '>')
			close = p - 1;
		else
			close = find(p, r->end, "-->");
		r->at = close == NULL ? r->end : close + 3;
		return;
	}
	p = memchr(p, '>', (size_t)(r->end - p));
	r->at = p == NULL ? r->end : p + 1;
}

static bool
tag_read(struct html_reader *r, struct html_token *t)
{
	bool is_close = r->at[1] == '/';
	const char *p = r->at + 1 + is_close;
	size_t n = 0;

	memset(t->has, 0, sizeof t->has);
	memset(t->attrs, 0, sizeof t->attrs);
	t->kind = is_close ? HTML_CLOSE : HTML_OPEN;
	while (p < r->end && !is_space(*p) && *p != '/' && *p != '>') {
		if (n < HTML_NAME_MAX - 1)
			t->name[n++] = lower(*p);
		p++;
	}
	t->name[n] = '\0';
	r->at = p;
	return attrs_read(r, t);
}

void
html_next(struct html_reader *r, struct html_token *t)
{
	const char *from = r->at;

	for (;;) {
		const char *p = r->at == r->end ? NULL
		    : memchr(r->at, '<', (size_t)(r->end - r->at));
		char c = p == NULL || p + 1 == r->end ? '\0' : p[1];
		bool is_tag = is_letter(c) || (c == '/' && p + 2 < r->end
		    && is_letter(p[2]));

		if (p != NULL && !is_tag && c != '!' && c != '?'
		    && c != '/') {
			r->at = p + 1;	/* a '<' that is only a sign */
			continue;
		}
		if (p == NULL)
			p = r->end;
		if (p > from) {
			r->at = p;
			t->kind = HTML_TEXT;
			t->data = from;
			t->n = (size_t)(p - from);
			return;
		}
		r->at = p;
		if (p == r->end) {
			t->kind = HTML_END;
			return;
		}
		if (!is_tag)
			comment_skip(r);
		else if (tag_read(r, t))
			return;
		from = r->at;
	}
}

struct bytes
html_raw(struct html_reader *r, const char *name)
{
	const char *from = r->at, *p = from;
	size_t n = strlen(name);

	while ((p = find(p, r->end, "</")) != NULL) {
		size_t k = 0;

		p += 2;
		while (k < n && p + k < r->end && lower(p[k]) == name[k])
			k++;
		if (k == n && (p + k == r->end || is_space(p[k])
		    || p[k] == '>' || p[k] == '/')) {
			r->at = p - 2;
			return (struct bytes){ (const unsigned char *)from,
				(size_t)(p - 2 - from) };
		}
	}
	r->at = r->end;
	return (struct bytes){ (const unsigned char *)from,
		(size_t)(r->end - from) };
}
