/* SPDX-License-Identifier: MIT */
/* What became of a meeting, and how it was before. */
#include "store/meeting_change.h"

#include <string.h>

#include "base/arena.h"
#include "rules/meeting.h"
#include "store/db.h"

#define CHANGES_MOST 400	/* that wait, or of one meeting */

enum { IMAGE, PUT, ADD, NEW, WAITING, OF_LINE, LATER, SENT, PUBLISHED, END,
	MOVED_BY, WAS_PUT, DROP, DROP_MEETING, USES, N_STATEMENTS };
#define MEETING_ID "(SELECT meeting_id FROM meeting WHERE slug = :meeting)"
#define CHANGE "SELECT change_id, c.journal_id, send_at, sent_at, slug," \
	" what, c.state, c.start_at, c.end_at, c.points_until_at, c.round," \
	" c.place, c.theme FROM meeting_change c JOIN meeting" \
	" USING (meeting_id)"
static const char *const sql[N_STATEMENTS] = {
[IMAGE] =
	"SELECT state, start_at, end_at, points_until_at, round, place,"
	" theme FROM meeting WHERE slug = :meeting",
[PUT] =
	"UPDATE meeting SET state = :state, start_at = :start, end_at = :end,"
	" points_until_at = :points, round = :round, place = :place,"
	" theme = :theme, changed_at = :now WHERE slug = :meeting",
[ADD] =
	"INSERT INTO meeting (slug, body_id, kind, state, start_at, end_at,"
	" points_until_at, place, theme, with_body, uid, host_id, changed_at)"
	" VALUES (:meeting, (SELECT body_id FROM body WHERE slug = :body),"
	" :kind, :state, :start, :end, :points, :place, :theme, :with, :uid,"
	" (SELECT h.meeting_id FROM meeting h WHERE h.slug = :host), :now)",
[NEW] =
	"INSERT INTO meeting_change (meeting_id, what, state, start_at,"
	" end_at, points_until_at, round, place, theme, send_at, journal_id)"
	" SELECT meeting_id, :what, state, start_at, end_at,"
	" points_until_at, round, place, theme, :send, :journal FROM meeting"
	" WHERE slug = :meeting",
[WAITING] =
	CHANGE " WHERE sent_at IS NULL ORDER BY meeting_id, change_id"
	" LIMIT :limit",
[OF_LINE] =
	CHANGE " WHERE c.journal_id = :journal ORDER BY change_id"
	" LIMIT :limit",
[LATER] =
	CHANGE " WHERE slug = :meeting AND change_id > :change"
	" ORDER BY change_id LIMIT :limit",
[SENT] =
	"UPDATE meeting_change SET sent_at = :now WHERE sent_at IS NULL"
	" AND meeting_id = " MEETING_ID,
[PUBLISHED] =
	"UPDATE meeting SET sequence = sequence + 1 WHERE slug = :meeting",
[END] =
	"UPDATE attendance SET replaced_by = :journal"
	" WHERE meeting_id = " MEETING_ID " AND replaced_by IS NULL",
[MOVED_BY] =
	"SELECT coalesce(max(journal_id), 0) FROM meeting_change"
	" WHERE what = 'move' AND meeting_id = " MEETING_ID,
[WAS_PUT] =
	"UPDATE meeting_change SET state = :state, start_at = :start,"
	" end_at = :end, points_until_at = :points, round = :round,"
	" place = :place, theme = :theme WHERE change_id = :change",
[DROP] =
	"DELETE FROM meeting_change WHERE change_id = :change",
[DROP_MEETING] =
	"DELETE FROM meeting WHERE slug = :meeting",
/* What names a meeting, so that it cannot be forgotten any more. */
[USES] =
	"SELECT (state <> 'planned')"
	" + (SELECT count(*) FROM meeting_change c WHERE c.meeting_id ="
	" m.meeting_id AND c.change_id > :change)"
	" + (SELECT count(*) FROM attendance a WHERE a.meeting_id ="
	" m.meeting_id) + (SELECT count(*) FROM item i WHERE i.meeting_id ="
	" m.meeting_id) + (SELECT count(*) FROM agenda g WHERE g.meeting_id ="
	" m.meeting_id) + (SELECT count(*) FROM meeting_guest g"
	" WHERE g.meeting_id = m.meeting_id)"
	" FROM meeting m WHERE slug = :meeting",
};
const struct statements meeting_change_statements = { sql, N_STATEMENTS };

static const char *const what_words[] = {
	[MEETING_DID_PLAN] = "plan", [MEETING_DID_MOVE] = "move",
	[MEETING_DID_CANCEL] = "cancel", [MEETING_DID_CHANGE] = "change",
	[MEETING_DID_GUEST] = "guest",
};

