/* SPDX-License-Identifier: MIT */
/* The table of what the secretary can be asked, and how it is asked. */
#include <string.h>

#include "base/arena.h"
#include "council/decision.h"
#include "council/decision_letter.h"
#include "council/deed.h"
#include "council/year_plan.h"
#include "rules/cpr.h"

static const struct decision_kind *const kinds[] = {
	&decision_hearing,
	&decision_promise,
	&decision_data_access, &decision_data_erase,
	&decision_mail_waiting, &decision_citizen_item, &decision_late_item,
	&decision_vacancy, &decision_succession, &decision_term_ends,
	&decision_unreachable,
	&decision_year_plan,
	&decision_dialogue_missing,
};

const struct decision_kind *
decision_kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

/* What belongs to no body is the only council's where there is but one. */
static const char *
body_of(const struct world *world, const struct world_body *body)
{
	const struct world_body *only = NULL;

	if (body != NULL)
		return body->slug;
	for (size_t i = 0; i < world->n_bodies; i++) {
		if (world->bodies[i].kind != BODY_COUNCIL)
			continue;
		if (only != NULL)
			return NULL;
		only = &world->bodies[i];
	}
	return only == NULL ? NULL : only->slug;
}

enum rc
decision_ask(struct council *council, struct arena *arena,
    const struct decision_draft *draft, struct err *err)
{
	struct decision_row row;
	int64_t decision_id;
	enum rc rc;

	if (decision_kind_of(draft->kind) == NULL)
		return fail(err, RC_STOP, "no kind of decision «%s»",
		    draft->kind);
	row = (struct decision_row){
	    .key = draft->key, .kind = draft->kind,
	    .body = body_of(council->world, draft->body),
	    .ref = draft->ref, .row_id = draft->row_id,
	    .label = cpr_mask(arena, draft->label, CPR_POSSIBLE, NULL),
	    .words = cpr_mask(arena, draft->words, CPR_POSSIBLE, NULL),
	    .made_at = council->now_at, .until_at = draft->until_at,
	    .urgent = draft->urgent };
	if ((rc = decision_add(council->store, &row, &decision_id, err)) !=
	    RC_OK || !draft->urgent)
		return rc;
	row.decision_id = decision_id;
	return decision_send_now(council, arena, &row, draft->to_chair, err);
}

enum rc
decision_moot(struct council *council, const char *key, struct err *err)
{
	struct arena *arena = arena_open();
	struct decision_row row;
	enum rc rc = decision_by_key(council->store, arena, key, &row, err);

	if (rc == RC_NONE || (rc == RC_OK && row.state != DECISION_OPEN))
		rc = RC_OK;
	else if (rc == RC_OK)
		rc = decision_move(council->store, &row, DECISION_LAPSE, NULL,
		    0, 0, err);
	arena_close(&arena);
	return rc;
}

enum rc
decision_waiting(struct council *council, struct arena *arena,
    const char *body, struct decision_row **rows, size_t *n, struct err *err)
{
	struct decision_row *list;
	size_t all, count = 0;
	enum rc rc = decision_open(council->store, arena, body, &list, &all,
	    err);

	for (size_t i = 0; rc == RC_OK && i < all; i++) {
		const struct decision_kind *kind =
		    decision_kind_of(list[i].kind);
		bool waits = true;

		if (kind != NULL && kind->waits != NULL)
			rc = kind->waits(council, arena, &list[i], &waits,
			    err);
		if (rc == RC_OK && !waits)
			rc = decision_move(council->store, &list[i],
			    DECISION_LAPSE, NULL, 0, 0, err);
		else if (rc == RC_OK)
			list[count++] = list[i];
	}
	*rows = list;
	*n = count;
	return rc;
}
