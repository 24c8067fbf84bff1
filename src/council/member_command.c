/* SPDX-License-Identifier: MIT */
/* A deed about places whose order came by the machine itself. */
#include "council/member_command.h"

#include <string.h>

#include "base/arena.h"
#include "council/deed.h"
#include "council/member_deed.h"

static struct act
act_open(struct council *council, struct arena *arena)
{
	return (struct act){ .council = council, .arena = arena,
		.sender = { .by = "command", .verified = true },
		.why = buf_open(arena) };
}

static bool
is_ours(enum action_kind kind)
{
	return kind == ACTION_MEMBER_ADD || kind == ACTION_MEMBER_LEAVE ||
	    kind == ACTION_MEMBER_ROLE || kind == ACTION_MEMBER_REACHED ||
	    kind == ACTION_ADDRESS_CHANGE;
}

enum rc
council_member(struct council *council, struct arena *arena,
    const struct action *action, int64_t *line, struct err *err)
{
	struct act act = act_open(council, arena);
	const struct deed *deed = deed_of(action->kind);
	struct deed_end end = { .action = action };
	struct err why = { "" };
	enum rc rc;

	if (deed == NULL || !is_ours(action->kind))
		return fail(err, RC_PARK, "no deed about members");
	rc = journal_add(council->store, &(struct journal_row){
	    .at = council->now_at, .deed = action_word(action->kind),
	    .body = action->body, .by_what = "command",
	    .label = action->kind == ACTION_MEMBER_ADD ? action->email :
	    action->kind == ACTION_ADDRESS_CHANGE ? action->to :
	    action->person }, line, err);
	if (rc != RC_OK)
		return rc;
	rc = deed->run(&act, action, *line, &end, &why);
	if (rc == RC_OK)
		return RC_OK;
	if (rc != RC_PARK)
		return fail(err, rc, "%s", why.text);
	if ((rc = journal_drop(council->store, *line, err)) != RC_OK)
		return rc;
	return fail(err, RC_PARK, "%s", member_fault(why.text));
}

enum rc
council_member_undo(struct council *council, struct arena *arena,
    int64_t line, struct err *err)
{
	struct act act = act_open(council, arena);
	const struct deed *deed;
	struct journal_row row;
	enum action_kind kind;
	bool gone = false;
	enum rc rc = journal_load(council->store, arena, line, &row, err);

	if (rc != RC_OK)
		return rc;
	if (row.undone || !action_read(row.deed, &kind) || !is_ours(kind))
		return RC_NONE;
	deed = deed_of(kind);
	if (deed->gone != NULL && (rc = deed->gone(&act, line, &gone, err)) !=
	    RC_OK)
		return rc;
	if (gone)
		return fail(err, RC_PARK, "its letters have left the house; "
		    "change it once more");
	rc = deed->undo(&act, line, err);
	return rc != RC_OK ? rc : journal_undone(council->store, line,
	    council->now_at, 0, err);
}
