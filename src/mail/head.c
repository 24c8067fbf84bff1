/* SPDX-License-Identifier: MIT */
/* Fields, dates and ids, in one pass over bytes that anybody wrote. */
#include "mail/head.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "mail/charset.h"

#define ID_MAX_BYTES 512 /* RFC 5322 §2.1.1 allows 998; nobody needs them */

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

/* Where the line that begins at `at` ends, after its LF. */
static size_t
line_end(struct bytes b, size_t at)
{
	const unsigned char *lf = at < b.n
	    ? memchr(b.data + at, '\n', b.n - at) : NULL;

	return lf == NULL ? b.n : (size_t)(lf - b.data) + 1;
}

static size_t
trim_end(const unsigned char *data, size_t from, size_t to)
{
	if (to > from && data[to - 1] == '\n')
		to--;
	if (to > from && data[to - 1] == '\r')
		to--;
	return to;
}

/* RFC 5322 §3.6.8: ftext is any printable ASCII but the colon; RFC 5322
 * §4.5 lets blanks stand before it. */
static bool
name_read(struct bytes b, size_t from, size_t to, struct head_field *field,
    size_t *colon)
{
	size_t at = from, end;

	while (at < to && b.data[at] > 0x20 && b.data[at] < 0x7F
	    && b.data[at] != ':')
		at++;
	end = at;
	while (at < to && is_blank(b.data[at]))
		at++;
	if (end == from || at == to || b.data[at] != ':')
		return false;
	field->name = (struct bytes){ b.data + from, end - from };
	field->is_odd = at != end;
	*colon = at;
	return true;
}

static bool
has_odd_byte(struct bytes value)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.data[i] == '\0' || (value.data[i] == '\r'
		    && (i + 1 == value.n || value.data[i + 1] != '\n')))
			return true;
	return false;
}

/* How many fields at most: a line each that does not begin with a blank. */
static size_t
count_fields(struct bytes b, size_t max)
{
	size_t n = 0;

	for (size_t at = 0; at < b.n && n < max;
	    at = line_end(b, at)) {
		if (b.data[at] == '\n' || b.data[at] == '\r')
			break;
		n += !is_blank(b.data[at]);
	}
	return n;
}

/* The line that mailbox files put on top (RFC 4155); «From :» is a field. */
static bool
is_mailbox_line(struct bytes b)
{
	size_t at = 5;

	if (b.n < 6 || memcmp(b.data, "From ", 5) != 0)
		return false;
	while (at < b.n && is_blank(b.data[at]))
		at++;
	return at < b.n && b.data[at] != ':';
}

struct head
head_read(struct arena *arena, struct bytes b, size_t max_bytes)
{
	size_t max_fields = max_bytes / HEAD_FIELD_BYTES;
	struct head_field *fields = arena_array(arena,
	    count_fields(b, max_fields) + 1, sizeof *fields);
	struct head head = { .fields = fields };
	size_t at = 0, kept = 0;

	if (is_mailbox_line(b))
		at = line_end(b, 0);
	while (at < b.n) {
		size_t end = line_end(b, at), to, colon, n;
		struct head_field field = { .is_odd = false };

		if (trim_end(b.data, at, end) == at) {
			head.is_ended = true;
			head.body_at = end;
			return head;
		}
		if (!name_read(b, at, end, &field, &colon)) {
			if (head.n > 0)
				head.why = "a line in the head is no field";
			break;
		}
		while (end < b.n && is_blank(b.data[end])) {
			size_t next = line_end(b, end);

			/* A line of blanks alone: some call it empty. */
			if (trim_end(b.data, end, next) == end)
				break;
			end = next;
		}
		to = trim_end(b.data, colon + 1, end);
		n = to - (colon + 1);
		if (n > HEAD_MAX_FIELD_BYTES) {
			n = HEAD_MAX_FIELD_BYTES;
			head.why = "a field of the head is too long";
		}
		at = end;
		if (head.n == max_fields
		    || kept + n + field.name.n > max_bytes) {
			head.why = "the head is too long";
			continue;
		}
		field.value = (struct bytes){ b.data + colon + 1, n };
		field.is_odd |= has_odd_byte(field.value);
		kept += n + field.name.n;
		fields[head.n++] = field;
	}
	head.body_at = at;
	return head;
}

bool
head_is(const struct head_field *field, const char *name)
{
	size_t n = strlen(name);

	if (field->name.n != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char a = field->name.data[i];
		unsigned char b = (unsigned char)name[i];

		if ((a >= 'A' && a <= 'Z' ? a + 32 : a)
		    != (b >= 'A' && b <= 'Z' ? b + 32 : b))
			return false;
	}
	return true;
}

const struct head_field *
head_find(const struct head *head, const char *name)
{
	for (size_t i = 0; i < head->n; i++)
		if (head_is(&head->fields[i], name))
			return &head->fields[i];
	return NULL;
}

static struct bytes
trim(struct bytes v)
{
	while (v.n > 0 && (is_blank(v.data[0]) || v.data[0] == '\r'
	    || v.data[0] == '\n')) {
		v.data++;
		v.n--;
	}
	while (v.n > 0 && (is_blank(v.data[v.n - 1])
	    || v.data[v.n - 1] == '\r' || v.data[v.n - 1] == '\n'))
		v.n--;
	return v;
}

/* RFC 5322 §2.2.3: a line end before a blank goes, the blank stays. A tab
 * there was written for a space. */
