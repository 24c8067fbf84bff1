/* SPDX-License-Identifier: MIT */
/* raadspost list: rows of the database, a line each. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "rules/purpose.h"
#include "store/application.h"
#include "store/hearing.h"
#include "store/inbox.h"
#include "store/journal.h"
#include "store/letter.h"
#include "store/nomination.h"
#include "store/store.h"
#include "store/workshop.h"
#include "store/working_group.h"
#include "store/world.h"

#define MOST 100000	/* rows of one list */

typedef enum rc list_fn(struct store *store, struct arena *arena,
	struct table *table, struct err *err);

static const char *
mail_state(const struct inbox_row *m)
{
	return m->state == INBOX_STORED ? "stored" : m->state == INBOX_DONE
	    ? "done" : "filed";
}

static enum rc
list_mail(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct inbox_row *rows;
	size_t n;
	enum rc rc = inbox_list(store, arena, 0, MOST, &rows, &n, err);

	*t = table_open(arena, "mail came state outcome reason from subject");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);

		c[0] = table_number(arena, rows[i].mail_id);
		c[1] = table_instant(arena, rows[i].came_at);
		c[2] = mail_state(&rows[i]);
		if (rows[i].state != INBOX_STORED)
			c[3] = outcome_word(rows[i].outcome);
		c[4] = rows[i].reason;
		c[5] = rows[i].from;
		c[6] = rows[i].subject;
	}
	return rc;
}

static enum rc
list_letters(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct letter_row *rows;
	size_t n;
	enum rc rc = letter_list(store, arena, LETTER_STATES, MOST, &rows, &n,
	    err);

	*t = table_open(arena, "letter made state kind to subject answer");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);

		c[0] = table_number(arena, rows[i].letter_id);
		c[1] = table_instant(arena, rows[i].made_at);
		c[2] = letter_state_word(rows[i].state);
		c[3] = world_letter_kind_word(rows[i].kind);
		c[4] = rows[i].to;
		c[5] = rows[i].subject;
		c[6] = rows[i].answer;
	}
	return rc;
}

/* Who applied and who was proposed, in one list: both stand for a seat. */
static enum rc
list_applications(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct application *rows;
	struct nomination *named;
	size_t n, n_named;
	enum rc rc;

	*t = table_open(arena, "kind number came body name email state by");
	rc = application_list(store, arena, NULL, MOST, &rows, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);

		c[0] = "application";
		c[1] = table_number(arena, rows[i].number);
		c[2] = table_instant(arena, rows[i].came_at);
		c[3] = rows[i].body;
		c[4] = rows[i].name;
		c[5] = rows[i].email;
		c[6] = rows[i].replaced ? "replaced"
		    : application_state_word(rows[i].state);
	}
	if (rc != RC_OK)
		return rc;
	rc = nomination_list(store, arena, NULL, MOST, &named, &n_named, err);
	for (size_t i = 0; rc == RC_OK && i < n_named; i++) {
		const char **c = table_row(t);

		c[0] = "nomination";
		c[1] = table_number(arena, named[i].number);
		c[2] = table_instant(arena, named[i].came_at);
		c[3] = named[i].body;
		c[4] = named[i].name;
		c[5] = named[i].email;
		c[6] = named[i].replaced ? "replaced"
		    : nomination_state_word(named[i].state);
		c[7] = named[i].by;
	}
	return rc;
}

static enum rc
list_members(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct world world;
	enum rc rc = world_load(store, arena, clock_now(), &world, err);

	*t = table_open(arena, "body role name email seat substitute-for");
	for (size_t b = 0; rc == RC_OK && b < world.n_bodies; b++)
		for (size_t i = 0; i < world.bodies[b].n_people; i++) {
			const struct world_person *p =
			    &world.bodies[b].people[i];
			const char **c = table_row(t);

			c[0] = world.bodies[b].slug;
			c[1] = world_role_word(p->role);
			c[2] = p->name;
			c[3] = p->email;
			c[4] = p->seat;
			c[5] = p->substitute_for;
		}
	return rc;
}

static enum rc
list_meetings(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct world world;
	enum rc rc = world_load(store, arena, clock_now(), &world, err);

	*t = table_open(arena, "meeting start state kind place theme "
	    "points-until");
	for (size_t b = 0; rc == RC_OK && b < world.n_bodies; b++)
		for (size_t i = 0; i < world.bodies[b].n_meetings; i++) {
			const struct world_meeting *m =
			    &world.bodies[b].meetings[i];
			const char **c = table_row(t);

			c[0] = m->id;
			c[1] = table_instant(arena, m->start_at);
			c[2] = world_meeting_state_word(m->state);
			c[3] = world_meeting_kind_word(m->kind);
			c[4] = m->place;
			c[5] = m->theme;
			c[6] = table_instant(arena, m->points_until_at);
		}
	return rc;
}

