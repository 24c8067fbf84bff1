/* SPDX-License-Identifier: MIT */
/* raadspost init: a commented configuration and an empty database, where there
 * is none yet. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"
#include "cli/command.h"
#include "store/store.h"

static enum rc
init(const char *folder, const char *conf, const char *database,
    struct err *err)
{
	const struct embedded *text = embedded_find("src/cli/raadspost.conf");
	struct store *store = NULL;
	struct stat st;
	enum rc rc;

	if (text == NULL)
		return fail(err, RC_STOP, "the configuration is not built in");
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return fail(err, RC_STOP, "%s: %s; make the folder above it "
		    "first", folder, strerror(errno));
	if (stat(database, &st) == 0)
		return fail(err, RC_STOP, "%s: is there already, and is never "
		    "written over; move it away first", database);
	rc = file_create(conf, 0600, (struct bytes){
	    (const unsigned char *)text->data, text->n }, err);
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
	const char *conf, *database;
	struct err err = { "" };

	if (command->n > 1)
		return command_use(command);
	conf = arena_printf(command->arena, "%s/raadspost.conf", folder);
	database = arena_printf(command->arena, "%s/raadspost.db", folder);
	if (init(folder, conf, database, &err) != RC_OK)
		return command_fail(command, &err);
	(void)printf("%s\n%s\n\nNext: write into %s who you are and where the "
	    "mail servers are,\nput the two passwords alone into %s/imap and "
	    "%s/smtp (chmod 600), then\n  raadspost check --config %s\n",
	    conf, database, conf, folder, folder, conf);
	return EXIT_DONE;
}
