/* SPDX-License-Identifier: MIT */
/* The engine: children, their words, one transaction a turn. */
#define _GNU_SOURCE /* signalfd */
#include "cli/engine.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "cli/control.h"
#include "intake/parser.h"
#include "store/store.h"
#include "store/world.h"
#include "understand/understand.h"

#define STOP_MS 20000		/* for the letters that are under way */
#define FULL_LEAST_MS 1000
#define FULL_MOST_MS 60000
#define REST_MS 2000		/* without work: the log is written back */
#define TURN_FRAMES 100		/* of one child, then what they made is
				 * committed and the others are heard */
#define SILENT_MS 180000	/* watched, a reader says something every 20 s */

/* --- opening -------------------------------------------------------------- */

static enum rc
setting_keep(struct store *store, struct arena *arena, const char *name,
    const char *value, struct err *err)
{
	const char *old = NULL;
	enum rc rc = setting_load(store, arena, name, &old, err);

	if (rc != RC_OK && rc != RC_NONE)
		return rc;
	if (rc == RC_OK && old != NULL && strcmp(old, value) == 0)
		return RC_OK;
	return setting_save(store, name, value, err);
}

static enum rc
recover(struct engine *e, struct err *err)
{
	enum rc rc;

	if ((rc = store_begin(e->store, err)) != RC_OK)
		return rc;
	rc = setting_keep(e->store, e->arena, "municipality",
	    e->settings.municipality, err);
	if (rc == RC_OK)
		rc = setting_keep(e->store, e->arena, "mailbox",
		    e->settings.mailbox, err);
	if (rc == RC_OK)
		rc = setting_keep(e->store, e->arena, "ground",
		    e->settings.ground, err);
	if (rc == RC_OK)
		rc = dispatch_recover(e->dispatch, err);
	if (rc == RC_OK)
		rc = intake_recover(e->intake, err);
	if (rc != RC_OK) {
		store_rollback(e->store);
		return rc;
	}
	return store_commit(e->store, err);
}

static enum rc
signals_open(struct engine *e, struct err *err)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return fail(err, RC_STOP, "signals: %s", strerror(errno));
	e->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return e->signals >= 0 ? RC_OK
	    : fail(err, RC_STOP, "signals: %s", strerror(errno));
}

struct outbox
engine_outbox(const struct engine *e)
{
	const struct settings *s = &e->settings;

	return (struct outbox){
		.store = e->store, .templates = s->templates,
		.municipality = s->municipality, .mailbox = s->mailbox,
		.domain = s->domain, .secretary = s->secretary,
		.phone_help = s->phone_help, .trial = s->trial,
		.journal = s->journal,
		.letterhead = s->letterhead, .paper = e->paper,
		.now_at = clock_now(),
	};
}

static void
parts_open(struct engine *e, const char *program)
{
	const struct settings *s = &e->settings;

	e->paper = process_path(e->arena, program, "raadspost-paper");
	e->outbox = engine_outbox(e);
	e->intake = intake_open(&(struct intake_rules){
		.store = e->store, .lexicon = e->lexicon,
		.outbox = &e->outbox,
		.answers_per_hour = s->answers_per_hour,
		.stranger_answers_per_day = s->stranger_answers_per_day,
		.parse_ms = s->parse_ms,
		.mail_limit_bytes = s->reader.mail_limit_bytes,
	});
	e->dispatch = dispatch_open(&(struct dispatch_rules){
		.store = e->store, .outbox = &e->outbox,
		.connections = s->sender.connections,
		.retry_s = s->retry_s, .retry_most_s = 3600,
		.give_up_s = s->give_up_s,
		.uncertain_wait_s = s->uncertain_wait_s,
		.answers_per_hour = s->answers_per_hour,
		.stranger_answers_per_day = s->stranger_answers_per_day,
	});
	e->reader = (struct process){ .name = "reader",
		.path = process_path(e->arena, program, "raadspost-reader") };
	e->sender = (struct process){ .name = "sender",
		.path = process_path(e->arena, program, "raadspost-sender") };
	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		e->parsers[i] = (struct process){ .name = "parser",
			.path = process_path(e->arena, program,
			"raadspost-parser") };
}

