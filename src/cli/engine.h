/* SPDX-License-Identifier: MIT */
/* cli/engine.h: the one process that holds the database: its parts, and one
 * turn of them.
 *
 * A turn: wait for anybody to say something, or for a time to come; take what
 * was said; do the work, all in one transaction; commit; only then speak.
 *
 * Shapes   one thread, one poll, no wait elsewhere
 * Units    milliseconds of clock_ms
 * Errors   RC_STOP: end, with EXIT_AGAIN; a full disk is no end: nothing is
 *          taken or sent until there is room
 * Owner    engine_open's caller, until engine_close, which ends the children
 * Source   DESIGN «Processes»; THREATS failures 1, 6, 7
 */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/process.h"
#include "cli/days.h"
#include "cli/settings.h"
#include "dispatch/dispatch.h"
#include "intake/intake.h"
#include "outbox/outbox.h"

struct arena;
struct control;
struct lexicon;
struct store;

struct engine {
	struct arena *arena;		/* as long as the engine */
	struct arena *turn;		/* emptied after each frame */
	struct settings settings;
	struct store *store;
	struct lexicon *lexicon;
	struct outbox outbox;
	struct intake *intake;
	struct dispatch *dispatch;
	struct days days;
	struct process reader, sender, parsers[INTAKE_PARSERS];
	const char *paper;		/* the program that prints */
	struct control *control;	/* NULL for `once` */
	int signals;			/* signalfd; -1 */
	bool once;
	bool stopping;
	int64_t stop_ms;		/* when patience ends */
	bool full;			/* the disk */
	int64_t full_again_ms, full_pause_ms;
	int64_t changes;		/* store_changes, when we last looked */
	int64_t rest_ms;		/* when to rest if nothing comes; 0 we do */
	int64_t watchdog_ms;		/* 0 not wanted */
	int64_t watchdog_at_ms;
	int64_t started_at;
	char said[256];			/* last STATUS to systemd */
};

enum rc engine_open(struct engine *engine, struct arena *arena,
	const char *config, const char *program, bool once, struct err *err);
void engine_close(struct engine *engine);

/* What is the same for all letters, by the engine's settings and store. */
struct outbox engine_outbox(const struct engine *engine);

/* One turn. RC_NONE: we were asked to end, and all is in order. */
enum rc engine_turn(struct engine *engine, struct err *err);

#endif
