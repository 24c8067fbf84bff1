/* SPDX-License-Identifier: MIT */
/* Statements, their parameters and columns, and SQLite's errors in our own
 * words. */
#include "store/db.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"

enum rc
db_error(struct store *store, int code, struct err *err)
{
	/* sqlite3_step leaves sqlite3_system_errno unset: what the last call
	 * of the system said is still in errno. */
	int why = errno;
	const char *said = sqlite3_errmsg(store->db);

	switch (code & 0xff) {
	case SQLITE_FULL:
		return fail(err, RC_LATER, "%s: the disk is full; free some "
		    "space, nothing is lost meanwhile", store->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(err, RC_LATER, "%s: another program holds it (%s)",
		    store->path, said);
	case SQLITE_NOMEM:
		return fail(err, RC_STOP, "%s: out of memory", store->path);
	case SQLITE_READONLY:
		return fail(err, RC_STOP, "%s: cannot be written; give it to "
		    "the user that raadspost runs as", store->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return fail(err, RC_STOP, "%s: is damaged (%s); restore the "
		    "last backup, mails still in the mailbox are taken again",
		    store->path, said);
	case SQLITE_IOERR:
		if (why == ENOSPC || why == EDQUOT || why == EFBIG)
			return fail(err, RC_LATER, "%s: no space is left (%s);"
			    " free some, nothing is lost meanwhile",
			    store->path, strerror(why));
		return fail(err, RC_STOP, "%s: the disk fails: %s (%s)",
		    store->path, strerror(why), said);
	default:
		return fail(err, RC_STOP, "%s: %s", store->path, said);
	}
}

struct query
query_open(struct store *store, enum aggregate of, int which)
{
	return (struct query){ store, store->prepared[of][which],
		&store->bound[of][which], 0 };
}

/* Which parameter a name is: our own statements, so it must be there. */
static int
parameter(struct query *query, const char *name)
{
	unsigned int nth = query->n_bound++;
	int at;

	if (nth < BOUND_MOST && query->bound->name[nth] == name)
		return query->bound->at[nth];
	at = sqlite3_bind_parameter_index(query->stmt, name);
	assert(at > 0);
	if (nth < BOUND_MOST && at <= UCHAR_MAX) {
		query->bound->name[nth] = name;
		query->bound->at[nth] = (unsigned char)at;
	}
	return at;
}

void
query_int(struct query *query, const char *name, int64_t value)
{
	(void)sqlite3_bind_int64(query->stmt, parameter(query, name), value);
}

void
query_null(struct query *query, const char *name)
{
	(void)sqlite3_bind_null(query->stmt, parameter(query, name));
}

void
query_text(struct query *query, const char *name, const char *value)
{
	(void)sqlite3_bind_text(query->stmt, parameter(query, name), value,
	    -1, SQLITE_STATIC);
}

void
query_bytes(struct query *query, const char *name, const void *data, size_t n)
{
	(void)sqlite3_bind_blob64(query->stmt, parameter(query, name),
	    n == 0 ? "" : data, n, SQLITE_STATIC);
}

void
query_end(struct query *query)
{
	(void)sqlite3_reset(query->stmt);
	(void)sqlite3_clear_bindings(query->stmt);
}

enum rc
query_row(struct query *query, struct err *err)
{
	enum rc rc;
	int code;

	errno = 0;
	code = sqlite3_step(query->stmt);

	if (code == SQLITE_ROW)
		return RC_OK;
	rc = code == SQLITE_DONE ? RC_NONE :
	    db_error(query->store, sqlite3_extended_errcode(query->store->db),
	    err);
	query_end(query);
	return rc;
}

enum rc
query_run(struct query *query, struct err *err)
{
	enum rc rc = query_row(query, err);

	if (rc == RC_OK)
		query_end(query);
	return rc == RC_NONE ? RC_OK : rc;
}

int64_t
column_int(const struct query *query, int at)
{
	return sqlite3_column_int64(query->stmt, at);
}

bool
column_is_null(const struct query *query, int at)
{
	return sqlite3_column_type(query->stmt, at) == SQLITE_NULL;
}

const char *
column_text(struct arena *arena, const struct query *query, int at)
{
	const char *text = (const char *)sqlite3_column_text(query->stmt, at);

	return text == NULL ? NULL : arena_strndup(arena, text,
	    (size_t)sqlite3_column_bytes(query->stmt, at));
}

struct bytes
column_bytes(struct arena *arena, const struct query *query, int at)
{
	const void *data = sqlite3_column_blob(query->stmt, at);
	size_t n = (size_t)sqlite3_column_bytes(query->stmt, at);
	unsigned char *copy = arena_alloc(arena, n + 1);

	if (n > 0)
		memcpy(copy, data, n);
	return (struct bytes){ copy, n };
}

enum rc
query_number(struct query *query, int64_t *number, int64_t otherwise,
    struct err *err)
{
	enum rc rc = query_row(query, err);

	if (rc == RC_NONE) {
		*number = otherwise;
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	*number = column_is_null(query, 0) ? otherwise : column_int(query, 0);
	query_end(query);
	return RC_OK;
}

enum rc
db_exec(struct store *store, const char *sql, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(store, sqlite3_extended_errcode(store->db),
		    err);
	return RC_OK;
}

enum rc
db_whole(struct store *store, bool *own, struct err *err)
{
	*own = !store_is_open(store);
	return *own ? store_begin(store, err) : RC_OK;
}

enum rc
db_whole_end(struct store *store, bool own, enum rc rc, struct err *err)
{
	if (!own)
		return rc;
	if (rc == RC_OK)
		return store_commit(store, err);
	store_rollback(store);
	return rc;
}

enum rc
db_undo(struct store *store, const struct undo *undo, int64_t journal_id,
    struct err *err)
{
	struct query q = query_open(store, undo->of, undo->which);
	int64_t later;
	enum rc rc;

	query_int(&q, ":journal", journal_id);
	if ((rc = query_number(&q, &later, 0, err)) != RC_OK)
		return rc;
	q = query_open(store, undo->of, undo->drop);
	query_int(&q, ":journal", journal_id);
	if ((rc = query_run(&q, err)) != RC_OK)
		return rc;
	q = query_open(store, undo->of, undo->revive);
	query_int(&q, ":journal", journal_id);
	if (later != 0)
		query_int(&q, ":later", later);
	return query_run(&q, err);
}
