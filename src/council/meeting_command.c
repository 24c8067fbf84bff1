/* SPDX-License-Identifier: MIT */
/* A deed about a meeting whose order came by the machine itself. */
#include "council/meeting_command.h"

#include <string.h>

#include "base/arena.h"
#include "council/meeting_deed.h"
#include "rules/purpose.h"
#include "store/journal.h"

static struct act
act_open(struct council *council, struct arena *arena)
{
	return (struct act){ .council = council, .arena = arena,
		.sender = { .by = "command", .verified = true },
		.why = buf_open(arena) };
}

/* What the fault means to the one who typed it. */
static enum rc
explain(const struct err *why, struct err *err)
{
	static const struct { const char *word, *says; } faults[] = {
		{ "no-when", "a day and an hour are needed, as 2027-02-25 "
		    "16:00-18:00" },
		{ "no-such-day", "no calendar has that day" },
		{ "past", "that time is over" },
		{ "end", "it ends before it begins, or lasts more than 12 "
		    "hours" },
		{ "place", "a place and a theme are one line of at most 200 "
		    "letters" },
		{ "same-day", "the body has a meeting that day; with again=yes "
		    "there are two" },
		{ "nothing", "the meeting is like that already" },
	};

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		if (strcmp(faults[i].word, why->text) == 0)
			return fail(err, RC_PARK, "%s", faults[i].says);
	return fail(err, RC_PARK, "%s", why->text);
}

enum rc
council_meeting(struct council *council, struct arena *arena,
    const struct action *action, struct meeting_done *done, struct err *err)
{
	struct act act = act_open(council, arena);
	const struct deed *deed = deed_of(action->kind);
	struct deed_end end = { .action = action };
	const struct world_body *body = action_body(&act, action);
	struct err why = { "" };
	int64_t line;
	enum rc rc;

	if (deed == NULL || action->kind < ACTION_MEETING_PLAN ||
	    action->kind > ACTION_MEETING_GUEST)
		return fail(err, RC_PARK, "no deed about a meeting");
	rc = journal_add(council->store, &(struct journal_row){
	    .at = council->now_at, .deed = action_word(action->kind),
	    .body = body == NULL ? NULL : body->slug, .by_what = "command",
	    .about = action->meeting, .label = action->title }, &line, err);
	if (rc != RC_OK)
		return rc;
	rc = deed->run(&act, action, line, &end, &why);
	if (rc == RC_PARK) {
		rc = journal_drop(council->store, line, err);
		return rc == RC_OK ? explain(&why, err) : rc;
	}
	if (rc != RC_OK)
		return fail(err, rc, "%s", why.text);
	*done = (struct meeting_done){ line, end.sends, end.members,
		end.others };
	return RC_OK;
}

enum rc
council_meeting_undo(struct council *council, struct arena *arena,
    int64_t line, struct err *err)
{
	struct act act = act_open(council, arena);
	struct meeting_change *rows;
	struct journal_row row;
	enum action_kind kind;
	bool gone;
	size_t n;
	enum rc rc = meeting_changes_of(council->store, arena, line, &rows,
	    &n, err);

	if (rc != RC_OK)
		return rc;
	if (n == 0)
		return RC_NONE;
	if ((rc = meeting_deed_gone(&act, line, &gone, err)) != RC_OK)
		return rc;
	if (gone)
		return fail(err, RC_PARK, "its effect has left the house; "
		    "change the meeting once more");
	if ((rc = journal_load(council->store, arena, line, &row, err)) !=
	    RC_OK || !action_read(row.deed, &kind))
		return rc;
	rc = deed_of(kind)->undo(&act, line, err);
	return rc != RC_OK ? rc : journal_undone(council->store, line,
	    council->now_at, 0, err);
}
