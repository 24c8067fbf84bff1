/* SPDX-License-Identifier: MIT */
/* Opens the database as its one writer, and holds its transactions. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/db.h"

#define LOCK_TRIES 10		/* 50 ms apart: a writer that is just going … */
#define LOCK_WAIT_NS 50000000L	/* … is waited for, a running one is not */
#define BUSY_WAIT_MS 2000	/* a reader's checkpoint, never a writer's */

/* What each connection is told; one line each, for the reason beside it.
 * - synchronous=FULL: what was committed is on the disk (DESIGN)
 * - cache_size: 24 MiB hold a batch of 500 mails until its commit, so that no
 *   page is written twice; store_rest gives them back
 * - secure_delete: what is erased is overwritten with zeros (THREATS, law
 *   6). It costs only where something is deleted, which no mail's way does:
 *   measured with the bench of 10,000 mails it does not show
 * - mmap_size=0: an I/O error is an error, not a SIGBUS
 * - cell_size_check: a damaged page is found when it is read
 * - trusted_schema=OFF: a file given to us cannot call functions */
static const char settings[] =
	"PRAGMA synchronous = FULL;"
	"PRAGMA foreign_keys = ON;"
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA secure_delete = ON;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA mmap_size = 0;"
	"PRAGMA cache_size = -24576;"
	"PRAGMA temp_store = MEMORY;";

/* For the writer alone. The log is written back at 8,000 pages (32 MiB), or
 * when there is nothing else to do (store_rest): a batch of 500 mails is
 * about a quarter of that, so most commits cost one fsync; to read it after a
 * crash costs some 20 ms. journal_size_limit gives back what a large mail
 * made of it. */
static const char settings_writer[] =
	"PRAGMA journal_mode = WAL;"
	"PRAGMA wal_autocheckpoint = 8000;"
	"PRAGMA journal_size_limit = 33554432;";

static const struct statements *const aggregates[AGGREGATES] = {
	[OF_STORE] = &store_statements,
	[OF_INBOX] = &inbox_statements,
	[OF_LETTER] = &letter_statements,
	[OF_WORLD] = &world_statements,
	[OF_VERIFY] = &verify_statements,
	[OF_JOURNAL] = &journal_statements,
	[OF_ANSWERED] = &answered_statements,
	[OF_PENDING] = &pending_statements,
	[OF_DECISION] = &decision_statements,
	[OF_DIGEST] = &digest_statements,
	[OF_TRAIL] = &trail_statements,
	[OF_APPLICATION] = &application_statements,
	[OF_NOMINATION] = &nomination_statements,
	[OF_CALL] = &call_statements,
	[OF_WORKSHOP] = &workshop_statements,
	[OF_REGISTRATION] = &registration_statements,
	[OF_CANDIDATE] = &candidate_statements,
	[OF_SEAT] = &seat_statements,
	[OF_ATTENDANCE] = &attendance_statements,
	[OF_ITEM] = &item_statements,
	[OF_COMMENT] = &comment_statements,
	[OF_RANKING] = &ranking_statements,
	[OF_TOPIC] = &topic_statements,
	[OF_ROUND] = &round_statements,
	[OF_GROUP] = &group_statements,
	[OF_SUBSCRIPTION] = &subscription_statements,
	[OF_PERSON] = &person_statements,
	[OF_IMPORT] = &import_statements,
	[OF_MEETING] = &meeting_statements,
	[OF_MEETING_CHANGE] = &meeting_change_statements,
	[OF_MEETING_GUEST] = &meeting_guest_statements,
	[OF_YEAR_PLAN] = &year_plan_statements,
	[OF_DUE] = &due_statements,
	[OF_AGENDA] = &agenda_statements,
	[OF_MINUTES] = &minutes_statements,
	[OF_FOLLOW_UP] = &follow_up_statements,
	[OF_PUBLIC] = &public_statements,
	[OF_YEAR_REPORT] = &year_report_statements,
	[OF_JOURNAL_COPY] = &journal_copy_statements,
	[OF_EXPORT] = &export_statements,
	[OF_PASSAGE] = &passage_statements,
	[OF_FIND] = &find_statements,
	[OF_RETENTION] = &retention_statements,
	[OF_FILE] = &file_statements,
	[OF_PLACE] = &place_statements,
	[OF_READER] = &reader_statements,
	[OF_ERASURE] = &erasure_statements,
	[OF_PERSONAL_FILE] = &personal_file_statements,
	[OF_MAIL_PART] = &mail_part_statements,
	[OF_HEARING] = &hearing_statements,
	[OF_CONTRIBUTION] = &contribution_statements,
	[OF_HEARING_DRAFT] = &hearing_draft_statements,
};

enum { BEGIN, COMMIT, ROLLBACK, MARK, KEEP, BACK, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[BEGIN] =
	"BEGIN IMMEDIATE",
[COMMIT] =
	"COMMIT",
[ROLLBACK] =
	"ROLLBACK",
[MARK] =
	"SAVEPOINT mark",
[KEEP] =
	"RELEASE mark",
[BACK] =
	"ROLLBACK TO mark",
};
const struct statements store_statements = { sql, N_STATEMENTS };

