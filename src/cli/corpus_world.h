/* SPDX-License-Identifier: MIT */
/* cli/corpus_world.h: a corpus's world.json as the struct that understanding
 * reads.
 *
 * Units    times of the file are the zone's own
 * Errors   RC_STOP with the file and what is wrong in it
 * Owner    the arena
 * Source   the corpus's README
 */
#ifndef CLI_CORPUS_WORLD_H
#define CLI_CORPUS_WORLD_H

#include "base/err.h"
#include "rules/world.h"

struct arena;

enum rc corpus_world_read(struct arena *arena, const char *path,
	struct world *world, const char **authserv_id, struct err *err);

#endif
