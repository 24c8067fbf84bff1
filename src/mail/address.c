/* SPDX-License-Identifier: MIT */
/* Address lists in one pass without recursion: groups do not nest, comments
 * are counted. */
#include "mail/address.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/head.h"

#define LOCAL_MAX 64	/* RFC 5321 §4.5.3.1.1 */
#define DOMAIN_MAX 255	/* §4.5.3.1.2 */
#define LABEL_MAX 63	/* RFC 1035 §2.3.4 */
#define NAME_MAX 400	/* a name that is longer helps nobody */

static bool
is_letter_digit(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
	    || (c >= '0' && c <= '9');
}

/* RFC 5322 §3.2.3 dot-atom-text. An encoded word looks like one, but is the
 * name of something else: no address is ever read out of one. */
static bool
is_local(const char *s, size_t n)
{
	if (n == 0 || n > LOCAL_MAX || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.' && s[i + 1] == '.')
			return false;
		if (s[i] == '=' && i + 1 < n && s[i + 1] == '?')
			return false;
		if (!is_letter_digit((unsigned char)s[i])
		    && strchr(".!#$%&'*+-/=?^_`{|}~", s[i]) == NULL)
			return false;
	}
	return true;
}

/* RFC 5321 §4.1.2 Domain, with the underscore that some hosts carry. */
static bool
is_domain(const char *s, size_t n)
{
	size_t label = 0;

	if (n == 0 || n > DOMAIN_MAX)
		return false;
	for (size_t i = 0; i <= n; i++) {
		if (i == n || s[i] == '.') {
			if (label == 0 || label > LABEL_MAX
			    || s[i - 1] == '-' || s[i - label] == '-')
				return false;
			label = 0;
		} else if (is_letter_digit((unsigned char)s[i])
		    || s[i] == '-' || s[i] == '_')
			label++;
		else
			return false;
	}
	return true;
}

