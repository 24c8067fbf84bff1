/* SPDX-License-Identifier: MIT */
/* raadspost person: what is kept about one address, and its erasure. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/engine.h"
#include "cli/requests.h"
#include "council/data.h"
#include "store/erasure.h"
#include "store/store.h"

/* --- what is asked of the engine ----------------------------------------- */

enum rc
request_person(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	const char *verb = wire_get_text(w), *email = wire_get_text(w);
	struct erasure *rows;
	int64_t erasure_id;
	size_t n;
	enum rc rc;

	if (w->bad || verb == NULL || email == NULL)
		return fail(err, RC_PARK, "the request is none");
	if (strcmp(verb, "erase") == 0) {
		rc = erasure_add(e->store, email, clock_now(), 0,
		    &erasure_id, err);
		*answer = arena_printf(arena, "erased in the coming night; "
		    "take it back before with: raadspost person keep %s\n",
		    email);
		return rc == RC_NONE ? fail(err, RC_PARK, "%s is to be "
		    "erased already", email) : rc;
	}
	if ((rc = erasure_open(e->store, arena, &rows, &n, err)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (text_equal_nocase(rows[i].email, email) &&
		    rows[i].erased_at == 0) {
			*answer = arena_printf(arena, "%s: kept\n", email);
			return erasure_drop(e->store, rows[i].erasure_id,
			    err);
		}
	return fail(err, RC_PARK, "%s does not wait to be erased", email);
}

static enum rc
alone(const struct command *command, const struct settings *s,
    struct bytes request, const char **answer, struct err *err)
{
	struct wire_in w = wire_in(command->arena, request);
	struct engine e = { .settings = *s };
	enum rc rc = store_open(s->database, STORE_WRITE, &e.store, err);

	if (rc != RC_OK)
		return rc;
	rc = store_begin(e.store, err);
	if (rc == RC_OK)
		rc = request_person(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

/* --- the command --------------------------------------------------------- */

static enum rc
ask(struct command *command, const struct settings *settings,
    const char *verb, const char *email, struct err *err)
{
	struct wire_out out = wire_out(command->arena);
	const char *answer;
	enum rc rc;

	wire_put_text(&out, verb);
	wire_put_text(&out, email);
	rc = control_ask(settings->control, command->arena, CONTROL_PERSON,
	    wire_bytes(&out), &answer, err);
	if (rc == RC_NONE)
		rc = alone(command, settings, wire_bytes(&out), &answer, err);
	if (rc == RC_OK)
		(void)fputs(answer, stdout);
	return rc;
}

/* What stays, and, without --yes, nothing more. */
static enum rc
erase(struct command *command, const char *email, struct err *err)
{
	struct settings settings;
	struct store *store = NULL;
	struct erasure_kept *rows;
	size_t n;
	enum rc rc = command_store(command, &settings, &store, err);

	if (rc == RC_OK)
		rc = erasure_stays(store, command->arena, email, &rows, &n,
		    err);
	store_close(&store);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		(void)printf("stays, as a document of the authority: %lld "
		    "%s\n", (long long)rows[i].n, rows[i].thing);
	if (!command->yes) {
		(void)printf("all else about %s goes; say --yes to have it "
		    "erased in the coming night\n", email);
		return RC_OK;
	}
	return ask(command, &settings, "erase", email, err);
}

static enum rc
export(struct command *command, const char *email, const char *path,
    struct err *err)
{
	struct settings settings;
	struct store *store = NULL;
	const char *text;
	enum rc rc = command_store(command, &settings, &store, err);

	if (rc == RC_OK)
		rc = data_file(store, command->arena, email,
		    settings.language, clock_now(), &text, err);
	store_close(&store);
	if (rc != RC_OK)
		return rc;
	if (path != NULL)
		return file_create(path, 0600, (struct bytes){
		    (const unsigned char *)text, strlen(text) }, err);
	(void)fputs(text, stdout);
	return RC_OK;
}

int
command_person(struct command *command)
{
	const char *verb = command->n < 2 ? "" : command->args[0];
	const char *email = command->n < 2 ? NULL :
	    text_lower(command->arena, command->args[1]);
	struct settings settings;
	struct err err = { "" };
	enum rc rc;

	if (email == NULL || strchr(email, '@') == NULL)
		return command_use(command);
	if (strcmp(verb, "export") == 0 && command->n <= 3)
		rc = export(command, email, command->n == 3 ?
		    command->args[2] : NULL, &err);
	else if (strcmp(verb, "erase") == 0 && command->n == 2)
		rc = erase(command, email, &err);
	else if (strcmp(verb, "keep") == 0 && command->n == 2)
		rc = (rc = command_settings(command, &settings, &err)) !=
		    RC_OK ? rc : ask(command, &settings, "keep", email, &err);
	else
		return command_use(command);
	return rc == RC_OK ? EXIT_DONE : command_fail(command, &err);
}
