/* SPDX-License-Identifier: MIT */
/* Authentication-Results: names, values and what only looks like them. */
#include "mail/auth_results.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Blanks and comments, which say nothing (§2.2: CFWS). */
const char *
auth_skip_cfws(const char *p)
{
	size_t depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (*p == '\\' && depth > 0 && p[1] != '\0')
			p++;
		else if (depth == 0 && *p != ' ' && *p != '\t')
			break;
	}
	return p;
}

/* value = token / quoted-string (RFC 2045 §5.1), here up to one of `stops`.
 * Lower case, since nothing that we compare minds. */
static const char *
value_read(struct arena *arena, const char **p, const char *stops)
{
	struct buf out = buf_open(arena);

	if (**p == '"') {
		for ((*p)++; **p != '\0' && **p != '"'; (*p)++) {
			if (**p == '\\' && (*p)[1] != '\0')
				(*p)++;
			buf_add_char(&out, **p);
		}
		*p += **p == '"';
		/* "local part"@domain */
		if (**p != '@')
			return text_lower(arena, buf_text(&out));
	}
	while (**p != '\0' && **p != ' ' && **p != '\t' && **p != ';'
	    && **p != '(' && **p != '"' && strchr(stops, **p) == NULL)
		buf_add_char(&out, *(*p)++);
	return text_lower(arena, buf_text(&out));
}

/* keyword "=" value, with blanks and comments anywhere between. False where
 * there is no such pair: the caller skips to the next ';'. */
static bool
pair_read(struct arena *arena, const char **p, const char **name,
    const char **value)
{
	const char *at = auth_skip_cfws(*p);

	if (*at == '"' || *at == ';' || *at == '\0')
		return false;
	*name = value_read(arena, &at, "=/");
	at = auth_skip_cfws(at);
	if (*at == '/') {
		/* method "/" version */
		at++;
		at = auth_skip_cfws(at);
		(void)value_read(arena, &at, "=");
		at = auth_skip_cfws(at);
	}
	if (*at != '=' || **name == '\0')
		return false;
	at = auth_skip_cfws(at + 1);
	*value = value_read(arena, &at, "");
	*p = at;
	return true;
}

static const char *
skip_to_semicolon(const char *p)
{
	while (*(p = auth_skip_cfws(p)) != '\0' && *p != ';') {
		if (*p == '"') {
			for (p++; *p != '\0' && *p != '"'; p++)
				p += *p == '\\' && p[1] != '\0';
			p += *p == '"';
		} else
			p++;
	}
	return p;
}

static void
resinfo_read(struct arena *arena, const char **p, struct auth_results *out)
{
	struct auth_result r = { .n_props = 0 };
	const char *name, *value;

	if (!pair_read(arena, p, &r.method, &r.value))
		return;
	while (pair_read(arena, p, &name, &value))
		if (r.n_props < AUTH_MAX_PROPS)
			r.props[r.n_props++] = (struct auth_prop){ name,
				value };
	if (out->n < AUTH_MAX_RESULTS)
		out->list[out->n++] = r;
}

/* The id stands before the first ';' and is no pair; a field that begins
 * with a pair has none (Microsoft 365). */
void
auth_results_read(struct arena *arena, const char *value,
    struct auth_results *out)
{
	const char *p = auth_skip_cfws(value), *at = p, *name, *v;

	out->id = NULL;
	out->n = 0;
	if (!pair_read(arena, &at, &name, &v)) {
		out->id = value_read(arena, &p, "");
		p = skip_to_semicolon(p);
	}
	while (*p != '\0') {
		p = auth_skip_cfws(p);
		if (*p == ';')
			p = auth_skip_cfws(p + 1);
		resinfo_read(arena, &p, out);
		p = skip_to_semicolon(p);
	}
}

const char *
auth_prop(const struct auth_result *r, const char *name)
{
	for (size_t i = 0; i < r->n_props; i++)
		if (strcmp(r->props[i].name, name) == 0)
			return r->props[i].value;
	return NULL;
}
