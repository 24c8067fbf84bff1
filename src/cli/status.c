/* SPDX-License-Identifier: MIT */
/* raadspost status: what waits on whom, and how the servers are: by the
 * running engine, and the counts by the database. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "store/inbox.h"
#include "rules/year.h"
#include "store/journal_copy.h"
#include "store/letter.h"
#include "store/store.h"

#define COUNT_MOST 100000

struct books {
	size_t waiting;				/* mails stored, not done */
	size_t letters[LETTER_STATES];
	int64_t next_due_at;			/* 0 none */
	size_t unjournaled;	/* for more than a working day */
};

static enum rc
books_read(struct store *store, struct arena *arena, struct books *books,
    struct err *err)
{
	static const enum letter_state looked_at[] = { LETTER_QUEUED,
		LETTER_SENDING, LETTER_DOT, LETTER_DEFERRED, LETTER_FAILED,
		LETTER_UNCERTAIN };
	struct inbox_row *mails;
	struct letter_row *rows;
	enum rc rc;

	*books = (struct books){ .waiting = 0 };
	rc = inbox_waiting(store, arena, COUNT_MOST, &mails, &books->waiting,
	    err);
	for (size_t i = 0; rc == RC_OK
	    && i < sizeof looked_at / sizeof looked_at[0]; i++)
		rc = letter_list(store, arena, looked_at[i], COUNT_MOST, &rows,
		    &books->letters[looked_at[i]], err);
	if (rc != RC_OK)
		return rc;
	rc = journal_copy_late(store, date_at(year_add(date_local(
	    clock_now()).day, (struct year_days){ -1, true }), 0, 0), &books->unjournaled, err);
	if (rc != RC_OK)
		return rc;
	rc = letter_next_due(store, &books->next_due_at, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static void
print_json(struct arena *arena, const char *engine, const struct books *b)
{
	struct buf buf = buf_open(arena);

	json_open(&buf, NULL, '{');
	json_flag(&buf, "running", engine != NULL);
	json_number(&buf, "mails_waiting", (int64_t)b->waiting);
	json_number(&buf, "not_journalised", (int64_t)b->unjournaled);
	json_open(&buf, "letters", '{');
	for (int i = 0; i < LETTER_STATES; i++)
		if (i != LETTER_SENT && i != LETTER_WITHDRAWN)
			json_number(&buf,
			    letter_state_word((enum letter_state)i),
			    (int64_t)b->letters[i]);
	json_close(&buf, '}');
	json_instant(&buf, "next_due", b->next_due_at);
	if (engine != NULL) {
		buf_add(&buf, ", \"engine\": ");
		buf_add(&buf, engine);
	}
	json_close(&buf, '}');
	(void)puts(buf_text(&buf));
}

/* The engine's JSON as lines `name: value`; the depth by indent. It is our
 * own, so that a reader of fifteen lines is enough. */
static void
print_engine(const char *at)
{
	int depth = 0;
	bool in_text = false;

	for (; *at != '\0'; at++) {
		if (*at == '"' && (at[-1] != '\\' || !in_text)) {
			in_text = !in_text;
		} else if (in_text) {
			(void)putchar(*at == '\\' ? ' ' : *at);
		} else if (*at == '{' || *at == '[') {
			depth++;
			if (depth > 1)
				(void)putchar('\n');
			(void)printf("%*s", 2 * depth, "");
		} else if (*at == '}' || *at == ']') {
			depth--;
		} else if (*at == ',') {
			(void)printf("\n%*s", 2 * depth, "");
			at += at[1] == ' ';
		} else {
			(void)putchar(*at);
		}
	}
	(void)putchar('\n');
}

static void
print_text(const struct settings *s, const char *engine,
    const struct books *b)
{
	char at[DATE_TEXT_BYTES];

	(void)printf("%s (%s)\n", s->municipality,
	    s->trial ? "trial: letters go to the secretary alone" : "live");
	(void)printf("mails waiting: %zu\n", b->waiting);
	if (b->unjournaled > 0)
		(void)printf("not yet journalised after a working day: "
		    "%zu\n", b->unjournaled);
	(void)printf("letters: %zu queued, %zu under way, %zu deferred, "
	    "%zu failed, %zu uncertain\n", b->letters[LETTER_QUEUED],
	    b->letters[LETTER_SENDING] + b->letters[LETTER_DOT],
	    b->letters[LETTER_DEFERRED], b->letters[LETTER_FAILED],
	    b->letters[LETTER_UNCERTAIN]);
	if (b->next_due_at != 0) {
		date_format_instant(b->next_due_at, at);
		(void)printf("next letter due: %s\n", at);
	}
	if (engine == NULL) {
		(void)printf("no daemon is running: systemctl start "
		    "raadspost@NAME\n");
		return;
	}
	(void)puts("daemon:");
	print_engine(engine);
}

int
command_status(struct command *command)
{
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	const char *engine = NULL;
	struct books books;
	enum rc rc;

	if (command->n != 0)
		return command_use(command);
	if (command_settings(command, &settings, &err) != RC_OK)
		return command_fail(command, &err);
	rc = control_ask(settings.control, command->arena, CONTROL_STATUS,
	    (struct bytes){ .n = 0 }, &engine, &err);
	if (rc == RC_NONE || rc == RC_OK)
		rc = store_open(settings.database, STORE_READ, &store, &err);
	if (rc == RC_OK)
		rc = books_read(store, command->arena, &books, &err);
	store_close(&store);
	if (rc != RC_OK)
		return command_fail(command, &err);
	if (command->json)
		print_json(command->arena, engine, &books);
	else
		print_text(&settings, engine, &books);
	return EXIT_DONE;
}
