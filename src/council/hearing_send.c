/* SPDX-License-Identifier: MIT */
/* What leaves a hearing: the answer with its proof, who has answered, what
 * came late, and what others say for themselves. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/letter.h"

#define WORDS_BYTES 10000	/* of a contribution that a letter quotes; the
				 * whole goes with it as a file */

/* --- the answer -------------------------------------------------------------- */

static enum rc
stopped(struct hearing_work *w, const struct hearing_draft *draft,
    struct err *err)
{
	enum rc rc = hearing_move(w->council->store, &w->row,
	    HEARING_TAKE_BACK, w->council->now_at, err);

	return rc != RC_OK ? rc : hearing_draft_send(w,
	    &(struct hearing_show){ .draft = draft, .because = arena_printf(
	    w->arena, "stopped-%lld", (long long)w->council->now_at),
	    .stopped = true }, err);
}

enum rc
hearing_send(struct hearing_work *w, struct err *err)
{
	struct json_fields *fields = fields_open(w->arena);
	struct hearing_draft draft;
	struct outbox_file *files;
	int64_t letter_id = 0;
	size_t n_files;
	enum rc rc = hearing_draft_load(w->council->store, w->arena,
	    w->row.hearing_id, &draft, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no draft") : rc;
	files = hearing_files(w, &draft, false, &n_files, err);
	hearing_fields(w, fields);
	fields_flag(fields, "in_file", !hearing_part_fields(w, draft.words,
	    fields));
	rc = hearing_letter(w, w->row.from, w->request.from_name,
	    (struct outbox_draft){
	    .key = arena_printf(w->arena, "hearing-answer/%s/v%lld",
	    w->row.slug, (long long)draft.version),
	    .template = "hearing-answer", .kind = LETTER_OTHER,
	    .class = LETTER_ANSWER, .body = w->body, .fields = fields,
	    .files = files, .n_files = n_files }, &letter_id, err);
	if (rc != RC_OK)
		return rc;
	if (letter_id == 0)	/* the gate held it, or there is no address */
		return stopped(w, &draft, err);
	w->row.answered_at = w->council->now_at;
	w->row.letter_id = letter_id;
	return hearing_move(w->council->store, &w->row, HEARING_SEND,
	    w->council->now_at, err);
}

/* The members and the secretary read what was sent, when, and what the mail
 * server said. */
enum rc
hearing_prove(struct hearing_work *w, struct err *err)
{
	struct letter_row letter;
	struct hearing_draft draft;
	struct guest *list, *leads;
	struct json_fields *fields = fields_open(w->arena);
	size_t n, n_leads, n_files;
	struct outbox_file *files;
	enum rc rc = letter_load(w->council->store, w->arena,
	    w->row.letter_id, &letter, err);

	if (rc != RC_OK || letter.state != LETTER_SENT)
		return rc == RC_OK ? RC_NONE : rc;
	if ((rc = hearing_proof(w->council->store, &w->row, letter.last_at,
	    letter.answer, err)) != RC_OK || (rc = hearing_draft_load(
	    w->council->store, w->arena, w->row.hearing_id, &draft, err)) !=
	    RC_OK)
		return rc;
	hearing_fields(w, fields);
	fields_text(fields, "sent", day_words_at(w->arena, w->language,
	    letter.last_at));
	fields_number(fields, "letter", (long)letter.letter_id);
	fields_text(fields, "message_id", letter.message_id);
	fields_text(fields, "server", letter.answer);
	files = hearing_files(w, &draft, false, &n_files, err);
	list = hearing_members(w, &n);
	leads = hearing_leads(w, &n_leads);
	for (size_t i = 0; i < n + n_leads && rc == RC_OK; i++) {
		const struct guest *g = i < n ? &list[i] : &leads[i - n];

		/* One key an address: the chair is in both lists. */
		rc = hearing_letter(w, g->email, g->name,
		    (struct outbox_draft){
		    .key = arena_printf(w->arena, "hearing-sent/%s/%s",
		    w->row.slug, g->email), .template = "hearing-sent",
		    .kind = LETTER_NOTICE, .class = LETTER_BULK,
		    .body = w->body, .fields = fields, .files = files,
		    .n_files = n_files }, NULL, err);
	}
	return rc;
}

/* --- the overview ------------------------------------------------------------ */

static void
line_add(const struct hearing_work *w, struct json_fields *fields,
    const char *name, int64_t answered_at, bool declined, bool asked)
{
	struct json_fields *item = fields_item(fields, answered_at != 0 ?
	    "answered" : "silent");

	fields_text(item, "name", name);
	if (answered_at != 0)
		fields_text(item, "at", answered_at == 1 ? NULL : day_words(
		    w->arena, w->language, date_local(answered_at).day));
	fields_flag(item, "declined", declined);
	fields_flag(item, "not_asked", !asked);
}

enum rc
hearing_overview(struct hearing_work *w, const char *because,
    int64_t mail_id, struct err *err)
{
	struct store *store = w->council->store;
	struct json_fields *fields = fields_open(w->arena);
	struct hearing_row *rows;
	struct hearing_party *parties;
	size_t n, n_parties;
	enum rc rc;

	if (w->row.request_id == 0)
		return RC_OK;
	if ((rc = hearing_of_request(store, w->arena, w->row.request_id,
	    &rows, &n, err)) != RC_OK || (rc = hearing_parties(store,
	    w->arena, w->row.request_id, &parties, &n_parties, err)) != RC_OK)
		return rc;
	hearing_fields(w, fields);
	fields_flag(fields, "over", w->request.deadline_at <=
	    w->council->now_at);
	for (size_t i = 0; i < n; i++) {
		const struct world_body *body = world_body(w->council->world,
		    rows[i].body);

		line_add(w, fields, body != NULL ? body->name : rows[i].body,
		    rows[i].answered_at, rows[i].state == HEARING_DECLINED,
		    true);
	}
	for (size_t i = 0; i < n_parties; i++)
		line_add(w, fields, parties[i].name != NULL ? parties[i].name
		    : parties[i].email, parties[i].answered ? 1 : 0, false,
		    parties[i].asked_at != 0);
	return hearing_letter(w, w->request.from, w->request.from_name,
	    (struct outbox_draft){
	    .key = arena_printf(w->arena, "hearing-overview/%lld/%s",
	    (long long)w->row.request_id, because),
	    .template = "hearing-overview", .kind = LETTER_OTHER,
	    .class = LETTER_ANSWER, .mail_id = mail_id, .fields = fields },
	    NULL, err);
}

/* --- one contribution --------------------------------------------------------- */

static struct json_fields *
one_fields(const struct hearing_work *w, const struct contribution *said)
{
	struct json_fields *fields = fields_open(w->arena);

	hearing_fields(w, fields);
	fields_text(fields, "name", said->name != NULL ? said->name :
	    said->email);
	fields_text(fields, "email", said->email);
	fields_text(fields, "words", text_cut(w->arena, said->words,
	    WORDS_BYTES));
	fields_flag(fields, "late", said->late);
	fields_flag(fields, "over", hearing_is_over(w->row.state));
	return fields;
}

static struct outbox_file
one_file(const struct hearing_work *w, const struct contribution *said)
{
	return (struct outbox_file){ hearing_word(w, "hearing-said-one-file"),
	    "text/plain", { (const unsigned char *)said->words,
	    strlen(said->words) } };
}

enum rc
hearing_late_tell(struct hearing_work *w, const struct contribution *said,
    struct err *err)
{
	struct json_fields *fields = one_fields(w, said);
	struct outbox_file file = one_file(w, said);
	bool whole = strlen(said->words) <= WORDS_BYTES;
	struct guest *leads;
	size_t n;
	enum rc rc = RC_OK;

	leads = hearing_leads(w, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = hearing_letter(w, leads[i].email, leads[i].name,
		    (struct outbox_draft){
		    .key = arena_printf(w->arena, "hearing-late/%lld/%s",
		    (long long)said->contribution_id, leads[i].email),
		    .template = "notice-hearing-late", .kind = LETTER_NOTICE,
		    .class = LETTER_ANSWER, .body = w->body,
		    .mail_id = said->mail_id, .fields = fields,
		    .files = &file, .n_files = whole ? 0 : 1 }, NULL, err);
	return rc;
}

enum rc
hearing_party_send(struct hearing_work *w, const struct contribution *said,
    struct err *err)
{
	struct json_fields *fields = one_fields(w, said);
	struct outbox_file file = one_file(w, said);
	/* The same time to think again that a council has. */
	int64_t due_at = w->council->now_at + HEARING_STOP_S;
	const char *const to[] = { w->row.from, hearing_secretary(w) };
	enum rc rc = RC_OK;

	for (int i = 0; i < 2 && rc == RC_OK; i++)
		rc = hearing_letter(w, to[i], NULL, (struct outbox_draft){
		    .key = arena_printf(w->arena, "hearing-party-answer/%lld/"
		    "%s", (long long)said->contribution_id, to[i]),
		    .template = i == 0 ? "hearing-party-answer" :
		    "notice-hearing-party", .kind = LETTER_OTHER,
		    .class = LETTER_ANSWER, .body = i == 0 ? NULL : w->body,
		    .mail_id = said->mail_id, .fields = fields,
		    .files = &file, .n_files = 1, .due_at = due_at }, NULL,
		    err);
	return rc;
}

/* --- the authority asks; the chair asks for time ------------------------------- */

static enum rc
status_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct hearing_work w;
	enum rc rc = hearing_work_open(act->council, act->arena,
	    action->hearing, &w, err);

	(void)journal_id;
	(void)end;
	if (rc != RC_OK || w.row.request_id == 0)
		return rc == RC_NONE || rc == RC_OK ? fail(err, RC_PARK,
		    "no such hearing") : rc;
	/* Only the address that asked reads who has answered. */
	if (!act->sender.verified || !text_equal_nocase(act->sender.email,
	    w.request.from))
		return fail(err, RC_PARK, "not the authority that asked");
	act->answered = true;	/* by the overview */
	return hearing_overview(&w, arena_printf(act->arena, "mail-%lld",
	    (long long)act->mail_id), act->mail_id, err);
}

static enum rc
status_undo(struct act *act, int64_t journal_id, struct err *err)
{
	(void)act;		/* it changed nothing */
	(void)journal_id;
	(void)err;
	return RC_OK;
}

const struct deed deed_hearing_status = {
	.action = ACTION_HEARING_STATUS,
	.who = MAY_ANYONE,
	.run = status_run,
	.undo = status_undo,
};

static enum rc
time_run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct json_fields *fields = fields_open(act->arena);
	struct hearing_work w;
	enum rc rc = hearing_work_open(act->council, act->arena,
	    action->hearing, &w, err);

	(void)journal_id;
	if (rc != RC_OK || w.row.request_id == 0)
		return rc == RC_NONE || rc == RC_OK ? fail(err, RC_PARK,
		    "no such hearing") : rc;
	hearing_fields(&w, fields);
	fields_text(fields, "better", day_words(act->arena, w.language,
	    w.days.better));
	end->tell = true;
	return hearing_letter(&w, w.request.from, w.request.from_name,
	    (struct outbox_draft){
	    .key = arena_printf(act->arena, "hearing-time/%s", w.row.slug),
	    .template = "hearing-time", .kind = LETTER_OTHER,
	    .class = LETTER_ANSWER, .body = w.body, .fields = fields }, NULL,
	    err);
}

/* No undo: the letter is out, a person writes another. */
const struct deed deed_hearing_time = {
	.action = ACTION_HEARING_TIME,
	.who = MAY_SECRETARY,
	.run = time_run,
};
