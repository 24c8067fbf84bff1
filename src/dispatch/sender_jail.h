/* SPDX-License-Identifier: MIT */
/* dispatch/sender_jail.h: what the sender gives up before it meets a server.
 *
 * It keeps: sockets, threads (the resolver's), reading files (the resolver's
 * and the certificates), memory files. It gives up: writing, making or
 * removing files, starting programs, looking into other processes, core
 * files, memory without end.
 *
 * Errors   RC_STOP where the kernel grants no such jail
 * Source   THREATS 25; seccomp(2), prctl(2)
 */
#ifndef DISPATCH_SENDER_JAIL_H
#define DISPATCH_SENDER_JAIL_H

#include "base/err.h"

enum rc sender_jail(struct err *err);

#endif
