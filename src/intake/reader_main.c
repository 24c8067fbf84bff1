/* SPDX-License-Identifier: MIT */
/* raadspost-reader: started by the engine with their socket as descriptor 3;
 * gives up everything that reading mail does not need, then reads. */
#define _GNU_SOURCE /* M_ARENA_MAX */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "base/log.h"
#include "intake/reader_jail.h"
#include "intake/reader_run.h"

#define ENGINE_FD 3

int
main(void)
{
	struct err err = { .text = "" };
	int type = 0;
	socklen_t n = sizeof type;

	log_open("raadspost-reader", LOG_LEVEL_INFO);
	if (getsockopt(ENGINE_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0) {
		(void)fputs("raadspost-reader: started by raadspost run, not "
		    "by hand\n", stderr);
		return 2;
	}
	(void)fcntl(ENGINE_FD, F_SETFD, FD_CLOEXEC);
	(void)signal(SIGPIPE, SIG_IGN);
	/* The engine ends us; Ctrl-C in a terminal is for it alone. */
	(void)signal(SIGINT, SIG_IGN);
	(void)mallopt(M_ARENA_MAX, 1);
	if (reader_jail(&err) != RC_OK
	    || reader_run(ENGINE_FD, &err) != RC_OK) {
		log_err("%s", err.text);
		return 1;
	}
	return 0;
}
