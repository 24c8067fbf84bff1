/* SPDX-License-Identifier: MIT */
/* «1 ok, 2 næste møde»: the secretary answers what waits, point by point. */
#include "council/decide.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "council/decision.h"
#include "council/deed.h"
#include "council/item_decision.h"
#include "outbox/facts.h"
#include "render/day_words.h"
#include "render/fields.h"
#include "store/store.h"

/* The body says who may, of what waits in it; for the whole house the
 * secretary of the installation, and of any body. */
static bool
may_decide(const struct act *act, const char *slug)
{
	const struct world *world = act->council->world;
	const char *email = act->sender.email;

	if (!act->sender.verified || email == NULL)
		return false;
	if (slug == NULL && text_equal_nocase(email,
	    act->council->outbox->secretary))
		return true;
	for (size_t b = 0; b < world->n_bodies; b++) {
		const struct world_body *body = &world->bodies[b];

		if (slug != NULL && strcmp(body->slug, slug) != 0)
			continue;
		for (size_t i = 0; i < body->n_people; i++) {
			const struct world_person *p = &body->people[i];
			bool chairs = p->role == ROLE_CHAIR ||
			    p->role == ROLE_VICE_CHAIR;

			if (text_equal_nocase(p->email, email) &&
			    (p->role == ROLE_SECRETARY || (slug != NULL &&
			    chairs)))
				return true;
		}
	}
	return false;
}

/* As understand/decide_words.h has them. */
enum { DECIDE_ALL = 0, DECIDE_ONLY = -1, DECIDE_REST = -2 };

static enum rc
fault(struct deed_end *end, const char *why)
{
	end->fault = why;
	return RC_OK;
}

/* What was asked, and whether this is an answer to it. */
static enum rc
decision_answered(struct act *act, const struct action *action,
    struct decision_row *row, struct deed_end *end, struct err *err)
{
	struct letter_row letter;
	bool proved;
	enum rc rc = answered_letter(act, action, &letter, &proved, err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "answers no decision mail of ours");
	if (rc != RC_OK)
		return rc;
	if (action->point == DECIDE_REST)
		return fault(end, "rest");
	if (action->point == DECIDE_ONLY)
		return fault(end, "which");
	if (action->point == DECIDE_ALL)
		return fault(end, "none");
	rc = decision_shown(act->council->store, act->arena,
	    letter.letter_id, action->point, row, err);
	if (rc == RC_NONE)
		return fault(end, "number");
	if (rc != RC_OK)
		return rc;
	if (!may_decide(act, row->body))
		return fail(err, RC_PARK, "the sender may not decide that");
	if (row->state == DECISION_ANSWERED)
		return fault(end, "answered");
	return row->state == DECISION_MOOT ? fault(end, "moot") : RC_OK;
}

/* The letter is no decision mail, but asks the one who proposed a point. */
static bool
is_late_letter(struct act *act, const struct action *action,
    struct letter_row *letter, struct err *err)
{
	bool proved;

	return answered_letter(act, action, letter, &proved, err) == RC_OK &&
	    proved && letter->kind == LETTER_LATE_ITEM;
}

static enum rc
run(struct act *act, const struct action *action, int64_t journal_id,
    struct deed_end *end, struct err *err)
{
	const struct decision_kind *kind;
	struct decision_row row = { 0 };
	struct action *told = arena_array(act->arena, 1, sizeof *told);
	struct err why = { "" };
	bool waits = true;
	enum choice said = CHOICE_OTHER, choice = CHOICE_OTHER;
	struct letter_row letter;
	enum rc rc;

