/* SPDX-License-Identifier: MIT */
/* raadspost meeting: plan, move, change, cancel, ask a guest, list, show. */
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
#include "mail/ical_write.h"
#include "rules/meeting_facts.h"
#include "rules/purpose.h"
#include "store/meeting.h"
#include "store/store.h"
#include "store/world.h"

/* What is asked of the engine. */
struct order {
	enum action_kind kind;
	const char *body, *meeting, *facts, *title;
	int64_t undo;		/* line of the journal; 0 */
};

static bool
hours_read(struct arena *arena, const char *text, struct meeting_facts *f)
{
	const char *dash = strchr(text, '-');
	const char *lines = dash == NULL ? arena_printf(arena, "start: %s\n",
	    text) : arena_printf(arena, "start: %.*s\nend: %s\n",
	    (int)(dash - text), text, dash + 1);
	struct meeting_facts read;

	if (!meeting_facts_read(arena, lines, &read))
		return false;
	f->start_min = read.start_min;
	f->end_min = read.end_min;
	return true;
}

/* «2027-02-25», «16:00-18:00», «place=Biblioteket». */
static bool
word_read(struct arena *arena, const char *word, struct meeting_facts *f)
{
	const char *equal = strchr(word, '=');
	struct meeting_facts one;
	struct buf line = buf_open(arena);

	if (equal != NULL) {
		buf_add(&line, meeting_facts_write(arena, f));
		buf_addf(&line, "%.*s: ", (int)(equal - word), word);
		for (const char *p = equal + 1; *p != '\0'; p++)
			if (*p == '\n')
				buf_add(&line, "\\n");
			else
				buf_add_char(&line, *p);
		buf_add_char(&line, '\n');
		if (text_starts(word, "hours="))
			return hours_read(arena, equal + 1, f);
		if (text_starts(word, "at="))
			return hours_read(arena, equal + 1, f);
		return meeting_facts_read(arena, buf_text(&line), f);
	}
	if (strchr(word, '@') != NULL) {
		f->email = word;
		return true;
	}
	if (strlen(word) == 10 && word[4] == '-' && meeting_facts_read(arena,
	    arena_printf(arena, "day: %s\n", word), &one)) {
		f->day = one.day;
		return true;
	}
	return hours_read(arena, word, f);
}

static struct bytes
request_build(struct arena *arena, const struct order *o)
{
	struct wire_out out = wire_out(arena);

	wire_put_text(&out, o->undo != 0 ? "undo" : action_word(o->kind));
	wire_put_text(&out, o->body);
	wire_put_text(&out, o->meeting);
	wire_put_text(&out, o->facts);
	wire_put_text(&out, o->title);
	wire_put_i64(&out, o->undo);
	return wire_bytes(&out);
}

/* No engine runs: the parts of one, without its children. */
static enum rc
alone(const struct command *command, const struct settings *s,
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
		rc = request_meeting(&e, command->arena, &w, answer, err);
	if (rc == RC_OK)
		rc = store_commit(e.store, err);
	store_close(&e.store);
	return rc;
}

static int
ask(struct command *command, const struct order *o)
{
	struct bytes request = request_build(command->arena, o);
	struct settings settings;
	struct err err = { "" };
	const char *answer;
	enum rc rc;

	if (command_settings(command, &settings, &err) != RC_OK)
		return command_fail(command, &err);
	rc = control_ask(settings.control, command->arena, CONTROL_MEETING,
	    request, &answer, &err);
	if (rc == RC_NONE)
		rc = alone(command, &settings, request, &answer, &err);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)fputs(answer, stdout);
	return EXIT_DONE;
}

/* --- looking ---------------------------------------------------------------- */

static void
show_text(const struct world_body *body, const struct world_meeting *m)
{
	char start[DATE_TEXT_BYTES], end[DATE_TEXT_BYTES];

	date_format_instant(m->start_at, start);
	date_format_instant(m->end_at, end);
	(void)printf("# %s, %s\n\n- id: %s\n- kind: %s\n- state: %s\n"
	    "- start: %s\n- end: %s\n", body->name, m->id, m->id,
	    world_meeting_kind_word(m->kind),
	    world_meeting_state_word(m->state), start, end);
	if (m->place != NULL)
		(void)printf("- place: %s\n", m->place);
	if (m->theme != NULL)
		(void)printf("- theme: %s\n", m->theme);
	if (m->with_body != NULL)
		(void)printf("- with: %s\n", m->with_body);
	if (m->round > 0)
		(void)printf("- moved: %d times\n", m->round);
}

