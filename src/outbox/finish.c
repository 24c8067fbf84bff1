/* SPDX-License-Identifier: MIT */
/* From a draft to finished bytes: words, layout, MIME, the last gate. */
#include "outbox/finish.h"

#include <string.h>

#include "base/arena.h"
#include "mail/mime_write.h"
#include "outbox/facts.h"
#include "outbox/gate.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/markdown.h"
#include "render/template.h"
#include "rules/closed.h"
#include "rules/cpr.h"
#include "store/reader.h"

#define SUBJECT_BYTES 200 /* a subject that is answered may be of any length */
#define TRIAL_SUFFIX "#trial"

const char *
letter_key(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft)
{
	return outbox->trial ?
	    arena_printf(arena, "%s%s", draft->key, TRIAL_SUFFIX) :
	    draft->key;
}

static const char *
our_address(const struct outbox *outbox, const struct outbox_draft *draft)
{
	return draft->body != NULL && draft->body->address != NULL ?
	    draft->body->address : outbox->mailbox;
}

/* RFC 5233: «udsatteraad+WORD@…» is delivered to «udsatteraad@…». */
static const char *
with_tag(struct arena *arena, const char *email, const char *tag)
{
	const char *at = strchr(email, '@');

	if (at == NULL)
		return email;
	return arena_printf(arena, "%.*s+%s%s", (int)(at - email), email, tag,
	    at);
}

/* The numbers to call, a line each in the configuration or with `;`. */
static void
add_phones(struct arena *arena, struct json_fields *house, const char *text)
{
	while (text != NULL && *text != '\0') {
		size_t n = strcspn(text, ";\n");
		const char *line = text_trim(arena,
		    arena_strndup(arena, text, n));

		if (line[0] != '\0')
			fields_text(fields_item(house, "phones"), "words",
			    line);
		text += n + (text[n] != '\0');
	}
}

/* What every template may name. */
static struct json_fields *
house_fields(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, const char *token)
{
	struct json_fields *house = fields_open(arena);

	fields_text(house, "to_name", facts_plain_name(arena,
	    draft->to_name));
	fields_text(house, "municipality", outbox->municipality);
	fields_text(house, "mailbox", our_address(outbox, draft));
	fields_text(house, "token", token);
	if (draft->body != NULL) {
		fields_text(house, "body", draft->body->name);
		fields_text(house, "case_number", draft->body->case_number);
	}
	add_phones(arena, house, outbox->phone_help);
	return house;
}

/* An answer keeps the subject it answers: «SV: …», once. */
static const char *
answer_subject(struct arena *arena, const struct outbox_draft *draft,
    const char *language)
{
	static const char *const prefixes[] = { "SV:", "VS:", "RE:", "AW:" };
	const char *subject = text_squeeze(arena,
	    text_one_line(arena, draft->reply_subject));
	const char *prefix = words_get(arena, language, "reply");

	subject = cpr_mask(arena, text_cut(arena, subject, SUBJECT_BYTES),
	    CPR_POSSIBLE, NULL);
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (text_starts_nocase(subject, prefixes[i]))
			return subject;
	return text_trim(arena, arena_printf(arena, "%s %s",
	    prefix == NULL ? "Re:" : prefix, subject));
}

/* In trial mode the letter says on top whom it would have gone to. */
static enum rc
put_on_trial(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, const char *language,
    const char **subject, const char **markdown, struct err *err)
{
	struct json_fields *fields = fields_open(arena);
	const struct template *template = NULL;
	const char *head = NULL;
	enum rc rc;

	fields_text(fields, "trial_to", draft->to);
	fields_text(fields, "subject", *subject);
	if ((rc = template_load(outbox->templates, language, "trial",
	    &template, err)) != RC_OK ||
	    (rc = template_render(template, arena, fields, NULL, subject,
	    &head, err)) != RC_OK)
		return rc;
	*markdown = arena_printf(arena, "%s\n%s", head, *markdown);
	return RC_OK;
}

static enum rc
render(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, const char *token, bool on_trial,
    const struct reader_choice *reader, struct mime_letter *letter,
    struct err *err)
{
	struct json_fields *page = fields_open(arena);
	const struct template *template = NULL;
	const char *language = letter->language, *markdown = NULL;
	struct markdown_out out = { NULL, NULL };
	enum rc rc;

	if ((rc = template_load(outbox->templates, language, draft->template,
	    &template, err)) != RC_OK ||
	    (rc = template_render(template, arena, draft->fields,
	    house_fields(outbox, arena, draft, token), &letter->subject,
	    &markdown, err)) != RC_OK)
		return rc;
	if (draft->reply_subject != NULL)
		letter->subject = answer_subject(arena, draft, language);
	if (on_trial && (rc = put_on_trial(outbox, arena, draft, language,
	    &letter->subject, &markdown, err)) != RC_OK)
		return rc;
	if ((rc = markdown_render(arena, markdown, &out, err)) != RC_OK)
		return rc;
	fields_text(page, "language", language);
	fields_text(page, "subject", letter->subject);
	fields_text(page, "content", out.html);
	fields_text(page, "size", reader->large ? "24px" : "16px");
	letter->text = out.text;
	if (reader->text_only)
		return RC_OK;
	return template_page(outbox->templates, "letter", arena, page,
	    &letter->html, err);
}

