/* SPDX-License-Identifier: MIT */
/* From the parts of a mail to a struct mail: head, words, files. */
#include "mail/mime_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "base/wire.h"
#include "mail/address.h"
#include "mail/charset.h"
#include "mail/flowed.h"
#include "mail/html_text.h"
#include "mail/ical_read.h"
#include "mail/mime_walk.h"
#include "mail/report.h"

#define MAIL_MAX_BYTES ((size_t)40 * 1024 * 1024) /* LIBRARIES, G1 */
#define TEXT_MAX_BYTES ((size_t)1024 * 1024) /* THREATS 11 */
#define INNER_MAX_BYTES ((size_t)256 * 1024) /* an attached mail's words */
#define HTML_MAX_BYTES ((size_t)512 * 1024) /* LIBRARIES, H1 */
#define HIDDEN_MAX_BYTES ((size_t)64 * 1024)
#define CALENDAR_MAX_BYTES ((size_t)256 * 1024)
#define HEADERS_MAX_BYTES ((size_t)512 * 1024) /* decoded, all of them */
#define WORDS_MAX_BYTES ((size_t)2560 * 1024) /* all texts of a mail, so that
					       * it fits into a frame */

/* What a part is for the one who reads the mail. */
enum use { USE_NONE, USE_PLAIN, USE_HTML, USE_FILE };

struct reader {
	struct arena *arena;
	struct mail *mail;
	struct mime_walk walk;
	enum use *uses;		/* of each part */
	int *units;		/* parts that say the same in other forms */
	const char **texts;	/* of plain and HTML parts */
	size_t text_max, words_left;
	bool lost;		/* a character set that we do not know */
	bool is_inner;
	struct sha256 content;
};

void
mime_open(void)
{
	charset_open();
}

static void
note(struct reader *r, const char *why)
{
	r->mail->is_broken = true;
	if (r->mail->broken_why == NULL)
		r->mail->broken_why = why;
}

/* --- the head ---------------------------------------------------------------- */

static const char *
value_of(struct reader *r, const struct head *head, const char *name)
{
	const struct head_field *f = head_find(head, name);

	return f == NULL ? NULL : head_decode(r->arena, f->value, NULL);
}

static struct mail_addresses
addresses_of(struct reader *r, const struct head *head, const char *name)
{
	const struct head_field *f = head_find(head, name);
	struct address_list list;

	if (f == NULL)
		return (struct mail_addresses){ .n = 0 };
	list = address_list_read(r->arena, head_unfold(r->arena, f->value));
	if (list.is_cut)
		note(r, "a field has too many addresses");
	return list.addresses;
}

/* THREATS 4: one field, one mailbox, written so that all read it alike. */
static void
from_read(struct reader *r, const struct head *head)
{
	const struct head_field *from = NULL;
	struct address_list list;
	size_t n = 0;

	for (size_t i = 0; i < head->n; i++)
		if (head_is(&head->fields[i], "From")) {
			from = n++ == 0 ? &head->fields[i] : from;
			if (head->fields[i].is_odd)
				n++;
		}
	if (from == NULL)
		return;
	list = address_list_read(r->arena,
	    head_unfold(r->arena, from->value));
	r->mail->from = list.addresses;
	r->mail->from_is_plain = n == 1 && list.is_plain;
}

static void
delivered_read(struct reader *r, const struct head *head)
{
	static const char *const names[] = { "Delivered-To", "X-Original-To",
		"Envelope-To", "X-Envelope-To", "X-Delivered-To" };
	const char **list = arena_array(r->arena, 2 * 8 + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < head->n && n < 2 * 8; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			const char *a;
			bool seen = false;

			if (!head_is(&head->fields[i], names[k]))
				continue;
			a = address_read(r->arena, head_unfold(r->arena,
			    head->fields[i].value));
			for (size_t m = 0; a != NULL && m < n; m++)
				seen |= strcmp(list[m], a) == 0;
			if (a != NULL && !seen)
				list[n++] = a;
		}
	r->mail->delivered_to = list;
	r->mail->n_delivered_to = n;
}

