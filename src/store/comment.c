/* SPDX-License-Identifier: MIT */
/* What members say about minutes. */
#include "store/comment.h"

#include <string.h>

#include "base/arena.h"
#include "store/db.h"

static const char *const kind_words[] = {
	[COMMENT_MINUTES_APPROVE] = "minutes-approve",
	[COMMENT_MINUTES] = "minutes-comment",
};

enum { MEETING, ADD, LIST, ABOUT, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[MEETING] =
	"SELECT meeting_id FROM meeting WHERE slug = :about",
[ADD] =
	"INSERT INTO comment (kind, meeting_id, email, words, late, at,"
	" journal_id) VALUES (:kind, :meeting, :email, :words, :late, :at,"
	" :journal)",
[LIST] =
	"SELECT comment.kind, email, words, at, journal_id, late FROM comment"
	" JOIN meeting USING (meeting_id) WHERE slug = :about"
	" ORDER BY comment_id LIMIT :limit",
[ABOUT] =
	"SELECT slug FROM comment JOIN meeting USING (meeting_id)"
	" WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM comment WHERE journal_id = :journal",
};
const struct statements comment_statements = { sql, N_STATEMENTS };

enum rc
comment_add(struct store *store, const struct comment *row, struct err *err)
{
	struct query q = query_open(store, OF_COMMENT, MEETING);
	int64_t id;
	enum rc rc;

	query_text(&q, ":about", row->about);
	if ((rc = query_number(&q, &id, 0, err)) != RC_OK)
		return rc;
	if (id == 0)
		return fail(err, RC_PARK, "no such meeting");
	q = query_open(store, OF_COMMENT, ADD);
	query_text(&q, ":kind", kind_words[row->kind]);
	query_int(&q, ":meeting", id);
	query_text(&q, ":email", row->email);
	query_text(&q, ":words", row->words);
	query_int(&q, ":late", row->late);
	query_int(&q, ":at", row->at);
	query_int(&q, ":journal", row->journal_id);
	return query_run(&q, err);
}

enum rc
comment_list(struct store *store, struct arena *arena, const char *about,
    size_t limit, struct comment **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_COMMENT, LIST);
	struct comment *list = arena_array(arena, limit + 1, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":about", about);
	query_int(&q, ":limit", (int64_t)limit);
	while ((rc = query_row(&q, err)) == RC_OK) {
		const char *word = column_text(arena, &q, 0);
		struct comment *row = &list[count++];

		row->kind = strcmp(word, "minutes-comment") == 0 ?
		    COMMENT_MINUTES : COMMENT_MINUTES_APPROVE;
		row->about = about;
		row->email = column_text(arena, &q, 1);
		row->words = column_text(arena, &q, 2);
		row->at = column_int(&q, 3);
		row->journal_id = column_int(&q, 4);
		row->late = column_int(&q, 5) != 0;
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
comment_meeting(struct store *store, struct arena *arena, int64_t journal_id,
    const char **meeting, struct err *err)
{
	struct query q = query_open(store, OF_COMMENT, ABOUT);
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*meeting = column_text(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}

enum rc
comment_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_COMMENT, DROP);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}
