/* SPDX-License-Identifier: MIT */
/* raadspost member: what a secretary may say by mail about who sits where,
 * the IT department may do here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/engine.h"
#include "cli/requests.h"
#include "council/member_command.h"
#include "rules/purpose.h"
#include "store/store.h"
#include "store/world.h"

/* What is asked of the engine, in the order of the frame. */
enum { DEED, BODY, PERSON, NAME, ROLE, SEAT, FOR, DAY, WORDS };

static enum rc
order_run(struct council *council, struct arena *arena,
    const char *const words[WORDS], int64_t undo, int64_t *line,
    struct err *err)
{
	struct action a = { .part = -1, .body = words[BODY],
		.person = words[PERSON], .email = words[PERSON],
		.name = words[NAME], .choice = words[ROLE],
		.order = words[SEAT], .by = words[FOR] };
	enum rc rc;

	if (undo > 0) {
		*line = undo;
		rc = council_member_undo(council, arena, undo, err);
		return rc != RC_NONE ? rc : fail(err, RC_PARK, "line %lld is "
		    "no change of members that could be taken back",
		    (long long)undo);
	}
	if (words[DEED] == NULL || !action_read(words[DEED], &a.kind))
		return fail(err, RC_PARK, "the request is none");
	if (words[DAY] != NULL && !date_parse(words[DAY], &a.deadline_day))
		return fail(err, RC_PARK, "«%s» is no day, as 2026-11-26",
		    words[DAY]);
	if (a.kind == ACTION_ADDRESS_CHANGE) {
		a.to = words[NAME];
		a.choice = NULL;
	} else if (world_body(council->world, a.body) == NULL) {
		return fail(err, RC_PARK, "no body «%s»; raadspost list "
		    "members names them", a.body);
	}
	return council_member(council, arena, &a, line, err);
}

enum rc
request_member(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	const char *words[WORDS];
	struct world world;
	struct council council = { .store = e->store, .outbox = &e->outbox,
		.world = &world, .now_at = clock_now() };
	int64_t undo, line = 0;
	enum rc rc;

	for (size_t i = 0; i < WORDS; i++)
		words[i] = wire_get_text(w);
	undo = wire_get_i64(w);
	if (w->bad)
		return fail(err, RC_PARK, "the request is none");
	if ((rc = world_load(e->store, arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	e->outbox.now_at = council.now_at;
	if ((rc = order_run(&council, arena, words, undo, &line, err)) !=
	    RC_OK)
		return rc;
	*answer = undo > 0 ? arena_printf(arena, "%lld: taken back\n",
	    (long long)line) : arena_printf(arena, "done; take it back with: "
	    "raadspost member undo %lld\n", (long long)line);
	return RC_OK;
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
	e.outbox = engine_outbox(&e);
	rc = store_begin(e.store, err);
	if (rc == RC_OK)
		rc = request_member(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

static int
ask(struct command *command, const char *const words[WORDS], int64_t undo)
{
	struct wire_out out = wire_out(command->arena);
	struct settings settings;
	struct err err = { "" };
	const char *answer;
	enum rc rc;

	for (size_t i = 0; i < WORDS; i++)
		wire_put_text(&out, words[i]);
	wire_put_i64(&out, undo);
	if (command_settings(command, &settings, &err) != RC_OK)
		return command_fail(command, &err);
	rc = control_ask(settings.control, command->arena, CONTROL_MEMBER,
	    wire_bytes(&out), &answer, &err);
	if (rc == RC_NONE)
		rc = alone(command, &settings, wire_bytes(&out), &answer,
		    &err);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fputs(answer, stdout);
	return EXIT_DONE;
}

/* «name=Lone Friis», «role=substitute», «2027-01-01». */
static bool
word_read(const char *word, const char *words[WORDS])
{
	static const struct { const char *name; int at; } names[] = {
		{ "name=", NAME }, { "role=", ROLE }, { "seat=", SEAT },
		{ "for=", FOR }, { "day=", DAY },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (text_starts(word, names[i].name)) {
			words[names[i].at] = word + strlen(names[i].name);
			return true;
		}
	return false;
}

int
command_member(struct command *command)
{
	static const struct { const char *verb, *deed; size_t least; }
	verbs[] = {
		{ "add", "member-add", 3 }, { "leave", "member-leave", 3 },
		{ "role", "member-role", 4 },
		{ "reached", "member-reached", 3 },
		{ "address", "address-change", 3 },
	};
	const char *words[WORDS] = { NULL };
	const char *verb = command->n > 0 ? command->args[0] : "";
	size_t next = 0;

	if (strcmp(verb, "undo") == 0 && command->n == 2) {
		long long line = strtoll(command->args[1], NULL, 10);

		return line <= 0 ? command_use(command) : ask(command, words,
		    line);
	}
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].verb, verb) == 0 && command->n >=
		    verbs[i].least) {
			words[DEED] = verbs[i].deed;
			next = verbs[i].least;
		}
	if (words[DEED] == NULL)
		return command_use(command);
	if (strcmp(verb, "address") == 0) {
		words[PERSON] = text_lower(command->arena, command->args[1]);
		words[NAME] = command->args[2];
		return command->n == 3 ? ask(command, words, 0) :
		    command_use(command);
	}
	words[BODY] = command->args[1];
	words[PERSON] = text_lower(command->arena, command->args[2]);
	if (strcmp(verb, "role") == 0)
		words[ROLE] = command->args[3];
	for (; next < command->n; next++)
		if (!word_read(command->args[next], words))
			return command_use(command);
	return ask(command, words, 0);
}
