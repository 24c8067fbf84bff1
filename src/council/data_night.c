/* SPDX-License-Identifier: MIT */
/* What the nights do: erase, say so in one last letter, and erase that when
 * it has left; and remind the secretary on day 14 and 25 of a request. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "council/data.h"
#include "council/deed.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "rules/year.h"
#include "store/decision.h"
#include "store/erasure.h"

/* --- erasures ------------------------------------------------------------ */

static enum rc
last_letter(struct council *council, struct arena *arena,
    struct erasure *row, struct err *err)
{
	struct json_fields *fields = fields_open(arena);
	struct act act = { .council = council, .arena = arena };
	struct err why = { "" };
	enum rc rc = outbox_queue(council->outbox, arena,
	    &(struct outbox_draft){ .key = arena_printf(arena,
	    "data-erased/%lld", (long long)row->erasure_id),
	    .template = "data-erased", .language = act_language(&act, NULL),
	    .kind = LETTER_OTHER, .class = LETTER_ANSWER, .to = row->email,
	    .due_at = year_awake(council->now_at), .fields = fields },
	    &row->letter_id, NULL, &why);

	/* an address that nothing can be sent to: it is erased all the same */
	if (rc == RC_PARK)
		log_warning("erasure=%lld: no last letter: %s",
		    (long long)row->erasure_id, why.text);
	else if (rc != RC_OK && rc != RC_NONE)
		return fail(err, rc, "%s", why.text);
	return rc != RC_OK ? RC_OK : erasure_told(council->store,
	    row->erasure_id, row->letter_id, err);
}

static bool
has_left(enum letter_state state)
{
	return state == LETTER_SENT || state == LETTER_FAILED ||
	    state == LETTER_WITHDRAWN;
}

/* Whatever was under way the night before goes now, and then the letter. */
static enum rc
erasure_end(struct council *council, struct arena *arena,
    struct erasure *row, size_t *n, struct err *err)
{
	struct letter_row letter;
	enum rc rc = row->letter_id == 0 ? RC_NONE : letter_load(
	    council->store, arena, row->letter_id, &letter, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && !has_left(letter.state))
		return RC_OK;
	row->letter_id = 0;
	if ((rc = erasure_run(council->store, arena, row, council->now_at,
	    err)) != RC_OK)
		return rc;
	(*n)++;
	log_info("erasure=%lld done", (long long)row->erasure_id);
	return erasure_done(council->store, row->erasure_id, council->now_at,
	    err);
}

enum rc
data_erase_night(struct council *council, struct arena *arena, size_t *n,
    struct err *err)
{
	struct erasure *rows;
	size_t count;
	enum rc rc = erasure_open(council->store, arena, &rows, &count, err);

	*n = 0;
	for (size_t i = 0; rc == RC_OK && i < count; i++) {
		if (rows[i].run_at > council->now_at)
			continue;
		if (rows[i].erased_at != 0) {
			rc = erasure_end(council, arena, &rows[i], n, err);
			continue;
		}
		if ((rc = erasure_run(council->store, arena, &rows[i],
		    council->now_at, err)) != RC_OK ||
		    (rc = last_letter(council, arena, &rows[i], err)) !=
		    RC_OK)
			return rc;
		(*n)++;
		log_info("erasure=%lld erased",
		    (long long)rows[i].erasure_id);
	}
	return rc;
}

/* --- reminders ----------------------------------------------------------- */

static const int remind_days[] = { 14, 25 };

static enum rc
remind(struct council *council, struct arena *arena,
    const struct world_body *body, const struct decision_row *row, int day,
    size_t *n, struct err *err)
{
	struct act act = { .council = council, .arena = arena };
	const char *language = act_language(&act, body);
	const char *to = secretary_of(&act, body);
	struct json_fields *fields = fields_open(arena);
	enum rc rc;

	if (to == NULL)
		return RC_OK;
	fields_flag(fields, "erase", strcmp(row->kind, "data-erase") == 0);
	fields_number(fields, "mail", (long)row->row_id);
	fields_text(fields, "until", day_words(arena, language, date_add_days(
	    date_local(row->made_at).day, DATA_DAYS)));
	rc = outbox_queue(council->outbox, arena, &(struct outbox_draft){
	    .key = arena_printf(arena, "data-due/%lld/%d",
	    (long long)row->decision_id, day),
	    .template = "notice-data-due", .language = language,
	    .kind = LETTER_NOTICE, .class = LETTER_ANSWER, .body = body,
	    .to = to, .due_at = year_awake(council->now_at),
	    .fields = fields }, NULL, NULL, err);
	*n += rc == RC_OK;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
body_remind(struct council *council, struct arena *arena,
    const struct world_body *body, size_t *n, struct err *err)
{
	struct date today = date_local(council->now_at).day;
	struct decision_row *rows;
	size_t count;
	enum rc rc = decision_open(council->store, arena,
	    body == NULL ? NULL : body->slug, &rows, &count, err);

	for (size_t i = 0; rc == RC_OK && i < count; i++) {
		int age = (int)(date_to_days(today) - date_to_days(
		    date_local(rows[i].made_at).day));

		if (strncmp(rows[i].kind, "data-", 5) != 0)
			continue;
		/* a night that was missed reminds of the latest alone */
		for (size_t k = sizeof remind_days / sizeof remind_days[0];
		    k-- > 0;)
			if (age >= remind_days[k]) {
				rc = remind(council, arena, body, &rows[i],
				    remind_days[k], n, err);
				break;
			}
	}
	return rc;
}

enum rc
data_remind_night(struct council *council, struct arena *arena, size_t *n,
    struct err *err)
{
	enum rc rc = body_remind(council, arena, NULL, n, err);

	for (size_t b = 0; rc == RC_OK && b < council->world->n_bodies; b++)
		rc = body_remind(council, arena, &council->world->bodies[b],
		    n, err);
	return rc;
}
