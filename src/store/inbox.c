/* SPDX-License-Identifier: MIT */
/* The mails that came: stored once, tried, understood, filed. */
#include "store/inbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/wire.h"
#include "rules/cpr.h"
#include "store/db.h"
#include "store/mail_part.h"

#define PIECE_BYTES (64 * 1024)	/* of a large mail in memory at a time */
#define SPARSE 16		/* see inbox_sort */
#define TWINS_MOST 20	/* of one id: more is a flood, not a mailbox twice */

enum {
	ADD, KNOWN, ADD_RAW, ADD_HOLE, FIND, LOAD, RANGE, WAITING, LIST, RAW,
	ATTEMPT, PARSED, SAME, TWINS, DONE, UNNAME, FILED,
	ON_THE_WAY, N_STATEMENTS
};
#define ROW "SELECT mail_id, uidvalidity, uid, came_at, size_bytes, attempts," \
	" state, outcome, folder, reason, from_email, subject, message_id," \
	" why, same_as, auth FROM mail "
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO mail (uidvalidity, uid, came_at, size_bytes, head_only,"
	" attempts) VALUES (:validity, :uid, :at, :size, :head, :attempts)"
	" ON CONFLICT (uidvalidity, uid) DO NOTHING",
[KNOWN] =
	"SELECT mail_id FROM mail WHERE uidvalidity = :validity AND uid = :uid",
[ADD_RAW] =
	"INSERT INTO mail_raw (mail_id, raw) VALUES (:mail, :raw)",
[ADD_HOLE] =
	"INSERT INTO mail_raw (mail_id, raw) VALUES (:mail, zeroblob(:size))",
[FIND] =
	ROW "WHERE uidvalidity = :validity AND uid = :uid",
[LOAD] =
	ROW "WHERE mail_id = :mail",
[RANGE] =
	"SELECT mail_id, uid, state, outcome, folder FROM mail"
	" WHERE uidvalidity = :validity AND uid BETWEEN :first AND :last"
	" ORDER BY uid",
[ON_THE_WAY] =
	"SELECT uidvalidity, uid FROM mail WHERE state = 1"
	" ORDER BY uidvalidity, uid",
[WAITING] =
	ROW "WHERE state = 0 ORDER BY mail_id LIMIT :limit",
[LIST] =
	ROW "WHERE mail_id < :before ORDER BY mail_id DESC LIMIT :limit",
[RAW] =
	"SELECT CASE WHEN length(raw) <= :inline THEN raw END, length(raw)"
	" FROM mail_raw WHERE mail_id = :mail",
[ATTEMPT] =
	"UPDATE mail SET attempts = attempts + 1 WHERE mail_id = :mail",
[UNNAME] =
	"UPDATE mail SET subject = NULL WHERE mail_id = :mail",
[PARSED] =
	"UPDATE mail SET message_id = :id, from_email = :from,"
	" subject = :subject, date_at = :date, auth = :auth,"
	" content = :content, twin_key = :twin WHERE mail_id = :mail",
/* By itself: a foreign key to its own table makes SQLite write every index of
 * the row anew. */
[SAME] =
	"UPDATE mail SET same_as = :same WHERE mail_id = :mail",
[TWINS] =
	"SELECT mail_id, content, auth FROM mail"
	" WHERE mail_id >> 15 = :stretch AND twin_key = :twin"
	" AND mail_id < :mail AND (message_id IS :id OR message_id = '')"
	" LIMIT :limit",	/* '': erased, known by the hash alone */
[DONE] =
	"UPDATE mail SET state = 1, outcome = :outcome, reason = :reason,"
	" why = :why, folder = :folder WHERE mail_id = :mail AND state = 0",
[FILED] =
	"UPDATE mail SET state = 2 WHERE uidvalidity = :validity"
	" AND uid = :uid AND state = 1",
};
const struct statements inbox_statements = { sql, N_STATEMENTS };

