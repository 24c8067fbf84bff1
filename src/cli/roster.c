/* SPDX-License-Identifier: MIT */
/* raadspost import ROSTER.csv, raadspost list members --csv: the members of a
 * body, from a spreadsheet and to one. */
#include "council/roster.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/engine.h"
#include "cli/requests.h"
#include "store/import.h"
#include "store/store.h"
#include "store/world.h"

#define FILE_MOST ((size_t)1024 * 1024)	/* a list of people, no archive */

#define HAS_FAULTS '!'	/* what an answer begins with that is no difference */

/* «FILE: line N: what; cure», a line for each fault: too long for an error. */
static const char *
faults_say(struct arena *arena, const char *name, const char *faults)
{
	struct buf out = buf_open(arena);
	size_t n;
	const char **lines = text_lines(arena, faults, &n);

	buf_add_char(&out, HAS_FAULTS);
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s: %s\n", name, lines[i]);
	buf_add(&out, "nothing was changed\n");
	return buf_text(&out);
}

enum rc
request_roster(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	bool apply = wire_get_u8(w) != 0;
	const char *slug = wire_get_text(w), *name = wire_get_text(w);
	struct bytes file = wire_get_bytes(w);
	struct world world;
	struct council council = { .store = e->store, .outbox = &e->outbox,
		.world = &world, .now_at = clock_now() };
	const struct world_body *body;
	const char *faults = NULL;
	struct file_body to;
	struct council_file all = { .bodies = &to, .n_bodies = 1 };
	struct import_change *changes;
	struct buf out = buf_open(arena);
	struct err why = { "" };
	size_t n;
	enum rc rc;

	if (w->bad || name == NULL || slug == NULL)
		return fail(err, RC_PARK, "the request is none");
	if ((rc = world_load(e->store, arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	if ((body = world_body(&world, slug)) == NULL)
		return fail(err, RC_PARK, "no body «%s»; raadspost list "
		    "members names them", slug);
	rc = roster_read(&council, arena, body, file, &to, &faults, &why);
	if (rc == RC_PARK) {
		*answer = faults_say(arena, name, faults != NULL ? faults :
		    why.text);
		return RC_OK;
	}
	if (rc != RC_OK)
		return fail(err, rc, "%s", why.text);
	rc = apply ? import_apply(e->store, arena, &all, council.now_at,
	    &changes, &n, err) : import_difference(e->store, arena, &all,
	    council.now_at, &changes, &n, err);
	if (rc != RC_OK)
		return fail_in(err, rc == RC_STOP ? RC_PARK : rc, "%s", name);
	changes_write(&out, changes, n);
	*answer = buf_text(&out);
	return RC_OK;
}

/* No engine runs: we take the lock ourselves. */
static enum rc
alone(const struct command *command, const struct settings *s,
    struct bytes request, const char **answer, struct err *err)
{
	struct wire_in w = wire_in(command->arena, request);
	struct engine e = { .settings = *s };
	enum rc rc = store_open(s->database, STORE_WRITE, &e.store, err);

	if (rc != RC_OK)
		return rc;
	e.outbox = engine_outbox(&e);
	rc = store_begin(e.store, err);
	if (rc == RC_OK)
		rc = request_roster(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

static enum rc
ask(const struct command *command, bool apply, const char **answer,
    struct err *err)
{
	struct wire_out out = wire_out(command->arena);
	struct settings settings;
	struct bytes file;
	enum rc rc = command_settings(command, &settings, err);

	if (rc != RC_OK || (rc = file_read(command->arena, command->args[0],
	    FILE_MOST, &file, err)) != RC_OK)
		return rc;
	wire_put_u8(&out, apply);
	wire_put_text(&out, command->body);
	wire_put_text(&out, command->args[0]);
	wire_put_bytes(&out, file);
	rc = control_ask(settings.control, command->arena, CONTROL_ROSTER,
	    wire_bytes(&out), answer, err);
	return rc != RC_NONE ? rc : alone(command, &settings,
	    wire_bytes(&out), answer, err);
}

int
roster_import(struct command *command)
{
	const char *answer;
	struct err err = { "" };

	if (command->n != 1 || command->body == NULL) {
		(void)fputs("a list of members needs its body: "
		    "--body SLUG\n", stderr);
		return command_use(command);
	}
	if (ask(command, false, &answer, &err) != RC_OK)
		return command_fail(command, &err);
	if (*answer == HAS_FAULTS) {
		(void)fputs(answer + 1, stderr);
		return EXIT_FAILED;
	}
	(void)fputs(answer, stdout);
	if (*answer == '\0') {
		(void)puts("no difference: all of it is there already");
		return EXIT_DONE;
	}
	if (!command->yes && !person_agrees())
		return EXIT_FAILED;
	if (ask(command, true, &answer, &err) != RC_OK)
		return command_fail(command, &err);
	if (*answer == HAS_FAULTS) {	/* changed since we asked */
		(void)fputs(answer + 1, stderr);
		return EXIT_FAILED;
	}
	(void)puts("applied");
	return EXIT_DONE;
}

int
roster_print(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct world world;
	struct council council = { .world = &world, .now_at = clock_now() };
	struct buf out = buf_open(command->arena);
	const struct world_body *body = NULL;
	struct err err = { "" };
	enum rc rc = command_store(command, &settings, &store, &err);

	council.store = store;
	if (rc == RC_OK)
		rc = world_load(store, command->arena, council.now_at, &world,
		    &err);
	for (size_t i = 0; rc == RC_OK && i < world.n_bodies; i++)
		if (command->body == NULL ? world.bodies[i].kind ==
		    BODY_COUNCIL && body == NULL : strcmp(command->body,
		    world.bodies[i].slug) == 0)
			body = &world.bodies[i];
	if (rc == RC_OK && body == NULL)
		rc = fail(&err, RC_PARK, "no such body; name it with --body");
	if (rc == RC_OK && body != NULL)
		rc = roster_write(&council, command->arena, body, &out, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fwrite(buf_text(&out), 1, out.n, stdout);
	return EXIT_DONE;
}
