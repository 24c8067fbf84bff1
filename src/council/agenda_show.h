/* SPDX-License-Identifier: MIT */
/* council/agenda_show.h: an agenda as the fields of a letter.
 *
 * Shapes   the lists «points» and «changes»; what is closed and not the
 *          reader's has a neutral title already when it comes here
 * Errors   none
 * Owner    the fields' arena
 * Source   THREATS 21
 */
#ifndef COUNCIL_AGENDA_SHOW_H
#define COUNCIL_AGENDA_SHOW_H

#include <stdbool.h>

#include "council/gathering.h"
#include "rules/agenda.h"

void agenda_point_fields(const struct gathering *g, const struct agenda *a,
	struct json_fields *fields, bool with_words);
/* What a reader would say changed: came, went, stands elsewhere among those
 * that stayed. `full` is the new agenda as members have it: what is closed by
 * now is not named again. */
void agenda_change_fields(const struct gathering *g,
	const struct agenda *old, const struct agenda *new,
	const struct agenda *full, struct json_fields *fields);

#endif
