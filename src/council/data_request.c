/* SPDX-License-Identifier: MIT */
/* Somebody wants to see, or to have erased, what is kept about him: GDPR
 * articles 15 and 17. Confirmed by the address itself before it gets here;
 * the secretary decides, within a month. */
#include "base/arena.h"
#include "base/date.h"
#include "council/data.h"
#include "council/decision.h"
#include "council/deed.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "store/erasure.h"

static const char *
key_of(struct arena *arena, enum action_kind kind, int64_t journal_id)
{
	return arena_printf(arena, "%s/%lld", action_word(kind),
	    (long long)journal_id);
}

/* «3 minutes, 1 agenda» in her language: what stays whatever she says. */
static enum rc
stays_words(struct act *act, const char *language, const char **words,
    struct err *err)
{
	struct erasure_kept *rows;
	struct buf out = buf_open(act->arena);
	size_t n;
	enum rc rc = erasure_stays(act->council->store, act->arena,
	    act->sender.email, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%lld %s", i > 0 ? ", " : "",
		    (long long)rows[i].n, words_get(act->arena, language,
		    arena_printf(act->arena, "data-stays-%s",
		    rows[i].thing)));
	*words = n == 0 ? NULL : arena_printf(act->arena, "%s %s",
	    words_get(act->arena, language, "data-stays"), buf_text(&out));
	return RC_OK;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct world_body *body = act_body(act);
	const char *words = NULL;
	enum rc rc = RC_OK;

	if (!act->sender.verified || act->sender.email == NULL)
		return fail(err, RC_PARK, "not confirmed");
	if (action->kind == ACTION_DATA_ERASE && (rc = stays_words(act,
	    act_language(act, body), &words, err)) != RC_OK)
		return rc;
	end->tell = true;
	rc = decision_ask(act->council, act->arena, &(struct decision_draft){
	    .kind = action_word(action->kind),
	    .key = key_of(act->arena, action->kind, journal_id),
	    .body = body, .row_id = act->mail_id,
	    .label = act->sender.email, .words = words,
	    .until_at = date_at(date_add_days(date_local(
	    act->council->now_at).day, DATA_DAYS + 1), 0, 0) }, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
access_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return decision_moot(act->council, key_of(act->arena,
	    ACTION_DATA_ACCESS, journal_id), err);
}

static enum rc
erase_undo(struct act *act, int64_t journal_id, struct err *err)
{
	return decision_moot(act->council, key_of(act->arena,
	    ACTION_DATA_ERASE, journal_id), err);
}

/* She has answered: what follows is hers to take back. */
static enum rc
answered(struct act *act, enum action_kind kind, int64_t journal_id,
    bool *gone, struct err *err)
{
	struct decision_row row;
	enum rc rc = decision_by_key(act->council->store, act->arena,
	    key_of(act->arena, kind, journal_id), &row, err);

	*gone = rc == RC_OK && row.state == DECISION_ANSWERED;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
access_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	return answered(act, ACTION_DATA_ACCESS, journal_id, gone, err);
}

static enum rc
erase_gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	return answered(act, ACTION_DATA_ERASE, journal_id, gone, err);
}

const struct deed deed_data_access = {
	.action = ACTION_DATA_ACCESS,
	.who = MAY_ANYONE,
	.run = run,
	.undo = access_undo,
	.gone = access_gone,
};

const struct deed deed_data_erase = {
	.action = ACTION_DATA_ERASE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = erase_undo,
	.gone = erase_gone,
};
