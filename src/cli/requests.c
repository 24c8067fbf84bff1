/* SPDX-License-Identifier: MIT */
/* What commands ask, carried out. */
#include "cli/requests.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/council_file.h"
#include "cli/engine.h"
#include "cli/json.h"
#include "council/council.h"
#include "council/meeting_command.h"
#include "store/import.h"
#include "store/letter.h"
#include "store/world.h"

static const char *
state_word(enum reader_state state)
{
	return state == READER_AWAY ? "away" : state == READER_CONNECTED
	    ? "connected" : "waiting";
}

/* Seconds until an instant of clock_ms; 0 where none is set. */
static int64_t
seconds_until(int64_t at_ms)
{
	int64_t left = at_ms - clock_ms();

	return at_ms == 0 || left < 0 ? 0 : left / 1000;
}

static void
status_mailbox(const struct engine *e, struct buf *buf)
{
	struct intake_count in;

	intake_count(e->intake, &in);
	json_open(buf, "mailbox", '{');
	json_text(buf, "state", state_word(in.state));
	json_text(buf, "fault", *in.why == '\0' ? NULL : in.why);
	json_number(buf, "again_s", seconds_until(in.again_ms));
	json_instant(buf, "read_at", in.listed_at);
	json_number(buf, "taken", (int64_t)in.taken);
	json_number(buf, "done", (int64_t)in.done);
	json_number(buf, "to_fetch", (int64_t)in.listed);
	json_number(buf, "waiting", (int64_t)in.waiting);
	json_number(buf, "to_move", (int64_t)in.to_move);
	json_close(buf, '}');
}

static void
status_sending(const struct engine *e, struct buf *buf)
{
	struct dispatch_count out;

	dispatch_count(e->dispatch, &out);
	json_open(buf, "sending", '{');
	json_text(buf, "state", out.up ? "ready" : "away");
	json_text(buf, "fault", *out.why == '\0' ? NULL : out.why);
	json_number(buf, "again_s", seconds_until(out.again_ms));
	json_instant(buf, "sent_at", out.sent_at);
	json_number(buf, "under_way", (int64_t)out.under_way);
	json_number(buf, "sent", (int64_t)out.sent);
	json_number(buf, "deferred", (int64_t)out.deferred);
	json_number(buf, "failed", (int64_t)out.failed);
	json_number(buf, "uncertain", (int64_t)out.uncertain);
	json_close(buf, '}');
}

enum rc
request_status(const struct engine *e, struct arena *arena,
    const char **answer)
{
	const struct process *all[] = { &e->reader, &e->sender,
		&e->parsers[0], &e->parsers[1] };
	struct buf buf = buf_open(arena);

	json_open(&buf, NULL, '{');
	json_text(&buf, "version", VERSION);
	json_number(&buf, "pid", getpid());
	json_instant(&buf, "started_at", e->started_at);
	json_instant(&buf, "now", clock_now());
	json_text(&buf, "mode", e->settings.trial ? "trial" : "live");
	json_text(&buf, "fault", e->full ? "the disk is full: nothing is taken "
	    "or sent until there is room; make some where the database lies"
	    : NULL);
	status_mailbox(e, &buf);
	status_sending(e, &buf);
	json_open(&buf, "processes", '[');
	for (size_t i = 0; i < 2 + e->settings.parsers; i++) {
		json_open(&buf, NULL, '{');
		json_text(&buf, "name", all[i]->name);
		json_number(&buf, "pid", all[i]->pid);
		json_number(&buf, "deaths", all[i]->deaths);
		json_close(&buf, '}');
	}
	json_close(&buf, ']');
	json_close(&buf, '}');
	*answer = buf_text(&buf);
	return RC_OK;
}

void
changes_write(struct buf *buf, const struct import_change *changes, size_t n)
{
	static const char sign[] = { [IMPORT_ADDED] = '+',
		[IMPORT_CHANGED] = '~', [IMPORT_ENDED] = '-' };

	for (size_t i = 0; i < n; i++) {
		const struct import_change *c = &changes[i];

		buf_addf(buf, "%c %s", sign[c->what], c->thing);
		if (c->from != NULL && c->to != NULL)
			buf_addf(buf, ": %s -> %s", c->from, c->to);
		else if (c->to != NULL)
			buf_addf(buf, ": %s", c->to);
		else if (c->from != NULL)
			buf_addf(buf, ": was %s", c->from);
		buf_add_char(buf, '\n');
	}
}

