/* SPDX-License-Identifier: MIT */
/* The last gate: what was written is read again and compared. It shares no
 * code with the writer, so that one mistake is not made twice. */
#include "outbox/gate.h"

#include <string.h>

#include "base/arena.h"
#include "rules/cpr.h"

#define LINE_MOST 998	/* RFC 5322 §2.1.1 */
#define MAX_FIELDS 20

struct field_read {
	const char *name, *value;	/* unfolded */
};

struct reading {
	struct arena *arena;
	const char *at, *end;
	struct field_read fields[MAX_FIELDS];
	size_t n_fields;
};

static enum rc
refuse(struct err *err, const char *what)
{
	return fail(err, RC_PARK, "gate: %s", what);
}

/* THREATS 8: no byte that two servers could read in two ways. */
static enum rc
check_lines(struct bytes raw, struct err *err)
{
	const unsigned char *p = raw.data, *end = p + raw.n, *line = p;

	for (; p < end; p++) {
		p += text_plain((const char *)p, (const char *)end);
		if (p == end)
			break;
		if (*p == '\t')
			continue;
		if (*p != '\r')
			return refuse(err, *p == '\n' ? "a LF without CR" :
			    "a byte that is not 7-bit text");
		if (p + 1 == end || p[1] != '\n')
			return refuse(err, "a CR without LF");
		if (p - line > LINE_MOST)
			return refuse(err, "a line of more than 998");
		line = ++p + 1;
	}
	if (raw.n == 0 || line != end)
		return refuse(err, "the last line is not ended");
	return RC_OK;
}

/* One head, up to and with its empty line. */
static enum rc
read_head(struct reading *r, struct err *err)
{
	r->n_fields = 0;
	for (;;) {
		struct buf value = buf_open(r->arena);
		const char *colon;

		if (r->end - r->at < 2)
			return refuse(err, "a head without an end");
		if (r->at[0] == '\r') {
			r->at += 2;
			return RC_OK;
		}
		colon = memchr(r->at, ':', (size_t)(r->end - r->at));
		if (colon == NULL || r->n_fields == MAX_FIELDS)
			return refuse(err, "a field that is none");
		for (const char *p = r->at; p < colon; p++)
			if (*p <= ' ')
				return refuse(err, "a field that is none");
		r->fields[r->n_fields].name = arena_strndup(r->arena, r->at,
		    (size_t)(colon - r->at));
		r->at = colon + 1;
		do {
			const char *cr = memchr(r->at, '\r',
			    (size_t)(r->end - r->at));

			if (cr == NULL || r->end - cr < 2)
				return refuse(err, "a head without an end");
			buf_add_n(&value, r->at, (size_t)(cr - r->at));
			r->at = cr + 2;
		} while (r->at < r->end && *r->at == ' ');
		r->fields[r->n_fields++].value =
		    text_trim(r->arena, buf_text(&value));
	}
}

static int
hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* «=XX» and, in a head, «_» (RFC 2047 §4.2). NULL where it is not that. It
 * never grows. */
static char *
decode(struct arena *arena, const char *p, const char *end, bool is_word)
{
	char *text = arena_room(arena, (size_t)(end - p) + 1), *to = text;

	while (p < end) {
		const char *run = p;

		if (!is_word && (p = memchr(p, '=', (size_t)(end - p)))
		    == NULL)
			p = end;
		while (p < end && *p != '=' && (*p != '_' || !is_word))
			p++;
		memcpy(to, run, (size_t)(p - run));
		to += p - run;
		if (p == end)
			break;
		if (*p == '_') {
			*to++ = ' ';
			p++;
		} else if (end - p >= 3 && p[1] == '\r' && !is_word) {
			p += 3;
		} else {
			int a = end - p >= 3 ? hex_value(p[1]) : -1;
			int b = a >= 0 ? hex_value(p[2]) : -1;

			if (b < 0 || (a | b) == 0)
				return NULL;	/* no text of ours has a NUL */
			*to++ = (char)(a << 4 | b);
			p += 3;
		}
	}
	*to = '\0';
	return text;
}

/* Unstructured text, or a phrase: encoded words, or plain ones. White space
 * between two encoded words is none (RFC 2047 §6.2). */
static const char *
decode_words(struct arena *arena, const char *value)
{
	static const char start[] = "=?UTF-8?Q?";
	struct buf out = buf_open(arena);
	bool after_word = false;

	while (*value != '\0') {
		const char *p = value + strspn(value, " ");
		const char *end = NULL, *word;

		if (text_starts(p, start))
			end = strstr(p + strlen(start), "?=");
		if (end == NULL) {
			size_t n = (size_t)(p - value) + strcspn(p, " ");

			buf_add_n(&out, value, n);
			value += n;
			after_word = false;
			continue;
		}
		if (!after_word)
			buf_add_n(&out, value, (size_t)(p - value));
		word = decode(arena, p + strlen(start), end, true);
		if (word == NULL)
			return NULL;
		buf_add(&out, word);
		value = end + 2;
		after_word = true;
	}
	return buf_text(&out);
}

