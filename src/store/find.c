/* SPDX-License-Identifier: MIT */
/* Looks words up in the passages that a reader may see. */
#include "store/find.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

/* What a reader may see: as a member where he is one; elsewhere what is on
 * the pages of a body that has any, unless a newer version, sent or not, has
 * closed it or left it out since (store/public.h, public_points). */
#define IS_INSIDE "instr(:inside, ' ' || body.slug || ' ') > 0"
#define MAY_SEE \
	" audience = iif(" IS_INSIDE ", 'members', 'public')" \
	" AND (" IS_INSIDE " OR (NOT EXISTS (SELECT 1 FROM rule" \
	" WHERE rule.body_id = passage.body_id AND rule.name = 'pages'" \
	" AND lower(rule.value) = 'no') AND CASE passage.kind WHEN 'agenda' THEN" \
	" EXISTS (SELECT 1 FROM agenda_point p WHERE p.agenda_id =" \
	" (SELECT agenda_id FROM agenda a WHERE a.meeting_id =" \
	" passage.meeting_id ORDER BY version DESC LIMIT 1)" \
	" AND p.title = passage.title AND NOT p.closed)" \
	" ELSE EXISTS (SELECT 1 FROM minutes_item i WHERE i.minutes_id =" \
	" (SELECT minutes_id FROM minutes m WHERE m.meeting_id =" \
	" passage.meeting_id ORDER BY version DESC LIMIT 1)" \
	" AND i.title = passage.title AND NOT i.closed) END))"
#define ROW "passage_id, passage.kind, body.slug, meeting.slug, hearing.slug," \
	" passage.number, passage.at, passage.closed, passage.title"
#define JOINS " JOIN body ON body.body_id = passage.body_id" \
	" LEFT JOIN meeting ON meeting.meeting_id = passage.meeting_id" \
	" LEFT JOIN hearing ON hearing.hearing_id = passage.hearing_id"
#define FOUND " FROM passage_index JOIN passage" \
	" ON passage_id = passage_index.rowid" JOINS \
	" WHERE passage_index MATCH :match AND passage.at >= :from" \
	" AND passage.at < :to AND" MAY_SEE
#define AROUND "14"	/* words of the line: about as many as fit on one */
/* Of the words and of the decision; a hit stands between two of the sign
 * U+0001, which no text has (base/text.h). */
#define LINE(column) "snippet(passage_index, " column \
	", char(1), char(1), '…', " AROUND ")"
#define HIT 1

enum { SEARCH, COUNT, LOAD, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[SEARCH] =
	"SELECT " ROW ", " LINE("1") ", " LINE("2") FOUND " ORDER BY passage.at DESC, passage_id LIMIT :limit",
[COUNT] =
	"SELECT count(*)" FOUND,
[LOAD] =
	"SELECT " ROW ", passage.words, passage.decision FROM passage"
	JOINS " WHERE passage_id = :number AND" MAY_SEE,
};
const struct statements find_statements = { sql, N_STATEMENTS };

static struct find_row
row_read(struct arena *arena, const struct query *q)
{
	return (struct find_row){
		.number = column_int(q, 0),
		.kind = column_text(arena, q, 1),
		.body = column_text(arena, q, 2),
		.meeting = column_text(arena, q, 3),
		.hearing = column_text(arena, q, 4),
		.item = column_int(q, 5),
		.at = column_int(q, 6),
		.closed = column_int(q, 7) != 0,
		.title = column_text(arena, q, 8),
	};
}

/* A hit in the title alone has none: the title is shown anyway. */
static const char *
line_read(struct arena *arena, const struct query *q)
{
	for (int column = 9; column <= 10; column++) {
		const char *text = column_text(arena, q, column);
		struct buf out = buf_open(arena);

		if (text == NULL || strchr(text, HIT) == NULL)
			continue;
		for (; *text != '\0'; text++)
			if (*text != HIT)
				buf_add_char(&out, *text);
		return text_squeeze(arena, buf_text(&out));
	}
	return NULL;
}

static void
wish_set(struct query *q, const struct find_wish *wish)
{
	query_text(q, ":match", wish->match);
	query_int(q, ":from", wish->from_at);
	query_int(q, ":to", wish->to_at);
	query_text(q, ":inside", wish->inside);
}

enum rc
find_search(struct store *store, struct arena *arena,
    const struct find_wish *wish, struct find_row **rows, size_t *n,
    size_t *all, struct err *err)
{
	struct query q = query_open(store, OF_FIND, SEARCH);
	struct find_row *list = arena_array(arena, wish->limit + 1,
	    sizeof *list);
	size_t count = 0;
	int64_t number;
	enum rc rc;

	wish_set(&q, wish);
	query_int(&q, ":limit", (int64_t)wish->limit);
	while ((rc = query_row(&q, err)) == RC_OK) {
		list[count] = row_read(arena, &q);
		list[count].line = line_read(arena, &q);
		count++;
	}
	if (rc != RC_NONE)
		return rc;
	q = query_open(store, OF_FIND, COUNT);
	wish_set(&q, wish);
	if ((rc = query_number(&q, &number, 0, err)) != RC_OK)
		return rc;
	*rows = list;
	*n = count;
	*all = (size_t)number;
	return RC_OK;
}

enum rc
find_load(struct store *store, struct arena *arena, int64_t number,
    const char *inside, struct find_row *row, struct err *err)
{
	struct query q = query_open(store, OF_FIND, LOAD);
	enum rc rc;

	query_int(&q, ":number", number);
	query_text(&q, ":inside", inside);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*row = row_read(arena, &q);
	row->words = column_text(arena, &q, 9);
	row->decision = column_text(arena, &q, 10);
	query_end(&q);
	return RC_OK;
}
