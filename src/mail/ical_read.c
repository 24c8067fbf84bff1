/* SPDX-License-Identifier: MIT */
/* Calendar answers, line by line: six shapes of one REPLY need no tree. */
#include "mail/ical_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "mail/address.h"
#include "mail/charset.h"

#define PARAMS_MAX 24		/* of one line */
#define LINE_MAX 4096		/* of a value that we keep */
#define VALUE_MAX 500		/* of an id, a summary, an address */
#define DEPTH_MAX 50		/* components within each other */
#define ATTENDEES_MAX 16	/* of one event: an answer has one */

/* --- a content line, RFC 5545 §3.1 ------------------------------------- */

struct param {
	const char *name;	/* upper case */
	const char *value;
};

struct line {
	const char *name;	/* upper case */
	const char *value;
	struct param params[PARAMS_MAX];
	size_t n_params;
};

/* Folds go before the bytes become letters: a fold may cut one in two. */
static struct bytes
unfold(struct arena *arena, struct bytes in)
{
	unsigned char *out = arena_alloc(arena, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		size_t k = i;

		if (in.data[k] == '\r' && k + 1 < in.n)
			k++;
		if (in.data[k] == '\n' && k + 1 < in.n
		    && (in.data[k + 1] == ' ' || in.data[k + 1] == '\t'))
			i = k + 1;
		else
			out[n++] = in.data[i];
	}
	return (struct bytes){ out, n };
}

static char *
upper(struct arena *arena, const char *s, size_t n)
{
	char *out = arena_strndup(arena, s, n);

	for (char *p = out; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 32);
	return out;
}

/* RFC 6868: ^n, ^' and ^^ in a parameter's value. */
static const char *
param_value(struct arena *arena, const char *s, size_t n)
{
	struct buf out = buf_open(arena);

	for (size_t i = 0; i < n; i++) {
		char next = i + 1 < n ? s[i + 1] : '\0';

		if (s[i] != '^' || strchr("n'^", next) == NULL
		    || next == '\0') {
			buf_add_char(&out, s[i]);
			continue;
		}
		buf_add_char(&out, next == 'n' ? '\n' : next == '\''
		    ? '"' : '^');
		i++;
	}
	return buf_text(&out);
}

/* name *(";" param) ":" value; false where there is no colon. */
static bool
line_read(struct arena *arena, const char *at, size_t n, struct line *line)
{
	size_t i = 0;

	line->n_params = 0;
	while (i < n && at[i] != ':' && at[i] != ';')
		i++;
	if (i == n || i == 0 || i > 64)
		return false;
	line->name = upper(arena, at, i);
	while (i < n && at[i] == ';') {
		size_t name = ++i, name_n, value;
		bool quoted = false;

		while (i < n && at[i] != '=' && at[i] != ';' && at[i] != ':')
			i++;
		name_n = i - name;
		if (i >= n || at[i] != '=')
			continue;
		for (value = ++i; i < n && (quoted
		    || (at[i] != ';' && at[i] != ':')); i++)
			quoted ^= at[i] == '"';
		if (line->n_params < PARAMS_MAX) {
			size_t from = value, to = i;

			if (to > from + 1 && at[from] == '"'
			    && at[to - 1] == '"') {
				from++;
				to--;
			}
			line->params[line->n_params++] = (struct param){
				upper(arena, at + name, name_n),
				param_value(arena, at + from,
				to - from > LINE_MAX ? LINE_MAX : to - from),
			};
		}
	}
	if (i >= n)
		return false;
	i++;
	line->value = arena_strndup(arena, at + i,
	    n - i > LINE_MAX ? LINE_MAX : n - i);
	return true;
}

static const char *
param(const struct line *line, const char *name)
{
	for (size_t i = 0; i < line->n_params; i++)
		if (strcmp(line->params[i].name, name) == 0)
			return line->params[i].value;
	return NULL;
}

/* RFC 5545 §3.3.11: \n, \, \; \\ */
static const char *
text_value(struct arena *arena, const char *value)
{
	struct buf out = buf_open(arena);

	for (; *value != '\0'; value++) {
		if (*value != '\\' || value[1] == '\0')
			buf_add_char(&out, *value);
		else {
			value++;
			buf_add_char(&out, *value == 'n' || *value == 'N'
			    ? '\n' : *value);
		}
	}
	return text_trim(arena, text_repair(arena, buf_text(&out), out.n));
}

static const char *
one_line(struct arena *arena, const char *text)
{
	if (text == NULL)
		return NULL;
	text = text_squeeze(arena, text_one_line(arena,
	    text_cut(arena, text, VALUE_MAX)));
	return *text == '\0' ? NULL : text;
}

/* "mailto:" in any case, or an address alone. */
static const char *
address_value(struct arena *arena, const char *value)
{
	if (value == NULL)
		return NULL;
	value += strspn(value, " ");
	if (text_starts_nocase(value, "mailto:"))
		value += strlen("mailto:");
	return address_read(arena, text_cut(arena, value, VALUE_MAX));
}

