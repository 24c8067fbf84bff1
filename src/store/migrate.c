/* SPDX-License-Identifier: MIT */
/* Leads a database from schema to schema: all steps in one transaction, a
 * copy of the file first (THREATS, failure 13). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/text.h"
#include "store/db.h"

#define FOLDER "src/store/migrate/"	/* 0002-why.sql leads to schema 2 */

const struct migration *
migrations(struct arena *arena, size_t *n)
{
	struct migration *list = arena_array(arena, embedded_count + 1,
	    sizeof *list);

	*n = 0;
	for (size_t i = 0; i < embedded_count; i++)
		if (text_starts(embedded_files[i].name, FOLDER))
			list[(*n)++] = (struct migration){
			    (int)strtol(embedded_files[i].name +
			    sizeof FOLDER - 1, NULL, 10),
			    embedded_files[i].data };
	return list;
}

static int
version_now(struct store *store)
{
	sqlite3_stmt *stmt;
	int version = 0;

	if (sqlite3_prepare_v2(store->db, "PRAGMA user_version", -1, &stmt,
	    NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		version = sqlite3_column_int(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return version;
}

static enum rc
version_set(struct store *store, int version, struct err *err)
{
	char pragma[96];

	(void)snprintf(pragma, sizeof pragma,
	    "PRAGMA user_version = %d; PRAGMA application_id = %d", version,
	    APPLICATION_ID);
	return db_exec(store, pragma, err);
}

/* From an empty file straight to the newest tables. */
static enum rc
make(struct store *store, int wanted, struct err *err)
{
	const struct embedded *schema = embedded_find("src/store/schema.sql");
	enum rc rc;

	if (schema == NULL)
		return fail(err, RC_STOP, "schema.sql is not built in");
	if ((rc = db_exec(store, schema->data, err)) != RC_OK)
		return rc;
	return version_set(store, wanted, err);
}

static enum rc
steps(struct store *store, const struct migration *list, size_t n, int from,
    int wanted, struct err *err)
{
	int at = from;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		if (list[i].version <= at || list[i].version > wanted)
			continue;
		if (list[i].version != at + 1)
			break;
		if ((rc = db_exec(store, list[i].sql, err)) != RC_OK)
			return fail_in(err, rc, "to schema %d",
			    list[i].version);
		at = list[i].version;
	}
	if (at != wanted)
		return fail(err, RC_STOP, "%s: no way from schema %d to %d",
		    store->path, at, wanted);
	return version_set(store, wanted, err);
}

enum rc
migrate(struct store *store, const struct migration *list, size_t n,
    int wanted, struct err *err)
{
	int from = version_now(store);
	char copy[4096];
	enum rc rc;

	if (from > 0) {
		(void)snprintf(copy, sizeof copy, "%s.schema-%d", store->path,
		    from);
		(void)remove(copy);
		if ((rc = store_backup(store, copy, err)) != RC_OK)
			return fail_in(err, rc, "copy before the new schema");
	}
	if ((rc = db_exec(store, "BEGIN EXCLUSIVE", err)) != RC_OK)
		return rc;
	rc = from == 0 ? make(store, wanted, err) :
	    steps(store, list, n, from, wanted, err);
	if (rc == RC_OK)
		rc = db_exec(store, "COMMIT", err);
	if (rc != RC_OK && sqlite3_get_autocommit(store->db) == 0)
		(void)db_exec(store, "ROLLBACK", NULL);
	return rc;
}
