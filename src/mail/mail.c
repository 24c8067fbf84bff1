/* SPDX-License-Identifier: MIT */
/* A struct mail as the payload of a frame, field by field in one order. */
#include "mail/mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/wire.h"

#define INNER_MAX 1 /* one level: what is attached there is not read */

const char *
mail_header(const struct mail *mail, const char *name)
{
	for (size_t i = 0; i < mail->n_headers; i++)
		if (text_equal_nocase(mail->headers[i].name, name))
			return mail->headers[i].value;
	return NULL;
}

static void
put_texts(struct wire_out *out, const char *const *list, size_t n)
{
	wire_put_u32(out, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		wire_put_text(out, list[i]);
}

static void
put_addresses(struct wire_out *out, const struct mail_addresses *a)
{
	wire_put_u32(out, (uint32_t)a->n);
	for (size_t i = 0; i < a->n; i++) {
		wire_put_text(out, a->list[i].name);
		wire_put_text(out, a->list[i].email);
	}
}

static void
put_attachments(struct wire_out *out, const struct mail *mail)
{
	wire_put_u32(out, (uint32_t)mail->n_attachments);
	for (size_t i = 0; i < mail->n_attachments; i++) {
		const struct mail_attachment *a = &mail->attachments[i];

		wire_put_text(out, a->name);
		wire_put_text(out, a->type);
		wire_put_text(out, a->text);
		wire_put_i64(out, a->size_bytes);
		wire_put_bytes(out, (struct bytes){ a->sha256,
		    sizeof a->sha256 });
		wire_put_u32(out, a->part);
		wire_put_i64(out, a->begin);
		wire_put_i64(out, a->length);
		wire_put_u8(out, (uint8_t)a->transfer);
		wire_put_u8(out, a->is_inline);
	}
}

static void
put_calendars(struct wire_out *out, const struct mail *mail)
{
	wire_put_u32(out, (uint32_t)mail->n_calendars);
	for (size_t i = 0; i < mail->n_calendars; i++) {
		const struct mail_calendar *c = &mail->calendars[i];

		wire_put_text(out, c->method);
		wire_put_text(out, c->type_method);
		wire_put_text(out, c->uid);
		wire_put_i64(out, c->start_at);
		wire_put_i64(out, c->stamp_at);
		wire_put_i64(out, c->recurrence_at);
		wire_put_u32(out, (uint32_t)c->sequence);
		wire_put_text(out, c->organizer);
		wire_put_text(out, c->attendee);
		wire_put_text(out, c->partstat);
		wire_put_text(out, c->sent_by);
		wire_put_text(out, c->comment);
		wire_put_text(out, c->summary);
		wire_put_u8(out, c->counter_proposed);
	}
}

static void
put_reports(struct wire_out *out, const struct mail *mail)
{
	wire_put_u32(out, (uint32_t)mail->n_reports);
	for (size_t i = 0; i < mail->n_reports; i++) {
		const struct mail_report *r = &mail->reports[i];

		wire_put_u8(out, (uint8_t)r->kind);
		wire_put_text(out, r->recipient);
		wire_put_text(out, r->action);
		wire_put_text(out, r->status);
		wire_put_text(out, r->diagnostic);
	}
}

static void
put_head(struct wire_out *out, const struct mail *mail)
{
	wire_put_text(out, mail->return_path);
	put_texts(out, mail->delivered_to, mail->n_delivered_to);
	wire_put_text(out, mail->message_id);
	put_texts(out, mail->in_reply_to, mail->n_in_reply_to);
	put_texts(out, mail->references, mail->n_references);
	put_addresses(out, &mail->from);
	put_addresses(out, &mail->sender);
	put_addresses(out, &mail->reply_to);
	put_addresses(out, &mail->to);
	put_addresses(out, &mail->cc);
	wire_put_u8(out, mail->from_is_plain);
	wire_put_text(out, mail->subject);
	wire_put_i64(out, mail->date_at);
	wire_put_i64(out, mail->date_offset_s);
	wire_put_u32(out, (uint32_t)mail->n_headers);
	for (size_t i = 0; i < mail->n_headers; i++) {
		wire_put_text(out, mail->headers[i].name);
		wire_put_text(out, mail->headers[i].value);
	}
}

void
mail_write(struct wire_out *out, const struct mail *mail)
{
	put_head(out, mail);
	wire_put_u8(out, (uint8_t)mail->auth);
	wire_put_text(out, mail->auth_why);
	wire_put_text(out, mail->text);
	wire_put_text(out, mail->html_text);
	wire_put_text(out, mail->html_hidden);
	wire_put_u8(out, mail->html_differs);
	wire_put_u8(out, mail->html_has_coloured);
	put_attachments(out, mail);
	put_calendars(out, mail);
	put_reports(out, mail);
	put_texts(out, mail->report_ids, mail->n_report_ids);
	wire_put_i64(out, mail->size_bytes);
	wire_put_bytes(out, (struct bytes){ mail->content_sha256,
	    sizeof mail->content_sha256 });
	wire_put_u8(out, mail->is_encrypted);
	wire_put_u8(out, mail->is_signed);
	wire_put_u8(out, mail->is_broken);
	wire_put_text(out, mail->broken_why);
	wire_put_u8(out, mail->inner != NULL);
	if (mail->inner != NULL)
		mail_write(out, mail->inner);
}

static const char *const *
get_texts(struct wire_in *in, size_t *n)
{
	size_t count = wire_get_count(in, 4);
	const char **list = arena_array(in->arena, count + 1, sizeof *list);

	for (size_t i = 0; i < count; i++)
		if ((list[i] = wire_get_text(in)) == NULL)
			in->bad = true;
	*n = count;
	return list;
}

static struct mail_addresses
get_addresses(struct wire_in *in)
{
	size_t n = wire_get_count(in, 8);
	struct mail_address *list = arena_array(in->arena, n + 1,
	    sizeof *list);

	for (size_t i = 0; i < n; i++) {
		list[i].name = wire_get_text(in);
		list[i].email = wire_get_text(in);
	}
	return (struct mail_addresses){ list, n };
}

static void
get_digest(struct wire_in *in, uint8_t digest[32])
{
	struct bytes b = wire_get_bytes(in);

	if (b.n == 32)
		memcpy(digest, b.data, 32);
	else
		in->bad = true;
}

static void
get_attachments(struct wire_in *in, struct mail *mail)
{
	size_t n = wire_get_count(in, 3 * 4 + 8 + 36 + 4 + 2 * 8 + 1
	    + 1);
	struct mail_attachment *list = arena_array(in->arena, n + 1,
	    sizeof *list);

	for (size_t i = 0; i < n; i++) {
		uint8_t transfer;

		list[i].name = wire_get_text(in);
		list[i].type = wire_get_text(in);
		list[i].text = wire_get_text(in);
		list[i].size_bytes = wire_get_i64(in);
		get_digest(in, list[i].sha256);
		list[i].part = wire_get_u32(in);
		list[i].begin = wire_get_i64(in);
		list[i].length = wire_get_i64(in);
		transfer = wire_get_u8(in);
		if (transfer > TRANSFER_QUOTED || list[i].begin < 0
		    || list[i].length < 0)
			in->bad = true;
		list[i].transfer = (enum transfer)transfer;
		list[i].is_inline = wire_get_u8(in) != 0;
		/* The one who reads this may always print a type. */
		if (list[i].type == NULL)
			in->bad = true;
	}
	mail->attachments = list;
	mail->n_attachments = n;
}

static void
get_calendars(struct wire_in *in, struct mail *mail)
{
	size_t n = wire_get_count(in, 9 * 4 + 3 * 8 + 4 + 1);
	struct mail_calendar *list = arena_array(in->arena, n + 1,
	    sizeof *list);

	for (size_t i = 0; i < n; i++) {
		struct mail_calendar *c = &list[i];

		c->method = wire_get_text(in);
		c->type_method = wire_get_text(in);
		c->uid = wire_get_text(in);
		c->start_at = wire_get_i64(in);
		c->stamp_at = wire_get_i64(in);
		c->recurrence_at = wire_get_i64(in);
		c->sequence = (int32_t)wire_get_u32(in);
		c->organizer = wire_get_text(in);
		c->attendee = wire_get_text(in);
		c->partstat = wire_get_text(in);
		c->sent_by = wire_get_text(in);
		c->comment = wire_get_text(in);
		c->summary = wire_get_text(in);
		c->counter_proposed = wire_get_u8(in) != 0;
	}
	mail->calendars = list;
	mail->n_calendars = n;
}

static void
get_reports(struct wire_in *in, struct mail *mail)
{
	size_t n = wire_get_count(in, 1 + 4 * 4);
	struct mail_report *list = arena_array(in->arena, n + 1,
	    sizeof *list);

	for (size_t i = 0; i < n; i++) {
		uint8_t kind = wire_get_u8(in);

		if (kind < MAIL_REPORT_DELIVERY || kind > MAIL_REPORT_FEEDBACK)
			in->bad = true;
		list[i].kind = (enum mail_report_kind)kind;
		list[i].recipient = wire_get_text(in);
		list[i].action = wire_get_text(in);
		list[i].status = wire_get_text(in);
		list[i].diagnostic = wire_get_text(in);
	}
	mail->reports = list;
	mail->n_reports = n;
}

static void
get_head(struct wire_in *in, struct mail *mail)
{
	struct mail_header *headers;

	mail->return_path = wire_get_text(in);
	mail->delivered_to = get_texts(in, &mail->n_delivered_to);
	mail->message_id = wire_get_text(in);
	mail->in_reply_to = get_texts(in, &mail->n_in_reply_to);
	mail->references = get_texts(in, &mail->n_references);
	mail->from = get_addresses(in);
	mail->sender = get_addresses(in);
	mail->reply_to = get_addresses(in);
	mail->to = get_addresses(in);
	mail->cc = get_addresses(in);
	mail->from_is_plain = wire_get_u8(in) != 0;
	mail->subject = wire_get_text(in);
	mail->date_at = wire_get_i64(in);
	mail->date_offset_s = (int32_t)wire_get_i64(in);
	mail->n_headers = wire_get_count(in, 8);
	headers = arena_array(in->arena, mail->n_headers + 1,
	    sizeof *headers);
	for (size_t i = 0; i < mail->n_headers; i++) {
		headers[i].name = wire_get_text(in);
		headers[i].value = wire_get_text(in);
		if (headers[i].name == NULL || headers[i].value == NULL)
			in->bad = true;
	}
	mail->headers = headers;
}

static const struct mail *
get_mail(struct wire_in *in, int depth)
{
	struct mail *mail = arena_alloc(in->arena, sizeof *mail);
	uint8_t auth;

	get_head(in, mail);
	auth = wire_get_u8(in);
	if (auth > MAIL_AUTH_FORGED)
		in->bad = true;
	mail->auth = (enum mail_auth)auth;
	mail->auth_why = wire_get_text(in);
	mail->text = wire_get_text(in);
	mail->html_text = wire_get_text(in);
	mail->html_hidden = wire_get_text(in);
	mail->html_differs = wire_get_u8(in) != 0;
	mail->html_has_coloured = wire_get_u8(in) != 0;
	get_attachments(in, mail);
	get_calendars(in, mail);
	get_reports(in, mail);
	mail->report_ids = get_texts(in, &mail->n_report_ids);
	mail->size_bytes = wire_get_i64(in);
	get_digest(in, mail->content_sha256);
	mail->is_encrypted = wire_get_u8(in) != 0;
	mail->is_signed = wire_get_u8(in) != 0;
	mail->is_broken = wire_get_u8(in) != 0;
	mail->broken_why = wire_get_text(in);
	if (wire_get_u8(in) != 0) {
		if (depth == INNER_MAX || in->bad)
			in->bad = true;
		else
			mail->inner = get_mail(in, depth + 1);
	}
	return mail;
}

enum rc
mail_read(struct arena *arena, struct bytes payload, const struct mail **mail,
    struct err *err)
{
	struct wire_in in = wire_in(arena, payload);
	const struct mail *got = get_mail(&in, 0);

	if (in.bad || in.left.n != 0)
		return fail(err, RC_STOP, "what the parser sent is no mail");
	*mail = got;
	return RC_OK;
}
