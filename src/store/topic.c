/* SPDX-License-Identifier: MIT */
/* Topics, and the ideas under them. */
#include "store/topic.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

#define BODY_ID "(SELECT body_id FROM body WHERE slug = :body)"
#define COLUMNS "SELECT topic_id, letter, title, state, (SELECT count(*)" \
	" FROM topic_item AS i WHERE i.topic_id = topic.topic_id)" \
	" FROM topic WHERE body_id = " BODY_ID " AND ended_at IS NULL"

enum { LIST, ONE, IDEAS, ADD, KEEP_NAME, RENAME, IDEA, LEAVE, TAKE, END,
	GONE, NAMES_BACK, NAMES_DROP, ITEMS_DROP, DROP, REVIVE,
	N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[LIST] =
	COLUMNS " ORDER BY letter",
[ONE] =
	COLUMNS " AND letter = :letter",
[IDEAS] =
	"SELECT item_id, item.title, by_email, at, coalesce((SELECT letter"
	" FROM topic_item JOIN topic USING (topic_id) WHERE"
	" topic_item.item_id = item.item_id AND ended_at IS NULL), '')"
	" FROM item WHERE body_id = " BODY_ID " AND meeting_id IS NULL"
	" AND state IN ('proposed', 'accepted') ORDER BY item_id"
	" LIMIT :limit",
[ADD] =
	"INSERT INTO topic (body_id, letter, title, journal_id) VALUES ("
	BODY_ID ", :letter, :title, :journal)",
[KEEP_NAME] =
	"INSERT INTO topic_name (journal_id, topic_id, title) SELECT"
	" :journal, topic_id, title FROM topic WHERE topic_id = :topic",
[RENAME] =
	"UPDATE topic SET title = :title WHERE topic_id = :topic",
[IDEA] =
	"SELECT 1 FROM item WHERE item_id = :item AND body_id = " BODY_ID
	" AND meeting_id IS NULL AND state IN ('proposed', 'accepted')",
[LEAVE] =
	"DELETE FROM topic_item WHERE item_id = :item",
[TAKE] =
	"INSERT INTO topic_item (topic_id, item_id, journal_id) SELECT"
	" topic_id, :item, :journal FROM topic WHERE body_id = " BODY_ID
	" AND letter = :letter AND ended_at IS NULL",
[END] =
	"UPDATE topic SET state = 'ended', ended_at = :now,"
	" ended_by = :journal WHERE topic_id = :topic",
[GONE] =
	"SELECT count(*) FROM topic WHERE (journal_id = :journal"
	" OR ended_by = :journal OR topic_id IN (SELECT topic_id"
	" FROM topic_name WHERE journal_id = :journal)) AND (state = 'asked'"
	" OR (ended_by = :journal AND EXISTS (SELECT 1 FROM topic AS t"
	" WHERE t.body_id = topic.body_id AND t.letter = topic.letter"
	" AND t.ended_at IS NULL)) OR (journal_id = :journal"
	" AND state = 'ranked'))",
[NAMES_BACK] =
	"UPDATE topic SET title = (SELECT title FROM topic_name AS n"
	" WHERE n.journal_id = :journal AND n.topic_id = topic.topic_id)"
	" WHERE topic_id IN (SELECT topic_id FROM topic_name"
	" WHERE journal_id = :journal)",
[NAMES_DROP] =
	"DELETE FROM topic_name WHERE journal_id = :journal",
[ITEMS_DROP] =
	"DELETE FROM topic_item WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM topic WHERE journal_id = :journal",
[REVIVE] =
	"UPDATE topic SET state = 'open', ended_at = NULL, ended_by = NULL"
	" WHERE ended_by = :journal",
};
const struct statements topic_statements = { sql, N_STATEMENTS };

static void
row_read(struct arena *arena, const struct query *q, struct topic *row)
{
	*row = (struct topic){ .topic_id = column_int(q, 0),
		.letter = column_text(arena, q, 1)[0],
		.title = column_text(arena, q, 2),
		.ideas = column_int(q, 4) };
	(void)topic_state_read(column_text(arena, q, 3), &row->state);
}

