/* SPDX-License-Identifier: MIT */
/* Files follow their points. */
#include "council/agenda_files.h"

#include <string.h>

#include "base/arena.h"
#include "render/day_words.h"
#include "render/fields.h"

#define FILES_ALL_MOST 500

static bool
is_secret(const struct agenda_files *all, const struct agenda_file *file)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].closed && memcmp(all->list[i].row.sha256,
		    file->row.sha256, sizeof file->row.sha256) == 0)
			return true;
	return false;
}

static enum rc
all_load(const struct gathering *g, const struct agenda *full,
    struct agenda_files *all, struct err *err)
{
	*all = (struct agenda_files){ arena_array(g->arena, FILES_ALL_MOST,
	    sizeof *all->list), 0, 0 };
	for (size_t i = 0; i < full->n; i++) {
		const struct agenda_point *p = &full->points[i];
		struct file_row *rows;
		size_t n;
		enum rc rc;

		if (p->item_id == 0)
			continue;
		if ((rc = file_list(g->council->store, g->arena, FILE_OF_ITEM,
		    p->item_id, &rows, &n, err)) != RC_OK)
			return rc;
		for (size_t k = 0; k < n && all->n < FILES_ALL_MOST; k++)
			all->list[all->n++] = (struct agenda_file){
				.row = rows[k], .number = i + 1,
				.closed = p->closed,
				.fate = p->citizen ? FILE_WAITS :
				    rows[k].open ? FILE_GOES : FILE_KIND };
	}
	return RC_OK;
}

/* What lies first has room first. What is closed takes none in a letter that
 * it does not go with. */
enum rc
agenda_files_load(const struct gathering *g, const struct agenda *full,
    enum audience audience, struct agenda_files *files, struct err *err)
{
	struct agenda_files all;
	int64_t bytes = 0;
	enum rc rc = all_load(g, full, &all, err);

	if (rc != RC_OK)
		return rc;
	*files = (struct agenda_files){ arena_array(g->arena, all.n + 1,
	    sizeof *files->list), 0, 0 };
	for (size_t i = 0; i < all.n; i++) {
		struct agenda_file file = all.list[i];

		if (audience == AUDIENCE_PUBLIC && is_secret(&all, &file))
			continue;
		if (file.fate == FILE_GOES) {
			bytes += file.row.size_bytes;
			if (bytes > AGENDA_FILES_BYTES) {
				bytes -= file.row.size_bytes;
				file.fate = FILE_SIZE;
			}
		}
		if (audience != AUDIENCE_NONE && file.fate != FILE_GOES &&
		    file.fate != FILE_SIZE)
			continue;
		files->list[files->n++] = file;
		files->n_going += file.fate == FILE_GOES;
	}
	return RC_OK;
}

enum rc
agenda_files_letter(const struct gathering *g,
    const struct agenda_files *files, const struct outbox_file **list,
    size_t *n, struct err *err)
{
	struct outbox_file *out = arena_array(g->arena, files->n + 1,
	    sizeof *out);
	size_t count = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < files->n && rc == RC_OK; i++) {
		const struct file_row *row = &files->list[i].row;

		if (files->list[i].fate != FILE_GOES)
			continue;
		out[count] = (struct outbox_file){ .name = row->name,
			.type = row->type };
		rc = file_bytes(g->council->store, g->arena, row->file_id,
		    &out[count++].data, err);
	}
	if (rc != RC_OK)
		return rc;
	*list = out;
	*n = count;
	return RC_OK;
}

/* «14 kB», «2,3 MB» */
static const char *
size_words(const struct gathering *g, int64_t bytes)
{
	const char *mark = words_get(g->arena, g->language, "decimal-mark");

	if (bytes < 1000 * 1000)
		return arena_printf(g->arena, "%lld kB", (long long)(bytes +
		    999) / 1000);
	return arena_printf(g->arena, "%lld%s%lld MB", (long long)bytes /
	    1000000, mark != NULL ? mark : ".", (long long)bytes / 100000 %
	    10);
}

void
agenda_files_fields(const struct gathering *g,
    const struct agenda_files *files, struct json_fields *fields)
{
	for (size_t i = 0; i < files->n; i++) {
		const struct agenda_file *f = &files->list[i];
		struct json_fields *item = fields_item(fields, "files");

		fields_number(item, "number", (long)f->number);
		fields_text(item, "name", f->row.name);
		fields_text(item, "size", size_words(g, f->row.size_bytes));
		fields_flag(item, "kind", f->fate == FILE_KIND);
		fields_flag(item, "large", f->fate == FILE_SIZE);
		fields_flag(item, "waits", f->fate == FILE_WAITS);
	}
	fields_number(fields, "n_files", (long)files->n_going);
}