const char *
head_unfold(struct arena *arena, struct bytes value)
{
	unsigned char *out;
	size_t n = 0;

	value = trim(value);
	if (value.n == 0)
		return "";
	if (memchr(value.data, '\n', value.n) == NULL)
		return charset_one_line(arena, NULL, value, NULL);
	out = arena_alloc(arena, value.n);
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = value.data[i];

		if (c == '\r' && i + 1 < value.n && value.data[i + 1] == '\n')
			continue;
		if (c == '\n') {
			if (i + 1 < value.n && value.data[i + 1] == '\t') {
				out[n++] = ' ';
				i++;
			}
			continue;
		}
		out[n++] = c;
	}
	return charset_one_line(arena, NULL, (struct bytes){ out, n }, NULL);
}

const char *
head_decode(struct arena *arena, struct bytes value, bool *lost)
{
	return head_decode_words(arena, head_unfold(arena, value), lost);
}

/* --- dates ------------------------------------------------------------- */

/* Blanks and comments. */
static const char *
skip_cfws(const char *p)
{
	int depth = 0;

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

static bool
number(const char **p, int max_digits, int *value)
{
	int n = 0, v = 0;

	*p = skip_cfws(*p);
	while (**p >= '0' && **p <= '9' && n < max_digits) {
		v = v * 10 + (**p - '0');
		(*p)++;
		n++;
	}
	*value = v;
	return n > 0;
}

static bool
month_read(const char **p, int *month)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char three[4] = "";

	*p = skip_cfws(*p);
	while (**p == '-')
		(*p)++;
	for (int i = 0; i < 3; i++) {
		char c = (*p)[i];

		if (c == '\0')
			return false;
		three[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	for (int m = 0; m < 12; m++)
		if (memcmp(names + 3 * m, three, 3) == 0) {
			*month = m + 1;
			*p += 3;
			while ((**p >= 'a' && **p <= 'z')
			    || (**p >= 'A' && **p <= 'Z') || **p == '.'
			    || **p == '-')
				(*p)++;
			return true;
		}
	return false;
}

/* RFC 5322 §4.3: names of zones that programs still write; any other means
 * "-0000". */
static int32_t
zone_read(const char *p)
{
	static const struct {
		const char *name;
		int32_t offset_s;
	} zones[] = {
		{ "EST", -5 * 3600 }, { "EDT", -4 * 3600 },
		{ "CST", -6 * 3600 }, { "CDT", -5 * 3600 },
		{ "MST", -7 * 3600 }, { "MDT", -6 * 3600 },
		{ "PST", -8 * 3600 }, { "PDT", -7 * 3600 },
		{ "CET", 3600 }, { "CEST", 2 * 3600 },
		{ "MET", 3600 }, { "MEST", 2 * 3600 }, { "BST", 3600 },
	};
	int sign, v;

	p = skip_cfws(p);
	if (*p == '+' || *p == '-') {
		sign = *p == '-' ? -1 : 1;
		p++;
		if (number(&p, 4, &v) && v % 100 < 60 && v <= 1400)
			return sign * (v / 100 * 3600 + v % 100 * 60);
		return 0;
	}
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		size_t n = strlen(zones[i].name);

		if (strncmp(p, zones[i].name, n) == 0
		    && (p[n] == '\0' || p[n] == ' ' || p[n] == ')'))
			return zones[i].offset_s;
	}
	return 0;
}

bool
head_date_read(const char *text, int64_t *at, int32_t *offset_s)
{
	const char *p = skip_cfws(text), *comma;
	int hour = 0, minute = 0, second = 0;
	struct date day;
	int32_t offset;

	/* The weekday says nothing that the date does not. */
	comma = strchr(p, ',');
	if (comma != NULL && comma - p < 20)
		p = comma + 1;
	else
		while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')
		    || *p == ' ' || *p == '.')
			p++;
	if (!number(&p, 2, &day.day))
		return false;
	if (!month_read(&p, &day.month) || !number(&p, 4, &day.year))
		return false;
	/* RFC 5322 §4.3: years of two and three digits. */
	if (day.year < 50)
		day.year += 2000;
	else if (day.year < 1000)
		day.year += 1900;
	if (!date_is_valid(day))
		return false;
	if (number(&p, 2, &hour)) {
		p = skip_cfws(p);
		if (*p == ':' || *p == '.') {
			p++;
			if (!number(&p, 2, &minute))
				return false;
			p = skip_cfws(p);
			if (*p == ':' || *p == '.') {
				p++;
				if (!number(&p, 2, &second))
					return false;
			}
		}
	}
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	offset = zone_read(p);
	*at = date_to_days(day) * 86400 + hour * 3600 + minute * 60 + second
	    - offset;
	*offset_s = offset;
	return true;
}

/* --- ids --------------------------------------------------------------- */

/* RFC 5322 §3.6.4, and what programs write in its place: no blanks, no
 * angles within. */
static size_t
id_length(const char *at)
{
	size_t n = 1;

	while (at[n] != '\0' && at[n] != '>' && at[n] != '<' && at[n] != ' ')
		n++;
	return at[n] == '>' && n > 1 && n < ID_MAX_BYTES ? n + 1 : 0;
}

const char *const *
head_ids_read(struct arena *arena, const char *text, size_t max, size_t *n)
{
	const char **ids;
	size_t all = 0, at = 0, skip;

	for (const char *p = text; (p = strchr(p, '<')) != NULL; p++)
		all += id_length(p) != 0;
	*n = all < max ? all : max;
	skip = all - *n;
	ids = arena_array(arena, *n + 1, sizeof *ids);
	for (const char *p = text; (p = strchr(p, '<')) != NULL; p++) {
		size_t k = id_length(p);

		if (k == 0)
			continue;
		if (skip > 0) {
			skip--;
			continue;
		}
		ids[at++] = arena_strndup(arena, p, k);
		p += k - 1;
	}
	return ids;
}
