/* SPDX-License-Identifier: MIT */
/* cli/control.h: the socket by which a command asks the running engine.
 *
 * Shapes   a request is one frame, its answer one frame; then the connection
 *          ends. Requests are carried out within the turn's transaction and
 *          answered after its commit
 * Errors   a client that is slow, silent or of another user is closed
 * Owner    the engine's; a client's connection is the caller's
 * Source   DESIGN «A command that writes asks the running engine»; unix(7)
 */
#ifndef CLI_CONTROL_H
#define CLI_CONTROL_H

#include <poll.h>

#include "base/err.h"
#include "base/wire.h"

struct arena;
struct control;
struct engine;

#define CONTROL_CLIENTS 4
#define CONTROL_FDS (CONTROL_CLIENTS + 1)

enum control_frame {
	/* command → engine */
	CONTROL_STATUS = 1,	/* nothing */
	CONTROL_IMPORT,		/* u8 apply, u32 n, n × (text name, text file) */
	CONTROL_UNDO,		/* i64 mail_id, text by */
	CONTROL_CALL,		/* text verb, body, day, addresses */
	CONTROL_MEETING,	/* text deed, body, meeting, facts, day; i64
				 * line of the journal that is taken back */
	CONTROL_PERSON,		/* text verb («erase», «keep»), email */
	CONTROL_ROSTER,		/* u8 apply, text body, name, bytes file */
	CONTROL_MEMBER,		/* text deed, body, person, name, role, seat,
				 * for, day; i64 line that is taken back */
	/* engine → command */
	CONTROL_ANSWER = 64,	/* text */
	CONTROL_FAILED,		/* text why */
};

enum rc control_open(const char *path, struct engine *engine,
	struct control **control, struct err *err);
void control_close(struct control **control);

/* All take NULL, and do nothing then. */
void control_poll(const struct control *control,
	struct pollfd fds[CONTROL_FDS]);
enum rc control_hear(struct control *control, struct err *err);
void control_speak(struct control *control);

/* The command's side: asks, and waits for the answer. RC_NONE: no engine
 * runs here. RC_PARK: it answered CONTROL_FAILED, err says why. */
enum rc control_ask(const char *path, struct arena *arena, uint16_t kind,
	struct bytes request, const char **answer, struct err *err);

#endif