enum rc
engine_open(struct engine *e, struct arena *arena, const char *config,
    const char *program, bool once, struct err *err)
{
	enum rc rc;

	*e = (struct engine){ .arena = arena, .turn = arena_open(),
		.signals = -1, .once = once, .started_at = clock_now(),
		.watchdog_ms = notify_watchdog_ms() };
	if ((rc = settings_read(arena, config, &e->settings, err)) != RC_OK)
		return rc;
	/* The secrets are tried now, so that a fault is told at the start, and
	 * read anew for each child. */
	rc = settings_secrets(e->turn, &e->settings, err);
	settings_wipe(&e->settings);
	arena_reset(e->turn);
	if (rc != RC_OK)
		return rc;
	rc = lexicon_open(e->settings.lexicons, &e->lexicon, err);
	if (rc != RC_OK)
		return rc;
	rc = store_open(e->settings.database, STORE_WRITE, &e->store, err);
	if (rc != RC_OK)
		return rc;
	parts_open(e, program);
	if ((rc = signals_open(e, err)) != RC_OK
	    || (rc = recover(e, err)) != RC_OK)
		return rc;
	return once ? RC_OK : control_open(e->settings.control, e,
	    &e->control, err);
}

void
engine_close(struct engine *e)
{
	process_close(&e->reader);
	process_close(&e->sender);
	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		process_close(&e->parsers[i]);
	control_close(&e->control);
	intake_close(&e->intake);
	dispatch_close(&e->dispatch);
	store_close(&e->store);
	lexicon_close(&e->lexicon);
	if (e->signals >= 0)
		(void)close(e->signals);
	arena_close(&e->turn);
}

/* --- children -------------------------------------------------------------- */

static enum rc
open_put(struct process *p, uint16_t kind, struct wire_out *out,
    struct err *err)
{
	enum rc rc = channel_put(p->channel, kind, wire_bytes(out), -1, err);

	/* The bytes hold a secret: what the channel keeps is wiped when it is
	 * sent, what we built it in here. */
	explicit_bzero(out->buf.data, out->buf.n);
	if (rc == RC_OK) {
		channel_release(p->channel);
		rc = channel_flush_secret(p->channel, err);
	}
	return rc == RC_NONE ? RC_OK : rc; /* gone already: seen by the poll */
}

/* Room enough from the start: a buffer that grows leaves copies behind. */
static struct wire_out
secret_out(struct arena *arena)
{
	static const char room[16384];
	struct wire_out out = wire_out(arena);

	buf_add_n(&out.buf, room, sizeof room);
	out.buf.n = 0;
	return out;
}

static enum rc
reader_start(struct engine *e, struct err *err)
{
	struct wire_out out = secret_out(e->turn);
	enum rc rc;

	if ((rc = settings_secrets(e->turn, &e->settings, err)) != RC_OK
	    || (rc = process_start(&e->reader, err)) != RC_OK)
		return rc;
	reader_setup_write(&out, &e->settings.reader);
	rc = open_put(&e->reader, READER_OPEN, &out, err);
	intake_reader_up(e->intake, e->reader.channel);
	return rc;
}

static enum rc
sender_start(struct engine *e, struct err *err)
{
	struct wire_out out = secret_out(e->turn);
	enum rc rc;

	if ((rc = settings_secrets(e->turn, &e->settings, err)) != RC_OK
	    || (rc = process_start(&e->sender, err)) != RC_OK)
		return rc;
	sender_setup_write(&out, &e->settings.sender);
	rc = open_put(&e->sender, SENDER_OPEN, &out, err);
	dispatch_sender_up(e->dispatch, e->sender.channel);
	return rc;
}

static enum rc
parser_start(struct engine *e, size_t i, struct err *err)
{
	enum rc rc;

	if ((rc = process_start(&e->parsers[i], err)) != RC_OK)
		return rc;
	rc = channel_put(e->parsers[i].channel, PARSER_OPEN,
	    parser_open_payload(e->turn, &e->settings.trust), -1, err);
	channel_release(e->parsers[i].channel);
	intake_parser_up(e->intake, i, e->parsers[i].channel);
	return rc;
}

/* Those that are not there and may be. A program that cannot be started is
 * the operator's; we try again like after a death. */
static void
children_start(struct engine *e)
{
	int64_t now_ms = clock_ms();
	struct err err = { "" };

	if (process_may_start(&e->reader, now_ms)
	    && reader_start(e, &err) != RC_OK) {
		log_err("reader: %s", err.text);
		(void)process_end(&e->reader, false);
	}
	if (process_may_start(&e->sender, now_ms)
	    && sender_start(e, &err) != RC_OK) {
		log_err("sender: %s", err.text);
		(void)process_end(&e->sender, false);
	}
	for (size_t i = 0; i < e->settings.parsers; i++)
		if (process_may_start(&e->parsers[i], now_ms)
		    && parser_start(e, i, &err) != RC_OK) {
			log_err("parser: %s", err.text);
			(void)process_end(&e->parsers[i], false);
		}
	settings_wipe(&e->settings);
	arena_reset(e->turn);
}

