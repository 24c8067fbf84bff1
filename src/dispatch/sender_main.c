/* SPDX-License-Identifier: MIT */
/* raadspost-sender: started by the engine with their socket as descriptor 3;
 * gives up everything that sending mail does not need, then sends. */
#define _GNU_SOURCE /* M_ARENA_MAX */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "dispatch/sender.h"
#include "dispatch/sender_jail.h"

#define ENGINE_FD 3

int
main(void)
{
	struct err err = { .text = "" };
	int type = 0;
	socklen_t n = sizeof type;

	log_open("raadspost-sender", LOG_LEVEL_INFO);
	if (getsockopt(ENGINE_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0) {
		(void)fputs("raadspost-sender: started by raadspost run, not "
		    "by hand\n", stderr);
		return 2;
	}
	(void)fcntl(ENGINE_FD, F_SETFD, FD_CLOEXEC);
	(void)signal(SIGPIPE, SIG_IGN);
	/* The engine ends us; Ctrl-C in a terminal is for it alone. */
	(void)signal(SIGINT, SIG_IGN);
	(void)mallopt(M_ARENA_MAX, 2);
	/* Letters come and go: their memory stays while there is work. */
	(void)mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
	if (sender_jail(&err) != RC_OK
	    || sender_run(ENGINE_FD, &err) != RC_OK) {
		log_err("%s", err.text);
		_exit(1); /* threads may still stand in the library */
	}
	_exit(0);
}