	if (is_late_letter(act, action, &letter, err))
		return late_item_answer(act, &letter, action->choice, end,
		    err);
	rc = decision_answered(act, action, &row, end, err);
	*told = *action;
	end->action = told;
	if (rc != RC_OK)
		return rc;
	end->decision = row.decision_id != 0 ? row.kind : NULL;
	told->title = row.label;
	told->body = row.body;
	if (end->fault != NULL) {
		told->choice = row.choice;
		told->by = row.by;
		return RC_OK;
	}
	kind = decision_kind_of(row.kind);
	if (kind == NULL)
		return fail(err, RC_STOP, "no kind of decision «%s»",
		    row.kind);
	if (kind->waits != NULL && (rc = kind->waits(act->council, act->arena,
	    &row, &waits, err)) != RC_OK)
		return rc;
	if (!waits)
		return fault(end, "moot");
	if (action->choice == NULL)
		return fault(end, "unclear");
	if (!choice_read(action->choice, &said) ||
	    !choice_fit(kind->choices, said, &choice))
		return fault(end, "choice");
	told->choice = choice_word(choice);
	/* What cannot be done leaves nothing behind. */
	if ((rc = store_mark(act->council->store, err)) != RC_OK)
		return rc;
	rc = kind->run(act, &row, told->choice, kind->words ? action->text :
	    NULL, journal_id, end, &why);
	if (rc == RC_PARK) {
		if ((rc = store_drop(act->council->store, err)) != RC_OK)
			return rc;
		act_why(act, "%s: %s", row.kind, why.text);
		return end->fault != NULL ? RC_OK : fault(end, "late");
	}
	if (rc != RC_OK)
		return fail(err, rc, "%s", why.text);
	if ((rc = store_keep(act->council->store, err)) != RC_OK)
		return rc;
	rc = journal_about(act->council->store, journal_id, row.body, row.ref,
	    row.label, err);
	return rc != RC_OK ? rc : decision_move(act->council->store, &row,
	    DECISION_ANSWER, told->choice, act->council->now_at, journal_id,
	    err);
}

static enum rc
answer_of(struct act *act, int64_t journal_id, struct decision_row *row,
    const struct decision_kind **kind, struct err *err)
{
	enum rc rc = decision_by_journal(act->council->store, act->arena,
	    journal_id, row, err);

	if (rc == RC_OK && (*kind = decision_kind_of(row->kind)) == NULL)
		return fail(err, RC_STOP, "no kind of decision «%s»",
		    row->kind);
	return rc;
}

static enum rc
undo(struct act *act, int64_t journal_id, struct err *err)
{
	const struct decision_kind *kind = NULL;
	struct decision_row row;
	enum rc rc = answer_of(act, journal_id, &row, &kind, err);

	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	if (kind == NULL || kind->undo == NULL)
		return RC_OK;
	if ((rc = kind->undo(act, journal_id, err)) != RC_OK)
		return rc;
	return decision_move(act->council->store, &row, DECISION_REOPEN,
	    NULL, 0, 0, err);
}

static enum rc
gone(struct act *act, int64_t journal_id, bool *gone, struct err *err)
{
	const struct decision_kind *kind = NULL;
	struct decision_row row;
	enum rc rc = answer_of(act, journal_id, &row, &kind, err);

	*gone = false;
	if (rc != RC_OK || kind == NULL)
		return rc == RC_NONE ? RC_OK : rc;
	*gone = kind->undo == NULL;
	return *gone || kind->gone == NULL ? RC_OK :
	    kind->gone(act, journal_id, gone, err);
}

/* Who may is asked of what waits, not of the mail: its body decides. */
const struct deed deed_decide = {
	.action = ACTION_DECIDE,
	.who = MAY_ANYONE,
	.run = run,
	.undo = undo,
	.gone = gone,
};

static bool
is_named(const struct action *actions, size_t n, int point)
{
	for (size_t i = 0; i < n; i++)
		if (actions[i].kind == ACTION_DECIDE &&
		    actions[i].point == point)
			return true;
	return false;
}

/* Those of the letter that still wait and that no other answer names. */
static enum rc
all_open(struct act *act, const struct action *all, int64_t letter_id,
    int64_t count, const struct action *actions, size_t n,
    struct action *list, size_t *n_list, struct err *err)
{
	size_t before = *n_list;