/* It closed its end, or lied. True where it died, false where it left as it
 * may, to be started anew. */
static bool
child_end(struct process *p, const struct err *err)
{
	if (process_end(p, true))
		return false;
	log_err("%s died (%s); started again in %lld ms", p->name, err->text,
	    (long long)p->pause_ms);
	return true;
}

/* --- what was said ---------------------------------------------------------- */

typedef enum rc frame_fn(struct engine *e, size_t i, const struct frame *frame,
	struct err *err);

static enum rc
reader_frame(struct engine *e, size_t i, const struct frame *frame,
    struct err *err)
{
	(void)i;
	return intake_reader_frame(e->intake, e->turn, frame, err);
}

static enum rc
parser_frame(struct engine *e, size_t i, const struct frame *frame,
    struct err *err)
{
	dispatch_look(e->dispatch);
	return intake_parser_frame(e->intake, i, e->turn, frame, err);
}

static enum rc
sender_frame(struct engine *e, size_t i, const struct frame *frame,
    struct err *err)
{
	(void)i;
	return dispatch_frame(e->dispatch, e->turn, frame, err);
}

/* One frame. RC_LATER: there is none; RC_PARK: what came is none. */
static enum rc
frame_hear(struct engine *e, struct process *p, size_t i, frame_fn *take,
    struct err *err)
{
	struct frame frame = { .fd = -1 };
	enum rc rc;

	rc = channel_take(p->channel, e->turn, &frame, err);
	if (rc == RC_LATER)
		return rc;
	if (rc == RC_OK) {
		p->alive_ms = clock_ms();
		rc = take(e, i, &frame, err);
	} else {
		rc = RC_PARK;
	}
	if (frame.fd >= 0)
		(void)close(frame.fd);
	arena_reset(e->turn);
	return rc;
}

/* All that a child said, and what it said meanwhile: the more mails share a
 * commit, the less each costs. RC_PARK: it is gone, or lies, and must be
 * ended; what it said before is taken all the same. */
static enum rc
child_hear(struct engine *e, struct process *p, size_t i, frame_fn *take,
    struct err *err)
{
	enum rc filled, rc;
	size_t n = 0, before;

	do {
		before = n;
		filled = channel_fill(p->channel, err);
		while ((rc = frame_hear(e, p, i, take, err)) == RC_OK)
			n++;
		if (rc != RC_LATER)
			return rc;
	} while (filled == RC_OK && n > before && n < TURN_FRAMES);
	return filled == RC_OK ? RC_OK : RC_PARK;
}

static enum rc
all_hear(struct engine *e, struct err *err)
{
	struct err why = { "" };
	enum rc rc;

	if (e->reader.channel != NULL && intake_wants_mail(e->intake)) {
		rc = child_hear(e, &e->reader, 0, reader_frame, &why);
		if (rc == RC_PARK) {
			intake_reader_down(e->intake);
			(void)child_end(&e->reader, &why);
		} else if (rc != RC_OK) {
			return fail(err, rc, "%s", why.text);
		}
	}
	if (e->sender.channel != NULL) {
		rc = child_hear(e, &e->sender, 0, sender_frame, &why);
		if (rc == RC_PARK) {
			dispatch_sender_down(e->dispatch);
			(void)child_end(&e->sender, &why);
		} else if (rc != RC_OK) {
			return fail(err, rc, "%s", why.text);
		}
	}
	for (size_t i = 0; i < INTAKE_PARSERS; i++) {
		if (e->parsers[i].channel == NULL)
			continue;
		rc = child_hear(e, &e->parsers[i], i, parser_frame, &why);
		if (rc == RC_PARK) {
			bool died = child_end(&e->parsers[i], &why);

			rc = intake_parser_down(e->intake, i, died, &why);
		}
		if (rc != RC_OK)
			return fail(err, rc, "%s", why.text);
	}
	return RC_OK;
}

/* A parser that takes too long over a mail, a reader that is stuck. */
static enum rc
late_end(struct engine *e, struct err *err)
{
	int i = intake_late_parser(e->intake, clock_ms());

	if (e->watchdog_ms > 0 && e->reader.channel != NULL && !e->stopping
	    && clock_ms() - e->reader.alive_ms > SILENT_MS) {
		log_err("reader says nothing any more; started anew");
		intake_reader_down(e->intake);
		(void)process_end(&e->reader, false);
	}
	if (i < 0)
		return RC_OK;
	log_err("parser took more than %lld ms over a mail",
	    (long long)e->settings.parse_ms);
	(void)process_end(&e->parsers[i], false);
	return intake_parser_down(e->intake, (size_t)i, true, err);
}