enum rc
request_import(struct store *store, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	bool apply = wire_get_u8(w) != 0;
	size_t n = wire_get_count(w, 8);
	struct buf buf = buf_open(arena);
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		const char *name = wire_get_text(w), *text = wire_get_text(w);
		struct import_change *changes;
		struct council_file file;
		size_t n_changes;

		if (w->bad || name == NULL || text == NULL)
			return fail(err, RC_PARK, "the request is none");
		rc = council_file_read(arena, name, text, &file, err);
		if (rc != RC_OK)
			return RC_PARK; /* the file's fault, not ours */
		rc = apply ? import_apply(store, arena, &file, clock_now(),
		    &changes, &n_changes, err)
		    : import_difference(store, arena, &file, clock_now(),
		    &changes, &n_changes, err);
		if (rc != RC_OK)
			return fail_in(err, rc == RC_STOP ? RC_PARK : rc, "%s",
			    name);
		changes_write(&buf, changes, n_changes);
	}
	*answer = buf_text(&buf);
	return RC_OK;
}

enum rc
request_undo(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	int64_t mail_id = wire_get_i64(w);
	const char *by = wire_get_text(w), *why = NULL;
	struct world world;
	struct council council = {
		.store = e->store, .outbox = &e->outbox, .world = &world,
		.now_at = clock_now(),
		.answers_per_hour = e->settings.answers_per_hour,
		.stranger_answers_per_day =
		    e->settings.stranger_answers_per_day,
	};
	enum rc rc;

	if (w->bad || mail_id <= 0)
		return fail(err, RC_PARK, "the request is none");
	rc = world_load(e->store, arena, council.now_at, &world, err);
	if (rc != RC_OK)
		return rc;
	e->outbox.now_at = council.now_at;
	rc = council_undo(&council, arena, mail_id, by, &why, err);
	if (rc == RC_NONE)
		return fail(err, RC_PARK, "mail %lld: nothing to take back",
		    (long long)mail_id);
	if (rc == RC_PARK && why != NULL)
		return fail(err, RC_PARK, "mail %lld: %s", (long long)mail_id,
		    why);
	if (rc == RC_OK)
		*answer = arena_printf(arena, "mail %lld: taken back\n",
		    (long long)mail_id);
	return rc;
}

enum rc
request_meeting(struct engine *e, struct arena *arena, struct wire_in *w,
    const char **answer, struct err *err)
{
	const char *deed = wire_get_text(w);
	struct action action = { .body = wire_get_text(w), .part = -1 };
	struct meeting_done done;
	struct world world;
	struct council council = {
		.store = e->store, .outbox = &e->outbox, .world = &world,
		.now_at = clock_now(),
	};
	int64_t line;
	enum rc rc;

	action.meeting = wire_get_text(w);
	action.text = wire_get_text(w);
	action.title = wire_get_text(w);
	line = wire_get_i64(w);
	if (w->bad || deed == NULL)
		return fail(err, RC_PARK, "the request is none");
	if ((rc = world_load(e->store, arena, council.now_at, &world,
	    err)) != RC_OK)
		return rc;
	e->outbox.now_at = council.now_at;
	if (line != 0) {
		rc = council_meeting_undo(&council, arena, line, err);
		if (rc == RC_NONE)
			return fail(err, RC_PARK, "line %lld: no change of a "
			    "meeting", (long long)line);
		*answer = arena_printf(arena, "line %lld: taken back\n",
		    (long long)line);
		return rc;
	}
	if (!action_read(deed, &action.kind))
		return fail(err, RC_PARK, "the request is none");
	if ((rc = council_meeting(&council, arena, &action, &done, err)) !=
	    RC_OK)
		return rc;
	*answer = arena_printf(arena, "%s: done; letters to %zu of the "
	    "council and %zu others, %s\ntake it back with: raadspost "
	    "meeting undo %lld\n", deed, done.members, done.others,
	    done.sends == NULL ? "-" : done.sends, (long long)done.line);
	return RC_OK;
}
