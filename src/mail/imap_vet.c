/* SPDX-License-Identifier: MIT */
/* A server's line, read by as much of the grammar as we ask for (RFC 9051 §9,
 * RFC 3501 §9), and said again for libetpan in the one form we choose. */
#define _GNU_SOURCE /* memmem, strcasestr */
#include "mail/imap_gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NOT_IMAP "the server's answer is not IMAP"
#define ESEARCH_MOST 1000000 /* `1:4294967295` must not cost us 40 GB */
#define NO_MEMORY "out of memory"

/* What is read moves on; what is not there leaves it. */
struct cursor {
	const char *at;
};

static bool
skip(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if (strncasecmp(c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

/* A word of its own: a space or the end comes behind it. */
static bool
skip_word(struct cursor *c, const char *word)
{
	struct cursor ahead = *c;

	if (!skip(&ahead, word) || (*ahead.at != ' ' && *ahead.at != '\0'))
		return false;
	*c = ahead;
	return true;
}

/* number = 1*DIGIT, an unsigned 32-bit integer; more is none. */
static bool
read_number(struct cursor *c, uint32_t *number)
{
	uint64_t value = 0;
	const char *at = c->at;

	if (*at < '0' || *at > '9')
		return false;
	for (; *at >= '0' && *at <= '9'; at++)
		if ((value = value * 10 + (uint64_t)(*at - '0')) > UINT32_MAX)
			return false;
	c->at = at;
	*number = (uint32_t)value;
	return true;
}

/* literal = "{" number ["+"] "}" CRLF; a number beyond all limits is one as
 * well, and refused by the gate. */
static bool
read_literal(const char *at, uint64_t *size)
{
	uint64_t value = 0;

	if (*at++ != '{' || *at < '0' || *at > '9')
		return false;
	for (; *at >= '0' && *at <= '9'; at++)
		if (value <= UINT32_MAX)
			value = value * 10 + (uint64_t)(*at - '0');
	if (*at == '+')
		at++;
	*size = value;
	return strcmp(at, "}") == 0;
}

/* The literal that a line ends with, whatever stands before it. */
static bool
ends_in_literal(const char *line, uint64_t *size)
{
	const char *brace = strrchr(line, '{');

	return brace != NULL && read_literal(brace, size);
}

/* quoted = DQUOTE *QUOTED-CHAR DQUOTE; *n with its quotes. */
static bool
read_quoted(struct cursor *c, const char **from, size_t *n)
{
	const char *at = c->at;

	if (*at++ != '"')
		return false;
	for (; *at != '"'; at++) {
		if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		else if ((unsigned char)*at < ' ' || *at == '\\')
			return false;
	}
	*from = c->at;
	*n = (size_t)(at + 1 - c->at);
	c->at = at + 1;
	return true;
}

/* A parenthesised list without lists in it; *from its inside. */
static bool
read_list(struct cursor *c, const char **from, size_t *n)
{
	size_t some;

	if (*c->at != '(')
		return false;
	some = strcspn(c->at + 1, "()\"{");
	if (c->at[1 + some] != ')')
		return false;
	*from = c->at + 1;
	*n = some;
	c->at += some + 2;
	return true;
}

static bool
add(struct imap_gate *gate, const char *text)
{
	return imap_gate_add(gate, text, strlen(text));
}

static bool
add_number(struct imap_gate *gate, const char *before, uint32_t number)
{
	char text[48];
	int n = snprintf(text, sizeof text, "%s%u", before, (unsigned)number);

	return imap_gate_add(gate, text, (size_t)n);
}

/* --- what is heard -------------------------------------------------- */

/* How many a uid-set names: `2,4:6` four. */
static size_t
count_set(const char *at)
{
	struct cursor c = { at };
	uint32_t a, b;
	size_t n = 0;

	while (read_number(&c, &a)) {
		b = a;
		if (*c.at == ':') {
			c.at++;
			if (!read_number(&c, &b))
				return 0;
		}
		n += (size_t)(a < b ? b - a : a - b) + 1;
		if (*c.at != ',')
			break;
		c.at++;
	}
	return *c.at == ' ' ? n : 0;
}

/* resp-text-code (§7.1). */
static void
hear_code(struct imap_gate *gate, const char *text)
{
	struct cursor c = { text };
	uint32_t number;

	if (skip(&c, "[UIDVALIDITY ")) {
		if (read_number(&c, &number) && *c.at == ']')
			gate->uidvalidity = number;
	} else if (skip(&c, "[READ-ONLY]"))
		gate->read_only = true;
	else if (skip(&c, "[READ-WRITE]"))
		gate->read_only = false;
	else if (skip(&c, "[PERMANENTFLAGS ("))
		gate->keywords = memmem(c.at, strcspn(c.at, ")"), "\\*", 2)
		    != NULL;
	else if (skip(&c, "[COPYUID ") && read_number(&c, &number)
	    && *c.at == ' ')
		gate->n_copied += count_set(c.at + 1);
}

/* --- status: tagged and untagged ------------------------------------ */

static bool
skip_status(struct cursor *c, const char **status)
{
	static const char *const all[] = { "OK", "NO", "BAD", "BYE",
		"PREAUTH" };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (skip_word(c, all[i])) {
			*status = all[i];
			if (*c->at == ' ')
				c->at++;
			return true;
		}
	return false;
}

static const char *
vet_tagged(struct imap_gate *gate, struct cursor c)
{
	const char *status, *tag = c.at;
	uint32_t number;
	char text[64];

	/* Our tags are numbers: mailimap_send_current_tag. */
	if (!read_number(&c, &number) || c.at - tag > 10 || *c.at != ' ')
		return NOT_IMAP;
	c.at++;
	if (!skip_status(&c, &status) || status[0] == 'P'
	    || strcmp(status, "BYE") == 0)
		return NOT_IMAP;
	hear_code(gate, c.at);
	(void)snprintf(text, sizeof text, "%u %s said\r\n", (unsigned)number,
	    status);
	return add(gate, text) ? NULL : NO_MEMORY;
}

static const char *
vet_status(struct imap_gate *gate, const char *status, const char *text)
{
	hear_code(gate, text);
	if (strcmp(status, "BYE") != 0)
		return NULL;
	if (!gate->may_end)
		return "the server ends the connection";
	return add(gate, "* BYE said\r\n") ? NULL : NO_MEMORY;
}

/* --- FETCH ---------------------------------------------------------- */

/* What one item of msg-att is to us. */
enum item { ITEM_NONE, ITEM_KEPT, ITEM_DROPPED, ITEM_LITERAL };

static bool
add_item(struct imap_gate *gate, const char *name)
{
	/* Behind a literal, what ends in «(» is the mail. */
	bool is_first = gate->in != GATE_FETCH
	    && gate->out[gate->out_n - 1] == '(';

	return (is_first || add(gate, " ")) && add(gate, name);
}

/* "BODY" "[" ["HEADER"] "]" ["<" number ">"] SP nstring */
static enum item
vet_body(struct imap_gate *gate, struct cursor *c)
{
	const char *name = "BODY[] ", *from;
	uint32_t origin;
	uint64_t size;
	size_t n;

	if (skip(c, "HEADER"))
		name = "BODY[HEADER]<0> ";
	if (!skip(c, "]"))
		return ITEM_NONE;
	if (skip(c, "<") && (!read_number(c, &origin) || !skip(c, ">")))
		return ITEM_NONE;
	if (!skip(c, " ") || !add_item(gate, name))
		return ITEM_NONE;
	if (skip(c, "NIL"))
		return add(gate, "NIL") ? ITEM_KEPT : ITEM_NONE;
	if (read_quoted(c, &from, &n))
		return imap_gate_add(gate, from, n) ? ITEM_KEPT : ITEM_NONE;
	if (!read_literal(c->at, &size))
		return ITEM_NONE;
	gate->literal_left = size;
	return add_number(gate, "{", size > UINT32_MAX ? UINT32_MAX
	    : (uint32_t)size) && add(gate, "}\r\n") ? ITEM_LITERAL
	    : ITEM_NONE;
}

static enum item
vet_item(struct imap_gate *gate, struct cursor *c, bool *worth)
{
	const char *from;
	uint32_t number;
	size_t n;

	if (skip(c, "UID "))
		return read_number(c, &number) && add_item(gate, "UID ")
		    && add_number(gate, "", number) ? ITEM_KEPT : ITEM_NONE;
	if (skip(c, "RFC822.SIZE ")) {
		*worth = true;
		return read_number(c, &number)
		    && add_item(gate, "RFC822.SIZE ")
		    && add_number(gate, "", number) ? ITEM_KEPT : ITEM_NONE;
	}
	if (skip(c, "BODY[")) {
		*worth = true;
		return vet_body(gate, c);
	}
	if (skip(c, "FLAGS ") || skip(c, "MODSEQ "))
		return read_list(c, &from, &n) ? ITEM_DROPPED : ITEM_NONE;
	if (skip(c, "INTERNALDATE "))
		return read_quoted(c, &from, &n) ? ITEM_DROPPED : ITEM_NONE;
	return ITEM_NONE;
}

/* msg-att = "(" item *(SP item) ")", from an item on. What it cannot read
 * undoes the line, where nothing of it is out yet; behind a literal it is too
 * late for that. */
static const char *
vet_items(struct imap_gate *gate, struct cursor c, size_t begun, bool worth)
{
	for (;;) {
		switch (vet_item(gate, &c, &worth)) {
		case ITEM_LITERAL:
			gate->in = GATE_FETCH;
			return NULL;
		case ITEM_NONE:
			if (gate->in == GATE_FETCH)
				return NOT_IMAP;
			gate->out_n = begun;
			if (ends_in_literal(c.at, &gate->literal_left))
				gate->in = GATE_DROPPED;
			return NULL;
		case ITEM_KEPT:
		case ITEM_DROPPED:
			break;
		}
		if (strcmp(c.at, ")") == 0)
			break;
		if (!skip(&c, " "))
			return NOT_IMAP;
	}
	gate->in = GATE_NOTHING;
	if (!worth) {
		gate->out_n = begun;
		return NULL;
	}
	return add(gate, ")\r\n") ? NULL : NO_MEMORY;
}

static const char *
vet_fetch(struct imap_gate *gate, struct cursor c, uint32_t number)
{
	size_t begun;

	if (gate->out_at == gate->out_n)
		gate->out_at = gate->out_n = 0;
	begun = gate->out_n;
	if (!skip(&c, " ("))
		return NOT_IMAP;
	if (!add_number(gate, "* ", number) || !add(gate, " FETCH ("))
		return NO_MEMORY;
	return vet_items(gate, c, begun, false);
}

/* Behind the literal: `)` or ` item …)`. */
static const char *
vet_fetch_on(struct imap_gate *gate, struct cursor c)
{
	if (strcmp(c.at, ")") == 0) {
		gate->in = GATE_NOTHING;
		return add(gate, ")\r\n") ? NULL : NO_MEMORY;
	}
	return skip(&c, " ") ? vet_items(gate, c, gate->out_n, true)
	    : NOT_IMAP;
}

/* --- the other answers ---------------------------------------------- */

/* mailbox-data: "SEARCH" *(SP nz-number), then perhaps (MODSEQ n). */
static const char *
vet_search(struct imap_gate *gate, struct cursor c)
{
	uint32_t number;

	if (!add(gate, "* SEARCH"))
		return NO_MEMORY;
	while (skip(&c, " ") && *c.at != '\0' && *c.at != '(') {
		if (!read_number(&c, &number))
			return NOT_IMAP;
		if (!add_number(gate, " ", number))
			return NO_MEMORY;
	}
	return add(gate, "\r\n") ? NULL : NO_MEMORY;
}

/* esearch-response (§7.3.4) of a server that gives it unasked: the same as a
 * SEARCH, its ranges spelt out. */
static const char *
vet_esearch(struct imap_gate *gate, struct cursor c)
{
	uint32_t a, b;
	size_t most = ESEARCH_MOST;

	c.at = strcasestr(c.at, " ALL ");
	if (!add(gate, "* SEARCH"))
		return NO_MEMORY;
	while (c.at != NULL && (skip(&c, " ALL ") || skip(&c, ","))) {
		if (!read_number(&c, &a))
			return NOT_IMAP;
		b = a;
		if (skip(&c, ":") && !read_number(&c, &b))
			return NOT_IMAP;
		if (b < a || b - a >= most)
			return NOT_IMAP;
		for (most -= b - a; a < b; a++)
			if (!add_number(gate, " ", a))
				return NO_MEMORY;
		if (!add_number(gate, " ", b))
			return NO_MEMORY;
	}
	return add(gate, "\r\n") ? NULL : NO_MEMORY;
}

/* capability = atom; only what an atom may hold. */
static const char *
vet_capability(struct imap_gate *gate, struct cursor c)
{
	static const char atom[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+-=./_:,";

	if (!add(gate, "* CAPABILITY"))
		return NO_MEMORY;
	while (skip(&c, " ")) {
		size_t n = strspn(c.at, atom);

		/* «AUTH=» alone has been seen, and is no atom of theirs */
		if (n > 0 && c.at[n - 1] != '=' && (!add(gate, " ")
		    || !imap_gate_add(gate, c.at, n)))
			return NO_MEMORY;
		c.at += n;
		c.at += strcspn(c.at, " ");
	}
	/* A list of none would be no list to libetpan. */
	return add(gate, " X-SAID\r\n") ? NULL : NO_MEMORY;
}

/* The delimiter: DQUOTE QUOTED-CHAR DQUOTE / nil; "NIL" where it is none. */
static bool
read_delimiter(struct cursor *c, const char **from, size_t *n)
{
	if (read_quoted(c, from, n))
		return (*n == 3 && (*from)[1] > ' ' && (*from)[1] < 0x7F)
		    || *n == 4;
	*from = "NIL";
	*n = 3;
	return skip(c, "NIL");
}

static bool
has_flag(const char *list, size_t n, const char *flag)
{
	size_t length = strlen(flag);

	for (size_t i = 0; i + length <= n; i++)
		if (strncasecmp(list + i, flag, length) == 0)
			return true;
	return false;
}

/* mailbox-list = "(" [flags] ")" SP delimiter SP mailbox: of the name only
 * that there is one, since we asked for it. */
static const char *
vet_list(struct imap_gate *gate, struct cursor c)
{
	const char *flags, *delimiter;
	size_t n_flags, n;
	bool none;

	if (!skip(&c, " ") || !read_list(&c, &flags, &n_flags)
	    || !skip(&c, " ") || !read_delimiter(&c, &delimiter, &n)
	    || !skip(&c, " "))
		return NOT_IMAP;
	none = has_flag(flags, n_flags, "\\Noselect")
	    || has_flag(flags, n_flags, "\\NonExistent");
	if (ends_in_literal(c.at, &gate->literal_left))
		gate->in = GATE_DROPPED;
	return add(gate, none ? "* LIST (\\Noselect) " : "* LIST () ")
	    && imap_gate_add(gate, delimiter, n)
	    && add(gate, " \"said\"\r\n") ? NULL : NO_MEMORY;
}

/* RFC 2342 §6: of the personal namespaces the first. */
static const char *
vet_namespace(struct imap_gate *gate, struct cursor c)
{
	const char *prefix, *delimiter;
	size_t n_prefix, n;

	if (!skip(&c, " ((") || !read_quoted(&c, &prefix, &n_prefix)
	    || !skip(&c, " ") || !read_delimiter(&c, &delimiter, &n)) {
		if (ends_in_literal(c.at, &gate->literal_left))
			gate->in = GATE_DROPPED;
		return NULL;
	}
	if (ends_in_literal(c.at, &gate->literal_left))
		gate->in = GATE_DROPPED;
	return add(gate, "* NAMESPACE ((")
	    && imap_gate_add(gate, prefix, n_prefix) && add(gate, " ")
	    && imap_gate_add(gate, delimiter, n)
	    && add(gate, ")) NIL NIL\r\n") ? NULL : NO_MEMORY;
}

static const char *
vet_untagged(struct imap_gate *gate, struct cursor c)
{
	const char *status;
	uint32_t number;

	if (skip_status(&c, &status))
		return vet_status(gate, status, c.at);
	if (read_number(&c, &number)) {
		if (skip_word(&c, " EXISTS"))
			gate->exists = true;
		else if (skip_word(&c, " FETCH"))
			return vet_fetch(gate, c, number);
		return NULL;
	}
	if (skip_word(&c, "SEARCH"))
		return vet_search(gate, c);
	if (skip_word(&c, "ESEARCH"))
		return vet_esearch(gate, c);
	if (skip_word(&c, "CAPABILITY"))
		return vet_capability(gate, c);
	if (skip_word(&c, "LIST"))
		return vet_list(gate, c);
	if (skip_word(&c, "NAMESPACE"))
		return vet_namespace(gate, c);
	/* Whatever else: nobody here asked for it. */
	if (ends_in_literal(c.at, &gate->literal_left))
		gate->in = GATE_DROPPED;
	return NULL;
}

const char *
imap_vet(struct imap_gate *gate, const char *line)
{
	struct cursor c = { line };

	if (gate->in == GATE_FETCH)
		return vet_fetch_on(gate, c);
	if (gate->in == GATE_DROPPED) {
		if (!ends_in_literal(line, &gate->literal_left))
			gate->in = GATE_NOTHING;
		return NULL;
	}
	if (skip(&c, "* "))
		return vet_untagged(gate, c);
	if (skip(&c, "+"))
		return add(gate, "+ said\r\n") ? NULL : NO_MEMORY;
	return vet_tagged(gate, c);
}