static enum rc
show_ics(struct store *store, struct arena *arena, const struct world *world,
    const struct world_body *body, const struct world_meeting *m,
    struct err *err)
{
	const char *text;
	int64_t sequence;
	enum rc rc = meeting_sequence(store, m->id, &sequence, err);

	if (rc != RC_OK || (rc = ical_write(arena, &(struct ical_event){
	    .uid = m->uid, .sequence = sequence, .start_at = m->start_at,
	    .end_at = m->end_at, .stamp_at = clock_now(),
	    .summary = body->name, .location = m->place,
	    .organizer = body->address != NULL ? body->address :
	    world->mailbox, .organizer_name = body->name, .publish = true,
	    .cancel = m->state == MEETING_CANCELLED }, &text, err)) != RC_OK)
		return rc;
	(void)fputs(text, stdout);
	return RC_OK;
}

static int
show(struct command *command, const char *id, bool ics)
{
	const struct world_meeting *m = NULL;
	const struct world_body *body = NULL;
	struct settings settings;
	struct store *store = NULL;
	struct world world;
	struct err err = { "" };
	enum rc rc = command_store(command, &settings, &store, &err);

	if (rc == RC_OK)
		rc = world_load(store, command->arena, clock_now(), &world,
		    &err);
	if (rc == RC_OK)
		m = world_meeting(&world, id, &body);
	if (rc == RC_OK && (m == NULL || body == NULL))
		rc = fail(&err, RC_NONE, "there is no meeting %s; see "
		    "«raadspost meeting list»", id);
	if (m != NULL && body != NULL && ics)
		rc = show_ics(store, command->arena, &world, body, m, &err);
	else if (m != NULL && body != NULL)
		show_text(body, m);
	store_close(&store);
	return rc == RC_OK ? EXIT_DONE : command_fail(command, &err);
}

/* --- the words behind «meeting» --------------------------------------------- */

static const struct verb {
	const char *name;
	enum action_kind kind;
	bool plans;
} verbs[] = {
	{ "plan", ACTION_MEETING_PLAN, true },
	{ "move", ACTION_MEETING_MOVE, false },
	{ "change", ACTION_MEETING_CHANGE, false },
	{ "cancel", ACTION_MEETING_CANCEL, false },
	{ "guest", ACTION_MEETING_GUEST, false },
};

static const struct verb *
verb_of(const char *word)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].name, word) == 0)
			return &verbs[i];
	return NULL;
}

static int
order(struct command *command, const struct verb *verb)
{
	struct meeting_facts facts = meeting_facts_none();
	struct order o = { .kind = verb->kind };
	char day[DATE_TEXT_BYTES];
	struct err err;

	if (verb->plans)
		o.body = command->args[1];
	else
		o.meeting = command->args[1];
	for (size_t i = 2; i < command->n; i++)
		if (!word_read(command->arena, command->args[i], &facts)) {
			(void)fail(&err, RC_PARK, "«%s» is no day, hours or "
			    "NAME=VALUE; see raadspost(8)",
			    command->args[i]);
			(void)command_fail(command, &err);
			return EXIT_USE;
		}
	if (verb->kind == ACTION_MEETING_MOVE && facts.day.year == 0) {
		(void)fail(&err, RC_PARK, "the new day is missing");
		(void)command_fail(command, &err);
		return EXIT_USE;
	}
	if (date_is_valid(facts.day)) {
		date_format(facts.day, day);
		o.title = day;
	}
	o.facts = meeting_facts_write(command->arena, &facts);
	return ask(command, &o);
}

int
command_meeting(struct command *command)
{
	const char *word = command->n == 0 ? "" : command->args[0];
	const struct verb *verb = verb_of(word);
	struct order undo = { .kind = ACTION_UNDO };
	const char *list = "meetings";

	if (verb != NULL && command->n >= 2)
		return order(command, verb);
	if (strcmp(word, "list") == 0 && command->n == 1) {
		command->args = &list;
		return command_list(command);
	}
	if (strcmp(word, "show") == 0 && (command->n == 2 ||
	    (command->n == 3 && strcmp(command->args[2], "ics") == 0)))
		return show(command, command->args[1], command->n == 3);
	if (strcmp(word, "undo") != 0 || command->n != 2)
		return command_use(command);
	undo.undo = strtoll(command->args[1], NULL, 10);
	return undo.undo <= 0 ? command_use(command) : ask(command, &undo);
}