/* "<>" is the null sender; what is no address is none at all. */
static void
return_path_read(struct reader *r, const struct head *head)
{
	const struct head_field *f = head_find(head, "Return-Path");
	const char *text;

	if (f == NULL)
		return;
	text = text_trim(r->arena, head_unfold(r->arena, f->value));
	r->mail->return_path = strcmp(text, "<>") == 0 ? ""
	    : address_read(r->arena, text);
}

static void
headers_read(struct reader *r, const struct head *head)
{
	struct mail_header *list = arena_array(r->arena, head->n + 1,
	    sizeof *list);
	size_t room = HEADERS_MAX_BYTES, n = 0;

	for (size_t i = 0; i < head->n; i++) {
		const struct head_field *f = &head->fields[i];
		const char *value = head_decode(r->arena, f->value, NULL);
		size_t k = strlen(value) + f->name.n + 8;

		if (k > room) {
			note(r, "the head is too long");
			break;
		}
		room -= k;
		list[n].name = arena_strndup(r->arena,
		    (const char *)f->name.data, f->name.n);
		list[n++].value = value;
	}
	r->mail->headers = list;
	r->mail->n_headers = n;
}

static const char *
subject_read(struct reader *r, const struct head *head)
{
	const struct head_field *f = head_find(head, "Subject");
	const char *value;

	if (f == NULL)
		return NULL;
	value = text_squeeze(r->arena, head_decode(r->arena, f->value,
	    &r->lost));
	return *value == '\0' ? NULL : value;
}

static void
head_fill(struct reader *r, const struct head *head)
{
	struct mail *m = r->mail;
	const char *value;
	const char *const *ids;
	size_t n;

	headers_read(r, head);
	from_read(r, head);
	m->sender = addresses_of(r, head, "Sender");
	m->reply_to = addresses_of(r, head, "Reply-To");
	m->to = addresses_of(r, head, "To");
	m->cc = addresses_of(r, head, "Cc");
	m->subject = subject_read(r, head);
	m->date_at = -1;
	value = value_of(r, head, "Date");
	if (value != NULL)
		(void)head_date_read(value, &m->date_at, &m->date_offset_s);
	value = value_of(r, head, "Message-ID");
	if (value != NULL) {
		ids = head_ids_read(r->arena, value, 1, &n);
		m->message_id = n == 0 ? NULL : ids[0];
	}
	value = value_of(r, head, "In-Reply-To");
	if (value != NULL)
		m->in_reply_to = head_ids_read(r->arena, value, HEAD_MAX_IDS,
		    &m->n_in_reply_to);
	value = value_of(r, head, "References");
	if (value != NULL)
		m->references = head_ids_read(r->arena, value, HEAD_MAX_IDS,
		    &m->n_references);
	return_path_read(r, head);
	delivered_read(r, head);
}

/* The fields as auth_judge wants them: not decoded, since a server writes
 * ASCII there and an encoded word is somebody's trick. */
static void
auth_fill(struct reader *r, const struct auth_trust *trust,
    const struct head *head)
{
	struct mail_header *raw = arena_array(r->arena, head->n + 1,
	    sizeof *raw);
	static const char *const told[] = { "Authentication-Results",
		"Received", "DKIM-Signature",
		"X-MS-Exchange-Organization-AuthAs" };
	const struct mail *m = r->mail;

	for (size_t i = 0; i < head->n; i++) {
		raw[i].name = raw[i].value = "";
		for (size_t k = 0; k < sizeof told / sizeof *told; k++)
			if (head_is(&head->fields[i], told[k])) {
				raw[i].name = told[k];
				raw[i].value = head_unfold(r->arena,
				    head->fields[i].value);
			}
	}
	r->mail->auth = auth_judge(r->arena, trust, raw, head->n,
	    m->from_is_plain ? m->from.list[0].email : NULL,
	    &r->mail->auth_why);
}

