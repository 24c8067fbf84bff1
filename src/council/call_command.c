/* SPDX-License-Identifier: MIT */
/* What the secretary does by mail, the command does here: it opens a call,
 * and takes it back while nothing has left. */
#include "council/seats.h"

#include "rules/purpose.h"
#include "store/journal.h"

static enum rc
body_find(struct council *council, const char *slug,
    const struct world_body **body, struct err *err)
{
	*body = world_body(council->world, slug);
	return *body != NULL ? RC_OK : fail(err, RC_PARK, "no body «%s»; "
	    "raadspost list members names them", slug);
}

enum rc
council_call_open(struct council *council, struct arena *arena,
    const char *slug, struct call_order order, struct call_row *call,
    struct err *err)
{
	const struct world_body *body;
	const char *why = NULL;
	enum rc rc = body_find(council, slug, &body, err);

	if (rc != RC_OK || (rc = journal_add(council->store,
	    &(struct journal_row){ .at = council->now_at,
	    .deed = action_word(ACTION_CALL_OPEN), .body = slug,
	    .by_what = "raadspost call" }, &order.journal_id, err)) != RC_OK)
		return rc;
	rc = call_make(council, arena, body, &order, call, &why, err);
	if (rc != RC_OK || why == NULL)
		return rc;
	/* within the engine's turn: what it wrote nothing of has no line */
	if ((rc = journal_drop(council->store, order.journal_id, err)) !=
	    RC_OK)
		return rc;
	return fail(err, RC_PARK, "%s: %s", slug, why);
}

enum rc
council_call_stop(struct council *council, struct arena *arena,
    const char *slug, struct err *err)
{
	struct call_row call;
	enum rc rc = call_newest(council->store, arena, slug, &call, err);

	if (rc == RC_NONE)
		return fail(err, RC_PARK, "%s: there is no call", slug);
	if (rc != RC_OK)
		return rc;
	if (call.state != CALL_ANNOUNCED)
		return fail(err, RC_PARK, "%s: the call is %s, its letters "
		    "have left", slug, call_state_word(call.state));
	if ((rc = call_undo(council->store, call.journal_id, err)) != RC_OK)
		return rc;
	return journal_undone(council->store, call.journal_id,
	    council->now_at, 0, err);
}
