/* SPDX-License-Identifier: MIT */
/* raadspost backup and verify: a copy while the daemon runs, and whether the
 * database and the books are whole. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/settings.h"
#include "store/store.h"

int
command_backup(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc;

	if (command->n != 1)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = store_backup(store, command->args[0], &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)printf("%s\n", command->args[0]);
	return EXIT_DONE;
}

int
command_verify(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc;

	if (command->n != 0)
		return command_use(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = store_verify(store, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)printf("%s: whole, every mail and letter accounted for\n",
	    settings.database);
	return EXIT_DONE;
}
