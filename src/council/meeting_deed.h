/* SPDX-License-Identifier: MIT */
/* council/meeting_deed.h: what the deeds about meetings share.
 *
 * Shapes   a change is written at once, under its line of the journal, with
 *          each body's part of a joint meeting; who must know is told when
 *          the stop window is over (calendar/meeting_change.c)
 * Errors   RC_PARK: no such meeting, no right, or a fault of the facts
 * Owner    the arena of the mail
 * Source   FIELD «A year of one council»; rules/meeting_facts.h
 */
#ifndef COUNCIL_MEETING_DEED_H
#define COUNCIL_MEETING_DEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/deed.h"
#include "council/gathering.h"
#include "rules/meeting_facts.h"
#include "store/meeting_change.h"

#define MEETING_STOP_MINUTES 10	/* the body's rule is «stop-minutes» */
#define MEETING_POINTS_DAYS "-14"

struct meeting_deed {
	const struct world_body *body;
	const struct world_meeting *meeting;	/* of the host; NULL: a plan */
	struct meeting_facts facts;
	struct gathering g;			/* as it is; not of a plan */
	int64_t send_at;
};

/* Who may, and of which meeting that lies ahead; the facts are read. */
enum rc meeting_deed_open(struct act *act, const struct action *action,
	bool plans, struct meeting_deed *deed, struct err *err);
/* RC_PARK with the fault's word where the facts cannot be. */
enum rc meeting_deed_check(struct act *act, const struct meeting_deed *deed,
	struct err *err);

struct meeting_image meeting_image_of(const struct world_meeting *meeting);
/* The end of the day by which points must come. */
enum rc meeting_points_until(struct act *act, const struct world_body *body,
	struct date day, int64_t *at, struct err *err);
/* The meeting and each body's part of it become `image`; *end says when and
 * how many are told. */
enum rc meeting_deed_write(struct act *act, const struct meeting_deed *deed,
	enum meeting_what what, const struct meeting_image *image,
	int64_t journal_id, struct deed_end *end, struct err *err);

/* The undo and gone of all of them. */
enum rc meeting_deed_undo(struct act *act, int64_t journal_id,
	struct err *err);
enum rc meeting_deed_gone(struct act *act, int64_t journal_id, bool *gone,
	struct err *err);

#endif
