/* SPDX-License-Identifier: MIT */
/* raadspost run: the daemon; raadspost once: one pass of everything. */
#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/notify.h"
#include "cli/command.h"
#include "cli/engine.h"
#include "store/store.h"

#define DEATHS_MOST 6	/* of one child in one pass: it will not come right */

static int
failed(const struct command *command, struct engine *engine,
    const struct err *err, int status)
{
	log_err("%s", err->text);
	engine_close(engine);
	notify("STATUS=ended by a fault; see the journal");
	(void)command;
	return status;
}

int
command_run(struct command *command)
{
	struct engine engine;
	struct err err = { "" };
	enum rc rc;

	if (command->n != 0)
		return command_use(command);
	rc = engine_open(&engine, command->arena, command->config,
	    command->program, false, &err);
	if (rc != RC_OK)
		return failed(command, &engine, &err,
		    rc == RC_LATER ? EXIT_AGAIN : EXIT_CONFIG);
	log_info("started version=%s mode=%s", VERSION,
	    engine.settings.trial ? "trial" : "live");
	notify("READY=1");
	while ((rc = engine_turn(&engine, &err)) == RC_OK)
		continue;
	if (rc != RC_NONE)
		return failed(command, &engine, &err, EXIT_AGAIN);
	engine_close(&engine);
	log_info("stopped");
	return EXIT_DONE;
}

/* Why a pass cannot come to its end; NULL where it can. */
static const char *
stuck(const struct engine *e, struct arena *arena)
{
	struct intake_count in;
	struct dispatch_count out;
	const struct process *all[] = { &e->reader, &e->sender,
		&e->parsers[0], &e->parsers[1] };

	intake_count(e->intake, &in);
	dispatch_count(e->dispatch, &out);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i]->deaths >= DEATHS_MOST)
			return arena_printf(arena, "the %s dies each time it "
			    "is started", all[i]->name);
	if (in.state == READER_AWAY && *in.why != '\0')
		return arena_printf(arena, "mailbox: %s", in.why);
	if (e->full)
		return "the disk is full";
	return NULL;
}

/* 0 only where the mailbox is read and everything due is sent. */
static int
pass_end(const struct command *command, const struct engine *e,
    const char *why)
{
	struct intake_count in;
	struct dispatch_count out;
	struct err err;

	intake_count(e->intake, &in);
	dispatch_count(e->dispatch, &out);
	if (why == NULL && !out.up)
		why = arena_printf(command->arena, "mail server: %s",
		    *out.why == '\0' ? "away" : out.why);
	(void)printf("mails: %llu taken, %llu done; letters: %llu sent, "
	    "%llu deferred, %llu failed, %llu uncertain\n",
	    (unsigned long long)in.taken, (unsigned long long)in.done,
	    (unsigned long long)out.sent, (unsigned long long)out.deferred,
	    (unsigned long long)out.failed,
	    (unsigned long long)out.uncertain);
	if (why != NULL) {
		(void)fail(&err, RC_LATER, "%s", why);
		return command_fail(command, &err);
	}
	return out.deferred + out.failed + out.uncertain == 0 ? EXIT_DONE
	    : EXIT_FAILED;
}

int
command_once(struct command *command)
{
	struct engine engine;
	struct err err = { "" };
	const char *why = NULL;
	enum rc rc;
	int status;

	if (command->n != 0)
		return command_use(command);
	rc = engine_open(&engine, command->arena, command->config,
	    command->program, true, &err);
	while (rc == RC_OK) {
		rc = engine_turn(&engine, &err);
		if (rc != RC_OK || (why = stuck(&engine, command->arena))
		    != NULL || (intake_is_done(engine.intake)
		    && days_are_done(&engine)
		    && dispatch_is_done(engine.dispatch)))
			break;
	}
	if (rc != RC_OK && rc != RC_NONE) {
		engine_close(&engine);
		return command_fail(command, &err);
	}
	status = pass_end(command, &engine, rc == RC_NONE
	    ? "ended by a signal" : why);
	engine_close(&engine);
	return status;
}
