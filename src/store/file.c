/* SPDX-License-Identifier: MIT */
/* Files, decoded, beside their owners. */
#include "store/file.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "store/db.h"

enum { NEXT, ADD, LIST, BYTES, UNDO, DROP, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[NEXT] =
	"SELECT 1 + max(position) FROM file WHERE owner = :owner"
	" AND owner_id = :id",
[ADD] =
	"INSERT INTO file (owner, owner_id, position, name, type, sha256,"
	" size_bytes, open, journal_id, bytes) VALUES (:owner, :id,"
	" :position, :name, :type, :sha, :size, :open, :journal, :bytes)",
[LIST] =
	"SELECT file_id, position, name, type, sha256, size_bytes, open,"
	" journal_id FROM file WHERE owner = :owner AND owner_id = :id"
	" ORDER BY position LIMIT :limit",
[BYTES] =
	"SELECT bytes FROM file WHERE file_id = :file",
[UNDO] =
	"DELETE FROM file WHERE journal_id = :journal",
[DROP] =
	"DELETE FROM file WHERE owner = :owner AND owner_id = :id",
};
const struct statements file_statements = { sql, N_STATEMENTS };

enum rc
file_add(struct store *store, struct file_row *row, struct bytes bytes,
    struct err *err)
{
	struct query q = query_open(store, OF_FILE, NEXT);
	int64_t position;
	enum rc rc;

	query_text(&q, ":owner", row->owner);
	query_int(&q, ":id", row->owner_id);
	if ((rc = query_number(&q, &position, 1, err)) != RC_OK)
		return rc;
	if (position < 1)
		position = 1;	/* max() of no row */
	sha256_of(bytes.data, bytes.n, row->sha256);
	row->size_bytes = (int64_t)bytes.n;
	row->position = (size_t)position;
	q = query_open(store, OF_FILE, ADD);
	query_text(&q, ":owner", row->owner);
	query_int(&q, ":id", row->owner_id);
	query_int(&q, ":position", position);
	query_text(&q, ":name", row->name);
	query_text(&q, ":type", row->type);
	query_bytes(&q, ":sha", row->sha256, sizeof row->sha256);
	query_int(&q, ":size", row->size_bytes);
	query_int(&q, ":open", row->open);
	query_int(&q, ":journal", row->journal_id);
	query_bytes(&q, ":bytes", bytes.data, bytes.n);
	if ((rc = query_run(&q, err)) == RC_OK)
		row->file_id = sqlite3_last_insert_rowid(store->db);
	return rc;
}

enum rc
file_list(struct store *store, struct arena *arena, const char *owner,
    int64_t owner_id, struct file_row **rows, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_FILE, LIST);
	struct file_row *list = arena_array(arena, FILES_MOST, sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_text(&q, ":owner", owner);
	query_int(&q, ":id", owner_id);
	query_int(&q, ":limit", FILES_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		struct file_row *row = &list[count++];
		struct bytes sha = column_bytes(arena, &q, 4);

		*row = (struct file_row){ .owner = owner,
			.owner_id = owner_id, .file_id = column_int(&q, 0),
			.position = (size_t)column_int(&q, 1),
			.name = column_text(arena, &q, 2),
			.type = column_text(arena, &q, 3),
			.size_bytes = column_int(&q, 5),
			.open = column_int(&q, 6) != 0,
			.journal_id = column_int(&q, 7) };
		memcpy(row->sha256, sha.data, sizeof row->sha256);
	}
	if (rc != RC_NONE)
		return rc;
	*rows = list;
	*n = count;
	return RC_OK;
}

enum rc
file_bytes(struct store *store, struct arena *arena, int64_t file_id,
    struct bytes *bytes, struct err *err)
{
	struct query q = query_open(store, OF_FILE, BYTES);
	enum rc rc;

	query_int(&q, ":file", file_id);
	if ((rc = query_row(&q, err)) != RC_OK)
		return rc;
	*bytes = column_bytes(arena, &q, 0);
	query_end(&q);
	return RC_OK;
}

enum rc
file_undo(struct store *store, int64_t journal_id, struct err *err)
{
	struct query q = query_open(store, OF_FILE, UNDO);

	query_int(&q, ":journal", journal_id);
	return query_run(&q, err);
}

enum rc
file_drop(struct store *store, const char *owner, int64_t owner_id,
    struct err *err)
{
	struct query q = query_open(store, OF_FILE, DROP);

	query_text(&q, ":owner", owner);
	query_int(&q, ":id", owner_id);
	return query_run(&q, err);
}
