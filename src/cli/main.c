/* SPDX-License-Identifier: MIT */
/* raadspost: reads the command line and calls the command. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "store/store.h"

static const struct entry {
	const char *name;
	int (*run)(struct command *);
	const char *use, *does;
} entries[] = {
	{ "init", command_init, "init [FOLDER]",
	    "write a commented configuration and an empty database" },
	{ "check", command_check, "check",
	    "try everything, and name each fault with its cure" },
	{ "run", command_run, "run", "the daemon" },
	{ "once", command_once, "once", "one pass of everything" },
	{ "explain", command_explain, "explain [FILE]",
	    "what would be done with this mail, and why" },
	{ "import", command_import, "import FILE … | import ROSTER.csv --body SLUG",
	    "council files, a list of members: show the difference, apply" },
	{ "status", command_status, "status",
	    "what waits, and how the servers are" },
	{ "list", command_list,
	    "list mail|letters|applications|hearings|members|meetings|journal",
	    "the rows, a line each" },
	{ "show", command_show, "show mail|letter|application|nomination N"
	    " | show [minutes] MEETING --pdf FILE [--public]",
	    "one row with all that belongs to it; an agenda or minutes as PDF" },
	{ "find", command_find, "find WORD … [--public]",
	    "agendas, minutes and answers that hold these words" },
	{ "export", command_export, "export MEETING DIR [--public]",
	    "a folder for the municipality's document system" },
	{ "publish", command_publish, "publish DIR",
	    "the public pages: static, accessible" },
	{ "undo", command_undo, "undo MAIL",
	    "take back what a mail's deeds wrote" },
	{ "call", command_call,
	    "call open BODY DAY [ADDRESS|FILE …] | stop BODY | list | "
	    "page BODY", "open for applications" },
	{ "member", command_member,
	    "member add|leave|role|address|reached|undo …",
	    "who sits where" },
	{ "meeting", command_meeting,
	    "meeting plan|move|change|cancel|guest|list|show|undo …",
	    "plan, move and call off meetings, ask guests" },
	{ "person", command_person,
	    "person export EMAIL [FILE] | erase EMAIL [--yes] | keep EMAIL",
	    "what is kept about somebody; have it erased" },
	{ "register", command_register, "register",
	    "the record of processing, by the configuration (GDPR art. 30)" },
	{ "incident", command_incident, "incident MAIL | incident letter N",
	    "who got which bytes and when, and the 72 hours" },
	{ "backup", command_backup, "backup FILE",
	    "a copy of the database, whole at one instant" },
	{ "verify", command_verify, "verify",
	    "is the database whole, is every mail accounted for?" },
};

#define N_ENTRIES (sizeof entries / sizeof entries[0])

static int
usage(FILE *to, int status)
{
	(void)fputs("usage: raadspost COMMAND [--config FILE] [--json] …\n\n",
	    to);
	for (size_t i = 0; i < N_ENTRIES; i++)
		(void)fprintf(to, "  %-30s %s\n", strlen(entries[i].use) > 30
		    ? entries[i].name : entries[i].use, entries[i].does);
	(void)fputs("\nThe configuration is --config FILE, else "
	    "$RAADSPOST_CONFIG, else\n" SYSCONFDIR
	    "/raadspost/raadspost.conf. See raadspost(8).\n", to);
	return status;
}

int
command_fail(const struct command *command, const struct err *err)
{
	(void)fflush(stdout);
	(void)fprintf(stderr, "raadspost %s: %s\n", command->name, err->text);
	return EXIT_FAILED;
}

int
command_use(const struct command *command)
{
	for (size_t i = 0; i < N_ENTRIES; i++)
		if (strcmp(entries[i].name, command->name) == 0)
			(void)fprintf(stderr, "usage: raadspost %s\n",
			    entries[i].use);
	return EXIT_USE;
}

enum rc
command_settings(const struct command *command, struct settings *settings,
    struct err *err)
{
	return settings_read(command->arena, command->config, settings, err);
}

enum rc
command_store(const struct command *command, struct settings *settings,
    struct store **store, struct err *err)
{
	enum rc rc = command_settings(command, settings, err);

	return rc != RC_OK ? rc
	    : store_open(settings->database, STORE_READ, store, err);
}

/* A core file would hold mails and secrets. */
static void
harden(void)
{
	struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)umask(077);
	(void)signal(SIGPIPE, SIG_IGN);
}

