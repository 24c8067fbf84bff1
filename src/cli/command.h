/* SPDX-License-Identifier: MIT */
/* cli/command.h: what a command of raadspost is given, and gives back.
 *
 * Shapes   one function a command, in the file of its name
 * Errors   the exit status: 0 done, 1 failed, 2 wrong use; `run` also 75,
 *          which has systemd start it again, and 78, for a person to mend
 * Owner    the arena lives as long as the program
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct settings;
struct store;

/* The last two are of sysexits.h; systemd tries again after the first, and not
 * after the second. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USE = 2, EXIT_AGAIN = 75,
	EXIT_CONFIG = 78 };

struct command {
	struct arena *arena;
	const char *program;		/* as it was called */
	const char *config;		/* path of raadspost.conf */
	const char *name;
	const char *const *args;	/* what follows, without the options */
	size_t n;
	bool json, yes;
	const char *body;		/* --body SLUG; NULL */
	bool csv;			/* for a spreadsheet */
	const char *pdf;		/* where it goes; NULL none */
	bool is_public;			/* what everybody may see */
};

int command_run(struct command *command);
int command_once(struct command *command);
int command_check(struct command *command);
int command_status(struct command *command);
int command_init(struct command *command);
int command_explain(struct command *command);
int command_import(struct command *command);
int command_list(struct command *command);
int command_show(struct command *command);
int show_paper(struct command *command);	/* of command_show */
int command_find(struct command *command);
int command_export(struct command *command);
int command_publish(struct command *command);
int command_call(struct command *command);
int command_undo(struct command *command);
int command_member(struct command *command);
/* cli/roster.c: of command_import and command_list. */
int roster_import(struct command *command);
int roster_print(struct command *command);
bool person_agrees(void);
int command_meeting(struct command *command);
int command_person(struct command *command);
int command_register(struct command *command);
int command_incident(struct command *command);
int command_backup(struct command *command);
int command_verify(struct command *command);

/* `raadspost NAME: why` on standard error; gives EXIT_FAILED. */
int command_fail(const struct command *command, const struct err *err);
/* The command's line of the usage; gives EXIT_USE. */
int command_use(const struct command *command);

/* The configuration, and the database for looking. */
enum rc command_settings(const struct command *command,
	struct settings *settings, struct err *err);
enum rc command_store(const struct command *command,
	struct settings *settings, struct store **store, struct err *err);

#endif
