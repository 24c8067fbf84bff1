/* SPDX-License-Identifier: MIT */
/* store/follow_up.h: what somebody promised, until it is done; the money that
 * was granted, and the themes that were planned.
 *
 * Shapes   a promise once for each meeting, item, name and task; its steps by
 *          lines of the journal, so that each can be taken back
 * Units    days are civil; amounts in øre
 * Errors   RC_NONE: there already, or no such row; RC_STOP: a step that is
 *          not in its life
 * Owner    rows live in the arena
 * Source   rules/follow_up.h, rules/budget.h
 */
#ifndef STORE_FOLLOW_UP_H
#define STORE_FOLLOW_UP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "rules/budget.h"
#include "rules/follow_up.h"

struct arena;
struct store;

#define FOLLOW_UPS_MOST 200	/* of one body that are open */

struct follow_up {
	int64_t follow_up_id, minutes_id, reminded_at;
	const char *body, *meeting;	/* slug, id */
	int64_t number;			/* of the item */
	const char *name, *email;	/* email NULL: nobody we know */
	const char *task;
	struct date due_day;		/* year 0 */
	bool awaits;			/* waits for others: «KB» */
	bool closed;			/* of a closed item */
	enum follow_up_state state;
};

enum rc follow_up_add(struct store *store, const struct follow_up *row,
	int64_t now_at, int64_t *id, struct err *err);
enum rc follow_up_load(struct store *store, struct arena *arena, int64_t id,
	struct follow_up *row, struct err *err);
/* Of a body, those that are open, by day. */
enum rc follow_up_list(struct store *store, struct arena *arena,
	const char *body, struct follow_up **rows, size_t *n,
	struct err *err);
/* Of a meeting, all. */
enum rc follow_up_of_meeting(struct store *store, struct arena *arena,
	const char *meeting, struct follow_up **rows, size_t *n,
	struct err *err);
enum rc follow_up_reminded(struct store *store, int64_t id, int64_t now_at,
	struct err *err);
/* day: of FOLLOW_UP_MOVE. A moved one is reminded again. */
enum rc follow_up_step(struct store *store, const struct follow_up *row,
	enum follow_up_act act, struct date day, int64_t journal_id,
	struct err *err);
enum rc follow_up_undo(struct store *store, int64_t journal_id,
	struct err *err);

/* Money of an item of minutes. */
enum rc budget_line_add(struct store *store, int64_t minutes_id,
	int64_t number, size_t line, const struct budget_line *row,
	bool closed, struct err *err);
/* Of a body's minutes that were sent, the last version of each meeting; what
 * stands under closed items only with `closed`. */
enum rc budget_list(struct store *store, struct arena *arena,
	const char *body, bool closed, struct budget_line **rows, size_t *n,
	struct err *err);

struct theme_row {
	struct date day;		/* year 0: the next meeting */
	const char *title, *speakers;	/* speakers NULL: none are named */
};
enum rc theme_add(struct store *store, int64_t minutes_id, size_t number,
	const struct theme_row *row, struct err *err);
/* Of the last minutes of a body before `before_at` that plan any. */
enum rc theme_list(struct store *store, struct arena *arena,
	const char *body, int64_t before_at, struct theme_row **rows,
	size_t *n, struct err *err);

#endif