/* --- waiting ---------------------------------------------------------------- */

enum { AT_SIGNALS, AT_READER, AT_SENDER, AT_PARSERS,
	AT_CONTROL = AT_PARSERS + INTAKE_PARSERS,
	N_AT = AT_CONTROL + CONTROL_FDS };

static struct pollfd
poll_of(const struct process *p, bool listen)
{
	struct pollfd fd = { .fd = -1 };

	if (p->channel == NULL)
		return fd;
	fd.fd = channel_socket(p->channel);
	fd.events = (short)((listen ? POLLIN : 0)
	    | (channel_waiting(p->channel) > 0 ? POLLOUT : 0));
	if (fd.events == 0)
		fd.fd = -1; /* else its end would wake us for ever */
	return fd;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

static int64_t
wait_ms(const struct engine *e)
{
	int64_t now = clock_ms(), wait = -1;
	const struct process *all[2 + INTAKE_PARSERS] = { &e->reader,
		&e->sender };
	size_t n = 2;

	if (e->watchdog_ms > 0)
		wait = e->watchdog_at_ms > now ? e->watchdog_at_ms - now : 0;
	if (e->stopping)
		wait = sooner(wait, e->stop_ms > now ? e->stop_ms - now : 0);
	if (e->full)
		return sooner(wait, e->full_again_ms > now
		    ? e->full_again_ms - now : 0);
	if (e->rest_ms > 0)
		wait = sooner(wait, e->rest_ms > now ? e->rest_ms - now : 0);
	for (size_t i = 0; i < e->settings.parsers; i++)
		all[n++] = &e->parsers[i];
	for (size_t i = 0; i < n && !e->stopping; i++)
		if (all[i]->pid == 0)
			wait = sooner(wait, all[i]->again_ms > now
			    ? all[i]->again_ms - now : 0);
	if (!e->stopping) {
		wait = sooner(wait, dispatch_wait_ms(e->dispatch));
		wait = sooner(wait, days_wait_ms(e));
	}
	return sooner(wait, intake_wait_ms(e->intake, now));
}

static void
signals_take(struct engine *e)
{
	struct signalfd_siginfo info;

	while (read(e->signals, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo == SIGHUP || e->stopping)
			continue;
		log_info("stopping: no new mail, letters under way=%zu",
		    dispatch_under_way(e->dispatch));
		notify("STOPPING=1\nSTATUS=finishing what is under way");
		e->stopping = true;
		e->stop_ms = clock_ms() + STOP_MS;
	}
}

static enum rc
everybody_wait(struct engine *e, struct err *err)
{
	bool hear = !e->full;
	struct pollfd fds[N_AT];
	int64_t wait = wait_ms(e);

	fds[AT_SIGNALS] = (struct pollfd){ .fd = e->signals, .events = POLLIN };
	fds[AT_READER] = poll_of(&e->reader,
	    hear && intake_wants_mail(e->intake));
	fds[AT_SENDER] = poll_of(&e->sender, hear);
	for (size_t i = 0; i < INTAKE_PARSERS; i++)
		fds[AT_PARSERS + i] = poll_of(&e->parsers[i], hear);
	control_poll(e->control, fds + AT_CONTROL);
	if (poll(fds, N_AT, wait > INT32_MAX ? INT32_MAX : (int)wait) < 0
	    && errno != EINTR)
		return fail(err, RC_STOP, "poll: %s", strerror(errno));
	signals_take(e);
	return RC_OK;
}

/* --- the turn ---------------------------------------------------------------- */

/* What to do with every child's channel: release, drop, flush. A peer that is
 * gone is seen by the next poll. */
static void
channels_each(struct engine *e, void (*act)(struct channel *))
{
	struct process *all[] = { &e->reader, &e->sender, &e->parsers[0],
		&e->parsers[1] };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i]->channel != NULL)
			act(all[i]->channel);
}

static void
speak(struct channel *channel)
{
	channel_release(channel);
	(void)channel_flush(channel, NULL);
}

static void
speak_again(struct channel *channel)
{
	(void)channel_flush(channel, NULL);
}

/* The disk is full: this turn did not happen. Mails stay on the server, the
 * letters' results in memory; we look again after a pause. */