/* --- what each part is for ----------------------------------------------------- */

static bool
type_is(const struct mime_part *part, const char *type)
{
	return strcmp(part->type.value, type) == 0;
}

static bool
is_marked_file(const struct mime_part *part)
{
	return strcmp(part->disposition.value, "attachment") == 0;
}

/* The outermost multipart/alternative above a part, or the part itself. */
static int
unit_of(const struct mime_walk *walk, int index)
{
	int unit = index;

	for (int p = walk->parts[index].parent; p >= 0;
	    p = walk->parts[p].parent)
		if (type_is(&walk->parts[p], "multipart/alternative"))
			unit = p;
	return unit;
}

static enum use
use_of(const struct mime_walk *walk, size_t index, bool has_words)
{
	const struct mime_part *part = &walk->parts[index];
	bool is_plain = type_is(part, "text/plain")
	    || type_is(part, "text/enriched") || type_is(part, "text/x-amp");
	bool is_html = type_is(part, "text/html");

	if (part->is_multipart)
		return USE_NONE;
	if (type_is(part, "text/x-amp-html"))
		return USE_NONE;
	if ((!is_plain && !is_html) || is_marked_file(part))
		return USE_FILE;
	/* A named text after the first words is a file shown inline, as
	 * Apple's and Mozilla's programs send them. */
	if (has_words && (head_param(&part->disposition, "filename") != NULL
	    || head_param(&part->type, "name") != NULL))
		return USE_FILE;
	/* The words of a report are read, what comes after them is kept. */
	return is_html ? USE_HTML : USE_PLAIN;
}

static void
uses_find(struct reader *r)
{
	size_t n = r->walk.n;
	bool has_words = false;

	r->uses = arena_array(r->arena, n, sizeof *r->uses);
	r->units = arena_array(r->arena, n, sizeof *r->units);
	r->texts = arena_array(r->arena, n, sizeof *r->texts);
	for (size_t i = 0; i < n; i++) {
		r->uses[i] = use_of(&r->walk, i, has_words);
		r->units[i] = unit_of(&r->walk, (int)i);
		has_words |= r->uses[i] == USE_PLAIN
		    || r->uses[i] == USE_HTML;
	}
}

/* --- words ----------------------------------------------------------------------- */

static struct bytes
part_bytes(struct reader *r, const struct mime_part *part, size_t max)
{
	struct bytes b = transfer_all(r->arena, part->transfer, part->body,
	    max + 1);

	if (b.n > max) {
		note(r, "a part is too long to be read");
		b.n = max;
	}
	return b;
}

/* The text of a plain part, in UTF-8 and unflowed. */
static const char *
plain_read(struct reader *r, const struct mime_part *part, size_t max)
{
	const char *charset = head_param(&part->type, "charset");
	const char *format = head_param(&part->type, "format");
	const char *delsp = head_param(&part->type, "delsp");
	struct bytes b = part_bytes(r, part, max);
	const char *text = charset_many_lines(r->arena, charset, b,
	    &r->lost);

	if (text_equal_nocase(format, "flowed"))
		text = flowed_read(r->arena, text,
		    text_equal_nocase(delsp, "yes"));
	return strlen(text) > max ? text_cut(r->arena, text, max) : text;
}

