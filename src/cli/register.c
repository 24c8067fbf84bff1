/* SPDX-License-Identifier: MIT */
/* raadspost register and incident: the record of processing of GDPR art. 30
 * by the configuration in force, and whom a letter reached (art. 33). Both
 * only look. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "cli/command.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "council/council.h"
#include "store/inbox.h"
#include "store/letter.h"
#include "store/personal.h"
#include "store/personal_file.h"
#include "store/store.h"
#include "store/world.h"

/* --- register ------------------------------------------------------------ */

static const char *
period_of(const struct command *command, const struct settings *s,
    enum personal_class class)
{
	switch (class) {
	case CLASS_RAW:
		return arena_printf(command->arena, "%d days after it came or "
		    "was made (keep.mail-days)", s->keep_mail_days);
	case CLASS_LOG:
		return arena_printf(command->arena, "%d days (keep.log-days);"
		    " who was answered: 2 days", s->keep_log_days);
	case CLASS_ASKED:
		return arena_printf(command->arena, "%d days after the answer "
		    "(keep.asked-days)", s->keep_asked_days);
	case CLASS_SENSITIVE:
		return arena_printf(command->arena, "%d days; accepted: as "
		    "long as the seat", COUNCIL_KEEP_DAYS);
	case CLASS_PLACE:
		return "as long as the place or subscription";
	case CLASS_CASE:
		return "as long as the minutes of the meeting (archive rules)";
	default:
		return "";
	}
}

static const struct purpose_line {
	enum personal_class class;
	const char *purpose, *subjects, *recipients;
} purposes[] = {
	{ CLASS_RAW, "to carry, understand and answer the council's mail",
	    "whoever writes to the council or gets a letter of it",
	    "the secretary; the person; the mail servers below" },
	{ CLASS_SENSITIVE, "to find members: applications and nominations "
	    "(a group may say something of health, GDPR art. 9)",
	    "applicants, nominees, those who propose",
	    "the secretary; the body that appoints" },
	{ CLASS_PLACE, "to know who has a place in a body or is on its list",
	    "members, substitutes, appointees, secretaries, subscribers",
	    "the members and secretary of the body; where page-names says "
	    "so, the public pages" },
	{ CLASS_CASE, "to prepare, hold and record meetings, and to answer "
	    "hearings", "members, guests, citizens with a point, authorities",
	    "the members; of what is open, subscribers, the committee and "
	    "the public pages; an authority gets its answer" },
	{ CLASS_ASKED, "to ask back, and to confirm who writes",
	    "whoever was asked", "the person" },
	{ CLASS_LOG, "to know what was sent, and to stop floods",
	    "whoever gets a letter", "nobody" },
};

static void
columns_print(enum personal_class class)
{
	const char *table = "";

	for (size_t i = 0; i < personal_count; i++) {
		const struct personal_column *c = &personal_columns[i];

		if (c->class != class)
			continue;
		if (strcmp(table, c->table) != 0)
			(void)printf("%s%s: %s", *table == '\0' ? "  data       "
			    : "\n             ", c->table, c->column);
		else
			(void)printf(", %s", c->column);
		table = c->table;
	}
	(void)printf("\n");
}

int
command_register(struct command *command)
{
	struct settings s;
	struct store *store = NULL;
	struct world world;
	struct err err = { "" };
	enum rc rc;

	if (command->n != 0)
		return command_use(command);
	rc = command_store(command, &s, &store, &err);
	if (rc == RC_OK)
		rc = world_load(store, command->arena, clock_now(), &world,
		    &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	(void)printf("Record of processing activities, GDPR art. 30\n\n"
	    "controller   %s\ncontact      %s\nmailbox      %s\n"
	    "ground       %s\n", s.municipality, s.secretary, s.mailbox,
	    *s.ground == '\0' ? "not said; set «ground»" : s.ground);
	(void)printf("processors   mail in: %s; mail out: %s (as configured; "
	    "no transfer to others)\nbodies      ", s.reader.server.host,
	    s.sender.server.host);
	for (size_t i = 0; i < world.n_bodies; i++)
		(void)printf("%s %s", i > 0 ? "," : "",
		    world.bodies[i].name);
	(void)printf("\nmode         %s\nsecurity     database 0600, "
	    "secure_delete, TLS verified, own process for each server\n",
	    s.trial ? "trial: all letters go to the secretary" : "live");
	for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
		const struct purpose_line *p = &purposes[i];

		(void)printf("\n%zu %s\n  purpose    %s\n  subjects   %s\n"
		    "  recipients %s\n  kept       %s\n", i + 1,
		    personal_class_word(p->class), p->purpose, p->subjects,
		    p->recipients, period_of(command, &s, p->class));
		columns_print(p->class);
	}
	return EXIT_DONE;
}

/* --- incident ------------------------------------------------------------ */

#define CLOCK_S (INT64_C(72) * 3600)	/* GDPR art. 33(1): after it became
					 * known, which is when this is run */

static void
lines_print(struct command *command, const struct incident_line *rows,
    size_t n)
{
	struct table t = table_open(command->arena,
	    "letter at state bytes to key answer");

	for (size_t i = 0; i < n; i++) {
		const char **c = table_row(&t);

		c[0] = table_number(command->arena, rows[i].letter_id);
		c[1] = table_instant(command->arena, rows[i].at);
		c[2] = rows[i].state;
		c[3] = table_number(command->arena, rows[i].size_bytes);
		c[4] = rows[i].to;
		c[5] = rows[i].key;
		c[6] = rows[i].answer;
	}
	table_print(&t, command->json);
}

int
command_incident(struct command *command)
{
	bool is_letter = command->n == 2 && strcmp(command->args[0],
	    "letter") == 0;
	const char *id = command->n == 1 ? command->args[0] : is_letter ?
	    command->args[1] : "";
	struct settings s;
	struct store *store = NULL;
	struct incident_line *rows;
	struct err err = { "" };
	char *end;
	long long number = strtoll(id, &end, 10);
	int64_t now_at = clock_now();
	size_t n = 0;
	enum rc rc;

	if (*id == '\0' || *end != '\0' || number <= 0)
		return command_use(command);
	rc = command_store(command, &s, &store, &err);
	if (rc == RC_OK)
		rc = is_letter ? incident_of_letter(store, command->arena,
		    number, &rows, &n, &err) : incident_of_mail(store,
		    command->arena, number, &rows, &n, &err);
	store_close(&store);
	if (rc == RC_OK && n == 0)
		rc = fail(&err, RC_NONE, "%s %lld: no letter came of it",
		    is_letter ? "letter" : "mail", number);
	if (rc != RC_OK)
		return command_fail(command, &err);
	if (!command->json)
		(void)printf("known        %s\nto Datatilsynet by %s (72 hours "
		    "after it became known, GDPR art. 33)\n\n",
		    table_instant(command->arena, now_at),
		    table_instant(command->arena, now_at + CLOCK_S));
	lines_print(command, rows, n);
	return EXIT_DONE;
}