/* The column order of ROW. */
static struct inbox_row
row_read(struct arena *arena, const struct query *q)
{
	return (struct inbox_row){
		.mail_id = column_int(q, 0),
		.uidvalidity = (uint32_t)column_int(q, 1),
		.uid = (uint32_t)column_int(q, 2),
		.came_at = column_int(q, 3),
		.size_bytes = column_int(q, 4),
		.attempts = (int32_t)column_int(q, 5),
		.state = (enum inbox_state)column_int(q, 6),
		.outcome = (enum outcome)column_int(q, 7),
		.folder = (int32_t)column_int(q, 8),
		.reason = column_text(arena, q, 9),
		.from = column_text(arena, q, 10),
		.subject = column_text(arena, q, 11),
		.message_id = column_text(arena, q, 12),
		.why = column_text(arena, q, 13),
		.same_as = column_int(q, 14),
	};
}

static enum rc
rows_read(struct arena *arena, struct query *q, struct inbox_row **rows,
    size_t *n, struct err *err)
{
	struct inbox_row *list = NULL, *more;
	size_t count = 0, cap = 0;
	enum rc rc;

	while ((rc = query_row(q, err)) == RC_OK) {
		if (count == cap) {
			cap = cap == 0 ? 64 : cap * 2;
			more = arena_array(arena, cap, sizeof *more);
			if (count > 0)
				memcpy(more, list, count * sizeof *list);
			list = more;
		}
		list[count++] = row_read(arena, q);
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

/* Copies a file into the hole that was left for it, a piece at a time: a mail
 * of 25 MB never lies whole in memory. */
static enum rc
raw_pour(struct store *store, int64_t mail_id, int fd, int64_t size_bytes,
    struct err *err)
{
	static unsigned char piece[PIECE_BYTES];
	sqlite3_blob *blob;
	int64_t at = 0;
	enum rc rc = RC_OK;

	if (sqlite3_blob_open(store->db, "main", "mail_raw", "raw", mail_id, 1,
	    &blob) != SQLITE_OK)
		return db_error(store, sqlite3_extended_errcode(store->db),
		    err);
	while (at < size_bytes && rc == RC_OK) {
		int64_t want = size_bytes - at < PIECE_BYTES ?
		    size_bytes - at : PIECE_BYTES;
		ssize_t n = pread(fd, piece, (size_t)want, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			rc = fail(err, RC_STOP, "a mail's file ends after "
			    "%lld of %lld bytes", (long long)at,
			    (long long)size_bytes);
		else if (sqlite3_blob_write(blob, piece, (int)n, (int)at) !=
		    SQLITE_OK)
			rc = db_error(store,
			    sqlite3_extended_errcode(store->db), err);
		else
			at += n;
	}
	(void)sqlite3_blob_close(blob);
	return rc;
}

static enum rc
raw_add(struct store *store, int64_t mail_id, const struct inbox_new *mail,
    struct err *err)
{
	struct query q;
	enum rc rc;

	if (mail->fd < 0 || mail->head_only) {
		q = query_open(store, OF_INBOX, ADD_RAW);
		query_int(&q, ":mail", mail_id);
		query_bytes(&q, ":raw", mail->raw.data, mail->raw.n);
		return query_run(&q, err);
	}
	q = query_open(store, OF_INBOX, ADD_HOLE);
	query_int(&q, ":mail", mail_id);
	query_int(&q, ":size", mail->size_bytes);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	return raw_pour(store, mail_id, mail->fd, mail->size_bytes, err);
}

static enum rc
mail_add(struct store *store, const struct inbox_new *mail, int64_t *mail_id,
    struct err *err)
{
	struct query q = query_open(store, OF_INBOX, ADD);
	int64_t id;
	enum rc rc;

	query_int(&q, ":validity", mail->uidvalidity);
	query_int(&q, ":uid", mail->uid);
	query_int(&q, ":at", mail->came_at);
	query_int(&q, ":size", mail->size_bytes > 0 ? mail->size_bytes :
	    (int64_t)mail->raw.n);
	query_int(&q, ":head", mail->head_only);
	query_int(&q, ":attempts", mail->attempts);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	if (sqlite3_changes(store->db) == 0) {
		q = query_open(store, OF_INBOX, KNOWN);
		query_int(&q, ":validity", mail->uidvalidity);
		query_int(&q, ":uid", mail->uid);
		rc = query_number(&q, mail_id, 0, err);
		return rc == RC_OK ? RC_NONE : rc;
	}
	id = sqlite3_last_insert_rowid(store->db);
	if ((rc = raw_add(store, id, mail, err)) == RC_OK)
		*mail_id = id;
	return rc;
}

enum rc
inbox_add(struct store *store, const struct inbox_new *mail, int64_t *mail_id,
    struct err *err)
{
	bool own;
	enum rc rc = db_whole(store, &own, err);

	if (rc != RC_OK)
		return rc;
	rc = mail_add(store, mail, mail_id, err);
	if (rc == RC_NONE && own) {
		store_rollback(store);
		return rc;
	}
	return db_whole_end(store, own, rc, err);
}

static enum rc
row_load(struct arena *arena, struct query *q, struct inbox_row *row,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc != RC_OK)
		return rc;
	*row = row_read(arena, q);
	query_end(q);
	return RC_OK;
}

enum rc
inbox_find(struct store *store, struct arena *arena, uint32_t uidvalidity,
    uint32_t uid, struct inbox_row *row, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, FIND);

	query_int(&q, ":validity", uidvalidity);
	query_int(&q, ":uid", uid);
	return row_load(arena, &q, row, err);
}

enum rc
inbox_load(struct store *store, struct arena *arena, int64_t mail_id,
    struct inbox_row *row, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, LOAD);

	query_int(&q, ":mail", mail_id);
	return row_load(arena, &q, row, err);
}