/* Exactly «[phrase] <address>» or «address»: no list, no group, no comment. */
static bool
is_mailbox(struct arena *arena, const char *value, const char *name,
    const char *email)
{
	struct buf phrase = buf_open(arena);
	const char *p = value, *decoded;
	bool quoted = *p == '"';
	size_t n = strlen(email);

	if (name == NULL || name[0] == '\0')
		return strcmp(value, email) == 0;
	if (quoted) {
		for (p++; *p != '\0' && *p != '"'; p++) {
			if (*p == '\\' && p[1] != '\0')
				p++;
			buf_add_char(&phrase, *p);
		}
		if (*p++ != '"')
			return false;
	} else {
		p += strcspn(p, "<,;:()\"");
		buf_add_n(&phrase, value, (size_t)(p - value));
	}
	decoded = quoted ? buf_text(&phrase) :
	    decode_words(arena, text_trim(arena, buf_text(&phrase)));
	p += strspn(p, " ");
	return decoded != NULL && strcmp(decoded, name) == 0 && *p == '<' &&
	    strncmp(p + 1, email, n) == 0 && strcmp(p + 1 + n, ">") == 0;
}

/* The fields that there must be, in their order; «?» where the letter says.
 */
static enum rc
check_fields(const struct reading *r, const struct mime_letter *meant,
    struct err *err)
{
	const struct { const char *name; int is_there; } want[] = {
		{ "Date", 1 }, { "From", 1 }, { "To", 1 },
		{ "Reply-To", meant->reply_to != NULL },
		{ "Subject", 1 }, { "Message-ID", 1 },
		{ "In-Reply-To", -1 }, { "References", -1 },
		{ "Auto-Submitted", 1 }, { "X-Auto-Response-Suppress", 1 },
		{ "List-Id", meant->list_id != NULL },
		{ "List-Unsubscribe", meant->list_id != NULL &&
		    meant->list_unsubscribe != NULL },
		{ "Content-Language", 1 }, { "MIME-Version", 1 },
		{ "Content-Type", 1 },
	};
	size_t at = 0;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		bool here = at < r->n_fields &&
		    strcmp(r->fields[at].name, want[i].name) == 0;

		if (here && want[i].is_there != 0)
			at++;
		else if (here || want[i].is_there > 0)
			return fail(err, RC_PARK, "gate: the field %s is %s",
			    want[i].name, here ? "not meant" : "not there");
	}
	if (at < r->n_fields)
		return fail(err, RC_PARK, "gate: a field «%s» that was not "
		    "meant", r->fields[at].name);
	return RC_OK;
}

static const char *
value_of(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->n_fields; i++)
		if (strcmp(r->fields[i].name, name) == 0)
			return r->fields[i].value;
	return "";
}

static enum rc
check_head(const struct reading *r, const struct mime_letter *meant,
    struct err *err)
{
	const char *subject;
	enum rc rc = check_fields(r, meant, err);

	if (rc != RC_OK)
		return rc;
	if (!is_mailbox(r->arena, value_of(r, "From"), meant->from.name,
	    meant->from.email))
		return refuse(err, "From is not the one that was meant");
	if (!is_mailbox(r->arena, value_of(r, "To"), meant->to.name,
	    meant->to.email))
		return refuse(err, "To is not the one recipient");
	if (meant->reply_to != NULL &&
	    strcmp(value_of(r, "Reply-To"), meant->reply_to) != 0)
		return refuse(err, "Reply-To is not what was meant");
	if (strcmp(value_of(r, "Message-ID"), meant->message_id) != 0)
		return refuse(err, "Message-ID is not what was meant");
	subject = decode_words(r->arena, value_of(r, "Subject"));
	if (subject == NULL || strcmp(subject, meant->subject) != 0)
		return refuse(err, "the subject is not what was meant");
	return RC_OK;
}

/* The parts' bodies between their boundary lines, at most `most`. */
static bool
split_parts(struct arena *arena, struct bytes body, const char *type,
    struct bytes *parts, size_t most, size_t *n)
{
	const char *from = strstr(type, "boundary=\"");
	const char *at = (const char *)body.data, *end = at + body.n;
	const char *line, *start = NULL;
	size_t m;

	if (from == NULL)
		return false;
	from += strlen("boundary=\"");
	line = arena_printf(arena, "--%.*s", (int)strcspn(from, "\""), from);
	m = strlen(line);
	*n = 0;
	while (at < end) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));

		if (lf == NULL)
			return false;
		if ((size_t)(end - at) >= m && memcmp(at, line, m) == 0) {
			if (start != NULL && at - start < 2)
				return false;
			if (start != NULL)
				parts[(*n)++] = (struct bytes){
				    (const unsigned char *)start,
				    (size_t)(at - 2 - start) };
			start = lf + 1;
			if (at[m] == '-')
				return lf + 1 == end || lf[1] == '\r';
			if (at[m] != '\r' || *n == most)
				return false;
		}
		at = lf + 1;
	}
	return false;
}

