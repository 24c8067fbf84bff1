/* SPDX-License-Identifier: MIT */
/* The secretary's «ja» or «nej» to what somebody asked about his data. */
#include <string.h>

#include "base/arena.h"
#include "council/data.h"
#include "council/decision.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/erasure.h"

#define STOP_S 600	/* the letters wait, as all that she decides */

static const char *
key_of(struct arena *arena, int64_t journal_id)
{
	return arena_printf(arena, "data/%lld", (long long)journal_id);
}

/* To the one who asked, ten minutes from now. */
static enum rc
answer(struct act *act, const struct decision_row *row, const char *template,
    struct json_fields *fields, const struct outbox_file *file,
    int64_t journal_id, struct err *err)
{
	const struct world_body *body = world_body(act->council->world,
	    row->body);
	enum rc rc = outbox_queue(act->council->outbox, act->arena,
	    &(struct outbox_draft){ .key = key_of(act->arena, journal_id),
	    .template = template, .language = act_language(act, body),
	    .kind = LETTER_OTHER, .class = LETTER_ANSWER, .body = body,
	    .mail_id = act->mail_id, .to = row->label, .fields = fields,
	    .files = file, .n_files = file != NULL,
	    .due_at = act->council->now_at + STOP_S }, NULL, NULL, err);

	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
refuse(struct act *act, const struct decision_row *row, const char *words,
    int64_t journal_id, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);

	fields_text(fields, "words", words);
	fields_flag(fields, "erase", strcmp(row->kind, "data-erase") == 0);
	return answer(act, row, "data-refused", fields, NULL, journal_id,
	    err);
}

static enum rc
access_run(struct act *act, const struct decision_row *row,
    const char *choice, const char *words, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const char *language = act_language(act, world_body(
	    act->council->world, row->body));
	struct outbox_file file = { .type = "text/plain" };
	const char *text;
	enum rc rc;

	(void)end;
	if (strcmp(choice, "no") == 0)
		return refuse(act, row, words, journal_id, err);
	if ((rc = data_file(act->council->store, act->arena, row->label,
	    language, act->council->now_at, &text, err)) != RC_OK)
		return rc;
	file.name = words_get(act->arena, language, "data-file-name");
	file.data = (struct bytes){ (const unsigned char *)text,
		strlen(text) };
	return answer(act, row, "data-access", fields_open(act->arena), &file,
	    journal_id, err);
}

static enum rc
letter_of(struct act *act, int64_t journal_id, struct letter_row *letter,
    struct err *err)
{
	int64_t letter_id;
	enum rc rc = letter_by_key(act->council->store, key_of(act->arena,
	    journal_id), &letter_id, err);

	return rc != RC_OK ? rc : letter_load(act->council->store, act->arena,
	    letter_id, letter, err);
}

static enum rc
letter_stop(struct act *act, int64_t journal_id, struct err *err)
{
	struct letter_row letter;
	enum rc rc = letter_of(act, journal_id, &letter, err);

	return rc != RC_OK ? (rc == RC_NONE ? RC_OK : rc) : letter_move(
	    act->council->store, letter.letter_id, LETTER_WITHDRAWN,
	    act->council->now_at, 0, NULL, err);
}

static enum rc
letter_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct letter_row letter;
	enum rc rc = letter_of(act, journal_id, &letter, err);

	*gone = rc == RC_OK && letter.state != LETTER_QUEUED &&
	    letter.state != LETTER_DEFERRED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct decision_kind decision_data_access = {
	.name = "data-access",
	.choices = "yes no",
	.words = true,
	.run = access_run,
	.undo = letter_stop,
	.gone = letter_gone,
};

/* In the night after, so that she can think again until then. */
static enum rc
erase_run(struct act *act, const struct decision_row *row,
    const char *choice, const char *words, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	int64_t erasure_id;
	enum rc rc;

	(void)end;
	if (strcmp(choice, "no") == 0)
		return refuse(act, row, words, journal_id, err);
	rc = erasure_add(act->council->store, row->label,
	    act->council->now_at, journal_id, &erasure_id, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
erase_undo(struct act *act, int64_t journal_id, struct err *err)
{
	enum rc rc = letter_stop(act, journal_id, err);

	return rc != RC_OK ? rc : erasure_undo(act->council->store,
	    journal_id, err);
}

static enum rc
erase_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct erasure row;
	enum rc rc = erasure_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc == RC_NONE)
		return letter_gone(act, journal_id, gone, err);
	*gone = rc == RC_OK && row.erased_at != 0;
	return rc;
}

const struct decision_kind decision_data_erase = {
	.name = "data-erase",
	.choices = "yes no",
	.words = true,
	.run = erase_run,
	.undo = erase_undo,
	.gone = erase_gone,
};
