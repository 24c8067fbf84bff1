/* SPDX-License-Identifier: MIT */
/* council/meeting_command.h: the deeds about meetings, from the command line.
 *
 * Shapes   the same deeds and letters as by mail, without a mail: the line of
 *          the journal is what takes it back
 * Errors   RC_PARK: refused, err says why; nothing was written
 * Owner    the arena
 * Source   DESIGN «What a secretary may do by mail, the IT department may do
 *          here»
 */
#ifndef COUNCIL_MEETING_COMMAND_H
#define COUNCIL_MEETING_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "council/council.h"

struct meeting_done {
	int64_t line;		/* of the journal */
	const char *sends;	/* when letters go, in the body's words */
	size_t members, others;	/* how many get one */
};

enum rc council_meeting(struct council *council, struct arena *arena,
	const struct action *action, struct meeting_done *done,
	struct err *err);
/* RC_NONE: no such line; RC_PARK: it is too late. */
enum rc council_meeting_undo(struct council *council, struct arena *arena,
	int64_t line, struct err *err);

#endif
