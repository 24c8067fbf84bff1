/* SPDX-License-Identifier: MIT */
/* raadspost export MEETING DIR: a folder for the municipality's document
 * system. Reads only, beside the daemon. The folder is written beside its
 * place and renamed into it, so that nobody ever reads half of it. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"
#include "base/sha256.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "council/export.h"
#include "store/store.h"
#include "store/world.h"

static void
index_file(struct arena *arena, struct buf *buf, const struct export_file *f)
{
	uint8_t sum[SHA256_BYTES];
	struct buf hex = buf_open(arena);

	sha256_of(f->bytes.data, f->bytes.n, sum);
	for (size_t i = 0; i < sizeof sum; i++)
		buf_addf(&hex, "%02x", sum[i]);
	json_open(buf, NULL, '{');
	json_text(buf, "file", f->name);
	json_instant(buf, "date", f->at);
	json_text(buf, "direction", f->direction);
	json_text(buf, "title", f->title);
	json_text(buf, "sha256", buf_text(&hex));
	json_number(buf, "size", (int64_t)f->bytes.n);
	json_flag(buf, "closed", f->closed);
	json_close(buf, '}');
}

static struct bytes
index_make(const struct gathering *g, bool is_public,
    const struct export *export)
{
	struct buf buf = buf_open(g->arena);

	json_open(&buf, NULL, '{');
	json_text(&buf, "format", "raadspost-export-1");
	json_text(&buf, "municipality", g->council->outbox->municipality);
	json_text(&buf, "body", g->body->name);
	json_text(&buf, "case_number", g->body->case_number);
	json_text(&buf, "meeting", g->meeting->id);
	json_instant(&buf, "date", g->meeting->start_at);
	json_flag(&buf, "public", is_public);
	json_open(&buf, "files", '[');
	for (size_t i = 0; i < export->n; i++)
		index_file(g->arena, &buf, &export->files[i]);
	json_close(&buf, ']');
	json_close(&buf, '}');
	buf_add_char(&buf, '\n');
	return (struct bytes){ (const unsigned char *)buf_text(&buf), buf.n };
}

/* What a run that was killed has left, or ours that was half written. */
static void
folder_drop(struct arena *arena, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			(void)unlink(arena_printf(arena, "%s/%s", folder,
			    entry->d_name));
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(folder);
}

static enum rc
folder_write(struct arena *arena, const char *folder,
    const struct export *export, struct bytes index, struct err *err)
{
	const char *tmp = arena_printf(arena, "%s.new", folder);
	struct stat st;
	enum rc rc = RC_OK;

	if (lstat(folder, &st) == 0)
		return fail(err, RC_STOP, "%s: is there already; move it "
		    "away, or choose another folder", folder);
	folder_drop(arena, tmp);
	if (mkdir(tmp, 0700) != 0)
		return fail(err, RC_STOP, "%s: %s", tmp, strerror(errno));
	for (size_t i = 0; i < export->n && rc == RC_OK; i++)
		rc = file_create(arena_printf(arena, "%s/%s", tmp,
		    export->files[i].name), 0600, export->files[i].bytes,
		    err);
	if (rc == RC_OK)
		rc = file_create(arena_printf(arena, "%s/index.json", tmp),
		    0600, index, err);
	if (rc == RC_OK && rename(tmp, folder) != 0)
		rc = fail(err, RC_STOP, "%s: %s", folder, strerror(errno));
	if (rc != RC_OK)
		folder_drop(arena, tmp);
	return rc;
}

static enum rc
export_run(const struct command *command, const struct settings *settings,
    struct store *store, size_t *n, struct err *err)
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
	struct export export = { .n = 0 };
	struct gathering g;
	enum rc rc = world_load(store, arena, council.now_at, &world, err);

	if (rc != RC_OK)
		return rc;
	meeting = world_meeting(&world, command->args[0], &body);
	if (meeting == NULL)
		return fail(err, RC_NONE, "there is no meeting «%s»; see "
		    "«raadspost list meetings»", command->args[0]);
	if ((rc = gathering_open(&council, arena, body, meeting, &g,
	    err)) != RC_OK || (rc = export_meeting(&g, command->is_public ?
	    AUDIENCE_PUBLIC : AUDIENCE_MEMBERS, &export, err)) != RC_OK)
		return rc;
	*n = export.n;
	return folder_write(arena, command->args[1], &export, index_make(&g,
	    command->is_public, &export), err);
}

int
command_export(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	size_t n = 0;
	enum rc rc;

	if (command->n != 2)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = export_run(command, &settings, store, &n, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)printf("export: %zu files and index.json in %s\n", n,
	    command->args[1]);
	return EXIT_DONE;
}
