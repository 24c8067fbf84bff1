/* SPDX-License-Identifier: MIT */
/* Bounces and receipts: the part that machines write for machines. */
#include "mail/report.h"

#include <string.h>

#include "base/arena.h"
#include "mail/address.h"
#include "mail/head.h"

#define GROUP_MAX_BYTES ((size_t)8 * 1024) /* the fields of one recipient */

void
report_add(struct arena *arena, struct report_list *out,
    const struct mail_report *report)
{
	if (out->reports == NULL)
		out->reports = arena_array(arena, REPORT_MAX,
		    sizeof *out->reports);
	if (out->n < REPORT_MAX)
		out->reports[out->n++] = *report;
}

void
report_add_ids(struct arena *arena, struct report_list *out, const char *text)
{
	size_t n;
	const char *const *ids = head_ids_read(arena, text, REPORT_MAX, &n);

	if (out->ids == NULL)
		out->ids = arena_array(arena, REPORT_MAX, sizeof *out->ids);
	for (size_t i = 0; i < n && out->n_ids < REPORT_MAX; i++) {
		bool seen = false;

		for (size_t k = 0; k < out->n_ids && !seen; k++)
			seen = strcmp(out->ids[k], ids[i]) == 0;
		if (!seen && strchr(ids[i], '@') != NULL)
			out->ids[out->n_ids++] = ids[i];
	}
}

const char *
report_line(struct arena *arena, const char *text, size_t max)
{
	text = text_squeeze(arena, text_cut(arena, text, max));
	return *text == '\0' ? NULL : text;
}

/* --- the machine's part ------------------------------------------------ */

static const char *
field(struct arena *arena, const struct head *head, const char *name)
{
	const struct head_field *f = head_find(head, name);

	return f == NULL ? NULL : head_decode(arena, f->value, NULL);
}

/* RFC 3464 §2.1.2: type ";" value. */
static const char *
after_type(const char *value)
{
	const char *semicolon = value == NULL ? NULL : strchr(value, ';');

	if (semicolon == NULL)
		return value;
	return semicolon + 1 + strspn(semicolon + 1, " \t");
}

static const char *
recipient_of(struct arena *arena, const struct head *head, const char *name)
{
	const char *value = after_type(field(arena, head, name));

	return value == NULL ? NULL : address_read(arena, value);
}

/* The first word, lower case: "failed (user unknown)" → "failed". */
static const char *
word_of(struct arena *arena, const char *value)
{
	size_t n;

	if (value == NULL)
		return NULL;
	value += strspn(value, " \t");
	n = strcspn(value, " \t(;");
	return n == 0 ? NULL : text_lower(arena, arena_strndup(arena, value,
	    n < 40 ? n : 40));
}

/* RFC 3464 §2.3: groups of fields apart by empty lines, the first about the
 * mail, one more for each recipient. The address that we wrote to is the
 * original one, where it is told. */
static void
delivery_read(struct arena *arena, struct bytes body, struct report_list *out)
{
	for (size_t group = 0; body.n > 0 && group <= REPORT_MAX; group++) {
		struct head head = head_read(arena, body, GROUP_MAX_BYTES);
		struct mail_report r = { .kind = MAIL_REPORT_DELIVERY };
		const char *value;

		if (head.body_at == 0)
			break;
		body.data += head.body_at;
		body.n -= head.body_at;
		value = field(arena, &head, "Original-Message-ID");
		if (value == NULL)
			value = field(arena, &head, "X-Original-Message-ID");
		if (value != NULL)
			report_add_ids(arena, out, value);
		if (head_find(&head, "Final-Recipient") == NULL
		    && head_find(&head, "Original-Recipient") == NULL)
			continue;
		r.recipient = recipient_of(arena, &head,
		    "Original-Recipient");
		if (r.recipient == NULL)
			r.recipient = recipient_of(arena, &head,
			    "Final-Recipient");
		r.action = word_of(arena, field(arena, &head, "Action"));
		r.status = word_of(arena, field(arena, &head, "Status"));
		value = after_type(field(arena, &head, "Diagnostic-Code"));
		if (value != NULL)
			r.diagnostic = report_line(arena, value,
			    REPORT_LINE_MAX);
		report_add(arena, out, &r);
	}
}

/* RFC 8098 §3.1 and RFC 5965 §3: one group. */
static void
single_read(struct arena *arena, struct bytes body, bool is_feedback,
    struct report_list *out)
{
	struct head head = head_read(arena, body, GROUP_MAX_BYTES);
	struct mail_report r = { .kind = is_feedback ? MAIL_REPORT_FEEDBACK
	    : MAIL_REPORT_READ };
	const char *value;

	if (head.n == 0)
		return;
	value = field(arena, &head, "Original-Message-ID");
	if (value != NULL)
		report_add_ids(arena, out, value);
	if (is_feedback) {
		r.recipient = recipient_of(arena, &head, "Original-Rcpt-To");
		r.action = word_of(arena, field(arena, &head,
		    "Feedback-Type"));
		report_add(arena, out, &r);
		return;
	}
	r.recipient = recipient_of(arena, &head, "Original-Recipient");
	if (r.recipient == NULL)
		r.recipient = recipient_of(arena, &head, "Final-Recipient");
	/* "automatic-action/MDN-sent-automatically; displayed" */
	r.action = word_of(arena, after_type(field(arena, &head,
	    "Disposition")));
	report_add(arena, out, &r);
}

/* The head of our mail as it came back. Where a provider gave it another
 * Message-ID, ours stands in References. */
static void
returned_read(struct arena *arena, struct bytes body, struct report_list *out)
{
	static const char *const names[] = { "Message-ID", "References",
		"X-Microsoft-Original-Message-ID" };
	struct head head = head_read(arena, body, GROUP_MAX_BYTES);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = field(arena, &head, names[i]);

		if (value != NULL)
			report_add_ids(arena, out, value);
	}
}

void
report_part_read(struct arena *arena, const char *type, struct bytes body,
    struct report_list *out)
{
	if (strcmp(type, "message/delivery-status") == 0
	    || strcmp(type, "message/global-delivery-status") == 0)
		delivery_read(arena, body, out);
	else if (strcmp(type, "message/disposition-notification") == 0
	    || strcmp(type, "message/global-disposition-notification") == 0)
		single_read(arena, body, false, out);
	else if (strcmp(type, "message/feedback-report") == 0)
		single_read(arena, body, true, out);
	else if (strcmp(type, "message/rfc822") == 0
	    || strcmp(type, "message/rfc822-headers") == 0
	    || strcmp(type, "message/global") == 0
	    || strcmp(type, "message/global-headers") == 0
	    || strcmp(type, "text/rfc822-headers") == 0)
		returned_read(arena, body, out);
}
