/* SPDX-License-Identifier: MIT */
/* raadspost call: open, stop, list, page. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/engine.h"
#include "cli/json.h"
#include "cli/requests.h"
#include "council/seats.h"
#include "mail/address.h"
#include "store/store.h"
#include "store/world.h"

#define FILE_MOST ((size_t)1024 * 1024)	/* a list of addresses, no archive */

/* --- what is asked of the engine ----------------------------------------- */

static enum rc
open_answer(struct arena *arena, const struct call_row *call,
    const char **answer)
{
	char day[DATE_TEXT_BYTES], at[DATE_TEXT_BYTES];

	date_format(call->deadline_day, day);
	date_format_instant(call->send_at, at);
	*answer = arena_printf(arena, "call %lld: %s is open until %s; the "
	    "letters leave %s\ntake it back before with: raadspost call stop "
	    "%s\n", (long long)call->call_id, call->body, day, at,
	    call->body);
	return RC_OK;
}

enum rc
request_call(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	const char *verb = wire_get_text(w), *body = wire_get_text(w);
	const char *day = wire_get_text(w), *addresses = wire_get_text(w);
	struct call_order order = { .addresses = addresses };
	struct world world;
	struct council council = {
		.store = e->store, .outbox = &e->outbox, .world = &world,
		.now_at = clock_now(),
	};
	struct call_row call;
	enum rc rc;

	if (w->bad || verb == NULL || body == NULL)
		return fail(err, RC_PARK, "the request is none");
	if ((rc = world_load(e->store, arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	e->outbox.now_at = council.now_at;
	if (strcmp(verb, "stop") == 0) {
		rc = council_call_stop(&council, arena, body, err);
		*answer = arena_printf(arena, "%s: taken back\n", body);
		return rc;
	}
	if (day == NULL || !date_parse(day, &order.deadline_day))
		return fail(err, RC_PARK, "«%s» is no day, as 2026-11-26",
		    day);
	rc = council_call_open(&council, arena, body, order, &call, err);
	return rc != RC_OK ? rc : open_answer(arena, &call, answer);
}

/* --- the command --------------------------------------------------------- */

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
		rc = request_call(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

static int
ask(struct command *command, const char *verb, const char *body,
    const char *day, const char *addresses)
{
	struct wire_out out = wire_out(command->arena);
	struct settings settings;
	struct err err = { "" };
	const char *answer;
	enum rc rc;

	wire_put_text(&out, verb);
	wire_put_text(&out, body);
	wire_put_text(&out, day);
	wire_put_text(&out, addresses);
	if (command_settings(command, &settings, &err) != RC_OK)
		return command_fail(command, &err);
	rc = control_ask(settings.control, command->arena, CONTROL_CALL,
	    wire_bytes(&out), &answer, &err);
	if (rc == RC_NONE)
		rc = alone(command, &settings, wire_bytes(&out), &answer,
		    &err);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fputs(answer, stdout);
	return EXIT_DONE;
}

/* Every word with an @ of a list or a spreadsheet's CSV. */
static void
addresses_add(struct arena *arena, const char *text, struct buf *out)
{
	static const char marks[] = " \t\r\n;,\"<>()";

	for (const char *at = text; *at != '\0';) {
		size_t n = strcspn(at, marks);
		const char *word = arena_strndup(arena, at, n);

		if (strchr(word, '@') != NULL)
			buf_addf(out, "%s%s", out->n > 0 ? " " : "",
			    text_lower(arena, word));
		at += n + strspn(at + n, marks);
	}
}

static int
call_open_command(struct command *command)
{
	struct buf out = buf_open(command->arena);
	struct err err = { "" };

	for (size_t i = 3; i < command->n; i++) {
		struct bytes file;

		if (strchr(command->args[i], '@') != NULL) {
			addresses_add(command->arena, command->args[i], &out);
			continue;
		}
		if (file_read(command->arena, command->args[i], FILE_MOST,
		    &file, &err) != RC_OK)
			return command_fail(command, &err);
		addresses_add(command->arena, arena_strndup(command->arena,
		    (const char *)file.data, file.n), &out);
	}
	return ask(command, "open", command->args[1], command->args[2],
	    buf_text(&out));
}

static enum rc
calls_print(struct command *command, struct store *store, struct err *err)
{
	struct world world;
	struct call_row call;
	enum rc rc = world_load(store, command->arena, clock_now(), &world,
	    err);

	for (size_t i = 0; rc == RC_OK && i < world.n_bodies; i++) {
		char day[DATE_TEXT_BYTES], answer[DATE_TEXT_BYTES];

		rc = call_newest(store, command->arena, world.bodies[i].slug,
		    &call, err);
		if (rc == RC_NONE) {
			rc = RC_OK;
			continue;
		}
		if (rc != RC_OK)
			break;
		date_format(call.deadline_day, day);
		date_format(call.answer_day, answer);
		(void)printf("%lld  %s  %s  until %s  answer by %s\n",
		    (long long)call.call_id, call.body,
		    call_state_word(call.state), day, answer);
	}
	return rc;
}

static enum rc
page_print(struct command *command, const struct settings *s,
    struct store *store, struct err *err)
{
	struct engine e = { .settings = *s, .store = store };
	struct world world;
	struct council council = { .store = store, .outbox = &e.outbox,
		.world = &world, .now_at = clock_now() };
	struct call_row call;
	const char *page;
	enum rc rc;

	e.outbox = engine_outbox(&e);
	if ((rc = world_load(store, command->arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	rc = call_newest(store, command->arena, command->args[1], &call, err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "%s: there is no call",
		    command->args[1]);
	if (rc == RC_OK)
		rc = call_page(&council, command->arena, &call, &page, err);
	if (rc == RC_OK)
		(void)fputs(page, stdout);
	return rc;
}

static int
look(struct command *command, bool page)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	enum rc rc = command_store(command, &settings, &store, &err);

	if (rc == RC_OK)
		rc = page ? page_print(command, &settings, store, &err) :
		    calls_print(command, store, &err);
	store_close(&store);
	return rc == RC_OK ? EXIT_DONE : command_fail(command, &err);
}

int
command_call(struct command *command)
{
	const char *verb = command->n > 0 ? command->args[0] : "";

	if (strcmp(verb, "open") == 0 && command->n >= 3)
		return call_open_command(command);
	if (strcmp(verb, "stop") == 0 && command->n == 2)
		return ask(command, verb, command->args[1], NULL, NULL);
	if (strcmp(verb, "list") == 0 && command->n == 1)
		return look(command, false);
	if (strcmp(verb, "page") == 0 && command->n == 2)
		return look(command, true);
	return command_use(command);
}