/* --- instants, RFC 5545 §3.3.5 ----------------------------------------- */

/* Seconds that a zone's clocks are ahead of ours. They all turn at the same
 * instant (EU directive 2000/84), so that this is so all year. */
static int
zone_ahead_s(const char *tzid)
{
	static const struct {
		const char *name;
		int ahead_s;
	} zones[] = {
		{ "GMT Standard Time", -3600 }, { "Europe/London", -3600 },
		{ "Europe/Lisbon", -3600 }, { "Europe/Dublin", -3600 },
		{ "Atlantic/Faroe", -3600 }, { "Atlantic/Faeroe", -3600 },
		{ "FLE Standard Time", 3600 }, { "GTB Standard Time", 3600 },
		{ "Europe/Helsinki", 3600 }, { "Europe/Tallinn", 3600 },
		{ "Europe/Riga", 3600 }, { "Europe/Vilnius", 3600 },
		{ "Europe/Athens", 3600 }, { "Europe/Kiev", 3600 },
	};

	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (text_equal_nocase(tzid, zones[i].name))
			return zones[i].ahead_s;
	return 0;
}

static bool
digits(const char *s, size_t n, int *value)
{
	*value = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*value = *value * 10 + (s[i] - '0');
	}
	return true;
}

static bool
is_utc_zone(const char *tzid)
{
	return text_equal_nocase(tzid, "UTC")
	    || text_equal_nocase(tzid, "Etc/UTC")
	    || text_equal_nocase(tzid, "GMT");
}

static int64_t
instant_value(const struct line *line)
{
	const char *v = line->value + strspn(line->value, " ");
	const char *tzid = param(line, "TZID");
	int hour = 0, minute = 0, second = 0;
	struct date day;

	if (strnlen(v, 8) < 8 || !digits(v, 4, &day.year)
	    || !digits(v + 4, 2, &day.month) || !digits(v + 6, 2, &day.day)
	    || !date_is_valid(day))
		return -1;
	v += 8;
	if (*v == 'T') {
		if (strnlen(v, 7) < 7 || !digits(v + 1, 2, &hour)
		    || !digits(v + 3, 2, &minute)
		    || !digits(v + 5, 2, &second)
		    || hour > 23 || minute > 59 || second > 60)
			return -1;
		v += 7;
	}
	if (*v == 'Z' || *v == 'z' || is_utc_zone(tzid))
		return date_to_days(day) * 86400 + hour * 3600 + minute * 60
		    + second;
	return date_at(day, hour, minute) + second - zone_ahead_s(tzid);
}

/* --- events ------------------------------------------------------------ */

struct reading {
	struct arena *arena;
	struct ical_list *out;
	const char *method, *type_method;
	size_t first;			/* entry of this part */
	int depth, event_depth;		/* 0: in no event */
	struct mail_calendar event;
	struct mail_calendar attendees[ATTENDEES_MAX];
	size_t n_attendees;
};

static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
is_same_entry(const struct mail_calendar *a, const struct mail_calendar *b)
{
	return is_same(a->uid, b->uid) && a->start_at == b->start_at
	    && a->stamp_at == b->stamp_at
	    && a->recurrence_at == b->recurrence_at
	    && a->sequence == b->sequence
	    && is_same(a->organizer, b->organizer)
	    && is_same(a->attendee, b->attendee)
	    && is_same(a->partstat, b->partstat)
	    && is_same(a->sent_by, b->sent_by)
	    && is_same(a->comment, b->comment)
	    && is_same(a->summary, b->summary)
	    && is_same(a->method, b->method)
	    && a->counter_proposed == b->counter_proposed;
}

static void
entry_add(struct reading *r, const struct mail_calendar *entry)
{
	if (r->out->list == NULL)
		r->out->list = arena_array(r->arena, ICAL_MAX_ENTRIES,
		    sizeof *r->out->list);
	if (r->out->n < ICAL_MAX_ENTRIES)
		r->out->list[r->out->n++] = *entry;
}

static void
event_close(struct reading *r)
{
	struct mail_calendar e = r->event;

	if (r->n_attendees == 0)
		entry_add(r, &e);
	for (size_t i = 0; i < r->n_attendees; i++) {
		const struct mail_calendar *a = &r->attendees[i];

		e.attendee = a->attendee;
		e.partstat = a->partstat;
		e.sent_by = a->sent_by;
		/* The words may stand at the answer, or at its giver. */
		e.comment = r->event.comment != NULL ? r->event.comment
		    : a->comment;
		entry_add(r, &e);
	}
	r->event_depth = 0;
}

static void
attendee_add(struct reading *r, const struct line *line)
{
	const char *comment = param(line, "X-RESPONSE-COMMENT");
	struct mail_calendar *a;

	if (r->n_attendees == ATTENDEES_MAX)
		return;
	a = &r->attendees[r->n_attendees++];
	*a = (struct mail_calendar){
		.attendee = address_value(r->arena, line->value),
		.sent_by = address_value(r->arena, param(line, "SENT-BY")),
		.partstat = one_line(r->arena, param(line, "PARTSTAT")),
	};
	/* An address that stands beside a URN (some Apple servers). */
	if (a->attendee == NULL)
		a->attendee = address_value(r->arena, param(line, "EMAIL"));
	if (a->partstat != NULL)
		a->partstat = upper(r->arena, a->partstat,
		    strlen(a->partstat));
	if (comment != NULL && *comment != '\0')
		a->comment = text_value(r->arena, comment);
}

