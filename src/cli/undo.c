/* SPDX-License-Identifier: MIT */
/* raadspost undo MAIL: takes back what a mail's deeds wrote. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/engine.h"
#include "cli/requests.h"
#include "store/store.h"

static struct bytes
request_build(struct arena *arena, int64_t mail_id)
{
	struct wire_out out = wire_out(arena);

	wire_put_i64(&out, mail_id);
	wire_put_text(&out, "raadspost undo");
	return wire_bytes(&out);
}

/* No engine runs: the parts of one, without its children. */
static enum rc
undo_alone(const struct command *command, const struct settings *s,
    struct bytes request, const char **answer, struct err *err)
{
	struct wire_in w = wire_in(command->arena, request);
	struct engine e = { .settings = *s };
	enum rc rc;

	rc = store_open(s->database, STORE_WRITE, &e.store, err);
	if (rc != RC_OK)
		return rc;
	e.outbox = engine_outbox(&e);
	rc = store_begin(e.store, err);
	if (rc == RC_OK)
		rc = request_undo(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

int
command_undo(struct command *command)
{
	struct settings settings;
	struct err err = { "" };
	const char *answer;
	struct bytes request;
	long long mail_id;
	char *end;
	enum rc rc;

	if (command->n != 1)
		return command_use(command);
	mail_id = strtoll(command->args[0], &end, 10);
	if (*end != '\0' || mail_id <= 0)
		return command_use(command);
	if (command_settings(command, &settings, &err) != RC_OK)
		return command_fail(command, &err);
	request = request_build(command->arena, mail_id);
	rc = control_ask(settings.control, command->arena, CONTROL_UNDO,
	    request, &answer, &err);
	if (rc == RC_NONE)
		rc = undo_alone(command, &settings, request, &answer, &err);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fputs(answer, stdout);
	return EXIT_DONE;
}