static enum rc
list_groups(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct group *rows;
	size_t n;
	enum rc rc = group_list(store, arena, NULL, &rows, &n, err);

	*t = table_open(arena, "body tag state title chair members");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);

		c[0] = rows[i].body;
		c[1] = rows[i].tag;
		c[2] = group_state_word(rows[i].state);
		c[3] = rows[i].title;
		c[4] = rows[i].chair;
		c[5] = rows[i].members;
	}
	return rc;
}

static enum rc
list_hearings(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct hearing_row *rows;
	size_t n;
	enum rc rc = hearing_list(store, arena, MOST, &rows, &n, err);

	*t = table_open(arena, "hearing state deadline members answered "
	    "letter server title");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);
		char day[DATE_TEXT_BYTES];

		c[0] = rows[i].slug;
		c[1] = hearing_state_word(rows[i].state);
		date_format(rows[i].deadline_day, day);
		c[2] = arena_strdup(arena, day);
		if (rows[i].members_day.year != 0) {
			date_format(rows[i].members_day, day);
			c[3] = arena_strdup(arena, day);
		}
		if (rows[i].answered_at != 0)
			c[4] = table_instant(arena, rows[i].answered_at);
		if (rows[i].letter_id != 0)
			c[5] = table_number(arena, rows[i].letter_id);
		c[6] = rows[i].proof;
		c[7] = rows[i].title;
	}
	return rc;
}

/* With how many have a place, and wait. */
static enum rc
list_workshops(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct workshop_row *rows;
	size_t n;
	enum rc rc = workshop_list(store, arena, true, &rows, &n, err);

	*t = table_open(arena, "meeting state start places taken report "
	    "process");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);
		char day[DATE_TEXT_BYTES];
		int64_t taken;

		rc = registration_taken(store, rows[i].workshop_id, &taken,
		    err);
		c[0] = rows[i].meeting;
		c[1] = workshop_word(rows[i].state);
		c[2] = table_instant(arena, rows[i].start_at);
		c[3] = table_number(arena, rows[i].places);
		c[4] = arena_printf(arena, "%lld", (long long)taken);
		if (rows[i].report_day.year != 0) {
			date_format(rows[i].report_day, day);
			c[5] = arena_strdup(arena, day);
		}
		c[6] = rows[i].process;
	}
	return rc;
}

/* What people need is shown nowhere but in the secretary's letter. */
static enum rc
list_registrations(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct workshop_row *all;
	struct registration_row *rows;
	size_t n_all, n;
	enum rc rc = workshop_list(store, arena, true, &all, &n_all, err);

	*t = table_open(arena, "meeting state at email name companion");
	for (size_t w = 0; rc == RC_OK && w < n_all; w++) {
		rc = registration_list(store, arena, all[w].workshop_id, NULL,
		    &rows, &n, err);
		for (size_t i = 0; rc == RC_OK && i < n; i++) {
			const char **c = table_row(t);

			c[0] = all[w].meeting;
			c[1] = registration_word(rows[i].state);
			c[2] = table_instant(arena, rows[i].at);
			c[3] = rows[i].email;
			c[4] = rows[i].name;
			c[5] = rows[i].companion;
		}
	}
	return rc;
}

static enum rc
list_journal(struct store *store, struct arena *arena, struct table *t,
    struct err *err)
{
	struct journal_row *rows;
	size_t n;
	enum rc rc = journal_list(store, arena, MOST, &rows, &n, err);

	*t = table_open(arena, "line at deed body mail by because undone");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		const char **c = table_row(t);

		c[0] = table_number(arena, rows[i].journal_id);
		c[1] = table_instant(arena, rows[i].at);
		c[2] = rows[i].deed;
		c[3] = rows[i].body;
		c[4] = table_number(arena, rows[i].mail_id);
		c[5] = rows[i].by;
		c[6] = rows[i].by_what;
		c[7] = rows[i].undone ? "undone" : NULL;
	}
	return rc;
}

int
command_list(struct command *command)
{
	static const struct {
		const char *name;
		list_fn *list;
	} lists[] = {
		{ "mail", list_mail }, { "letters", list_letters },
		{ "applications", list_applications },
		{ "hearings", list_hearings }, { "groups", list_groups },
		{ "members", list_members }, { "meetings", list_meetings },
		{ "workshops", list_workshops },
		{ "registrations", list_registrations },
		{ "journal", list_journal },
	};
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	struct table table;
	list_fn *list = NULL;
	enum rc rc;

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (command->n == 1
		    && strcmp(lists[i].name, command->args[0]) == 0)
			list = lists[i].list;
	if (list == NULL)
		return command_use(command);
	if (command->csv && list == list_members)
		return roster_print(command);
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = list(store, command->arena, &table, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	table_print(&table, command->json);
	return EXIT_DONE;
}