static bool
is_blank_text(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

/* The words of all units one after the other: of each what is wanted, and
 * its other form where it has only that. */
static const char *
words_join(struct reader *r, enum use want)
{
	struct buf out = buf_open(r->arena);
	bool any = false;

	for (size_t i = 0; i < r->walk.n; i++)
		any |= r->uses[i] == want;
	if (!any)
		return NULL;
	for (size_t i = 0; i < r->walk.n; i++) {
		bool has_wanted = false;

		if (r->texts[i] == NULL || is_blank_text(r->texts[i]))
			continue;
		for (size_t k = 0; k < r->walk.n
		    && r->uses[i] != want && !has_wanted; k++)
			has_wanted = r->uses[k] == want
			    && r->units[k] == r->units[i];
		if (has_wanted)
			continue;
		if (out.n > 0 && out.data[out.n - 1] != '\n')
			buf_add_char(&out, '\n');
		buf_add(&out, r->texts[i]);
	}
	return out.n == 0 ? NULL : buf_text(&out);
}

static void
texts_read(struct reader *r)
{
	struct mail *m = r->mail;
	struct buf hidden = buf_open(r->arena);
	bool any_plain = false, any_html = false, both = false;

	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];
		size_t max = r->text_max < r->words_left ? r->text_max
		    : r->words_left;
		struct html_text html;

		if (r->uses[i] == USE_PLAIN) {
			r->texts[i] = plain_read(r, part, max);
			any_plain = true;
		} else if (r->uses[i] == USE_HTML) {
			struct bytes b = part_bytes(r, part,
			    HTML_MAX_BYTES < max ? HTML_MAX_BYTES : max);

			html = html_text_read(r->arena, charset_many_lines(
			    r->arena, html_charset(r->arena,
			    head_param(&part->type, "charset"), b), b,
			    &r->lost));
			if (html.is_cut)
				note(r, "the HTML is beyond our limits");
			r->texts[i] = html.text;
			m->html_has_coloured |= html.has_coloured;
			if (html.hidden != NULL
			    && hidden.n < HIDDEN_MAX_BYTES) {
				if (hidden.n > 0)
					buf_add_char(&hidden, '\n');
				buf_add(&hidden, text_cut(r->arena,
				    html.hidden,
				    HIDDEN_MAX_BYTES - hidden.n));
			}
			any_html = true;
		} else
			continue;
		r->words_left -= strlen(r->texts[i]) < r->words_left
		    ? strlen(r->texts[i]) : r->words_left;
	}
	m->text = any_plain ? words_join(r, USE_PLAIN) : NULL;
	m->html_text = any_html ? words_join(r, USE_HTML) : NULL;
	m->html_hidden = hidden.n == 0 ? NULL : buf_text(&hidden);
	for (size_t i = 0; i < r->walk.n && any_plain && any_html; i++)
		both |= r->units[i] != (int)i && r->uses[i] == USE_HTML;
	if (both && m->text != NULL && m->html_text != NULL)
		m->html_differs = html_text_differs(r->arena, m->text,
		    m->html_text);
}

/* --- files ----------------------------------------------------------------------- */

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

	if (type_is(part, "text/plain") || type_is(part, "text/markdown")
	    || type_is(part, "text/x-markdown"))
		return true;
	if (name == NULL || (!type_is(part, "application/octet-stream")
	    && !text_starts(part->type.value, "text/")))
		return false;
	lower = strrchr(name, '.');
	return text_equal_nocase(lower, ".txt")
	    || text_equal_nocase(lower, ".md")
	    || text_equal_nocase(lower, ".markdown");
}

static bool
is_signature(const struct mime_part *part)
{
	return type_is(part, "application/pkcs7-signature")
	    || type_is(part, "application/x-pkcs7-signature")
	    || type_is(part, "application/pgp-signature");
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
	struct mail_attachment a = { .part = (uint32_t)index };
	struct counting counting = { .n = 0 };

	sha256_begin(&counting.sha);
	transfer_read(part->transfer, part->body, counting_add, &counting);
	sha256_end(&counting.sha, a.sha256);
	a.size_bytes = counting.n;
	a.name = mime_part_name(r->arena, part);
	a.type = safe_type(r, part);
	/* A picture of the HTML, or a signature that nobody wants to read. */
	a.is_inline = is_signature(part)
	    || (r->mail->html_text != NULL
	    && head_find(&part->head, "Content-ID") != NULL
	    && !is_marked_file(part)
	    && text_starts(part->type.value, "image/"))
	    || (strcmp(part->disposition.value, "inline") == 0
	    && text_starts(part->type.value, "image/")
	    && part->parent >= 0 && type_is(
	    &r->walk.parts[part->parent], "multipart/related"));
	if (is_text_file(part, a.name)) {
		size_t max = r->text_max < r->words_left ? r->text_max
		    : r->words_left;
		const char *text = plain_read(r, part, max);

		r->words_left -= strlen(text) < r->words_left ? strlen(text)
		    : r->words_left;
		a.text = is_blank_text(text) ? NULL : text;
	}
	return a;
}