/* Gives the next known mail at or after `uid`; *at its uid, or UINT64_MAX. */
static enum rc
range_step(struct query *q, struct inbox_row *row, uint64_t *at,
    struct err *err)
{
	enum rc rc = query_row(q, err);

	if (rc == RC_NONE) {
		*at = UINT64_MAX;
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	*row = (struct inbox_row){
		.mail_id = column_int(q, 0),
		.uid = (uint32_t)column_int(q, 1),
		.state = (enum inbox_state)column_int(q, 2),
		.outcome = (enum outcome)column_int(q, 3),
		.folder = (int32_t)column_int(q, 4),
	};
	*at = row->uid;
	return RC_OK;
}

struct sorting {
	uint32_t *fetch;
	struct inbox_row *move;
	size_t n_fetch, n_move;
};

static void
sort_one(struct sorting *s, uint32_t uidvalidity, uint32_t uid,
    const struct inbox_row *row)
{
	if (row == NULL) {
		s->fetch[s->n_fetch++] = uid;
	} else if (row->state != INBOX_STORED) {
		s->move[s->n_move] = *row;
		s->move[s->n_move++].uidvalidity = uidvalidity;
	}
}

/* The uids and a stretch of the index, side by side. */
static enum rc
sort_stretch(struct store *store, uint32_t uidvalidity, const uint32_t *uids,
    size_t n, struct sorting *s, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, RANGE);
	struct inbox_row row = { 0 };
	uint64_t at;
	enum rc rc;

	query_int(&q, ":validity", uidvalidity);
	query_int(&q, ":first", uids[0]);
	query_int(&q, ":last", uids[n - 1]);
	if ((rc = range_step(&q, &row, &at, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		while (at < uids[i])
			if ((rc = range_step(&q, &row, &at, err)) != RC_OK)
				return rc;
		sort_one(s, uidvalidity, uids[i], at == uids[i] ? &row : NULL);
	}
	query_end(&q);
	return RC_OK;
}

/* Where few of many uids are left in the mailbox, the stretch between two of
 * them is mostly filed mail: so the list is cut where the gap is wide, and
 * the index is entered anew after it. */
enum rc
inbox_sort(struct store *store, struct arena *arena, uint32_t uidvalidity,
    const uint32_t *uids, size_t n, uint32_t **fetch, size_t *n_fetch,
    struct inbox_row **move, size_t *n_move, struct err *err)
{
	struct sorting s = {
		.fetch = arena_array(arena, n + 1, sizeof *s.fetch),
		.move = arena_array(arena, n + 1, sizeof *s.move),
	};
	size_t first = 0;
	enum rc rc;

	for (size_t i = 1; i <= n; i++) {
		if (i < n && uids[i] - uids[i - 1] <= SPARSE)
			continue;
		if ((rc = sort_stretch(store, uidvalidity, uids + first,
		    i - first, &s, err)) != RC_OK)
			return rc;
		first = i;
	}
	*fetch = s.fetch;
	*n_fetch = s.n_fetch;
	*move = s.move;
	*n_move = s.n_move;
	return RC_OK;
}

enum rc
inbox_waiting(struct store *store, struct arena *arena, size_t limit,
    struct inbox_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, WAITING);

	query_int(&q, ":limit", (int64_t)limit);
	return rows_read(arena, &q, rows, n, err);
}

enum rc
inbox_list(struct store *store, struct arena *arena, int64_t before_mail_id,
    size_t limit, struct inbox_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, LIST);