static bool
is_gap(char c)
{
	return c == ' ' || c == '\r' || c == '\n' || c == '>';
}

/* Compares words: all but white space, and the marks of quoting. */
static bool
same_words(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);

	for (;;) {
		/* what is the same byte by byte is so word by word */
		while (a_end - a >= 8 && b_end - b >= 8
		    && memcmp(a, b, 8) == 0) {
			a += 8;
			b += 8;
		}
		if (is_gap(*a))
			a++;
		else if (is_gap(*b))
			b++;
		else if (*a != *b)
			return false;
		else if (*a++ == '\0')
			return true;
		else
			b++;
	}
}

/* One text part, decoded. NULL where it is not one. */
static const char *
decode_text(struct arena *arena, struct bytes part, const char *type,
    struct err *err)
{
	struct reading r = { .arena = arena, .at = (const char *)part.data,
		.end = (const char *)part.data + part.n };

	if (read_head(&r, err) != RC_OK || r.n_fields != 2 ||
	    !text_starts(value_of(&r, "Content-Type"), type) ||
	    strcmp(value_of(&r, "Content-Transfer-Encoding"),
	    "quoted-printable") != 0)
		return NULL;
	return decode(arena, r.at, r.end, false);
}

static enum rc
check_texts(struct arena *arena, const struct mime_letter *meant,
    struct bytes body, const char *type, struct err *err)
{
	size_t n = 0, want = (meant->html != NULL ? 2u : 1u) +
	    (meant->calendar != NULL ? 1u : 0u);
	const char *text, *html;
	struct bytes parts[4];

	if (!text_starts(type, "multipart/alternative;") ||
	    !split_parts(arena, body, type, parts, 3, &n) || n != want)
		return refuse(err, "the alternatives are not what was meant");
	text = decode_text(arena, parts[0], "text/plain; charset=utf-8", err);
	if (meant->html == NULL)	/* the reader wants none */
		return text != NULL && same_words(text, meant->text) ? RC_OK :
		    refuse(err, "the text is not what was meant");
	html = decode_text(arena, parts[1], "text/html; charset=utf-8", err);
	if (text == NULL || !same_words(text, meant->text))
		return refuse(err, "the text is not what was meant");
	if (html == NULL || !same_words(html, meant->html))
		return refuse(err, "the HTML is not what was meant");
	return RC_OK;
}

static enum rc
check_body(const struct reading *r, const struct mime_letter *meant,
    struct err *err)
{
	const char *type = value_of(r, "Content-Type");
	struct bytes body = { (const unsigned char *)r->at,
		(size_t)(r->end - r->at) };
	struct bytes *parts;
	struct reading inner;
	size_t n = 0;
	enum rc rc;

	if (meant->n_files == 0)
		return check_texts(r->arena, meant, body, type, err);
	parts = arena_array(r->arena, meant->n_files + 2, sizeof(*parts));
	if (!text_starts(type, "multipart/mixed;") || !split_parts(r->arena,
	    body, type, parts, meant->n_files + 1, &n) ||
	    n != meant->n_files + 1)
		return refuse(err, "the files are not what was meant");
	inner = (struct reading){ .arena = r->arena,
		.at = (const char *)parts[0].data,
		.end = (const char *)parts[0].data + parts[0].n };
	if ((rc = read_head(&inner, err)) != RC_OK)
		return rc;
	return check_texts(r->arena, meant, (struct bytes){
	    (const unsigned char *)inner.at, (size_t)(inner.end - inner.at) },
	    value_of(&inner, "Content-Type"), err);
}

/* Law 3. What a person may see is looked through, not our ids. */
static enum rc
check_cpr(const struct mime_letter *meant, struct err *err)
{
	bool found = cpr_find(meant->subject) == CPR_CERTAIN ||
	    cpr_find(meant->to.name) == CPR_CERTAIN ||
	    cpr_find(meant->text) == CPR_CERTAIN ||
	    cpr_find(meant->calendar) == CPR_CERTAIN;

	for (size_t i = 0; i < meant->n_files; i++)
		found = found ||
		    cpr_find(meant->files[i].name) == CPR_CERTAIN;
	return found ? refuse(err, "a personal number") : RC_OK;
}

enum rc
gate_check(struct arena *arena, const struct mime_letter *meant,
    struct bytes raw, struct err *err)
{
	struct reading r = { .arena = arena, .at = (const char *)raw.data,
		.end = (const char *)raw.data + raw.n };
	enum rc rc;

	if ((rc = check_lines(raw, err)) != RC_OK ||
	    (rc = read_head(&r, err)) != RC_OK ||
	    (rc = check_head(&r, meant, err)) != RC_OK ||
	    (rc = check_body(&r, meant, err)) != RC_OK)
		return rc;
	return check_cpr(meant, err);
}
