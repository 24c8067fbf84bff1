/* SPDX-License-Identifier: MIT */
/* What was sent, as «find» looks through it: out with the old version, in
 * with the new one, rows and index together. */
#include "store/passage.h"

#include "store/db.h"

#define OF_MEETING_OF(table) " WHERE kind = '" table "' AND meeting_id =" \
	" (SELECT meeting_id FROM " table " WHERE " table "_id = :id)"
#define OF_HEARING_ID " WHERE hearing_id = :id"
#define UNINDEX "INSERT INTO passage_index (passage_index, rowid, title," \
	" words, decision) SELECT 'delete', passage_id, title, words," \
	" decision FROM passage"
#define DROP "DELETE FROM passage"
#define INDEX "INSERT INTO passage_index (rowid, title, words, decision)" \
	" SELECT passage_id, title, words, decision FROM passage"
#define COLUMNS "INSERT INTO passage (kind, audience, body_id, meeting_id," \
	" number, at, closed, title, words, decision) SELECT "

enum {
	AGENDA_UNINDEX, AGENDA_DROP, AGENDA_MEMBERS, AGENDA_PUBLIC,
	AGENDA_INDEX,
	MINUTES_UNINDEX, MINUTES_DROP, MINUTES_MEMBERS, MINUTES_PUBLIC,
	MINUTES_INDEX,
	HEARING_UNINDEX, HEARING_DROP, HEARING_ADD, HEARING_INDEX,
	N_STATEMENTS
};
static const char *const sql[N_STATEMENTS] = {
[AGENDA_UNINDEX] = UNINDEX OF_MEETING_OF("agenda"),
[AGENDA_DROP] = DROP OF_MEETING_OF("agenda"),
[AGENDA_MEMBERS] =
	COLUMNS "'agenda', 'members', body_id, meeting_id, number, start_at,"
	" closed, title, words, NULL FROM agenda_point JOIN agenda"
	" USING (agenda_id) JOIN meeting USING (meeting_id)"
	" WHERE agenda_id = :id",
/* as the pages have it: the words of whoever proposed it are for members */
[AGENDA_PUBLIC] =
	COLUMNS "'agenda', 'public', body_id, meeting_id, number, start_at,"
	" 0, title, NULL, NULL FROM agenda_point JOIN agenda"
	" USING (agenda_id) JOIN meeting USING (meeting_id)"
	" WHERE agenda_id = :id AND NOT closed",
[AGENDA_INDEX] = INDEX OF_MEETING_OF("agenda"),
[MINUTES_UNINDEX] = UNINDEX OF_MEETING_OF("minutes"),
[MINUTES_DROP] = DROP OF_MEETING_OF("minutes"),
[MINUTES_MEMBERS] =
	COLUMNS "'minutes', 'members', body_id, meeting_id, number, start_at,"
	" closed, i.title, coalesce(i.words, '') || coalesce((SELECT"
	" group_concat(char(10) || l.who || ': ' || l.words, '')"
	" FROM minutes_line l WHERE l.minutes_id = i.minutes_id"
	" AND l.number = i.number), ''), decision FROM minutes_item i"
	" JOIN minutes USING (minutes_id) JOIN meeting USING (meeting_id)"
	" WHERE minutes_id = :id",
[MINUTES_PUBLIC] =
	COLUMNS "'minutes', 'public', body_id, meeting_id, number, start_at,"
	" 0, title, words, decision FROM minutes_for_public JOIN minutes"
	" USING (minutes_id) JOIN meeting USING (meeting_id)"
	" WHERE minutes_id = :id AND NOT closed",
[MINUTES_INDEX] = INDEX OF_MEETING_OF("minutes"),
[HEARING_UNINDEX] = UNINDEX OF_HEARING_ID,
[HEARING_DROP] = DROP OF_HEARING_ID,
[HEARING_ADD] =
	"INSERT INTO passage (kind, audience, body_id, hearing_id, number, at,"
	" closed, title, words) SELECT 'hearing', 'members', body_id,"
	" hearing_id, 0, coalesce(answered_at, changed_at), 0, title, words"
	" FROM hearing JOIN hearing_draft USING (hearing_id)"
	" WHERE hearing_id = :id ORDER BY version DESC LIMIT 1",
[HEARING_INDEX] = INDEX OF_HEARING_ID,
};
const struct statements passage_statements = { sql, N_STATEMENTS };

static enum rc
steps_run(struct store *store, int first, int last, int64_t id,
    struct err *err)
{
	bool own;
	enum rc rc = db_whole(store, &own, err);

	if (rc != RC_OK)
		return rc;
	for (int i = first; i <= last && rc == RC_OK; i++) {
		struct query q = query_open(store, OF_PASSAGE, i);

		query_int(&q, ":id", id);
		rc = query_run(&q, err);
	}
	return db_whole_end(store, own, rc, err);
}

enum rc
passage_keep_agenda(struct store *store, int64_t agenda_id, struct err *err)
{
	return steps_run(store, AGENDA_UNINDEX, AGENDA_INDEX, agenda_id,
	    err);
}

enum rc
passage_keep_minutes(struct store *store, int64_t minutes_id,
    struct err *err)
{
	return steps_run(store, MINUTES_UNINDEX, MINUTES_INDEX, minutes_id,
	    err);
}

enum rc
passage_keep_hearing(struct store *store, int64_t hearing_id,
    struct err *err)
{
	return steps_run(store, HEARING_UNINDEX, HEARING_INDEX, hearing_id,
	    err);
}
