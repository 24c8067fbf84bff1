/* SPDX-License-Identifier: MIT */
/* cli/council_file.h: a council file, as `raadspost import` takes it.
 *
 * Shapes   `body "slug" { seat … person … meeting … hearing … topic … }`, as
 *          seeds/README.md shows
 * Units    days and times on the body's wall (TZ)
 * Errors   RC_STOP `file:line: …; the cure`; RC_NONE no such file
 * Owner    the arena's
 * Source   rules/council_file.h
 */
#ifndef CLI_COUNCIL_FILE_H
#define CLI_COUNCIL_FILE_H

#include "base/err.h"
#include "rules/council_file.h"

struct arena;

/* `name` stands in the errors. */
enum rc council_file_read(struct arena *arena, const char *name,
	const char *text, struct council_file *file, struct err *err);

#endif