static void
files_read(struct reader *r)
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
	if (type_is(part, "text/calendar") || type_is(part, "application/ics")
	    || type_is(part, "text/x-vcalendar"))
		return true;
	return name != NULL && text_equal_nocase(strrchr(name, '.'), ".ics");
}

static void
calendars_read(struct reader *r)
{
	struct ical_list list = { .n = 0 };

	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];

		if (r->uses[i] != USE_FILE || !is_calendar(part,
		    mime_part_name(r->arena, part)))
			continue;
		ical_read(r->arena, head_param(&part->type, "charset"),
		    part_bytes(r, part, CALENDAR_MAX_BYTES),
		    head_param(&part->type, "method"), &list, &r->lost);
	}
	r->mail->calendars = list.list;
	r->mail->n_calendars = list.n;
}

/* --- reports ------------------------------------------------------------------- */

static void
reports_read(struct reader *r)
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

/* --- the whole ----------------------------------------------------------------- */

/* RFC 8551 §3, RFC 3156 §4: what cannot be read, and what is only signed. */
static void
crypto_find(struct reader *r)
{
	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];
		const char *kind = head_param(&part->type, "smime-type");
		bool is_mime = type_is(part, "application/pkcs7-mime")
		    || type_is(part, "application/x-pkcs7-mime");

		if (type_is(part, "multipart/encrypted"))
			r->mail->is_encrypted = true;
		if (is_mime && text_equal_nocase(kind, "signed-data"))
			r->mail->is_signed = true;
		if (is_mime)
			r->mail->is_encrypted = true;
		if (type_is(part, "multipart/signed") || is_signature(part))
			r->mail->is_signed = true;
	}
	if (r->mail->text != NULL && strncmp(r->mail->text
	    + strspn(r->mail->text, " \n"), "-----BEGIN PGP MESSAGE-----",
	    27) == 0)
		r->mail->is_encrypted = true;
}

static void
content_add(struct reader *r, const char *text)
{
	if (text != NULL)
		sha256_add(&r->content, text, strlen(text));
	sha256_add(&r->content, "", 1);
}

/* The same mail by two ways is one: what the way changes (folds, encodings,
 * line ends, trace fields) is not in it. */
static void
content_hash(struct reader *r, const struct head *head)
{
	struct mail *m = r->mail;

	sha256_begin(&r->content);
	content_add(r, value_of(r, head, "From"));
	content_add(r, value_of(r, head, "Date"));
	content_add(r, m->subject);
	for (size_t i = 0; i < r->walk.n; i++)
		if (r->texts[i] != NULL)
			content_add(r, text_squeeze(r->arena, r->texts[i]));
	for (size_t i = 0; i < m->n_attachments; i++)
		sha256_add(&r->content, m->attachments[i].sha256, 32);
	sha256_end(&r->content, m->content_sha256);
}

static const struct mail *message_read(struct arena *arena,
    const struct auth_trust *trust, struct bytes raw, bool is_inner);

/* The first attached mail, one level deep. */
static void
inner_read(struct reader *r)
{
	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];
		struct bytes raw;

		if (!type_is(part, "message/rfc822")
		    && !type_is(part, "message/global"))
			continue;
		raw = transfer_all(r->arena, part->transfer, part->body,
		    part->transfer == TRANSFER_PLAIN ? part->body.n
		    : TEXT_MAX_BYTES);
		r->mail->inner = message_read(r->arena, NULL, raw, true);
		return;
	}
}

