/* SPDX-License-Identifier: MIT */
/* store/working_group.h: some who work on a topic between the meetings.
 *
 * Shapes   the chair is a member, too; a name is a tag within its body
 * Units    at in UTC seconds
 * Errors   RC_NONE: no such group; for joining and leaving: nothing changes;
 *          RC_PARK: there is one of that tag
 * Owner    rows live in the arena
 * Source   FIELD: Gladsaxe; rules/topic.h
 */
#ifndef STORE_WORKING_GROUP_H
#define STORE_WORKING_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/topic.h"

struct arena;
struct store;

#define GROUPS_MOST 100

struct group {
	int64_t group_id;
	const char *body, *tag, *title, *chair;
	char letter;		/* 0 */
	enum group_state state;
	int64_t at, journal_id;
	const char *members;	/* addresses, a space between */
	int64_t n_members;
};

/* With its chair as the first member; group_id is set. */
enum rc group_add(struct store *store, struct group *row, struct err *err);
enum rc group_load(struct store *store, struct arena *arena,
	const char *body, const char *tag, struct group *row,
	struct err *err);
/* Of a body, or of all where that is NULL; ended ones last. */
enum rc group_list(struct store *store, struct arena *arena,
	const char *body, struct group **rows, size_t *n, struct err *err);
enum rc group_join(struct store *store, const struct group *row,
	const char *email, int64_t at, int64_t journal_id, struct err *err);
enum rc group_leave(struct store *store, const struct group *row,
	const char *email, int64_t journal_id, struct err *err);
enum rc group_end(struct store *store, const struct group *row,
	int64_t journal_id, struct err *err);
/* The status that a group has given for a meeting: its point, or RC_NONE. */
enum rc group_report_load(struct store *store, int64_t group_id,
	const char *meeting, int64_t *item_id, struct err *err);
enum rc group_report_add(struct store *store, int64_t group_id,
	const char *meeting, int64_t item_id, int64_t journal_id,
	struct err *err);
/* What a line did to groups, their members and their status. */
enum rc group_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
