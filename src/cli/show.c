/* SPDX-License-Identifier: MIT */
/* raadspost show: one row with all that belongs to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "rules/purpose.h"
#include "store/application.h"
#include "store/inbox.h"
#include "store/letter.h"
#include "store/nomination.h"
#include "store/store.h"

struct shown {
	struct arena *arena;
	struct buf json;
	bool is_json;
};

static void
line(struct shown *s, const char *name, const char *value)
{
	if (s->is_json)
		json_text(&s->json, name, value);
	else if (value != NULL)
		(void)printf("%-14s %s\n", name, value);
}

static void
number(struct shown *s, const char *name, int64_t value)
{
	line(s, name, table_number(s->arena, value));
}

static enum rc
show_mail(struct store *store, struct shown *s, int64_t id, struct err *err)
{
	struct inbox_row m;
	enum rc rc = inbox_load(store, s->arena, id, &m, err);

	if (rc != RC_OK)
		return rc;
	number(s, "mail", m.mail_id);
	line(s, "came", table_instant(s->arena, m.came_at));
	number(s, "size", m.size_bytes);
	number(s, "uidvalidity", m.uidvalidity);
	number(s, "uid", m.uid);
	number(s, "attempts", m.attempts);
	line(s, "state", m.state == INBOX_STORED ? "stored"
	    : m.state == INBOX_DONE ? "done" : "filed");
	if (m.state != INBOX_STORED)
		line(s, "outcome", outcome_word(m.outcome));
	line(s, "reason", m.reason);
	line(s, "from", m.from);
	line(s, "subject", m.subject);
	line(s, "message-id", m.message_id);
	line(s, "why", m.why);
	return RC_OK;
}

static enum rc
show_letter(struct store *store, struct shown *s, int64_t id, struct err *err)
{
	struct letter_row l;
	enum rc rc = letter_load(store, s->arena, id, &l, err);

	if (rc != RC_OK)
		return rc;
	number(s, "letter", l.letter_id);
	line(s, "key", l.key);
	line(s, "kind", world_letter_kind_word(l.kind));
	line(s, "state", letter_state_word(l.state));
	line(s, "to", l.to);
	line(s, "subject", l.subject);
	line(s, "message-id", l.message_id);
	line(s, "made", table_instant(s->arena, l.made_at));
	line(s, "due", table_instant(s->arena, l.due_at));
	line(s, "first-try", table_instant(s->arena, l.first_at));
	line(s, "last-try", table_instant(s->arena, l.last_at));
	number(s, "attempts", l.attempts);
	if (l.mail_id != 0)
		number(s, "answers-mail", l.mail_id);
	line(s, "answer", l.answer);
	return RC_OK;
}

static enum rc
show_application(struct store *store, struct shown *s, int64_t id,
    struct err *err)
{
	struct application a;
	enum rc rc = application_load(store, s->arena, id, &a, err);

	if (rc != RC_OK)
		return rc;
	number(s, "application", a.number);
	line(s, "body", a.body);
	line(s, "name", a.name);
	line(s, "email", a.email);
	line(s, "verified", a.verified ? "yes" : "no");
	line(s, "state", a.replaced ? "replaced"
	    : application_state_word(a.state));
	line(s, "came", table_instant(s->arena, a.came_at));
	line(s, "words", a.words);
	return RC_OK;
}

static enum rc
show_nomination(struct store *store, struct shown *s, int64_t id,
    struct err *err)
{
	struct nomination a;
	enum rc rc = nomination_load(store, s->arena, id, &a, err);

	if (rc != RC_OK)
		return rc;
	number(s, "nomination", a.number);
	line(s, "body", a.body);
	line(s, "name", a.name);
	line(s, "email", a.email);
	line(s, "by", a.by);
	line(s, "by-name", a.by_name);
	line(s, "verified", a.verified ? "yes" : "no");
	line(s, "state", a.replaced ? "replaced"
	    : nomination_state_word(a.state));
	line(s, "came", table_instant(s->arena, a.came_at));
	line(s, "words", a.words);
	return RC_OK;
}

int
command_show(struct command *command)
{
	static const struct {
		const char *name;
		enum rc (*show)(struct store *, struct shown *, int64_t,
		    struct err *);
	} shows[] = {
		{ "mail", show_mail }, { "letter", show_letter },
		{ "application", show_application },
		{ "nomination", show_nomination },
	};
	struct shown s = { .arena = command->arena,
		.json = buf_open(command->arena), .is_json = command->json };
	struct settings settings;
	struct store *store = NULL;
	struct err err = { "" };
	size_t which = 0;
	char *end = NULL;
	int64_t id;
	enum rc rc;

	if (command->pdf != NULL && (command->n == 1 || (command->n == 2 &&
	    strcmp(command->args[0], "minutes") == 0)))
		return show_paper(command);
	if (command->n != 2 || command->pdf != NULL)
		return command_use(command);
	while (which < sizeof shows / sizeof shows[0]
	    && strcmp(shows[which].name, command->args[0]) != 0)
		which++;
	id = strtoll(command->args[1], &end, 10);
	if (which == sizeof shows / sizeof shows[0] || *end != '\0')
		return command_use(command);
	json_open(&s.json, NULL, '{');
	rc = command_store(command, &settings, &store, &err);
	if (rc == RC_OK)
		rc = shows[which].show(store, &s, id, &err);
	store_close(&store);
	if (rc == RC_NONE)
		(void)fail(&err, rc, "there is no %s %lld; see «raadspost "
		    "list»", command->args[0], (long long)id);
	if (rc != RC_OK)
		return command_fail(command, &err);
	json_close(&s.json, '}');
	if (s.is_json)
		(void)puts(buf_text(&s.json));
	return EXIT_DONE;
}
