/* SPDX-License-Identifier: MIT */
/* Requests of other commands to the running engine, and how they are asked. */
#define _GNU_SOURCE /* SO_PEERCRED, accept4 */
#include "cli/control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/log.h"
#include "cli/engine.h"
#include "cli/requests.h"
#include "store/store.h"

#define CLIENT_MS 30000	/* a request comes at once, or never */

struct client {
	struct channel *channel;	/* NULL: a free place */
	int64_t since_ms;
	bool answered;
};

struct control {
	struct engine *engine;		/* borrowed */
	struct arena *arena;		/* of one request */
	struct client clients[CONTROL_CLIENTS];
	char path[sizeof ((struct sockaddr_un *)0)->sun_path];
	int socket;
};

static enum rc
address_of(const char *path, struct sockaddr_un *to, struct err *err)
{
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof to->sun_path)
		return fail(err, RC_STOP, "%s: too long for a socket; set "
		    "«control» to a shorter path", path);
	memcpy(to->sun_path, path, strlen(path));
	return RC_OK;
}

enum rc
control_open(const char *path, struct engine *engine,
    struct control **control, struct err *err)
{
	struct control *c;
	struct sockaddr_un to;
	int s;
	enum rc rc;

	if ((rc = address_of(path, &to, err)) != RC_OK)
		return rc;
	s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s < 0)
		return fail(err, RC_STOP, "%s: %s", path, strerror(errno));
	/* We hold the database's lock: whoever left it here is gone. */
	(void)unlink(path);
	if (bind(s, (struct sockaddr *)&to, sizeof to) != 0
	    || chmod(path, 0600) != 0 || listen(s, CONTROL_CLIENTS) != 0) {
		rc = fail(err, RC_STOP, "%s: %s", path, strerror(errno));
		(void)close(s);
		return rc;
	}
	if ((c = calloc(1, sizeof *c)) == NULL)
		abort();
	c->engine = engine;
	c->arena = arena_open();
	c->socket = s;
	memcpy(c->path, to.sun_path, sizeof c->path);
	*control = c;
	return RC_OK;
}

void
control_close(struct control **control)
{
	struct control *c = *control;

	if (c == NULL)
		return;
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		channel_close(&c->clients[i].channel);
	(void)unlink(c->path);
	(void)close(c->socket);
	arena_close(&c->arena);
	free(c);
	*control = NULL;
}

void
control_poll(const struct control *c, struct pollfd fds[CONTROL_FDS])
{
	for (size_t i = 0; i < CONTROL_FDS; i++)
		fds[i] = (struct pollfd){ .fd = -1 };
	if (c == NULL)
		return;
	fds[0] = (struct pollfd){ .fd = c->socket, .events = POLLIN };
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->clients[i].channel != NULL)
			fds[i + 1] = (struct pollfd){
				.fd = channel_socket(c->clients[i].channel),
				.events = (short)(POLLIN
				    | (channel_waiting(c->clients[i].channel)
				    > 0 ? POLLOUT : 0)) };
}

