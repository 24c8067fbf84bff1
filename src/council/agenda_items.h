/* SPDX-License-Identifier: MIT */
/* council/agenda_items.h: what an agenda does to the points that it came of.
 *
 * Shapes   changes of a draft close and put off points under their line of
 *          the journal; an agenda that is sent places those that stand on it
 * Errors   as store.h
 * Owner    the arena of the gathering
 * Source   rules/item.h
 */
#ifndef COUNCIL_AGENDA_ITEMS_H
#define COUNCIL_AGENDA_ITEMS_H

#include "base/err.h"
#include "council/gathering.h"
#include "rules/agenda.h"
#include "store/agenda.h"

/* Points that were put off come back to the next meeting; one that nobody
 * proposed by mail becomes a point of `by`. Points closed or opened by the
 * change keep it when they come back. */
enum rc agenda_items_change(const struct gathering *g,
	const struct agenda *before, const struct agenda_changes *changes,
	const char *by, int64_t journal_id, struct err *err);

/* It goes out: its points are on the agenda, those that stood in an earlier
 * version and were taken out are rejected. */
enum rc agenda_items_settle(const struct gathering *g,
	const struct agenda_row *row, const struct agenda *agenda,
	struct err *err);

/* Copies of the open part that are still on their way are stopped; *sent have
 * left. */
enum rc agenda_recall(const struct gathering *g, size_t *recalled,
	size_t *sent, struct err *err);

#endif
