/* SPDX-License-Identifier: MIT */
/* From the parts of a mail to a struct mail: head, words, files. */
#include "mail/mime_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/wire.h"
#include "mail/charset.h"
#include "mail/flowed.h"
#include "mail/html_text.h"
#include "mail/mime_inside.h"

#define MAIL_MAX_BYTES ((size_t)40 * 1024 * 1024) /* LIBRARIES, G1 */
#define TEXT_MAX_BYTES ((size_t)1024 * 1024) /* THREATS 11 */
#define INNER_MAX_BYTES ((size_t)256 * 1024) /* an attached mail's words */
#define HTML_MAX_BYTES ((size_t)512 * 1024) /* LIBRARIES, H1 */
#define HIDDEN_MAX_BYTES ((size_t)64 * 1024)
#define WORDS_MAX_BYTES ((size_t)2560 * 1024) /* all texts of a mail, so that
					       * it fits into a frame */

void
mime_open(void)
{
	charset_open();
}

void
mime_note(struct reader *r, const char *why)
{
	r->mail->is_broken = true;
	if (r->mail->broken_why == NULL)
		r->mail->broken_why = why;
}

/* --- what each part is for --------------------------------------------- */

bool
mime_is_type(const struct mime_part *part, const char *type)
{
	return strcmp(part->type.value, type) == 0;
}

bool
mime_is_marked_file(const struct mime_part *part)
{
	return strcmp(part->disposition.value, "attachment") == 0;
}

bool
mime_is_signature(const struct mime_part *part)
{
	return mime_is_type(part, "application/pkcs7-signature")
	    || mime_is_type(part, "application/x-pkcs7-signature")
	    || mime_is_type(part, "application/pgp-signature");
}

/* The outermost multipart/alternative above a part, or the part itself. */
static int
unit_of(const struct mime_walk *walk, int index)
{
	int unit = index;

	for (int p = walk->parts[index].parent; p >= 0;
	    p = walk->parts[p].parent)
		if (mime_is_type(&walk->parts[p], "multipart/alternative"))
			unit = p;
	return unit;
}

static enum use
use_of(const struct mime_walk *walk, size_t index, bool has_words)
{
	const struct mime_part *part = &walk->parts[index];
	bool is_plain = mime_is_type(part, "text/plain")
	    || mime_is_type(part, "text/enriched");
	bool is_html = mime_is_type(part, "text/html");

	if (part->is_multipart)
		return USE_NONE;
	if (mime_is_type(part, "text/x-amp-html"))
		return USE_NONE;
	if ((!is_plain && !is_html) || mime_is_marked_file(part))
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

/* --- words ------------------------------------------------------------- */

size_t
mime_words_room(const struct reader *r)
{
	return r->text_max < r->words_left ? r->text_max : r->words_left;
}

void
mime_words_take(struct reader *r, const char *text)
{
	size_t n = strlen(text);

	r->words_left -= n < r->words_left ? n : r->words_left;
}

struct bytes
mime_part_bytes(struct reader *r, const struct mime_part *part, size_t max)
{
	struct bytes b = transfer_all(r->arena, part->transfer, part->body,
	    max + 1);

	if (b.n > max) {
		mime_note(r, "a part is too long to be read");
		b.n = max;
	}
	return b;
}

/* The text of a plain part, in UTF-8 and unflowed. */
const char *
mime_plain_read(struct reader *r, const struct mime_part *part, size_t max)
{
	const char *charset = head_param(&part->type, "charset");
	const char *format = head_param(&part->type, "format");
	const char *delsp = head_param(&part->type, "delsp");
	struct bytes b = mime_part_bytes(r, part, max);
	const char *text = charset_many_lines(r->arena, charset, b,
	    &r->lost);

	if (text_equal_nocase(format, "flowed"))
		text = flowed_read(r->arena, text,
		    text_equal_nocase(delsp, "yes"));
	return strlen(text) > max ? text_cut(r->arena, text, max) : text;
}

bool
mime_is_blank(const char *text)
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

		if (r->texts[i] == NULL || mime_is_blank(r->texts[i]))
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
		size_t max = mime_words_room(r);
		struct html_text html;

		if (r->uses[i] == USE_PLAIN) {
			r->texts[i] = mime_plain_read(r, part, max);
			any_plain = true;
		} else if (r->uses[i] == USE_HTML) {
			struct bytes b = mime_part_bytes(r, part,
			    HTML_MAX_BYTES < max ? HTML_MAX_BYTES : max);

			html = html_text_read(r->arena, charset_many_lines(
			    r->arena, html_charset(r->arena,
			    head_param(&part->type, "charset"), b), b,
			    &r->lost));
			if (html.is_cut)
				mime_note(r, "the HTML is beyond our limits");
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
		mime_words_take(r, r->texts[i]);
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

/* --- the whole --------------------------------------------------------- */

/* RFC 8551 §3, RFC 3156 §4: what cannot be read, and what is only signed. */
static void
crypto_find(struct reader *r)
{
	for (size_t i = 0; i < r->walk.n; i++) {
		const struct mime_part *part = &r->walk.parts[i];
		const char *kind = head_param(&part->type, "smime-type");
		bool is_mime = mime_is_type(part, "application/pkcs7-mime")
		    || mime_is_type(part, "application/x-pkcs7-mime");

		if (mime_is_type(part, "multipart/encrypted"))
			r->mail->is_encrypted = true;
		if (is_mime && text_equal_nocase(kind, "signed-data"))
			r->mail->is_signed = true;
		if (is_mime)
			r->mail->is_encrypted = true;
		if (mime_is_type(part, "multipart/signed")
		    || mime_is_signature(part))
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
	content_add(r, mime_value_of(r, head, "From"));
	content_add(r, mime_value_of(r, head, "Date"));
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

		if (!mime_is_type(part, "message/rfc822")
		    && !mime_is_type(part, "message/global"))
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
	struct reader r = { .arena = arena, .mail = mail, .raw = raw,
		.is_inner = is_inner,
		.text_max = is_inner ? INNER_MAX_BYTES : TEXT_MAX_BYTES,
		.words_left = is_inner ? 2 * INNER_MAX_BYTES
		    : WORDS_MAX_BYTES };
	const struct head *head;

	mail->size_bytes = (int64_t)raw.n;
	r.walk = mime_walk(arena, raw);
	head = &r.walk.parts[0].head;
	if (r.walk.why != NULL)
		mime_note(&r, r.walk.why);
	if (head->n == 0)
		mime_note(&r, raw.n == 0 ? "the mail is empty"
		    : "the mail has no head");
	mime_head_fill(&r, head);
	if (trust != NULL)
		mime_auth_fill(&r, trust, head);
	uses_find(&r);
	texts_read(&r);
	if (!is_inner) {
		mime_files_read(&r);
		mime_calendars_read(&r);
		mime_reports_read(&r);
		inner_read(&r);
	}
	crypto_find(&r);
	content_hash(&r, head);
	if (r.lost)
		mime_note(&r, "a character set is unknown");
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