static bool
is_ours(int s)
{
	struct ucred who;
	socklen_t n = sizeof who;

	return getsockopt(s, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0
	    && (who.uid == 0 || who.uid == geteuid());
}

static void
clients_accept(struct control *c)
{
	for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
		int s;

		if (c->clients[i].channel != NULL
		    && clock_ms() - c->clients[i].since_ms > CLIENT_MS)
			channel_close(&c->clients[i].channel);
		if (c->clients[i].channel != NULL)
			continue;
		s = accept4(c->socket, NULL, NULL,
		    SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (s < 0)
			return;
		if (!is_ours(s)) {
			(void)close(s);
			continue;
		}
		c->clients[i] = (struct client){ .channel = channel_open(s),
			.since_ms = clock_ms() };
	}
}

/* What a command asked for; the answer waits for the commit. */
static enum rc
request_take(struct control *c, struct client *client,
    const struct frame *frame, struct err *err)
{
	struct wire_in w = wire_in(c->arena, frame->payload);
	struct wire_out out = wire_out(c->arena);
	const char *answer = NULL;
	struct err why = { "" };
	enum rc rc;

	if (frame->kind == CONTROL_STATUS)
		rc = request_status(c->engine, c->arena, &answer);
	else if (!store_is_open(c->engine->store))
		rc = fail(&why, RC_PARK, "the disk is full; nothing is "
		    "written until there is room");
	else if (frame->kind == CONTROL_IMPORT)
		rc = request_import(c->engine->store, c->arena, &w, &answer,
		    &why);
	else if (frame->kind == CONTROL_UNDO)
		rc = request_undo(c->engine, c->arena, &w, &answer, &why);
	else if (frame->kind == CONTROL_CALL)
		rc = request_call(c->engine, c->arena, &w, &answer, &why);
	else if (frame->kind == CONTROL_PERSON)
		rc = request_person(c->engine, c->arena, &w, &answer, &why);
	else if (frame->kind == CONTROL_MEETING)
		rc = request_meeting(c->engine, c->arena, &w, &answer, &why);
	else if (frame->kind == CONTROL_ROSTER)
		rc = request_roster(c->engine, c->arena, &w, &answer, &why);
	else if (frame->kind == CONTROL_MEMBER)
		rc = request_member(c->engine, c->arena, &w, &answer, &why);
	else
		rc = fail(&why, RC_PARK, "this engine is of another version");
	if (rc == RC_LATER || rc == RC_STOP)
		return fail(err, rc, "%s", why.text);
	wire_put_text(&out, rc == RC_OK ? answer : why.text);
	rc = channel_put(client->channel, rc == RC_OK ? CONTROL_ANSWER
	    : CONTROL_FAILED, wire_bytes(&out), -1, err);
	client->answered = true;
	return rc;
}

static enum rc
client_hear(struct control *c, struct client *client, struct err *err)
{
	struct frame frame = { .fd = -1 };
	struct err why;
	enum rc filled = channel_fill(client->channel, &why), rc;

	rc = channel_take(client->channel, c->arena, &frame, &why);
	if (rc == RC_OK && !client->answered)
		rc = request_take(c, client, &frame, err);
	else if (filled != RC_OK || rc != RC_LATER)
		channel_close(&client->channel);
	if (frame.fd >= 0)
		(void)close(frame.fd);
	arena_reset(c->arena);
	return rc == RC_LATER && client->answered ? RC_OK
	    : frame.kind == 0 ? RC_OK : rc;
}

enum rc
control_hear(struct control *c, struct err *err)
{
	enum rc rc;

	if (c == NULL)
		return RC_OK;
	clients_accept(c);
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->clients[i].channel != NULL
		    && (rc = client_hear(c, &c->clients[i], err)) != RC_OK)
			return rc;
	return RC_OK;
}

void
control_speak(struct control *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->clients[i].channel != NULL) {
			channel_release(c->clients[i].channel);
			(void)channel_flush(c->clients[i].channel, NULL);
		}
}

enum rc
control_ask(const char *path, struct arena *arena, uint16_t kind,
    struct bytes request, const char **answer, struct err *err)
{
	struct sockaddr_un to;
	struct frame frame;
	struct wire_in w;
	int s;
	enum rc rc;

	if ((rc = address_of(path, &to, err)) != RC_OK)
		return rc;
	s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return fail(err, RC_STOP, "%s: %s", path, strerror(errno));
	if (connect(s, (struct sockaddr *)&to, sizeof to) != 0) {
		rc = fail(err, errno == ENOENT || errno == ECONNREFUSED
		    ? RC_NONE : RC_STOP, "%s: %s", path, strerror(errno));
		(void)close(s);
		return rc;
	}
	rc = wire_write(s, kind, request, -1, err);
	if (rc == RC_OK)
		rc = wire_read(s, arena, CLIENT_MS, &frame, err);
	(void)close(s);
	if (rc != RC_OK)
		return fail_in(err, RC_STOP, "%s", path);
	w = wire_in(arena, frame.payload);
	*answer = wire_get_text(&w);
	if (w.bad || *answer == NULL)
		return fail(err, RC_STOP, "%s: the engine's answer is none",
		    path);
	return frame.kind == CONTROL_ANSWER ? RC_OK
	    : fail(err, RC_PARK, "%s", *answer);
}
