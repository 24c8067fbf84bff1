/* SPDX-License-Identifier: MIT */
/* Puts a letter's bytes together: head, bodies, files. */
#include "mail/mime_write.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "mail/body_write.h"
#include "mail/header_write.h"

#define MAX_REFERENCES 10 /* RFC 5537 §3.4.4: first and last suffice */
#define MAX_FILE_TYPE 80

/* 128 bits of the key's digest as hex. */
const char *
mime_message_id(struct arena *arena, const char *key, const char *domain)
{
	uint8_t digest[SHA256_BYTES];
	char id[33];

	sha256_of(key, strlen(key), digest);
	for (size_t i = 0; i < 16; i++) {
		id[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		id[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	id[32] = '\0';
	return arena_printf(arena, "<%s@%s>", id, domain);
}

/* The ids of the thread: the first, then the last ones, then the mail that is
 * answered itself (RFC 5322 §3.6.4). What is none is left out: it came from
 * outside. */
static const char *
references_of(struct arena *arena, const struct mime_letter *letter)
{
	const char *ids[MAX_REFERENCES], *at = letter->references;
	struct buf out = buf_open(arena);
	size_t n = 0, m;

	for (; at != NULL && *at != '\0'; at += m) {
		at += strspn(at, " ");
		m = strcspn(at, " ");
		if (!message_id_is_plain(at, m) ||
		    (letter->in_reply_to != NULL &&
		    strlen(letter->in_reply_to) == m &&
		    strncmp(letter->in_reply_to, at, m) == 0))
			continue;
		if (n == MAX_REFERENCES - 1) {
			memmove(ids + 1, ids + 2, (n - 2) * sizeof(ids[0]));
			n--;
		}
		ids[n++] = arena_strndup(arena, at, m);
	}
	if (letter->in_reply_to != NULL && message_id_is_plain(
	    letter->in_reply_to, strlen(letter->in_reply_to)))
		ids[n++] = letter->in_reply_to;
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%s", i > 0 ? " " : "", ids[i]);
	return n == 0 ? NULL : buf_text(&out);
}

static enum rc
add_list(struct arena *arena, struct buf *out,
    const struct mime_letter *letter, struct err *err)
{
	enum rc rc;

	if (letter->list_id == NULL)
		return RC_OK;
	rc = header_list_id(out, letter->list_name == NULL ? "" :
	    letter->list_name, letter->list_id, err);
	if (rc != RC_OK || letter->list_unsubscribe == NULL)
		return rc;
	if (!address_is_plain(letter->list_unsubscribe))
		return fail(err, RC_PARK, "header List-Unsubscribe: no "
		    "address");
	return header_plain(out, "List-Unsubscribe", arena_printf(arena,
	    "<mailto:%s>", letter->list_unsubscribe), err);
}

/* Threads: our id is checked, theirs is left out where it is none. */
static enum rc
add_thread(struct arena *arena, struct buf *out,
    const struct mime_letter *letter, struct err *err)
{
	const char *references = references_of(arena, letter);
	enum rc rc;

	if (!message_id_is_plain(letter->message_id,
	    strlen(letter->message_id)))
		return fail(err, RC_PARK, "header Message-ID: is none");
	rc = header_plain(out, "Message-ID", letter->message_id, err);
	if (rc == RC_OK && letter->in_reply_to != NULL &&
	    message_id_is_plain(letter->in_reply_to,
	    strlen(letter->in_reply_to)))
		rc = header_plain(out, "In-Reply-To", letter->in_reply_to,
		    err);
	if (rc == RC_OK && references != NULL)
		rc = header_plain(out, "References", references, err);
	return rc;
}

static enum rc
add_head(struct arena *arena, struct buf *out,
    const struct mime_letter *letter, struct err *err)
{
	enum rc rc;

	header_date(out, "Date", letter->date_at);
	if ((rc = header_address(out, "From", letter->from, err)) != RC_OK ||
	    (rc = header_address(out, "To", letter->to, err)) != RC_OK)
		return rc;
	if (letter->reply_to != NULL && (rc = header_address(out, "Reply-To",
	    (struct mail_address){ .email = letter->reply_to }, err)) != RC_OK)
		return rc;
	if ((rc = header_text(out, "Subject", letter->subject, err)) != RC_OK ||
	    (rc = add_thread(arena, out, letter, err)) != RC_OK)
		return rc;
	buf_addf(out, "Auto-Submitted: %s\r\n", letter->is_answer ?
	    "auto-replied" : "auto-generated");
	buf_add(out, "X-Auto-Response-Suppress: All\r\n");
	if ((rc = add_list(arena, out, letter, err)) != RC_OK)
		return rc;
	if ((rc = header_plain(out, "Content-Language", letter->language,
	    err)) != RC_OK)
		return rc;
	buf_add(out, "MIME-Version: 1.0\r\n");
	return RC_OK;
}

static void
add_multipart(struct buf *out, const char *kind, const char *boundary)
{
	buf_addf(out, "Content-Type: multipart/%s;\r\n"
	    " boundary=\"%s\"\r\n\r\n", kind, boundary);
}

static void
add_flowed(struct arena *arena, struct buf *out, const char *text)
{
	struct buf flowed = buf_open(arena);

	body_flow(&flowed, text);
	buf_add(out, "Content-Type: text/plain; charset=utf-8;"
	    " format=flowed\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	body_quoted_printable(out, buf_text(&flowed));
}

/* RFC 6047 §2.4: the method stands in the type as in the data. */
static enum rc
add_calendar(struct buf *out, const struct mime_letter *letter,
    struct err *err)
{
	const char *method = letter->calendar_method;

	if (method == NULL || method[0] == '\0' || method[strspn(method,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] != '\0')
		return fail(err, RC_PARK, "calendar part: no method");
	buf_addf(out, "Content-Type: text/calendar; charset=utf-8;"
	    " method=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n", method);
	body_base64(out, (struct bytes){
	    (const unsigned char *)letter->calendar,
	    strlen(letter->calendar) });
	return RC_OK;
}

static enum rc
add_alternatives(struct arena *arena, struct buf *out,
    const struct mime_letter *letter, const char *boundary, struct err *err)
{
	enum rc rc = RC_OK;

	add_multipart(out, "alternative", boundary);
	buf_addf(out, "--%s\r\n", boundary);
	add_flowed(arena, out, letter->text);
	if (letter->html != NULL) {
		buf_addf(out, "\r\n--%s\r\nContent-Type: text/html;"
		    " charset=utf-8\r\nContent-Transfer-Encoding:"
		    " quoted-printable\r\n\r\n", boundary);
		body_quoted_printable(out, letter->html);
	}
	if (letter->calendar != NULL) {
		buf_addf(out, "\r\n--%s\r\n", boundary);
		rc = add_calendar(out, letter, err);
	}
	buf_addf(out, "\r\n--%s--\r\n", boundary);
	return rc;
}

#define MAIL_TYPE "message/rfc822"
#define LINE_MOST 998		/* RFC 5322 §2.1.1 */

/* A mail within a mail may be in no encoding (RFC 2046 §5.2.1): as it is where
 * its bytes may travel so, else it goes as any file. */
static bool
is_mail_as_is(const struct mime_file *file)
{
	size_t line = 0;

	for (size_t i = 0; i < file->data.n; i++) {
		unsigned char c = file->data.data[i];

		if (c == '\n')
			line = 0;
		else if (++line > LINE_MOST + 1)
			return false;
		if (c == '\0' || c > 127 || (c == '\n') != (i > 0 &&
		    file->data.data[i - 1] == '\r') || (c == '\r' &&
		    i + 1 == file->data.n))
			return false;
	}
	return strcmp(file->type, MAIL_TYPE) == 0;
}

static enum rc
add_file(struct buf *out, const struct mime_file *file, struct err *err)
{
	const char *slash = strchr(file->type, '/');
	bool as_is;
	enum rc rc;

	if (slash == NULL || strlen(file->type) > MAX_FILE_TYPE ||
	    file->type[strspn(file->type, "abcdefghijklmnopqrstuvwxyz"
	    "0123456789/.+-")] != '\0')
		return fail(err, RC_PARK, "a file's type is none");
	as_is = is_mail_as_is(file);
	buf_addf(out, "Content-Type: %s\r\n"
	    "Content-Transfer-Encoding: %s\r\n", !as_is && strcmp(
	    file->type, MAIL_TYPE) == 0 ? "application/octet-stream" :
	    file->type, as_is ? "7bit" : "base64");
	if ((rc = header_file(out, file->name, err)) != RC_OK)
		return rc;
	buf_add(out, "\r\n");
	if (as_is)
		buf_add_n(out, (const char *)file->data.data, file->data.n);
	else
		body_base64(out, file->data);
	return RC_OK;
}

/* «=_» never stands in quoted-printable, nor «_» in base64, so that no body
 * can hold the boundary (RFC 2045 §6.7). */
static const char *
boundary_of(struct arena *arena, const char *kind,
    const struct mime_letter *letter)
{
	const char *id = letter->message_id + 1;

	return arena_printf(arena, "=_%s_%.*s", kind, (int)strspn(id,
	    "0123456789abcdef"), id);
}

enum rc
mime_write(struct arena *arena, const struct mime_letter *letter,
    struct bytes *raw, struct err *err)
{
	const char *inner = boundary_of(arena, "a", letter);
	const char *outer = boundary_of(arena, "m", letter);
	struct buf out = buf_open(arena);
	enum rc rc;

	if ((rc = add_head(arena, &out, letter, err)) != RC_OK)
		return rc;
	if (letter->n_files > 0) {
		add_multipart(&out, "mixed", outer);
		buf_addf(&out, "--%s\r\n", outer);
	}
	rc = add_alternatives(arena, &out, letter, inner, err);
	for (size_t i = 0; rc == RC_OK && i < letter->n_files; i++) {
		buf_addf(&out, "\r\n--%s\r\n", outer);
		rc = add_file(&out, &letter->files[i], err);
	}
	if (letter->n_files > 0)
		buf_addf(&out, "\r\n--%s--\r\n", outer);
	if (rc != RC_OK)
		return rc;
	*raw = (struct bytes){ (unsigned char *)out.data, out.n };
	return RC_OK;
}