static void
address_letter(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, const char *token,
    struct mime_letter *letter)
{
	const struct world_body *body = draft->body;

	letter->from.email = our_address(outbox, draft);
	letter->from.name = text_one_line(arena, body == NULL ?
	    outbox->municipality : arena_printf(arena, "%s, %s", body->name,
	    outbox->municipality));
	letter->to.email = draft->to;
	letter->to.name = facts_plain_name(arena, draft->to_name);
	if (token != NULL)
		letter->reply_to = with_tag(arena, letter->from.email, token);
	if (!draft->is_list || body == NULL)
		return;
	letter->list_name = letter->from.name;
	letter->list_id = arena_printf(arena, "%s.%s", body->slug,
	    outbox->domain);
	letter->list_unsubscribe = with_tag(arena, letter->from.email,
	    "afmeld");
}

static const struct mime_file *
files_of(struct arena *arena, const struct outbox_draft *draft)
{
	struct mime_file *files = arena_array(arena, draft->n_files + 1,
	    sizeof(*files));

	for (size_t i = 0; i < draft->n_files; i++)
		files[i] = (struct mime_file){ draft->files[i].name,
			draft->files[i].type, draft->files[i].data };
	return files;
}

/* The gate has shown that the bytes say these words and no other; now: that
 * nothing closed is among them (THREATS 21). */
static enum rc
closed_check(struct arena *arena, const struct outbox_draft *draft,
    const struct mime_letter *mime, struct err *err)
{
	for (size_t i = 0; i < draft->n_secrets; i++) {
		const char *secret = draft->secrets[i];
		bool leaks = closed_leaks(arena, secret, mime->subject) ||
		    closed_leaks(arena, secret, mime->text) ||
		    closed_leaks(arena, secret, mime->html) ||
		    closed_leaks(arena, secret, mime->calendar);

		for (size_t k = 0; k < mime->n_files; k++)
			leaks = leaks || closed_leaks(arena, secret,
			    mime->files[k].name);
		if (leaks)
			return fail(err, RC_PARK, "words of a closed point "
			    "stand in it");
	}
	return RC_OK;
}

/* How the one it is for wants his letters; a language that this template does
 * not have is no choice. */
static enum rc
reader_of(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, struct reader_choice *reader,
    struct err *err)
{
	const struct template *template;
	struct err ignored = { "" };
	enum rc rc = draft->to == NULL || outbox->store == NULL ? RC_NONE :
	    reader_load(outbox->store, arena, text_lower(arena, draft->to),
	    reader, err);

	if (rc == RC_OK && reader->language != NULL && template_load(
	    outbox->templates, reader->language, draft->template, &template,
	    &ignored) != RC_OK)
		reader->language = NULL;
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
letter_finish(const struct outbox *outbox, struct arena *arena,
    const struct outbox_draft *draft, const char *token,
    struct letter_new *letter, struct err *err)
{
	const char *key = letter_key(outbox, arena, draft);
	struct mime_letter mime = {
		.message_id = mime_message_id(arena, key, outbox->domain),
		.date_at = outbox->now_at,
		.in_reply_to = draft->in_reply_to,
		.references = draft->references,
		.language = draft->language == NULL ? "da" : draft->language,
		.is_answer = draft->in_reply_to != NULL,
		.calendar = draft->calendar,
		.calendar_method = draft->calendar_method,
		.files = files_of(arena, draft), .n_files = draft->n_files,
	};
	bool on_trial = outbox->trial && outbox->secretary != NULL &&
	    !text_equal_nocase(draft->to, outbox->secretary);
	struct reader_choice reader = { .language = NULL };
	struct bytes raw = { NULL, 0 };
	enum rc rc;

	if ((rc = reader_of(outbox, arena, draft, &reader, err)) != RC_OK)
		return rc;
	if (reader.language != NULL)
		mime.language = reader.language;
	if (draft->to == NULL)
		return fail(err, RC_PARK, "letter %s: no recipient", key);
	if (outbox->trial && outbox->secretary == NULL)
		return fail(err, RC_STOP, "trial mode needs the address of a "
		    "secretary in the configuration");
	address_letter(outbox, arena, draft, token, &mime);
	if (on_trial)
		mime.to = (struct mail_address){ .email = outbox->secretary };
	if ((rc = render(outbox, arena, draft, token, on_trial, &reader,
	    &mime, err)) != RC_OK ||
	    (rc = mime_write(arena, &mime, &raw, err)) != RC_OK ||
	    (rc = gate_check(arena, &mime, raw, err)) != RC_OK ||
	    (rc = closed_check(arena, draft, &mime, err)) != RC_OK)
		return fail_in(err, rc, "letter by template %s",
		    draft->template);
	*letter = (struct letter_new){ .key = key, .kind = draft->kind,
		.class = draft->class, .ref = draft->ref,
		.body = draft->body == NULL ? NULL : draft->body->slug,
		.mail_id = draft->mail_id, .from = outbox->mailbox,
		.to = mime.to.email, .message_id = mime.message_id,
		.token = token, .subject = mime.subject, .text = mime.text,
		.raw = raw, .made_at = outbox->now_at,
		.due_at = draft->due_at == 0 ? outbox->now_at :
		    draft->due_at };
	return RC_OK;
}