	query_int(&q, ":before", before_mail_id > 0 ? before_mail_id :
	    INT64_MAX);
	query_int(&q, ":limit", (int64_t)limit);
	return rows_read(arena, &q, rows, n, err);
}

static enum rc
raw_file(struct store *store, int64_t mail_id, int64_t size_bytes, int *fd,
    struct err *err)
{
	static unsigned char piece[PIECE_BYTES];
	sqlite3_blob *blob;
	int file = -1;
	enum rc rc;

	if (sqlite3_blob_open(store->db, "main", "mail_raw", "raw", mail_id, 0,
	    &blob) != SQLITE_OK)
		return db_error(store, sqlite3_extended_errcode(store->db),
		    err);
	rc = wire_memory_open(&file, err);
	for (int64_t at = 0; at < size_bytes && rc == RC_OK;) {
		int n = (int)(size_bytes - at < PIECE_BYTES ? size_bytes - at :
		    PIECE_BYTES);

		if (sqlite3_blob_read(blob, piece, n, (int)at) != SQLITE_OK)
			rc = db_error(store,
			    sqlite3_extended_errcode(store->db), err);
		else
			rc = wire_memory_write(file, (struct bytes){ piece,
			    (size_t)n }, err);
		at += n;
	}
	(void)sqlite3_blob_close(blob);
	if (rc == RC_OK)
		rc = wire_memory_seal(file, err);
	if (rc == RC_OK)
		*fd = file;
	else if (file >= 0)
		(void)close(file);
	return rc;
}

enum rc
inbox_raw(struct store *store, struct arena *arena, int64_t mail_id,
    struct bytes *raw, int *fd, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, RAW);
	int64_t size_bytes;
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":inline", INBOX_INLINE_BYTES);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	size_bytes = column_int(&q, 1);
	*fd = -1;
	*raw = (struct bytes){ NULL, 0 };
	if (size_bytes <= INBOX_INLINE_BYTES) {
		*raw = column_bytes(arena, &q, 0);
		query_end(&q);
		return RC_OK;
	}
	query_end(&q);
	return raw_file(store, mail_id, size_bytes, fd, err);
}

enum rc
inbox_attempt(struct store *store, int64_t mail_id, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, ATTEMPT);

	query_int(&q, ":mail", mail_id);
	return query_run(&q, err);
}

/* A mail whose sender nobody vouched for must not make the genuine one, that
 * comes after it, look like a copy (THREATS 1). */
static bool
may_stand_for(int64_t earlier_auth, enum mail_auth auth)
{
	return auth != MAIL_AUTH_PASS || earlier_auth == MAIL_AUTH_PASS;
}

/* FNV-1a. That somebody can make two ids of one key costs a comparison. */
static int64_t
twin_key(const struct mail *mail)
{
	const unsigned char *at = mail->content_sha256;
	size_t n = sizeof mail->content_sha256;
	uint64_t key = 0xcbf29ce484222325;

	if (mail->message_id != NULL) {
		at = (const unsigned char *)mail->message_id;
		n = strlen(mail->message_id);
	}
	for (size_t i = 0; i < n; i++)
		key = (key ^ at[i]) * 0x100000001b3;
	return (int64_t)(key >> 1);
}

/* Those of one stretch of mail_twin (schema.sql); *left counts down. */
static enum rc
twins_look(struct store *store, int64_t mail_id, int64_t stretch,
    const struct mail *mail, int64_t *same_as, bool *same_id, int *left,
    struct err *err)
{
	struct query q = query_open(store, OF_INBOX, TWINS);
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":stretch", stretch);
	query_int(&q, ":twin", twin_key(mail));
	query_text(&q, ":id", mail->message_id);
	query_int(&q, ":limit", *left);
	while ((rc = query_row(&q, err)) == RC_OK) {
		const void *content = sqlite3_column_blob(q.stmt, 1);

		(*left)--;
		if (content == NULL)
			continue;
		if (memcmp(content, mail->content_sha256, 32) != 0)
			*same_id = *same_id || mail->message_id != NULL;
		else if (*same_as == 0 &&
		    may_stand_for(column_int(&q, 2), mail->auth))
			*same_as = column_int(&q, 0);
	}
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc
twins_find(struct store *store, int64_t mail_id, const struct mail *mail,
    int64_t *same_as, bool *same_id, struct err *err)
{
	int left = TWINS_MOST;
	enum rc rc = RC_OK;

	for (int64_t n = mail_id >> 15; n >= 0 && left > 0 && rc == RC_OK; n--)
		rc = twins_look(store, mail_id, n, mail, same_as, same_id,
		    &left, err);
	return rc;
}

