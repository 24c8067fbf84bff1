/* SPDX-License-Identifier: MIT */
/* outbox/site.h: a folder of files for a web server, brought up to date.
 *
 * Shapes   files are put, and written when the site is closed: only those
 *          that are not as they were, each into place at once; those of ours
 *          that were not put go. What is ours stands in the manifest
 *          (SITE_MANIFEST), which is written first: killed at any instant, the
 *          next run goes on. A file that is not ours is never touched
 * Units    paths relative to the folder, of a-z 0-9 . - and /
 * Errors   RC_STOP: a file in the way that is not ours, the folder cannot be
 *          written; RC_LATER: another run is at work, or the disk is full
 * Owner    the arena; what is put is borrowed until site_close
 */
#ifndef OUTBOX_SITE_H
#define OUTBOX_SITE_H

#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct site;

#define SITE_MANIFEST ".raadspost"

struct site_count {
	size_t files, written, removed;
};

enum rc site_open(struct arena *arena, const char *folder,
	struct site **site, struct err *err);
enum rc site_put(struct site *site, const char *path, struct bytes bytes,
	struct err *err);
/* Writes and removes. */
enum rc site_write(struct site *site, struct site_count *count,
	struct err *err);
/* Lets go of the folder; what was not written is not. */
void site_close(struct site **site);

#endif