	for (int64_t i = 1; i <= count; i++) {
		struct decision_row row;
		enum rc rc;

		if (is_named(actions, n, (int)i))
			continue;
		rc = decision_shown(act->council->store, act->arena,
		    letter_id, i, &row, err);
		if (rc != RC_OK && rc != RC_NONE)
			return rc;
		if (rc == RC_NONE || row.state != DECISION_OPEN)
			continue;
		list[*n_list] = *all;
		list[(*n_list)++].point = (int)i;
	}
	if (*n_list == before)
		list[(*n_list)++] = *all;
	return RC_OK;
}

enum rc
decide_expand(struct act *act, const struct action **actions, size_t *n,
    struct err *err)
{
	const struct action *old = *actions;
	struct action *list;
	struct letter_row letter;
	int64_t count = 0;
	size_t n_list = 0;
	bool proved;
	enum rc rc;

	if (!is_named(old, *n, DECIDE_ALL) && !is_named(old, *n, DECIDE_ONLY))
		return RC_OK;
	rc = answered_letter(act, &old[0], &letter, &proved, err);
	if (rc == RC_OK)
		rc = decision_shown_count(act->council->store,
		    letter.letter_id, &count, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	list = arena_array(act->arena, *n * ((size_t)count + 1) + 1,
	    sizeof *list);
	for (size_t i = 0; i < *n && rc == RC_OK; i++) {
		if (old[i].point == DECIDE_ALL) {
			rc = all_open(act, &old[i], letter.letter_id, count,
			    old, *n, list, &n_list, err);
			continue;
		}
		list[n_list] = old[i];
		if (old[i].point == DECIDE_ONLY && count == 1)
			list[n_list].point = 1;
		n_list++;
	}
	*actions = list;
	*n = n_list;
	return rc;
}

/* The words of the kind, else those that all share. */
static const char *
outcome_words(struct act *act, const char *language, const char *kind,
    const char *choice)
{
	const char *words = words_get(act->arena, language, arena_printf(
	    act->arena, "decided-%s-%s", kind, choice));

	return words != NULL ? words : words_get(act->arena, language,
	    arena_printf(act->arena, "decided-%s", choice));
}

static void
end_fields(struct act *act, struct json_fields *fields, const char *language,
    const struct deed_end *end)
{
	const struct action *a = end->action;
	struct json_fields *item = fields_item(fields, end->fault != NULL ?
	    "refused" : "decided");

	fields_text(item, "number", a->point < 1 ? NULL : arena_printf(
	    act->arena, "%d", a->point));
	fields_text(item, "title", a->title);
	fields_text(item, "outcome", end->decision == NULL ||
	    a->choice == NULL ? NULL : outcome_words(act, language,
	    end->decision, a->choice));
	fields_text(item, "by", facts_name(act->council->world, a->by));
	fields_text(item, "words", end->fault == NULL ? NULL : a->text);
	if (end->fault != NULL)
		fields_flag(item, arena_printf(act->arena, "is_%s",
		    end->fault), true);
}

enum rc
decide_receipt(struct act *act, const struct deed_end *ends, size_t n,
    size_t left, struct err *err)
{
	const struct world_body *body = ends[0].body;
	const char *language = act_language(act, body);
	struct json_fields *fields = fields_open(act->arena);
	struct outbox_draft draft = {
		.key = arena_printf(act->arena, "receipt/mail/%lld",
		    (long long)act->mail_id),
		.template = "receipt-decide",
		.language = language,
		.kind = LETTER_RECEIPT,
		.class = LETTER_ANSWER,
		.ref = arena_printf(act->arena, "mail:%lld",
		    (long long)act->mail_id),
		.body = body,
		.fields = fields,
	};
	bool sent;

	for (size_t i = 0; i < n; i++) {
		end_fields(act, fields, language, &ends[i]);
		draft.wants_token = draft.wants_token ||
		    (ends[i].fault == NULL && !ends[i].no_line);
	}
	fields_flag(fields, "undo", draft.wants_token);
	fields_flag(fields, "to_secretary", left > 0);
	fields_flag(fields, "cpr", act->cpr);
	return answer_queue(act, &draft, &sent, NULL, err);
}
