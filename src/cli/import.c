/* SPDX-License-Identifier: MIT */
/* raadspost import: council files: what they would change, and changing it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/requests.h"
#include "cli/settings.h"
#include "store/store.h"

#define FILE_MAX_BYTES ((size_t)1024 * 1024)

/* The request's payload: whether to apply, and the files. */
static enum rc
request_build(const struct command *command, bool apply, struct bytes *request,
    struct err *err)
{
	struct wire_out out = wire_out(command->arena);
	struct bytes text;
	enum rc rc;

	wire_put_u8(&out, apply);
	wire_put_u32(&out, (uint32_t)command->n);
	for (size_t i = 0; i < command->n; i++) {
		const char *path = command->args[i];

		rc = file_read(command->arena, path, FILE_MAX_BYTES, &text,
		    err);
		if (rc != RC_OK)
			return rc;
		if (!text_is_utf8((const char *)text.data, text.n)
		    || memchr(text.data, '\0', text.n) != NULL)
			return fail(err, RC_STOP, "%s:1: this is no UTF-8 "
			    "text; save it as UTF-8", path);
		wire_put_text(&out, path);
		wire_put_text(&out, (const char *)text.data);
	}
	*request = wire_bytes(&out);
	return RC_OK;
}

/* No engine runs: we take the lock ourselves. */
static enum rc
import_alone(const struct command *command, const struct settings *settings,
    struct bytes request, const char **answer, struct err *err)
{
	struct wire_in w = wire_in(command->arena, request);
	struct store *store = NULL;
	enum rc rc;

	rc = store_open(settings->database, STORE_WRITE, &store, err);
	if (rc != RC_OK)
		return rc;
	rc = store_begin(store, err);
	if (rc == RC_OK)
		rc = request_import(store, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(store, err);
	store_close(&store);
	return rc;
}

static enum rc
import_ask(const struct command *command, const struct settings *settings,
    bool apply, const char **answer, struct err *err)
{
	struct bytes request;
	enum rc rc;

	if ((rc = request_build(command, apply, &request, err)) != RC_OK)
		return rc;
	rc = control_ask(settings->control, command->arena, CONTROL_IMPORT,
	    request, answer, err);
	return rc != RC_NONE ? rc
	    : import_alone(command, settings, request, answer, err);
}

bool
person_agrees(void)
{
	char line[16];

	if (!isatty(STDIN_FILENO)) {
		(void)fputs("nothing was changed; --yes applies it\n", stderr);
		return false;
	}
	(void)fputs("Apply? [y/N] ", stdout);
	(void)fflush(stdout);
	return fgets(line, sizeof line, stdin) != NULL
	    && (line[0] == 'y' || line[0] == 'Y' || line[0] == 'j'
	    || line[0] == 'J');
}

int
command_import(struct command *command)
{
	struct settings settings;
	const char *answer;
	struct err err = { "" };

	if (command->n == 0)
		return command_use(command);
	if (text_ends(command->args[0], ".csv") || command->body != NULL)
		return roster_import(command);
	if (command_settings(command, &settings, &err) != RC_OK
	    || import_ask(command, &settings, false, &answer, &err) != RC_OK)
		return command_fail(command, &err);
	(void)fputs(answer, stdout);
	if (*answer == '\0') {
		(void)puts("no difference: all of it is there already");
		return EXIT_DONE;
	}
	if (!command->yes && !person_agrees())
		return EXIT_FAILED;
	if (import_ask(command, &settings, true, &answer, &err) != RC_OK)
		return command_fail(command, &err);
	(void)puts("applied");
	return EXIT_DONE;
}
