/* SPDX-License-Identifier: MIT */
/* Points on, off and behind an agenda. */
#include "council/agenda_items.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/item.h"
#include "store/letter.h"

#define ITEMS_MOST 200
#define COPIES_MOST 10000

static enum rc
put_off(const struct gathering *g, const struct agenda_point *p,
    const char *by, int64_t journal_id, struct err *err)
{
	struct store *store = g->council->store;
	int64_t number = p->item_id, now_at = g->council->now_at;
	enum rc rc;

	if (number == 0 && (rc = item_add(store, &(struct item){
	    .body = g->body->slug, .meeting = g->meeting->id,
	    .title = p->title, .words = p->words != NULL ? p->words :
	    p->title, .by = by, .state = ITEM_ACCEPTED,
	    .closed = p->closed ? p->reason != NULL ? p->reason : "" : NULL,
	    .at = now_at, .journal_id = journal_id }, &number, err)) !=
	    RC_OK)
		return rc;
	rc = item_move(store, number, ITEM_POSTPONE, NULL, now_at, journal_id,
	    err);
	/* gone since, or at its end: there is nothing to put off */
	return rc == RC_NONE || rc == RC_PARK ? RC_OK : rc;
}

static enum rc
closed_keep(const struct gathering *g, const struct agenda_point *was,
    const struct agenda_point *is, int64_t journal_id, struct err *err)
{
	const char *reason = is->reason != NULL ? is->reason : "";
	enum rc rc;

	if (is->item_id == 0 || (was->closed == is->closed &&
	    (!is->closed || strcmp(reason, was->reason != NULL ?
	    was->reason : "") == 0)))
		return RC_OK;
	rc = item_close(g->council->store, is->item_id, is->closed ? reason :
	    NULL, g->council->now_at, journal_id, err);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc
agenda_items_change(const struct gathering *g, const struct agenda *before,
    const struct agenda_changes *changes, const char *by, int64_t journal_id,
    struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < changes->postponed.n && rc == RC_OK; i++)
		rc = put_off(g, &changes->postponed.points[i], by, journal_id,
		    err);
	for (size_t i = 0; i < changes->after.n && rc == RC_OK; i++) {
		const struct agenda_point *is = &changes->after.points[i];

		if (is->was > 0 && is->was <= before->n)
			rc = closed_keep(g, &before->points[is->was - 1], is,
			    journal_id, err);
	}
	return rc;
}

static bool
stands(const struct agenda *agenda, int64_t item_id)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (agenda->points[i].item_id == item_id)
			return true;
	return false;
}

enum rc
agenda_items_settle(const struct gathering *g, const struct agenda_row *row,
    const struct agenda *agenda, struct err *err)
{
	struct store *store = g->council->store;
	int64_t *seen, now_at = g->council->now_at;
	size_t n;
	enum rc rc = agenda_items_seen(store, g->arena, g->meeting->id,
	    ITEMS_MOST, &seen, &n, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct item item;
		bool on = stands(agenda, seen[i]);

		rc = item_load(store, g->arena, seen[i], &item, err);
		if (rc == RC_NONE || (rc == RC_OK && !on &&
		    item.state == ITEM_POSTPONED)) {
			rc = RC_OK;
			continue;
		}
		if (rc == RC_OK)
			rc = item_move(store, seen[i], on ? ITEM_PLACE :
			    ITEM_REJECT, on ? g->meeting->id : NULL, now_at,
			    row->released_by, err);
		if (rc == RC_PARK)	/* it is at its end already */
			rc = RC_OK;
	}
	return rc;
}

/* --- closed after it was sent ----------------------------------------------- */

static bool
is_inside(const struct gathering *g, const char *email)
{
	struct guest *list;
	size_t n;

	for (size_t i = 0; i < g->roll.n; i++)
		if (text_equal_nocase(g->roll.lines[i].email, email))
			return true;
	list = gathering_leads(g, &n);
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(list[i].email, email))
			return true;
	list = gathering_stand_ins(g, &n);
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(list[i].email, email))
			return true;
	return false;
}

enum rc
agenda_recall(const struct gathering *g, size_t *recalled, size_t *sent,
    struct err *err)
{
	struct store *store = g->council->store;
	struct letter_row *rows;
	size_t n;
	enum rc rc = letter_of_ref(store, g->arena, g->meeting->id,
	    LETTER_AGENDA, COPIES_MOST, &rows, &n, err);

	*recalled = *sent = 0;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (is_inside(g, rows[i].to))
			continue;
		if (rows[i].state == LETTER_QUEUED ||
		    rows[i].state == LETTER_DEFERRED) {
			rc = letter_move(store, rows[i].letter_id,
			    LETTER_WITHDRAWN, g->council->now_at, 0, NULL,
			    err);
			(*recalled)++;
		} else if (rows[i].state != LETTER_WITHDRAWN &&
		    rows[i].state != LETTER_FAILED) {
			(*sent)++;
		}
	}
	return rc;
}
