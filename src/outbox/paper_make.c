/* SPDX-License-Identifier: MIT */
/* Words by a template, pages by raadspost-paper. */
#include "outbox/paper_make.h"

#include <poll.h>
#include <string.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/process.h"
#include "base/wire.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "render/paper.h"
#include "render/template.h"
#include "rules/closed.h"

#define PRINT_MS ((PAPER_SECONDS + 5) * 1000) /* its own limit comes first */

/* --- printing --------------------------------------------------------------- */

static enum rc
talk(struct process *process, struct arena *arena, struct frame *frame,
    struct err *err)
{
	struct channel *channel = process->channel;
	int64_t until_ms = clock_ms() + PRINT_MS, left_ms;
	enum rc rc;

	channel_release(channel);
	for (;;) {
		struct pollfd p = { .fd = channel_socket(channel),
			.events = POLLIN };

		if ((rc = channel_flush(channel, err)) != RC_OK)
			return rc;
		rc = channel_take(channel, arena, frame, err);
		if (rc != RC_LATER)
			return rc;
		if ((left_ms = until_ms - clock_ms()) <= 0)
			return fail(err, RC_NONE, "it takes too long");
		if (channel_waiting(channel) > 0)
			p.events |= POLLOUT;
		if (poll(&p, 1, (int)left_ms) <= 0)
			continue;
		if ((p.revents & (POLLIN | POLLHUP)) == 0)
			continue;
		rc = channel_fill(channel, err);
		if (rc == RC_NONE) {	/* gone, perhaps having answered */
			rc = channel_take(channel, arena, frame, err);
			return rc == RC_LATER ? RC_NONE : rc;
		}
		if (rc != RC_OK)
			return rc;
	}
}

static enum rc
answer_read(struct arena *arena, const struct frame *frame,
    struct bytes *pdf, struct err *err)
{
	struct wire_in in = wire_in(arena, frame->payload);
	const char *why;

	if (frame->kind == PAPER_PDF && frame->payload.n > 5 &&
	    memcmp(frame->payload.data, "%PDF-", 5) == 0) {
		*pdf = frame->payload;
		return RC_OK;
	}
	why = frame->kind == PAPER_REFUSED ? wire_get_text(&in) : NULL;
	return fail(err, RC_NONE, "%s", why != NULL ? why :
	    "it answered what is none");
}

enum rc
paper_print(const char *path, struct arena *arena, const struct paper *paper,
    struct bytes *pdf, struct err *err)
{
	struct process process = { .name = "paper", .path = path };
	struct frame frame = { .fd = -1 };
	struct err why = { "" };
	struct bytes question = paper_write(arena, paper);
	bool answered = false;
	enum rc rc;

	if (question.n > WIRE_MAX_BYTES)
		return fail(err, RC_NONE, "the document is too long");
	if (process_start(&process, &why) != RC_OK)
		return fail(err, RC_NONE, "%s", why.text);
	rc = channel_put(process.channel, PAPER_ASK, question, -1, &why);
	if (rc == RC_OK)
		rc = talk(&process, arena, &frame, &why);
	answered = rc == RC_OK;
	if (answered)
		rc = answer_read(arena, &frame, pdf, &why);
	process_close(&process);
	return rc == RC_OK ? RC_OK : fail(err, RC_NONE, "raadspost-paper: %s",
	    answered ? why.text : "it died, or was over its limits");
}

/* --- words ------------------------------------------------------------------ */

static const char *
address_of(const struct outbox *outbox, const struct paper_draft *draft)
{
	return draft->body != NULL && draft->body->address != NULL ?
	    draft->body->address : outbox->mailbox;
}

static struct json_fields *
house_of(const struct outbox *outbox, struct arena *arena,
    const struct paper_draft *draft)
{
	struct json_fields *house = fields_open(arena);

	fields_text(house, "municipality", outbox->municipality);
	fields_text(house, "mailbox", address_of(outbox, draft));
	fields_text(house, "body", draft->body == NULL ? NULL :
	    draft->body->name);
	fields_text(house, "case_number", draft->body == NULL ? NULL :
	    draft->body->case_number);
	return house;
}

/* The lines beside the name: the configuration's, and the address that an
 * answer goes to. */
static const char *
letterhead_of(const struct outbox *outbox, struct arena *arena,
    const struct paper_draft *draft)
{
	struct buf out = buf_open(arena);
	const char *at = outbox->letterhead == NULL ? "" :
	    outbox->letterhead;

	while (*at != '\0') {
		size_t n = strcspn(at, ";\n");

		buf_addf(&out, "%s\n", text_trim(arena, arena_strndup(arena,
		    at, n)));
		at += n + (at[n] != '\0');
	}
	buf_add(&out, address_of(outbox, draft));
	return buf_text(&out);
}

static const char *
footer_of(const struct outbox *outbox, struct arena *arena,
    const struct paper_draft *draft)
{
	const char *number = draft->body == NULL ? NULL :
	    draft->body->case_number;

	return number == NULL ? outbox->municipality : arena_printf(arena,
	    "%s · %s", outbox->municipality, number);
}

static enum rc
words_make(const struct outbox *outbox, struct arena *arena,
    const struct paper_draft *draft, struct paper *paper, struct err *err)
{
	const struct template *template = NULL;
	const char *words;
	enum rc rc;

	if ((rc = template_load(outbox->templates, draft->language,
	    draft->template, &template, err)) != RC_OK ||
	    (rc = template_render(template, arena, draft->fields,
	    house_of(outbox, arena, draft), &paper->title, &paper->markdown,
	    err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < draft->n_secrets; i++)
		if (closed_leaks(arena, draft->secrets[i], paper->title) ||
		    closed_leaks(arena, draft->secrets[i], paper->markdown))
			return fail(err, RC_PARK, "words of a closed point "
			    "stand in it");
	words = words_get(arena, draft->language, "page-of");
	paper->language = draft->language;
	paper->municipality = outbox->municipality;
	paper->sender = draft->body == NULL ? "" : draft->body->name;
	paper->letterhead = letterhead_of(outbox, arena, draft);
	paper->footer = footer_of(outbox, arena, draft);
	paper->page_words = words == NULL ? "$p / $n" : words;
	paper->made_at = draft->made_at;
	return RC_OK;
}

enum rc
paper_make(const struct outbox *outbox, struct arena *arena,
    const struct paper_draft *draft, struct bytes *pdf, struct err *err)
{
	struct paper paper = { .language = NULL };
	struct err why = { "" };
	enum rc rc;

	if (outbox->paper == NULL)
		return fail(err, RC_NONE, "no paper here");
	if ((rc = words_make(outbox, arena, draft, &paper, err)) != RC_OK)
		return rc;
	if (paper_print(outbox->paper, arena, &paper, pdf, &why) == RC_OK)
		return RC_OK;
	log_warning("paper ref=%s: no PDF this time: %s",
	    draft->ref == NULL ? "-" : draft->ref, why.text);
	return fail(err, RC_NONE, "%s", why.text);
}
