/* SPDX-License-Identifier: MIT */
/* raadspost show [minutes] MEETING --pdf FILE: the meeting's agenda or minutes
 * as PDF, as members or as the public may see them. Reads only, so that it works beside the
 * daemon. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "council/agenda_paper.h"
#include "council/minutes_paper.h"
#include "store/store.h"
#include "store/world.h"

static enum rc
agenda_find(const struct gathering *g, bool is_public,
    struct agenda_row *row, struct err *err)
{
	struct store *store = g->council->store;
	enum rc rc = is_public ? agenda_load_mailed(store, g->arena,
	    g->meeting->id, row, err) : agenda_load(store, g->arena,
	    g->meeting->id, row, err);

	return rc != RC_NONE ? rc : fail(err, RC_NONE, is_public ?
	    "%s: no agenda has been sent yet" : "%s: there is no agenda yet",
	    g->meeting->id);
}

static enum rc
agenda_print(const struct gathering *g, bool is_public, struct bytes *pdf,
    struct err *err)
{
	struct agenda_row row;
	enum rc rc = agenda_find(g, is_public, &row, err);

	return rc != RC_OK ? rc : agenda_paper(g, &row, is_public ?
	    AUDIENCE_PUBLIC : AUDIENCE_MEMBERS, pdf, err);
}

static enum rc
minutes_print(const struct gathering *g, bool is_public, struct bytes *pdf,
    struct err *err)
{
	struct store *store = g->council->store;
	struct minutes_row row;
	enum rc rc = is_public ? minutes_load_mailed(store, g->arena,
	    g->meeting->id, &row, err) : minutes_load(store, g->arena,
	    g->meeting->id, &row, err);

	if (rc == RC_NONE)
		return fail(err, RC_NONE, is_public ? "%s: no minutes have "
		    "been sent yet" : "%s: there are no minutes yet",
		    g->meeting->id);
	return rc != RC_OK ? rc : minutes_paper(g, &row, is_public ?
	    AUDIENCE_PUBLIC : AUDIENCE_MEMBERS, pdf, err);
}

static enum rc
paper_of(const struct command *command, const struct settings *settings,
    struct store *store, struct bytes *pdf, struct err *err)
{
	struct arena *arena = command->arena;
	struct outbox outbox = { .store = store, .now_at = clock_now(),
		.templates = settings->templates,
		.municipality = settings->municipality,
		.mailbox = settings->mailbox, .domain = settings->domain,
		.letterhead = settings->letterhead,
		.paper = process_path(arena, command->program,
		    "raadspost-paper") };
	struct world world;
	struct council council = { .store = store, .outbox = &outbox,
		.world = &world, .now_at = outbox.now_at };
	const struct world_meeting *meeting;
	const struct world_body *body;
	const char *id = command->args[command->n - 1];
	struct gathering g;
	enum rc rc;

	if ((rc = world_load(store, arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	meeting = world_meeting(&world, id, &body);
	if (meeting == NULL)
		return fail(err, RC_NONE, "there is no meeting «%s»; see "
		    "«raadspost list meetings»", id);
	if ((rc = gathering_open(&council, arena, body, meeting, &g,
	    err)) != RC_OK)
		return rc;
	return command->n == 2 ? minutes_print(&g, command->is_public, pdf,
	    err) : agenda_print(&g, command->is_public, pdf, err);
}

int
show_paper(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	struct bytes pdf = { .n = 0 };
	enum rc rc;

	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = paper_of(command, &settings, store, &pdf, &err);
	store_close(&store);
	if (rc == RC_OK && strcmp(command->pdf, "-") == 0)
		rc = fwrite(pdf.data, 1, pdf.n, stdout) == pdf.n ? RC_OK :
		    fail(&err, RC_STOP, "standard output cannot be written");
	else if (rc == RC_OK)
		rc = file_create(command->pdf, 0600, pdf, &err);
	return rc == RC_OK ? EXIT_DONE : command_fail(command, &err);
}