enum rc
inbox_parsed(struct store *store, int64_t mail_id, const struct mail *mail,
    int64_t *same_as, bool *same_id, struct err *err)
{
	int64_t twin = 0;
	bool other = false;
	struct arena *arena;
	struct query q;
	enum rc rc;

	if ((rc = twins_find(store, mail_id, mail, &twin, &other, err)) !=
	    RC_OK)
		return rc;
	q = query_open(store, OF_INBOX, PARSED);
	query_int(&q, ":mail", mail_id);
	query_text(&q, ":id", mail->message_id);
	query_text(&q, ":from", mail->from.n > 0 ? mail->from.list[0].email :
	    NULL);
	arena = arena_open();
	query_text(&q, ":subject", cpr_mask(arena, mail->subject,
	    CPR_POSSIBLE, NULL));
	if (mail->date_at >= 0)
		query_int(&q, ":date", mail->date_at);
	query_int(&q, ":auth", mail->auth);
	query_bytes(&q, ":content", mail->content_sha256, 32);
	query_int(&q, ":twin", twin_key(mail));
	rc = query_run(&q, err);
	arena_close(&arena);
	if (rc == RC_OK && twin != 0) {
		q = query_open(store, OF_INBOX, SAME);
		query_int(&q, ":mail", mail_id);
		query_int(&q, ":same", twin);
		rc = query_run(&q, err);
	}
	if (rc != RC_OK)
		return rc;
	*same_as = twin;
	*same_id = other;
	return mail_part_add(store, mail_id, mail, err);
}

enum rc
inbox_done(struct store *store, int64_t mail_id, enum outcome outcome,
    const char *reason, const char *why, int32_t folder, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, DONE);

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":outcome", (int64_t)outcome);
	query_text(&q, ":reason", reason);
	query_text(&q, ":why", why);
	query_int(&q, ":folder", folder);
	return query_run(&q, err);
}

enum rc
inbox_forget_subject(struct store *store, int64_t mail_id, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, UNNAME);

	query_int(&q, ":mail", mail_id);
	return query_run(&q, err);
}

static int
uid_compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct gone {
	struct gone *next;
	uint32_t uidvalidity, uid;
};

enum rc
inbox_gone(struct store *store, struct arena *arena, uint32_t uidvalidity,
    const uint32_t *uids, size_t n, struct err *err)
{
	struct query q = query_open(store, OF_INBOX, ON_THE_WAY);
	struct gone *gone = NULL, *g;
	enum rc rc;

	while ((rc = query_row(&q, err)) == RC_OK) {
		uint32_t validity = (uint32_t)column_int(&q, 0);
		uint32_t uid = (uint32_t)column_int(&q, 1);

		if (validity == uidvalidity && n > 0
		    && bsearch(&uid, uids, n, sizeof *uids, uid_compare)
		    != NULL)
			continue;
		g = arena_alloc(arena, sizeof *g);
		*g = (struct gone){ gone, validity, uid };
		gone = g;
	}
	rc = rc == RC_NONE ? RC_OK : rc;
	for (g = gone; g != NULL && rc == RC_OK; g = g->next)
		rc = inbox_filed(store, g->uidvalidity, &g->uid, 1, err);
	return rc;
}

enum rc
inbox_filed(struct store *store, uint32_t uidvalidity, const uint32_t *uids,
    size_t n, struct err *err)
{
	bool own;
	enum rc rc = db_whole(store, &own, err);

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		struct query q = query_open(store, OF_INBOX, FILED);

		query_int(&q, ":validity", uidvalidity);
		query_int(&q, ":uid", uids[i]);
		rc = query_run(&q, err);
	}
	return db_whole_end(store, own, rc, err);
}