struct options {
	const char **args;
	size_t n;
	const char *clock;
	struct command command;
};

/* Options may stand anywhere; after «--» nothing is one. False: wrong use. */
static bool
options_read(int argc, char **argv, struct options *o)
{
	bool only_args = false;

	for (int i = 1; i < argc; i++) {
		const char *a = argv[i];
		const char **to = strcmp(a, "--config") == 0
		    ? &o->command.config : strcmp(a, "--pdf") == 0
		    ? &o->command.pdf : strcmp(a, "--body") == 0
		    ? &o->command.body : strcmp(a, "--clock") == 0
		    ? &o->clock : NULL;

		if (only_args || *a != '-' || a[1] == '\0')
			o->args[o->n++] = a;
		else if (strcmp(a, "--") == 0)
			only_args = true;
		else if (strcmp(a, "--json") == 0)
			o->command.json = true;
		else if (strcmp(a, "--csv") == 0)
			o->command.csv = true;
		else if (strcmp(a, "--public") == 0)
			o->command.is_public = true;
		else if (strcmp(a, "--yes") == 0)
			o->command.yes = true;
		else if (to != NULL && i + 1 < argc)
			*to = argv[++i];
		else if (text_starts(a, "--config="))
			o->command.config = a + strlen("--config=");
		else {
			(void)fprintf(stderr, "raadspost: %s «%s»\n",
			    to != NULL ? "a value is missing after"
			    : "unknown option", a);
			return false;
		}
	}
	return true;
}

static int
run_entry(const struct entry *entry, struct options *o)
{
	int64_t at;

	o->command.name = entry->name;
	o->command.args = o->args + 1;
	o->command.n = o->n - 1;
	if (o->clock != NULL) {
		if (!date_parse_instant(o->clock, &at)) {
			(void)fprintf(stderr, "raadspost: «%s» is no instant, "
			    "as 2019-06-26T09:00:00+02:00\n", o->clock);
			return EXIT_USE;
		}
		clock_set(at);
	}
	return entry->run(&o->command);
}

int
main(int argc, char **argv)
{
	struct options o = { .command = {
		.program = argv[0], .config = getenv("RAADSPOST_CONFIG"),
	} };
	int status = EXIT_USE;

	harden();
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	log_open("raadspost", LOG_LEVEL_INFO);
	o.command.arena = arena_open();
	o.args = arena_array(o.command.arena, (size_t)argc + 1,
	    sizeof *o.args);
	if (argc > 1 && (strcmp(argv[1], "--help") == 0
	    || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)) {
		status = usage(stdout, EXIT_DONE);
		goto out;
	}
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		(void)puts("raadspost " VERSION);
		status = EXIT_DONE;
		goto out;
	}
	if (!options_read(argc, argv, &o))
		goto out;
	if (o.command.config == NULL)
		o.command.config = SYSCONFDIR "/raadspost/raadspost.conf";
	if (o.n == 0) {
		(void)usage(stderr, EXIT_USE);
		goto out;
	}
	for (size_t i = 0; i < N_ENTRIES; i++)
		if (strcmp(o.args[0], entries[i].name) == 0) {
			status = run_entry(&entries[i], &o);
			goto out;
		}
	(void)fprintf(stderr, "raadspost: no command «%s»; see raadspost "
	    "--help\n", o.args[0]);
out:
	arena_close(&o.command.arena);
	if (fflush(stdout) != 0 && status == EXIT_DONE)
		status = EXIT_FAILED;
	return status;
}
