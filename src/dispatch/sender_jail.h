/* SPDX-License-Identifier: MIT */
/* dispatch/sender_jail.h: what the sender gives up before it meets a server.
 *
 * A JAIL_LINE of base/jail.h.
 *
 * Errors   RC_STOP where the kernel grants no such jail
 * Source   THREATS 25; seccomp(2), prctl(2)
 */
#ifndef DISPATCH_SENDER_JAIL_H
#define DISPATCH_SENDER_JAIL_H

#include "base/err.h"

enum rc sender_jail(struct err *err);

#endif
