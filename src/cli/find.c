/* SPDX-License-Identifier: MIT */
/* raadspost find WORD …: agendas, minutes and hearings' answers that hold all
 * of the words. Reads only, beside the daemon. */
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "council/find.h"
#include "store/store.h"
#include "store/world.h"

#define HITS_MOST 200

static enum rc
hits_load(struct command *command, struct store *store, struct table *t,
    struct err *err)
{
	struct arena *arena = command->arena;
	struct world world;
	struct council council = { .store = store, .world = &world,
		.now_at = clock_now() };
	struct buf words = buf_open(arena);
	struct find_row *rows;
	size_t n, all;
	enum rc rc = world_load(store, arena, council.now_at, &world, err);

	for (size_t i = 0; i < command->n; i++)
		buf_addf(&words, "%s%s", i > 0 ? " " : "", command->args[i]);
	if (rc != RC_OK || (rc = find_run(&council, arena, buf_text(&words),
	    command->is_public ? " " : find_inside(arena, &world, NULL),
	    HITS_MOST, &rows, &n, &all, err)) != RC_OK)
		return rc;
	*t = table_open(arena, "number at kind of item title line");
	for (size_t i = 0; i < n; i++) {
		const char **c = table_row(t);

		c[0] = table_number(arena, rows[i].number);
		c[1] = table_instant(arena, rows[i].at);
		c[2] = rows[i].kind;
		c[3] = rows[i].meeting != NULL ? rows[i].meeting :
		    rows[i].hearing;
		c[4] = rows[i].item == 0 ? NULL : table_number(arena,
		    rows[i].item);
		c[5] = rows[i].title;
		c[6] = rows[i].line;
	}
	if (all > n)
		(void)fprintf(stderr, "raadspost find: %zu places, the %zu "
		    "newest are shown; add a word or a year\n", all, n);
	return RC_OK;
}

int
command_find(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	struct table table;
	enum rc rc;

	if (command->n == 0)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = hits_load(command, store, &table, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	table_print(&table, command->json);
	return EXIT_DONE;
}
