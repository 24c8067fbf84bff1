/* SPDX-License-Identifier: MIT */
/* The files of a mail, by their place in its bytes. */
#include "store/mail_part.h"

#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "mail/attachment.h"
#include "rules/cpr.h"
#include "store/db.h"

enum { ADD, LIST, N_STATEMENTS };
static const char *const sql[N_STATEMENTS] = {
[ADD] =
	"INSERT INTO mail_part (mail_id, part, name, type, size_bytes, sha256,"
	" begin, length, transfer) VALUES (:mail, :part, :name, :type, :size,"
	" :sha, :begin, :length, :transfer) ON CONFLICT DO NOTHING",
[LIST] =
	"SELECT part, name, type, size_bytes, sha256, begin, length, transfer"
	" FROM mail_part WHERE mail_id = :mail ORDER BY part LIMIT :limit",
};
const struct statements mail_part_statements = { sql, N_STATEMENTS };

static enum rc
one_add(struct store *store, int64_t mail_id,
    const struct mail_attachment *file, struct err *err)
{
	struct query q = query_open(store, OF_MAIL_PART, ADD);
	struct arena *arena = arena_open();
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":part", file->part);
	query_text(&q, ":name", cpr_mask(arena, file->name, CPR_POSSIBLE,
	    NULL));
	query_text(&q, ":type", file->type);
	query_int(&q, ":size", file->size_bytes);
	query_bytes(&q, ":sha", file->sha256, sizeof file->sha256);
	query_int(&q, ":begin", file->begin);
	query_int(&q, ":length", file->length);
	query_int(&q, ":transfer", file->transfer);
	rc = query_run(&q, err);
	arena_close(&arena);
	return rc;
}

enum rc
mail_part_add(struct store *store, int64_t mail_id, const struct mail *mail,
    struct err *err)
{
	size_t n = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < mail->n_attachments && rc == RC_OK; i++)
		if (attachment_is_meant(&mail->attachments[i]) &&
		    n++ < MAIL_PARTS_MOST)
			rc = one_add(store, mail_id, &mail->attachments[i],
			    err);
	return rc;
}

enum rc
mail_part_list(struct store *store, struct arena *arena, int64_t mail_id,
    struct mail_attachment **files, size_t *n, struct err *err)
{
	struct query q = query_open(store, OF_MAIL_PART, LIST);
	struct mail_attachment *list = arena_array(arena, MAIL_PARTS_MOST,
	    sizeof *list);
	size_t count = 0;
	enum rc rc;

	query_int(&q, ":mail", mail_id);
	query_int(&q, ":limit", MAIL_PARTS_MOST);
	while ((rc = query_row(&q, err)) == RC_OK) {
		struct mail_attachment *file = &list[count++];
		struct bytes sha = column_bytes(arena, &q, 4);

		*file = (struct mail_attachment){
			.part = (uint32_t)column_int(&q, 0),
			.name = column_text(arena, &q, 1),
			.type = column_text(arena, &q, 2),
			.size_bytes = column_int(&q, 3),
			.begin = column_int(&q, 5),
			.length = column_int(&q, 6),
			.transfer = (enum transfer)column_int(&q, 7) };
		memcpy(file->sha256, sha.data, sizeof file->sha256);
	}
	if (rc != RC_NONE)
		return rc;
	*files = list;
	*n = count;
	return RC_OK;
}

/* From the blob itself: the rest of a mail of 30 MB is not read. */
enum rc
mail_part_range(struct store *store, struct arena *arena, int64_t mail_id,
    const struct mail_attachment *file, struct bytes *range, struct err *err)
{
	sqlite3_blob *blob;
	unsigned char *data;
	enum rc rc = RC_OK;

	if (sqlite3_blob_open(store->db, "main", "mail_raw", "raw", mail_id, 0,
	    &blob) != SQLITE_OK)
		return fail(err, RC_NONE, "the mail's bytes are gone");
	if (file->begin < 0 || file->length < 0 || file->length > INT_MAX ||
	    file->begin > sqlite3_blob_bytes(blob) - file->length) {
		(void)sqlite3_blob_close(blob);
		return fail(err, RC_NONE, "a file outside its mail");
	}
	data = arena_room(arena, (size_t)file->length + 1);
	if (sqlite3_blob_read(blob, data, (int)file->length,
	    (int)file->begin) != SQLITE_OK)
		rc = fail(err, RC_STOP, "read a file: %s",
		    sqlite3_errmsg(store->db));
	(void)sqlite3_blob_close(blob);
	if (rc == RC_OK)
		*range = (struct bytes){ data, (size_t)file->length };
	return rc;
}
