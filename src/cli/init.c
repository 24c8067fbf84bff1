/* SPDX-License-Identifier: MIT */
/* raadspost init: a commented configuration and an empty database, where there
 * is none yet. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "store/store.h"

#define INSTANCES SYSCONFDIR "/raadspost/"

/* The database of an instance of raadspost@NAME.service lies in its state
 * folder, where the service may write; else beside the configuration. */
static const char *
state_of(struct arena *arena, const char *folder)
{
	const char *name = folder + strlen(INSTANCES);

	if (!text_starts(folder, INSTANCES) || *name == '\0'
	    || strchr(name, '/') != NULL)
		return folder;
	return arena_printf(arena, "%s/%s", STATEDIR, name);
}

static enum rc
folder_make(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return RC_OK;
	return fail(err, RC_STOP, "%s: %s; make the folder above it first",
	    path, strerror(errno));
}

/* The text that is built in, with the path of the database set where it does
 * not lie beside. */
static struct bytes
conf_text(struct arena *arena, const struct embedded *text,
    const char *database, bool is_beside)
{
	static const char line[] = "#database = \"raadspost.db\"\n";
	const char *at = strstr(text->data, line);
	const char *whole = text->data;

	if (!is_beside && at != NULL)
		whole = arena_printf(arena, "%.*sdatabase = \"%s\"\n%s",
		    (int)(at - text->data), text->data, database,
		    at + strlen(line));
	return (struct bytes){ (const unsigned char *)whole, strlen(whole) };
}

static enum rc
init(struct arena *arena, const char *folder, const char *state,
    const char *conf, const char *database, struct err *err)
{
	const struct embedded *text = embedded_find("src/cli/raadspost.conf");
	struct store *store = NULL;
	struct stat st;
	enum rc rc;

	if (text == NULL)
		return fail(err, RC_STOP, "the configuration is not built in");
	if ((rc = folder_make(folder, err)) != RC_OK
	    || (rc = folder_make(state, err)) != RC_OK)
		return rc;
	if (stat(database, &st) == 0)
		return fail(err, RC_STOP, "%s: is there already, and is never "
		    "written over; move it away first", database);
	/* No secret is in it, and the service's user must read it. */
	rc = file_create(conf, 0644, conf_text(arena, text, database,
	    strcmp(folder, state) == 0), err);
	if (rc != RC_OK)
		return rc;
	rc = store_open(database, STORE_WRITE, &store, err);
	store_close(&store);
	return rc;
}

int
command_init(struct command *command)
{
	const char *folder = command->n > 0 ? command->args[0] : ".";
	const char *conf, *database, *state;
	struct err err = { "" };

	if (command->n > 1)
		return command_use(command);
	state = state_of(command->arena, folder);
	conf = arena_printf(command->arena, "%s/raadspost.conf", folder);
	database = arena_printf(command->arena, "%s/raadspost.db", state);
	if (init(command->arena, folder, state, conf, database, &err)
	    != RC_OK)
		return command_fail(command, &err);
	(void)printf("%s\n%s\n\nNext: write into %s who you are and where the "
	    "mail servers are,\nput the two passwords alone into %s/imap and "
	    "%s/smtp (chmod 600), then\n  raadspost check --config %s\n",
	    conf, database, conf, folder, folder, conf);
	return EXIT_DONE;
}