enum rc
topic_list(struct store *store, struct arena *arena, const char *body,
    struct topic **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_TOPIC, LIST);
	struct topic *list = arena_array(arena, TOPICS_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	while ((rc = query_row(&q, err)) == RC_OK)
		if (count < TOPICS_MOST)
			row_read(arena, &q, &list[count++]);
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
topic_by_letter(struct store *store, struct arena *arena, const char *body,
    char letter, struct topic *row, struct err *err)
{
	struct query q = query_open(store, OF_TOPIC, ONE);
	char text[2] = { letter, '\0' };
	enum rc rc;

	query_text(&q, ":body", body);
	query_text(&q, ":letter", text);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	row_read(arena, &q, row);
	query_end(&q);
	return RC_OK;
}

enum rc
idea_list(struct store *store, struct arena *arena, const char *body,
    struct idea **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_TOPIC, IDEAS);
	struct idea *list = arena_array(arena, IDEAS_MOST + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	query_int(&q, ":limit", IDEAS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK)
		list[count++] = (struct idea){ .number = column_int(&q, 0),
			.title = column_text(arena, &q, 1),
			.by = column_text(arena, &q, 2),
			.at = column_int(&q, 3),
			.letter = column_text(arena, &q, 4)[0] };
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
topic_add(struct store *store, const char *body, const char *title,
    int64_t journal_id, char *letter, struct err *err)
{
	bool taken[TOPICS_MOST] = { false };
	struct query q = query_open(store, OF_TOPIC, LIST);
	struct arena *arena = arena_open();
	char text[2] = "A";
	size_t i = 0;
	enum rc rc;

	query_text(&q, ":body", body);
	while ((rc = query_row(&q, err)) == RC_OK) {
		char c = column_text(arena, &q, 1)[0];

		if (c >= 'A' && c <= 'Z')
			taken[c - 'A'] = true;
	}
	arena_close(&arena);
	if (rc != RC_NONE)
		return rc;
	while (i < TOPICS_MOST && taken[i])
		i++;
	if (i == TOPICS_MOST)
		return fail(err, RC_PARK, "all letters are taken");
	text[0] = (char)('A' + (int)i);
	q = query_open(store, OF_TOPIC, ADD);
	query_text(&q, ":body", body);
	query_text(&q, ":letter", text);
	query_text(&q, ":title", title);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) == RC_OK)
		*letter = text[0];
	return rc;
}

static enum rc
may(const struct topic *topic, enum topic_act act, struct err *err)
{
	enum topic_state to;

	return topic_may(topic->state, act, &to) ? RC_OK : fail(err, RC_PARK,
	    "topic %lld is %s", (long long)topic->topic_id,
	    topic_state_word(topic->state));
}

enum rc
topic_rename(struct store *store, const struct topic *topic,
    const char *title, int64_t journal_id, struct err *err)
{
	struct query q;
	enum rc rc = may(topic, TOPIC_NAME, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_TOPIC, KEEP_NAME);
	query_int(&q, ":journal", journal_id);
	query_int(&q, ":topic", topic->topic_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_TOPIC, RENAME);
	query_text(&q, ":title", title);
	query_int(&q, ":topic", topic->topic_id);
	return query_run(&q, err);
}

enum rc
topic_take(struct store *store, const char *body, char letter, int64_t item,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_TOPIC, IDEA);
	char text[2] = { letter, '\0' };
	int64_t found;
	enum rc rc;

	query_int(&q, ":item", item);
	query_text(&q, ":body", body);
	if ((rc = query_number(&q, &found, 0, err)) != RC_OK)
		return rc;
	if (found == 0)
		return fail(err, RC_PARK, "no idea %lld", (long long)item);
	q = query_open(store, OF_TOPIC, LEAVE);
	query_int(&q, ":item", item);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, OF_TOPIC, TAKE);
	query_int(&q, ":item", item);
	query_int(&q, ":journal", journal_id);
	query_text(&q, ":body", body);
	query_text(&q, ":letter", text);
	return query_run(&q, err);
}

enum rc
topic_end(struct store *store, const struct topic *topic, int64_t now_at,
    int64_t journal_id, struct err *err)
{
	struct query q;
	enum rc rc = may(topic, TOPIC_END, err);

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_TOPIC, END);
	query_int(&q, ":now", now_at);
	query_int(&q, ":journal", journal_id);
	query_int(&q, ":topic", topic->topic_id);
	return query_run(&q, err);
}

enum rc
topic_gone(struct store *store, int64_t journal_id, bool *gone,
    struct err *err)
{
	struct query q = query_open(store, OF_TOPIC, GONE);
	int64_t n = 0;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_number(&q, &n, 0, err)) == RC_OK)
		*gone = n > 0;
	return rc;
}

enum rc
topic_undo(struct store *store, int64_t journal_id, struct err *err)
{
	static const int all[] = { NAMES_BACK, NAMES_DROP, ITEMS_DROP, DROP,
		REVIVE };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == RC_OK;
	    i++) {
		struct query q = query_open(store, OF_TOPIC, all[i]);

		query_int(&q, ":journal", journal_id);
		rc = query_run(&q, err);
	}
	return rc;
}