static struct meeting_image
image_read(struct arena *arena, const struct query *q, int at)
{
	struct meeting_image image = {
		.start_at = column_int(q, at + 1),
		.end_at = column_int(q, at + 2),
		.points_until_at = column_int(q, at + 3),
		.round = column_int(q, at + 4),
		.place = column_text(arena, q, at + 5),
		.theme = column_text(arena, q, at + 6),
	};

	(void)world_meeting_state_read(column_text(arena, q, at),
	    &image.state);
	return image;
}

static void
image_set(struct query *q, const struct meeting_image *image)
{
	query_text(q, ":state", world_meeting_state_word(image->state));
	query_int(q, ":start", image->start_at);
	query_int(q, ":end", image->end_at);
	query_int(q, ":points", image->points_until_at);
	query_text(q, ":place", image->place);
	query_text(q, ":theme", image->theme);
}

enum rc
meeting_image_load(struct store *store, struct arena *arena,
    const char *meeting, struct meeting_image *image, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, IMAGE);
	enum rc rc;

	query_text(&q, ":meeting", meeting);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*image = image_read(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}

static enum rc
image_put(struct store *store, const char *meeting,
    const struct meeting_image *image, int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, PUT);

	image_set(&q, image);
	query_int(&q, ":round", image->round);
	query_int(&q, ":now", now_at);
	query_text(&q, ":meeting", meeting);
	return query_run(&q, err);
}

enum rc
meeting_add(struct store *store, const struct meeting_new *m, int64_t now_at,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, ADD);

	query_text(&q, ":meeting", m->id);
	query_text(&q, ":body", m->body);
	query_text(&q, ":kind", world_meeting_kind_word(m->kind));
	image_set(&q, &m->image);
	query_text(&q, ":with", m->with);
	query_text(&q, ":uid", m->uid);
	query_text(&q, ":host", m->host);
	query_int(&q, ":now", now_at);
	return query_run(&q, err);
}

enum rc
meeting_change_add(struct store *store, struct arena *arena,
    const char *meeting, enum meeting_what what,
    const struct meeting_image *image, int64_t send_at, int64_t journal_id,
    int64_t now_at, struct err *err)
{
	struct meeting_image was;
	struct query q;
	enum rc rc = meeting_image_load(store, arena, meeting, &was, err);

	if (rc != RC_OK)
		return rc;
	if (was.state != image->state &&
	    !meeting_may_move(was.state, image->state))
		return fail(err, RC_STOP, "meeting %s: %s -> %s is no step",
		    meeting, world_meeting_state_word(was.state),
		    world_meeting_state_word(image->state));
	q = query_open(store, OF_MEETING_CHANGE, NEW);
	query_text(&q, ":what", what_words[what]);
	query_int(&q, ":send", send_at);
	query_int(&q, ":journal", journal_id);
	query_text(&q, ":meeting", meeting);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return image_put(store, meeting, image, now_at, err);
}

static enum rc
changes_read(struct arena *arena, struct query *q,
    struct meeting_change **rows, size_t *n, struct err *err)
{
	struct meeting_change *list = arena_array(arena, CHANGES_MOST + 1,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(q, ":limit", CHANGES_MOST);
	while ((rc = query_row(q, err)) == RC_OK) {
		struct meeting_change *c = &list[count++];
		const char *what = column_text(arena, q, 5);

		c->change_id = column_int(q, 0);
		c->journal_id = column_int(q, 1);
		c->send_at = column_int(q, 2);
		c->sent_at = column_int(q, 3);
		c->meeting = column_text(arena, q, 4);
		for (size_t i = 0; i < sizeof what_words / sizeof *what_words;
		    i++)
			if (strcmp(what_words[i], what) == 0)
				c->what = (enum meeting_what)i;
		c->was = image_read(arena, q, 6);
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
meeting_changes_waiting(struct store *store, struct arena *arena,
    struct meeting_change **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, WAITING);

	return changes_read(arena, &q, rows, n, err);
}

enum rc
meeting_changes_of(struct store *store, struct arena *arena,
    int64_t journal_id, struct meeting_change **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, OF_LINE);

	query_int(&q, ":journal", journal_id);
	return changes_read(arena, &q, rows, n, err);
}

enum rc
meeting_changes_sent(struct store *store, const char *meeting,
    bool published, int64_t now_at, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, SENT);
	enum rc rc;

	query_int(&q, ":now", now_at);
	query_text(&q, ":meeting", meeting);
	if ((rc = query_run(&q, err)) != RC_OK || !published)
		return rc;
	q = query_open(store, OF_MEETING_CHANGE, PUBLISHED);
	query_text(&q, ":meeting", meeting);
	return query_run(&q, err);
}

