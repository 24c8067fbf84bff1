/* SPDX-License-Identifier: MIT */
/* council/agenda_deed.h: what release and change of an agenda share.
 *
 * Errors   RC_PARK: no meeting ahead, no draft, or not the one that counts;
 *          act->answered where the sender has got that one instead
 * Owner    the arena of the mail
 * Source   THREATS 1
 */
#ifndef COUNCIL_AGENDA_DEED_H
#define COUNCIL_AGENDA_DEED_H

#include "base/err.h"
#include "council/deed.h"
#include "council/gathering.h"
#include "store/agenda.h"

enum rc agenda_deed_open(struct act *act, const struct action *action,
	struct gathering *g, struct agenda_row *row, struct err *err);

/* Whether the mail answers the draft that counts. */
enum rc agenda_deed_is_current(struct act *act, const struct gathering *g,
	const struct agenda_row *row, struct err *err);

#endif
