/* SPDX-License-Identifier: MIT */
/* base/process.h: a child process, spoken to over a socket on its fd 3.
 *
 * Shapes   one struct a child, for the life of the engine: started, ended,
 *          and started again after a pause that doubles from 100 ms to a
 *          minute, and is forgotten after a minute of good life
 * Units    milliseconds of clock_ms
 * Errors   RC_STOP: the program is not there, or cannot be run
 * Owner    the caller's struct; process_close ends the child
 * Source   DESIGN «Processes»; LIBRARIES G8: posix_spawn, never fork alone
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

struct channel;

#define PROCESS_FD 3	/* the child's end */

struct process {
	const char *name;		/* "parser", for the log */
	const char *path;		/* of its program */
	struct channel *channel;	/* NULL while it is not running */
	pid_t pid;			/* 0 while it is not running */
	int64_t born_ms, again_ms;	/* when it may be started again */
	int64_t pause_ms;
	int64_t alive_ms;		/* the last sign of life */
	unsigned deaths;		/* since the engine started */
};

/* Where a program of ours lies: in the folder that `self` (argv[0]) names,
 * beside the file that runs, or in LIBEXECDIR. */
struct arena;
const char *process_path(struct arena *arena, const char *self,
	const char *program);

enum rc process_start(struct process *process, struct err *err);
/* Waits for it, and sets the pause before the next start. `gone`: it closed
 * its end, and has a moment to go; else it is killed. True: it left by itself
 * with status 0, which is no death and needs no pause. */
bool process_end(struct process *process, bool gone);
/* The same without a pause: we wanted it so. */
void process_close(struct process *process);
bool process_may_start(const struct process *process, int64_t now_ms);

#endif
