/* SPDX-License-Identifier: MIT */
/* The head of a mail: who, to whom, when, in answer to what. */
#include <string.h>

#include "base/arena.h"
#include "mail/address.h"
#include "mail/mime_inside.h"

#define HEADERS_MAX_BYTES ((size_t)512 * 1024) /* decoded, all of them */
#define DELIVERED_MAX 16 /* envelope addresses; a mail has one or two */

const char *
mime_value_of(struct reader *r, const struct head *head, const char *name)
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
		mime_note(r, "a field has too many addresses");
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
	const char **list = arena_array(r->arena, DELIVERED_MAX + 1,
	    sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < head->n && n < DELIVERED_MAX; i++)
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
			mime_note(r, "the head is too long");
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

void
mime_head_fill(struct reader *r, const struct head *head)
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
	value = mime_value_of(r, head, "Date");
	if (value != NULL)
		(void)head_date_read(value, &m->date_at, &m->date_offset_s);
	value = mime_value_of(r, head, "Message-ID");
	if (value != NULL) {
		ids = head_ids_read(r->arena, value, 1, &n);
		m->message_id = n == 0 ? NULL : ids[0];
	}
	value = mime_value_of(r, head, "In-Reply-To");
	if (value != NULL)
		m->in_reply_to = head_ids_read(r->arena, value, HEAD_MAX_IDS,
		    &m->n_in_reply_to);
	value = mime_value_of(r, head, "References");
	if (value != NULL)
		m->references = head_ids_read(r->arena, value, HEAD_MAX_IDS,
		    &m->n_references);
	return_path_read(r, head);
	delivered_read(r, head);
}

/* The fields as auth_judge wants them: not decoded, since a server writes
 * ASCII there and an encoded word is somebody's trick. */
void
mime_auth_fill(struct reader *r, const struct auth_trust *trust,
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