static void
event_take(struct reading *r, const struct line *line)
{
	struct mail_calendar *e = &r->event;
	const char *n = line->name;

	if (strcmp(n, "UID") == 0 && e->uid == NULL)
		e->uid = one_line(r->arena, text_value(r->arena,
		    line->value));
	else if (strcmp(n, "DTSTART") == 0 && e->start_at < 0)
		e->start_at = instant_value(line);
	else if (strcmp(n, "DTSTAMP") == 0 && e->stamp_at < 0)
		e->stamp_at = instant_value(line);
	else if (strcmp(n, "RECURRENCE-ID") == 0 && e->recurrence_at < 0)
		e->recurrence_at = instant_value(line);
	else if (strcmp(n, "SEQUENCE") == 0) {
		long v = strtol(line->value, NULL, 10);

		if (v >= 0 && v < INT32_MAX)
			e->sequence = (int32_t)v;
	} else if (strcmp(n, "ORGANIZER") == 0 && e->organizer == NULL)
		e->organizer = address_value(r->arena, line->value);
	else if (strcmp(n, "SUMMARY") == 0 && e->summary == NULL)
		e->summary = one_line(r->arena, text_value(r->arena,
		    line->value));
	else if (strcmp(n, "COMMENT") == 0
	    || strcmp(n, "X-RESPONSE-COMMENT") == 0) {
		const char *text = text_value(r->arena, line->value);

		if (*text != '\0' && e->comment == NULL)
			e->comment = text;
	} else if (strcmp(n, "ATTENDEE") == 0)
		attendee_add(r, line);
	else if (strcmp(n, "X-MS-OLK-ORIGINALSTART") == 0
	    || strcmp(n, "X-MS-OLK-ORIGINALEND") == 0)
		/* Outlook's mark of a time that it proposes anew. */
		e->counter_proposed = true;
}

static void
line_take(struct reading *r, const struct line *line)
{
	if (strcmp(line->name, "BEGIN") == 0) {
		if (r->depth < DEPTH_MAX)
			r->depth++;
		if (r->event_depth == 0
		    && text_equal_nocase(line->value, "VEVENT")) {
			r->event_depth = r->depth;
			r->n_attendees = 0;
			r->event = (struct mail_calendar){ .start_at = -1,
				.stamp_at = -1, .recurrence_at = -1,
				.sequence = -1 };
		}
	} else if (strcmp(line->name, "END") == 0) {
		if (r->event_depth != 0 && r->depth == r->event_depth)
			event_close(r);
		if (r->depth > 0)
			r->depth--;
	} else if (r->event_depth != 0) {
		/* What an alarm says is not the answer's. */
		if (r->depth == r->event_depth)
			event_take(r, line);
	} else if (strcmp(line->name, "METHOD") == 0 && r->depth <= 1
	    && r->method == NULL) {
		const char *m = one_line(r->arena, line->value);

		r->method = m == NULL ? NULL : upper(r->arena, m, strlen(m));
	}
}

/* The method may stand behind the events; then what was said before in the
 * same words goes. */
static void
part_close(struct reading *r)
{
	struct mail_calendar *list = r->out->list;
	size_t n = r->first;

	for (size_t i = r->first; i < r->out->n; i++) {
		struct mail_calendar *e = &list[i];
		bool seen = false;

		e->method = r->method;
		e->type_method = r->type_method;
		e->counter_proposed |= text_equal_nocase(r->method, "COUNTER")
		    || text_equal_nocase(r->type_method, "COUNTER");
		for (size_t k = 0; k < n && !seen; k++)
			if ((seen = is_same_entry(&list[k], e))
			    && list[k].type_method == NULL)
				list[k].type_method = e->type_method;
		if (!seen)
			list[n++] = *e;
	}
	r->out->n = n;
}

void
ical_read(struct arena *arena, const char *charset, struct bytes bytes,
    const char *type_method, struct ical_list *out, bool *lost)
{
	struct reading r = { .arena = arena, .out = out, .first = out->n };
	struct line line;
	const char *text;

	/* RFC 5545 §3.1.4: UTF-8 unless said; programs that say us-ascii or
	 * nothing write UTF-8 too. */
	text = charset_many_lines(arena, charset, unfold(arena, bytes), lost);
	if (type_method != NULL && *type_method != '\0')
		r.type_method = upper(arena, type_method,
		    strnlen(type_method, 20));
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (line_read(arena, text, n, &line))
			line_take(&r, &line);
		text += n + (text[n] == '\n');
	}
	if (r.event_depth != 0)
		event_close(&r);	/* cut off in the middle */
	if (out->list != NULL)
		part_close(&r);
}
