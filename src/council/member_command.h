/* SPDX-License-Identifier: MIT */
/* council/member_command.h: deeds about places by a command.
 *
 * Shapes   one line of the journal each, which the command may take back
 * Errors   RC_PARK: it cannot be, err says why; nothing was written
 * Owner    the arena
 */
#ifndef COUNCIL_MEMBER_COMMAND_H
#define COUNCIL_MEMBER_COMMAND_H

#include <stdint.h>

#include "council/council.h"

enum rc council_member(struct council *council, struct arena *arena,
	const struct action *action, int64_t *line, struct err *err);
/* RC_NONE: that line is no deed about places. */
enum rc council_member_undo(struct council *council, struct arena *arena,
	int64_t line, struct err *err);

#endif
