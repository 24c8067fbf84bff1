/* SPDX-License-Identifier: MIT */
/* raadspost check: everything is tried; a line for each thing, with the cure
 * where it is wrong. It changes nothing and sends nothing. */
#define _GNU_SOURCE /* adjtimex */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/embedded.h"
#include "base/process.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "mail/imap.h"
#include "mail/smtp.h"
#include "render/template.h"
#include "store/store.h"
#include "store/world.h"
#include "understand/understand.h"

#define BUILT_AT 1767225600	/* 1 January 2026: no clock of ours is before */

struct check {
	const struct command *command;
	struct arena *arena;
	struct settings settings;
	struct buf json;
	int faults;
};

static void
say(struct check *c, const char *what, const char *how, const char *text)
{
	if (c->command->json) {
		json_open(&c->json, NULL, '{');
		json_text(&c->json, "what", what);
		json_text(&c->json, "result", how);
		json_text(&c->json, "text", text);
		json_close(&c->json, '}');
	} else {
		(void)printf("%-5s  %-14s %s\n", how, what, text);
		(void)fflush(stdout);
	}
}

static void fine(struct check *c, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void note(struct check *c, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
fine(struct check *c, const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(c, what, "ok", arena_vprintf(c->arena, format, args));
	va_end(args);
}

/* Works, but somebody should look. */
static void
note(struct check *c, const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(c, what, "note", arena_vprintf(c->arena, format, args));
	va_end(args);
}

static void
fault(struct check *c, const char *what, const struct err *err)
{
	c->faults++;
	say(c, what, "FAULT", err->text);
}

static void
check_programs(struct check *c)
{
	static const char *const names[] = { "raadspost-reader",
		"raadspost-parser", "raadspost-sender" };
	struct err err;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *path = process_path(c->arena, c->command->program,
		    names[i]);

		if (access(path, X_OK) == 0)
			continue;
		(void)fail(&err, RC_STOP, "%s: is not there, or cannot be "
		    "run; install raadspost whole (make install)", path);
		fault(c, "programs", &err);
		return;
	}
	fine(c, "programs", "reader, parser and sender are there");
}

/* The system's own clock, by the kernel: --clock does not count here. */
static void
check_clock(struct check *c)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);
	struct err err;

	if (state >= 0 && t.time.tv_sec < BUILT_AT) {
		(void)fail(&err, RC_STOP, "it stands before 2026; set it, and "
		    "let systemd-timesyncd or chrony keep it");
		fault(c, "clock", &err);
	} else if (state == TIME_ERROR) {
		note(c, "clock", "nobody keeps it right; let systemd-timesyncd "
		    "or chrony do so (zone %s)", c->settings.timezone);
	} else {
		fine(c, "clock", "kept right, zone %s", c->settings.timezone);
	}
}

static bool
check_secrets(struct check *c)
{
	struct err err;

	if (settings_secrets(c->arena, &c->settings, &err) != RC_OK) {
		fault(c, "secrets", &err);
		return false;
	}
	fine(c, "secrets", "read by us alone");
	return true;
}

static void
check_database(struct check *c)
{
	struct store *store = NULL;
	struct world world;
	struct err err;
	enum rc rc = store_open(c->settings.database, STORE_READ, &store,
	    &err);

	if (rc == RC_OK && access(c->settings.database, W_OK) != 0)
		rc = fail(&err, RC_STOP, "%s: may not be written by this user; "
		    "chown it to the user that runs raadspost",
		    c->settings.database);
	if (rc == RC_OK)
		rc = store_verify(store, &err);
	if (rc == RC_OK)
		rc = world_load(store, c->arena, clock_now(), &world, &err);
	store_close(&store);
	if (rc != RC_OK)
		fault(c, "database", &err);
	else if (world.n_bodies == 0)
		note(c, "database", "whole, but without a council: raadspost "
		    "import FILE");
	else
		fine(c, "database", "whole, %zu bodies", world.n_bodies);
}

static void
check_templates(struct check *c)
{
	static const char start[] = "templates/";
	size_t n = 0;
	struct err err;

	for (size_t i = 0; i < embedded_count; i++) {
		const char *name = embedded_files[i].name, *slash;
		const struct template *t;

		if (!text_starts(name, start) || !text_ends(name, ".md"))
			continue;
		name += strlen(start);
		slash = strchr(name, '/');
		/* A part that others take in has no subject of its own. */
		if (slash == NULL
		    || strstr(embedded_files[i].data, "\nSubject:") == NULL)
			continue;
		if (template_load(c->settings.templates,
		    arena_strndup(c->arena, name, (size_t)(slash - name)),
		    arena_strndup(c->arena, slash + 1, strlen(slash) - 4),
		    &t, &err) != RC_OK) {
			fault(c, "templates", &err);
			return;
		}
		n++;
	}
	fine(c, "templates", "%zu, each can be filled in", n);
}

