/* SPDX-License-Identifier: MIT */
/* «Gjort», or a new day: the answer to the reminder of a promise. */
#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/promise.h"
#include "store/letter.h"

/* Only the one who was reminded, or the secretary. */
static bool
is_his(const struct act *act, const struct follow_up *f,
    const struct letter_row *letter)
{
	return text_equal_nocase(letter->to, act->sender.email) ||
	    text_equal_nocase(f->email, act->sender.email) ||
	    text_equal_nocase(secretary_of(act, world_body(
	    act->council->world, f->body)), act->sender.email);
}

static enum rc
step(struct act *act, const struct action *action, enum follow_up_act how,
    int64_t journal_id, struct err *err)
{
	struct letter_row letter;
	struct follow_up f;
	enum follow_up_state to;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	if (rc == RC_NONE || (rc == RC_OK && (!proved ||
	    promise_of_key(letter.key) == 0)))
		return fail(err, RC_PARK, "answers no reminder of ours");
	if (rc != RC_OK)
		return rc;
	rc = follow_up_load(act->council->store, act->arena,
	    promise_of_key(letter.key), &f, err);
	if (rc == RC_NONE || (rc == RC_OK && !is_his(act, &f, &letter)))
		return fail(err, RC_PARK, "somebody else's promise");
	if (rc != RC_OK)
		return rc;
	if (!follow_up_may(f.state, how, &to))
		return fail(err, RC_PARK, "the promise is %s already",
		    follow_up_state_word(f.state));
	return follow_up_step(act->council->store, &f, how,
	    action->deadline_day, journal_id, err);
}

static enum rc
run_done(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	struct action a = *action;

	(void)end;
	a.deadline_day = (struct date){ 0, 0, 0 };
	return step(act, &a, FOLLOW_UP_FINISH, journal_id, err);
}

static enum rc
run_date(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	(void)end;
	if (action->deadline_day.year == 0)
		return fail(err, RC_PARK, "no day was said");
	return step(act, action, FOLLOW_UP_MOVE, journal_id, err);
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	return follow_up_undo(act->council->store, journal_id, err);
}

/* Whoever promised may be a politician, with no place in the council: the
 * letter that is answered decides. */
const struct deed deed_follow_up_done = {
	.action = ACTION_FOLLOW_UP_DONE,
	.who = MAY_ANYONE,
	.run = run_done,
	.undo = undo,
};
const struct deed deed_follow_up_date = {
	.action = ACTION_FOLLOW_UP_DATE,
	.who = MAY_ANYONE,
	.run = run_date,
	.undo = undo,
};
