/* SPDX-License-Identifier: MIT */
/* council/agenda_files.h: the files of the points of an agenda.
 *
 * Shapes   for a draft all of them, with why one would not go along; for
 *          members those of a kind that is passed on; for the public only
 *          those of open points, and none with the bytes of a closed one's
 * Units    AGENDA_FILES_BYTES in a letter: it is stored and sent once for
 *          each reader
 * Errors   as store.h
 * Owner    the arena of the gathering
 * Source   THREATS 13, 21
 */
#ifndef COUNCIL_AGENDA_FILES_H
#define COUNCIL_AGENDA_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "council/gathering.h"
#include "outbox/outbox.h"
#include "rules/agenda.h"
#include "store/file.h"

#define AGENDA_FILES_BYTES ((int64_t)8 * 1024 * 1024)

enum file_fate {
	FILE_GOES,
	FILE_KIND,	/* no kind that is passed on, or a personal number */
	FILE_SIZE,	/* no room for it in a letter */
	FILE_WAITS,	/* the point waits for a yes */
};

struct agenda_file {
	struct file_row row;
	size_t number;		/* of the point */
	enum file_fate fate;
	bool closed;		/* the point is */
};

struct agenda_files {
	struct agenda_file *list;
	size_t n, n_going;
};

/* `full` is the agenda as members have it. AUDIENCE_NONE: the draft, with
 * those that do not go. */
enum rc agenda_files_load(const struct gathering *g,
	const struct agenda *full, enum audience audience,
	struct agenda_files *files, struct err *err);
/* With their bytes, as the files of a letter; FILE_GOES alone. */
enum rc agenda_files_letter(const struct gathering *g,
	const struct agenda_files *files, const struct outbox_file **list,
	size_t *n, struct err *err);
/* The list «files» of a template. */
void agenda_files_fields(const struct gathering *g,
	const struct agenda_files *files, struct json_fields *fields);

#endif
