/* SPDX-License-Identifier: MIT */
/* The secretary's word on a hearing: ok («ok, hør også a@…»), or the council
 * does not answer it. */
#include <string.h>

#include "council/decision.h"
#include "council/deed.h"
#include "council/hearing.h"
#include "understand/hearing_words.h"

static enum rc
parties_change(struct act *act, const struct hearing_work *w,
    const char *words, struct err *err)
{
	struct hearing_address *list;
	size_t n;
	enum rc rc = RC_OK;

	if (w->row.request_id == 0)
		return RC_OK;
	list = hearing_addresses(act->arena, words, false, &n);
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = list[i].drop ? hearing_party_drop(act->council->store,
		    w->row.request_id, list[i].email, err) :
		    hearing_party_add(act->council->store, w->row.request_id,
		    list[i].email, NULL, err);
		if (rc == RC_NONE)
			rc = RC_OK;
	}
	return rc;
}

static enum rc
run(struct act *act, const struct decision_row *row, const char *choice,
    const char *words, int64_t journal_id, struct deed_end *end,
    struct err *err)
{
	struct hearing_work w;
	enum hearing_state to;
	bool yes = strcmp(choice, "accept") == 0;
	enum rc rc = hearing_work_open(act->council, act->arena, row->ref, &w,
	    err);

	(void)end;
	if (rc != RC_OK)
		return rc == RC_NONE ? fail(err, RC_PARK, "no such hearing") :
		    rc;
	if (!hearing_may(w.row.state, yes ? HEARING_ASK : HEARING_DECLINE,
	    &to))
		return fail(err, RC_PARK, "the hearing is %s",
		    hearing_state_word(w.row.state));
	if (!yes) {
		w.row.approved_by = journal_id;
		return hearing_move(act->council->store, &w.row,
		    HEARING_DECLINE, act->council->now_at, err);
	}
	if (w.request.request_id != 0 &&
	    w.request.deadline_at <= act->council->now_at)
		return fail(err, RC_PARK, "its deadline is over");
	if ((rc = parties_change(act, &w, words, err)) != RC_OK)
		return rc;
	return hearing_ask(&w, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	struct hearing_row row;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	if (rc != RC_OK || row.state != HEARING_DECLINED)
		return rc == RC_NONE ? RC_OK : rc;
	return hearing_move(act->council->store, &row, HEARING_TAKE_BACK,
	    act->council->now_at, err);
}

/* A no can be taken back; after an ok the question is out. */
static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	struct hearing_row row;
	enum rc rc = hearing_by_journal(act->council->store, act->arena,
	    journal_id, &row, err);

	*gone = rc != RC_OK || row.state != HEARING_DECLINED;
	return rc == RC_NONE ? RC_OK : rc;
}

const struct decision_kind decision_hearing = {
	.name = "hearing",
	.choices = "accept reject",
	.words = true,
	.run = run,
	.undo = undo,
	.gone = gone,
};