static void
check_lexicon(struct check *c)
{
	struct lexicon *lexicon = NULL;
	struct err err;

	if (lexicon_open(c->settings.lexicons, &lexicon, &err) != RC_OK)
		fault(c, "lexicon", &err);
	else
		fine(c, "lexicon", "read");
	lexicon_close(&lexicon);
}

static void
check_folders(struct check *c, const struct imap_report *r)
{
	const struct reader_setup *s = &c->settings.reader;
	struct err err;

	if (!r->mailbox_there) {
		(void)fail(&err, RC_STOP, "%s: the server has no such folder; "
		    "set imap.mailbox to the one that is to be read",
		    s->mailbox);
		fault(c, "folders", &err);
		return;
	}
	for (int i = 0; i < READER_FOLDERS; i++)
		fine(c, "folders", "%s: %s", s->folders[i], r->folder_there[i]
		    ? "is there" : "is made when the first mail goes there");
}

static void
check_imap(struct check *c)
{
	const struct reader_setup *s = &c->settings.reader;
	struct imap_report r = { .idle = false };
	struct err err = { "" };
	enum rc rc = imap_check(&s->server, c->arena, s->mailbox, s->folders,
	    &r, &err);

	if (rc != RC_OK) {
		fault(c, "imap", &err);
		return;
	}
	fine(c, "imap", "%s:%u %s, logged in; %zu mails in %s",
	    s->server.host, s->server.port, s->server.tls == SERVER_TLS_NONE
	    ? "without TLS" : "by TLS, verified", r.n_mails, s->mailbox);
	if (s->server.tls == SERVER_TLS_NONE)
		note(c, "imap", "nothing is encrypted: only for a server on "
		    "this machine");
	if (!r.idle)
		note(c, "imap", "no IDLE: new mail is seen every %u s",
		    s->poll_s);
	if (!r.move && !r.uidplus)
		note(c, "imap", "neither MOVE nor UIDPLUS: filed mails are "
		    "copied, and marked as deleted");
	check_folders(c, &r);
}

static void
check_smtp(struct check *c)
{
	const struct sender_setup *s = &c->settings.sender;
	struct smtp_offer offer = { .auth = false };
	struct err err = { "" };

	if (smtp_check(c->arena, &s->server, s->hello, &offer, NULL, &err)
	    != RC_OK) {
		fault(c, "smtp", &err);
		return;
	}
	fine(c, "smtp", "%s:%u %s, %s", s->server.host, s->server.port,
	    s->server.tls == SERVER_TLS_NONE ? "without TLS"
	    : "by TLS, verified", s->server.auth == SERVER_AUTH_NONE
	    ? "no log-in wanted" : "logged in");
	if (s->server.tls == SERVER_TLS_NONE)
		note(c, "smtp", "nothing is encrypted: only for a server on "
		    "this machine");
}

static void
check_mode(struct check *c)
{
	if (c->settings.trial)
		note(c, "mode", "trial: every letter goes to %s alone; «mode "
		    "= live» sends", c->settings.secretary);
	else
		fine(c, "mode", "live");
	if (c->settings.phone_help == NULL)
		note(c, "phone-help", "not set: a person in distress is told "
		    "no number");
}

int
command_check(struct command *command)
{
	struct check c = { .command = command, .arena = command->arena,
		.json = buf_open(command->arena) };
	struct err err;

	if (command->n != 0)
		return command_use(command);
	json_open(&c.json, NULL, '[');
	if (command_settings(command, &c.settings, &err) != RC_OK) {
		fault(&c, "configuration", &err);
		goto out;
	}
	fine(&c, "configuration", "%s", c.settings.file);
	check_mode(&c);
	check_programs(&c);
	check_clock(&c);
	check_database(&c);
	check_templates(&c);
	check_lexicon(&c);
	if (check_secrets(&c)) {
		check_imap(&c);
		check_smtp(&c);
	}
	settings_wipe(&c.settings);
out:
	json_close(&c.json, ']');
	if (command->json)
		(void)puts(buf_text(&c.json));
	else if (c.faults == 0)
		(void)puts("all is well");
	else
		(void)printf("%d fault%s\n", c.faults,
		    c.faults == 1 ? "" : "s");
	return c.faults == 0 ? EXIT_DONE : EXIT_FAILED;
}