static bool
is_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* RFC 5891: the ACE form, or NULL where the name may not be registered. */
static const char *
domain_to_ace(struct arena *arena, const char *s, size_t n)
{
	char *name = arena_strndup(arena, s, n), *ace = NULL;
	const char *copy;

	if (n > DOMAIN_MAX || idn2_to_ascii_8z(name, &ace,
	    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return NULL;
	copy = arena_strdup(arena, ace);
	idn2_free(ace);
	return copy;
}

static const char *
spec_read(struct arena *arena, const char *s, size_t n)
{
	const char *at = NULL, *domain;
	size_t local, rest;
	char *out;

	while (n > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		n--;
	}
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	for (size_t i = 0; i < n; i++)
		if (s[i] == '@') {
			if (at != NULL)
				return NULL;
			at = s + i;
		}
	if (at == NULL)
		return NULL;
	local = (size_t)(at - s);
	domain = at + 1;
	rest = n - local - 1;
	if (!is_local(s, local))
		return NULL;
	/* A dot at the end is the root of the DNS, and of no meaning here. */
	if (rest > 1 && domain[rest - 1] == '.')
		rest--;
	if (!is_ascii(domain, rest)) {
		domain = domain_to_ace(arena, domain, rest);
		if (domain == NULL)
			return NULL;
		rest = strlen(domain);
	}
	if (!is_domain(domain, rest))
		return NULL;
	out = arena_printf(arena, "%.*s@%.*s", (int)local, s, (int)rest,
	    domain);
	for (char *p = out; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	return out;
}

/* What stands between two commas. */
struct mailbox {
	struct buf phrase;	/* without quotes, comments and angles */
	struct buf comment;
	const char *angle;	/* borrowed: between < and > */
	size_t angle_n;
	bool has_angle, is_odd, has_quotes;
	bool has_comment;	/* behind a word */
	bool is_split;		/* by such a comment, and words behind it */
};

static const char *
name_read(struct arena *arena, const struct buf *raw)
{
	const char *name;

	if (raw->n == 0)
		return NULL;
	name = head_decode_words(arena, buf_text(raw), NULL);
	name = text_squeeze(arena, text_cut(arena, name, NAME_MAX));
	/* 'Name' in single quotes, as Outlook writes it. */
	if (name[0] == '\'' && strlen(name) > 2 && text_ends(name, "'"))
		name = arena_strndup(arena, name + 1, strlen(name) - 2);
	return *name == '\0' ? NULL : name;
}

struct reading {
	struct arena *arena;
	struct mail_address *list;
	size_t n, groups;
	bool is_odd, is_cut;
	struct mailbox box;
};

static void
box_open(struct reading *r)
{
	r->box = (struct mailbox){ .phrase = buf_open(r->arena),
		.comment = buf_open(r->arena) };
}

static void
box_close(struct reading *r)
{
	struct mailbox *box = &r->box;
	struct mail_address a = { .name = NULL };

	if (box->has_angle) {
		a.email = spec_read(r->arena, box->angle, box->angle_n);
		a.name = name_read(r->arena, &box->phrase);
		/* «boss@here <other@there>»: some readers take the first. */
		if (!box->has_quotes
		    && strchr(buf_text(&box->phrase), '@') != NULL)
			box->is_odd = true;
		if (a.name == NULL && a.email == NULL)
			a.name = name_read(r->arena, &box->comment);
	} else {
		box->is_odd |= box->is_split || box->has_quotes;
		if (!box->has_quotes)
			a.email = spec_read(r->arena, buf_text(&box->phrase),
			    box->phrase.n);
		a.name = a.email == NULL ? name_read(r->arena, &box->phrase)
		    : name_read(r->arena, &box->comment);
	}
	if (strpbrk(buf_text(&box->comment), "@<>") != NULL)
		box->is_odd = true;
	r->is_odd |= box->is_odd;
	if (a.name != NULL || a.email != NULL) {
		if (r->n == ADDRESS_MAX)
			r->is_cut = true;
		else
			r->list[r->n++] = a;
	}
	box_open(r);
}

/* RFC 5322 §3.2.4, with the end missing as it may be. */
static const char *
quoted_skip(struct buf *out, const char *p)
{
	for (p++; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		buf_add_char(out, *p);
	}
	return *p == '"' ? p + 1 : p;
}

/* §3.2.2: comments nest; they are counted, not entered. */
static const char *
comment_skip(struct buf *out, const char *p)
{
	size_t depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '(' && depth++ == 0)
			continue;
		else if (*p == ')' && --depth == 0)
			return p + 1;
		buf_add_char(out, *p);
	}
	return p;
}

static const char *
angle_skip(struct mailbox *box, const char *p)
{
	const char *end = strchr(p, '>'), *colon;

	if (box->has_angle)
		box->is_odd = true;
	if (end == NULL) {
		box->is_odd = true;
		end = p + strlen(p);
	}
	box->has_angle = true;
	box->angle = p + 1;
	box->angle_n = (size_t)(end - p) - 1;
	/* §4.4, a route: «<@a,@b:user@host>» is read, but trusted by none. */
	colon = memchr(box->angle, ':', box->angle_n);
	if (colon != NULL && *box->angle == '@') {
		box->angle_n -= (size_t)(colon + 1 - box->angle);
		box->angle = colon + 1;
		box->is_odd = true;
	}
	return *end == '>' ? end + 1 : end;
}

static size_t
count_mailboxes(const char *text)
{
	size_t n = 1;

	for (; *text != '\0' && n < ADDRESS_MAX; text++)
		n += *text == ',' || *text == ';' || *text == '>';
	return n;
}

struct address_list
address_list_read(struct arena *arena, const char *text)
{
	struct reading r = { .arena = arena };
	struct address_list out;
	const char *p = text;

	r.list = arena_array(arena, count_mailboxes(text) + 1,
	    sizeof *r.list);
	box_open(&r);
	while (*p != '\0' && !r.is_cut) {
		struct mailbox *box = &r.box;

		switch (*p) {
		case '"':
			p = quoted_skip(&box->phrase, p);
			box->has_quotes = true;
			break;
		case '(':
			if (box->comment.n > 0)
				buf_add_char(&box->comment, ' ');
			p = comment_skip(&box->comment, p);
			box->has_comment |= box->phrase.n > 0;
			break;
		case '<':
			p = angle_skip(box, p);
			break;
		case ':':
			/* A group's name (§3.4); what it held is not kept. */
			box_open(&r);
			r.groups++;
			p++;
			break;
		case ',':
		case ';':
			box_close(&r);
			p++;
			break;
		default:
			/* Words after the angles, or a second mailbox whose
			 * comma is missing. */
			if (box->has_angle && *p != ' ' && *p != '\t')
				box->is_odd = true;
			if (box->has_comment && *p != ' ' && *p != '\t')
				box->is_split = true;
			if (box->phrase.n > 0 || (*p != ' ' && *p != '\t'))
				buf_add_char(&box->phrase, *p);
			p++;
			break;
		}
	}
	box_close(&r);
	out.addresses = (struct mail_addresses){ r.list, r.n };
	out.is_cut = r.is_cut;
	out.is_plain = r.n == 1 && r.list[0].email != NULL && r.groups == 0
	    && !r.is_odd && !r.is_cut;
	return out;
}

const char *
address_read(struct arena *arena, const char *text)
{
	const char *open = strchr(text, '<');
	const char *end = open == NULL ? NULL : strchr(open, '>');

	if (open != NULL)
		return end == NULL ? NULL : spec_read(arena, open + 1,
		    (size_t)(end - open) - 1);
	return spec_read(arena, text, strlen(text));
}

bool
address_is_valid(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || strchr(at + 1, '@') != NULL)
		return false;
	for (const char *p = address; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			return false;
	return is_local(address, (size_t)(at - address))
	    && is_domain(at + 1, strlen(at + 1));
}

const char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? address : at + 1;
}
