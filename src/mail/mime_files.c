/* SPDX-License-Identifier: MIT */
/* What comes beside the words: files, calendar parts, reports. */
#include <string.h>

#include "base/arena.h"
#include "mail/ical_read.h"
#include "mail/mime_inside.h"
#include "mail/report.h"

#define CALENDAR_MAX_BYTES ((size_t)256 * 1024)

struct counting {
	struct sha256 sha;
	int64_t n;
};

static void
counting_add(void *to, const unsigned char *data, size_t n)
{
	struct counting *c = to;

	sha256_add(&c->sha, data, n);
	c->n += (int64_t)n;
}

static bool
is_text_file(const struct mime_part *part, const char *name)
{
	const char *lower;

	if (mime_is_type(part, "text/plain")
	    || mime_is_type(part, "text/markdown")
	    || mime_is_type(part, "text/csv")
	    || mime_is_type(part, "text/x-markdown"))
		return true;
	if (name == NULL || (!mime_is_type(part, "application/octet-stream")
	    && !text_starts(part->type.value, "text/")))
		return false;
	lower = strrchr(name, '.');
	return text_equal_nocase(lower, ".txt")
	    || text_equal_nocase(lower, ".md")
	    || text_equal_nocase(lower, ".csv")
	    || text_equal_nocase(lower, ".markdown");
}

static const char *
safe_type(struct reader *r, const struct mime_part *part)
{
	const char *t = part->type.value;

	for (const char *p = t; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7F
		    || strchr("<>\"'`;", *p) != NULL)
			return "application/octet-stream";
	return strlen(t) > 127 ? "application/octet-stream"
	    : arena_strdup(r->arena, t);
}

static struct mail_attachment
file_read(struct reader *r, size_t index)
{
	const struct mime_part *part = &r->walk.parts[index];
	struct mail_attachment a = { .part = (uint32_t)index,
		.length = (int64_t)part->body.n,
		.transfer = part->transfer };
	struct counting counting = { .n = 0 };

	if (part->body.n > 0)
		a.begin = part->body.data - r->raw.data;
	sha256_begin(&counting.sha);
	transfer_read(part->transfer, part->body, counting_add, &counting);
	sha256_end(&counting.sha, a.sha256);
	a.size_bytes = counting.n;
	a.name = mime_part_name(r->arena, part);
	a.type = safe_type(r, part);
	/* A picture of the HTML, or a signature that nobody wants to read. */
	a.is_inline = mime_is_signature(part)
	    || (r->mail->html_text != NULL
	    && head_find(&part->head, "Content-ID") != NULL
	    && !mime_is_marked_file(part)
	    && text_starts(part->type.value, "image/"))
	    || (strcmp(part->disposition.value, "inline") == 0
	    && text_starts(part->type.value, "image/")
	    && part->parent >= 0 && mime_is_type(
	    &r->walk.parts[part->parent], "multipart/related"));
	if (is_text_file(part, a.name)) {
		size_t max = mime_words_room(r);
		const char *text = mime_plain_read(r, part, max);

		mime_words_take(r, text);
		a.text = mime_is_blank(text) ? NULL : text;
	}
	return a;
}

void
mime_files_read(struct reader *r)
{
	struct mail_attachment *list;
	size_t n = 0;

	for (size_t i = 0; i < r->walk.n; i++)
		n += r->uses[i] == USE_FILE;
	list = arena_array(r->arena, n + 1, sizeof *list);
	n = 0;
	for (size_t i = 0; i < r->walk.n; i++)
		if (r->uses[i] == USE_FILE)
			list[n++] = file_read(r, i);
	r->mail->attachments = list;
	r->mail->n_attachments = n;
}

static bool
is_calendar(const struct mime_part *part, const char *name)
{
	if (mime_is_type(part, "text/calendar")
	    || mime_is_type(part, "application/ics")
	    || mime_is_type(part, "text/x-vcalendar"))
		return true;
	return name != NULL && text_equal_nocase(strrchr(name, '.'), ".ics");
}

void
mime_calendars_read(struct reader *r)
{
	struct ical_list list = { .n = 0 };

	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];

		if (r->uses[i] != USE_FILE || !is_calendar(part,
		    mime_part_name(r->arena, part)))
			continue;
		ical_read(r->arena, head_param(&part->type, "charset"),
		    mime_part_bytes(r, part, CALENDAR_MAX_BYTES),
		    head_param(&part->type, "method"), &list, &r->lost);
	}
	r->mail->calendars = list.list;
	r->mail->n_calendars = list.n;
}

void
mime_reports_read(struct reader *r)
{
	struct report_list list = { .n = 0 };
	struct mail *m = r->mail;

	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];

		if (r->uses[i] == USE_FILE)
			report_part_read(r->arena, part->type.value,
			    transfer_all(r->arena, part->transfer,
			    part->body, REPORT_MAX_BYTES), &list);
	}
	report_text_read(r->arena, m, &list);
	m->reports = list.reports;
	m->n_reports = list.n;
	m->report_ids = list.ids;
	m->n_report_ids = list.n_ids;
}
