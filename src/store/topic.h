/* SPDX-License-Identifier: MIT */
/* store/topic.h: topics with their letters, and the rounds in which members
 * put them in order.
 *
 * Shapes   a topic gathers ideas (store/item.h). A body has one open round at
 *          most; its topics are as they were called when it was opened
 * Units    *_at in UTC seconds
 * Errors   RC_PARK: a step that is not in its life (rules/topic.h), no such
 *          idea, no letter is free; RC_NONE: no such row
 * Owner    rows live in the arena
 * Source   FIELD: Gladsaxe, topics A-E
 */
#ifndef STORE_TOPIC_H
#define STORE_TOPIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/count.h"
#include "rules/topic.h"

struct arena;
struct store;

#define TOPICS_MOST 26
#define IDEAS_MOST 500

struct topic {
	int64_t topic_id;
	char letter;
	const char *title;
	enum topic_state state;
	int64_t ideas;		/* under it */
};
struct idea {
	int64_t number;		/* of the item */
	const char *title, *by;
	int64_t at;
	char letter;		/* of the topic that it is under; 0 */
};

/* By letter; without the ended ones. */
enum rc topic_list(struct store *store, struct arena *arena,
	const char *body, struct topic **rows, size_t *n, struct err *err);
enum rc topic_by_letter(struct store *store, struct arena *arena,
	const char *body, char letter, struct topic *row, struct err *err);
/* Ideas of a body that are not rejected, oldest first. */
enum rc idea_list(struct store *store, struct arena *arena, const char *body,
	struct idea **rows, size_t *n, struct err *err);
/* The next free letter; *letter is set. */
enum rc topic_add(struct store *store, const char *body, const char *title,
	int64_t journal_id, char *letter, struct err *err);
enum rc topic_rename(struct store *store, const struct topic *topic,
	const char *title, int64_t journal_id, struct err *err);
/* One idea under a topic; it leaves another that it was under. */
enum rc topic_take(struct store *store, const char *body, char letter,
	int64_t item, int64_t journal_id, struct err *err);
enum rc topic_end(struct store *store, const struct topic *topic,
	int64_t now_at, int64_t journal_id, struct err *err);
/* Whether what the line named stands in a round already. */
enum rc topic_gone(struct store *store, int64_t journal_id, bool *gone,
	struct err *err);
enum rc topic_undo(struct store *store, int64_t journal_id,
	struct err *err);

struct round {
	int64_t round_id;
	const char *body, *by;
	enum round_state state;
	int64_t opened_at, ask_at, asked_at, deadline_at, reminded_at;
	int64_t ended_at, members, ballots, journal_id;
};
struct round_topic {
	char letter;
	const char *title;
	size_t place;		/* 0: not counted */
	bool shared;
};

/* round_id and state are set by it; the topics become asked. */
enum rc round_add(struct store *store, struct arena *arena,
	struct round *row, struct err *err);
/* The newest of a body; RC_NONE. */
enum rc round_newest(struct store *store, struct arena *arena,
	const char *body, struct round *row, struct err *err);
enum rc round_topics(struct store *store, struct arena *arena,
	int64_t round_id, struct round_topic **rows, size_t *n,
	struct err *err);
enum rc round_move(struct store *store, struct round *row,
	int64_t deadline_at, int64_t journal_id, struct err *err);
enum rc round_asked(struct store *store, struct round *row, int64_t now_at,
	struct err *err);
enum rc round_reminded(struct store *store, struct round *row,
	int64_t now_at, struct err *err);
/* Its end: count NULL where it came to nothing. */
enum rc round_end(struct store *store, struct arena *arena,
	struct round *row, enum round_act act, const struct count *count,
	int64_t members, int64_t ballots, int64_t now_at, struct err *err);
/* RC_NONE: the line opened or moved none. *opened: it opened it. */
enum rc round_of_line(struct store *store, struct arena *arena,
	int64_t journal_id, struct round *row, bool *opened,
	struct err *err);
enum rc round_undo(struct store *store, int64_t journal_id,
	struct err *err);

#endif
