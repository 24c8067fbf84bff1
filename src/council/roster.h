/* SPDX-License-Identifier: MIT */
/* council/roster.h: the list of members, as a spreadsheet has it.
 *
 * Shapes   a row for each place; the columns by their names, in any order and
 *          in any language that words.txt knows («roster-…»). Whoever is not
 *          in it and has a seat, leaves; secretary, guests and subscribers
 *          stay as they are
 * Errors   RC_PARK: all faults of the file, a line each: «line N: …»; nothing
 *          was changed
 * Owner    the arena
 * Source   FIELD; RFC 4180
 */
#ifndef COUNCIL_ROSTER_H
#define COUNCIL_ROSTER_H

#include "base/err.h"
#include "base/text.h"
#include "council/council.h"
#include "rules/council_file.h"

struct arena;

enum rc roster_read(struct council *council, struct arena *arena,
	const struct world_body *body, struct bytes file,
	struct file_body *to, const char **faults, struct err *err);
/* For a spreadsheet: byte order mark, `;`, quotes around all, CRLF. */
enum rc roster_write(struct council *council, struct arena *arena,
	const struct world_body *body, struct buf *out, struct err *err);

#endif
