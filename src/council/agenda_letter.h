/* SPDX-License-Identifier: MIT */
/* council/agenda_letter.h: an agenda is put together, shown to those who
 * release it, and sent to those it is for.
 *
 * Shapes   a draft goes to the secretary and the chair; what was released
 *          goes to the members whole, to everybody else without what is
 *          closed, which is held against the finished words once more
 * Errors   RC_NONE: there is no agenda; else as store.h
 * Owner    the arena of the gathering
 * Source   FIELD «A year of one council»; THREATS 1, 21
 */
#ifndef COUNCIL_AGENDA_LETTER_H
#define COUNCIL_AGENDA_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "council/gathering.h"
#include "store/agenda.h"

#define AGENDA_STOP_S 600	/* «FORTRYD» takes a release back until then */
#define AGENDA_DAYS "-8"	/* where the body says nothing */

/* Standing points of the body, its theme, and what was proposed. */
enum rc agenda_compile(const struct gathering *g, struct agenda *agenda,
	struct err *err);

/* The draft to those who release it. `day` is that of a reminder, else NULL;
 * `mail_id` the mail that changed it, 0; `before` what it was, NULL. */
struct draft_letter {
	const struct agenda_row *row;
	const struct agenda *before;
	const char *day;
	int64_t mail_id;
	const char *only;	/* address of the one who gets it; NULL all */
	const char *skip;	/* address of one who has his receipt beside */
	const char *undo;	/* of the one who may answer FORTRYD to it */
	bool stale;		/* that one answered an older one */
	bool released;		/* it is released already */
	size_t missing;		/* number of a point that is not there; 0 */
	bool locked;		/* it would open a closed point, without the
				 * word that came with the newest draft */
	size_t recalled;	/* copies that were stopped on their way … */
	size_t too_late;	/* … and those that had left */
};
enum rc agenda_draft_send(const struct gathering *g,
	const struct draft_letter *letter, struct err *err);


/* When it goes: the body's day, and not before the stop window is over. */
enum rc agenda_send_at(const struct gathering *g, int64_t *at,
	struct err *err);
/* How many members and others would get it. */
enum rc agenda_count(const struct gathering *g, size_t *members,
	size_t *others, struct err *err);

/* The released agenda to everybody whom it is for; moves it to mailed. */
enum rc agenda_send(const struct gathering *g, const struct agenda_row *row,
	struct err *err);

/* One more copy, whole, for somebody who steps in. */
enum rc agenda_send_member(const struct gathering *g,
	const struct agenda_row *row, const struct guest *guest,
	struct err *err);

#endif
