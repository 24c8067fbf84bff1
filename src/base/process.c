/* SPDX-License-Identifier: MIT */
/* Starts children by posix_spawn, with nothing of ours but one socket. */
#define _GNU_SOURCE /* posix_spawn_file_actions_addclosefrom_np */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/channel.h"
#include "base/clock.h"
#include "base/wire.h"

#define PAUSE_LEAST_MS 100
#define PAUSE_MOST_MS 60000
#define GOOD_LIFE_MS 60000
#define LEAVE_MS 200	/* from closing the socket to the exit */

static const char *
path_beside(struct arena *arena, const char *file, const char *program)
{
	const char *slash = strrchr(file, '/'), *path;

	if (slash == NULL)
		return NULL;
	path = arena_printf(arena, "%.*s/%s", (int)(slash - file), file,
	    program);
	return access(path, X_OK) == 0 ? path : NULL;
}

const char *
process_path(struct arena *arena, const char *self, const char *program)
{
	const char *path = path_beside(arena, self, program);
	char exe[4096];
	ssize_t n;

	if (path != NULL)
		return path;
	n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (n > 0) {
		exe[n] = '\0';
		if ((path = path_beside(arena, exe, program)) != NULL)
			return path;
	}
	return arena_printf(arena, "%s/%s", LIBEXECDIR, program);
}

/* The child sees no credential folder, no proxy and no locale of ours: only
 * what the C library needs. */
static char *const child_environment[] = {
	(char[]){ "PATH=/usr/bin:/bin" },
	(char[]){ "LC_ALL=C.UTF-8" },
	NULL,	/* TZ */
	NULL,	/* whether to give signs of life */
	NULL,	/* sanitizers */
	NULL,
	NULL,
};

static void
environment_build(char *out[7])
{
	static const char *const names[] = { "TZ=", "WATCHDOG_USEC=",
		"ASAN_OPTIONS=", "UBSAN_OPTIONS=" };
	extern char **environ;
	size_t n = 2;

	memcpy(out, child_environment, sizeof child_environment);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		for (char **e = environ; *e != NULL; e++)
			if (strncmp(*e, names[i], strlen(names[i])) == 0)
				out[n++] = *e;
	out[n] = NULL;
}

static int
spawn(struct process *p, int end)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	char *args[] = { (char *)(uintptr_t)p->path, NULL };
	char *environment[7];
	sigset_t none, all;
	int e;

	environment_build(environment);
	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	if ((e = posix_spawn_file_actions_init(&actions)) != 0)
		return e;
	if ((e = posix_spawnattr_init(&attr)) != 0)
		return e;
	(void)posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
	    | POSIX_SPAWN_SETPGROUP);
	(void)posix_spawnattr_setsigmask(&attr, &none);
	(void)posix_spawnattr_setsigdefault(&attr, &all);
	/* A Ctrl-C at the terminal is the engine's to hear: it ends the
	 * children in order. */
	(void)posix_spawnattr_setpgroup(&attr, 0);
	e = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
	    "/dev/null", O_RDONLY, 0);
	/* dup2 onto itself leaves close-on-exec set: the end is above 3. */
	if (e == 0)
		e = posix_spawn_file_actions_adddup2(&actions, end, PROCESS_FD);
	if (e == 0)
		e = posix_spawn_file_actions_addclosefrom_np(&actions,
		    PROCESS_FD + 1);
	if (e == 0)
		e = posix_spawn(&p->pid, p->path, &actions, &attr, args,
		    environment);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&actions);
	return e;
}

enum rc
process_start(struct process *p, struct err *err)
{
	int ends[2], high, e;
	enum rc rc;

	if ((rc = wire_pair(ends, err)) != RC_OK)
		return rc;
	high = fcntl(ends[1], F_DUPFD_CLOEXEC, PROCESS_FD + 1);
	(void)close(ends[1]);
	p->pid = 0;
	e = high < 0 ? errno : spawn(p, high);
	if (high >= 0)
		(void)close(high);
	if (e != 0) {
		(void)close(ends[0]);
		p->pid = 0;
		return fail(err, RC_STOP, "%s: cannot be started: %s", p->path,
		    strerror(e));
	}
	p->channel = channel_open(ends[0]);
	p->born_ms = p->alive_ms = clock_ms();
	return RC_OK;
}

/* Whether it left by itself with status 0. */
static bool
wait_for(struct process *p, int64_t patience_ms)
{
	int64_t until_ms = clock_ms() + patience_ms;
	int status = 0;
	pid_t got;

	if (p->pid <= 0)
		return false;
	while ((got = waitpid(p->pid, &status, WNOHANG)) == 0
	    && clock_ms() < until_ms)
		(void)nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	if (got == 0) {
		(void)kill(p->pid, SIGKILL);
		while ((got = waitpid(p->pid, &status, 0)) < 0
		    && errno == EINTR)
			continue;
	}
	p->pid = 0;
	return got > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool
process_end(struct process *p, bool gone)
{
	bool is_fine;
	int64_t now;

	channel_close(&p->channel);
	is_fine = wait_for(p, gone ? LEAVE_MS : 0);
	now = clock_ms();
	if (is_fine) {
		p->pause_ms = 0;
		p->again_ms = now;
		return true;
	}
	p->deaths++;
	if (now - p->born_ms > GOOD_LIFE_MS || p->pause_ms == 0)
		p->pause_ms = PAUSE_LEAST_MS;
	else if (p->pause_ms < PAUSE_MOST_MS)
		p->pause_ms *= 2;
	p->again_ms = now + p->pause_ms;
	return false;
}

void
process_close(struct process *p)
{
	channel_close(&p->channel);
	(void)wait_for(p, 0);
	p->again_ms = 0;
}

bool
process_may_start(const struct process *p, int64_t now_ms)
{
	return p->pid == 0 && now_ms >= p->again_ms;
}
