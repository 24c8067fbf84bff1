/* SPDX-License-Identifier: MIT */
/* A copy of what matters to a case goes to the municipality's journal, once,
 * with nothing in subject or text that could be closed or say something of a
 * person: case number, date, direction, kind. The original is attached. */
#include "store/journal_copy.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/log.h"
#include "calendar/hearing.h"
#include "council/council.h"
#include "outbox/outbox.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/due.h"

#define AT_ONCE 20		/* their bytes are in memory together */
#define AGAIN_S (15 * 60)

static const char *
what_of(struct arena *arena, const char *language,
    const struct journal_copy *c)
{
	bool hearing = !c->is_mail && strtol(c->what, NULL, 10) ==
	    LETTER_OTHER;	/* of those there are, an answer's alone */
	const char *found = words_get(arena, language, arena_printf(arena,
	    "%s-%s", c->is_mail ? "did" : "letters", c->is_mail ? c->what :
	    world_letter_kind_word((enum letter_kind)strtol(c->what, NULL,
	    10))));

	return found != NULL && !hearing ? found : words_get(arena, language,
	    c->is_mail ? "journal-mail" : "found-hearing");
}

static enum rc
copy_send(struct council *council, struct arena *arena,
    const struct journal_copy *c, struct err *err)
{
	const struct world_body *body = world_body(council->world, c->body);
	const char *language = body != NULL && body->language != NULL ?
	    body->language : "da";
	struct json_fields *fields = fields_open(arena);
	struct outbox_file file = { .name = "original.eml",
		.type = "message/rfc822", .data = c->raw };
	enum rc rc;

	fields_text(fields, "what", what_of(arena, language, c));
	fields_text(fields, "day", day_words(arena, language, date_local(
	    c->at).day));
	fields_flag(fields, "is_in", c->is_mail);
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = c->key, .template = "journal-copy", .language = language,
	    .kind = LETTER_OTHER, .class = LETTER_BULK, .body = body,
	    .to = council->outbox->journal, .fields = fields,
	    .files = &file, .n_files = 1 }, NULL, NULL, err);
	if (rc == RC_PARK)
		log_warning("journal %s: a copy cannot leave: %s", c->key,
		    err->text);
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

enum rc
journal_copies_walk(struct council *council, struct arena *arena, bool run,
    int64_t *next_at, size_t *n, struct err *err)
{
	int64_t from_at, now_at = council->now_at;
	struct journal_copy *rows;
	size_t n_rows;
	enum rc rc;

	if (council->outbox->journal == NULL)
		return RC_OK;
	if (now_at + AGAIN_S < *next_at)
		*next_at = now_at + AGAIN_S;
	rc = journal_copy_start(council->store, &from_at, err);
	if (rc == RC_NONE)	/* what is older was journalised by hand */
		return !run ? RC_OK : due_set(council->store, "journal/start",
		    now_at, DUE_DONE, err);
	if (rc != RC_OK || !run || (rc = journal_copy_due(council->store,
	    arena, from_at, AT_ONCE, &rows, &n_rows, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n_rows && rc == RC_OK; i++)
		rc = copy_send(council, arena, &rows[i], err);
	if (rc == RC_OK && n_rows > 0) {
		log_info("journal copies=%zu", n_rows);
		*next_at = n_rows >= AT_ONCE ? now_at + 60 : *next_at;
	}
	(void)n;
	return rc;
}