static enum rc
turn_back(struct engine *e, const struct err *why)
{
	store_rollback(e->store);
	channels_each(e, channel_drop);
	for (size_t i = 0; i < INTAKE_PARSERS; i++) {
		struct err err;

		process_close(&e->parsers[i]);
		(void)intake_parser_down(e->intake, i, false, &err);
	}
	intake_forget(e->intake);
	dispatch_rolled_back(e->dispatch);
	if (!e->full)
		log_err("%s; nothing is taken or sent until there is room",
		    why->text);
	e->full_pause_ms = e->full_pause_ms == 0 ? FULL_LEAST_MS
	    : e->full_pause_ms >= FULL_MOST_MS / 2 ? FULL_MOST_MS
	    : e->full_pause_ms * 2;
	e->full = true;
	e->full_again_ms = clock_ms() + e->full_pause_ms;
	return RC_OK;
}

/* After a full disk: what is in the store is taken up again, and the mailbox
 * listed. */
static enum rc
turn_resume(struct engine *e, struct err *err)
{
	enum rc rc = intake_recover(e->intake, err);

	if (rc != RC_OK || e->reader.channel == NULL)
		return rc;
	intake_reader_up(e->intake, e->reader.channel);
	return channel_put(e->reader.channel, READER_LIST,
	    (struct bytes){ .n = 0 }, -1, err);
}

static enum rc
work(struct engine *e, struct err *err)
{
	enum rc rc;

	if (e->full && (rc = turn_resume(e, err)) != RC_OK)
		return rc;
	if ((rc = all_hear(e, err)) != RC_OK
	    || (rc = late_end(e, err)) != RC_OK
	    || (rc = control_hear(e->control, err)) != RC_OK
	    || (rc = intake_turn(e->intake, e->stopping, err)) != RC_OK)
		return rc;
	return dispatch_turn(e->dispatch, e->stopping, err);
}

static void
tell_systemd(struct engine *e)
{
	char state[sizeof e->said];
	struct intake_count in;
	struct dispatch_count out;
	int64_t now = clock_ms();

	if (e->watchdog_ms > 0 && now >= e->watchdog_at_ms) {
		e->watchdog_at_ms = now + e->watchdog_ms;
		if (e->reader.pid == 0
		    || now - e->reader.alive_ms < SILENT_MS)
			notify("WATCHDOG=1");
	}
	if (e->stopping || e->once)
		return;
	intake_count(e->intake, &in);
	dispatch_count(e->dispatch, &out);
	(void)snprintf(state, sizeof state, "STATUS=mailbox %s, sending %s%s",
	    in.state == READER_AWAY ? "away" : "read",
	    out.up ? "ready" : "away", e->full ? ", disk full" : "");
	if (strcmp(state, e->said) == 0)
		return;
	memcpy(e->said, state, sizeof state);
	notify(state);
}

/* Once after each stretch of work: a batch's pages and the log of it are not
 * held through the night. */
static void
rest(struct engine *e)
{
	int64_t changes = store_changes(e->store), now = clock_ms();

	if (changes != e->changes) {
		e->changes = changes;
		e->rest_ms = now + REST_MS;
	} else if (e->rest_ms > 0 && now >= e->rest_ms) {
		store_rest(e->store);
		(void)malloc_trim(0);	/* we may idle for days */
		e->rest_ms = 0;
	}
}

static bool
may_end(const struct engine *e)
{
	return e->stopping && (clock_ms() >= e->stop_ms || e->full
	    || (dispatch_under_way(e->dispatch) == 0
	    && intake_is_quiet(e->intake)));
}

enum rc
engine_turn(struct engine *e, struct err *err)
{
	enum rc rc;

	if (!e->stopping && !e->full)
		children_start(e);
	if ((rc = everybody_wait(e, err)) != RC_OK)
		return rc;
	channels_each(e, speak_again);
	tell_systemd(e);
	if (may_end(e))
		return RC_NONE;
	if (e->full && clock_ms() < e->full_again_ms) {
		rc = control_hear(e->control, err);
		control_speak(e->control);
		return rc;
	}
	if ((rc = days_turn(e, err)) == RC_OK)
		rc = store_begin(e->store, err);
	if (rc == RC_OK)
		rc = work(e, err);
	if (rc == RC_OK)
		rc = store_commit(e->store, err);
	if (rc == RC_LATER)
		return turn_back(e, err);
	if (rc != RC_OK) {
		store_rollback(e->store);
		return rc == RC_NONE ? RC_STOP : rc;
	}
	if (e->full)
		log_info("there is room on the disk again");
	e->full = false;
	e->full_pause_ms = 0;
	dispatch_committed(e->dispatch);
	channels_each(e, speak);
	control_speak(e->control);
	rest(e);
	return RC_OK;
}
