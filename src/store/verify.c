/* SPDX-License-Identifier: MIT */
/* The checks that cost too much for every start, and the copy.
 *
 * A start reads the head of the file and prepares the statements, no more:
 * with 100,000 mails a quick_check takes seconds, and cell_size_check sees a
 * damaged page when it is read. `raadspost verify` and the nightly due date
 * look at everything. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/db.h"

#define COPY_PAGES 512	/* at a time: a writer never waits for the copy */

enum { CHECK, KEYS, N_BOOKS };

/* Our own books. Each gives a row only where something is wrong: a number,
 * and what it is. */
static const char *const books[] = {
	"SELECT mail_id, 'a mail is filed, and has no outcome' FROM mail"
	" WHERE state > 0 AND outcome IS NULL LIMIT 1",
	"SELECT mail_id, 'a mail waits, and its bytes are gone' FROM mail m"
	" WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM mail_raw r"
	" WHERE r.mail_id = m.mail_id) LIMIT 1",
	"SELECT letter_id, 'a letter is to be sent, and its bytes are gone'"
	" FROM letter l WHERE state NOT IN (3, 5, 7) AND NOT EXISTS (SELECT 1"
	" FROM letter_raw r WHERE r.letter_id = l.letter_id) LIMIT 1",
	"SELECT journal_id, 'a deed was undone, and its row is there'"
	" FROM application a JOIN journal j USING (journal_id)"
	" WHERE j.state = 'undone' LIMIT 1",
	"SELECT body_id, 'applications are counted wrongly'"
	" FROM application_count c WHERE n <> (SELECT count(*)"
	" FROM application a WHERE a.body_id = c.body_id"
	" AND replaced_by IS NULL AND state <> 'withdrawn') LIMIT 1",
	"SELECT journal_id, 'a deed was undone, and its row is there'"
	" FROM attendance a JOIN journal j USING (journal_id)"
	" WHERE j.state = 'undone' LIMIT 1",
};

static const char *const sql[N_BOOKS] = {
[CHECK] =
	"PRAGMA quick_check(1)",
[KEYS] =
	"PRAGMA foreign_key_check",
};
const struct statements verify_statements = { sql, N_BOOKS };

static enum rc
sqlite_check(struct store *store, struct err *err)
{
	struct arena *arena = arena_open();
	struct query q = query_open(store, OF_VERIFY, CHECK);
	const char *said;
	enum rc rc = query_row(&q, err);

	if (rc == RC_OK) {
		said = column_text(arena, &q, 0);
		if (strcmp(said, "ok") != 0)
			rc = fail(err, RC_STOP, "%s: is damaged (%s); restore "
			    "the last backup", store->path, said);
		query_end(&q);
	}
	arena_close(&arena);
	if (rc != RC_OK)
		return rc;
	q = query_open(store, OF_VERIFY, KEYS);
	rc = query_row(&q, err);
	if (rc != RC_OK)
		return rc == RC_NONE ? RC_OK : rc;
	query_end(&q);
	return fail(err, RC_STOP, "%s: a row points at one that is not there",
	    store->path);
}

static enum rc
book_check(struct store *store, const char *book, struct err *err)
{
	sqlite3_stmt *stmt;
	enum rc rc = RC_OK;
	int code;

	if (sqlite3_prepare_v2(store->db, book, -1, &stmt, NULL) != SQLITE_OK)
		return db_error(store, sqlite3_errcode(store->db), err);
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		rc = fail(err, RC_STOP, "%s: %s (row %lld)", store->path,
		    (const char *)sqlite3_column_text(stmt, 1),
		    (long long)sqlite3_column_int64(stmt, 0));
	else if (code != SQLITE_DONE)
		rc = db_error(store, code, err);
	(void)sqlite3_finalize(stmt);
	return rc;
}

enum rc
store_verify(struct store *store, struct err *err)
{
	enum rc rc = sqlite_check(store, err);

	for (size_t i = 0; i < sizeof books / sizeof books[0] && rc == RC_OK;
	    i++)
		rc = book_check(store, books[i], err);
	return rc;
}

/* All pages in steps; SQLite starts again by itself where the writer changed
 * something between two of them. */
static enum rc
copy(struct store *store, sqlite3 *to, const char *path, struct err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db,
	    "main");
	int code;

	if (backup == NULL)
		return fail(err, RC_STOP, "%s: %s", path, sqlite3_errmsg(to));
	do {
		code = sqlite3_backup_step(backup, COPY_PAGES);
	} while (code == SQLITE_OK);
	(void)sqlite3_backup_finish(backup);
	if (code == SQLITE_DONE)
		return RC_OK;
	return fail(err, (code & 0xff) == SQLITE_FULL ? RC_LATER : RC_STOP,
	    "%s: %s", path, sqlite3_errstr(code));
}

enum rc
store_backup(struct store *store, const char *path, struct err *err)
{
	sqlite3 *to = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum rc rc;

	if (fd < 0)
		return fail(err, RC_STOP, "%s: %s; a copy is never written "
		    "over a file", path, strerror(errno));
	(void)close(fd);
	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		rc = fail(err, RC_STOP, "%s: %s", path, sqlite3_errmsg(to));
	else
		rc = copy(store, to, path, err);
	(void)sqlite3_close(to);
	if (rc != RC_OK)
		(void)unlink(path);
	return rc;
}