static const struct mail *
message_read(struct arena *arena, const struct auth_trust *trust,
    struct bytes raw, bool is_inner)
{
	struct mail *mail = arena_alloc(arena, sizeof *mail);
	struct reader r = { .arena = arena, .mail = mail,
		.is_inner = is_inner,
		.text_max = is_inner ? INNER_MAX_BYTES : TEXT_MAX_BYTES,
		.words_left = is_inner ? 2 * INNER_MAX_BYTES
		    : WORDS_MAX_BYTES };
	const struct head *head;

	mail->size_bytes = (int64_t)raw.n;
	r.walk = mime_walk(arena, raw);
	head = &r.walk.parts[0].head;
	if (r.walk.why != NULL)
		note(&r, r.walk.why);
	if (head->n == 0)
		note(&r, raw.n == 0 ? "the mail is empty"
		    : "the mail has no head");
	head_fill(&r, head);
	if (trust != NULL)
		auth_fill(&r, trust, head);
	uses_find(&r);
	texts_read(&r);
	if (!is_inner) {
		files_read(&r);
		calendars_read(&r);
		reports_read(&r);
		inner_read(&r);
	}
	crypto_find(&r);
	content_hash(&r, head);
	if (r.lost)
		note(&r, "a character set is unknown");
	return mail;
}

enum rc
mime_read(struct arena *arena, const struct auth_trust *trust,
    struct bytes raw, int fd, const struct mail **mail, struct err *err)
{
	(void)fd;	/* the bytes are enough: nothing is copied out */
	if (raw.n > MAIL_MAX_BYTES)
		return fail(err, RC_PARK, "a mail of %zu MB is above the "
		    "limit of %zu MB", raw.n >> 20, MAIL_MAX_BYTES >> 20);
	*mail = message_read(arena, trust, raw, false);
	return RC_OK;
}

static enum rc
part_find(struct arena *arena, struct bytes raw, uint32_t part,
    struct mime_part *found, struct err *err)
{
	struct mime_walk walk;

	if (raw.n > MAIL_MAX_BYTES)
		return fail(err, RC_PARK, "a mail of %zu MB is above the "
		    "limit of %zu MB", raw.n >> 20, MAIL_MAX_BYTES >> 20);
	walk = mime_walk(arena, raw);
	if (part >= walk.n || walk.parts[part].is_multipart)
		return fail(err, RC_NONE, "the mail has no part %u", part);
	*found = walk.parts[part];
	return RC_OK;
}

enum rc
mime_read_part(struct arena *arena, struct bytes raw, int fd, uint32_t part,
    struct bytes *bytes, struct err *err)
{
	struct mime_part found = { .parent = -1 };
	enum rc rc;

	(void)fd;
	rc = part_find(arena, raw, part, &found, err);
	if (rc == RC_OK)
		*bytes = transfer_all(arena, found.transfer, found.body,
		    SIZE_MAX);
	return rc;
}

struct filing {
	int file;
	int64_t n;
	enum rc rc;
	struct err *err;
};

static void
filing_add(void *to, const unsigned char *data, size_t n)
{
	struct filing *f = to;

	if (f->rc == RC_OK)
		f->rc = wire_memory_write(f->file, (struct bytes){ data, n },
		    f->err);
	f->n += (int64_t)n;
}

enum rc
mime_write_part(struct arena *arena, struct bytes raw, int fd, uint32_t part,
    int file, int64_t *size_bytes, struct err *err)
{
	struct filing f = { .file = file, .rc = RC_OK, .err = err };
	struct mime_part found = { .parent = -1 };
	enum rc rc;

	(void)fd;
	rc = part_find(arena, raw, part, &found, err);
	if (rc != RC_OK)
		return rc;
	transfer_read(found.transfer, found.body, filing_add, &f);
	if (f.rc == RC_OK)
		*size_bytes = f.n;
	return f.rc;
}
