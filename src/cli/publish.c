/* SPDX-License-Identifier: MIT */
/* raadspost publish DIR: the public pages. Reads only, beside the daemon. */
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "council/publish.h"
#include "store/store.h"
#include "store/world.h"

static enum rc
pages_make(const struct command *command, const struct settings *settings,
    struct store *store, struct site *site, struct err *err)
{
	struct outbox outbox = { .store = store, .now_at = clock_now(),
		.templates = settings->templates,
		.municipality = settings->municipality,
		.mailbox = settings->mailbox, .domain = settings->domain };
	struct world world;
	struct council council = { .store = store, .outbox = &outbox,
		.world = &world, .now_at = outbox.now_at };
	enum rc rc = world_load(store, command->arena, council.now_at,
	    &world, err);

	return rc != RC_OK ? rc : publish_all(&(struct publish){
	    .council = &council, .arena = command->arena, .site = site,
	    .language = settings->language, .url = settings->pages_url },
	    err);
}

int
command_publish(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct site *site = NULL;
	struct site_count count = { .files = 0 };
	struct err err = { "" };
	enum rc rc;

	if (command->n != 1)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = site_open(command->arena, command->args[0], &site, &err);
	if (rc == RC_OK)
		rc = pages_make(command, &settings, store, site, &err);
	if (rc == RC_OK)
		rc = site_write(site, &count, &err);
	site_close(&site);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	if (command->json)
		(void)printf("{\"files\": %zu, \"written\": %zu, "
		    "\"removed\": %zu}\n", count.files, count.written,
		    count.removed);
	else
		(void)printf("pages: %zu files, %zu written, %zu removed\n",
		    count.files, count.written, count.removed);
	return EXIT_DONE;
}