/* The lock beside the file: held as long as the descriptor is open, so that
 * it goes with the process however that ends. */
static enum rc
lock_take(struct store *store, struct err *err)
{
	struct timespec wait = { 0, LOCK_WAIT_NS };
	char name[4096], who[32] = "";
	ssize_t n;

	if (snprintf(name, sizeof name, "%s.lock", store->path) >=
	    (int)sizeof name)
		return fail(err, RC_STOP, "%s: the name is too long",
		    store->path);
	store->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (store->lock_fd < 0)
		return fail(err, RC_STOP, "%s: %s; the folder must be there "
		    "and belong to the user that raadspost runs as", name,
		    strerror(errno));
	for (int i = 0; flock(store->lock_fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail(err, RC_STOP, "%s: %s", name,
			    strerror(errno));
		if (i < LOCK_TRIES) {
			(void)nanosleep(&wait, NULL);
			continue;
		}
		n = read(store->lock_fd, who, sizeof who - 1);
		who[n > 0 ? n : 0] = '\0';
		who[strcspn(who, "\n")] = '\0';
		return fail(err, RC_LATER, "%s: another raadspost holds it "
		    "(process %s); ask that one, or stop it first",
		    store->path, who[0] ? who : "unknown");
	}
	n = snprintf(who, sizeof who, "%ld\n", (long)getpid());
	if (ftruncate(store->lock_fd, 0) != 0 ||
	    write(store->lock_fd, who, (size_t)n) != n)
		(void)0; /* the number is for people; the lock is what counts */
	return RC_OK;
}

/* A file of somebody else would get log files of ours beside it that its
 * owner cannot read. */
static enum rc
file_check(struct store *store, bool *is_new, struct err *err)
{
	struct stat st;
	int fd;

	*is_new = false;
	if (stat(store->path, &st) != 0) {
		if (errno != ENOENT || store->mode != STORE_WRITE)
			return fail(err, RC_STOP, "%s: %s; raadspost init "
			    "makes one", store->path, strerror(errno));
		fd = open(store->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0600);
		if (fd < 0)
			return fail(err, RC_STOP, "%s: %s", store->path,
			    strerror(errno));
		(void)close(fd);
		*is_new = true;
		return RC_OK;
	}
	if (!S_ISREG(st.st_mode))
		return fail(err, RC_STOP, "%s: is no file", store->path);
	if (store->mode == STORE_WRITE && st.st_uid != geteuid())
		return fail(err, RC_STOP, "%s: belongs to user %lu, and this "
		    "is user %lu; run as that user, or chown the file",
		    store->path, (unsigned long)st.st_uid,
		    (unsigned long)geteuid());
	if (store->mode == STORE_WRITE && faccessat(AT_FDCWD,
	    store->path, W_OK, AT_EACCESS) != 0)
		return fail(err, RC_STOP, "%s: %s; it must be writable",
		    store->path, strerror(errno));
	return RC_OK;
}

static enum rc
pragma_number(struct store *store, const char *name, int *number,
    struct err *err)
{
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v2(store->db, name, -1, &stmt, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		*number = sqlite3_column_int(stmt, 0);
		code = SQLITE_OK;
	}
	(void)sqlite3_finalize(stmt);
	return code == SQLITE_OK ? RC_OK : db_error(store,
	    sqlite3_extended_errcode(store->db), err);
}

/* Whose file this is, and whether we know its tables. */
static enum rc
version_check(struct store *store, bool is_new, int *version, struct err *err)
{
	int app = 0, pages = 0;
	enum rc rc;

	if ((rc = pragma_number(store, "PRAGMA application_id", &app, err)) ||
	    (rc = pragma_number(store, "PRAGMA page_count", &pages, err)) ||
	    (rc = pragma_number(store, "PRAGMA user_version", version, err)))
		return rc;
	if (pages > 0 && !is_new && app != APPLICATION_ID)
		return fail(err, RC_STOP, "%s: is no database of raadspost",
		    store->path);
	if (*version > SCHEMA_VERSION)
		return fail(err, RC_STOP, "%s: was raised to schema %d by a "
		    "newer raadspost; this one knows up to %d: install the "
		    "newer one, or restore the copy made before",
		    store->path, *version, SCHEMA_VERSION);
	if (store->mode == STORE_READ && *version < SCHEMA_VERSION)
		return fail(err, RC_LATER, "%s: has schema %d, this raadspost "
		    "needs %d; start it once as writer", store->path, *version,
		    SCHEMA_VERSION);
	return RC_OK;
}

static enum rc
prepare_all(struct store *store, struct err *err)
{
	for (size_t a = 0; a < AGGREGATES; a++) {
		int n = aggregates[a]->n;

		store->prepared[a] = calloc((size_t)n + 1,
		    sizeof *store->prepared[a]);
		store->bound[a] = calloc((size_t)n + 1,
		    sizeof *store->bound[a]);
		if (store->prepared[a] == NULL || store->bound[a] == NULL)
			return fail(err, RC_STOP, "out of memory");
		for (int i = 0; i < n; i++)
			if (sqlite3_prepare_v3(store->db,
			    aggregates[a]->sql[i], -1, SQLITE_PREPARE_PERSISTENT,
			    &store->prepared[a][i], NULL) != SQLITE_OK)
				return fail(err, RC_STOP, "%s: %s in «%.60s»",
				    store->path, sqlite3_errmsg(store->db),
				    aggregates[a]->sql[i]);
	}
	return RC_OK;
}

static enum rc
tables_open(struct store *store, bool is_new, struct err *err)
{
	struct arena *arena;
	const struct migration *list;
	size_t n;
	int version = 0;
	enum rc rc;

	if ((rc = db_exec(store, settings, err)) != RC_OK ||
	    (rc = version_check(store, is_new, &version, err)) != RC_OK)
		return rc;
	if (store->mode == STORE_READ)
		return prepare_all(store, err);
	if ((rc = db_exec(store, settings_writer, err)) != RC_OK)
		return rc;
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return fail(err, RC_STOP, "%s: lies on a file system that "
		    "cannot be written", store->path);
	if (version < SCHEMA_VERSION) {
		arena = arena_open();
		list = migrations(arena, &n);
		rc = migrate(store, list, n, SCHEMA_VERSION, err);
		arena_close(&arena);
	}
	return rc != RC_OK ? rc : prepare_all(store, err);
}

/* Each process uses SQLite from one thread: no locks, and no count of what is
 * allocated, which takes one more. Refused, it is only slower. */
static void
library_open(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum rc
store_open(const char *path, enum store_mode mode, struct store **out,
    struct err *err)
{
	struct store *store = calloc(1, sizeof *store);
	bool is_new;
	enum rc rc;

	library_open();
	if (store == NULL || (store->path = strdup(path)) == NULL) {
		free(store);
		return fail(err, RC_STOP, "out of memory");
	}
	store->lock_fd = -1;
	store->mode = mode;
	if (mode == STORE_WRITE && (rc = lock_take(store, err)) != RC_OK)
		goto out;
	if ((rc = file_check(store, &is_new, err)) != RC_OK)
		goto out;
	if (sqlite3_open_v2(path, &store->db, (mode == STORE_WRITE ?
	    SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
		rc = fail(err, RC_STOP, "%s: %s", path,
		    sqlite3_errmsg(store->db));
		goto out;
	}
	(void)sqlite3_busy_timeout(store->db, BUSY_WAIT_MS);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
	    0, NULL);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if ((rc = tables_open(store, is_new, err)) == RC_OK) {
		*out = store;
		return RC_OK;
	}
out:
	store_close(&store);
	return rc;
}

void
store_close(struct store **store)
{
	struct store *s = *store;

	if (s == NULL)
		return;
	for (size_t a = 0; a < AGGREGATES; a++) {
		for (int i = 0; s->prepared[a] != NULL &&
		    i < aggregates[a]->n; i++)
			(void)sqlite3_finalize(s->prepared[a][i]);
		free(s->prepared[a]);
		free(s->bound[a]);
	}
	(void)sqlite3_close(s->db);
	if (s->lock_fd >= 0)
		(void)close(s->lock_fd);
	free(s->path);
	free(s);
	*store = NULL;
}

static enum rc
run(struct store *store, int which, struct err *err)
{
	struct query q = query_open(store, OF_STORE, which);

	return query_run(&q, err);
}

enum rc
store_begin(struct store *store, struct err *err)
{
	assert(!store_is_open(store));
	return run(store, BEGIN, err);
}

enum rc
store_commit(struct store *store, struct err *err)
{
	enum rc rc = run(store, COMMIT, err);

	if (rc != RC_OK)
		store_rollback(store);
	return rc;
}

void
store_rollback(struct store *store)
{
	/* After a full disk SQLite has rolled back by itself already. */
	if (store_is_open(store))
		(void)run(store, ROLLBACK, NULL);
}

bool
store_is_open(const struct store *store)
{
	return sqlite3_get_autocommit(store->db) == 0;
}

enum rc
store_mark(struct store *store, struct err *err)
{
	assert(store_is_open(store));
	return run(store, MARK, err);
}

enum rc
store_keep(struct store *store, struct err *err)
{
	return run(store, KEEP, err);
}

enum rc
store_drop(struct store *store, struct err *err)
{
	enum rc rc = run(store, BACK, err);

	return rc != RC_OK ? rc : run(store, KEEP, err);
}

void
store_rest(struct store *store)
{
	if (store->mode == STORE_WRITE && !store_is_open(store))
		(void)sqlite3_wal_checkpoint_v2(store->db, NULL,
		    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	(void)sqlite3_db_release_memory(store->db);
}

enum rc
store_scrub(struct store *store, struct err *err)
{
	int code, left = 0;

	code = sqlite3_wal_checkpoint_v2(store->db, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, &left, NULL);
	if (code == SQLITE_BUSY)
		return fail(err, RC_LATER, "%s: somebody is reading; the log "
		    "keeps what was erased until he is done", store->path);
	return code == SQLITE_OK ? RC_OK : db_error(store, code, err);
}

int64_t
store_changes(const struct store *store)
{
	return sqlite3_total_changes64(store->db);
}