enum rc
meeting_answers_end(struct store *store, const char *meeting,
    int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, END);

	query_int(&q, ":journal", journal_id);
	query_text(&q, ":meeting", meeting);
	return query_run(&q, err);
}

enum rc
meeting_moved_by(struct store *store, const char *meeting,
    int64_t *journal_id, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, MOVED_BY);

	query_text(&q, ":meeting", meeting);
	return query_number(&q, journal_id, 0, err);
}

/* --- taking back ------------------------------------------------------------ */

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What `from` -> `to` changed is in `image` as it was before, unless somebody
 * changed it again since. */
static bool
image_revert(const struct meeting_image *from, const struct meeting_image *to,
    struct meeting_image *image)
{
	bool hit = false;

#define BACK(field) do { \
	if (from->field != to->field && image->field == to->field) { \
		image->field = from->field; \
		hit = true; \
	} } while (0)
	BACK(state);
	BACK(start_at);
	BACK(end_at);
	BACK(points_until_at);
	BACK(round);
#undef BACK
	if (!same_text(from->place, to->place) &&
	    same_text(image->place, to->place)) {
		image->place = from->place;
		hit = true;
	}
	if (!same_text(from->theme, to->theme) &&
	    same_text(image->theme, to->theme)) {
		image->theme = from->theme;
		hit = true;
	}
	return hit;
}

static enum rc
change_drop(struct store *store, int64_t change_id, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, DROP);

	query_int(&q, ":change", change_id);
	return query_run(&q, err);
}

static enum rc
was_put(struct store *store, const struct meeting_change *c, struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, WAS_PUT);

	image_set(&q, &c->was);
	query_int(&q, ":round", c->was.round);
	query_int(&q, ":change", c->change_id);
	return query_run(&q, err);
}

static enum rc
later_load(struct store *store, struct arena *arena,
    const struct meeting_change *c, struct meeting_change **rows, size_t *n,
    struct err *err)
{
	struct query q = query_open(store, OF_MEETING_CHANGE, LATER);

	query_text(&q, ":meeting", c->meeting);
	query_int(&q, ":change", c->change_id);
	return changes_read(arena, &q, rows, n, err);
}

static enum rc
change_revert(struct store *store, struct arena *arena,
    const struct meeting_change *c, int64_t now_at, struct err *err)
{
	struct meeting_change *later;
	struct meeting_image now, to;
	size_t n;
	enum rc rc = meeting_image_load(store, arena, c->meeting, &now, err);

	if (rc != RC_OK || (rc = later_load(store, arena, c, &later, &n,
	    err)) != RC_OK)
		return rc;
	to = n > 0 ? later[0].was : now;
	for (size_t i = 0; i < n && rc == RC_OK; i++)
		if (image_revert(&c->was, &to, &later[i].was))
			rc = was_put(store, &later[i], err);
	if (rc == RC_OK && image_revert(&c->was, &to, &now))
		rc = image_put(store, c->meeting, &now, now_at, err);
	return rc != RC_OK ? rc : change_drop(store, c->change_id, err);
}

static enum rc
plan_drop(struct store *store, const struct meeting_change *c,
    struct err *err)
{
	enum rc rc = change_drop(store, c->change_id, err);
	struct query q;

	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_MEETING_CHANGE, DROP_MEETING);
	query_text(&q, ":meeting", c->meeting);
	return query_run(&q, err);
}

enum rc
meeting_change_undo(struct store *store, struct arena *arena,
    int64_t journal_id, int64_t now_at, struct err *err)
{
	struct meeting_change *rows;
	size_t n;
	enum rc rc = meeting_changes_of(store, arena, journal_id, &rows, &n,
	    err);

	/* last first: a body's part goes before the one that it is part of */
	for (size_t i = n; i-- > 0 && rc == RC_OK;)
		rc = rows[i].what == MEETING_DID_PLAN ? plan_drop(store,
		    &rows[i], err) : change_revert(store, arena, &rows[i],
		    now_at, err);
	return rc;
}

enum rc
meeting_change_gone(struct store *store, struct arena *arena,
    int64_t journal_id, bool *gone, struct err *err)
{
	struct meeting_change *rows;
	size_t n;
	enum rc rc = meeting_changes_of(store, arena, journal_id, &rows, &n,
	    err);

	*gone = false;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct query q;
		int64_t uses = 0;

		if (rows[i].what != MEETING_DID_PLAN) {
			*gone = *gone || rows[i].sent_at != 0;
			continue;
		}
		q = query_open(store, OF_MEETING_CHANGE, USES);
		query_text(&q, ":meeting", rows[i].meeting);
		query_int(&q, ":change", rows[i].change_id);
		rc = query_number(&q, &uses, 0, err);
		*gone = *gone || uses > 0;
	}
	return rc;
}
