/* SPDX-License-Identifier: MIT */
/* council/minutes_deed.h: what the deeds about minutes share.
 *
 * Shapes   a version is one row; what is handed in, changed or released makes
 *          the next, and an answer is about the version that its letter showed
 * Errors   RC_PARK: no meeting that was held; act->answered where the sender
 *          has got an answer that says what to do instead
 * Owner    the arena of the mail
 * Source   THREATS 1
 */
#ifndef COUNCIL_MINUTES_DEED_H
#define COUNCIL_MINUTES_DEED_H

#include <stdbool.h>

#include "base/err.h"
#include "council/deed.h"
#include "council/gathering.h"
#include "store/minutes.h"

/* *row is {0} with version 0 where there are no minutes yet. */
enum rc minutes_deed_open(struct act *act, const struct action *action,
	struct gathering *g, struct minutes_row *row, struct err *err);
/* The secretary of the body; where it has none, that of the house. */
bool minutes_deed_writes(const struct act *act, const struct gathering *g);
/* The newest version that the letter answered showed; 0: none of them. */
enum rc minutes_deed_answers(struct act *act, int64_t *minutes_id,
	struct err *err);
/* The words of an answer begin items of their own: «Punkt 3: …». */
bool minutes_deed_has_points(struct act *act, const struct gathering *g,
	const struct minutes *old, const char *words);
/* Its items as points, by their numbers. */
struct agenda minutes_agenda(struct arena *arena,
	const struct minutes *minutes);

/* minutes_submit.c: handed in, or changed. */
enum rc minutes_take(struct act *act, const struct action *action,
	int64_t journal_id, struct deed_end *end, struct err *err);
enum rc minutes_take_undo(struct act *act, int64_t journal_id,
	struct err *err);
enum rc minutes_take_gone(struct act *act, int64_t journal_id, bool *gone,
	struct err *err);

/* minutes_read.c: from words to minutes; what is not fit gives the flag of
 * the template «minutes-refused». */
struct minutes_reading {
	struct minutes minutes;
	bool *leaks;			/* by item */
	bool only_people;		/* nothing but who came */
	bool file;			/* the minutes are a file */
	const char *refused;		/* NULL: they are fit */
	const char *unknown;		/* names that nobody knows; NULL */
	const char *strangers;		/* promised, and have no address */
	const char *extra, *leaking;	/* numbers in words; NULL */
	bool decides;			/* has a decision */
	uint8_t content[32];
};
enum rc minutes_read(struct act *act, const struct gathering *g,
	const struct minutes_row *row, const struct action *action,
	struct minutes_reading *reading, struct err *err);

#endif
